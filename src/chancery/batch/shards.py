"""What is read at a time: a shard, made of files or of a part of one.

A shard is named after what it is made of, and not after its number, so that a
file more in the folder leaves the other shards what they were.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Piece", "Shard", "shard_of"]

LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or the part of one that a shard takes.

    Attributes:
        path: the file as the user named it, or its address.
        start: the first byte; for Parquet, the first row.
        end: the byte or row after the last; None takes all there is.
        before: lines of the file that come before it, so that places in it are counted from the top.
    """

    path: str
    start: int = 0
    end: int | None = None
    before: int = 0

    @property
    def whole(self) -> bool:
        """Whether it is all of the file."""
        return self.start == 0 and self.end is None


@dataclass(frozen=True, slots=True)
class Shard:
    """Some reports that are read together, by one worker, into files of their own.

    Attributes:
        name: its name in the output; made of what it is, so that it stays from run to run.
        pieces: where its reports are.
        size: bytes, as far as known, to tell the time left.
        stamp: changes with every writing of one of its files, so that what is unchanged need not be read.
        number: its place in the archive, from 0.
    """

    name: str
    pieces: tuple[Piece, ...]
    size: int = 0
    stamp: str = ""
    number: int = 0


def shard_of(pieces: Sequence[Piece], identity: str, size: int = 0, stamp: str = "") -> Shard:
    """Name a shard after its first piece.

    Args:
        pieces: what it is made of, in order; at least one.
        identity: what tells it from the others: the file's full name, and which part of it.
        size: in bytes.
        stamp: the state of its files.
    """
    stem = pieces[0].path.rstrip("/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", stem).strip("._-")[:LONGEST_STEM] or "shard"
    digest = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:10]
    return Shard(f"{plain}-{digest}", tuple(pieces), size, stamp)

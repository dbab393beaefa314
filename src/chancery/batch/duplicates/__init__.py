"""Which report repeats which: an index on disk, asked shard by shard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chancery.batch.gates import Gated

__all__ = ["DuplicateIndex", "Entry", "Signature", "signature"]

type Signature = bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the index knows it: its name, the digest of its words, its signature."""

    id: str
    digest: str
    signature: Signature


def signature(text: str) -> Signature:  # noqa: ARG001 - no rule yet
    """Make what reports are compared by."""
    return b""


class DuplicateIndex:
    """Remembers the reports of all shards."""

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[DuplicateIndex]:  # noqa: ARG003 - no rule yet
        """Open the index, made if there is none."""
        yield cls()

    def decide(self, shard: str, entries: Sequence[Entry]) -> list[Gated | None]:  # noqa: ARG002 - no rule yet
        """Say of each report of a shard what it repeats, of the shards that were asked of before."""
        return [None] * len(entries)

"""The pages of a shard -> reports, in order, each or the error that stands in its place."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import cast

from chancery.articles import Options, Report
from chancery.articles.source import OWN_HANDS, Hands, Part, form_of_name, read_opened, unreadable
from chancery.batch.shards import Piece, Shard
from chancery.batch.storage import opened
from chancery.errors import InputError

__all__ = ["read_pages"]


def read_pages(shard: Shard, options: Options, hands: Hands = OWN_HANDS) -> Iterator[Report | InputError]:
    """Read the reports of all pieces of a shard.

    What is wrong with one piece keeps no other from being read; all that can be
    wrong with a source comes out as an :class:`InputError`.
    """
    for piece in shard.pieces:
        try:
            yield from _of_piece(piece, options, hands)
        except InputError as error:
            yield error
        except OSError as error:
            yield unreadable(piece.path, error)


def _of_piece(piece: Piece, options: Options, hands: Hands) -> Iterator[Report | InputError]:
    rows = form_of_name(piece.path) == "parquet"
    with opened(piece, rows=rows) as found, _peekable(found) as file:
        last = piece.end if piece.end is not None else 0
        part = Part(piece.before, None if piece.whole or not rows else (piece.start, last))
        yield from read_opened(file, piece.path, options, hands, part)


def _peekable(file: object) -> io.BufferedReader:
    """Let the first bytes be looked at, which tell the format where no suffix does."""
    if isinstance(file, io.BufferedReader):
        return file
    return io.BufferedReader(cast("io.RawIOBase", file))

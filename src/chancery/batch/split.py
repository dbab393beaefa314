"""Large files into parts that can be read apart, where the format allows it.

JSON Lines are cut between lines, Parquet between rows, and WARC archives
between the gzip members that each record is packed in, as the standard
recommends and crawlers do. What is packed as one is read as one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from chancery.articles.source import form_of_name
from chancery.batch.shards import Piece
from chancery.batch.storage import opened

__all__ = ["cuts"]

# Bytes that a report takes in the mean: 3.9 kB a line in the development stream,
# 25 kB a page in the gzip members of Common Crawl's news archives.
BYTES_IN_LINE = 4_000
BYTES_IN_MEMBER = 25_000

CHUNK = 1 << 20
GZIP_MEMBER = b"\x1f\x8b\x08"
LOOKED_FOR = b"WARC/"
GZIP_WINDOW = 31
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def cuts(path: str, size: int, reports: int) -> list[Piece]:
    """Cut a file into pieces of about so many reports; one whole piece where it is small or cannot be cut.

    Raises:
        OSError: the file cannot be read.
    """
    form, packed = form_of_name(path), path.lower().endswith(".gz")
    pieces: list[Piece] = []
    if form == "lines" and not packed and size > 2 * reports * BYTES_IN_LINE:
        with opened(Piece(path)) as file:
            pieces = list(_lines(file, path, reports * BYTES_IN_LINE))
    elif form == "warc" and packed and size > 2 * reports * BYTES_IN_MEMBER:
        with opened(Piece(path)) as file:
            pieces = _members(file, path, size, reports * BYTES_IN_MEMBER)
    elif form == "parquet" and not packed:
        pieces = _rows(path, reports)
    return pieces if len(pieces) > 1 else [Piece(path)]


def _lines(file: BinaryIO, path: str, least: int) -> Iterator[Piece]:
    """Cut after the first line end at which a part is large enough."""
    start = before = lines = at = 0
    while chunk := file.read(CHUNK):
        if at == 0 and chunk.startswith(UTF16_MARKS):  # its line ends are two bytes
            return
        done = 0
        while (end := chunk.find(b"\n", max(start + least - at, done))) >= 0:
            lines += chunk.count(b"\n", done, end + 1)
            done = end + 1
            yield Piece(path, start, at + done, before)
            start, before = at + done, lines
        lines += chunk.count(b"\n", done)
        at += len(chunk)
    if start < at:
        yield Piece(path, start, at, before)


def _members(file: BinaryIO, path: str, size: int, least: int) -> list[Piece]:
    """Cut before the first record after each multiple of a length."""
    edges = [0]
    for nominal in range(least, size - least // 2, least):
        if nominal > edges[-1] and (found := _member_after(file, nominal)) is not None:
            edges.append(found)
    return [Piece(path, start, end) for start, end in pairwise([*edges, size])]


def _member_after(file: BinaryIO, offset: int) -> int | None:
    """Find the next gzip member that begins with a WARC record; its first bytes are common by chance."""
    at, kept = offset, b""
    while True:
        file.seek(at)
        if not (chunk := file.read(CHUNK)):
            return None
        window, base = kept + chunk, at - len(kept)
        found = window.find(GZIP_MEMBER)
        while found >= 0:
            if _begins_record(file, base + found):
                return base + found
            found = window.find(GZIP_MEMBER, found + 1)
        kept, at = window[-2:], at + len(chunk)


def _begins_record(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    try:
        return zlib.decompressobj(GZIP_WINDOW).decompress(file.read(512), 16).startswith(LOOKED_FOR)
    except zlib.error:
        return False


def _rows(path: str, reports: int) -> list[Piece]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError:  # said where it is read
        return []
    try:
        with opened(Piece(path), rows=True) as file:
            rows = pq.ParquetFile(file).metadata.num_rows
    except pa.ArrowException:  # broken; said where it is read
        return []
    edges = [*range(0, max(rows - reports // 2, 1), reports), rows]
    return [Piece(path, first, last) for first, last in pairwise(edges)]

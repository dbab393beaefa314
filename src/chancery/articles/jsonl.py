"""JSON Lines -> drafts: one report a line, read line by line, so that archives of any size fit."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from chancery.articles.encoding import decode
from chancery.articles.json_ import drafts_of_object, parse
from chancery.articles.report import Draft
from chancery.errors import InputError

__all__ = ["drafts_of_lines"]

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def drafts_of_lines(file: BinaryIO, name: str, longest: int, before: int = 0) -> Iterator[Draft | InputError]:
    """Read one report a line; yields an error in place of each line that is none.

    Args:
        file: the opened file, at its beginning.
        name: what to call it in an error.
        longest: bytes that one line may have, so that memory stays bounded.
        before: lines that came before, where this is a part of a file.
    """
    number = 0
    empty = True
    for number, line in enumerate(_lines(file, name, longest), before + 1):
        if not line.strip():
            continue
        empty = False
        try:
            yield from _drafts(line, name, number, longest)
        except InputError as error:
            yield error
    if empty:
        yield InputError(name, "empty, there is nothing to read", "give one JSON object a line")


def _drafts(line: bytes, name: str, number: int, longest: int) -> Iterator[Draft]:
    place = f"line {number}"
    if len(line) > longest:
        raise InputError(name, f"longer than {longest:,} bytes", "give one report a line", place=place)
    decoded = decode(line, f"{name}, {place}")
    yield from drafts_of_object(parse(decoded.text.rstrip("\r\n"), name, number), name, place, decoded.notes)


def _lines(file: BinaryIO, name: str, longest: int) -> Iterator[bytes]:
    """Yield the lines, each at most one byte over the longest; the rest of a longer one is skipped."""
    first = file.readline(longest + 1)
    if first.startswith(UTF16_MARKS):  # PowerShell writes this; its line ends are two bytes
        data = first + file.read(longest)
        file = io.BytesIO(decode(data, name).text.encode("utf-8", "surrogatepass"))
        first = file.readline(longest + 1)
    line = first
    while line:
        yield line
        rest = line if len(line) > longest else b""
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(longest)
        line = file.readline(longest + 1)

"""The text of a report as blocks: its lines, and long lines cut where a sentence ends.

Entries stand beside the block that holds their words, so a block must not be
taller than a hand: a page of the Kremlin is one line of twenty thousand
characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Block", "blocks"]

# Characters from which a line is cut at the next end of a sentence: about ten
# rows of the page, which is what the entries of so much text take beside it.
LONG_ENOUGH = 700
TOO_LONG = 1_400

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one line; only the first one of a line carries its number."""

    start: int
    end: int
    line: int
    first: bool


def blocks(text: str) -> Iterator[Block]:
    """Cut a text into blocks that cover all of it but line breaks and blank lines."""
    for number, found in enumerate(re.finditer(r"[^\n]*\n?", text), 1):
        start, end = found.start(), found.start() + len(found[0].removesuffix("\n"))
        if text[start:end].isspace() or start == end:
            continue
        yield from _cut(text, start, end, number)


def _cut(text: str, start: int, end: int, line: int) -> Iterator[Block]:
    at = start
    while end - at > TOO_LONG:
        found = _SENTENCE_END.search(text, at + LONG_ENOUGH, at + TOO_LONG)
        space = text.rfind(" ", at + LONG_ENOUGH, at + TOO_LONG)
        cut = found.end() if found else space + 1 if space > 0 else at + TOO_LONG
        yield Block(at, cut, line, first=at == start)
        at = cut
    yield Block(at, end, line, first=at == start)

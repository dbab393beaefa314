"""Where in the text something stands, as a reader can follow it: line and character, both from 1.

Editors, ``sed -n 9p`` and the numbers in the margin of the HTML page all count
lines in this way, so one pointer serves the terminal, the file and the page. A
sentence number would serve only where sentences are numbered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from chancery.records import Span

__all__ = ["Lines", "lines_of"]


@dataclass(frozen=True, slots=True)
class Lines:
    """The offsets at which the lines of a text start."""

    starts: tuple[int, ...]

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and character (code points) of an offset, both counted from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def pointer(self, span: Span) -> str:
        """Write the place where a span starts as ``line:character``."""
        line, character = self.at(span[0])
        return f"{line}:{character}"


def lines_of(text: str) -> Lines:
    """Find the lines of a text; only a line feed ends one, as in editors and in the parser."""
    return Lines((0, *(found.end() for found in re.finditer("\n", text))))

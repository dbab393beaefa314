"""The sentence that a record rests on, found without a parser: to show it, and to search in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from chancery.records import Span

__all__ = ["Passages"]

# A sentence ends at a line break, or at a full stop and the like with their closing
# marks before a capital, a digit or an opening mark; not after an initial, nor after
# the titles and short forms that reports use before names.
END = re.compile(
    r"\n+\s*"
    r"|(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|No|vs|Lt))(?<!\b(?:Mrs|Gen|Sen|Gov|Rep|Col|Sgt|Jan|Feb|Aug|Oct|Nov|Dec))"
    r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])"
)


class Passages:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        edges = [0, *(found.end() for found in END.finditer(text)), len(text)]
        self._sentences = [
            (start, start + len(text[start:end].rstrip())) for start, end in pairwise(edges) if start < end
        ]
        self._starts = [start for start, _ in self._sentences]
        self._ends = [end for _, end in self._sentences]

    def around(self, span: Span) -> Span:
        """Return the sentence or sentences that hold a span."""
        if not self._sentences:
            return span[0], span[1]
        first = max(bisect_right(self._starts, span[0]) - 1, 0)
        last = min(bisect_left(self._ends, span[1]), len(self._ends) - 1)
        return min(self._starts[first], span[0]), max(self._ends[max(first, last)], span[1])

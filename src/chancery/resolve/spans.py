"""Which records stand inside a run of characters, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from chancery.records import Span

__all__ = ["Spans"]


class Spans:
    """The spans of the records of one kind, by the order of the records.

    A report of 200,000 words has tens of thousands of mentions and thousands of
    statements: asking each mention for each statement would take minutes.
    """

    __slots__ = ("_longest", "_sorted", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._sorted = sorted((start, end, number) for number, (start, end) in enumerate(spans))
        self._starts = [start for start, _, _ in self._sorted]
        self._longest = max((end - start for start, end, _ in self._sorted), default=0)

    def inside(self, start: int, end: int) -> list[int]:
        """Return the numbers of the spans that lie within characters `start` to `end`, in order."""
        return sorted(number for _, last, number in self._from(start, end) if last <= end)

    def touching(self, start: int, end: int) -> list[int]:
        """Return the numbers of the spans that share a character with `start` to `end`, in order."""
        return sorted(number for _, last, number in self._from(start - self._longest, end) if last > start)

    def begun(self, start: int, end: int) -> list[int]:
        """Return the numbers of the spans that begin within characters `start` to `end`, in text order."""
        return [number for _, _, number in self._from(start, end)]

    def _from(self, start: int, end: int) -> list[tuple[int, int, int]]:
        return self._sorted[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

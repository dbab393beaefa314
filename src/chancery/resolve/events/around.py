"""What stands around an event: its place, its time, its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chancery.extract.events import EventMention
from chancery.extract.syntax import Tokens, characters
from chancery.records import EventPlace, EventTime, Span
from chancery.resolve.facts import Facts

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Around"]


class Around:
    """Finds the places, times and figures of one report that belong to an event."""

    def __init__(self, doc: Doc, facts: Facts) -> None:
        self.doc = doc
        self.facts = facts
        self.places = [place.span for place in facts.places]
        self.times = [time.span for time in facts.times]
        self.numbers = [figure.span for figure in facts.figures]

    def place(self, mention: EventMention) -> EventPlace | None:
        """Take the first place in the phrases that hang on the act, the nearest phrase first."""
        if self.places:
            for where in mention.where:
                for index in self._within(where, self.places):
                    place = self.facts.places[index]
                    return EventPlace(span=place.span, place=place.id)
        return None

    def time(self, mention: EventMention) -> EventTime | None:
        """Take the time that stands in the event's own clause."""
        if self.times:
            for clause in mention.clauses:
                for index in self._within(clause, self.times):
                    time = self.facts.times[index]
                    if time.type in {"DATE", "TIME"} and (time.first or time.last):
                        return EventTime(span=time.span, first=time.first, last=time.last, rule=time.rule)
        return None

    def figures(self, mention: EventMention) -> tuple[str, ...]:
        """Take the figures in the phrases of the event and its parties."""
        if not self.numbers:
            return ()
        runs = [mention.anchor, *mention.recipient, *mention.clauses[:1]]
        found = {index for tokens in runs for index in self._within(tokens, self.numbers)}
        return tuple(self.facts.figures[index].id for index in sorted(found))

    def _within(self, tokens: Tokens, spans: Sequence[Span]) -> Iterator[int]:
        """Yield the indices of the spans, in text order, that lie in a run of tokens."""
        first, last = characters(self.doc, tokens)
        for index in range(bisect_left(spans, (first, first)), len(spans)):
            if spans[index][0] >= last:
                break
            yield index

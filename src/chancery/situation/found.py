"""What one report has to say of two sides: their acts toward each other, what they hold, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chancery.knowledge.codes import state_of
from chancery.records import ActorSlot, Event, Figure, Position, Reading, Span
from chancery.render.phrases import published_day
from chancery.situation.sides import Side, Sides, Standing

__all__ = ["Act", "Held", "Measured", "Report", "Turned", "reports", "sentence"]

# Acts in which both parties do the same; who is named first means nothing.
MUTUAL = frozenset({"CONSULT"})

# Acts that are done to whoever's soil they are done on.
ON_THE_GROUND = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID"})

# What ends a sentence or a paragraph.
ENDS = ("\n", ". ", "! ", "? ")

# Figures that tell of forces and of what war and trade cost; others tell of anything.
TELLING_FIGURES = frozenset({"troops", "casualties", "equipment", "money"})


@dataclass(frozen=True, slots=True)
class Report:
    """A report that names a side: its reading, its day, who belongs to whom in it."""

    reading: Reading
    day: date | None
    standing: Standing

    @property
    def id(self) -> str:
        """The report's id."""
        return self.reading.article.id

    @property
    def publisher(self) -> str:
        """Who put it out, empty where not known."""
        return self.reading.article.publisher or ""


@dataclass(frozen=True, slots=True)
class Act:
    """One event between the sides as one report tells it.

    Attributes:
        source, target: who acts toward whom; for talks the first named and the other.
        day: first day of the event, or the day of the report where it gives none.
    """

    report: Report
    event: Event
    source: Side
    target: Side

    @property
    def mutual(self) -> bool:
        """Whether both do the same."""
        return self.event.act in MUTUAL

    @property
    def day(self) -> date | None:
        """When it was or will be, as far as the report says."""
        return (self.event.time.first if self.event.time else None) or self.report.day

    @property
    def span(self) -> Span:
        """The words that say so."""
        return self.event.anchor

    @property
    def score(self) -> float:
        """How sure the reading of it is."""
        return self.event.score


@dataclass(frozen=True, slots=True)
class Held:
    """One position of a side toward the other, as one report has it."""

    report: Report
    position: Position
    holder: Side

    @property
    def span(self) -> Span:
        """The words that say so."""
        return self.position.issue

    @property
    def score(self) -> float:
        """How sure the reading of it is."""
        return self.position.score

    @property
    def day(self) -> date | None:
        """When its report came out."""
        return self.report.day


@dataclass(frozen=True, slots=True)
class Turned:
    """A position of a side toward the other that became another one: both wordings, and how it turned."""

    holder: Side
    turn: str
    before: Held
    after: Held


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure in a report on both sides."""

    report: Report
    figure: Figure

    @property
    def span(self) -> Span:
        """The words that say so."""
        return self.figure.span

    @property
    def score(self) -> float:
        """How sure the reading of it is."""
        return self.figure.score

    @property
    def day(self) -> date | None:
        """When its report came out."""
        return self.report.day


def reports(readings: Iterator[Reading], sides: Sides) -> Iterator[Report]:
    """Yield the reports that name both sides, in the order they come."""
    for reading in readings:
        standing = Standing(reading, sides)
        if len(standing.named()) == len(sides.both):
            yield Report(reading, published_day(reading), standing)


def acts(report: Report) -> Iterator[Act]:
    """Yield the events of a report in which one side acts toward the other, or on its soil."""
    for event in report.reading.events:
        pair = _pair(report.standing, event) or _on_soil(report, event)
        if pair is not None:
            yield Act(report, event, *pair)


def _on_soil(report: Report, event: Event) -> tuple[Side, Side] | None:
    """Take an act on the ground for one toward the side whose soil it is on: "Russia captured Chernobyl"."""
    sources = report.standing.among(slot for slot in event.actor if slot.span is not None)
    if (
        event.act not in ON_THE_GROUND
        or len(sources) != 1
        or any(_third(report, slot) for slot in event.recipient)
    ):
        return None
    other = report.standing.sides.other(sources[0])
    return (sources[0], other) if other.id in _countries(report, event) else None


def _third(report: Report, slot: ActorSlot) -> bool:
    """Tell whether an act is done to somebody known: to "NATO allies", not to "a hospital"."""
    return slot.actor is not None and (report.standing.known(slot.actor) or state_of(slot.actor) is not None)


def _countries(report: Report, event: Event) -> set[str | None]:
    """Return the countries of the places of an event: its own, or those in its sentence."""
    places = report.standing.places
    own = places.get(event.place.place or "") if event.place else None
    if own is not None:
        return {own.country}
    start, end = sentence(report.reading.article.text, event.anchor)
    return {place.country for place in places.values() if start <= place.span[0] < end}


def sentence(text: str, span: Span) -> Span:
    """Return the sentence around a span, without a parse: between full stops, in its paragraph."""
    starts = [at + len(mark) for mark in ENDS if (at := text.rfind(mark, 0, span[0])) >= 0]
    ends = [at for mark in ENDS if (at := text.find(mark, span[1])) >= 0]
    return max(starts, default=0), min(ends, default=len(text) - 1) + 1


def _pair(standing: Standing, event: Event) -> tuple[Side, Side] | None:
    sources, targets = standing.among(event.actor), standing.among(event.recipient)
    if event.act in MUTUAL:
        both = list(dict.fromkeys([*sources, *targets]))
        return (both[0], both[1]) if len(both) > 1 else None
    for source in sources:
        for target in targets:
            if source != target:
                return source, target
    return None


def held(report: Report) -> Iterator[Held]:
    """Yield the positions of a side that are taken toward the other."""
    for position in report.reading.positions:
        holder = report.standing.side(position.holder)
        toward = report.standing.side(position.toward)
        if holder is not None and toward is not None and toward != holder:
            yield Held(report, position, holder)


def measured(report: Report) -> Iterator[Measured]:
    """Yield forces, losses, arms and money that a report ties to one of the sides' soil or acts."""
    between = {act.event.id for act in acts(report)}
    places = report.standing.places
    for figure in report.reading.figures:
        if figure.kind not in TELLING_FIGURES:
            continue
        place = places.get(figure.place or "")
        here = place is not None and report.standing.side(place.country) is not None
        if here or figure.event in between:
            yield Measured(report, figure)

"""What the exporters share: an event with its report, its names, and how often it was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from chancery.follow.found import PositionLine
from chancery.knowledge.codes import state_of
from chancery.knowledge.state_codes import StateCodes, state_codes
from chancery.records import Actor, ActorSlot, Event, Place, Reading, Span
from chancery.render.names import Names
from chancery.render.phrases import published_day

__all__ = ["Links", "Party", "Report", "Told", "Witnesses", "key_of", "told"]

# (id of the report, id of the record in it)
type Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """How often one event was told: reports, distinct publishers, and mentions in all of them."""

    reports: int = 1
    publishers: int = 1
    mentions: int = 1


@dataclass(frozen=True, slots=True)
class Links:
    """What following many reports found out about their records; empty where nothing was followed.

    Attributes:
        happenings: event -> id of the happening that it tells.
        claims: statement -> id of the claim that it repeats.
        threads: event -> id of the thread it belongs to.
        copies: id of a report -> id of the report that it copies.
        witnesses: happening -> how often it was told. The first event of each
            happening stands for it where an exporter counts an event once.
        positions: what each holder held on an issue over time, and where it turned.
    """

    happenings: Mapping[Key, str] = field(default_factory=dict)
    claims: Mapping[Key, str] = field(default_factory=dict)
    threads: Mapping[Key, str] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    witnesses: Mapping[str, Witnesses] = field(default_factory=dict)
    positions: tuple[PositionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A party of an event as code books want it: an actor, its words, its state."""

    slot: ActorSlot
    actor: Actor | None
    name: str
    words: str
    state: str | None

    @property
    def codes(self) -> StateCodes:
        """The codes of the state that the party is or belongs to."""
        return state_codes(self.state)


class Report:
    """A reading with its actors and places by id."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names = Names(reading)
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in reading.actors}
        self.places: Mapping[str, Place] = {place.id: place for place in reading.places}

    def state(self, actor_id: str | None) -> str | None:
        """Return the state that an actor is or belongs to."""
        if actor_id is None:
            return None
        actor = self.actors.get(actor_id)
        return (actor.country if actor else None) or state_of(actor_id)

    def parties(self, slots: Iterable[ActorSlot]) -> list[Party]:
        """Return the parties of one side of an event, in the order of the report."""
        return [
            Party(
                slot,
                self.actors.get(slot.actor or ""),
                self.names.slot(slot),
                self.reading.words(slot.span) if slot.span else "",
                self.state(slot.actor),
            )
            for slot in slots
        ]

    def place(self, event: Event) -> Place | None:
        """Return the gazetteer's place of an event, where it has one."""
        return self.places.get(event.place.place or "") if event.place else None

    def context(self, span: Span) -> Span:
        """Return the paragraph around a span: what a reader needs to judge it."""
        text = self.reading.article.text
        start = text.rfind("\n", 0, span[0]) + 1
        end = text.find("\n", span[1])
        return start, len(text) if end < 0 else end


@dataclass(frozen=True, slots=True)
class Told:
    """An event that stands for itself, or for all events that tell the same happening."""

    report: Report
    event: Event
    witnesses: Witnesses

    @property
    def id(self) -> str:
        """The id of the event in the world of all reports: the report's, a low line, its own."""
        return f"{self.report.reading.article.id}_{self.event.id}"

    @property
    def day(self) -> date | None:
        """The first day of the event; where the report gives none, the day the report came out."""
        time = self.event.time
        return (time.first if time else None) or published_day(self.report.reading)


def key_of(reading: Reading, record_id: str) -> Key:
    """Name a record among those of all reports."""
    return reading.article.id, record_id


def told(readings: Iterable[Reading], links: Links) -> Iterator[Told]:
    """Yield every event once: of several that tell one happening, the first that comes."""
    seen: set[str] = set()
    for reading in readings:
        report = Report(reading)
        for event in reading.events:
            happening = links.happenings.get(key_of(reading, event.id))
            if happening is None:
                yield Told(report, event, Witnesses())
            elif happening not in seen:
                seen.add(happening)
                yield Told(report, event, links.witnesses.get(happening, Witnesses()))

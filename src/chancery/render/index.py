"""What stands below the text of a page: the same records by holder, party, place and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chancery.records import Reading
from chancery.render.anchors import Anchors
from chancery.render.cards import Card, CardWriter
from chancery.render.digest import positions
from chancery.render.names import Names, makers
from chancery.render.phrases import when
from chancery.render.pointers import Lines, lines_of
from chancery.render.typeset import clean, shorten
from chancery.render.unresolved import doubts

__all__ = ["Index", "Party", "Place", "Time", "Where", "index_of"]


@dataclass(frozen=True, slots=True)
class Where:
    """A pointer into the text; `anchor` is set on the entry that permalinks lead to."""

    pointer: str
    words: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """An actor: its name, what it is, and how often it speaks and acts."""

    name: str
    description: str
    id: str
    said: int
    did: int
    known: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place with all its occurrences, and where on the map it lies."""

    name: str
    country: str
    position: str
    where: Sequence[Where]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and the days it was resolved to."""

    quoted: str
    days: str
    rule: str
    where: Where


@dataclass(frozen=True, slots=True)
class Index:
    """All lists below the text."""

    holders: Sequence[tuple[str, Sequence[Card]]]
    parties: Sequence[Party]
    places: Sequence[Place]
    times: Sequence[Time]
    doubts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    makers: Sequence[str]


def index_of(reading: Reading, anchors: Anchors) -> Index:
    """Gather the lists of one reading."""
    lines = lines_of(reading.article.text)
    return Index(
        holders=list(_holders(reading, anchors)),
        parties=list(_parties(reading)),
        places=list(_places(reading, anchors, lines)),
        times=list(_times(reading, anchors, lines)),
        doubts=[
            (doubt.reason, [(words, lines.pointer(span) if span else "") for words, span in doubt.items])
            for doubt in doubts(reading)
        ],
        makers=makers(reading),
    )


def _holders(reading: Reading, anchors: Anchors) -> Iterator[tuple[str, Sequence[Card]]]:
    writer = CardWriter(reading, anchors)
    for name, told in positions(reading, Names(reading), None).groups:
        yield name, [writer.position(one.record, told=True) for one in told]


def _parties(reading: Reading) -> Iterator[Party]:
    names = Names(reading)
    said = Counter(statement.speaker.actor for statement in reading.statements)
    said.update(actor for statement in reading.statements for actor in statement.speaker.actors)
    did = Counter(slot.actor for event in reading.events for slot in (*event.actor, *event.recipient))
    order = sorted(reading.actors, key=lambda actor: -said[actor.id] - did[actor.id])
    for actor in order:
        roles = [names.titled(actor.id).removeprefix(f"{names.of(actor.id)}, ")] if actor.roles else []
        kind = actor.kind.replace("_", " ")
        yield Party(
            name=names.of(actor.id),
            description=", ".join(roles or [kind]),
            id=clean(actor.id),
            said=said[actor.id],
            did=did[actor.id],
            known=actor.resolved,
        )


def _places(reading: Reading, anchors: Anchors, lines: Lines) -> Iterator[Place]:
    groups: dict[tuple[str, str | None, int | None], list[Where]] = {}
    spots: dict[tuple[str, str | None, int | None], str] = {}
    for place in reading.places:
        key = (place.name, place.country, place.geonameid)
        where = Where(
            lines.pointer(place.span), anchors.words("places", place.id), anchors.of("places", place.id)
        )
        groups.setdefault(key, []).append(where)
        spots[key] = _coordinates(place.latitude, place.longitude)
    for key, found in groups.items():
        yield Place(clean(key[0]), clean(key[1] or ""), spots[key], found)


def _coordinates(latitude: float | None, longitude: float | None) -> str:
    if latitude is None or longitude is None:
        return ""
    north = f"{abs(latitude):.2f}° {'N' if latitude >= 0 else 'S'}"
    return f"{north}, {abs(longitude):.2f}° {'E' if longitude >= 0 else 'W'}"


def _times(reading: Reading, anchors: Anchors, lines: Lines) -> Iterator[Time]:
    for time in reading.times:
        yield Time(
            quoted=shorten(clean(reading.words(time.span)), 60),
            days=when(time.first, time.last) or "left open",
            rule=clean(time.rule),
            where=Where(
                lines.pointer(time.span), anchors.words("times", time.id), anchors.of("times", time.id)
            ),
        )

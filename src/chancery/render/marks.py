"""Marking a text with spans that overlap and nest: it is cut at every border of every span.

Between two borders nothing begins and nothing ends, so each such segment is
covered by a fixed set of records and becomes one element that names them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chancery.records import Event, Figure, Position, Reading, Span, Statement
from chancery.render.anchors import Anchors
from chancery.render.blocks import Block
from chancery.render.typeset import clean

__all__ = ["Mark", "Segment", "marks_of", "segments", "showable"]

# What a browser or a file cannot hold, and what would turn the reading direction
# unseen, is shown as the replacement character; lengths stay.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

# Marks whose ends are drawn: other records may cut them into many segments.
EDGED = ("content", "figure")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of one record: the record's page id and what the words are to it.

    Attributes:
        span: the words.
        entry: page id of the record.
        role: "speaker", "cue", "content direct", "event" ...; empty for words that only light up.
        start: page id of the place where the record's words begin, on its main span.
        link: page id that these words lead to.
        title: what a pointer resting on the words is told.
    """

    span: Span
    entry: str
    role: str = ""
    start: str | None = None
    link: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with everything that covers it; narrowest record first."""

    text: str
    classes: str = ""
    entries: str = ""
    starts: tuple[str, ...] = ()
    link: str | None = None
    title: str | None = None
    focus: bool = True


def marks_of(reading: Reading, anchors: Anchors) -> list[Mark]:
    """List the marks of all records of a reading, in text order."""
    found = [
        *(mark for statement in reading.statements for mark in _statement(statement, anchors)),
        *(mark for event in reading.events for mark in _event(event, anchors)),
        *(mark for position in reading.positions for mark in _position(position, anchors)),
        *(mark for figure in reading.figures for mark in _figure(figure, anchors)),
        *_places(reading, anchors),
        *_times(reading, anchors),
    ]
    return sorted((mark for mark in found if mark.span[0] < mark.span[1]), key=lambda mark: mark.span)


def _statement(statement: Statement, anchors: Anchors) -> Iterator[Mark]:
    entry = anchors.of("statements", statement.id)
    start = anchors.words("statements", statement.id)
    if statement.speaker.span:
        yield Mark(statement.speaker.span, entry, "speaker")
    if statement.cue:
        negated = " negated" if statement.negated else ""
        yield Mark(statement.cue.span, entry, f"cue{negated}", link=entry)
    for at, span in enumerate(statement.content):
        link = entry if at == 0 and not statement.cue else None
        yield Mark(span, entry, f"content {statement.kind}", start=start if at == 0 else None, link=link)
    for slot in (statement.addressee, statement.occasion):
        if slot and slot.span:
            yield Mark(slot.span, entry)


def _event(event: Event, anchors: Anchors) -> Iterator[Mark]:
    entry = anchors.of("events", event.id)
    yield Mark(
        event.anchor, entry, f"event {event.status}", start=anchors.words("events", event.id), link=entry
    )
    for slot in (*event.actor, *event.recipient, event.place, event.time):
        if slot and slot.span:
            yield Mark(slot.span, entry)


def _position(position: Position, anchors: Anchors) -> Iterator[Mark]:
    entry = anchors.of("positions", position.id)
    yield Mark(position.issue, entry, start=anchors.words("positions", position.id))
    if position.condition:
        yield Mark(position.condition, entry)


def _figure(figure: Figure, anchors: Anchors) -> Iterator[Mark]:
    entry = anchors.of("figures", figure.id)
    yield Mark(figure.span, entry, "figure", start=anchors.words("figures", figure.id), link=entry)
    if figure.what:
        yield Mark(figure.what, entry)


def _places(reading: Reading, anchors: Anchors) -> Iterator[Mark]:
    for place in reading.places:
        entry = anchors.of("places", place.id)
        where = ", ".join(filter(None, (place.name, place.admin1, place.country)))
        yield Mark(
            place.span, entry, "place", anchors.words("places", place.id), entry, clean(f"place: {where}")
        )


def _times(reading: Reading, anchors: Anchors) -> Iterator[Mark]:
    for time in reading.times:
        entry = anchors.of("times", time.id)
        days = f"{time.first or '…'} to {time.last or '…'}" if time.first or time.last else "left open"
        if time.first == time.last and time.first:
            days = str(time.first)
        yield Mark(time.span, entry, "time", anchors.words("times", time.id), entry, f"time: {days}")


def segments(text: str, block: Block, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Cut one block at every border of the marks that touch it.

    Args:
        text: the whole text that spans count in.
        block: the stretch to cut.
        marks: those that overlap the block, in text order.
    """
    inside = {min(max(end, block.start), block.end) for mark in marks for end in mark.span}
    borders = sorted(inside | {block.start, block.end})
    for start, end in pairwise(borders):
        cover = [mark for mark in marks if mark.span[0] <= start and end <= mark.span[1]]
        yield _segment(text, (start, end), block, cover)


def showable(text: str) -> str:
    """Replace what a browser cannot hold or would obey, sign by sign: lengths stay."""
    return _UNSHOWABLE.sub("\ufffd", text)


def _segment(text: str, span: Span, block: Block, cover: Sequence[Mark]) -> Segment:
    words = showable(text[slice(*span)])
    if not cover:
        return Segment(words)
    narrow = sorted(cover, key=lambda mark: (mark.span[1] - mark.span[0], mark.entry))
    begun = [mark for mark in cover if max(mark.span[0], block.start) == span[0]]
    linked = next((mark for mark in narrow if mark.link and mark.span[0] == span[0]), None)
    classes = dict.fromkeys(name for mark in narrow for name in mark.role.split())
    for mark in cover:
        if mark.role.startswith(EDGED):
            kind = mark.role.split()[-1]
            edges = (("opens", mark.span[0] == span[0]), ("closes", mark.span[1] == span[1]))
            classes |= {f"{edge}-{kind}": None for edge, here in edges if here}
    return Segment(
        text=words,
        classes=" ".join(classes),
        entries=" ".join(dict.fromkeys(mark.entry for mark in narrow)),
        starts=tuple(mark.start for mark in begun if mark.start and mark.span[0] == span[0]),
        link=linked.link if linked else None,
        title="; ".join(mark.title for mark in narrow if mark.title) or None,
        # places and times are many; the tabulator stops at what was said, done and counted
        focus=linked is not None and linked.title is None,
    )

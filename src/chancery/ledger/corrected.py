"""A reading and the corrections of people -> the reading as corrected: a pure function, no database.

A person's word wins over the extraction's. A correction is tied to the record's
kind and to the words it rests on, so that it finds its record again when the
report is read anew and ids have moved; one that finds none is reported, and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from chancery.errors import LedgerError
from chancery.ontology import cameo, publish
from chancery.records import (
    Act,
    Actor,
    ActorSlot,
    Event,
    Figure,
    Position,
    PositionAct,
    Reading,
    Record,
    Span,
    Speaker,
    Statement,
    Status,
)

__all__ = [
    "FIELDS",
    "PARTIES",
    "Action",
    "Corrected",
    "Correction",
    "Kind",
    "anchor_of",
    "check_value",
    "corrected",
    "values_of",
]

type Kind = Literal["statement", "event", "position", "figure"]
type Action = Literal["accept", "reject", "change"]
type Correctable = Statement | Event | Position | Figure

# What of each kind can be changed, beside being accepted or rejected whole.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "statement": ("speaker", "addressee"),
    "event": ("actor", "recipient", "act", "status"),
    "position": ("holder", "toward", "act"),
    "figure": (),
}
PARTIES = frozenset({"speaker", "addressee", "holder", "toward", "actor", "recipient"})

# Fields by which records that rest on the same words are told apart.
TELLING = ("act", "status", "holder", "toward", "speaker", "actor", "recipient", "kind")


class Correction(Record):
    """What a person said of one record.

    `slot` counts the actors or recipients of an event, and `meant` is the party that
    stood there; where none did, one is added. `value` is an actor's id, an act or a
    status; None where nobody is meant. `actor` describes the actor of the value to a
    report that does not name it.
    """

    kind: Kind
    record_id: str
    anchor: tuple[Span, ...]
    action: Action
    field: str | None = None
    slot: int | None = None
    meant: ActorSlot | None = None
    value: str | None = None
    actor: Actor | None = None
    made_by: str | None = None
    reason: str | None = None
    original: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading as corrected.

    Attributes:
        reading: what it says now.
        ids: for each correction, in order, the id of the record that it met; None where it met none.
    """

    reading: Reading
    ids: tuple[str | None, ...]


def anchor_of(record: Correctable) -> tuple[Span, ...]:
    """Return the words that a record rests on, by which it is found again."""
    match record:
        case Statement():
            return record.content
        case Event():
            return (record.anchor,)
        case Position():
            return (record.issue,)
        case Figure():
            return (record.span,)


def values_of(kind: str, name: str) -> tuple[str, ...]:
    """List what a field can be changed to; empty for parties, who are any actor."""
    if name == "status":
        return get_args(Status.__value__)
    if name == "act":
        return get_args(Act.__value__ if kind == "event" else PositionAct.__value__)
    return ()


def corrected(reading: Reading, corrections: Sequence[Correction]) -> Corrected:
    """Apply corrections to a reading as it was extracted, in their order; the later one wins.

    A rejected record is taken out, and whatever pointed to it points nowhere. A
    changed speaker takes along the positions of the old one that the statement
    takes. The codes of an event follow its act and status.

    Args:
        reading: as extracted, without corrections.
        corrections: those in force.
    """
    work = _Work(reading)
    ids = tuple(work.apply(one) for one in corrections)
    return Corrected(work.finished(), ids)


@dataclass
class _Work:
    reading: Reading
    records: dict[tuple[str, str], Correctable] = field(init=False)
    marks: dict[tuple[str, str], list[str]] = field(default_factory=dict, init=False)
    rejected: set[tuple[str, str]] = field(default_factory=set, init=False)
    actors: list[Actor] = field(init=False)

    def __post_init__(self) -> None:
        self.records = {
            (kind, record.id): record for kind in FIELDS for record in getattr(self.reading, f"{kind}s")
        }
        self.actors = list(self.reading.actors)

    def apply(self, one: Correction) -> str | None:
        found = _find(getattr(self.reading, f"{one.kind}s"), one)
        if found is None:
            return None
        key = one.kind, found.id
        if one.action == "reject":
            self.rejected.add(key)
        elif one.action == "accept":
            self.marks.setdefault(key, []).append("accepted")
        elif not self._change(key, one):
            return None
        return found.id

    def _change(self, key: tuple[str, str], one: Correction) -> bool:
        before = self.records[key]
        after = _changed(before, one)
        if after is None:
            return False
        self.records[key] = after
        self.marks.setdefault(key, []).append(one.field or "")
        if one.field in PARTIES and one.value and all(actor.id != one.value for actor in self.actors):
            self.actors += [one.actor] if one.actor else []
        if isinstance(before, Statement) and one.field == "speaker" and one.value:
            self._take_along(before, one.value)
        return True

    def _take_along(self, statement: Statement, speaker: str) -> None:
        """Let the positions that a statement takes for its old speaker be those of the new one."""
        for key, record in self.records.items():
            if not isinstance(record, Position) or record.statement != statement.id:
                continue
            if record.holder == statement.speaker.actor:
                self.records[key] = record.model_copy(update={"holder": speaker})
                self.marks.setdefault(key, []).append("holder")

    def finished(self) -> Reading:
        kept: dict[str, Any] = {}
        coded = {key for key, marks in self.marks.items() if {"act", "status", "actor"} & set(marks)}
        for kind in FIELDS:
            keys = [(kind, record.id) for record in getattr(self.reading, f"{kind}s")]
            kept[f"{kind}s"] = tuple(self._finished(key, coded) for key in keys if key not in self.rejected)
        return self.reading.model_copy(update=kept | {"actors": tuple(self.actors)})

    def _finished(self, key: tuple[str, str], coded: set[tuple[str, str]]) -> Correctable:
        record = self.records[key]
        record = record.model_copy(update=self._links(record))
        if key in coded and isinstance(record, Event):
            record = self._recoded(record)
        if marks := list(dict.fromkeys(self.marks.get(key, []))):
            record = record.model_copy(update=_marked(record, marks))
        return record

    def _links(self, record: Correctable) -> dict[str, Any]:
        """Say which references of a record led to rejected ones, and lead nowhere now."""
        gone: dict[str, Any] = {
            name: None
            for name, kind in REFERENCES[type(record)]
            if (value := getattr(record, name)) is not None and (kind, value) in self.rejected
        }
        if isinstance(record, Event):
            kept = tuple(one for one in record.figures if ("figure", one) not in self.rejected)
            gone |= {"figures": kept} if kept != record.figures else {}
        return gone

    def _recoded(self, event: Event) -> Event:
        """Derive the published codes of an event anew from its act and status."""
        plain = cameo(event.plover, event.context)
        demand = plain != event.cameo and cameo(event.plover, event.context, demand=True) == event.cameo
        plover, why = publish(event.act, event.mode, event.status, told_by_actor=self._told_by_actor(event))
        rule = event.why.partition("; ")[0]
        codes = {"plover": plover, "cameo": cameo(plover, event.context, demand=demand)}
        return event.model_copy(update={**codes, "why": f"{rule}; corrected by a reader; {why}"})

    def _told_by_actor(self, event: Event) -> bool:
        """Tell whether the actor's own side tells of the act, as far as states show, or the report itself."""
        teller = self.records.get(("statement", event.reported_by or ""))
        if not isinstance(teller, Statement) or teller.speaker.actor is None:
            return True
        side = self._side(teller.speaker.actor)
        return any(slot.actor is not None and self._side(slot.actor) == side for slot in event.actor)

    def _side(self, actor_id: str) -> str:
        country = next((actor.country for actor in self.actors if actor.id == actor_id), None)
        return country or (actor_id if actor_id.startswith(("person:", "?")) else actor_id.partition(":")[0])


# Fields that hold the id of another record: (field, kind of the other).
REFERENCES: Mapping[type[Record], tuple[tuple[str, str], ...]] = {
    Statement: (("within", "statement"),),
    Event: (("reported_by", "statement"), ("condition", "event")),
    Position: (("statement", "statement"), ("event", "event")),
    Figure: (("event", "event"),),
}


def _find(records: Sequence[Correctable], one: Correction) -> Correctable | None:
    """Find the record that rests on the same words; of several, the one that says most of the same."""
    same = [record for record in records if anchor_of(record) == one.anchor]
    if len(same) < 2:
        return same[0] if same else None
    alike = [_likeness(record, one.original) for record in same]
    best = [record for record, how in zip(same, alike, strict=True) if how == max(alike)]
    return next((record for record in best if record.id == one.record_id), None if len(best) > 1 else best[0])


def _likeness(record: Correctable, original: Mapping[str, Any]) -> int:
    said = record.model_dump(mode="json")
    return sum(said[name] == original.get(name) for name in TELLING if name in said)


def _changed(record: Correctable, one: Correction) -> Correctable | None:
    """Change one field; None where the record has no such slot any more."""
    match record, one.field:
        case Statement(), "speaker":
            return record.model_copy(
                update={"speaker": Speaker(span=record.speaker.span, actor=one.value, actors=())}
            )
        case Statement(), "addressee":
            span = record.addressee.span if record.addressee else None
            slot = ActorSlot(span=span, actor=one.value) if span or one.value else None
            return record.model_copy(update={"addressee": slot})
        case Event(), "actor" | "recipient":
            slots = _slots(getattr(record, one.field), one)
            return None if slots is None else record.model_copy(update={one.field: slots})
        case Event(), "act":
            mode = record.mode if one.value == record.act else None  # a mode is one of its act
            return record.model_copy(update={"act": one.value, "mode": mode})
        case _:
            return record.model_copy(update={str(one.field): one.value})


def _slots(slots: tuple[ActorSlot, ...], one: Correction) -> tuple[ActorSlot, ...] | None:
    """Put an actor into the slot that a correction means: by its words, else by whom it named."""
    if one.meant is None:
        added = ActorSlot(span=None, actor=one.value)
        return slots if added in slots else (*slots, added)
    meant = one.meant
    by_words = [at for at, slot in enumerate(slots) if meant.span is not None and slot.span == meant.span]
    found = by_words or [at for at, slot in enumerate(slots) if slot.actor == meant.actor]
    if not found:
        return None
    at = one.slot if one.slot in found else found[0]
    put = ActorSlot(span=slots[at].span, actor=one.value)
    return (*slots[:at], *([put] if put.span or put.actor else []), *slots[at + 1 :])


def _marked(record: Correctable, marks: Sequence[str]) -> dict[str, Any]:
    """Say in a record's method that a person looked at it; whom a person accepts is sure."""
    fields = [mark for mark in marks if mark != "accepted"]
    said = ["accepted by a reader"] * ("accepted" in marks)
    said += [f"{', '.join(fields)} corrected by a reader"] * bool(fields)
    method = f"{'; '.join(said)}: {record.method}"
    return {"method": method, "score": 1.0 if "accepted" in marks else record.score}


def check_value(one: Correction) -> None:
    """Make sure that a correction can be applied to its kind.

    Raises:
        LedgerError: the kind has no such field, or the field no such value.
    """
    if one.action != "change":
        return
    if one.field not in FIELDS[one.kind]:
        known = ", ".join(FIELDS[one.kind]) or "nothing: accept or reject it"
        raise LedgerError(f"of a {one.kind} can be changed: {known}; not {one.field!r}")
    allowed = values_of(one.kind, one.field)
    if allowed and one.value not in allowed:
        raise LedgerError(f"{one.value!r} is no {one.field} of a {one.kind}; one of: {', '.join(allowed)}")
    if one.field == "holder" and not one.value:
        raise LedgerError("a position is held by somebody: name whom, or reject it")

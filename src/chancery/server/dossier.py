"""One record worded for its page: who, what, the words in their sentence, the facts, the codes and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chancery.export.told import Report
from chancery.ledger.passages import Passages
from chancery.ontology import cameo_names, event_types, modes, publish
from chancery.records import Event, Figure, Position, Reading, Span, Statement
from chancery.render.names import NOBODY, UNKNOWN, Names
from chancery.render.phrases import amount, counted, days, phrase
from chancery.render.typeset import clean, shorten
from chancery.render.wording import wording
from chancery.server.links import actor_url, record_url
from chancery.server.listing import Piece, pieces_of

__all__ = ["Dossier", "Fact", "Record", "codes_of", "dossier_of", "find_record"]

type Record = Statement | Event | Position | Figure

# Characters of what stands before and after the sentence, and of the sentences themselves.
AROUND, LONGEST = 240, 2400
# Characters before and after the words in which their sentence begins and ends.
NEAR = 3000
# Characters of a headline's words.
HEADLINE = 110


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the record says, and the address of what it names."""

    label: str
    text: str
    url: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A record as its page shows it.

    Attributes:
        kind: "statement", "event", "position" or "figure".
        head: who.
        body: what, in the words of the report.
        status: class and label of its mark.
        before, sentence, after: the words and what stands around them.
    """

    kind: str
    head: str
    body: str
    status: tuple[str, str]
    before: str
    sentence: tuple[Piece, ...]
    after: str
    facts: tuple[Fact, ...]


def find_record(reading: Reading, record_id: str) -> tuple[str, Record] | None:
    """Find a record by its id; returns its kind, in the plural, too."""
    kinds: Sequence[tuple[str, Sequence[Record]]] = (
        ("statements", reading.statements),
        ("events", reading.events),
        ("positions", reading.positions),
        ("figures", reading.figures),
    )
    for kind, records in kinds:
        for record in records:
            if record.id == record_id:
                return kind, record
    return None


def dossier_of(reading: Reading, version_key: int, record: Record) -> Dossier:
    """Word a record of a reading."""
    writer = _Writer(reading, version_key)
    before, sentence, after = _words(reading.article.text, _spans(record))
    match record:
        case Statement():
            return Dossier(
                "statement", *writer.statement(record), before, sentence, after, tuple(writer.of_said(record))
            )
        case Event():
            return Dossier(
                "event", *writer.event(record), before, sentence, after, tuple(writer.of_act(record))
            )
        case Position():
            facts = tuple(writer.of_position(record))
            return Dossier("position", *writer.position(record), before, sentence, after, facts)
        case Figure():
            facts = tuple(writer.of_figure(record))
            return Dossier("figure", *writer.figure(record), before, sentence, after, facts)


def _spans(record: Record) -> tuple[Span, ...]:
    match record:
        case Statement():
            return record.content
        case Event():
            return (record.anchor,)
        case Position():
            return (record.issue,)
        case Figure():
            return (record.span,)


def _words(text: str, spans: Sequence[Span]) -> tuple[str, tuple[Piece, ...], str]:
    # Sentences are looked for near the words: a press briefing has tens of thousands of characters.
    near = max(0, spans[0][0] - NEAR)
    passages = Passages(text[near : spans[-1][1] + NEAR])
    found = [passages.around((a - near, b - near)) for a, b in spans]
    start = near + min(a for a, _ in found)
    end = min(near + max(b for _, b in found), start + LONGEST)
    before, after = clean(text[max(0, start - AROUND) : start]), clean(text[end : end + AROUND])
    before = f"… {before.partition(' ')[2]}" if start > AROUND else before
    after = f"{after.rpartition(' ')[0]} …" if end + AROUND < len(text) else after
    main = [(max(a - start, 0), min(b, end) - start) for a, b in spans if a < end]
    return before, pieces_of(text[start:end], main=main), after


type Head = tuple[str, str, tuple[str, str]]


class _Writer:
    """Words the records of one reading."""

    def __init__(self, reading: Reading, version_key: int) -> None:
        self.reading = reading
        self.names = Names(reading)
        self.report = Report(reading)
        self._key = version_key
        self._events = {event.id: event for event in reading.events}
        self._statements = {one.id: one for one in reading.statements}

    def _quote(self, span: Span | None, longest: int = HEADLINE) -> str:
        return shorten(clean(self.reading.words(span)), longest) if span else ""

    def statement(self, record: Statement) -> Head:
        speaker = self.names.speaker(record)
        cue = self._quote(record.cue.span, 40) if record.cue else ""
        verb = cue if any(letter.isalpha() for letter in cue[1:]) else "said"
        head = f"{'Somebody not named' if speaker == UNKNOWN else speaker} {verb}"
        said = shorten(" … ".join(clean(self.reading.words(span)) for span in record.content), HEADLINE)
        quoted = {"direct": "quoted", "mixed": "partly quoted"}.get(record.kind, "reported, not quoted")
        return head, said, ("negated", "not said so") if record.negated else ("plain", quoted)

    def event(self, record: Event) -> Head:
        who, whom = self.names.parties(record.actor), self.names.parties(record.recipient)
        parties = [one if one != UNKNOWN else "somebody not named" for one in (who, whom)]
        head = " → ".join(parties if record.recipient else parties[:1])
        label = wording().status[record.status]
        return head, self._quote(phrase(self.reading, record.anchor)), (record.status, label)

    def position(self, record: Position) -> Head:
        verb = wording().position[record.act]
        toward = f", toward {self.names.of(record.toward)}" if record.toward else ""
        mark = ("conditional", "conditional") if record.condition else ("plain", "")
        return f"{self.names.of(record.holder)} {verb}{toward}", self._quote(record.issue), mark

    def figure(self, record: Figure) -> Head:
        mark = wording().change.get(record.change or "", "")
        return amount(self.reading, record), counted(self.reading, record).strip(), ("plain", mark)

    def _actor(self, label: str, actor: str | None, words: Span | None = None) -> Fact:
        quoted = f"“{self._quote(words, 80)}”" if words else ""
        if actor is None or actor in NOBODY:
            return Fact(label, quoted or "not named")
        named = self.names.titled(actor)
        return Fact(label, named, actor_url(actor), quoted if words and self._quote(words) != named else "")

    def _record(self, label: str, record_id: str | None) -> Iterator[Fact]:
        found = find_record(self.reading, record_id) if record_id else None
        if found and record_id:
            head, body, _ = _HEADS[found[0]](self, found[1])
            text = f"{head}: {body}" if body else head
            yield Fact(label, shorten(text, 140), record_url(self._key, record_id))

    def of_said(self, record: Statement) -> Iterator[Fact]:
        speaker = record.speaker
        for actor in speaker.actors or (speaker.actor,):
            yield self._actor("Speaker", actor, speaker.span)
        if record.addressee:
            yield self._actor("Said to", record.addressee.actor, record.addressee.span)
        for actor in record.about:
            yield self._actor("Speaks of", actor)
        if record.said and (when := days(record.said)):
            yield Fact("Said on", when, note=record.said.rule)
        if record.occasion:
            yield Fact("Occasion", self._quote(record.occasion.span))
        yield from self._record("Inside of what", record.within)
        for event in self.reading.events:
            if event.reported_by == record.id:
                yield from self._record("Tells of", event.id)
        for position in self.reading.positions:
            if position.statement == record.id:
                yield from self._record("Takes the position", position.id)

    def of_act(self, record: Event) -> Iterator[Fact]:
        for slot in record.actor:
            yield self._actor("Who", slot.actor, slot.span)
        for slot in record.recipient:
            yield self._actor("To whom", slot.actor, slot.span)
        if record.time and (when := days(record.time)):
            note = f"“{self._quote(record.time.span)}”" if record.time.span else record.time.rule
            yield Fact("When", when, note=note)
        if record.place:
            place = self.report.place(record)
            name = clean(place.name) if place else self._quote(record.place.span)
            yield Fact("Where", name, note=(place.country or "") if place else "")
        yield from self._record("Depends on", record.condition)
        for figure in record.figures:
            yield from self._record("Figure", figure)
        yield from self._record("Told by", record.reported_by)

    def of_position(self, record: Position) -> Iterator[Fact]:
        yield self._actor("Holder", record.holder)
        if record.toward:
            yield self._actor("Toward", record.toward)
        if record.condition:
            yield Fact("Condition", f"“{self._quote(record.condition, 300)}”")
        if record.strength:
            words = f"“{self._quote(record.strength_words)}”" if record.strength_words else ""
            yield Fact("Strength", record.strength, note=words)
        yield from self._record("Taken in", record.statement)
        yield from self._record("Speaks of", record.event)

    def of_figure(self, record: Figure) -> Iterator[Fact]:
        low, high = (f"{bound:,}" if bound is not None else "open" for bound in (record.low, record.high))
        yield Fact("Value", low if low == high else f"{low} to {high}", note=clean(record.unit))
        yield Fact("Kind", wording().figure[record.kind])
        if record.as_of and (when := days(record.as_of)):
            yield Fact("As of", when)
        if place := self.report.places.get(record.place or ""):
            yield Fact("Where", clean(place.name), note=place.country or "")
        yield from self._record("Measures", record.event)


_HEADS: dict[str, Callable[..., Head]] = {
    "statements": _Writer.statement,
    "events": _Writer.event,
    "positions": _Writer.position,
    "figures": _Writer.figure,
}


def codes_of(record: Record) -> tuple[Fact, ...]:
    """Say how an act is coded, and why so; of other records, how they were found."""
    return tuple(_codes(record)) if isinstance(record, Event) else ()


def _codes(event: Event) -> Iterator[Fact]:
    kind = event_types().get(event.act)
    yield Fact("Act", event.act, note=kind.definition if kind else "an act of Chancery's own")
    if event.mode:
        mode = modes().get((event.act, event.mode))
        yield Fact("Mode", clean(event.mode), note=mode.definition if mode else "")
    if event.context:
        yield Fact("Context", ", ".join(event.context))
    yield Fact("Read off", clean(event.why))
    _, why = publish(event.act, event.mode, event.status, told_by_actor=event.plover is not None)
    if event.plover:
        name = " · ".join(filter(None, [event.plover.type, event.plover.mode]))
        yield Fact("PLOVER", name, note=why)
        quad = event.plover.quad.replace("_", " ")
        yield Fact("Quad class", quad, note=f"intensity {event.plover.intensity:g} of −10 to 10")
    else:
        yield Fact("PLOVER", "not coded", note=why)
    if event.cameo:
        yield Fact("CAMEO", event.cameo.code, note=cameo_names().get(event.cameo.code, ""))

"""The entries beside the text: one short line a record, under the statement that tells it.

A card says who and what in names; the words themselves stand in the text and
are quoted only so far that the card can be read alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chancery.records import Event, Figure, Position, Reading, Span, Statement
from chancery.render.anchors import Anchors
from chancery.render.names import UNKNOWN, Names
from chancery.render.phrases import (
    amount,
    condition,
    content,
    counted,
    days,
    phrase,
    place_beside,
    published_day,
)
from chancery.render.pointers import lines_of
from chancery.render.typeset import clean, shorten
from chancery.render.wording import wording

__all__ = ["Card", "CardWriter"]

# Characters of a quotation on a card; the whole of it stands beside.
QUOTED = 160
NAMED = 60
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Card:
    """One record as the page shows it.

    Attributes:
        anchor: page id of the card.
        name: the same, without what tells several reports apart.
        words: page id of the place where its words begin.
        pointer: that place as line:character.
        kind: "statement", "event", "position" or "figure".
        tone: "", "no" (denied, refused) or "open" (planned, conditional, possible ...).
        head: who, as names; "A → B".
        label: what kind of thing: a cue, an act, a stance.
        body: the report's words.
        status: how real an act is, where it is not simply so; how a statement is quoted.
        notes: condition, place, day, teller.
        children: the cards of what the statement tells.
        at: offset that orders the cards.
        id: the record's own id.
        checked: "checked" or "corrected" where a person looked at it.
    """

    anchor: str
    name: str
    words: str
    pointer: str
    kind: str
    at: int
    label: str
    id: str = ""
    checked: str = ""
    head: str = ""
    body: str = ""
    tone: str = ""
    status: str = ""
    notes: tuple[str, ...] = ()
    children: tuple[Card, ...] = ()


class CardWriter:
    """Makes the cards of one reading and groups them by the block they stand beside."""

    def __init__(self, reading: Reading, anchors: Anchors) -> None:
        self.reading = reading
        self.anchors = anchors
        self.names = Names(reading)
        self._lines = lines_of(reading.article.text)
        self._events = {event.id: event for event in reading.events}
        out = published_day(reading)
        self._year = out.year if out else None

    def beside(self, borders: Sequence[int]) -> list[list[Card]]:
        """Group the cards by the block that they stand beside.

        Args:
            borders: the offset at which each block starts, ascending.

        Returns:
            one list a block, in text order; what a statement tells hangs on the
            card of the statement where both stand beside the same block.
        """
        tree = _Tree(self, borders)
        return [sorted(cards, key=lambda card: card.at) for cards in tree.grown()]

    def _words(self, span: Span) -> str:
        return clean(self.reading.words(span))

    def statement(self, statement: Statement) -> Card:
        """Make the card of a statement: speaker, cue, addressee, and the beginning of what was said."""
        cue = self._words(statement.cue.span) if statement.cue else ""
        if len(cue) == 1 or not any(letter.isalpha() for letter in cue):
            cue = ""  # the colon of a transcript, or the "Q" before a question
        to = statement.addressee
        toward = f" → {self.names.slot(to)}" if to and (to.actor or to.span) else ""
        said = content(self.reading, statement)
        quoted = shorten(said, QUOTED)
        if statement.kind == "direct" and not quoted.endswith("”"):
            quoted += "”"
        speaker = self.names.speaker(statement)
        dated = statement.said and statement.said.first != published_day(self.reading)
        return Card(
            anchor=self.anchors.of("statements", statement.id),
            name=self.anchors.short("statements", statement.id),
            words=self.anchors.words("statements", statement.id),
            pointer=self._lines.pointer(statement.content[0]),
            kind="statement",
            id=statement.id,
            checked=_checked(statement),
            at=min(span[0] for span in _statement_spans(statement)),
            label=(cue[:1].lower() + cue[1:]) + toward,
            head="Source not named" if speaker == UNKNOWN else speaker,
            body=quoted,
            tone="no" if statement.negated else "",
            status={"direct": "quoted", "mixed": "partly quoted"}.get(statement.kind, "reported"),
            notes=tuple(filter(None, [days(statement.said, self._year)])) if dated and statement.said else (),
        )

    def event(self, event: Event, *, told: bool) -> Card:
        """Make the card of an act; `told` when it hangs on the statement that tells it."""
        words = wording()
        section = words.section[event.status]
        parties, recipient = self.names.parties(event.actor), self.names.parties(event.recipient)
        if recipient != UNKNOWN:
            parties = f"{shorten(parties, NAMED)} → {shorten(recipient, NAMED)}"
        return Card(
            anchor=self.anchors.of("events", event.id),
            name=self.anchors.short("events", event.id),
            words=self.anchors.words("events", event.id),
            pointer=self._lines.pointer(event.anchor),
            kind="event",
            id=event.id,
            checked=_checked(event),
            at=event.anchor[0],
            label=event.act.lower(),
            head="" if parties == UNKNOWN else parties,
            body=self._words(phrase(self.reading, event.anchor)),
            tone={"denied": "no", "open": "open"}.get(section, ""),
            status="" if event.status == "occurred" else words.status[event.status],
            notes=tuple(self._circumstances(event, told=told)),
        )

    def _circumstances(self, event: Event, *, told: bool) -> Iterator[str]:
        hinge = self._events.get(event.condition or "")
        if hinge:
            by = f" ({self.names.parties(hinge.actor)})" if hinge.actor else ""
            yield f"if {shorten(self._words(phrase(self.reading, hinge.anchor)), NAMED)}{by}"
        elif event.condition_span:
            yield condition(shorten(self._words(event.condition_span), NAMED))
        place = place_beside(self.reading, event)
        if place:
            yield place
        when = days(event.time, self._year) if event.time else None
        if when:
            yield when.replace(" ", NO_BREAK)
        teller = None if told else self.names.teller(event.reported_by)
        if teller:
            yield "reportedly" if teller == UNKNOWN else f"per {teller}"

    def position(self, position: Position, *, told: bool) -> Card:
        """Make the card of a position: holder, stance, toward whom, the issue, and its condition."""
        toward = f" → {self.names.of(position.toward)}" if position.toward else ""
        teller = None if told else self.names.teller(position.statement)
        hinge = condition(self._words(position.condition)) if position.condition else None
        weak = position.strength in {"qualified", "tentative"} and position.strength_words is not None
        shown = position.strength_words if weak and position.strength_words != position.condition else None
        hedge = f"{position.strength}: {self._words(shown)}" if shown else None
        return Card(
            anchor=self.anchors.of("positions", position.id),
            name=self.anchors.short("positions", position.id),
            words=self.anchors.words("positions", position.id),
            pointer=self._lines.pointer(position.issue),
            kind="position",
            id=position.id,
            checked=_checked(position),
            at=position.issue[0],
            label=wording().position[position.act],
            head=self.names.of(position.holder) + toward,
            body=shorten(self._words(position.issue), QUOTED),
            tone="no" if position.act in {"refuse", "deny", "threaten"} else "",
            notes=tuple(filter(None, [hedge, hinge, f"per {teller}" if teller else None])),
        )

    def figure(self, figure: Figure) -> Card:
        """Make the card of a figure: the number, what it counts, where and in which act."""
        words = wording()
        event = self._events.get(figure.event or "")
        place = next((place for place in self.reading.places if place.id == figure.place), None)
        notes = [
            words.change[figure.change] if figure.change else None,
            self._words(event.anchor) if event else None,
            clean(place.name) if place else None,
            days(figure.as_of, self._year) if figure.as_of else None,
        ]
        return Card(
            anchor=self.anchors.of("figures", figure.id),
            name=self.anchors.short("figures", figure.id),
            words=self.anchors.words("figures", figure.id),
            pointer=self._lines.pointer(figure.span),
            kind="figure",
            id=figure.id,
            checked=_checked(figure),
            at=figure.span[0],
            label=words.figure[figure.kind],
            head=amount(self.reading, figure),
            body=counted(self.reading, figure).strip(),
            notes=tuple(filter(None, notes)),
        )


def _checked(record: Statement | Event | Position | Figure) -> str:
    """Tell from its method whether a person accepted a record or changed it."""
    rule = record.method.partition(": ")[0]
    if rule.startswith("accepted by a reader"):
        return "checked"
    return "corrected" if rule.endswith(" corrected by a reader") else ""


class _Tree:
    """Hangs every card on the innermost statement beside the same block."""

    def __init__(self, writer: CardWriter, borders: Sequence[int]) -> None:
        self._writer = writer
        self._borders = borders
        self._statements = {statement.id: statement for statement in writer.reading.statements}
        self._home = {name: self._block(_first(one)) for name, one in self._statements.items()}
        self._hung: dict[str, list[Card]] = {}
        self._inner: dict[str, list[Statement]] = {}
        self._roots: list[list[Card]] = [[] for _ in borders]

    def grown(self) -> list[list[Card]]:
        """Return the cards that hang on nothing, by block."""
        for event in self._writer.reading.events:
            told = self._hold(event.reported_by, event.anchor[0])
            self._hang(self._writer.event(event, told=told is not None), told)
        for position in self._writer.reading.positions:
            told = self._hold(position.statement, position.issue[0])
            self._hang(self._writer.position(position, told=told is not None), told)
        for figure in self._writer.reading.figures:
            self._hang(self._writer.figure(figure), self._around(figure))
        roots = []
        for statement in self._statements.values():
            outer = self._hold(statement.within, _first(statement))
            if outer is None:
                roots.append(statement)
            else:
                self._inner.setdefault(outer, []).append(statement)
        for root in roots:
            self._hang(self._grow(root), None)
        while self._inner:  # statements that hold one another in a circle hang on nothing
            for statement in self._inner.pop(next(iter(self._inner))):
                self._hang(self._grow(statement), None)
        return self._roots

    def _block(self, offset: int) -> int:
        return max(bisect_right(self._borders, offset) - 1, 0)

    def _hold(self, statement_id: str | None, offset: int) -> str | None:
        """Return the statement if it stands beside the block of the offset."""
        return statement_id if statement_id and self._home.get(statement_id) == self._block(offset) else None

    def _hang(self, card: Card, statement_id: str | None) -> None:
        if statement_id is not None:
            self._hung.setdefault(statement_id, []).append(card)
        elif self._roots:
            self._roots[self._block(card.at)].append(card)

    def _around(self, figure: Figure) -> str | None:
        start, end = figure.span
        holding = [
            (last - first, name)
            for name, statement in self._statements.items()
            for first, last in statement.content
            if first <= start and end <= last and self._hold(name, start)
        ]
        return min(holding)[1] if holding else None

    def _grow(self, statement: Statement) -> Card:
        inner = [self._grow(one) for one in self._inner.pop(statement.id, ())]
        children = sorted([*self._hung.get(statement.id, ()), *inner], key=lambda card: card.at)
        return replace(self._writer.statement(statement), children=tuple(children))


def _first(statement: Statement) -> int:
    return min(span[0] for span in _statement_spans(statement))


def _statement_spans(statement: Statement) -> Iterator[Span]:
    yield from statement.content
    if statement.cue:
        yield statement.cue.span
    if statement.speaker.span:
        yield statement.speaker.span

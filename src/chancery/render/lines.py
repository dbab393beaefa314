"""One record, one line of the brief: its pointer, who, the words, and what must stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chancery.records import Event, Figure, Position, Reading, Span, Statement
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
from chancery.render.typeset import NO_BREAK, Piece, clean, plain, shorten
from chancery.render.unresolved import Doubt
from chancery.render.wording import wording

__all__ = ["NEGATIVE", "Line", "LineWriter"]

# Says by shape what the colour says too.
NEGATIVE = "✗ "

# Columns: for parties, for a condition, for words in doubt; of a detail that stays on one row.
PARTIES_WIDTH = 48
CONDITION_WIDTH = 60
DOUBT_WIDTH = 56
LONGEST_KEPT = 28

# Figures named beside an act; a count of losses can have thirty.
MOST_FIGURES = 2

# A doubt names all that it has, in as many rows as that takes.
ALL_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One entry before it is set.

    Attributes:
        pointer: where its words stand, ``line:character``.
        label: its kind, set in a column of its own where there is room.
        head: what comes first and is not cut.
        words: what may be cut.
        tail: what comes last and is not cut.
        indent: steps to the right of the pointers.
        rows: how many it may take.
    """

    pointer: str = ""
    label: Piece | None = None
    head: tuple[Piece, ...] = ()
    words: tuple[Piece, ...] = ()
    tail: tuple[Piece, ...] = ()
    indent: int = 0
    rows: int = 2

    @property
    def text(self) -> str:
        """All of it, uncut."""
        label = (self.label, Piece(" ")) if self.label else ()
        return plain((*label, *self.head, *self.words, *self.tail))


class LineWriter:
    """Words the records of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names = Names(reading)
        self.lines = lines_of(reading.article.text)
        self._events = {event.id: event for event in reading.events}
        self._figures = {figure.id: figure for figure in reading.figures}
        self._places = {place.id: place for place in reading.places}
        self._out = published_day(reading)
        self._year = self._out.year if self._out else None

    def _words(self, span: Span) -> str:
        return clean(self.reading.words(span))

    def statement(self, statement: Statement, again: Sequence[Span] = (), depth: int = 0) -> Line:
        """Word who said what to whom: quotation marks for the speaker's own words, ✗ for a denial."""
        head: list[Piece] = [Piece(NEGATIVE, "no")] if statement.negated else []
        if depth:
            head.append(Piece(f"{self.names.speaker(statement)} ", "name"))
        said = content(self.reading, statement)
        # a quotation that is cut keeps its closing mark
        close = [Piece("”")] if statement.kind == "direct" else []
        return Line(
            pointer=self.lines.pointer(statement.content[0]),
            head=(*head, *self._cue(statement, said)),
            words=(Piece(said.removesuffix("”") if close else said),),
            tail=(*close, *self._dated(statement), *self._again(again)),
            indent=1 + depth,
        )

    def _cue(self, statement: Statement, said: str) -> list[Piece]:
        cue = self._words(statement.cue.span) if statement.cue else ""
        # a transcript has a colon for a cue, or the "Q" before a question
        spoken = len(cue) > 1 and any(letter.isalpha() for letter in cue)  # no colon, no "Q"
        label = cue[:1].lower() + cue[1:] if spoken else ""
        if statement.kind == "mixed" and not re.search('[“"«„]', said[:DOUBT_WIDTH]):
            label = f"{label} (partly quoted)".strip()
        to = statement.addressee
        if to and (to.actor or to.span):
            label = f"{label} → {self.names.slot(to)}".strip()
        return [Piece(label, "no" if statement.negated else "label"), Piece(": ")] if label else []

    def _dated(self, statement: Statement) -> list[Piece]:
        """Say when something was said, unless that is the day of the report."""
        said = statement.said
        if said is None or (said.first == said.last == self._out):
            return []
        words = days(said, self._year)
        return [Piece(f" · {words}", "faint")] if words else []

    def _again(self, spans: Iterable[Span]) -> list[Piece]:
        where = ", ".join(self.lines.pointer(span) for span in spans)
        return [Piece(f" (also {where})", "faint")] if where else []

    def event(self, event: Event) -> Line:
        """Word an act: its type or how real it is, the parties, the report's words, the circumstances."""
        words = wording()
        section = words.section[event.status]
        label = event.act.lower() if section == "happened" else words.status[event.status]
        mark, style = {"denied": (NEGATIVE, "no"), "open": ("", "hedge")}.get(section, ("", "label"))
        return Line(
            pointer=self.lines.pointer(event.anchor),
            label=Piece(mark + label, style),
            head=tuple(self._parties(event)),
            words=(Piece(self._words(phrase(self.reading, event.anchor))),),
            tail=tuple(self._circumstances(event)),
            indent=1,
        )

    def _parties(self, event: Event) -> Iterator[Piece]:
        actor, recipient = self.names.parties(event.actor), self.names.parties(event.recipient)
        if recipient != UNKNOWN:
            actor = f"{shorten(actor, PARTIES_WIDTH)} → {shorten(recipient, PARTIES_WIDTH)}"
        if actor != UNKNOWN:
            yield Piece(f"{shorten(actor, 2 * PARTIES_WIDTH)}: ", "name")

    def _circumstances(self, event: Event) -> Iterator[Piece]:
        hinge = self._events.get(event.condition or "")
        if hinge:
            by = f" ({self.names.parties(hinge.actor)})" if hinge.actor else ""
            words = self._words(phrase(self.reading, hinge.anchor))
            yield Piece(f" —{NO_BREAK}if ", "hedge")
            yield Piece(shorten(words, CONDITION_WIDTH) + by)
        elif event.condition_span:
            words = condition(shorten(self._words(event.condition_span), CONDITION_WIDTH))
            yield Piece(f" —{NO_BREAK}", "hedge")
            yield Piece(words)
        yield from _details(
            "ongoing" if event.status == "ongoing" else None,
            place_beside(self.reading, event),
            days(event.time, self._year) if event.time else None,
            self._teller(event.reported_by),
            *self._amounts(event),
        )

    def _teller(self, statement_id: str | None) -> str | None:
        teller = self.names.teller(statement_id)
        return "reportedly" if teller == UNKNOWN else f"per {teller}" if teller else None

    def _amounts(self, event: Event) -> Iterator[str]:
        """Name the figures of an act that its words do not hold already."""
        start, end = phrase(self.reading, event.anchor)
        figures = [self._figures[name] for name in event.figures if name in self._figures]
        beside = [figure for figure in figures if not start <= figure.span[0] < end]
        yield from (amount(self.reading, figure) for figure in beside[:MOST_FIGURES])
        if len(beside) > MOST_FIGURES:
            yield f"+{len(beside) - MOST_FIGURES} figures"

    def position(self, position: Position, again: Sequence[Span] = ()) -> Line:
        """Word what a holder offers, refuses, demands ... and toward whom, the condition beside it."""
        label = wording().position[position.act]
        toward = f"→ {self.names.of(position.toward)}: " if position.toward else ""
        tail = self._again(again)
        if position.condition:
            words = condition(shorten(self._words(position.condition), CONDITION_WIDTH))
            hinge, _, rest = words.partition(" ")
            tail = [Piece(f" —{NO_BREAK}{hinge} ", "hedge"), Piece(rest), *tail]
        style = "no" if position.act in {"refuse", "deny", "threaten"} else "label"
        return Line(
            pointer=self.lines.pointer(position.issue),
            label=Piece(label, style),
            head=(Piece(toward, "name"),) if toward else (),
            words=(Piece(self._words(position.issue)),),
            tail=tuple(tail),
            indent=1,
        )

    def figure(self, figure: Figure) -> Line:
        """Word a figure: what it counts, and in which act, where and as of when."""
        words = wording()
        event, place = self._events.get(figure.event or ""), self._places.get(figure.place or "")
        number = [Piece(amount(self.reading, figure), "name"), Piece(counted(self.reading, figure))]
        details = _details(
            words.change[figure.change] if figure.change else None,
            self._words(event.anchor) if event else None,
            clean(place.name) if place else None,
            days(figure.as_of, self._year) if figure.as_of else None,
        )
        return Line(
            pointer=self.lines.pointer(figure.span),
            label=Piece(words.figure[figure.kind], "label"),
            words=tuple(number),
            tail=tuple(details),
            indent=1,
        )

    def doubt(self, doubt: Doubt, most: int | None) -> Line:
        """Word what stayed open, with the first things it concerns."""
        items = [
            f"{_shorter(words)} [{self.lines.pointer(span)}]" if span else _shorter(words)
            for words, span in doubt.items[:most]
        ]
        left = len(doubt.items) - len(items)
        text = f"{doubt.reason}: {', '.join(items)}" if items else doubt.reason
        more = (Piece(f" … {left} more", "faint"),) if left else ()
        return Line(head=(Piece(text), *more), indent=1, rows=ALL_ROWS)


def _details(*details: str | None) -> Iterator[Piece]:
    known = [detail for detail in details if detail]
    if known:
        # a day or a name is not parted from itself
        kept = [detail.replace(" ", NO_BREAK) if len(detail) <= LONGEST_KEPT else detail for detail in known]
        yield Piece("".join(f" ·{NO_BREAK}{detail}" for detail in kept), "faint")


def _shorter(words: str) -> str:
    """Shorten words in doubt, inside their quotation marks."""
    if words.startswith("“"):
        return f"“{shorten(words[1:-1], DOUBT_WIDTH)}”"
    return shorten(words, DOUBT_WIDTH)

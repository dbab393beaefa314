"""What following many reports finds: values that name the records they join, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chancery.records import PositionAct, Span, Status

__all__ = [
    "Claim",
    "Copying",
    "Duplicate",
    "Happening",
    "Position",
    "PositionChange",
    "PositionLine",
    "Source",
    "Stage",
    "Step",
    "Telling",
    "Thread",
    "Turn",
    "Witness",
]

type Copying = Literal["exact", "near", "partial"]
type Stage = Literal[
    "proposed", "planned", "possible", "conditional", "held", "postponed", "cancelled", "denied"
]
type Turn = Literal["withdrawn", "taken up", "condition moved"]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a report: the record that stands there, and its words.

    Sources sort by the day their report came out, then by report and record, so
    that the first of several is the first telling. A report without a day sorts last.

    Attributes:
        day: ISO day the report came out, "9999-12-31" where unknown.
        report: id of the article.
        record: id of the statement, event or position in it.
        publisher: who put the report out.
        span: of `words` in the article's text.
        words: the sentence, or the content of a statement.
    """

    day: str
    report: str
    record: str
    publisher: str | None
    span: Span
    words: str

    @property
    def date(self) -> date | None:
        """The day the report came out, where it is known."""
        return None if self.day.startswith("9999") else date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A report that has words of another: `report` came out later, or says less.

    Attributes:
        kind: exact (the same words), near (the same report, cut or edited),
            partial (a part of one stands in the other).
        contained: share of the smaller report's passages that stand in the other, 0 to 1.
    """

    report: str
    other: str
    kind: Copying
    contained: float
    reason: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A report that tells a claim, and why its statement is taken for the same."""

    source: Source
    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one speaker says, however often it is told.

    A speaker who says it again says the same claim again: `witnesses` hold the days.

    Attributes:
        id: of its first statement: `report/record`.
        speaker: actor id.
        witnesses: all statements that tell it, the first told first.
        variants: its different wordings, in the order of their first telling.
        publishers: distinct publishers among the witnesses.
        reason: of the claim as a whole, in a sentence.
    """

    id: str
    speaker: str
    witnesses: tuple[Witness, ...]
    variants: tuple[str, ...]
    publishers: int
    reason: str

    @property
    def first(self) -> Source:
        """Where and when it was told first."""
        return self.witnesses[0].source


@dataclass(frozen=True, slots=True)
class Telling:
    """A report's record of an act: how real it makes it, when it puts it, and why it is the same."""

    source: Source
    status: Status
    stage: Stage
    first: date | None
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One act of known parties that one or several reports tell: counted once.

    Attributes:
        id: of its first telling: `report/record`.
        act: PLOVER type of the act.
        parties: actor ids of all tellings, sorted.
        countries: states and organizations that they belong to, sorted.
        first: first day on which it may have been, by the narrowest telling.
        last: last such day.
        tellings: the first told first.
        publishers: distinct publishers of the tellings.
        reason: of the happening as a whole, in a sentence.
    """

    id: str
    act: str
    mode: str | None
    parties: tuple[str, ...]
    countries: tuple[str, ...]
    first: date | None
    last: date | None
    tellings: tuple[Telling, ...]
    publishers: int
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a thread had come to by a day, and all reports of that day that say so."""

    day: str
    stage: Stage
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """One act over time, from the first proposal to the last report of it.

    Attributes:
        happening: the act.
        steps: its stages in the order of time; a stage is entered anew when it is told after another.
        stage: where it stands by the last report.
        contradictions: pairs of tellings that cannot both be so (told as held, and as
            denied or not done), side by side, never merged away.
    """

    happening: Happening
    steps: tuple[Step, ...]
    stage: Stage
    contradictions: tuple[tuple[Telling, Telling], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Position:
    """A position as one report tells it."""

    source: Source
    act: PositionAct
    issue: str
    condition: str | None


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A holder who held one thing, and then another, on the same issue: both wordings."""

    turn: Turn
    before: Position
    after: Position
    reason: str


@dataclass(frozen=True, slots=True)
class PositionLine:
    """What one holder holds toward one other on one issue, over time.

    Attributes:
        id: of its first position: `report/record`.
        issue: the words for the issue, as told first.
        positions: all tellings, the first told first.
        changes: where it turned.
        reason: why the tellings are taken for one issue.
    """

    id: str
    holder: str
    toward: str | None
    issue: str
    positions: tuple[Position, ...]
    changes: tuple[PositionChange, ...]
    reason: str

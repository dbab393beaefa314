"""A situation as headed lines, the same for the terminal and for the page.

Each line is worded from one record, the surest that tells it, in the words of
its report; it names how many reports tell the same, and the number of its
source in the list at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chancery.records import Span
from chancery.render.lines import Line, LineWriter
from chancery.render.phrases import day
from chancery.render.typeset import Piece, clean, shorten
from chancery.situation.build import Situation
from chancery.situation.choosing import Entry, Section
from chancery.situation.found import Act, Held, Measured, Report, sentence

__all__ = ["Heading", "Worded", "Writer"]

# The sentence around the words of an act, as evidence; longer ones are cut.
LONGEST_EVIDENCE = 280


@dataclass(frozen=True, slots=True)
class Worded:
    """One entry in words: the line, the passage it rests on, and the report that has it."""

    line: Line
    evidence: str
    source: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its entries, what was left out, and what an empty one means."""

    title: str
    entries: tuple[Worded, ...]
    left_out: int = 0
    unsure: int = 0


@dataclass(slots=True)
class Writer:
    """Words the entries of a situation, and numbers the reports that they rest on."""

    situation: Situation
    sources: dict[str, tuple[int, Report]] = field(default_factory=dict)
    _writers: dict[str, LineWriter] = field(default_factory=dict)

    def headings(self) -> Iterator[Heading]:
        """Yield every heading of the page in order; those without entries, too."""
        made, sides = self.situation, self.situation.sides
        yield self._heading("Talks and meetings", made.talks)
        for side in sides.both:
            title = f"What {side.name} did toward {sides.other(side).name}"
            yield self._heading(title, made.done[side.id])
        yield self._heading("Planned, proposed, possible: still open", made.open)
        yield self._heading("Denied, or not done", made.denied)
        for side in sides.both:
            yield self._heading(f"What {side.name} holds", made.positions[side.id])
        yield Heading("What changed", tuple(self._changes()))
        yield self._heading("Forces and figures", made.figures)

    def _changes(self) -> Iterator[Worded]:
        """Word every turn of a position by its two wordings, the earlier under the later."""
        for change in self.situation.changes:
            name = (Piece(f"{change.holder.name}, {change.turn}: ", "name"),)
            after = self._worded(change.after, change.after.report.publisher)
            yield replace(after, line=replace(after.line, head=(*name, *after.line.head)))
            before = self._worded(change.before, change.before.report.publisher)
            yield replace(
                before, line=replace(before.line, head=(Piece("before: ", "faint"), *before.line.head))
            )

    def _heading[T: (Act, Held, Measured)](self, title: str, section: Section[T]) -> Heading:
        entries = tuple(self._worded(entry.told, _told(entry)) for entry in section.entries)
        return Heading(title, entries, section.left_out, section.unsure)

    def _worded(self, told: Act | Held | Measured, witnesses: str) -> Worded:
        report = told.report
        number = self.sources.setdefault(report.id, (len(self.sources) + 1, report))[0]
        line = _line(self._writer(report), told)
        notes = (Piece(f" · {witnesses}", "faint"), Piece(f" [{number}]", "faint"))
        pointer = day(told.day, self._year) if told.day else ""
        return Worded(
            line=replace(line, pointer=pointer, tail=(*line.tail, *notes)),
            evidence=_evidence(report, told.span),
            source=number,
        )

    def _writer(self, report: Report) -> LineWriter:
        """Return the writer of a report's lines; making one passes over the whole text."""
        if report.id not in self._writers:
            self._writers[report.id] = LineWriter(report.reading)
        return self._writers[report.id]

    @property
    def _year(self) -> int | None:
        """The year that need not be written, where all days in view are of one."""
        first, last = self.situation.exposure.first, self.situation.exposure.last
        return first.year if first and last and first.year == last.year else None


def _line(writer: LineWriter, record: Act | Held | Measured) -> Line:
    match record:
        case Act():
            return writer.event(record.event)
        case Held():
            return writer.position(record.position)
        case Measured():
            return writer.figure(record.figure)


def _told[T: (Act, Held, Measured)](entry: Entry[T]) -> str:
    publishers = entry.publishers
    if entry.reports == 1:
        return publishers[0] if publishers else "1 report"
    if len(publishers) == 1:
        return f"{entry.reports} reports of {publishers[0]}"
    return f"{entry.reports} reports, {len(publishers)} publishers"


def _evidence(report: Report, span: Span) -> str:
    """Return the sentence that a line rests on, cut where it is long."""
    text = report.reading.article.text
    start, end = sentence(text, span)
    return shorten(clean(text[start:end]), LONGEST_EVIDENCE)

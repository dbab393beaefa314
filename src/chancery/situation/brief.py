"""A situation for a terminal or a text file: what an editor would put on two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.render.brief import set_line
from chancery.render.phrases import day
from chancery.render.typeset import Piece, Row, clean, fit, wrap
from chancery.render.typeset import plain as plain_row
from chancery.situation.build import Situation
from chancery.situation.found import Report
from chancery.situation.lines import Heading, Writer
from chancery.situation.rhythm import CONFLICT, COOPERATION, Week

__all__ = ["brief", "rows", "summary"]

DEFAULT_WIDTH, NARROWEST, WIDEST = 100, 50, 120

# Columns of one side's bar in the chart of weeks.
BAR = 24
MOST_PUBLISHERS = 4


def brief(situation: Situation, width: int = DEFAULT_WIDTH) -> str:
    """Write a situation as plain text, each line within the width."""
    return "".join(f"{plain_row(row).rstrip()}\n" for row in rows(situation, width))


def rows(situation: Situation, width: int = DEFAULT_WIDTH) -> Iterator[Row]:
    """Yield the rows of a situation with their styles, for a terminal."""
    columns = max(NARROWEST, min(width, WIDEST))
    writer = Writer(situation)
    headings = list(writer.headings())
    sides = situation.sides
    yield (Piece(f"{sides.first.name} and {sides.second.name}", "title"),)
    yield from wrap([Piece(summary(situation), "faint")], columns)
    if situation.weeks:
        yield ()
        yield from _chart(situation, columns)
    for heading in headings:
        yield from _section(heading, columns)
    yield ()
    yield (Piece("SOURCES", "heading"),)
    for number, report in writer.sources.values():
        yield from fit(_source(report), columns - 6, 1, head=[Piece(f"{f'[{number}]':>5} ")])
    yield ()
    yield from wrap([Piece(_notes(headings), "faint")], columns)


def summary(situation: Situation) -> str:
    """Say in a sentence or two how much was read and what it holds."""
    seen = situation.exposure
    if seen.first is None or seen.last is None:
        return "No report of these days was found."
    named = [f"{name} {count}" for name, count in seen.publishers[:MOST_PUBLISHERS]]
    more = len(seen.publishers) - len(named)
    publishers = ", ".join(named) + (f" and {more} more publishers" if more > 0 else "")
    acts = [f"{side.name} {_total(situation.weeks, side.id)}" for side in situation.sides.both]
    return (
        f"{day(seen.first)} to {day(seen.last)}. {seen.reports:,} reports read ({publishers}); "
        f"{seen.naming_both:,} name both. Distinct acts between them told as real: {', '.join(acts)}."
    )


def _total(weeks: Sequence[Week], side: str) -> int:
    return sum(week.count(side, family) for week in weeks for family in (COOPERATION, CONFLICT))


def _chart(situation: Situation, columns: int) -> Iterator[Row]:
    """Draw a row a week: acts of either side, conflict in full blocks, cooperation in light ones."""
    first, second = situation.sides.both
    weeks = situation.weeks
    highest = max((_total([week], side.id) for week in weeks for side in (first, second)), default=0)
    size = min(BAR, (columns - 26) // 2)
    yield (Piece("BY WEEK", "heading"),)
    yield (
        Piece(
            f"{'':>13}  {_cut(first.name, size):<{size + 4}} {_cut(second.name, size):<{size + 4}} read",
            "faint",
        ),
    )
    for week in weeks:
        bars = [_bar(week, side.id, highest, size) for side in (first, second)]
        yield (
            Piece(f"{day(week.monday):>13}  ", "faint"),
            Piece(f"{bars[0]:<{size + 4}} {bars[1]:<{size + 4}} "),
            Piece(f"{week.reports}", "faint"),
        )
    yield (Piece(f"{'':>13}  █ conflict  ░ cooperation; read: reports of the week", "faint"),)


def _cut(name: str, size: int) -> str:
    return name if len(name) <= size else f"{name[: size - 1]}…"


def _bar(week: Week, side: str, highest: int, size: int) -> str:
    conflict, cooperation = week.count(side, CONFLICT), week.count(side, COOPERATION)
    total = conflict + cooperation
    if not total:
        return "·"
    length = max(1, round(total * size / highest))
    hard = round(length * conflict / total)
    return f"{'█' * hard}{'░' * (length - hard)} {total}"


def _section(heading: Heading, columns: int) -> Iterator[Row]:
    if not heading.entries:
        return
    yield ()
    yield (Piece(heading.title.upper(), "heading"),)
    gutter = max(len(entry.line.pointer) for entry in heading.entries) + 2
    for entry in heading.entries:
        yield from set_line(entry.line, gutter, columns)
    if heading.left_out:
        yield (Piece(f"{'':{gutter}}  … {heading.left_out} more", "faint"),)


def _source(report: Report) -> list[Piece]:
    article = report.reading.article
    title = clean(article.title or "") or clean(article.text.lstrip()[:200].partition("\n")[0])
    facts = [
        title,
        clean(article.publisher or ""),
        day(report.day) if report.day else "no date",
        article.url or "",
    ]
    return [Piece(" · ".join(fact for fact in facts if fact))]


def _notes(headings: Sequence[Heading]) -> str:
    unsure = sum(heading.unsure for heading in headings)
    notes = ["The first column is the day of the act, or the day of the report where it gives none."]
    notes.append("Words are the reports' own; the number in brackets is the source.")
    if unsure:
        notes.append(
            f"{unsure:,} entries that the reading is not sure of are left out (--least-score 0 shows them)."
        )
    return " ".join(notes)

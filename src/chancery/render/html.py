"""The page: the text with everything marked, and what was read in it beside the words.

One file that needs nothing else: styles and the small script are in it, fonts
are the reader's own, and a content security policy allows nothing more. Without
the script everything is there and linked; the script lights an entry's words
while the entry is pointed at or focused, and the reverse.

The text is somebody else's: Jinja escapes all of it, ids are made here
(:mod:`anchors`), and no value ever enters the script or the styles.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from chancery.records import Reading
from chancery.render.anchors import Anchors
from chancery.render.blocks import Block, blocks
from chancery.render.cards import Card, CardWriter
from chancery.render.index import Index, index_of
from chancery.render.marks import Mark, Segment, marks_of, segments
from chancery.render.phrases import day, published_day
from chancery.render.template import asset, digest, template
from chancery.render.typeset import clean, shorten

__all__ = ["Report", "Row", "page", "report_of"]

PACKAGE = "chancery.render"

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_TITLE = 180


@dataclass(frozen=True, slots=True)
class Row:
    """One block of the text and the cards beside it."""

    block: Block
    anchor: str
    segments: Sequence[Segment]
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the template shows of one reading."""

    anchor: str
    title: str
    titled: bool
    facts: Sequence[str]
    url: str | None
    credit: str
    counts: Sequence[tuple[int, str]]
    rows: Sequence[Row]
    index: Index


def page(readings: Reading | Sequence[Reading]) -> str:
    """Write one reading, or several one below the other, as a self-contained HTML page.

    Args:
        readings: what was read; several get a table of contents, and ids that
            start with ``r1-``, ``r2-`` ... so that permalinks stay unique.

    Returns:
        The whole document, to be written as UTF-8.
    """
    several = [readings] if isinstance(readings, Reading) else list(readings)
    reports = [
        report_of(reading, f"r{at}-" if len(several) > 1 else "") for at, reading in enumerate(several, 1)
    ]
    style = asset(PACKAGE, "page.css") + asset(PACKAGE, "report.css")
    script = asset(PACKAGE, "script.js")
    return template(PACKAGE, "page.html").render(
        reports=reports,
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
        policy=f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'",
    )


def report_of(reading: Reading, prefix: str = "") -> Report:
    """Arrange a reading for the macros of `templates/report.html`.

    Args:
        reading: what was read.
        prefix: what page ids begin with, where several reports share a page.
    """
    anchors = Anchors(reading, prefix)
    article = reading.article
    title = clean(article.title or "")
    first_line = clean(article.text.lstrip()[:400].partition("\n")[0])
    return Report(
        anchor=f"{prefix}report",
        title=shorten(title or first_line or "No text", LONGEST_TITLE),
        titled=bool(title),
        facts=list(_facts(reading)),
        url=article.url if article.url and re.match("https?://", article.url) else None,
        credit=clean(article.credit or ""),
        counts=list(_counts(reading)),
        rows=list(_rows(reading, anchors)),
        index=index_of(reading, anchors),
    )


def _rows(reading: Reading, anchors: Anchors) -> Iterator[Row]:
    text = reading.article.text
    found = list(blocks(text))
    marks = _by_block(found, marks_of(reading, anchors))
    cards = CardWriter(reading, anchors).beside([block.start for block in found])
    for block, inside, beside in zip(found, marks, cards, strict=True):
        yield Row(block, anchors.line(block.line), list(segments(text, block, inside)), beside)


def _by_block(found: Sequence[Block], marks: Sequence[Mark]) -> list[list[Mark]]:
    """Give every block the marks that touch it, in text order."""
    starts = [block.start for block in found]
    inside: list[list[Mark]] = [[] for _ in found]
    for mark in marks:
        first = max(bisect_right(starts, mark.span[0]) - 1, 0)
        for at in range(first, bisect_left(starts, mark.span[1])):
            if mark.span[0] < found[at].end and found[at].start < mark.span[1]:
                inside[at].append(mark)
    return inside


def _facts(reading: Reading) -> Iterator[str]:
    article, out = reading.article, published_day(reading)
    if article.publisher:
        yield clean(article.publisher)
    yield f"{WEEKDAYS[out.weekday()]}, {day(out)}" if out else "No date"
    words = len(article.text.split())
    yield "1 word" if words == 1 else f"{words:,} words"


def _counts(reading: Reading) -> Iterator[tuple[int, str]]:
    for kind in ("statements", "events", "positions", "figures", "places", "times"):
        count = len(getattr(reading, kind))
        if count:
            yield count, kind if count > 1 else kind[:-1]

"""A situation as an HTML page that needs nothing else: complete without a script, and it prints.

The words of reports are somebody else's: Jinja escapes all of them, and the
page's policy allows neither scripts nor anything from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from chancery.render.phrases import day
from chancery.render.template import asset, digest, template
from chancery.render.typeset import NO_BREAK, Piece, clean
from chancery.situation.brief import summary
from chancery.situation.build import Situation
from chancery.situation.chart import Chart, chart
from chancery.situation.found import Report
from chancery.situation.lines import Worded, Writer

__all__ = ["page"]

PACKAGE = "chancery.situation"


@dataclass(frozen=True, slots=True)
class _Source:
    number: int
    title: str
    facts: str
    url: str | None
    credit: str


def page(situation: Situation) -> str:
    """Write a situation as one HTML document, to be saved as UTF-8."""
    writer = Writer(situation)
    headings = list(writer.headings())
    style = asset(PACKAGE, "style.css")
    return template(PACKAGE, "page.html").render(
        situation=situation,
        sides=situation.sides,
        summary=summary(situation),
        chart=_chart(situation),
        headings=[heading for heading in headings if heading.entries],
        empty=[heading.title for heading in headings if not heading.entries],
        unsure=sum(heading.unsure for heading in headings),
        sources=[_source(number, report) for number, report in writer.sources.values()],
        pieces=_pieces,
        day=day,
        style=Markup(style),  # noqa: S704 - a file of this package
        policy=f"default-src 'none'; style-src '{digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
    )


def _chart(situation: Situation) -> Chart | None:
    return chart(situation.weeks, situation.sides) if situation.weeks else None


def _pieces(entry: Worded) -> Sequence[Piece]:
    """Return the line without its source, which the page links."""
    parts = (*entry.line.head, *entry.line.words, *entry.line.tail[:-1])
    return [Piece(part.text.replace(NO_BREAK, " "), part.style) for part in parts]


def _source(number: int, report: Report) -> _Source:
    article = report.reading.article
    title = clean(article.title or "") or clean(article.text.lstrip()[:200].partition("\n")[0])
    facts = [clean(article.publisher or ""), day(report.day) if report.day else "no date"]
    return _Source(
        number=number,
        title=title,
        facts=" · ".join(fact for fact in facts if fact),
        url=article.url if article.url and re.match("https?://", article.url) else None,
        credit=clean(article.credit or ""),
    )

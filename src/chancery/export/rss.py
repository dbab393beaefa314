"""Records as an RSS 2.0 feed: what a query found, for a feed reader or a newsroom's alerts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape

from chancery.export.annotations import name_of
from chancery.export.told import Report
from chancery.records import Event, Position, Reading, Span, Statement

__all__ = ["END", "Item", "items", "opening", "write_item"]

END = "</channel>\n</rss>\n"
LONGEST_TITLE = 160

# What XML 1.0 cannot hold, not even escaped.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One record as an item of a feed."""

    title: str
    words: str
    link: str | None
    guid: str
    published: datetime | date | None
    publisher: str | None
    category: str


def items(reading: Reading) -> Iterator[Item]:
    """Yield an item for every statement, event and position of a report, in the order of the text."""
    report = Report(reading)
    found: list[tuple[Span, str, str, str]] = []
    for statement in reading.statements:
        span = statement.content[0][0], statement.content[-1][1]
        found.append((span, "statement", statement.id, _statement(report, statement)))
    found += [(event.anchor, "event", event.id, _event(report, event)) for event in reading.events]
    found += [(held.issue, "position", held.id, _position(report, held)) for held in reading.positions]
    article = reading.article
    for span, kind, record_id, title in sorted(found):
        around = report.context(span)
        yield Item(
            title=title,
            words=reading.words(around),
            link=article.url,
            guid=name_of(reading, record_id),
            published=article.published,
            publisher=article.publisher,
            category=kind,
        )


def _statement(report: Report, statement: Statement) -> str:
    speaker, reading = statement.speaker, report.reading
    actors = speaker.actors or ((speaker.actor,) if speaker.actor else ())
    who = report.names.several([report.names.of(actor) for actor in actors])
    who = who or report.names.quoted(speaker.span)
    cue = reading.words(statement.cue.span) if statement.cue else ""
    words = " … ".join(reading.words(span) for span in statement.content)
    said = f"“{words}”" if statement.kind == "direct" else words
    return f"{who} {cue}: {said}" if cue else f"{who}: {said}"


def _event(report: Report, event: Event) -> str:
    actor, recipient = report.names.parties(event.actor), report.names.parties(event.recipient)
    parties = " → ".join(part for part in (actor, recipient) if part)
    return f"{parties}: {report.reading.words(event.anchor)} ({event.act.lower()}, {event.status})"


def _position(report: Report, position: Position) -> str:
    holder = report.names.of(position.holder)
    toward = f" → {report.names.of(position.toward)}" if position.toward else ""
    return f"{holder} ({position.act}){toward}: {report.reading.words(position.issue)}"


def opening(title: str, link: str, description: str) -> str:
    """Write the head of a feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel>\n<title>{_text(title)}</title>\n<link>{_text(link)}</link>\n"
        f"<description>{_text(description)}</description>\n<generator>chancery</generator>\n"
    )


def write_item(item: Item) -> str:
    """Write one item."""
    title = " ".join(item.title.split())
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    lines = [f"<title>{_text(title)}</title>"]
    if item.link:
        lines.append(f"<link>{_text(item.link)}</link>")
    # a feed reader shows a description as HTML: words of the report must stay words
    lines.append(f"<description>{_text(escape(item.words))}</description>")
    lines.append(f'<guid isPermaLink="false">{_text(item.guid)}</guid>')
    if item.published:
        lines.append(f"<pubDate>{format_datetime(_moment(item.published))}</pubDate>")
    if item.publisher:
        lines.append(f"<dc:creator>{_text(item.publisher)}</dc:creator>")
    lines.append(f"<category>{_text(item.category)}</category>")
    return "<item>\n" + "\n".join(lines) + "\n</item>\n"


def _text(words: str) -> str:
    return escape(UNWRITABLE.sub("\ufffd", words))


def _moment(published: datetime | date) -> datetime:
    moment = published if isinstance(published, datetime) else datetime.combine(published, time(), UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

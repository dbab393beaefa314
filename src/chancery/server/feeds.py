"""A saved query as a feed: what a list shows, newest first, for feed readers and alerts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import quote, urljoin

from sqlalchemy import Connection

from chancery.export.rss import END, Item, opening, write_item
from chancery.ledger.queries import Filter, find_reports
from chancery.ledger.queries.listing import Entry, find_entries
from chancery.server.desk import Page
from chancery.server.links import report_url
from chancery.server.listing import item_of

__all__ = ["feed_of"]

# Items of a feed: readers ask again within hours.
LONGEST = 100


def feed_of(connection: Connection, kind: str, asked: Filter, url: str) -> Page:
    """Write the newest records of a kind that a filter lets pass as RSS 2.0.

    Args:
        connection: of one state of the ledger.
        kind: statements, events, positions, figures or reports.
        asked: the saved query; its order and rows do not matter.
        url: the whole address of the feed.
    """
    newest = replace(asked, sort="published", ascending=False, limit=LONGEST, offset=0)
    items = (
        _reports(connection, newest, url) if kind == "reports" else _records(connection, kind, newest, url)
    )
    page = url.replace(f"/ledger/{kind}.rss", f"/ledger/{kind}", 1)
    head = opening(f"Chancery: {kind}", page, f"The newest {kind} of a saved query, read by Chancery.")
    body = (head + "".join(write_item(item) for item in items) + END).encode("utf-8", "replace")
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return Page(body, "application/rss+xml; charset=utf-8", etag)


def _records(connection: Connection, kind: str, asked: Filter, url: str) -> Iterator[Item]:
    for entry in find_entries(connection, kind, asked):
        row = entry.row
        yield Item(
            title=_title(entry),
            words=entry.words,
            link=urljoin(url, item_of(entry).record),
            guid=_name(row["article_id"], entry.record_id),
            published=_moment(row["published"]),
            publisher=row["publisher"],
            category=kind.removesuffix("s"),
        )


def _title(entry: Entry) -> str:
    item = item_of(entry)
    who = " and ".join(person.name for person in item.who)
    toward = " and ".join(person.name for person in item.toward)
    parties = " → ".join(filter(None, [who, toward]))
    if entry.kind == "statements":
        return f"{parties}: {entry.words}"
    main = entry.words[slice(*entry.main)] if entry.main else ""
    if entry.kind == "figures":
        return f"{main} {item.more}".rstrip()
    marks = ", ".join(filter(None, [item.what, item.status_label]))
    return f"{parties}: {main} ({marks})"


def _reports(connection: Connection, asked: Filter, url: str) -> Iterator[Item]:
    for row in find_reports(connection, asked):
        yield Item(
            title=row["title"] or row["article_id"],
            words="",
            link=urljoin(url, report_url(row["version_key"])),
            guid=_name(row["article_id"]),
            published=_moment(row["published"]),
            publisher=row["publisher"],
            category="report",
        )


def _name(*parts: str) -> str:
    return "urn:chancery:" + ":".join(quote(part, safe="") for part in parts)


def _moment(iso: str | None) -> datetime | date | None:
    if not iso:
        return None
    return date.fromisoformat(iso) if len(iso) == len("2022-02-10") else datetime.fromisoformat(iso)

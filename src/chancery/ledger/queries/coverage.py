"""What was read, when it came out, what failed: counts that all else must be held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Integer, Select, cast, func, select

from chancery.ledger.schema.corrections import corrections
from chancery.ledger.schema.links import duplicates
from chancery.ledger.schema.records import events, positions
from chancery.ledger.schema.reports import failures, feeds, ingests, readings, report_versions

__all__ = [
    "corrected_counts",
    "duplicate_rows",
    "failed",
    "record_counts",
    "report_days",
    "report_totals",
    "runs_of_ingest",
]

type Row = dict[str, Any]


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - SQLAlchemy's way to names


def report_days(connection: Connection) -> list[Row]:
    """Return how many reports each publisher put out on each day, in the order of publishers and days."""
    columns = report_versions.c
    query = (
        select(
            func.coalesce(columns.publisher, "").label("publisher"),
            columns.published_day.label("day"),
            func.count().label("reports"),
        )
        .where(columns.is_current)
        .group_by("publisher", "day")
        .order_by("publisher", "day")
    )
    return _rows(connection, query)


def report_totals(connection: Connection) -> list[Row]:
    """Return what was read of each publisher, the one with the most reports first."""
    columns, read = report_versions.c, readings.c
    publisher = func.coalesce(columns.publisher, "").label("publisher")
    copy = select(duplicates.c.version_key).where(duplicates.c.kind != "partial")
    query = (
        select(
            publisher,
            func.count().label("reports"),
            func.sum(columns.word_count).label("words"),
            func.min(columns.published_day).label("first_day"),
            func.max(columns.published_day).label("last_day"),
            func.count(columns.published_day.distinct()).label("days"),
            func.sum(cast(columns.version_key.in_(copy), Integer)).label("copies"),
            func.coalesce(func.sum(read.statement_count), 0).label("statements"),
            func.coalesce(func.sum(read.event_count), 0).label("events"),
            func.coalesce(func.sum(read.position_count), 0).label("positions"),
        )
        .join_from(report_versions, readings, read.version_key == columns.version_key, isouter=True)
        .where(columns.is_current)
        .group_by(publisher)
        .order_by(func.count().desc(), publisher)
    )
    return _rows(connection, query)


def duplicate_rows(connection: Connection, most: int) -> tuple[dict[str, int], list[Row]]:
    """Return how many copies of each kind were found, and the last of them with both reports."""
    kinds = connection.execute(select(duplicates.c.kind, func.count()).group_by(duplicates.c.kind))
    copy, first = report_versions.alias(), report_versions.alias()
    query = (
        select(
            duplicates.c.kind,
            duplicates.c.reason,
            *(
                one.c[name].label(f"{which}_{name}")
                for which, one in (("copy", copy), ("first", first))
                for name in ("version_key", "publisher", "title", "published_day")
            ),
        )
        .join_from(duplicates, copy, copy.c.version_key == duplicates.c.version_key)
        .join(first, first.c.version_key == duplicates.c.other_version_key)
        .order_by(copy.c.published_day.desc(), duplicates.c.version_key, duplicates.c.other_version_key)
        .limit(most)
    )
    return {row[0]: row[1] for row in kinds}, _rows(connection, query)


def failed(connection: Connection) -> tuple[list[Row], list[Row]]:
    """Return what could not be taken in, the last failure first, and the feeds that are looked at."""
    hidden = ("failure_key", "identity", "content_digest")
    shown = [column for column in failures.c if column.name not in hidden]
    query = select(*shown).order_by(failures.c.failed_at.desc(), failures.c.failure_key)
    checked = select(feeds.c.url, feeds.c.checked_at).order_by(feeds.c.url)
    return _rows(connection, query), _rows(connection, checked)


def record_counts(connection: Connection) -> Mapping[str, Mapping[str, int]]:
    """Return how many events of each act and status, and positions of each act, are told; indexes suffice."""
    counted = {"acts": events.c.act, "statuses": events.c.status, "positions": positions.c.act}
    return {
        name: {
            row[0]: row[1]
            for row in connection.execute(select(column, func.count()).group_by(column).order_by(column))
        }
        for name, column in counted.items()
    }


def runs_of_ingest(connection: Connection, most: int) -> tuple[list[Row], list[Row], int]:
    """Return which versions read the reports, the last runs of ingest, and how many wordings went."""
    maker = readings.c.maker
    makers = (
        select(
            maker,
            func.count().label("reports"),
            func.min(readings.c.read_at).label("first_read"),
            func.max(readings.c.read_at).label("last_read"),
        )
        .group_by(maker)
        .order_by(func.max(readings.c.read_at).desc())
    )
    lately = select(ingests).order_by(ingests.c.ingest_key.desc()).limit(most)
    replaced = select(func.count()).where(~report_versions.c.is_current)
    return _rows(connection, makers), _rows(connection, lately), connection.execute(replaced).scalar_one()


def corrected_counts(connection: Connection) -> list[Row]:
    """Return how many records of each kind people accepted, rejected and changed, in force."""
    columns = corrections.c
    query = (
        select(columns.kind, columns.action, func.count().label("corrections"))
        .where(columns.undone_at.is_(None))
        .group_by(columns.kind, columns.action)
        .order_by(columns.kind, columns.action)
    )
    return _rows(connection, query)

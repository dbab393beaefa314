"""One report among the others: its wordings, the reports that have its words, the reports around it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, or_, select

from chancery.errors import LedgerError
from chancery.ledger.schema.links import duplicates
from chancery.ledger.schema.reports import report_versions

__all__ = ["copies_of", "version_head", "wordings_of"]

V = report_versions.c


def version_head(connection: Connection, version_key: int) -> dict[str, Any]:
    """Return what is known of a version of a report beside its text.

    Raises:
        LedgerError: there is no such version.
    """
    columns = [column for column in V if column.name != "text"]
    row = connection.execute(select(*columns).where(V.version_key == version_key)).mappings().first()
    if row is None:
        raise LedgerError(f"no report version {version_key}")
    return dict(row)


def wordings_of(connection: Connection, report_key: int) -> list[dict[str, Any]]:
    """Return the wordings of a report, the first one first, each with title and text."""
    query = (
        select(
            V.version_key, V.version_number, V.is_current, V.published, V.added_at, V.word_count,
            V.title, V.text,
        )
        .where(V.report_key == report_key)
        .order_by(V.version_number)
    )  # fmt: skip
    return [dict(row) for row in connection.execute(query).mappings()]


def copies_of(connection: Connection, version_key: int) -> list[dict[str, Any]]:
    """Return the reports that a version has words of, or that have words of it, the earliest first."""
    d = duplicates.c
    ends = or_(d.version_key == version_key, d.other_version_key == version_key)
    found = connection.execute(select(duplicates).where(ends)).mappings().all()
    others = {
        (row["other_version_key"] if row["version_key"] == version_key else row["version_key"]): row
        for row in found
    }
    query = (
        select(V.version_key, V.published_day, V.publisher, V.title, V.url, V.is_current)
        .where(V.version_key.in_(sorted(others)))
        .order_by(V.published_day, V.version_key)
    )
    return [
        {
            **row,
            "kind": others[row["version_key"]]["kind"],
            "contained": others[row["version_key"]]["contained"],
            "reason": others[row["version_key"]]["reason"],
            # Whose words they are: the report that came out later has those of the earlier.
            "earlier": others[row["version_key"]]["other_version_key"] == row["version_key"],
        }
        for row in connection.execute(query).mappings()
    ]

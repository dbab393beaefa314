"""Whether a ledger is what it should be: the file, its references, its spans, its counts, its search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select, text

from chancery.ledger.corrected import corrected
from chancery.ledger.keeping import in_force, original_of
from chancery.ledger.rebuilding import readings_of
from chancery.ledger.schema import SEARCHES, metadata
from chancery.ledger.schema.corrections import corrections
from chancery.ledger.schema.reports import COUNTED, readings, report_versions

__all__ = ["Check", "check"]

SHOWN = 3  # examples of what is wrong
TOGETHER = 64


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, how much of it there is, and what is wrong with it."""

    name: str
    looked_at: int
    wrong: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def check(connection: Connection) -> Iterator[Check]:
    """Look at everything, one thing after the other; takes some seconds for thousands of reports."""
    for look in (_file, _references, _current, _counts, _spans, _inner_ids, _corrections, _search):
        yield look(connection)


def _file(connection: Connection) -> Check:
    told = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
    return Check("the file (integrity_check, pages)", pages, () if told == ["ok"] else tuple(told[:SHOWN]))


def _references(connection: Connection) -> Check:
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    wrong = tuple(f"{row[0]}, row {row[1]}: nothing in {row[2]}" for row in found[:SHOWN])
    return Check("references between tables (tables)", len(metadata.tables), wrong)


def _current(connection: Connection) -> Check:
    columns = report_versions.c
    query = (
        select(columns.report_key, func.sum(columns.is_current))
        .group_by(columns.report_key)
        .having(func.sum(columns.is_current) != 1)
    )
    wrong = tuple(f"report {row[0]} has {row[1]} current versions" for row in connection.execute(query))
    unread = select(columns.version_key).where(columns.version_key.not_in(select(readings.c.version_key)))
    wrong += tuple(f"version {key} was never read" for key in connection.execute(unread).scalars())
    total = connection.execute(select(func.count()).select_from(report_versions)).scalar_one()
    return Check("versions of reports", total, wrong[:SHOWN])


def _counts(connection: Connection) -> Check:
    """Compare what each reading says it holds with what the tables hold."""
    wrong: list[str] = []
    total = 0
    for kind in COUNTED:
        told = dict(
            _pairs(connection, select(readings.c.version_key, readings.c[f"{kind.removesuffix('s')}_count"]))
        )
        held = dict(_pairs(connection, _counted(metadata.tables[kind])))
        total += sum(held.values())
        wrong += [
            f"version {key}: {count} {kind} told, {held.get(key, 0)} held"
            for key, count in told.items()
            if count != held.get(key, 0)
        ]
    return Check("numbers of records (records)", total, tuple(wrong[:SHOWN]))


def _pairs(connection: Connection, query: Select[Any]) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in connection.execute(query)]


def _counted(table: Table) -> Select[Any]:
    return select(table.c.version_key, func.count()).group_by(table.c.version_key)


def _spans(connection: Connection) -> Check:
    """Rebuild every reading, each record checked by its type, and see that its spans lie in the text."""
    wrong: list[str] = []
    total = 0
    keys = connection.execute(select(readings.c.version_key).order_by(readings.c.version_key)).scalars().all()
    for start in range(0, len(keys), TOGETHER):
        for key, reading in readings_of(connection, keys[start : start + TOGETHER]):
            length = len(reading.article.text)
            for name, (first, last) in reading.spans():
                total += 1
                if not 0 <= first <= last <= length:
                    wrong.append(f"version {key}: {name} [{first}, {last}] in a text of {length}")
    return Check("spans", total, tuple(wrong[:SHOWN]))


# (table, column, table that it points to): ids inside a report.
INNER = (
    ("events", "reported_by", "statements"),
    ("events", "condition", "events"),
    ("events", "place", "places"),
    ("statements", "within", "statements"),
    ("positions", "statement", "statements"),
    ("positions", "event", "events"),
    ("figures", "place", "places"),
    ("figures", "event", "events"),
    ("mentions", "place", "places"),
)


def _inner_ids(connection: Connection) -> Check:
    wrong: list[str] = []
    total = 0
    for name, column, other in INNER:
        here, there = metadata.tables[name], metadata.tables[other].alias("there")
        met = there.c.version_key == here.c.version_key, there.c.id == here.c[column]
        query = select(here.c.version_key, here.c.id, here.c[column]).where(
            here.c[column].is_not(None), ~select(there.c.id).where(*met).exists()
        )
        found = connection.execute(query.limit(SHOWN)).all()
        wrong += [f"version {row[0]}: {column} of {row[1]} is {row[2]}, which is not there" for row in found]
        total += connection.execute(select(func.count(here.c[column]))).scalar_one()
    return Check("ids that point inside a report", total, tuple(wrong[:SHOWN]))


def _corrections(connection: Connection) -> Check:
    """See that every corrected report says what was extracted from it with the corrections in force."""
    of_report = select(corrections.c.version_key).where(corrections.c.undone_at.is_(None)).distinct()
    keys = connection.execute(of_report.order_by(corrections.c.version_key)).scalars().all()
    wrong: list[str] = []
    total = 0
    for key, reading in readings_of(connection, keys):
        found = in_force(connection, key)
        extracted = original_of(connection, key, reading.article)
        total += len(found)
        if extracted is None or corrected(extracted, list(found.values())).reading != reading:
            wrong.append(f"version {key} is not what its corrections make of it")
    missed = select(corrections.c.correction_key).where(
        corrections.c.undone_at.is_(None), corrections.c.missed_at.is_not(None)
    )
    wrong += [f"correction {one} finds no record" for one in connection.execute(missed).scalars()]
    return Check("corrections in force", total, tuple(wrong[:SHOWN]))


def _search(connection: Connection) -> Check:
    """See that the search tables list the rows that they should."""
    wrong: list[str] = []
    total = 0
    for name, (key, source, _) in SEARCHES.items():
        listed = connection.execute(text(f"SELECT count(*) FROM {name}_docsize")).scalar_one()  # noqa: S608
        there = connection.execute(text(f"SELECT count({key}) FROM {source}")).scalar_one()  # noqa: S608
        total += listed
        if listed != there:
            wrong.append(f"{name} lists {listed} of {there}")
    return Check("full text search (rows)", total, tuple(wrong))

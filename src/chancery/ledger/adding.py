"""Readings into the tables: in lots, each lot in one transaction, each report once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, text, update

from chancery.ledger.identity import digest_of, identity_of
from chancery.ledger.keeping import reapply
from chancery.ledger.rows import Keys, Rows, article_row, counts_of, records_of
from chancery.ledger.schema import SEARCHES, metadata
from chancery.ledger.schema.records import KEYED, passages
from chancery.ledger.schema.reports import failures, methods, readings, report_versions, reports
from chancery.records import Reading

__all__ = ["Added", "Entry", "Outcome", "add_lot", "forget_reading", "make_current", "maker_of", "now"]

type Outcome = Literal["added", "reworded", "known", "replaced"]

# Tables in which the writer numbers the rows itself, so that a lot goes in by one statement a table.
NUMBERED = (reports, report_versions, methods, passages, *KEYED.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading to add, and where it came from.

    `maker` is the version of chancery and the language model that read it; where it
    is left out, the reading's own records tell. `replace` puts the reading in the
    place of the one that the same words had before.
    """

    reading: Reading
    source: str | None = None
    place: str | None = None
    maker: str | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a reading: a new report, a new wording of a known one, known already, or read anew."""

    outcome: Outcome
    report_key: int
    version_key: int


def now() -> str:
    """Return the moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def maker_of(reading: Reading) -> str:
    """Say which chancery and which language model made a reading, as far as its records tell."""
    for records in (reading.mentions, reading.statements, reading.events, reading.actors, reading.times):
        for record in records:
            return " | ".join(record.method.split(" | ")[1:]) or record.method
    return "unknown"


def add_lot(connection: Connection, entries: Iterable[Entry]) -> list[Added]:
    """Add readings in the transaction of the connection, in order.

    Raises:
        IntegrityError: two records of one reading have the same id.
    """
    lot = _Lot(connection)
    found = [lot.add(entry) for entry in entries]
    lot.flush()
    return found


class _Lot:
    """The rows of some reports, gathered by table."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rows: Rows = defaultdict(list)
        self.now = now()
        self.keys = Keys(
            {table.name: _last_key(connection, table) for table in NUMBERED},
            {row.method: row.method_key for row in connection.execute(select(methods))},
        )

    def add(self, entry: Entry) -> Added:
        article = entry.reading.article
        identity, digest = identity_of(article), digest_of(article)
        report_key = self._report(identity)
        if report_key is None:
            return self._new_version(entry, digest, self._new_report(identity), "added")
        version_key = self._version(report_key, digest)
        if version_key is None:
            return self._new_version(entry, digest, report_key, "reworded")
        if not entry.replace:
            return Added("known", report_key, version_key)
        self.flush()
        entry = replace(entry, reading=reapply(self.connection, version_key, entry.reading, self.now))
        forget_reading(self.connection, version_key)
        # The words are the same; what stands around them (the day, the credit) may have been mended.
        row = article_row(entry.reading)
        self.connection.execute(
            update(report_versions).where(report_versions.c.version_key == version_key).values(row)
        )
        self._records(entry, version_key)
        return Added("replaced", report_key, version_key)

    def _report(self, identity: str) -> int | None:
        waiting = [row["report_key"] for row in self.rows["reports"] if row["identity"] == identity]
        if waiting:
            return int(waiting[0])
        query = select(reports.c.report_key).where(reports.c.identity == identity)
        return self.connection.execute(query).scalar()

    def _version(self, report_key: int, digest: str) -> int | None:
        for row in self.rows["report_versions"]:
            if row["report_key"] == report_key and row["content_digest"] == digest:
                return int(row["version_key"])
        query = select(report_versions.c.version_key).where(
            report_versions.c.report_key == report_key, report_versions.c.content_digest == digest
        )
        return self.connection.execute(query).scalar()

    def _new_report(self, identity: str) -> int:
        key = self.keys.next("reports")
        self.rows["reports"].append({"report_key": key, "identity": identity, "added_at": self.now})
        return key

    def _new_version(self, entry: Entry, digest: str, report_key: int, outcome: Outcome) -> Added:
        number = 1
        if outcome == "reworded":
            self.flush()
            number += self._retire(report_key)
        version_key = self.keys.next("report_versions")
        row = article_row(entry.reading) | {
            "version_key": version_key,
            "report_key": report_key,
            "version_number": number,
            "is_current": True,
            "content_digest": digest,
            "source": entry.source,
            "source_place": entry.place,
            "added_at": self.now,
        }
        self.rows["report_versions"].append(row)
        words = {"rowid": version_key, "title": row["title"], "words": row["text"]}
        self.rows["report_search"].append(words)
        self._records(entry, version_key)
        return Added(outcome, report_key, version_key)

    def _retire(self, report_key: int) -> int:
        """Mark the wordings so far as not the last; return how many there are."""
        of_report = report_versions.c.report_key == report_key
        self.connection.execute(update(report_versions).where(of_report).values(is_current=False))
        count = select(func.max(report_versions.c.version_number)).where(of_report)
        return int(self.connection.execute(count).scalar_one())

    def _records(self, entry: Entry, version_key: int) -> None:
        reading = {
            "version_key": version_key,
            "maker": entry.maker or maker_of(entry.reading),
            "read_at": self.now,
            "notes": list(entry.reading.notes),
        }
        self.rows["readings"].append(reading | counts_of(entry.reading))
        for table, rows in records_of(entry.reading, version_key, self.keys).items():
            self.rows[table].extend(rows)
        if entry.source:
            self.rows["mended"].append({"at": entry.source, "in_it": entry.place or ""})

    def flush(self) -> None:
        """Insert what was gathered, parents before children."""
        self.rows["methods"] = self.keys.new_methods
        for table in metadata.sorted_tables:
            if rows := self.rows.pop(table.name, None):
                self.connection.execute(insert(table), rows)
        self.keys.new_methods = []
        for name, (_, _, columns) in SEARCHES.items():
            if rows := self.rows.pop(name, None):
                self.connection.execute(_insert_words(name, columns), rows)
        if rows := self.rows.pop("mended", None):
            self.connection.execute(_NO_FAILURE, rows)


_NO_FAILURE = delete(failures).where(
    failures.c.source == bindparam("at"), failures.c.source_place == bindparam("in_it")
)


def _insert_words(name: str, columns: tuple[str, ...]) -> Any:  # noqa: ANN401 - a text clause
    values = ", ".join(f":{column}" for column in columns)
    return text(f"INSERT INTO {name} (rowid, {', '.join(columns)}) VALUES (:rowid, {values})")  # noqa: S608


def _last_key(connection: Connection, table: Table) -> int:
    (key,) = table.primary_key.columns
    return int(connection.execute(select(func.coalesce(func.max(key), 0))).scalar_one())


def make_current(connection: Connection, identity: str, digest: str) -> None:
    """Make a wording that the ledger has the current one of its report: it was seen after the others."""
    columns = report_versions.c
    query = (
        select(columns.report_key, columns.version_key)
        .join(reports, reports.c.report_key == columns.report_key)
        .where(reports.c.identity == identity, columns.content_digest == digest, ~columns.is_current)
    )
    if found := connection.execute(query).first():
        last = update(report_versions).where(columns.report_key == found.report_key)
        connection.execute(last.values(is_current=columns.version_key == found.version_key))


def forget_reading(connection: Connection, version_key: int) -> None:
    """Take the records of a version out, with all that hangs on them; its words stay."""
    for name, (key, view, columns) in SEARCHES.items():
        if name != "report_search":
            # A search table without words of its own has to be told what to forget.
            listed = ", ".join(columns)
            connection.execute(
                text(
                    f"INSERT INTO {name} ({name}, rowid, {listed}) "  # noqa: S608 - names of our own
                    f"SELECT 'delete', {key}, {listed} FROM {view} WHERE version_key = :version_key"
                ),
                {"version_key": version_key},
            )
    connection.execute(delete(readings).where(readings.c.version_key == version_key))

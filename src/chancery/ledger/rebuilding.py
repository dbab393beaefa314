"""Rows -> records: the readings as they went in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from chancery.ledger.layout import unpack
from chancery.ledger.schema import metadata
from chancery.ledger.schema.records import (
    KEYED,
    actor_roles,
    event_parties,
    statement_contents,
    statement_parties,
)
from chancery.ledger.schema.reports import methods, readings, report_versions
from chancery.records import Reading

__all__ = ["readings_of", "records_of_rows"]

# Reading field -> table, where the names differ.
_TABLES = {"unattributed": "unattributed_quotations"}
_KINDS = (
    "actors", "mentions", "statements", "unattributed", "events", "positions", "figures", "places", "times"
)  # fmt: skip

type Record = dict[str, Any]
type Grouped = dict[Any, list[Mapping[str, Any]]]


def readings_of(
    connection: Connection, version_keys: Sequence[int], *, without: Collection[str] = ()
) -> Iterator[tuple[int, Reading]]:
    """Read some versions back, in the order of their keys; those never read are left out.

    Args:
        connection: of one state of the ledger.
        version_keys: which.
        without: record kinds ("mentions", "times") to leave empty: half of the time goes to mentions.
    """
    kinds = [kind for kind in _KINDS if kind not in without]
    articles = {row["version_key"]: row for row in _of(connection, report_versions, version_keys)}
    notes = {row["version_key"]: row["notes"] for row in _of(connection, readings, version_keys)}
    found: dict[str, dict[int, list[Record]]] = {}
    for kind in kinds:
        table = metadata.tables[_TABLES.get(kind, kind)]
        rows = _of(connection, table, version_keys)
        by_version: dict[int, list[Record]] = defaultdict(list)
        for row, record in zip(rows, records_of_rows(connection, kind, rows), strict=True):
            by_version[row["version_key"]].append(record)
        found[kind] = by_version
    for key in sorted(notes):
        records = {kind: found[kind][key] for kind in kinds}
        article = unpack("article", articles[key])
        yield key, Reading.model_validate({"article": article, "notes": notes[key], **records})


def _of(connection: Connection, table: Table, keys: Sequence[int]) -> list[Mapping[str, Any]]:
    order = [table.c.version_key, *(table.c[name] for name in ("position",) if name in table.c)]
    query = select(table).where(table.c.version_key.in_(keys)).order_by(*order)
    return _rows(connection, query)


def _rows(connection: Connection, query: Select[Any]) -> list[Mapping[str, Any]]:
    names: Sequence[str] = [column.name for column in query.selected_columns if column.name]
    return [dict(zip(names, row, strict=True)) for row in connection.execute(query)]


def records_of_rows(connection: Connection, kind: str, rows: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Put records of one kind together again, with what stands in other tables."""
    records = [unpack(kind, row) for row in rows]
    if kind != "unattributed":
        names = _methods(connection, {row["method_key"] for row in rows})
        for row, record in zip(rows, records, strict=True):
            record["method"] = names[row["method_key"]]
    if fill := _FILL.get(kind):
        fill(connection, rows, records)
    return records


def _methods(connection: Connection, keys: Iterable[int]) -> Mapping[int, str]:
    query = select(methods.c.method_key, methods.c.method).where(methods.c.method_key.in_(sorted(keys)))
    return {row.method_key: row.method for row in connection.execute(query)}


def _children(connection: Connection, table: Table, column: str, keys: Sequence[int]) -> Grouped:
    """Read the rows that hang on some records, by record and role, in their order."""
    found: Grouped = defaultdict(list)
    order = [
        table.c[column],
        *(table.c[name] for name in ("actor", "role", "position") if name in table.primary_key.columns),
    ]
    # SQLite takes some thousand parameters at a time.
    for start in range(0, len(keys), 5000):
        query = select(table).where(table.c[column].in_(keys[start : start + 5000])).order_by(*order)
        for row in _rows(connection, query):
            found[row[column], row.get("role")].append(row)
    return found


def _keys(kind: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    (column,) = KEYED[kind].primary_key.columns
    return [row[column.name] for row in rows]


def _fill_actors(connection: Connection, rows: Sequence[Mapping[str, Any]], records: list[Record]) -> None:
    held: dict[tuple[int, str], list[Record]] = defaultdict(list)
    versions = sorted({row["version_key"] for row in rows})
    query = (
        select(actor_roles).where(actor_roles.c.version_key.in_(versions)).order_by(actor_roles.c.position)
    )
    for role in _rows(connection, query):
        held[role["version_key"], role["actor"]].append(unpack("roles", role))
    for row, record in zip(rows, records, strict=True):
        record["roles"] = held[row["version_key"], row["actor"]]


def _fill_statements(
    connection: Connection, rows: Sequence[Mapping[str, Any]], records: list[Record]
) -> None:
    keys = _keys("statements", rows)
    contents = _children(connection, statement_contents, "statement_key", keys)
    parties = _children(connection, statement_parties, "statement_key", keys)
    for key, record in zip(keys, records, strict=True):
        record["content"] = [(row["content_start"], row["content_end"]) for row in contents[key, None]]
        record["about"] = [row["actor"] for row in parties[key, "about"]]
        record["speaker"].setdefault("actors", [row["actor"] for row in parties[key, "joint_speaker"]])


def _fill_events(connection: Connection, rows: Sequence[Mapping[str, Any]], records: list[Record]) -> None:
    keys = _keys("events", rows)
    parties = _children(connection, event_parties, "event_key", keys)
    for key, record in zip(keys, records, strict=True):
        for role in ("actor", "recipient"):
            record[role] = [unpack("parties", row) for row in parties[key, role]]


_FILL = {"actors": _fill_actors, "statements": _fill_statements, "events": _fill_events}

"""Filters -> records, or rows of the views that people look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, asc, column, desc, func, nulls_last, select, table

from chancery.errors import LedgerError
from chancery.ledger.queries.conditions import actor_conditions, conditions, report_conditions
from chancery.ledger.queries.filters import Filter
from chancery.ledger.rebuilding import records_of_rows
from chancery.ledger.schema.records import KEYED, actors
from chancery.ledger.schema.reports import readings, report_versions
from chancery.records import Event, Figure, Position, Record, Statement

__all__ = [
    "Found",
    "Head",
    "find_actors",
    "find_keys",
    "find_records",
    "find_reports",
    "find_rows",
    "key_of",
    "rows_of",
    "words_of",
]

MODELS: Mapping[str, type[Record]] = {
    "statements": Statement, "events": Event, "positions": Position, "figures": Figure
}  # fmt: skip

# Parameters that one statement takes.
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Head:
    """The report that a record stands in."""

    version_key: int
    article_id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Found[R: Record]:
    """A record that a query found: its key in the ledger, its report, and its words.

    `words` is the sentence that the record rests on; of a statement, what was said.
    """

    key: int
    record: R
    report: Head
    words: str


def key_of(kind: str) -> Column[Any]:
    """Return the column that holds the ledger's own key of the records of a kind."""
    (key,) = KEYED[kind].primary_key.columns
    return key


def _sorted(query: Select[Any], by: Mapping[str, Any], asked: Filter, default: str, key: Any) -> Select[Any]:  # noqa: ANN401
    wanted = asked.sort or default
    if wanted not in by:
        raise LedgerError(f"cannot sort by {wanted!r}; by one of: {', '.join(by)}")
    way = asc if asked.ascending else desc
    # SQLite puts null below all else; latest first needs no help, and an index serves.
    first = nulls_last(asc(by[wanted])) if asked.ascending else desc(by[wanted])
    query = query.order_by(first, way(key))
    return query.limit(asked.limit if asked.limit is not None else -1).offset(asked.offset)


def _orders(kind: str) -> dict[str, Any]:
    records = KEYED[kind].c
    orders: dict[str, Any] = {"published": records.published_day}
    orders["day"] = {
        "events": records.get("event_day"),
        "statements": func.coalesce(records.get("said_first_day"), records.published_day),
        "figures": func.coalesce(records.get("as_of_first_day"), records.published_day),
    }.get(kind, records.published_day)
    orders |= {"score": records.score, "publisher": report_versions.c.publisher}
    if "act" in records:
        orders["act"] = records.act
    return orders


def find_keys(connection: Connection, kind: str, asked: Filter) -> list[int]:
    """Return the keys of the records that a filter lets pass, in the order asked for.

    Raises:
        LedgerError: the order asked for is none.
    """
    key = key_of(kind)
    joined = KEYED[kind].join(report_versions, report_versions.c.version_key == KEYED[kind].c.version_key)
    query = select(key).select_from(joined).where(*conditions(kind, asked))
    return list(connection.execute(_sorted(query, _orders(kind), asked, "published", key)).scalars())


def _in_order(connection: Connection, source: Any, key: Any, keys: Sequence[int]) -> list[dict[str, Any]]:  # noqa: ANN401
    """Read the rows of some keys, in the order of the keys."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(keys), AT_ONCE):
        query = select(source).where(key.in_(keys[start : start + AT_ONCE]))
        for row in connection.execute(query):
            values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's way to a row's names
            found[values[key.name]] = values
    return [found[one] for one in keys]


def find_records(connection: Connection, kind: str, asked: Filter) -> list[Found[Any]]:
    """Return the records of one kind that a filter lets pass.

    Raises:
        LedgerError: the order asked for is none.
    """
    keys = find_keys(connection, kind, asked)
    rows = _in_order(connection, KEYED[kind], key_of(kind), keys)
    records = records_of_rows(connection, kind, rows)
    heads = _heads(connection, sorted({row["version_key"] for row in rows}))
    words = words_of(connection, kind, rows)
    model = MODELS[kind]
    return [
        Found(key, model.model_validate(record), heads[row["version_key"]], text)
        for key, row, record, text in zip(keys, rows, records, words, strict=True)
    ]


def words_of(connection: Connection, kind: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the words of some records: the sentence of each, or what was said."""
    name, view = (
        ("statement_key", "statement_words") if kind == "statements" else ("passage_key", "passage_words")
    )
    source = table(view, column(name), column("words"))
    keys = [row[name] for row in rows]
    found = {
        row[name]: row["words"]
        for row in _in_order(connection, source, source.c[name], list(dict.fromkeys(keys)))
    }
    return [found[key] or "" for key in keys]


def _heads(connection: Connection, keys: Sequence[int]) -> dict[int, Head]:
    columns = report_versions.c
    source = [columns[name] for name in Head.__dataclass_fields__]
    found: dict[int, Head] = {}
    for start in range(0, len(keys), AT_ONCE):
        query = select(*source).where(columns.version_key.in_(keys[start : start + AT_ONCE]))
        found |= {row[0]: Head(*row) for row in connection.execute(query)}
    return found


def find_rows(connection: Connection, kind: str, asked: Filter) -> list[dict[str, Any]]:
    """Return the same records as rows of the view `statement_list`, `event_list` ...

    Raises:
        LedgerError: the order asked for is none.
    """
    return rows_of(connection, kind, find_keys(connection, kind, asked))


def rows_of(connection: Connection, kind: str, keys: Sequence[int]) -> list[dict[str, Any]]:
    """Return the rows of the view `statement_list`, `event_list` ... for some keys, in their order."""
    name = key_of(kind).name
    view = table(f"{kind[:-1]}_list", *(column(one) for one in _columns(connection, f"{kind[:-1]}_list")))
    return _in_order(connection, view, view.c[name], keys)


def _columns(connection: Connection, view: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({view})")]


def find_actors(connection: Connection, asked: Filter) -> list[dict[str, Any]]:
    """Return who is named in the reports that a filter lets pass: one row an actor, most reports first.

    Raises:
        LedgerError: the order asked for is none.
    """
    counts = {
        "reports": func.count().label("report_count"),
        "mentions": func.sum(actors.c.mention_count).label("mention_count"),
    }
    query = select(actors.c.actor, *counts.values()).where(*actor_conditions(asked)).group_by(actors.c.actor)
    orders = counts | {"name": func.max(actors.c.name)}
    found = connection.execute(_sorted(query, orders, asked, "reports", actors.c.actor))
    rows = [dict(row._mapping) for row in found]  # noqa: SLF001 - as above
    known = _described(connection, [row["actor"] for row in rows])
    return [known[row["actor"]] | row for row in rows]


def _described(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Say what is known of actors, and on which days the first and last report named them."""
    columns = actors.c
    told = [
        func.max(columns[name]).label(name) for name in ("name", "kind", "country", "wikidata", "resolved")
    ]
    days = report_versions.c.published_day
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), AT_ONCE):
        query = (
            select(
                columns.actor, *told, func.min(days).label("first_named"), func.max(days).label("last_named")
            )
            .join_from(actors, report_versions, report_versions.c.version_key == columns.version_key)
            .where(columns.actor.in_(ids[start : start + AT_ONCE]))
            .group_by(columns.actor)
        )
        found |= {row.actor: dict(row._mapping) for row in connection.execute(query)}  # noqa: SLF001
    return found


def find_reports(connection: Connection, asked: Filter) -> list[dict[str, Any]]:
    """Return the reports that a filter lets pass, latest first.

    Raises:
        LedgerError: the order asked for is none.
    """
    columns = report_versions.c
    named = (
        "version_key", "report_key", "article_id", "version_number", "is_current", "published",
        "published_day", "publisher", "title", "url", "word_count", "source", "source_place", "added_at",
    )  # fmt: skip
    counted = [one for one in readings.c if one.name.endswith("_count")]
    query = (
        select(*(columns[name] for name in named), *counted, readings.c.maker, readings.c.read_at)
        .join_from(report_versions, readings, readings.c.version_key == columns.version_key, isouter=True)
        .where(*report_conditions(asked))
    )
    orders = {
        "published": columns.published_day, "day": columns.published_day, "publisher": columns.publisher,
        "words": columns.word_count, "added": columns.version_key, "name": columns.title,
    }  # fmt: skip
    found = connection.execute(_sorted(query, orders, asked, "published", columns.version_key))
    return [dict(row._mapping) for row in found]  # noqa: SLF001 - as above

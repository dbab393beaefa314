"""How many records a filter lets pass, in all and by each thing that could narrow it further."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select, text

from chancery.ledger.queries.conditions import conditions, report_conditions
from chancery.ledger.queries.filters import Filter
from chancery.ledger.schema.records import KEYED, actors, event_parties, places, statement_parties
from chancery.ledger.schema.reports import report_versions

__all__ = ["FACETS", "Bar", "Counted", "Counts", "Facet", "count_by", "count_days", "periods"]

# Values that a facet lists.
MOST = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """One value of a facet, its name, and how many records have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What a filter could be narrowed to: the parameter, and its most frequent values."""

    name: str
    values: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Records whose reports came out in a stretch of days, both ends included."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All that a list says of itself.

    Attributes:
        total: how many records pass.
        undated: how many of them stand in reports without a day.
        unit: what a bar stands for: day, week, month or year.
    """

    total: int
    undated: int
    unit: str
    bars: tuple[Bar, ...]
    facets: tuple[Facet, ...]


# Kind -> what it can be narrowed by, in the order of the page.
FACETS: Mapping[str, Sequence[str]] = {
    "statements": ("actor", "toward", "kind", "publisher"),
    "events": ("actor", "toward", "act", "status", "place", "publisher"),
    "positions": ("actor", "toward", "act", "publisher"),
    "figures": ("kind", "place", "publisher"),
    "reports": ("actor", "place", "publisher"),
}

# Facet -> the field of a filter that it narrows. Its own values do not count against it:
# who looks at planned acts still sees how many occurred.
_FIELDS = {
    "actor": "actors", "toward": "toward", "act": "acts", "status": "statuses", "kind": "kinds",
    "place": "places", "publisher": "publishers",
}  # fmt: skip


def count_by(connection: Connection, kind: str, asked: Filter) -> Counts:
    """Count what a filter lets pass: in all, by time, and by what it could be narrowed to."""
    asked = replace(asked, sort=None, ascending=False, limit=None, offset=0)
    days = count_days(connection, kind, asked)
    total = sum(days.values())
    dated = {day: count for day, count in days.items() if day is not None}
    unit, bars = periods(dated)
    facets = [
        Facet(name, _named(connection, name, _counted(connection, kind, name, asked)))
        for name in FACETS[kind]
    ]
    return Counts(total, total - sum(dated.values()), unit, bars, tuple(one for one in facets if one.values))


def count_days(connection: Connection, kind: str, asked: Filter) -> dict[date | None, int]:
    """Count what a filter lets pass by the day of publication."""
    table, told = _told(kind, asked)
    day = (report_versions if kind == "reports" else KEYED[kind]).c.published_day
    query = select(day, func.count()).select_from(table).where(*told).group_by(day).order_by(day)
    return {date.fromisoformat(row[0]) if row[0] else None: row[1] for row in connection.execute(query)}


def _told(kind: str, asked: Filter) -> tuple[Any, list[ColumnElement[bool]]]:
    if kind == "reports":
        return report_versions, report_conditions(asked)
    table = KEYED[kind]
    joined = table.join(report_versions, report_versions.c.version_key == table.c.version_key)
    return joined, conditions(kind, asked)


def _counted(connection: Connection, kind: str, name: str, asked: Filter) -> list[tuple[str, int]]:
    own = {_FIELDS[name]: ()}
    if name == "status":
        own["real_only"] = False  # type: ignore[assignment] # a flag, the others are lists
    query = _BY[name](kind, replace(asked, **own))  # type: ignore[arg-type] # as above
    return [(value, count) for value, count in connection.execute(query.limit(MOST + 1)) if value][:MOST]


def _by_column(column: str) -> Callable[[str, Filter], Select[Any]]:
    def query(kind: str, asked: Filter) -> Select[Any]:
        table, told = _told(kind, asked)
        value = (report_versions if kind == "reports" else KEYED[kind]).c[column]
        return _most(select(value, func.count()).select_from(table).where(*told), value)

    return query


def _most(query: Select[Any], value: Column[Any]) -> Select[Any]:
    return query.group_by(value).order_by(func.count().desc(), value)


def _by_publisher(kind: str, asked: Filter) -> Select[Any]:
    (table, told), value = _told(kind, asked), report_versions.c.publisher
    return _most(select(value, func.count()).select_from(table).where(*told), value)


def _by_place(kind: str, asked: Filter) -> Select[Any]:
    if kind != "reports":
        return _by_column("place_country")(kind, asked)
    found = _keys("reports", asked)
    value, count = places.c.country, func.count(places.c.version_key.distinct())
    query = select(value, count).where(places.c.version_key.in_(found)).group_by(value)
    return query.order_by(count.desc(), value)


def _by_actor(kind: str, asked: Filter) -> Select[Any]:
    if kind == "positions":
        return _by_column("holder")(kind, asked)
    if kind == "reports":
        value = actors.c.actor
        return _most(select(value, func.count()).where(actors.c.version_key.in_(_keys(kind, asked))), value)
    return _by_party(kind, asked, ("speaker", "joint_speaker") if kind == "statements" else ("actor",))


def _by_toward(kind: str, asked: Filter) -> Select[Any]:
    if kind == "positions":
        return _by_column("toward")(kind, asked)
    return _by_party(kind, asked, ("addressee", "about") if kind == "statements" else ("recipient",))


def _by_party(kind: str, asked: Filter, roles: Sequence[str]) -> Select[Any]:
    parties, name = (
        (statement_parties, "statement_key") if kind == "statements" else (event_parties, "event_key")
    )
    value = parties.c.actor
    query = select(value, func.count()).where(parties.c.role.in_(roles))
    if asked == Filter():
        # Nothing narrows it but the wordings that were replaced, which are few.
        replaced = select(report_versions.c.version_key).where(text("NOT is_current"))
        stale = select(KEYED[kind].c[name]).where(KEYED[kind].c.version_key.in_(replaced))
        return _most(query.where(parties.c[name].not_in(stale)), value)
    return _most(query.where(parties.c[name].in_(_keys(kind, asked))), value)


def _keys(kind: str, asked: Filter) -> Select[Any]:
    table, told = _told(kind, asked)
    columns = (report_versions if kind == "reports" else KEYED[kind]).primary_key.columns
    return select(*columns).select_from(table).where(*told)


_BY: Mapping[str, Callable[[str, Filter], Select[Any]]] = {
    "actor": _by_actor,
    "toward": _by_toward,
    "act": _by_column("act"),
    "status": _by_column("status"),
    "kind": _by_column("kind"),
    "place": _by_place,
    "publisher": _by_publisher,
}


def _named(connection: Connection, facet: str, found: Sequence[tuple[str, int]]) -> tuple[Counted, ...]:
    names: Mapping[str, str] = {}
    if facet in {"actor", "toward", "place"}:  # the id of a state is its ISO code
        names = _names(connection, [value for value, _ in found])
    return tuple(Counted(value, names.get(value, value), count) for value, count in found)


def _names(connection: Connection, ids: Sequence[str]) -> Mapping[str, str]:
    """Return a name of each actor; the index leads to one report that has it."""
    query = text(
        "SELECT asked.value, (SELECT name FROM actors WHERE actor = asked.value LIMIT 1) AS name "
        "FROM json_each(:ids) AS asked WHERE name IS NOT NULL"
    )
    return {row[0]: row[1] for row in connection.execute(query, {"ids": json.dumps(ids)})}


# Bars that fit side by side.
WIDEST = 48


def periods(days: Mapping[date, int]) -> tuple[str, tuple[Bar, ...]]:
    """Sum counts by day up to days, weeks, months or years: the finest that gives few enough bars.

    Stretches without any are bars of height 0, so that a silence is seen.
    """
    if not days:
        return "day", ()
    first, last = min(days), max(days)
    length = (last - first).days + 1
    unit = next((unit for unit, most in _UNITS if length <= most * WIDEST), "year")
    counts = Counter[date]()
    for day, count in days.items():
        counts[_begin(day, unit)] += count
    bars: list[Bar] = []
    start = _begin(first, unit)
    while start <= last:
        after = _next(start, unit)
        bars.append(Bar(start, after - timedelta(1), counts[start]))
        start = after
    return unit, tuple(bars)


# Unit -> its days.
_UNITS = (("day", 1), ("week", 7), ("month", 30))


def _begin(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _next(start: date, unit: str) -> date:
    if unit == "month":
        return (start + timedelta(31)).replace(day=1)
    if unit == "year":
        return start.replace(year=start.year + 1)
    return start + timedelta(7 if unit == "week" else 1)

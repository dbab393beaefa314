"""How many records a filter lets pass, in all and by each thing that could narrow it further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import nsmallest
from typing import Any

from sqlalchemy import Connection

from chancery.ledger.queries.counting import passing
from chancery.ledger.queries.filters import Filter
from chancery.ledger.queries.names import names_of

__all__ = ["FACETS", "Bar", "Counted", "Counts", "Facet", "count_by", "counted_filter", "periods"]

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
    "reports": ("actor", "publisher"),
}

# Facet -> the field of a filter that it narrows. Its own values do not count against it:
# who looks at planned acts still sees how many occurred.
_FIELDS = {
    "actor": "actors", "toward": "toward", "act": "acts", "status": "statuses", "kind": "kinds",
    "place": "places", "publisher": "publishers",
}  # fmt: skip


def count_by(connection: Connection, kind: str, asked: Filter) -> Counts:
    """Count what a filter lets pass: in all, by time, and by what it could be narrowed to."""
    asked = counted_filter(kind, asked)
    found = passing(connection, kind, asked)
    days = found.days()
    total = sum(days.values())
    dated = {date.fromisoformat(day): count for day, count in days.items() if day}
    unit, bars = periods(dated)
    facets: list[Facet] = []
    for name in FACETS[kind]:
        others = _without(asked, name)
        values = (found if others == asked else passing(connection, kind, others)).by(name)
        facets.append(Facet(name, _named(connection, name, _most(values))))
    return Counts(total, total - sum(dated.values()), unit, bars, tuple(one for one in facets if one.values))


def counted_filter(kind: str, asked: Filter) -> Filter:
    """Leave of a filter what matters to how many records of a kind pass: neither order nor limit."""
    ignored: dict[str, Any] = {name: getattr(Filter(), name) for name in (*_ORDER, *_IGNORED[kind])}
    return replace(asked, **ignored)


_ORDER = ("sort", "ascending", "limit", "offset")
# Filters that say nothing about a kind of record.
_IGNORED: Mapping[str, Sequence[str]] = {
    "statements": ("acts", "statuses", "places", "real_only", "reworded"),
    "events": ("kinds", "reworded"),
    "positions": ("statuses", "kinds", "places", "real_only", "reworded"),
    "figures": ("reworded",),
    "reports": ("toward", "acts", "statuses", "kinds", "real_only", "first", "last"),
}


def _without(asked: Filter, facet: str) -> Filter:
    """Take away the filter that is set by a facet."""
    fields: dict[str, Any] = {_FIELDS[facet]: ()}
    if facet == "status":
        fields["real_only"] = False
    return replace(asked, **fields)


def _most(values: Mapping[str | None, int]) -> list[tuple[str, int]]:
    found = ((value, count) for value, count in values.items() if value and count > 0)
    return nsmallest(MOST, found, key=lambda one: (-one[1], one[0]))


def _named(connection: Connection, facet: str, found: Sequence[tuple[str, int]]) -> tuple[Counted, ...]:
    names: Mapping[str, str] = {}
    if facet in {"actor", "toward", "place"}:  # the id of a state is its ISO code
        names = names_of(connection, [value for value, _ in found])
    return tuple(Counted(value, names.get(value, value), count) for value, count in found)


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

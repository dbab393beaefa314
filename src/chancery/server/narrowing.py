"""The filters of a list as links: what is set, what could be added, how the list is ordered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chancery.ledger.queries.facets import Bar, Counts, Facet
from chancery.render.phrases import day
from chancery.render.typeset import clean
from chancery.server.asked import Asked
from chancery.server.links import with_query

__all__ = ["Chip", "Choice", "Column", "Stretch", "chips", "choices", "headers", "stretches"]

# Parameter -> how a chip names it.
LABELS: Mapping[str, str] = {
    "text": "words", "actor": "who", "country": "of the state", "organization": "of the body",
    "members": "members counted", "toward": "toward", "act": "act", "status": "status",
    "real_only": "real only", "kind": "kind", "place": "place", "first": "from", "last": "to",
    "since": "published since",
    "until": "published until", "publisher": "publisher", "reworded": "reworded only",
    "every_version": "every wording",
}  # fmt: skip
# Field -> its name in an address, where that is a word of Python.
ALIASES = {"first": "from", "last": "to"}

# Height of the tallest bar, and the least that is seen, in units of the drawing.
TALLEST, LEAST = 40, 1


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a list can be narrowed to, or is; `share` is of the most frequent one, in percent."""

    name: str
    count: int
    share: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar of the histogram in a drawing 100 wide and 40 high, and the address of its days."""

    label: str
    count: int
    url: str
    left: float
    width: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its heading, and the address that sorts by it."""

    name: str
    label: str
    url: str | None
    order: str | None


type To = Callable[..., str]


def address(path: str, query: str) -> To:
    """Return a function that changes parameters of an address, and goes back to the first rows."""
    return lambda **changes: with_query(path, query, offset=None, **changes)


def chips(asked: Asked, to: To, names: Mapping[str, str]) -> list[Chip]:
    """Return what is set, in the order of the form.

    Args:
        asked: the filters.
        to: makes addresses.
        names: actor id -> name to show.
    """
    found: list[Chip] = []
    for field, label in LABELS.items():
        value, name = getattr(asked, field), ALIASES.get(field, field)
        if isinstance(value, list):
            for one in value:
                rest = [other for other in value if other != one]
                found.append(Chip(label, clean(names.get(one, one)), to(**{name: rest or None})))
        elif value is True:
            found.append(Chip(label, "", to(**{name: None})))
        elif value:
            shown = day(value) if hasattr(value, "year") else clean(str(value))
            found.append(Chip(label, shown, to(**{name: None})))
    return found


def choices(facet: Facet, asked: Asked, to: To) -> list[Choice]:
    """Return the values of a facet as links that add or remove them."""
    chosen: Sequence[str] = getattr(asked, facet.name)
    most = max((one.count for one in facet.values), default=1)
    return [
        Choice(
            clean(one.name),
            one.count,
            max(round(100 * one.count / most), 1),
            to(**{facet.name: _switched(chosen, one.value) or None}),
            _has(chosen, one.value),
        )
        for one in facet.values
    ]


def _has(chosen: Sequence[str], value: str) -> bool:
    return value.casefold() in {one.casefold() for one in chosen}


def _switched(chosen: Sequence[str], value: str) -> list[str]:
    kept = [one for one in chosen if one.casefold() != value.casefold()]
    return kept if len(kept) < len(chosen) else [*chosen, value]


def stretches(counts: Counts, to: To) -> list[Stretch]:
    """Return the bars of the histogram, side by side, each a link to its days."""
    bars, most = counts.bars, max((bar.count for bar in counts.bars), default=1)
    step = 100 / max(len(bars), 1)
    made: list[Stretch] = []
    for at, bar in enumerate(bars):
        height = max(round(TALLEST * bar.count / most, 2), LEAST) if bar.count else 0
        url = to(since=bar.first.isoformat(), until=bar.last.isoformat())
        made.append(
            Stretch(
                _label(bar, counts.unit),
                bar.count,
                url,
                round(at * step, 2),
                round(step * 0.82, 2),
                round(TALLEST - height, 2),
                height,
            )
        )
    return made


def _label(bar: Bar, unit: str) -> str:
    if unit == "year":
        return str(bar.first.year)
    if unit == "month":
        return day(bar.first).partition(" ")[2]
    return day(bar.first) if unit == "day" else f"week of {day(bar.first)}"


def headers(columns: Mapping[str, tuple[str, str | None]], asked: Asked, to: To) -> list[Column]:
    """Return the headings of a table; one that sorts by what is sorted turns the order round.

    Args:
        columns: name -> heading, and the order that it stands for.
        asked: the order now.
        to: makes addresses.
    """
    now = asked.sort or "published"
    made: list[Column] = []
    for name, (label, order) in columns.items():
        if order is None:
            made.append(Column(name, label, None, None))
            continue
        ascending = not asked.ascending if order == now else order in {"publisher", "act", "name"}
        changes: dict[str, Any] = {"sort": order, "ascending": "true" if ascending else None}
        state = ("ascending" if asked.ascending else "descending") if order == now else None
        made.append(Column(name, label, to(**changes), state))
    return made

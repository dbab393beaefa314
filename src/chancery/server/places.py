"""Distinct events by place and week: what the map shows.

A place is as sharp as the report makes it. Somewhere in Ukraine is the whole of
Ukraine, and must not look like a point in its middle; "the Donbas" is a region
without a drawn edge.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from chancery.ledger.queries.placed import PlacedRow
from chancery.server.spans import week_of

__all__ = ["Kind", "Spot", "kind_of", "spots"]

type Kind = Literal["place", "region", "country"]

# GeoNames' codes of what has an extent that matters on a map of the world; countries apart.
STATES = frozenset({"PCLI", "TERR", "PCLD", "PCLS", "PCLF", "PCLIX"})
REGIONS = frozenset(
    {
        "ADM1", "ADM2", "ADM3", "ADM4", "ADMD", "BAY", "CHN", "CNL", "CONT", "DSRT", "GULF", "ISL", "ISLS",
        "LK", "MTS", "OCN", "PCLH", "PEN", "RGN", "SEA", "STM", "STRT",
    }
)  # fmt: skip


@dataclass(slots=True)
class Spot:
    """One place, and the distinct events at it.

    Attributes:
        kind: a place that is a point on this map; a region; or a state, somewhere in it.
        days: day of each event, ISO 8601; empty where none is known.
        weeks: Monday -> events.
    """

    name: str
    kind: Kind
    country: str | None
    latitude: float
    longitude: float
    days: list[str] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    weeks: Counter[str] = field(default_factory=Counter)


def kind_of(row: PlacedRow) -> Kind:
    """Say how sharp a place is."""
    if row.feature in STATES and row.country:
        return "country"
    return "region" if row.feature in REGIONS else "place"


def spots(rows: Iterable[PlacedRow], first: Mapping[int, int], copies: Collection[int]) -> list[Spot]:
    """Gather events by place: one that several reports tell counts once at each place they name.

    Args:
        rows: events with their places.
        first: an event that tells another's act again -> the one that told it first.
        copies: versions of reports that witness nothing of their own.
    """
    found: dict[tuple[str, Kind, str | None], Spot] = {}
    seen: dict[tuple[str, Kind, str | None], set[int]] = defaultdict(set)
    for row in rows:
        kind = kind_of(row)
        key = (row.name, kind, row.country)
        act = first.get(row.event_key, row.event_key)
        if row.version_key in copies or act in seen[key]:
            continue
        seen[key].add(act)
        spot = found.get(key)
        if spot is None:
            spot = found[key] = Spot(row.name, kind, row.country, row.latitude, row.longitude)
        spot.days.append(row.event_day)
        spot.acts[row.act] += 1
        if row.event_day:
            spot.weeks[week_of(row.event_day)] += 1
    return sorted(found.values(), key=lambda spot: (-len(spot.days), spot.name, spot.kind))

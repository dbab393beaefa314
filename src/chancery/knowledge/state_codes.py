"""A state's codes in the tables that conflict researchers join by.

ISO 3166-1, Correlates of War (COW), Gleditsch and Ward, FIPS 10-4 (GDELT's).
Source: `data/state_codes.csv`, see the README beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chancery.knowledge.tables import package_rows

__all__ = ["StateCodes", "state_codes", "state_name"]


@dataclass(frozen=True, slots=True)
class StateCodes:
    """One state's codes; None where a code book has none for it."""

    iso2: str | None
    iso3: str | None
    cow: int | None
    gw: int | None
    fips: str | None


NO_CODES = StateCodes(None, None, None, None, None)


def state_codes(state: str | None) -> StateCodes:
    """Return the codes of a state by its id ("RUS"); all None for what is no state of the tables."""
    return _table().get(state or "", NO_CODES)


@cache
def _table() -> Mapping[str, StateCodes]:
    return {
        row["id"]: StateCodes(
            row["iso2"] or None,
            row["iso3"] or None,
            _number(row["cow"]),
            _number(row["gw"]),
            row["fips"] or None,
        )
        for row in package_rows("state_codes")
    }


def state_name(state: str | None) -> str | None:
    """Return the English name of a state by its id, None for what is no state of the tables."""
    return _names().get(state or "")


@cache
def _names() -> Mapping[str, str]:
    return {row["id"]: row["name"] for row in package_rows("states")}


def _number(cell: str) -> int | None:
    return int(cell) if cell else None

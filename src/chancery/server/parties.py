"""Parties as pages speak of them: states, bodies, persons, and the filter that finds each in the Ledger."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from chancery.knowledge.tables import cell_list, package_rows
from chancery.ledger.queries.between import Party

__all__ = ["aliases", "filter_of", "party_of", "state_names"]

TABLES = ("states", "organizations", "people")


@cache
def state_names() -> Mapping[str, str]:
    """Return the names of all states by id."""
    return {row["id"]: row["name"] for row in package_rows("states")}


def party_of(actor: str) -> Party:
    """Say whether an actor is a state, whose organs and citizens count as its own."""
    return Party(actor, actor in state_names())


def filter_of(actor: str) -> dict[str, str]:
    """Return the filter of the Ledger that finds what an actor, or whoever belongs to it, says and does."""
    if actor in state_names():
        return {"country": actor}
    return {"actor" if ":" in actor else "organization": actor}


@cache
def _aliases() -> Mapping[str, tuple[str, ...]]:
    return {
        row["id"]: tuple(cell_list(row, "aliases"))
        for name in TABLES
        for row in package_rows(name)
        if row.get("aliases")
    }


def aliases(actor: str) -> tuple[str, ...]:
    """Return the other names that the tables know an actor by."""
    return _aliases().get(actor, ())

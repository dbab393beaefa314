"""Names that a user types -> states and organizations of the tables."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cache

from chancery.knowledge.tables import cell_list, package_rows

__all__ = ["close_names", "find_actor"]

CLOSE = 3


def find_actor(name: str) -> tuple[str, str] | None:
    """Find a state or organization by its id or one of its names, in any case.

    Returns:
        Its id and the name to show; None where the tables know nobody of that name.
    """
    return _names().get(" ".join(name.split()).casefold())


def close_names(name: str) -> Sequence[str]:
    """Return the names of the tables that are spelled most like one that they do not have."""
    close = difflib.get_close_matches(name.casefold(), _names(), n=CLOSE)
    return list(dict.fromkeys(_names()[spelling][1] for spelling in close))


@cache
def _names() -> Mapping[str, tuple[str, str]]:
    """Map every spelling to (id, name); ids win over names, names over aliases, states over others."""
    rows = [*package_rows("states"), *package_rows("organizations")]
    found: dict[str, tuple[str, str]] = {}
    for spell in (
        lambda row: [row["id"]],
        lambda row: [row["name"]],
        lambda row: cell_list(row, "aliases"),
    ):
        for row in rows:
            for spelling in spell(row):
                found.setdefault(spelling.casefold(), (row["id"], row["name"]))
    return found

"""The column dictionary of the output: the exports' tables, and `reports`, `gated` and `failures`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from chancery.export.tables import Column, dictionary, dictionary_text

__all__ = ["KINDS", "columns_of", "columns_text"]

# In the order in which they are written.
KINDS = (
    "reports", "articles", "actors", "mentions", "statements", "events", "positions", "figures", "places",
    "times", "gated", "failures",
)  # fmt: skip


def _own_text() -> str:
    text = (resources.files("chancery.batch") / "data" / "columns.csv").read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def columns_text() -> str:
    """Return the dictionary as CSV, as it is written beside the output."""
    return dictionary_text() + _own_text().split("\n", 1)[1]


@cache
def columns_of() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of every kind, in order."""
    found: dict[str, list[Column]] = {}
    for row in csv.DictReader(_own_text().splitlines()):
        found.setdefault(row["table"], []).append(Column(row["column"], row["type"], row["description"]))
    every = {**dictionary(), **{kind: tuple(columns) for kind, columns in found.items()}}
    return {kind: every[kind] for kind in KINDS}

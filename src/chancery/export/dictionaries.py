"""The column dictionaries of the exports: which columns there are, and what is written in them."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

__all__ = ["columns"]


@cache
def columns(name: str) -> dict[str, dict[str, str]]:
    """Read a dictionary of the package, by the name of the column ("gdelt_columns", "polecat_columns")."""
    text = (resources.files("chancery.export") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {row["column"]: row for row in csv.DictReader(lines)}

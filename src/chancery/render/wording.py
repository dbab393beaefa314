"""The words in which records are shown: labels, orders and phrases, read once from ``data/wording.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["Wording", "wording"]


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels by record value; the order of a table is the order of display."""

    act_tier: dict[str, int]
    status: dict[str, str]
    section: dict[str, str]
    position: dict[str, str]
    figure: dict[str, str]
    change: dict[str, str]
    unattributed: dict[str, str]
    said_by_position: dict[str, list[str]]
    phrase_open: frozenset[str]
    phrase_stop: frozenset[str]


@cache
def wording() -> Wording:
    """Load the wording that ships with Chancery."""
    file = resources.files("chancery.render") / "data" / "wording.toml"
    table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return Wording(
        act_tier=table["act_tier"],
        status={name: row["label"] for name, row in table["status"].items()},
        section={name: row["section"] for name, row in table["status"].items()},
        position=table["position"],
        figure=table["figure"],
        change=table["change"],
        unattributed=table["unattributed"],
        said_by_position=table["said_by_position"],
        phrase_open=frozenset(table["phrase"]["open"].split()),
        phrase_stop=frozenset(table["phrase"]["stop"].split()),
    )

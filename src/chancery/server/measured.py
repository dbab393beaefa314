"""How good the reading is, as measured, beside what this ledger holds: nothing here is typed by hand.

Figures come from ``data/measured.json``, which tools/measured_data.py reads off the
documentation.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["Judged", "judged", "measured", "wilson"]

# Standard errors of a 95 % interval.
SURE = 1.96


@cache
def measured() -> Mapping[str, Any]:
    """Load the measured figures."""
    file = resources.files("chancery.server") / "data" / "measured.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Judged:
    """One type of record: how it was measured, and what that means for what the ledger tells.

    Attributes:
        told: records of the type in this ledger.
        annotated, found: in the sample: what annotators marked, and what the program told.
        precision, recall: shares from 0 to 1; None where nothing was told, or annotated.
        between: where the precision of texts like the sample's lies, 95 of 100 times.
    """

    name: str
    told: int
    annotated: int
    found: int
    precision: float | None
    recall: float | None
    between: tuple[float, float] | None

    @property
    def right(self) -> tuple[int, int] | None:
        """How many of those told are right, by the sample: at least, at most."""
        if self.between is None or not self.told:
            return None
        low, high = (_two_digits(self.told * share) for share in self.between)
        return low, high


def _two_digits(number: float) -> int:
    """Round to what a sample can carry."""
    if number < 1:
        return 0
    scale = int(10 ** max(0, math.floor(math.log10(number)) - 1))
    return round(number / scale) * scale


def judged(name: str, told: Mapping[str, int], columns: tuple[str, str, str]) -> list[Judged]:
    """Set a measured table beside the counts of a ledger.

    Args:
        name: of the table.
        told: type -> records in the ledger.
        columns: what the table calls the type, what is annotated and what is told.
    """
    rows: Sequence[Mapping[str, str]] = measured()["tables"][name]["rows"]
    kind, annotated, found = columns
    made = [
        _judged(row[kind], told.get(row[kind], 0), (int(row[annotated]), int(row[found])), row)
        for row in rows
    ]
    return sorted(made, key=lambda one: (-one.told, one.name))


def _judged(name: str, told: int, sample: tuple[int, int], row: Mapping[str, str]) -> Judged:
    precision, recall = (float(row[key]) if row[key] else None for key in ("precision", "recall"))
    between = wilson(precision, sample[1]) if precision is not None else None
    return Judged(name, told, *sample, precision, recall, between)


def wilson(share: float, number: int) -> tuple[float, float]:
    """Return where a share lies 95 of 100 times that was measured on a number of cases (Wilson 1927)."""
    if not number:
        return 0.0, 1.0
    square = SURE**2
    middle = (share + square / (2 * number)) / (1 + square / number)
    wide = SURE / (1 + square / number) * math.sqrt(share * (1 - share) / number + square / (4 * number**2))
    return max(0.0, middle - wide), min(1.0, middle + wide)

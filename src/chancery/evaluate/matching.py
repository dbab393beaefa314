"""What all scorers share: rates, and the one-to-one pairing of gold and predicted entries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from chancery.errors import InputError

__all__ = ["Entry", "Rates", "overlap", "pair", "rate", "rates", "read_lines"]

type Entry = Mapping[str, Any]


class Rates(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def rates(found: float, predicted: int, gold: int, found_gold: float | None = None) -> Rates:
    """Work out precision, recall and F1; 0 where nothing was predicted or asked.

    Args:
        found: hits, as a share of `predicted`.
        predicted: how many entries were predicted.
        gold: how many there are.
        found_gold: hits, as a share of `gold`, where the two counts differ.
    """
    precision = found / predicted if predicted else 0.0
    recall = (found if found_gold is None else found_gold) / gold if gold else 0.0
    total = precision + recall
    return Rates(precision, recall, 2 * precision * recall / total if total else 0.0)


def rate(hits: Iterable[bool]) -> float | None:
    """Return the share of true values, or None for no values."""
    answers = list(hits)
    return sum(answers) / len(answers) if answers else None


def pair[Key](cells: Iterable[tuple[Key, int, int]]) -> list[tuple[int, int]]:
    """Pair gold and predicted entries one to one, the smallest key first.

    Args:
        cells: (key, index in gold, index in predicted) of every pair that may be made.
    """
    used_gold, used_predicted, pairs = set(), set(), []
    for _, i, j in sorted(cells):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((i, j))
    return pairs


def overlap(a: Entry, b: Entry) -> int:
    """Return how many characters two entries with `start` and `end` share; negative for none."""
    shared: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read a JSON Lines file of gold or predictions.

    Raises:
        InputError: the file is missing, or a line of it is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read", "name a JSON Lines file") from error
    records = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(
                str(path), "not JSON", "mend or remove the line", place=f"line {number}"
            ) from error
        if not isinstance(record, dict):
            raise InputError(str(path), "no JSON object", "mend or remove the line", place=f"line {number}")
        records.append(record)
    return records

"""Measure whether scores are what they say: of the statements with a score of .8, are eight in ten right?

A reliability table groups findings by their score and sets the mean score of each
group beside the share that is right. The expected calibration error (ECE) is the
mean difference of the two, weighted by group (Naeini, Cooper and Hauskrecht, AAAI
2015); the Brier score the mean square of score less outcome (Brier 1950); AUC says how
well scores tell right from wrong, whatever their height.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from chancery.evaluate.matching import Entry, pair
from chancery.evaluate.records import SAME
from chancery.evaluate.statements import matched_statements

__all__ = ["Bin", "Reliability", "mark_statements", "reliability", "reliability_table", "score_scores"]

# Groups by score; the lower ones are few, and taken together.
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Bin:
    """Findings of like score: how many, their mean score, the share that is right."""

    least: float
    count: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How scores compare with outcomes."""

    count: int
    brier: float
    ece: float
    auc: float
    bins: tuple[Bin, ...]

    def table(self) -> str:
        """Return the groups as lines of text: score from, number, mean score, share right."""
        rows = [f"{'score from':>10} {'n':>6} {'predicted':>9} {'observed':>8}"]
        rows += [
            f"{one.least:10.2f} {one.count:6} {one.predicted:9.3f} {one.observed:8.3f}" for one in self.bins
        ]
        return "\n".join(rows)


def reliability(scored: Iterable[tuple[float, bool]]) -> Reliability:
    """Compare scores with outcomes.

    Args:
        scored: score of each finding, 0 to 1, and whether it is right.
    """
    rows = list(scored)
    if not rows:
        return Reliability(0, 0.0, 0.0, 0.5, ())
    bins = tuple(_bins(rows))
    return Reliability(
        count=len(rows),
        brier=sum((score - right) ** 2 for score, right in rows) / len(rows),
        ece=sum(one.count * abs(one.predicted - one.observed) for one in bins) / len(rows),
        auc=_auc(rows),
        bins=bins,
    )


def _bins(rows: Sequence[tuple[float, bool]]) -> Iterable[Bin]:
    for least, most in zip(EDGES, (*EDGES[1:], 2.0), strict=True):
        inside = [row for row in rows if least <= row[0] < most]
        if inside:
            n = len(inside)
            yield Bin(least, n, sum(score for score, _ in inside) / n, sum(right for _, right in inside) / n)


def _auc(rows: Sequence[tuple[float, bool]]) -> float:
    """Return the share of pairs of a right and a wrong finding in which the right one scores higher."""
    right = sorted(score for score, hit in rows if hit)
    wrong = [score for score, hit in rows if not hit]
    if not right or not wrong:
        return 0.5
    won = sum(2 * len(right) - bisect_left(right, score) - bisect_right(right, score) for score in wrong)
    return won / (2 * len(right) * len(wrong))


def mark_statements(gold: Entry, told: Sequence[Entry]) -> list[bool | None]:
    """Say of each statement told whether the gold has its content; None where annotators differ.

    Args:
        gold: a report in the format of the codebook, or an article in PolNeAR's.
        told: statements with `content`, a list of spans.
    """
    if "attributions" in gold:
        found = matched_statements(gold, told)
        return [number in found for number in range(len(told))]
    wanted, text = gold["statements"], gold["text"]
    cells = (
        (-SAME["statements"](text, entry, one), i, j)
        for i, entry in enumerate(wanted)
        for j, one in enumerate(told)
    )
    partner = {j: i for i, j in pair(cell for cell in cells if cell[0] < 0)}
    return [
        None if j in partner and wanted[partner[j]].get("optional") else j in partner
        for j in range(len(told))
    ]


def score_scores(gold: Iterable[Entry], predicted: Iterable[Entry]) -> dict[str, Any]:
    """Compare the scores of statements with their being right.

    Args:
        gold: reports in the format of the codebook, or articles in PolNeAR's.
        predicted: `{"id", "statements": [{"content", "score"}]}`; a missing one is empty.
    """
    by_id = {entry["id"]: entry.get("statements", []) for entry in predicted}
    rows = []
    for entry in gold:
        told = by_id.get(entry["id"], [])
        marks = mark_statements(entry, told)
        rows += [(one["score"], right) for one, right in zip(told, marks, strict=True) if right is not None]
    found = reliability(rows)
    bins = [[one.least, one.count, one.predicted, one.observed] for one in found.bins]
    return {"n": found.count, "brier": found.brier, "ece": found.ece, "auc": found.auc, "bins": bins}


def reliability_table(result: dict[str, Any]) -> str:
    """Set the answer of `score_scores` as a table."""
    bins = tuple(Bin(*row) for row in result["bins"])
    return Reliability(result["n"], result["brier"], result["ece"], result["auc"], bins).table()

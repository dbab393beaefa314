"""Fit the weigher of events and the models of their parties, and write their weights; or measure by fold.

usage: train_events.py PASSAGES.jsonl ... [--reports REPORTS.jsonl ...] [--folds 5] [--out DIRECTORY]

The weigher is plain logistic regression with an L2 penalty, by gradient descent in numpy; a
candidate is right where the passage has an event of its act at its words. The models of the
parties are in event_roles.py. `--folds N` writes nothing: it reads every N-th text with weights
fitted to the others and prints the figures that docs/how-it-works/events.md gives.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import chancery
from event_folds import Material, measure, parsed
from event_roles import fit_roles

DATA = Path("src/chancery/extract/data")
# Passages of our own for what is thin in the others; always learned from, and measured by nobody.
MORE = Path("quality/gold/events_more.jsonl")
RARE = 2  # a feature seen in fewer candidates is left out
SOURCES = """# Fitted by tools/train_events.py to gold/events_train.jsonl, quality/gold/events_more.jsonl and
# 60 whole reports:
# texts from Wikipedia's Portal:Current events (CC BY-SA 4.0, Wikipedia contributors),
# Wikinews (CC BY 2.5), governments and
# international organizations (public domain, OGL, CC BY), annotated
# for Chancery. Licence of the weights: CC BY-SA 4.0. Date: 2026-11-24.
"""
WEIGHTS_HEAD = (
    "# Weights of the logistic model that tells an act from another use of its word: feature, weight.\n"
)
ROLES_HEAD = "# Weights of the two models of who is who in an act: feature, as doer, as one acted upon.\n"


def fit(rows: Sequence[tuple[int, frozenset[str], float]], penalty: float) -> dict[str, float]:
    """Fit the model; deterministic, some seconds."""
    seen = Counter(name for _, names, _ in rows for name in names)
    vocabulary = {name: index for index, name in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
    lists = [
        np.array([vocabulary[n] for n in sorted(names) if n in vocabulary], dtype=np.int32)
        for _, names, _ in rows
    ]
    owner = np.repeat(np.arange(len(rows)), [len(one) for one in lists])
    index = np.concatenate(lists)
    wanted = np.array([label for _, _, label in rows])
    weight = np.zeros(len(vocabulary))
    mean, square = np.zeros_like(weight), np.zeros_like(weight)
    free = np.ones_like(weight)
    free[vocabulary["bias"]] = 0
    for step in range(1, 401):
        total = np.bincount(owner, weights=weight[index], minlength=len(rows))
        error = 1 / (1 + np.exp(-total)) - wanted
        slope = np.bincount(index, weights=error[owner], minlength=len(weight)) + penalty * weight * free
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weight -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weight[at]), 3) for name, at in vocabulary.items()}


def read_records(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read gold files, one record a line."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


def write(material: Material, penalty: float, out: Path) -> None:
    """Fit everything to all of the material and write the weights."""
    weights = fit(material.rows, penalty)
    kept = sorted((name, weight) for name, weight in weights.items() if abs(weight) >= 0.02)
    text = "".join(f"{name}\t{weight:g}\n" for name, weight in kept)
    (out / "events_weights.tsv").write_text(WEIGHTS_HEAD + SOURCES + text, "utf-8")
    roles = [
        (name, *pair) for name, pair in fit_roles(material.choices).items() if max(map(abs, pair)) >= 0.05
    ]
    text = "".join(f"{name}\t{doer:g}\t{other:g}\n" for name, doer, other in roles)
    (out / "events_roles.tsv").write_text(ROLES_HEAD + SOURCES + text, "utf-8")
    print(f"{len(kept)} weights of acts, {len(roles)} of parties written to {out}")


def main() -> None:
    """Fit and write, or measure by fold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    parser.add_argument("--penalty", type=float, default=4.0)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=DATA)
    args = parser.parse_args()
    reader = chancery.load()
    paths = (args.gold, args.reports, [MORE])
    passages, reports, more = (parsed(read_records(one), reader) for one in paths)
    material = Material(reader, passages, reports, more)
    if args.folds:
        measure(material, args.folds, lambda rows: fit(rows, args.penalty))
    else:
        write(material, args.penalty, args.out)


if __name__ == "__main__":
    main()

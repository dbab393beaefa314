"""Fit the weigher of events to the training passages and annotated reports, and write its weights.

usage: train_events.py EVENTS_TRAIN.jsonl [--reports REPORTS.jsonl ...] [--out .../events_weights.tsv]

Plain logistic regression with an L2 penalty, by gradient descent in numpy.
A candidate is right where the passage has an event of its act at its words.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import chancery
from chancery.extract.events.features import Candidate, features
from chancery.extract.events.find import candidates_of, with_others
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.tree import Tree, tree_of
from chancery.language import load_language, parse_many
from report_examples import report_examples

if TYPE_CHECKING:
    from spacy.tokens import Doc

PARTIES_WRONG = 0.5  # what a candidate with the wrong parties is worth
RARE = 2  # a feature seen in fewer candidates is left out
HEAD = """# Weights of the logistic model that tells an act from another use of its word: feature, weight.
# Fitted by tools/train_events.py to gold/events_train.jsonl and 60 whole reports: texts from Wikipedia's
# Portal:Current events (CC BY-SA 4.0, Wikipedia contributors), Wikinews (CC BY 2.5), governments and
# international organizations (public domain, OGL, CC BY), annotated
# for Chancery. Licence of the weights: CC BY-SA 4.0. Date: 2026-11-24.
"""


def examples(gold: Sequence[dict[str, Any]], docs: Sequence[Doc]) -> list[tuple[int, frozenset[str], float]]:
    """List every candidate of every passage: passage, features, 1 where it is right."""
    lexicon = load_lexicon()
    rows = []
    for number, (record, doc) in enumerate(zip(gold, docs, strict=True)):
        tree = tree_of(doc)
        candidates = candidates_of(tree, lexicon)
        for candidate, beside in with_others(tree, candidates):
            rows.append(
                (
                    number,
                    frozenset(features(tree, candidate, lexicon, beside)),
                    right(record, tree, doc, candidate),
                )
            )
    return rows


def right(record: dict[str, Any], tree: Tree, doc: Doc, candidate: Candidate) -> float:
    """Tell whether a passage has the candidate as an event; half right where only the parties differ."""
    trigger = candidate.trigger
    first, last = doc[trigger.anchor[0]].idx, doc[trigger.anchor[1] - 1].idx + len(doc[trigger.anchor[1] - 1])
    best = 0.0
    for event in record["events"]:
        start, end = event["anchor"]
        if event["act"] == trigger.entry.act and start < last and first < end:
            best = max(best, 1.0 if _same_parties(record, tree, doc, event, candidate) else PARTIES_WRONG)
    return best


def _same_parties(
    record: dict[str, Any], tree: Tree, doc: Doc, event: dict[str, Any], candidate: Candidate
) -> bool:
    found = [
        [_words(doc[slice(*tree.name(at))].text) for at in role]
        for role in (candidate.parties.actor, candidate.parties.recipient)
    ]
    wanted = [[_words(record["text"][a:b]) for a, b in event[role]] for role in ("actor", "recipient")]
    if event["act"] == "CONSULT":
        found, wanted = [found[0] + found[1]], [wanted[0] + wanted[1]]
    return all(_agree(one, other) for one, other in zip(found, wanted, strict=True))


def _words(text: str) -> frozenset[str]:
    found = (
        word.removesuffix("'s").removesuffix("\u2019s")
        for word in re.findall(r"[\w.'\u2019-]+", text.lower())
    )
    return frozenset(found) - {"the", "a", "an"}


def _agree(found: list[frozenset[str]], wanted: list[frozenset[str]]) -> bool:
    if not found or not wanted:
        return not found and not wanted
    near = sum(any(2 * len(one & other) >= len(one) + len(other) for other in found) for one in wanted if one)
    return 2 * near >= (len(found) + len(wanted)) / 2


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


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    parser.add_argument("--penalty", type=float, default=4.0)
    parser.add_argument("--out", type=Path, default=Path("src/chancery/extract/data/events_weights.tsv"))
    args = parser.parse_args()
    gold = [json.loads(line) for line in args.gold.read_text("utf-8").splitlines()]
    docs = list(parse_many(load_language(), [record["text"] for record in gold]))
    rows = examples(gold, docs)
    reports = [json.loads(line) for path in args.reports for line in path.read_text("utf-8").splitlines()]
    if reports:
        rows += report_examples(reports, chancery.load(), len(gold))
    weights = fit(rows, args.penalty)
    kept = sorted((name, weight) for name, weight in weights.items() if abs(weight) >= 0.02)
    args.out.write_text(HEAD + "".join(f"{name}\t{weight:g}\n" for name, weight in kept), "utf-8")
    print(f"{len(kept)} weights written to {args.out}")


if __name__ == "__main__":
    main()

"""Fit the second opinion on events to the training passages, measure it by fold, and write its weights.

usage: train_precise.py EVENTS_TRAIN.jsonl [--measure PLV.jsonl] [--out .../extract/data]

A conditional logit with an L2 penalty, by gradient descent in numpy. The rules'
answer is a feature of it, and the weigher behind the rules has seen the passages:
so each fold is answered by a weigher that was fitted to the other four.
`--measure` prints figures on a corpus that may not be fitted to; nothing of it is kept.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from chancery.evaluate.given import asked_of
from chancery.extract.events.between import (
    ANOTHER_READING,
    Guess,
    Reading,
    candidates_between,
    published_between,
)
from chancery.extract.events.second import (
    RULES_SHARE,
    TYPES,
    Second,
    opinion,
    ranking,
    rules_share,
    standing,
    words_between,
)
from chancery.extract.events.weigh import load_weights
from chancery.extract.tree import Tree, tree_of
from chancery.language import load_language, parse_many
from chancery.ontology import quad
from passage_examples import examples as weigher_examples
from train_events import fit as fit_weigher

if TYPE_CHECKING:
    from spacy.tokens import Doc

FOLDS = 5
RARE = 2  # a feature seen in fewer events is left out
PENALTY, PENALTY_OF_STANDING = 6.0, 0.1
STEPS, RATE = 300, 0.05
SMALLEST = 0.05  # a weight under this is not written
HEAD = """# Weights of the second opinion on events, reading "{reading}": table, name, type=weight ...
# Fitted by tools/train_precise.py to gold/events_train.jsonl: texts from Wikipedia's Portal:Current events
# (CC BY-SA 4.0, Wikipedia contributors), Wikinews (CC BY 2.5) and governments (public domain, OGL, CC BY),
# annotated for Chancery. Licence of the weights: CC BY-SA 4.0. Date: 2026-11-24.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One event with given parties: what is seen, what is right, and the passage's number."""

    passage: int
    words: frozenset[str]
    stands: Mapping[str, Mapping[str, float]]
    ranked: Sequence[Guess]
    wanted: str


def examples(
    gold: Sequence[dict[str, Any]],
    docs: Sequence[Doc],
    reading: Reading,
    weights: Callable[[int], Mapping[str, float]],
) -> list[Example]:
    """List every published event whose parties are given."""
    found = []
    for number, (record, doc) in enumerate(zip(gold, docs, strict=True)):
        tree = tree_of(doc)
        for event in record["events"]:
            asked = asked_of(record, event, doc)
            wanted = wanted_type(tree, event, reading)
            if asked is None or wanted is None:
                continue
            ranked = ranking(tree, asked, reading, weights(number))
            words = words_between(tree, asked, ranked)
            found.append(Example(number, words, standing(ranked), ranked, wanted))
    return found


def wanted_type(tree: Tree, event: dict[str, Any], reading: Reading) -> str | None:
    """Return the type of a gold event in a reading; for CAMEO's the patterns of that reading decide."""
    kind: str | None = event.get("event_type") or event.get("event_type_file")
    if reading == "own" or kind is None:
        return kind
    if "anchor" in event:
        for candidate, likely in candidates_between(tree, {}, reading):
            touches = any(
                event["anchor"][0] <= tree.offset[at] < event["anchor"][1]
                for at in range(*candidate.trigger.anchor)
            )
            if likely == ANOTHER_READING and touches:
                kind = published_between(candidate, event["status"], reading)
                break
        else:
            if event.get("mode") == "convict":
                return "ACCUSE"
            if kind in {"CONCEDE", "RETREAT"} and event["status"] in {"planned", "conditional"}:
                return "AGREE"
    return "YIELD" if kind in {"CONCEDE", "RETREAT"} else kind


def fit(rows: Sequence[Example], reading: Reading) -> Second:
    """Fit the model; deterministic, some ten seconds."""
    types = TYPES[reading]
    place = {kind: index for index, kind in enumerate(types)}
    seen = Counter(name for row in rows for name in row.words)
    words = {name: index for index, name in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
    shared = {
        name: i for i, name in enumerate(sorted({n for r in rows for t in r.stands.values() for n in t}))
    }
    owner, column, stands, wanted = _arrays(rows, words, shared, place)
    order = np.argsort(column, kind="stable")
    starts = np.searchsorted(column[order], np.arange(len(words)))
    firsts = np.searchsorted(owner, np.arange(len(rows)))
    values = [np.zeros((len(words), len(types))), np.zeros(len(types)), np.zeros(len(shared))]
    means, squares = ([np.zeros_like(value) for value in values] for _ in range(2))
    for step in range(1, STEPS + 1):
        total = np.add.reduceat(values[0][column], firsts, axis=0) + values[1] + stands @ values[2]
        raised = np.exp(total - total.max(1, keepdims=True))
        error = raised / raised.sum(1, keepdims=True) - wanted
        slopes = (
            np.add.reduceat(error[owner[order]], starts, axis=0) + PENALTY * values[0],
            error.sum(0),
            np.einsum("nc,ncp->p", error, stands) + PENALTY_OF_STANDING * values[2],
        )
        for k, slope in enumerate(slopes):
            means[k] += 0.1 * (slope - means[k])
            squares[k] += 0.001 * (slope**2 - squares[k])
            size = np.sqrt(squares[k] / (1 - 0.999**step)) + 1e-8
            values[k] -= RATE * (means[k] / (1 - 0.9**step)) / size
    return Second(
        {n: {kind: float(values[0][i, place[kind]]) for kind in types} for n, i in words.items()},
        {name: float(values[2][index]) for name, index in shared.items()},
        {kind: float(values[1][place[kind]]) for kind in types},
    )


def _arrays(
    rows: Sequence[Example], words: Mapping[str, int], shared: Mapping[str, int], place: Mapping[str, int]
) -> tuple[Any, Any, Any, Any]:
    owner, column = [], []
    stands = np.zeros((len(rows), len(place), len(shared)))
    wanted = np.zeros((len(rows), len(place)))
    for number, row in enumerate(rows):
        known = sorted(words[name] for name in row.words if name in words)
        owner += [number] * len(known)
        column += known
        for kind, told in row.stands.items():
            for name, value in told.items():
                stands[number, place[kind], shared[name]] = value
        wanted[number, place[row.wanted]] = 1
    return np.array(owner), np.array(column), stands, wanted


def mixed(row: Example, second: Second, reading: Reading) -> Mapping[str, float]:
    """Return the probabilities of rules and learned part together, as `type_between` does."""
    told, shares = opinion(row.words, row.stands, second), rules_share(row.ranked)
    share = 1.0 if row.ranked and row.ranked[0].otherwise else RULES_SHARE[reading]
    return {kind: share * shares.get(kind, 0.0) + (1 - share) * told[kind] for kind in told}


def report(name: str, rows: Sequence[Example], told: Sequence[Mapping[str, float]]) -> None:
    """Print accuracy of the rules, of both, and what agreement is worth."""
    firsts = [row.ranked[0].type if row.ranked else None for row in rows]
    bests = [max(one, key=lambda kind: one[kind]) for one in told]
    wanted = [row.wanted for row in rows]
    same = [(best, right) for first, best, right in zip(firsts, bests, wanted, strict=True) if first == best]
    print(
        f"{name}: {len(rows)} events; rules {_rate(firsts, wanted)},"
        f" with the second opinion {_rate(bests, wanted)};"
        f" they agree in {len(same) / len(rows):.2f}, then {_rate(*zip(*same, strict=True))} right"
    )
    by_score: dict[int, list[bool]] = defaultdict(list)
    for one, best, right in zip(told, bests, wanted, strict=True):
        by_score[min(9, int(one[best] * 10))].append(best == right)
    cells = (f"{k / 10:.1f}: {sum(v) / len(v):.2f} of {len(v)}" for k, v in sorted(by_score.items()))
    print("  right by score from", ", ".join(cells))


def _rate(told: Sequence[str | None], wanted: Sequence[str | None]) -> str:
    right = sum(a == b for a, b in zip(told, wanted, strict=True))
    quads = sum(_quad(a) == _quad(b) for a, b in zip(told, wanted, strict=True))
    return f"{right / len(told):.3f} (quad {quads / len(told):.3f})"


def _quad(kind: str | None) -> str | None:
    return "material_cooperation" if kind == "YIELD" else quad(kind) if kind else None


def write(second: Second, reading: Reading, folder: Path) -> None:
    """Write the weights, the smallest left out."""
    lines = []
    for name, weights in sorted(second.words.items()):
        kept = [f"{kind}={weight:.2f}" for kind, weight in weights.items() if abs(weight) >= SMALLEST]
        lines += ["\t".join(("word", name, *kept))] if kept else []
    for table, weights in (("standing", second.standing), ("bias", second.bias)):
        lines.append("\t".join((table, "all", *(f"{n}={w:.3f}" for n, w in sorted(weights.items())))))
    path = folder / f"events_second_{reading}.tsv"
    path.write_text(HEAD.format(reading=reading) + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} lines, {path.stat().st_size // 1024} KB written to {path}")


def main() -> None:
    """Cross-validate, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--measure", type=Path, help="a corpus to measure on, in random halves (seed 0)")
    parser.add_argument("--out", type=Path, default=Path("src/chancery/extract/data"))
    args = parser.parse_args()
    gold, docs = _parsed(args.gold)
    candidates = weigher_examples(gold, docs)
    weighers = [fit_weigher([one for one in candidates if one[0] % FOLDS != k], 4.0) for k in range(FOLDS)]
    readings: tuple[Reading, ...] = ("own", "cameo")
    for reading in readings:
        rows = examples(gold, docs, reading, lambda number: weighers[number % FOLDS])
        told: list[Mapping[str, float]] = [{}] * len(rows)
        for fold in range(FOLDS):
            part = fit([row for row in rows if row.passage % FOLDS != fold], reading)
            for index, row in enumerate(rows):
                if row.passage % FOLDS == fold:
                    told[index] = mixed(row, part, reading)
        report(f"{args.gold.stem}, reading {reading}, in {FOLDS} folds", rows, told)
        second = fit(rows, reading)
        write(second, reading, args.out)
    if args.measure:
        _measure(args.measure, second)


def _parsed(path: Path) -> tuple[list[dict[str, Any]], list[Doc]]:
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return gold, list(parse_many(load_language(), [record["text"] for record in gold]))


def _measure(path: Path, second: Second) -> None:
    gold, docs = _parsed(path)
    rows = examples(gold, docs, "cameo", lambda _: load_weights())
    order = list(range(len(gold)))
    random.Random(0).shuffle(order)  # noqa: S311 - the halves of the project's prototypes
    for name, half in (("A", order[: len(gold) // 2]), ("B", order[len(gold) // 2 :])):
        chosen = [row for row in rows if row.passage in set(half)]
        report(f"{path.stem}, half {name}", chosen, [mixed(row, second, "cameo") for row in chosen])


if __name__ == "__main__":
    main()

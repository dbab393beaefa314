"""The second opinion: a learned guess at what one party does to another, beside the rules' answer.

A conditional logit over the types: how the words of each type stand to the
parties (weights shared by all types), and the words on the way between the
parties (weights of each type), fitted to openly licensed text by
tools/train_precise.py. Where it agrees with the rules the answer is rarely wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from chancery.extract.events.between import (
    Asked,
    Guess,
    Reading,
    candidates_between,
    guesses,
    head_of,
    inside,
    upward,
    way_between,
)
from chancery.extract.events.weigh import load_weights
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree

__all__ = [
    "Answer",
    "Second",
    "load_second",
    "opinion",
    "rules_share",
    "standing",
    "type_between",
    "words_between",
]

TYPES: Mapping[Reading, tuple[str, ...]] = {
    "own": (
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
        "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    ),
    "cameo": (
        "AGREE", "CONSULT", "SUPPORT", "YIELD", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    ),
}  # fmt: skip
# How much the rules' own ranking counts beside the learned part, which has seen it. In five folds of
# gold/events_train.jsonl every share above 0 is worse; the other reading's patterns are not learned from as
# much text (half A of PLV's training sentences: .30 to .60 alike).
RULES_SHARE: Mapping[Reading, float] = {"own": 0.0, "cameo": 0.5}
# What a ranking's weights are raised to before they are shares: the best guess should stand out.
SHARPNESS = 2
BESIDE = frozenset({"aux", "neg", "prt", "dobj", "xcomp", "ccomp", "prep", "acomp", "attr"})
SAYING_MORE = frozenset({"prt", "dobj", "prep", "acomp", "attr", "xcomp"})
TELLING = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADV", "PART", "ADP"})
BEFORE, AFTER = 3, 8
GOVERNED = frozenset({"aux", "neg", "dobj", "xcomp", "ccomp"})


@dataclass(frozen=True, slots=True)
class Second:
    """Weights: of a word or relation for each type, of a standing for all types, and of each type as such."""

    words: Mapping[str, Mapping[str, float]]
    standing: Mapping[str, float]
    bias: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """A type with its probability, the rules' first guess, and whether both agree."""

    type: str
    score: float
    rules: str | None
    agree: bool


@cache
def load_second(reading: Reading) -> Second:
    """Read the weights from the package's data; takes some ten milliseconds, once."""
    text = (files("chancery.extract") / "data" / f"events_second_{reading}.tsv").read_text("utf-8")
    tables: dict[str, dict[str, dict[str, float]]] = {"word": {}, "standing": {}, "bias": {}}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            table, name, *pairs = line.split("\t")
            tables[table][name] = {pair.split("=")[0]: float(pair.split("=")[1]) for pair in pairs}
    return Second(tables["word"], tables["standing"].get("all", {}), tables["bias"].get("all", {}))


# --- features


def standing(ranked: Sequence[Guess]) -> Mapping[str, Mapping[str, float]]:
    """Describe how the words of each type stand to the parties: type -> feature -> value."""
    total, top = sum(guess.weight for guess in ranked) or 1.0, ranked[0].weight if ranked else 1.0
    found: dict[str, dict[str, float]] = {}
    for place, guess in enumerate(ranked):
        told = found.get(guess.type)
        if told is not None:
            told["share"] += guess.weight / total
            continue
        rule = guess.candidate.trigger.rule
        told = {"found": 1.0, "share": guess.weight / total, "of best": guess.weight / top}
        told |= {"weight": guess.weight / 4, f"rule {rule}": 1.0}
        told |= {f"mark {mark}": 1.0 for mark in guess.marks}
        if place < 2:
            told[f"place {place}"] = 1.0
        if place == 0:
            told[f"first by {rule}"] = 1.0
        found[guess.type] = told
    return found


def words_between(tree: Tree, asked: Asked, ranked: Sequence[Guess]) -> frozenset[str]:
    """Describe the words on the way between the parties and beside it."""
    return frozenset(_words_between(tree, asked, ranked))


def _words_between(tree: Tree, asked: Asked, ranked: Sequence[Guess]) -> Iterator[str]:
    for place, guess in enumerate(ranked[:2]):
        yield f"rule{place}={guess.type}"
    if ranked:
        yield f"status={ranked[0].candidate.status}"
        yield f"key={ranked[0].candidate.trigger.entry.key}"
    parties = (*asked.actor, *asked.recipient)
    for at in way_between(tree, asked):
        if not inside(at, parties):
            yield f"on={tree.lemma[at]}"
    lines = [upward(tree, head_of(tree, runs[0])) for runs in (asked.actor, asked.recipient) if runs]
    if len(lines) == 2:
        yield from _meeting(tree, lines[0], lines[1], parties)
    for role, runs in (("a", asked.actor), ("r", asked.recipient)):
        yield from _around(tree, role, runs, parties) if runs else (f"{role}=none",)
    yield from _near(tree, parties)


def _near(tree: Tree, parties: Sequence[Tokens]) -> Iterator[str]:
    """Name the words from shortly before the first party to some way after the last."""
    first, last = min(run[0] for run in parties), max(run[1] for run in parties)
    sentences = {tree.sentence[first], tree.sentence[last - 1]}
    near = [
        at
        for at in range(max(0, first - BEFORE), min(len(tree), last + AFTER))
        if tree.sentence[at] in sentences and tree.pos[at] in TELLING and not inside(at, parties)
    ]
    for at in near:
        if tree.pos[at] != "ADP":
            yield f"near={tree.lemma[at]}"
    for at, following in pairwise(near):
        yield f"near={tree.lemma[at]}+{tree.lemma[following]}"


def _meeting(tree: Tree, up: list[int], other: list[int], parties: Sequence[Tokens]) -> Iterator[str]:
    """Describe the word under which both parties hang, and the relations on the way there."""
    meeting = next((at for at in up if at in other), None)
    if meeting is None:
        return
    yield f"meet={tree.lemma[meeting]}"
    yield f"meet|{tree.pos[meeting]}"
    ways = [
        [tree.dep[at] for at in line[: line.index(meeting)] if not inside(at, parties) or at == line[0]]
        for line in (up, other)
    ]
    yield f"way={'<'.join(ways[0])}|{'>'.join(reversed(ways[1]))}"
    for kid in tree.some(meeting, BESIDE):
        yield f"beside|{tree.dep[kid]}={tree.lemma[kid]}"
        if tree.dep[kid] in SAYING_MORE:
            yield f"{tree.lemma[meeting]}+{tree.lemma[kid]}"


def _around(tree: Tree, role: str, runs: Sequence[Tokens], parties: Sequence[Tokens]) -> Iterator[str]:
    """Describe what governs a party."""
    head = head_of(tree, runs[0])
    yield f"{role}|{tree.ent[head] or tree.pos[head]}"
    yield f"{role}|{tree.dep[head]}"
    above = tree.head[head]
    while inside(above, parties) and tree.head[above] != above:
        above = tree.head[above]
    yield f"{role}<{tree.lemma[above]}"
    if tree.pos[above] == "ADP":
        yield f"{role}<{tree.lemma[tree.head[above]]}+{tree.lemma[above]}"
        yield f"{role}<{tree.lemma[tree.head[above]]}"
    for kid in tree.some(above, GOVERNED):
        yield f"{role}|{tree.dep[kid]}={tree.lemma[kid]}"


# --- the answer


def opinion(
    words: frozenset[str], stands: Mapping[str, Mapping[str, float]], second: Second
) -> Mapping[str, float]:
    """Return the probability of every type."""
    totals = dict(second.bias)
    for name in sorted(words):
        for kind, weight in second.words.get(name, {}).items():
            totals[kind] += weight
    for kind, told in stands.items():
        if kind in totals:
            totals[kind] += sum(value * second.standing.get(name, 0.0) for name, value in told.items())
    top = max(totals.values())
    raised = {kind: math.exp(total - top) for kind, total in totals.items()}
    whole = sum(raised.values())
    return {kind: value / whole for kind, value in raised.items()}


def rules_share(ranked: Sequence[Guess]) -> Mapping[str, float]:
    """Turn the rules' ranking into shares of one."""
    best: dict[str, float] = {}
    for guess in ranked:
        best[guess.type] = max(best.get(guess.type, 0.0), guess.weight**SHARPNESS)
    whole = sum(best.values()) or 1.0
    return {kind: value / whole for kind, value in best.items()}


def ranking(tree: Tree, asked: Asked, reading: Reading, weights: Mapping[str, float]) -> list[Guess]:
    """Return the rules' guesses, the best first, in the types of a reading."""
    ranked = guesses(tree, asked, candidates_between(tree, weights, reading), reading)
    return [guess for guess in ranked if guess.type in TYPES[reading]]


def type_between(
    tree: Tree, asked: Asked, reading: Reading = "own", *, learned: bool = True
) -> Answer | None:
    """Say what one party does to another, where it is known that it does something.

    Args:
        tree: the parsed sentence or report.
        asked: who and whom; at least one of them.
        reading: this project's codebook ("own"), or PLOVER as CAMEO reads it, with YIELD for CONCEDE and
            RETREAT ("cameo"), to be compared with corpora coded so.
        learned: ask the second opinion too; without it the rules answer alone, or None.
    """
    ranked = ranking(tree, asked, reading, load_weights())
    shares = rules_share(ranked)
    rules = ranked[0].type if ranked else None
    if not learned:
        return Answer(rules, round(shares[rules], 3), rules, agree=True) if rules else None
    told = opinion(words_between(tree, asked, ranked), standing(ranked), load_second(reading))
    share = 1.0 if ranked and ranked[0].otherwise else RULES_SHARE[reading]
    mixed = {kind: share * shares.get(kind, 0.0) + (1 - share) * told[kind] for kind in told}
    best = max(mixed, key=lambda kind: mixed[kind])
    return Answer(best, round(mixed[best], 3), rules, agree=rules == max(told, key=lambda kind: told[kind]))

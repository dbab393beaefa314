"""Fit the two models that decide who of a sentence does an act and whom it is done to.

Conditional logistic regression: the likeliest noun phrase of a sentence, or nobody, with
an L2 penalty, by gradient descent in numpy. A passage marks its parties as words of the
passage; a pronoun is right where coreference leads it to those words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from chancery.extract.events.find import candidates_of
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.events.parties import PartyFinder
from chancery.extract.events.roles import RoleFinder
from chancery.extract.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from chancery.records import Mention, Reading

RARE = 3  # a feature seen with fewer noun phrases is left out
PENALTY = 0.7
STEPS = 300
WORD = re.compile(r"[\w.'’-]+")

type Span = Sequence[int]


@dataclass(frozen=True, slots=True)
class Choice:
    """One act: the features of every choice, nobody first, and which of them are right in each role."""

    passage: int
    features: list[frozenset[str]]
    doers: list[int]
    others: list[int]


def role_examples(
    gold: Sequence[dict[str, Any]], docs: Iterable[Doc], readings: Iterable[Reading]
) -> Iterator[Choice]:
    """Yield the choices of every event whose word is a candidate of its act."""
    lexicon = load_lexicon()
    for number, (record, doc, reading) in enumerate(zip(gold, docs, readings, strict=True)):
        tree = tree_of(doc)
        finder = PartyFinder(tree, lexicon)
        roles = RoleFinder(tree, finder)
        candidates = candidates_of(tree, lexicon)
        labels = _Labels(record["text"], tree, reading.mentions)
        for event in record["events"]:
            first, last = event["anchor"]
            for candidate in candidates:
                start, end = candidate.trigger.anchor
                touches = first < doc[end - 1].idx + len(doc[end - 1]) and doc[start].idx < last
                if candidate.trigger.entry.act == event["act"] and touches:
                    around = roles.around(candidate.trigger, candidate.parties)
                    yield Choice(
                        number,
                        [frozenset(names) for names in around.features],
                        labels.right(around.nouns, event["actor"]),
                        labels.right(around.nouns, event["recipient"]),
                    )
                    break


class _Labels:
    """Tells which noun phrases of a passage are those that the gold marks."""

    def __init__(self, text: str, tree: Tree, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.tree = tree
        self.mentions = mentions
        self.by_span = {one.span: one for one in mentions}

    def right(self, nouns: Sequence[int], spans: Sequence[Span]) -> list[int]:
        """Return 1 for each noun phrase that is one of the spans; for nobody where there are none."""
        return or_nobody([int(any(self._is(at, span) for span in spans)) for at in nouns[1:]])

    def _is(self, at: int, span: Span) -> bool:
        doc = self.tree.doc
        first, last = doc[at].idx, doc[at].idx + len(doc[at])
        if self.tree.pos[at] == "PRON":
            return (first, last) == tuple(span) or self._means((first, last), span)
        if not span[0] <= first < span[1]:
            return False
        mine = _words(doc[slice(*self.tree.name(at))].text)
        wanted = _words(self.text[slice(*span)])
        return bool(mine) and 2 * 2 * len(mine & wanted) >= len(mine) + len(wanted)

    def _means(self, pronoun: tuple[int, int], span: Span) -> bool:
        one = self.by_span.get(pronoun)
        return one is not None and any(
            other.span[0] < span[1]
            and span[0] < other.span[1]
            and (
                (one.actor and one.actor == other.actor)
                or (one.chain is not None and one.chain == other.chain)
            )
            for other in self.mentions
        )


def or_nobody(labels: list[int]) -> list[int]:
    """Put the choice of nobody before the others: right where none of them is."""
    return [int(not any(labels)), *labels]


def _words(text: str) -> frozenset[str]:
    found = (word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(text.lower()))
    return frozenset(found) - {"the", "a", "an"}


def fit_roles(choices: Sequence[Choice]) -> dict[str, tuple[float, float]]:
    """Fit both models; deterministic, some seconds."""
    doers = _fit([(one.features, one.doers) for one in choices])
    others = _fit([(one.features, one.others) for one in choices])
    return {name: (doers.get(name, 0.0), others.get(name, 0.0)) for name in sorted({*doers, *others})}


def _fit(choices: Sequence[tuple[list[frozenset[str]], list[int]]]) -> dict[str, float]:
    seen = Counter(name for features, _ in choices for names in features for name in names)
    vocabulary = {name: at for at, name in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
    lists = [
        np.array([vocabulary[n] for n in sorted(names) if n in vocabulary], dtype=np.int32)
        for features, _ in choices
        for names in features
    ]
    sizes = np.array([len(features) for features, _ in choices])
    choice = np.repeat(np.arange(len(choices)), sizes)
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    owner, index = np.repeat(np.arange(len(lists)), [len(one) for one in lists]), np.concatenate(lists)
    wanted = np.array([label for _, labels in choices for label in labels], dtype=float)
    wanted /= np.add.reduceat(wanted, starts)[choice]
    weight = np.zeros(len(vocabulary))
    mean, square = np.zeros_like(weight), np.zeros_like(weight)
    for step in range(1, STEPS + 1):
        total = np.bincount(owner, weights=weight[index], minlength=len(lists))
        share = np.exp(total - np.maximum.reduceat(total, starts)[choice])
        share /= np.add.reduceat(share, starts)[choice]
        slope = np.bincount(index, weights=(share - wanted)[owner], minlength=len(weight)) + PENALTY * weight
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weight -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weight[at]), 3) for name, at in vocabulary.items()}

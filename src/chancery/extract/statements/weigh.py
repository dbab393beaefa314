"""How sure a statement is: the share of such findings that are right, as measured on annotated reports.

Each construction has a share that its author gave it. Here it is corrected by what
else is seen of the finding: who speaks, the form and place of the cue, the length of
the content. The corrections are the weights of a logistic model, fitted by
``tools/fit_statement_scores.py``. They order statements and say how sure each is; they
drop none, since a filter that helped on one set of reports hurt on another
(docs/evaluation/statements.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from chancery.extract.statements.lexicon import load_lexicon
from chancery.extract.statements.mention import StatementMention
from chancery.extract.tree import Tree

__all__ = ["features", "load_weights", "probability", "weighed"]

FIRST_PERSON = frozenset({"i", "we", "my", "our"})
# Where the classes of content lengths end, in tokens.
LENGTHS = (2, 5, 12, 30)
# No finding is surer or less sure than this, however many signs agree.
SUREST = 0.99


@cache
def load_weights() -> Mapping[str, float]:
    """Read the fitted weights: feature -> correction of the log-odds."""
    text = files("chancery.extract").joinpath("data/statements_weights.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


def weighed(tree: Tree, mentions: Sequence[StatementMention]) -> tuple[StatementMention, ...]:
    """Give every mention its measured score."""
    weights = load_weights()
    return tuple(
        replace(one, score=round(probability(one.score, features(tree, one), weights), 2)) for one in mentions
    )


def probability(share: float, names: Sequence[str], weights: Mapping[str, float]) -> float:
    """Correct the share of a construction by the weights of the features seen.

    Args:
        share: of the construction's findings that are right, 0 to 1.
        names: of the features that are there.
        weights: feature -> correction of the log-odds.
    """
    bounded = min(max(share, 1 - SUREST), SUREST)
    odds = math.log(bounded / (1 - bounded)) + sum(weights.get(name, 0.0) for name in names)
    return min(max(1 / (1 + math.exp(-odds)), 1 - SUREST), SUREST)


def features(tree: Tree, mention: StatementMention) -> tuple[str, ...]:
    """Name what is seen of a finding; every name is in the file of weights or counts nothing."""
    return tuple(_features(tree, mention))


def _features(tree: Tree, mention: StatementMention) -> Iterator[str]:
    yield "any"
    yield f"speaker={_speaker(tree, mention)}"
    yield f"length={_length(mention)}"
    if mention.negated:
        yield "negated"
    if len(mention.content) > 1:
        yield "several runs"
    if mention.cue is not None:
        head = _head(tree, mention.cue, mention.cue_lemma)
        yield f"tag={tree.tag[head]}"
        yield f"dep={tree.dep[head]}"
        yield f"cue={_class(mention.cue_lemma)}"


def _head(tree: Tree, run: tuple[int, int], lemma: str) -> int:
    return next((i for i in range(*run) if tree.lemma[i] == lemma), run[1] - 1)


def _class(lemma: str) -> str:
    """Tell plain saying from thought and from all other cues."""
    words = load_lexicon()
    for name in ("speech", "thought"):
        if lemma in words[f"clause.{name}"]:
            return name
    return "other"


def _speaker(tree: Tree, mention: StatementMention) -> str:
    run = mention.speaker
    if run is None:
        return "none"
    words = [tree.lower[i] for i in range(*run)]
    if not FIRST_PERSON.isdisjoint(words):
        return "first person"
    if any(tree.pos[i] == "PROPN" for i in range(*run)):
        return "name"
    return "pronoun" if len(words) == 1 and tree.pos[run[0]] == "PRON" else "described"


def _length(mention: StatementMention) -> str:
    size = sum(end - start for start, end in mention.content)
    return next((f"to {most}" for most in LENGTHS if size <= most), "longer")

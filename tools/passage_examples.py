"""Candidates of annotated passages, for the weigher: right where the passage has the event.

Passages of one or two sentences mark their parties as words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chancery.extract.events.features import Candidate, features
from chancery.extract.events.find import candidates_of, with_others
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.tree import Tree, tree_of
from chancery.language import parse_many

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from chancery.reader import Reader

PARTIES_WRONG = 0.7  # what a candidate with the wrong parties is worth


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


OFTEN = 3  # how often a pattern's own sentence counts: more often than the rarest feature that is kept


def pattern_examples(reader: Reader) -> list[tuple[int, frozenset[str], float]]:
    """List the candidates of the patterns' own sentences, which belong to no text (number -1).

    A pattern that no passage has would otherwise weigh nothing. Other acts of the same word are wrong there.
    """
    lexicon = load_lexicon()
    patterns = {one.test: one for listed in lexicon.patterns.values() for one in listed}
    rows = []
    for pattern, doc in zip(patterns.values(), parse_many(reader.language, patterns), strict=True):
        tree = tree_of(doc)
        candidates = candidates_of(tree, lexicon)
        at = {one.trigger.at for one in candidates if one.trigger.entry == pattern.entry}
        for candidate, beside in with_others(tree, candidates):
            if candidate.trigger.at in at:
                names = frozenset(features(tree, candidate, lexicon, beside))
                label = float(candidate.trigger.entry.act == pattern.entry.act)
                rows += [(-1, names, label)] * OFTEN
    return rows

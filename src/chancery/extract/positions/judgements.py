"""Positions that a clause takes by judging: "the situation is stable", "they did a lot to help".

An official who says how things stand commits the policy that rests on it. Such
clauses have no word that takes a position; what tells them from plain news is a
judging word where the clause says something of its subject: a predicate
adjective or noun, or a verb that weighs causes and effects. They stand back for
every other position of their statement's clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chancery.extract.positions.frames import WEAK
from chancery.extract.positions.lexicon import load_lexicon
from chancery.extract.positions.mentions import PositionMention
from chancery.extract.positions.spans import (
    clause,
    is_hypothetical,
    is_negated,
    is_relative,
    noun_span,
    subject,
    trim,
)
from chancery.extract.statements import StatementMention
from chancery.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_judgements"]

OPINIONS = frozenset(
    {"think", "believe", "see", "understand", "know", "feel", "consider", "note", "stress", "hope"}
)
NOBODY = frozenset({"i", "you", "he", "she", "who", "what", "which"})


def find_judgements(
    doc: Doc,
    said: Sequence[StatementMention],
    owners: Sequence[int],
    heads: tuple[Sequence[int], frozenset[int]],
) -> Iterator[PositionMention]:
    """Find the judging clauses of all statements.

    `owners` is the innermost statement of each token; `heads` the hash of each token's
    lemma, and those of the verbs that can judge.
    """
    lemmas, wanted = heads
    for at, one in enumerate(said):
        if one.negated:
            continue
        for start, end in one.content:
            for place in range(start, end):
                if lemmas[place] in wanted and owners[place] == at and _is_head(doc[place], start, end):
                    yield from _judged(doc[place], at, (start, end))


def _is_head(token: Token, start: int, end: int) -> bool:
    """Tell whether a verb heads a clause that its statement asserts."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    if token.head.i == token.i or not start <= token.head.i < end:
        return True
    if token.dep_ == "ccomp":
        return token.head.lemma_ in OPINIONS and token.head.pos_ == "VERB"
    return token.dep_ == "conj" and any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.lefts)


def _judged(verb: Token, at: int, bounds: tuple[int, int]) -> Iterator[PositionMention]:
    named = subject(verb)
    if named is None or named.lower_ in NOBODY or is_hypothetical(verb) or is_relative(verb):
        return
    act = _act(verb)
    if act is None:
        return
    issue = trim(verb.doc, clause(verb), bounds)
    if issue is not None:
        yield PositionMention(
            act,
            issue,
            at,
            "speaker",
            f"judgement {verb.lemma_}",
            WEAK,
            verb.i,
            party=noun_span(named),
            yields=True,
        )


def _act(verb: Token) -> PositionAct | None:
    within, lemma = load_lexicon().within, verb.lemma_
    if within(lemma, "copulas"):
        for child in verb.rights:
            if child.dep_ not in {"acomp", "attr", "oprd"}:
                continue
            words = [child.lemma_.lower(), *(word.lemma_.lower() for word in child.lefts)]
            if any(within(word, "vile") for word in words) and not is_negated(verb):
                return "accuse"
            if any(within(word, "good") for word in words) and not is_negated(verb):
                return "support"
            comparing = any(word.tag_ in {"JJR", "RBR"} for word in (child, *child.lefts))
            if comparing or any(within(word, "judging") for word in words):
                return "assess"
        return None
    if not is_negated(verb) and _is_praised(verb):
        return "support"
    if within(lemma, "moving"):
        return "assess"
    if within(lemma, "weighing") and any(child.dep_ in {"dobj", "prep", "advmod"} for child in verb.rights):
        return "assess"
    return None


def _is_praised(verb: Token) -> bool:
    """Tell whether a clause tells somebody's merit: "showed courage", "did a lot to"."""
    shown = [child for child in verb.rights if child.dep_ == "dobj"]
    within = load_lexicon().within
    if within(verb.lemma_, "showing"):
        return any(within(word.lemma_, "merit") for child in shown for word in (child, *child.rights))
    return verb.lemma_ == "do" and any(child.lower_ in {"lot", "much"} for child in shown)

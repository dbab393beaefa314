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
    is_passive,
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

OPINIONS = frozenset({"think", "believe", "see", "understand", "know", "feel", "consider", "note", "stress"})
SHORTEST = 3
COMPARING = frozenset({"JJR", "RBR", "JJS", "RBS"})
# How large or old a thing is, is a fact.
SIZES = frozenset({"largest", "biggest", "oldest", "longest", "highest", "youngest", "smallest", "least"})
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
    cues = {at for one in said if one.cue is not None for at in range(*one.cue)}
    yield from (one for one in _narrated(doc, owners, heads) if one.trigger not in cues)
    for at, one in enumerate(said):
        if one.negated:
            continue
        for start, end in one.content:
            for place in range(start, end):
                if lemmas[place] in wanted and owners[place] == at and _is_head(doc[place], start, end):
                    yield from _judged(doc[place], at, (start, end))


def _narrated(
    doc: Doc, owners: Sequence[int], heads: tuple[Sequence[int], frozenset[int]]
) -> Iterator[PositionMention]:
    """Find the judging clauses outside all statements; only an institution's own text is bound by them."""
    lemmas, wanted = heads
    for place, lemma in enumerate(lemmas):
        if lemma in wanted and owners[place] < 0:
            verb = doc[place]
            own = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and _has_subject(verb))
            if own and verb.pos_ in {"VERB", "AUX"} and _is_present(verb):
                yield from _judged(verb, None, (0, len(doc)))


def _is_present(verb: Token) -> bool:
    # what a narrator tells in the past is told, not judged
    tensed = next((child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}), verb)
    return tensed.tag_ in {"VBZ", "VBP", "MD"} and (tensed.i == verb.i or tensed.lemma_ != "have")


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in verb.lefts)


def _is_head(token: Token, start: int, end: int) -> bool:
    """Tell whether a verb heads a clause that its statement asserts."""
    if token.pos_ not in {"VERB", "AUX"}:
        return False
    if token.head.i == token.i or not start <= token.head.i < end:
        return True
    if token.dep_ == "ccomp":
        return token.head.lemma_ in OPINIONS and token.head.pos_ == "VERB"
    return token.dep_ == "conj" and _has_subject(token)


def _judged(verb: Token, at: int | None, bounds: tuple[int, int]) -> Iterator[PositionMention]:
    named = subject(verb)
    if named is None or named.lower_ in NOBODY or is_hypothetical(verb) or is_relative(verb):
        return
    act = _act(verb)
    if act is None:
        return
    issue = trim(verb.doc, clause(verb), bounds)
    if issue is not None and (act == "assess" or issue[1] - issue[0] > SHORTEST):  # "that is right"
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
        predicates = (child for child in verb.rights if child.dep_ in {"acomp", "attr", "oprd"})
        acts = (_predicated_act(child, negated=is_negated(verb)) for child in predicates)
        return next((act for act in acts if act is not None), None)
    if not is_negated(verb) and _is_praised(verb):
        return "support"
    if within(lemma, "moving") or (lemma in {"have", "play"} and _is_weighty(verb)):
        return "assess"
    reaches = any(child.dep_ in {"dobj", "prep", "advmod"} for child in verb.rights)
    # "they affect development" goes on with what was judged before
    named = subject(verb)
    goes_on = named is not None and named.pos_ == "PRON" and named.dep_ == "nsubj" and named.lower_ != "we"
    weighs = reaches and within(lemma, "weighing") and not is_passive(verb) and not goes_on
    return "assess" if weighs else None


def _predicated_act(child: Token, *, negated: bool) -> PositionAct | None:
    within = load_lexicon().within
    words = [child.lemma_.lower(), *(word.lemma_.lower() for word in child.lefts)]
    if not negated and any(within(word, "vile") for word in words):
        return "accuse"
    if not negated and any(within(word, "good") for word in words):
        return "support"
    judged = any(within(word, "judging") for word in words)
    return "assess" if judged or any(_compares(word) for word in _predicated(child)) else None


def _predicated(child: Token) -> Iterator[Token]:
    """Return the words of a predicate that can compare: "worse", "the tensest border", "one of the worst"."""
    heads = [child, *(word for word in child.rights if word.dep_ == "conj")]
    if child.lower_ in {"one", "among"}:
        heads += [thing for prep in child.rights for thing in prep.rights if thing.dep_ == "pobj"]
    for head in heads:
        yield head
        for word in head.lefts:
            yield word
            yield from word.lefts


def _compares(word: Token) -> bool:
    if word.tag_ not in COMPARING or word.lower_ in SIZES:
        return False
    return word.i + 1 == len(word.doc) or word.nbor(1).lower_ != "of"  # "most of all", "most of them"


def _is_weighty(verb: Token) -> bool:
    """Tell whether a clause tells what something does to a situation: "has a negative impact"."""
    named = subject(verb)
    if named is None or named.lower_ in {"i", "we"}:
        return False
    held = (child.lemma_ for child in verb.rights if child.dep_ == "dobj")
    return any(load_lexicon().within(lemma, "weight") for lemma in held)


def _is_praised(verb: Token) -> bool:
    """Tell whether a clause tells somebody's merit: "showed courage", "did a lot to"."""
    shown = [child for child in verb.rights if child.dep_ == "dobj"]
    within = load_lexicon().within
    if within(verb.lemma_, "showing"):
        return any(within(word.lemma_, "merit") for child in shown for word in (child, *child.rights))
    return verb.lemma_ == "do" and any(child.lower_ in {"lot", "much"} for child in shown)

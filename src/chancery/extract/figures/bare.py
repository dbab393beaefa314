"""Numbers that stand alone: "killed 12", "20 dead", "the number of munitions totals 6,602"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.extract.figures.mention import (
    FigureMention,
    Kind,
    change_of,
    is_one,
    is_small,
    unit_of,
    verb_above,
)
from chancery.extract.figures.phrases import head_of, noun_phrase_after
from chancery.extract.figures.words import LONGEST_NAME, context, kinds_of_nouns, word_before
from chancery.extract.grammar import Match
from chancery.extract.numbers import bounds
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["read_bare"]


def read_bare(doc: Doc, match: Match) -> FigureMention | None:
    """Read a number without a noun: "killed 12", "20 dead", "the number of munitions totals 6,602"."""
    first, last = match.tokens
    low, high = bounds(match.words)
    token = doc[last - 1]
    change = change_of(doc, match)
    hurt = (last < len(doc) and doc[last].lower_ in context().harmed) or token.head.lemma_ in context().harm
    if hurt and not is_one(match):
        return FigureMention((first, last), low, high, "person", None, "casualties", change, match.rule)
    if is_small(match) or not _stands_alone(doc, match):
        return None
    if named := _named_before(doc, match):
        return FigureMention((first, last), low, high, "person", None, named, change, match.rule)
    noun, what = _total_of(doc, token)
    kind = kinds_of_nouns().get(noun.lemma_, "other") if noun is not None else "other"
    sort: Kind = "other" if kind in {"person", "skip", "abstract"} else kind  # type: ignore[assignment]
    unit = "number" if noun is None else unit_of(noun)
    return FigureMention((first, last), low, high, unit, what, sort, change, match.rule)


def _named_before(doc: Doc, match: Match) -> Kind | None:
    """Read "the death toll rose to 152" and "a population of 600,000" as people."""
    first, _ = match.tokens
    start = max(doc[first].sent.start, first - LONGEST_NAME)
    words = {token.lower_ for token in doc[start:first]}
    if not words.isdisjoint(context().toll):
        return "casualties"
    return None if words.isdisjoint(context().inhabited) else "other"


# Where a number can stand as the thing itself.
ARGUMENTS = frozenset({"pobj", "dobj", "nsubj", "attr", "appos", "nummod", "npadvmod", "conj"})


def _stands_alone(doc: Doc, match: Match) -> bool:
    """Whether a number without a noun still measures: "cuts of 10,000", "rose to 922", "the 36 must go"."""
    first, last = match.tokens
    token, names = doc[last - 1], [name for name, _ in match.words]
    if "MULT" in names:
        return True
    if "NUM" not in names or (last < len(doc) and doc[last].pos_ == "SCONJ"):
        return False
    if "," in token.text and token.dep_ in ARGUMENTS:
        return True
    verb = verb_above(token)
    if token.dep_ == "dobj":
        return token.head.lemma_ in context().takers | context().totals
    if _named_before(doc, match):
        return True
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return word_before(doc, first) == "the"
    return word_before(doc, first) in {"to", "at", "from", "by"} and (
        (verb is not None and verb.lemma_ in context().totals) or _total_of(doc, token)[0] is not None
    )


def _total_of(doc: Doc, number: Token) -> tuple[Token | None, Tokens | None]:
    """Find what a total is the total of, before the number: "the number of munitions now totals"."""
    sentence = number.sent
    for at in range(number.i - 1, sentence.start, -1):
        if doc[at].lower_ == "of" and doc[at - 1].lower_ in {"number", "total", "toll", "count"}:
            what = noun_phrase_after(doc, at, skip_article=True)
            return (head_of(doc, what), what) if what else (None, None)
    return None, None

"""What a figure is: the mention, its unit, and how the clause says it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chancery.extract.figures.words import LONGEST_NAME, context
from chancery.extract.grammar import Match
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "FEW",
    "Change",
    "FigureMention",
    "Kind",
    "change_of",
    "is_one",
    "is_small",
    "unit_of",
    "verb_above",
]

# Numbers up to this one, written as words, are told rather than measured.
FEW = 10

type Kind = Literal["troops", "casualties", "money", "equipment", "share", "distance", "other"]


type Change = Literal["increase", "decrease"] | None


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure as its words stand in the report.

    Attributes:
        tokens: the words, with bounds and the thing counted.
        low: the lower bound, None where the words leave it open.
        high: the upper bound, None where the words leave it open.
        unit: lemma of the counted noun, or the unit (ISO 4217 code, "percent", "km").
        what: the words that say what is measured.
        kind: what sort of thing is measured.
        change: whether the clause says that it grew or shrank.
        rule: the rule of the grammar that describes it.
    """

    tokens: Tokens
    low: float | None
    high: float | None
    unit: str
    what: Tokens | None
    kind: Kind
    change: Change
    rule: str


def is_one(match: Match) -> bool:
    """Whether a match is just "one" or "1"."""
    return [value for name, value in match.words] == [1]


# Plurals that the lemmatizer of the language model gets wrong, or leaves.
IRREGULAR = {"people": "person", "doses": "dose", "bases": "base"}


def unit_of(noun: Token) -> str:
    """Return the counted noun as the unit: its lemma, in small letters unless it is a name."""
    if noun.lower_ in IRREGULAR:
        return IRREGULAR[noun.lower_]
    lemma = noun.lemma_ if noun.pos_ == "PROPN" else noun.lemma_.lower()
    plural = noun.tag_ == "NNPS" and lemma.endswith("s")
    return lemma[:-1] if plural else lemma


def is_small(match: Match) -> bool:
    """Whether all numbers of a match are ten or less."""
    values = [value for name, value in match.words if name in {"NUM", "W"}]
    return bool(values) and all(float(value) <= FEW for value in values)


def verb_above(token: Token) -> Token | None:
    """Return the verb above a number, through at most a preposition or two."""
    head = token.head
    for _ in range(3):
        if head.pos_ in {"VERB", "AUX"}:
            return head
        if head.head == head:
            return None
        head = head.head
    return None


def change_of(doc: Doc, match: Match) -> Change:
    """Read from the verb above whether the figure grew or shrank."""
    first, last = match.tokens
    verb = verb_above(doc[last - 1])
    if verb is None or abs(verb.i - first) > LONGEST_NAME:
        return None
    if first < verb.i and not any(child.dep_ == "auxpass" for child in verb.lefts):
        return None  # fifteen shells fell; but thirty posts were cut
    if verb.lemma_ in context().growth:
        return "increase"
    return "decrease" if verb.lemma_ in context().shrinkage else None

"""Sentences as weighted terms: how much of what one says stands in another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["capitalized", "contained", "cosine", "names_of", "numbers_of", "stems", "terms", "weight"]

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ENDINGS = ("ingly", "edly", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s")
SHORTEST_STEM = 4
# Sentences of 100,000 for a word that the table lacks: it is rarer than the rarest there.
RARE = 1.0


def stems(text: str) -> Iterator[str]:
    """Yield the words of a text, case-folded, their commonest endings cut off.

    Coarser than a lemma and needing no language model: "attack", "attacks" and
    "attacked" are one, "talk" and "spoke" are not.
    """
    for match in _WORD.finditer(text):
        yield stem(match.group())


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut the commonest endings off a word."""
    folded = word.casefold()
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= SHORTEST_STEM:
            return folded.removesuffix(ending)
    return folded


@cache
def _counts() -> Mapping[str, float]:
    table = files("chancery.follow").joinpath("data/word_weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and line[0] != "#"]
    return {word: float(count) for word, count in rows[1:]}


@lru_cache(maxsize=1 << 16)
def weight(word: str) -> float:
    """Return how much a stem tells: the logarithm of how rare it is among sentences, 0 to 1."""
    return max(0.0, math.log(20_000 / _counts().get(word, RARE)) / math.log(20_000))


def terms(text: str) -> dict[str, float]:
    """Return the stems of a text with their weights; a word counts once, however often it stands there.

    The square takes the small words out: "the" weighs nothing, "dialogue" a fifth of "denuclearization".
    """
    return {word: value * value for word in sorted(set(stems(text))) if (value := weight(word)) > 0.1}


def contained(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the share of the weight of one set of terms that stands in the other."""
    whole = sum(one.values())
    return sum(value for word, value in one.items() if word in other) / whole if whole else 0.0


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two sets of weighted terms."""
    if len(one) > len(other):
        one, other = other, one
    dot = sum(value * other[word] for word, value in one.items() if word in other)
    return dot / (_length(one.values()) * _length(other.values())) if dot else 0.0


def _length(values: Iterable[float]) -> float:
    return math.sqrt(sum(value * value for value in values))


def names_of(text: str) -> frozenset[str]:
    """Return the capitalized words of a text that open no sentence, case-folded."""
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        before = text[: match.start()].rstrip("“\"' ([")
        if word[0].isupper() and len(word) > 1 and before and before[-1] not in ".!?:\n":
            found.add(word.casefold())
    return frozenset(found)


def capitalized(text: str) -> Iterator[str]:
    """Yield every capitalized or numeric word of a text, case-folded, as often as it stands there."""
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isupper() or word[0].isdigit():
            yield word.casefold()


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text that are written in figures."""
    return frozenset(word for match in _WORD.finditer(text) if (word := match.group())[0].isdigit())

"""Finds the figures of a report, in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from chancery.extract.figures.counts import read_count
from chancery.extract.figures.measures import read_measure
from chancery.extract.figures.mention import FigureMention
from chancery.extract.grammar import Grammar, Match, load_grammar
from chancery.extract.numbers import figures as digits
from chancery.extract.times import TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_figures"]


def find_figures(doc: Doc, times: Sequence[TimeMention]) -> tuple[FigureMention, ...]:
    """Find every figure of a report, in order; numbers inside time expressions are none."""
    taken = {at for mention in times for at in range(*mention.tokens)}
    found: list[FigureMention] = []

    def keep(match: Match) -> bool:
        mention = _mention(doc, match, taken)
        if mention is not None:
            found.append(mention)
        return mention is not None

    for _ in _grammar().find(doc, keep):
        pass
    return tuple(found)


@cache
def _grammar() -> Grammar:
    return load_grammar("figures_words.csv", "figures_rules.toml", digits)


def _mention(doc: Doc, match: Match, taken: set[int]) -> FigureMention | None:
    first, last = match.tokens
    if any(at in taken for at in range(first, last)):
        return None
    match = _without_preposition(doc, match)
    if match.rule == "count":
        return read_count(doc, match)
    return read_measure(doc, match)


def _without_preposition(doc: Doc, match: Match) -> Match:
    """Leave out "over" and "under" where they are prepositions: "a dispute over two islands"."""
    first, last = match.tokens
    token = doc[first]
    if match.words[0][0] in {"LOW", "HIGH"} and token.dep_ == "prep" and token.head.pos_ in {"NOUN", "PROPN"}:
        return Match((first + 1, last), match.rule, match.words[1:])
    return match

"""The word lists that tell figures from other numbers, and say what they count."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["LONGEST_NAME", "Context", "context", "kinds_of_nouns", "word_before"]

# The thing counted has at most this many words: "22 new Boeing 787 Dreamliner aircraft".
LONGEST_NAME = 9


def word_before(doc: Doc, at: int) -> str:
    """Return the word before a token in small letters, or nothing at the start of the text."""
    return doc[at - 1].lower_ if at else ""


class Context(NamedTuple):
    """Word lists of `data/figures_context.toml`, which says what each is for."""

    labelled: frozenset[str]
    periods: frozenset[str]
    definite: frozenset[str]
    invariant: frozenset[str]
    standing: frozenset[str]
    harm: frozenset[str]
    harmed: frozenset[str]
    totals: frozenset[str]
    takers: frozenset[str]
    toll: frozenset[str]
    inhabited: frozenset[str]
    growth: frozenset[str]
    shrinkage: frozenset[str]


@cache
def context() -> Context:
    """Return the word lists, read once."""
    source = files("chancery.extract") / "data" / "figures_context.toml"
    book = tomllib.loads(source.read_text(encoding="utf-8"))
    return Context(**{name: frozenset(book[name].split()) for name in Context._fields})


@cache
def kinds_of_nouns() -> dict[str, str]:
    """Return the kind of what a noun counts, by lemma; a lemma in two rows has the kind of the first."""
    source = files("chancery.extract") / "data" / "figures_nouns.csv"
    lines = (line for line in source.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    kinds: dict[str, str] = {}
    for row in csv.DictReader(lines):
        for lemma in row["lemmas"].split():
            kinds.setdefault(lemma, row["kind"])
    return kinds

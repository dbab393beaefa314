"""The cue words, read from `extract/data/cues.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Lexicon", "load_lexicon"]

PREPOSITIONS = ("prepositions", "nouns")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The constructions each cue word takes part in.

    Attributes:
        words: construction -> lemmas.
        prepositions: verb -> prepositions that lead to content.
        nouns: noun -> prepositions that lead to content.
        verbs: every verb listed anywhere, so that other tokens are passed over at once.
        particles: verb -> the particle that makes it a cue before a noun phrase.
    """

    words: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    verbs: frozenset[str]
    particles: Mapping[str, frozenset[str]]

    def __getitem__(self, construction: str) -> frozenset[str]:
        return self.words[construction]


VERBAL = ("clause", "seeming", "parenthesis", "quote", "colon", "infinitive", "gerund", "request", "appeal",
          "reported", "predicate", "predicate_as", "object", "passive", "poll")  # fmt: skip


@cache
def load_lexicon(
    *, extra: bool = False, tail: bool = False, without: frozenset[str] = frozenset()
) -> Lexicon:
    """Read the cue words, with or without the classes that only attribution corpora count.

    Args:
        extra: keep those classes.
        tail: keep the long tail, of whose findings corpora count about every second.
        without: classes to leave out, such as "clause.thought".
    """
    text = files("chancery.extract").joinpath("data/cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    words: dict[str, frozenset[str]] = {}
    for name, table in tables.items():
        if name.partition("_")[0] in PREPOSITIONS or name == "particle":
            continue
        classes = {key: frozenset(value.split()) for key, value in table.items()}
        words |= {f"{name}.{key}": value for key, value in classes.items()}
        counted = [
            value
            for key, value in classes.items()
            if (extra or not key.startswith("extra"))
            and (tail or key != "tail")
            and f"{name}.{key}" not in without
        ]
        words[name] = frozenset().union(*counted)
    kept = ("_extra",) * extra + ("_tail",) * tail
    prepositions, nouns = (_with_prepositions(tables, name, kept) for name in PREPOSITIONS)
    verbs = frozenset().union(*(words[name] for name in VERBAL), prepositions)
    particles = {verb: frozenset(value.split()) for verb, value in tables["particle"].items()}
    return Lexicon(words, prepositions, nouns, verbs, particles)


def _with_prepositions(
    tables: Mapping[str, Mapping[str, str]], name: str, kept: Sequence[str]
) -> dict[str, frozenset[str]]:
    found = {word: frozenset(value.split()) for word, value in tables[name].items()}
    for suffix in kept:
        for word, value in tables[f"{name}{suffix}"].items():
            found[word] = found.get(word, frozenset()) | frozenset(value.split())
    return found

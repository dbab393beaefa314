"""The words by which place names are found and told apart."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["PlaceWords", "place_words"]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The word lists of `data/places.toml`, where each is explained."""

    locative: frozenset[str]
    holders: frozenset[str]
    kinds: dict[str, str]
    features: dict[str, frozenset[str]]
    facility: frozenset[str]
    directions: frozenset[str]
    never: frozenset[str]
    not_before: frozenset[str]
    motion: frozenset[str]
    linkers: frozenset[str]
    openers: dict[str, str]
    weak: frozenset[str]
    ends: frozenset[str]
    streets: frozenset[str]
    bodies: tuple[str, ...]


@cache
def place_words() -> PlaceWords:
    """Read the word lists, once per process."""
    table = tomllib.loads((files("chancery.extract") / "data" / "places.toml").read_text(encoding="utf-8"))
    kinds = {word: kind for kind, words in table["kinds"].items() for word in words}
    directions = frozenset(table["name"]["directions"])
    return PlaceWords(
        locative=frozenset(table["context"]["locative"]),
        holders=frozenset(table["context"]["holders"]) | frozenset(kinds),
        kinds=kinds,
        features={kind: frozenset(codes) for kind, codes in table["features"].items()},
        facility=frozenset(table["name"]["facility"]),
        directions=directions,
        never=frozenset(table["name"]["never"]) | directions,
        not_before=frozenset(table["context"]["not_before"]),
        motion=frozenset(table["context"]["motion"]),
        linkers=frozenset(table["context"]["linkers"]) | frozenset(kinds) | directions,
        openers=table["openers"],
        weak=frozenset(table["name"]["weak"]),
        streets=frozenset(table["name"]["streets"]),
        ends=frozenset(table["name"]["ends"]),
        bodies=tuple(table["context"]["bodies"]),
    )

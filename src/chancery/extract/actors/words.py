"""The word lists behind the finding of actors, read once."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["Noun", "Pronoun", "Words", "words"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that stands for an actor."""

    noun: str
    sort: str
    part: str
    likes: frozenset[str]
    plural: bool
    gender: str | None


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun, with what it agrees with."""

    person: str
    gender: str | None
    plural: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Every list: nouns by their words, pronouns, honorifics, and sets of small words."""

    nouns: dict[tuple[str, ...], Noun]
    noun_starts: frozenset[str]
    pronouns: dict[str, Pronoun]
    honorifics: dict[str, str | None]
    lists: dict[str, frozenset[str]]


def _plural(noun: str) -> str:
    first, _, last = noun.rpartition(" ")
    if last.endswith("man") and last != "german":
        last = last[:-3] + "men"
    elif last.endswith("child"):
        last += "ren"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    elif last.endswith(("s", "x", "ch", "sh")):
        last += "es"
    else:
        last += "s"
    return f"{first} {last}".strip()


def _data(name: str) -> str:
    return (resources.files("chancery.extract") / "data" / name).read_text(encoding="utf-8")


def _nouns() -> dict[tuple[str, ...], Noun]:
    lines = [line for line in _data("actor_nouns.csv").splitlines() if not line.startswith("#")]
    table: dict[tuple[str, ...], Noun] = {}
    for row in csv.DictReader(lines):
        noun, likes = row["noun"], frozenset(filter(None, row["likes"].split("|")))
        for form, plural in ((_plural(noun), True), (noun, noun in ALWAYS_PLURAL)):
            table[tuple(form.split())] = Noun(noun, row["class"], row["part"], likes, plural, _gender(noun))
    return table


# Nouns that are plural without an s, and the genders that a noun itself tells.
ALWAYS_PLURAL = frozenset(
    {
        "people",
        "police",
        "personnel",
        "media",
        "armed forces",
        "defence forces",
        "defense forces",
        "security forces",
        "special forces",
    }
)
FEMALE = frozenset(
    {
        "queen",
        "princess",
        "mother",
        "daughter",
        "sister",
        "wife",
        "widow",
        "girl",
        "woman",
        "actress",
        "mum",
        "mom",
        "aunt",
        "niece",
    }
    | {"grandmother", "girlfriend", "ex-wife", "lady"}
)
MALE = frozenset(
    {
        "king",
        "prince",
        "father",
        "son",
        "brother",
        "husband",
        "boy",
        "man",
        "pope",
        "emir",
        "sultan",
        "ayatollah",
    }
    | {"dad", "uncle", "nephew", "grandfather", "boyfriend", "ex-husband"}
)


def _gender(noun: str) -> str | None:
    if noun in FEMALE or noun.endswith("woman"):
        return "f"
    return "m" if noun in MALE or noun.endswith("man") else None


@cache
def words() -> Words:
    """Read the word lists that come with the package."""
    table = tomllib.loads(_data("actor_words.toml"))
    nouns = _nouns()
    pronouns = {
        word: Pronoun(entry["person"], entry.get("gender"), entry["plural"])
        for entry in table["pronoun"]
        for word in entry["words"]
    }
    honorifics: dict[str, str | None] = dict.fromkeys(table["honorifics"]["any"])
    honorifics |= dict.fromkeys(table["honorifics"]["male"], "m") | dict.fromkeys(
        table["honorifics"]["female"], "f"
    )
    return Words(
        nouns=nouns,
        noun_starts=frozenset(form[0] for form in nouns),
        pronouns=pronouns,
        honorifics=honorifics,
        lists={name: frozenset(entries) for name, entries in table["lists"].items()},
    )

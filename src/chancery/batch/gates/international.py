"""Whether a report is about international affairs: parties named and words used, counted by a rule.

No parser and no learned weight: whoever wonders why a report was left out finds
the words in the reason, and the rule in `chancery/batch/data/international.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from chancery.knowledge.names import NameIndex, split_name, words_of_text
from chancery.knowledge.tables import cell_list, package_rows

__all__ = ["Group", "Rule", "Weighed", "load_rule"]

# Whose acts are international by what they are; ministries and companies act abroad only with another state.
PARTIES = frozenset({"international_organization", "alliance", "court", "armed_group"})

# A longer name that holds the name of a state and is none, such as New Mexico.
HOLDER = "holder"

# Signs in a word, on average and with room to spare: what is cut into words is not longer than need be.
SIGNS_IN_WORD = 8

# Twice what is looked at of the beginning: then a text has a middle of its own.
LONG = 2

MOST_SEEN = 50_000


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one subject, what each is worth, and how many count at most.

    Attributes:
        name: the subject, as reasons tell it.
        points: of one word; below zero where the word speaks against international affairs.
        most: so many different words count.
    """

    name: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found in a report.

    Attributes:
        points: of all that was found.
        parties: ids of the states, organizations and armed groups that are named, in the order of the text.
        words: the different words of each group, in the order of the text.
    """

    points: int
    parties: Sequence[str]
    words: Mapping[Group, Sequence[str]]

    @property
    def reason(self) -> str:
        """The points and what they are for, in words: "-3 points: 1 party (USA); sport (coach, match)"."""
        count = len(self.parties)
        parties = f"{count or 'no'} {'parties' if count > 1 else 'party'}"
        named = f" ({', '.join(self.parties[:4])})" if count else ""
        found = [f"{group.name} ({', '.join(words[:4])})" for group, words in self.words.items() if words]
        points = f"{self.points} {'point' if self.points == 1 else 'points'}"
        return f"{points}: {'; '.join([parties + named, *found])}"


@dataclass(frozen=True)
class Rule:
    """The rule as its data file has it, made ready for looking words up.

    Attributes:
        least: points that a report on international affairs has.
        words: so many are looked at, the title's among them.
        party: points of every party but the first state.
        most_parties: so many count.
        groups: the subjects.
    """

    least: int
    words: int
    party: int
    most_parties: int
    groups: Sequence[Group]
    _phrases: Mapping[str, Sequence[tuple[tuple[str, ...], int]]]
    _names: NameIndex
    _seen: dict[str, Sequence[tuple[tuple[str, ...], int]]] = field(default_factory=dict)

    def weigh(self, title: str | None, text: str, publisher: str | None = None) -> Weighed:
        """Count the points of a report by its publisher, its title, its beginning and its middle."""
        size = self.words * SIGNS_IN_WORD
        words = words_of_text(f"{title or ''}\n{text[:size]}")[: self.words]
        if len(text) > LONG * size:
            middle = len(text) // 2
            words += words_of_text(text[middle : middle + size])[: self.words // 2]
        named = dict(self._parties(words_of_text(publisher or "") + words))
        found: list[dict[str, None]] = [{} for _ in self.groups]
        for phrase, group in self._fitting([word.lower() for word in words]):
            found[group].setdefault(phrase)
        one_state = any(what == "state" for what in named.values())
        points = self.party * min(len(named) - one_state, self.most_parties)
        points += sum(
            group.points * min(len(fits), group.most) for group, fits in zip(self.groups, found, strict=True)
        )
        return Weighed(
            points, tuple(named), {group: tuple(fits) for group, fits in zip(self.groups, found, strict=True)}
        )

    def _parties(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield the id of each party that is named, and what it is."""
        at = 0
        while at < len(words):
            found = self._names.longest(words, at)
            if found is None:
                at += 1
            else:
                at, names = found
                what, party = names[0]
                if what != HOLDER:
                    yield party, what

    def _fitting(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Yield the phrases of the groups that stand in a text, as the data file writes them."""
        at = 0
        while at < len(words):
            fit = next(
                (one for one in self._beginning(words[at]) if _fits(one[0], words[at : at + len(one[0])])),
                None,
            )
            if fit is not None:
                yield " ".join(fit[0]), fit[1]
            at += len(fit[0]) if fit else 1

    def _beginning(self, word: str) -> Sequence[tuple[tuple[str, ...], int]]:
        """Find the phrases that may begin with a word, the longest first; remembered, as words come again."""
        found = self._seen.get(word)
        if found is None:
            stems = (word, *(f"{word[:end]}*" for end in range(len(word), 1, -1)))
            phrases = [phrase for stem in stems for phrase in self._phrases.get(stem, ())]
            if len(self._seen) >= MOST_SEEN:  # names and numbers come once, and would fill the memory
                self._seen.clear()
            found = self._seen[word] = tuple(sorted(phrases, key=lambda one: -len(one[0])))
        return found


def _fits(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(phrase, words, strict=True)
    )


@cache
def load_rule() -> Rule:
    """Read the rule and the names of parties that come with the package."""
    text = (resources.files("chancery.batch") / "data" / "international.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, group in enumerate(table["group"]):
        for phrase in group["fits"].replace("\n", " ").split(","):
            parts = _parts(phrase.strip())
            if parts:
                phrases.setdefault(parts[0], []).append((parts, number))
    return Rule(
        least=table["pass"],
        words=table["words"],
        party=table["party"],
        most_parties=table["most_parties"],
        groups=tuple(Group(one["name"], one["points"], one["most"]) for one in table["group"]),
        _phrases=phrases,
        _names=_names(frozenset(table["not_names"]), table["holders"]),
    )


def _parts(phrase: str) -> tuple[str, ...]:
    """Cut a phrase of the data file as texts are cut; a "*" stays with the word before it."""
    return tuple(
        part
        for word in phrase.split()
        for part in (
            (*split_name(word[:-1])[:-1], f"{word[:-1]}*") if word.endswith("*") else split_name(word)
        )
    )


def _names(left_out: frozenset[str], holders: Sequence[str]) -> NameIndex:
    index = NameIndex()
    _enter(index, HOLDER, "", holders)
    states = {row["id"]: row for row in package_rows("states") if row["status"] != "historical"}
    for state, row in states.items():
        for column in ("name", "aliases", "adjectives", "nouns", "capital", "capital_aliases"):
            _enter(index, "state", state, set(cell_list(row, column)) - left_out)
    for row in package_rows("organizations"):
        if row["kind"] in PARTIES and ":" not in row["id"].removeprefix("ORG:"):  # no state's own court
            names = {row["name"], *cell_list(row, "aliases")} - left_out
            _enter(index, "organization", row["id"].removeprefix("ORG:"), names)
    for row in package_rows("metonyms"):
        actor = row["actor"].removeprefix("ORG:")
        names = {row["metonym"], *cell_list(row, "aliases")} - left_out
        _enter(index, "state" if actor in states else "organization", actor, names)
    return index


def _enter(index: NameIndex, what: str, actor: str, names: Iterable[str]) -> None:
    """Enter names that nobody has yet: what is a state's is not also a member's."""
    for name in sorted(names):
        bare = name.partition(" (")[0].removeprefix("The ").removeprefix("the ")
        if not index.exactly(split_name(bare)):
            index.add(bare, what, actor)

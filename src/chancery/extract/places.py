"""Places: the names that stand for a location or a territory.

The parse's own name recognizer finds most of them. The gazetteer mends what
it gets wrong: small towns that it calls people or bodies, names that it
misses, and names of people and bodies that it calls places.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens
from chancery.knowledge.gazetteer import Gazetteer, GazetteerRow

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["PlaceMention", "PlaceWords", "find_places", "place_words"]

PLACE = frozenset({"GPE", "LOC"})
# Entities that the recognizer confuses with places, by our count on dev: a
# town is called a person or a body some thirty times as often as a work of art.
MISTAKEN = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "FAC"})

# Features that a name stands for wherever it is met, whatever the recognizer thinks.
WELL_KNOWN = frozenset({"PCLI", "PPLC", "CONT"})
# A town of this size is in the news by its bare name.
BIG = 300_000


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name as its words stand in the report.

    Attributes:
        tokens: the name, without article and without a direction in small letters.
        text: its characters.
        kind: what a common noun beside it says it is (P town, A division, H water, T height
            or island, S site), or None.
        inside: index, in the same tuple, of the mention that a comma puts around it
            ("Paris, Texas"), or None.
        found: "recognizer" or "gazetteer", whichever saw it.
    """

    tokens: Tokens
    text: str
    kind: str | None = None
    inside: int | None = None
    found: str = "recognizer"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The word lists of `data/places.toml`."""

    locative: frozenset[str]
    kinds: dict[str, str]
    features: dict[str, frozenset[str]]
    facility: frozenset[str]
    directions: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """Read the word lists, once per process."""
    table = tomllib.loads((files("chancery.extract") / "data" / "places.toml").read_text(encoding="utf-8"))
    return PlaceWords(
        locative=frozenset(table["locative"]),
        kinds={word: kind for kind, words in table["kinds"].items() for word in words},
        features={kind: frozenset(codes) for kind, codes in table["features"].items()},
        facility=frozenset(table["entity"]["facility"]),
        directions=frozenset(table["entity"]["directions"]),
    )


def find_places(doc: Doc, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Find every place name of a report, in order."""
    finder = _Finder(doc, gazetteer)
    spans = finder.recognized()
    spans |= finder.missed(spans)
    ordered = sorted(spans)
    inside = _containers(doc, ordered)
    return tuple(
        PlaceMention((first, last), finder.text(first, last), finder.kind(first, last), inside.get(at), found)
        for at, ((first, last), found) in enumerate((span, spans[span]) for span in ordered)
    )


def _containers(doc: Doc, spans: list[Tokens]) -> dict[int, int]:
    """Find the mentions that a comma puts inside the next: "Mosul, Iraq"."""
    words = doc
    return {
        at: at + 1
        for at, ((_, last), (first, _)) in enumerate(pairwise(spans))
        if first == last + 1 and words[last].orth_ == ","
    }


class _Finder:
    """One report's search; holds what every question about it needs."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.words = place_words()
        self.ents = doc.ents
        self.people = {
            part for ent in self.ents if ent.label_ == "PERSON" and len(ent) > 1 for part in ent.text.split()
        }

    def text(self, first: int, last: int) -> str:
        return self.doc[first:last].text

    def recognized(self) -> dict[Tokens, str]:
        """Return what the name recognizer calls places, and what it should have."""
        found: dict[Tokens, str] = {}
        for ent in self.ents:
            label = ent.label_
            if label in PLACE:
                trimmed = self._trimmed(ent.start, ent.end)
                if trimmed and self._is_place(trimmed):
                    found[trimmed] = "recognizer"
            elif label in MISTAKEN:
                trimmed = self._trimmed(ent.start, ent.end)
                if trimmed and self._mistaken(trimmed, ent):
                    found[trimmed] = "gazetteer"
        return found

    def _trimmed(self, first: int, last: int) -> Tokens | None:
        doc, outside = self.doc, self.words.directions
        while first < last and (doc[first].lower_ in {"the", "a", "an"} or (doc[first].orth_ in outside)):
            first += 1
        while first < last and (doc[last - 1].orth_ in {"'s", "’s", "'", "’", ",", ".", '"', "”"}):
            last -= 1
        return (first, last) if first < last else None

    def _is_place(self, tokens: Tokens) -> bool:
        name = self.text(*tokens)
        if not any(char.isupper() for char in name):
            return False
        return self.gazetteer.demonym(name) is None or bool(self._main(name))

    def _main(self, name: str) -> GazetteerRow | None:
        """Return the likeliest row that bears exactly this as its main name."""
        return next((row for row in self.gazetteer.lookup(name) if row.main), None)

    def _mistaken(self, tokens: Tokens, ent: Span) -> bool:
        name = self.text(*tokens)
        if ent.label_ == "FAC":
            return name.rsplit(" ", 1)[-1] in self.words.facility or self._main(name) is not None
        if self.gazetteer.demonym(name):
            return False
        row = self._main(name)
        if row is None:
            return False
        if ent.label_ == "PERSON" and (len(ent) > 1 or name in self.people):
            return False
        return _well_known(row) or self._located(tokens[0])

    def _located(self, first: int) -> bool:
        return first > 0 and self.doc[first - 1].lower_ in self.words.locative

    def kind(self, first: int, last: int) -> str | None:
        """Return what a common noun beside the name says it is: "Donetsk region", "the city of Homs"."""
        doc, kinds = self.doc, self.words.kinds
        inner = kinds.get(doc[last - 1].lower_) if last - first > 1 else None
        if inner:
            return inner
        if last < len(doc) and (kind := kinds.get(doc[last].lower_)):
            return kind
        if first > 1 and doc[first - 1].lower_ == "of":
            return kinds.get(doc[first - 2].lower_)
        return kinds.get(doc[first - 1].lower_) if first else None

    def missed(self, found: dict[Tokens, str]) -> dict[Tokens, str]:
        """Return known names in runs of capitalized words that no entity covers."""
        taken = {at for first, last in found for at in range(first, last)}
        taken |= {at for ent in self.ents for at in range(ent.start, ent.end)}
        return {
            tokens: "gazetteer"
            for run in self._runs(taken)
            if (tokens := self._trimmed(*run)) and self._known(tokens)
        }

    def _runs(self, taken: set[int]) -> Iterator[Tokens]:
        proper = self.doc.vocab.strings["PROPN"]
        first = last = -1
        for at in (self.doc.to_array(["POS"]).ravel() == proper).nonzero()[0].tolist():
            if at in taken:
                continue
            if at == last:
                last += 1
                continue
            if first >= 0:
                yield first, last
            first, last = at, at + 1
        if first >= 0:
            yield first, last

    def _known(self, tokens: Tokens) -> bool:
        name = self.text(*tokens)
        if not name[0].isupper() or self.gazetteer.demonym(name) or name in self.people:
            return False
        row = self._main(name)
        return row is not None and (_well_known(row) or self._located(tokens[0]))


def _well_known(row: GazetteerRow) -> bool:
    return row.feature in WELL_KNOWN or row.origin == "chancery" or row.population > BIG

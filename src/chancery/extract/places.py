"""Places: the names that stand for a location or a territory.

The parse's own name recognizer finds most of them. The gazetteer mends what
it gets wrong: small towns that it calls people or bodies, names that it
misses or cuts in two, and people and bodies that it calls places. What
neither knows is a place when the words around it say so ("in the village of
Kampungu"), and is dropped when nothing does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chancery.extract.place_words import place_words
from chancery.extract.syntax import Tokens
from chancery.extract.tree import tree_of
from chancery.knowledge.gazetteer import Gazetteer, GazetteerRow

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["PlaceMention", "find_places"]

PLACE = frozenset({"GPE", "LOC"})
# Entities that the recognizer confuses with places, by our count on dev.
MISTAKEN = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "FAC"})
NO_NAME = frozenset(
    {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE", "LAW"}
)

# What a name stands for wherever it is met, whatever the recognizer calls it.
WELL_KNOWN = frozenset({"PCLI", "PPLC", "CONT"})
# One sure mention of a town or division of this size speaks for all of them.
BIG = 300_000
# Short names in capitals are people's initials and bodies more often than towns.
SHORT = 4
INITIALS = 2
SHORT_DATELINE = 3
KNOWN_SHORT = WELL_KNOWN | {"ADM1", "PCLH"}
DATELINE_END = frozenset({"(", "-", "--", "—", "–", ",", ":", ")"})
# Words that names of the gazetteer have inside.
JOINTS = frozenset({"of", "and", ",", "&"})
BEFORE_PLACES = frozenset({"from", "of", "to", "and", ",", "the", "for", "(", "-"})
# The Arabic article, which the tokenizer cuts off: al - Hilla.
ARTICLES = frozenset({"al", "el", "ar", "as", "at", "ad", "an", "az", "ash", "ein", "ain", "deir", "tel"})
# A name may be a building's, and the building's the name of those who work there: the Pentagon said.
BUILDINGS = frozenset({"BLDG", "PAL", "EST", "ST"})
# No name of the gazetteer that reports write is longer than this.
LONGEST = 6
# Between the town and what holds it: "the Abu Shok refugee camp in north Darfur".
WIDEST_GAP = 5


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name as its words stand in the report.

    Attributes:
        tokens: the name, without article and without a direction in small letters.
        text: its characters.
        kind: what a common noun beside it says it is (P town, A division, H water, T height
            or island, S site), or None.
        inside: index, in the same tuple, of the mention that holds it, or None.
        comma: whether a comma puts it inside ("Paris, Texas") rather than "in" ("the camp in Texas").
        listed: whether it is one of three or more names between commas, which hold nothing.
        found: "recognizer" or "gazetteer", whichever saw it.
    """

    tokens: Tokens
    text: str
    kind: str | None = None
    inside: int | None = None
    comma: bool = False
    listed: bool = False
    found: str = "recognizer"


def find_places(doc: Doc, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Find every place name of a report, in order."""
    finder = _Finder(doc, gazetteer)
    accepted = finder.accepted()
    holders = _holders(finder.words, accepted)
    listed = _listed(finder.words, accepted)
    return tuple(
        PlaceMention(
            tokens=(one.first, one.last),
            text=one.name,
            kind=one.kind,
            inside=at + 1 if at in holders else None,
            comma=holders.get(at, False),
            listed=at in listed,
            found="recognizer" if one.label in PLACE else "gazetteer",
        )
        for at, one in enumerate(accepted)
    )


@dataclass(slots=True)
class _Candidate:
    """A run of tokens that may be a place name."""

    first: int
    last: int
    label: str
    name: str
    row: GazetteerRow | None
    kind: str | None = None
    located: bool = False


def _holders(words: list[str], spans: list[_Candidate]) -> dict[int, bool]:
    """Find the mentions that the next mention holds, and whether a comma says so."""
    linkers = place_words().linkers
    found = {}
    for at, (one, two) in enumerate(pairwise(spans)):
        gap = words[one.last : two.first]
        if gap == [","]:
            found[at] = True
        elif 0 < len(gap) <= WIDEST_GAP and "in" in gap and linkers.issuperset(word.lower() for word in gap):
            found[at] = False
    return found


def _listed(words: list[str], spans: list[_Candidate]) -> set[int]:
    """Find the mentions that are members of a list of three or more."""
    joined = [
        words[one.last : two.first] in ([","], ["and"], [",", "and"], ["or"]) for one, two in pairwise(spans)
    ]
    return {
        member
        for at, (one, two) in enumerate(pairwise(joined))
        if one and two
        for member in (at, at + 1, at + 2)
    }


class _Finder:
    """One report's search; holds what every question about it needs."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.lists = place_words()
        tree = tree_of(doc)
        self.words, self.ents = tree.printed, tree.entities
        self.people = {
            word
            for first, last, label in self.ents
            if label == "PERSON" and last - first > 1
            for word in self.words[first:last]
        }

    def accepted(self) -> list[_Candidate]:
        """Return the candidates that are places, in order."""
        candidates = self._candidates()
        spoken_for = self._spoken_for(candidates)
        yes = [self._stands_alone(one) or one.name in spoken_for for one in candidates]
        # a known name in a row of places is one: "Rogaland, Vestfold and Telemark", from either end
        for order in (range(1, len(yes)), range(len(yes) - 2, -1, -1)):
            step = order.step
            for at in order:
                if (
                    not yes[at]
                    and yes[at - step]
                    and candidates[at].row
                    and self._coordinated(candidates, at, step)
                ):
                    yes[at] = True
        return [one for one, good in zip(candidates, yes, strict=True) if good and self._unblocked(one)]

    def _spoken_for(self, candidates: list[_Candidate]) -> set[str]:
        """Return the names that the report, taken as a whole, uses as places.

        The recognizer wavers over one name, so that its mentions vote; a
        building's name never votes, since each mention may mean those inside.
        """
        alone = {one.name for one in candidates if self._stands_alone(one) and not _is_building(one)}
        total = Counter(one.name for one in candidates)
        places = Counter(
            one.name for one in candidates if one.name in alone and (one.located or self._stands_alone(one))
        )
        big = {one.name for one in candidates if one.row and one.row.population > BIG}
        return {name for name, votes in places.items() if 2 * votes >= total[name] or name in big}

    def _coordinated(self, candidates: list[_Candidate], at: int, step: int) -> bool:
        one, two = sorted((candidates[at], candidates[at - step]), key=lambda each: each.first)
        gap = self.words[one.last : two.first]
        joined = gap in ([","], ["and"], [",", "and"], ["or"])
        reached = gap == ["to"] and one.first > 0 and self.words[one.first - 1].lower() == "from"
        return (joined or reached) and candidates[at].name not in self.people

    def _unblocked(self, one: _Candidate) -> bool:
        """Refuse a name that only begins or ends another: West Nile virus, the University of Oxford."""
        words = self.words
        after = words[one.last : one.last + 2]
        if after and after[0].lower() in self.lists.not_before:
            return False
        if len(after) > 1 and after[0] in {"'s", "’s"} and after[1][0].isupper() and not _sure(one):
            return False
        first = one.first
        while first > 0 and (
            words[first - 1][0].isupper() or words[first - 1] in {"of", "and", "the", "for"}
        ):
            first -= 1
        if one.first - first < 2:
            return True
        before = " ".join(words[first : one.first])
        return not any(body in before for body in self.lists.bodies)

    def _stands_alone(self, one: _Candidate) -> bool:
        """Tell whether a candidate is a place by its own label, row and context."""
        row, known = one.row, one.row is not None and _well_known(one.row)
        person = one.name in self.people
        if _is_building(one):
            return one.located
        if one.label in PLACE:
            return known or one.located or (row is not None and not person)
        if one.label == "FAC" and (known or self.words[one.last - 1] in self.lists.facility):
            return True
        if row is None:
            return one.located and one.kind is not None and not person
        return (known and not person) or one.located

    # -- candidates ------------------------------------------------------------

    def _candidates(self) -> list[_Candidate]:
        found: list[_Candidate] = []
        end = 0
        for first, last, label in sorted([*self._entities(), *self._runs()]):
            if first < end:
                continue
            for piece in self._pieces(first, last):
                candidate = self._candidate(*piece, label)
                if candidate:
                    found.append(candidate)
                    end = max(end, candidate.last)
        return found

    def _entities(self) -> Iterator[tuple[int, int, str]]:
        for first, last, label in self.ents:
            if label in PLACE or (
                label in MISTAKEN and last - first < LONGEST and self._doubtful(first, last, label)
            ):
                yield first, last, label

    def _doubtful(self, first: int, last: int, label: str) -> bool:
        """Tell whether a mistaken entity is worth a look: "John Smith said" is not, "in Beni Suef" is."""
        if label != "PERSON" or last - first == 1 or first == 0:
            return True
        before = self.words[first - 1].lower()
        return before in self.lists.locative or before in BEFORE_PLACES

    def _runs(self) -> Iterator[tuple[int, int, str]]:
        """Return runs of proper nouns that no entity covers."""
        covered = [False] * len(self.words)
        for first, last, _ in self.ents:
            covered[first:last] = [True] * (last - first)
        proper = self.doc.vocab.strings["PROPN"]
        first = last = -1
        for at in (self.doc.to_array(["POS"]).ravel() == proper).nonzero()[0].tolist():
            if covered[at]:
                continue
            if at == last:
                last += 1
                continue
            if first >= 0 and last - first < LONGEST:
                yield first, last, ""
            first, last = at, at + 1
        if first >= 0 and last - first < LONGEST:
            yield first, last, ""

    def _pieces(self, first: int, last: int) -> Iterator[Tokens]:
        """Cut an entity at what can stand inside no name but the gazetteer's own."""
        cuts = [at for at in range(first, last) if self.words[at] in {"and", "&", "/", "-", "–", "(", ","}]
        if not cuts or self._main(self._text(first, last)):
            yield first, last
            return
        for start, stop in pairwise([first - 1, *cuts, last]):
            if start + 1 < stop:
                yield start + 1, stop

    def _text(self, first: int, last: int) -> str:
        if last - first == 1:
            return self.words[first]
        text: str = self.doc[first:last].text
        return text

    def _candidate(self, first: int, last: int, label: str) -> _Candidate | None:
        trimmed = self._trimmed(first, last)
        if trimmed is None:
            return None
        first, last, row = self._grown(*trimmed)
        name = self._text(first, last)
        if not self._nameable(name, row, first) or (row is None and label not in PLACE and last - first > 3):
            return None
        kind = self._kind(first, last)
        return _Candidate(first, last, label, name, row, kind, self._located(first, last, label, kind, row))

    def _trimmed(self, first: int, last: int) -> Tokens | None:
        words = self.words
        while first < last and (
            words[first].islower() or words[first] == "The" or not words[first][0].isalnum()
        ):
            first += 1
        while first < last and (words[last - 1][0] in "'’,.\"”)-" or words[last - 1].isdigit()):
            last -= 1
        if last - first > 2 and words[first] == "City" and words[first + 1] == "of":
            first += 2
        if last - first > 1 and words[first] == "Q":  # opens every question of a transcript
            first += 1
        return (first, last) if first < last else None

    def _grown(self, first: int, last: int) -> tuple[int, int, GazetteerRow | None]:
        """Lengthen a name to the longest that the gazetteer knows: Burkina + Faso, Guinea + -Bissau."""
        words, row = self.words, self._main(self._text(first, last))
        if first > 1 and words[first - 1] == "-":
            longer = self._main(self._text(first - 2, last))
            if longer or words[first - 2].lower() in ARTICLES:
                first, row = first - 2, longer or row
        best, stop = last, min(len(words), first + LONGEST)
        if last < stop and (words[last][0].isupper() or words[last] in JOINTS or words[last][0] in "-–"):
            for end in range(last + 1, stop + 1):
                if words[end - 1][0].isalnum() and not words[end - 1].islower():
                    longer = self._main(self._text(first, end))
                    best, row = (end, longer) if longer else (best, row)
        return first, best, row

    def _main(self, name: str) -> GazetteerRow | None:
        """Return the likeliest row of a name, other spellings included where it is in the news."""
        rows = self.gazetteer.lookup(name)
        if not rows:
            return None
        main = next((row for row in rows if row.main), None)
        return main or (rows[0] if rows[0].population > 50_000 else None)

    def _nameable(self, name: str, row: GazetteerRow | None, first: int) -> bool:
        if not (name[0].isupper() or "-" in name[1:4]) or name.lower() in self.lists.never:
            return False
        if row is None and (name.isupper() or name[-1].isdigit()):
            return False
        if name.isupper() and len(name.replace(".", "")) <= SHORT:
            if row is None or not (row.feature in KNOWN_SHORT or row.origin == "chancery"):
                return False
            # CA, GA and P.A. are states only behind a town
            initials = row.feature == "ADM1" and len(name.replace(".", "")) == INITIALS
            return not initials or (first > 0 and self.words[first - 1] == ",")
        if self.gazetteer.demonym(name):
            return row is not None and _well_known(row)
        return row is not None or name.rsplit(" ", 1)[-1].lower() not in self.lists.ends

    def _kind(self, first: int, last: int) -> str | None:
        """Return what a common noun says the name is: "Donetsk region", "the city of Homs", "Lake Chad"."""
        words, kinds = self.words, self.lists.kinds
        if last - first > 1:
            inner = kinds.get(words[last - 1].lower()) or self.lists.openers.get(words[first])
            if inner:
                return inner
        if last < len(words) and (after := kinds.get(words[last])):
            return after
        if first > 1 and words[first - 1] == "of":
            return kinds.get(words[first - 2])
        return "P" if self._dateline(first, last) else None

    def _dateline(self, first: int, last: int) -> bool:
        """Tell whether a line begins with this name as where it was written: LONDON (AP) -."""
        words = self.words
        return (
            (first == 0 or words[first - 1].isspace())
            and last < len(words)
            and words[last] in DATELINE_END
            and len(words[first]) > SHORT_DATELINE
            and all(word.isupper() for word in words[first:last])
        )

    def _located(self, first: int, last: int, label: str, kind: str | None, row: GazetteerRow | None) -> bool:
        """Tell whether the words around a name say that it is a place."""
        if kind and (row is not None or kind != "A" or self.words[last - 1].lower() not in self.lists.weak):
            return True
        if first == 0:
            return False
        before = self.words[first - 1].lower()
        if before == "the" and first > 1:
            before = self.words[first - 2].lower()
        if before in self.lists.locative:
            # people work "at" bodies as well
            return before != "at" or label in PLACE or (row is not None and row.feature in BUILDINGS)
        if before == "of":
            return first > 1 and self.words[first - 2].lower() in self.lists.holders
        if before == "to":
            return row is not None and first > 1 and self.words[first - 2].lower() in self.lists.motion
        return before == "from" and row is not None


def _is_building(one: _Candidate) -> bool:
    return one.row is not None and one.row.feature in BUILDINGS


def _sure(one: _Candidate) -> bool:
    """Tell whether a possessive is a place's and not part of a name: Mosul's Old City, St. Patrick's Day."""
    return one.located or (one.row is not None and _well_known(one.row))


def _well_known(row: GazetteerRow) -> bool:
    return row.main and (
        row.feature in WELL_KNOWN
        or row.population > BIG
        or (row.origin == "chancery" and row.feature not in BUILDINGS)
    )

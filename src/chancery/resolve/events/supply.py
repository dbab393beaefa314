"""Parties that the clause of an act leaves out and the report around it supplies.

An arrest told in the passive is one by the authorities of the country where it
happens; "thousands of people" are the population of that country; "thanked the
minister" means the minister of whoever was spoken with; the "we" of an official
text that quotes nobody is the body that publishes it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from chancery.extract.events import EventMention
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.syntax import characters, text_of
from chancery.records import ActorSlot, Span
from chancery.resolve.facts import Facts

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["NOBODY", "Supply"]

NOBODY = "?:unknown"
FIRST_PERSON = frozenset({"i", "we", "us", "our", "my", "me"})
# What only whoever governs a place does to those who are in it.
OF_AUTHORITY = frozenset(
    {"arrest", "curfew", "martial-law", "restrict", "censor", "convict", "expel", "seize"}
)
AUTHORITIES = frozenset({"COERCE", "SANCTION"})
# Acts that a visitor, a speaker, a giver does toward somebody whom a title or nothing names.
TOWARD = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "AGREE", "REJECT", "THREATEN", "MESSAGE"})
IN_PERSON = frozenset({"CONSULT", "MESSAGE", "PROTEST"})
SINGULAR = frozenset({"he", "she", "him", "her"})
ISO = 3
# How far back, in characters, a sentence is understood from what was said before it.
REACH = 500


class Supply:
    """Supplies the parties of one report's acts."""

    def __init__(self, doc: Doc, facts: Facts) -> None:
        self.doc = doc
        self.facts = facts
        self.sets = load_lexicon().sets
        self.targets = load_lexicon().classes["target"]
        self.places = [place for place in facts.places if place.country]
        self.starts = [place.span[0] for place in self.places]

    def country(self, mention: EventMention, *, near: bool = False) -> str | None:
        """Return the country where an act happens: of a place in its clause, else the last before it.

        Args:
            mention: the act.
            near: whether the place must stand in a phrase of the act itself.
        """
        for tokens in mention.where:
            first, last = characters(self.doc, tokens)
            found = self._between(first, last)
            if found:
                return found
        if near:
            return None
        sentence = self.doc[mention.at].sent
        return (
            self._between(sentence.start_char, sentence.end_char)
            or self._before(sentence.start_char)
            or self.home
        )

    def _between(self, first: int, last: int) -> str | None:
        index = bisect_left(self.starts, first)
        if index < len(self.places) and self.starts[index] < last:
            return self.places[index].country
        return None

    def _before(self, at: int) -> str | None:
        index = bisect_left(self.starts, at) - 1
        if index >= 0 and at - self.starts[index] < REACH:
            return self.places[index].country
        return None

    def counterpart(self, mention: EventMention, besides: Iterable[str]) -> str | None:
        """Return the party spoken of last before an act that is none of those already in it."""
        held = {one.split(":")[0] for one in besides}
        for one in self._told_before(mention):
            party = self.facts.referents.party(one)
            if (
                one.startswith("person:")
                and is_state(party.split(":")[0])
                and party.split(":")[0] not in held
            ):
                return party
        for one in self._told_before(mention):
            party = self.facts.referents.party(one).split(":")[0]
            if is_state(party) and party not in held:
                return party
        return None

    def _told_before(self, mention: EventMention) -> Iterator[str]:
        """Yield who is mentioned before an act, the last first."""
        at = self.doc[mention.at].idx
        mentions = self.facts.referents.mentions
        for index in range(bisect_left(mentions, at, key=lambda one: one.span[0]) - 1, -1, -1):
            one = mentions[index]
            if at - one.span[0] > REACH:
                return
            if one.actor is not None and not one.actor.startswith("?:"):
                yield one.actor

    @cached_property
    def voice(self) -> tuple[str, str] | None:
        """Whose official text this is: the office-holder named first, at the top, and whom that binds."""
        counted: Counter[str] = Counter()
        for one in self.facts.referents.mentions:
            if one.actor is None or one.actor.startswith("?:"):
                continue
            party = self.facts.referents.party(one.actor).split(":")[0]
            if is_state(party):
                if one.actor.startswith("person:") and one.span[0] < REACH:
                    return one.actor, party
                counted[party] += 1
        if not counted:
            return None
        best, times = counted.most_common(1)[0]
        return (best, best) if 2 * times > counted.total() else None

    @cached_property
    def home(self) -> str | None:
        """The country that the report is about: where more than half of its places lie."""
        counted = Counter(place.country for place in self.places)
        if not counted:
            return None
        best, times = counted.most_common(1)[0]
        return best if 2 * times > counted.total() else None

    def actor(self, mention: EventMention, slots: tuple[ActorSlot, ...]) -> tuple[ActorSlot, ...]:
        """Supply who does an act."""
        if not slots:
            by_state = mention.act in AUTHORITIES and mention.mode in OF_AUTHORITY and not mention.actor
            country = self.country(mention) if by_state and not mention.speaks else None
            return (ActorSlot(span=None, actor=country),) if country else ()
        return tuple(self._replaced(mention, slot, crowd=mention.act == "PROTEST") for slot in slots)

    def recipient(
        self,
        mention: EventMention,
        slots: tuple[ActorSlot, ...],
        actor: tuple[ActorSlot, ...],
        struck: tuple[Span, ...] = (),
    ) -> tuple[ActorSlot, ...]:
        """Supply whom an act is toward.

        Args:
            mention: the act.
            slots: whom its clause names.
            actor: who does it.
            struck: the words for places that it strikes.
        """
        crowd = mention.act in {"ASSAULT", "COERCE", "AID", "SANCTION"}
        slots = tuple(self._replaced(mention, slot, crowd=crowd) for slot in slots)
        held = {slot.actor for slot in actor if slot.actor}
        others = tuple(slot for slot in slots if slot.actor not in held)
        if not others and mention.act == "ASSAULT":
            country = next((one for span in struck if (one := self._between(*span))), None)
            country = country or self.country(mention, near=True)
            if country and country not in {one.split(":")[0] for one in held}:
                return (ActorSlot(span=struck[0] if struck else None, actor=country),)
        if not others and mention.act == "CONSULT" and mention.mode == "visit" and len(actor) == 1:
            country = self.country(mention, near=True)
            if country:
                return (ActorSlot(span=None, actor=country),)
        if mention.act in TOWARD and (bool(slots) != bool(others) or self._titled(others)):
            other = self.counterpart(mention, held)
            if other:
                return (ActorSlot(span=slots[0].span, actor=other),)
        return others

    def _titled(self, slots: tuple[ActorSlot, ...]) -> bool:
        return len(slots) == 1 and (slots[0].actor or "").removeprefix("?:") in self.sets["titles"]

    def _replaced(self, mention: EventMention, slot: ActorSlot, *, crowd: bool) -> ActorSlot:
        if slot.actor == NOBODY and slot.span is not None and mention.statement is None:
            found = self._pronoun(mention, text_of(self.doc)[slice(*slot.span)].lower())
            if found:
                return slot.model_copy(update={"actor": found})
        if mention.act == "ASSAULT" and (slot.actor or "").removeprefix("?:") in self.targets:
            # "struck a hospital in Aleppo": buildings stand for the country that they are in
            country = self.country(mention, near=True)
            if country:
                return slot.model_copy(update={"actor": country})
        if crowd and slot.actor and slot.actor.startswith("?:") and slot.actor[2:] in self.sets["crowds"]:
            country = self.country(mention)
            if country:
                return slot.model_copy(update={"actor": f"{country}:population"})
        return slot

    def _pronoun(self, mention: EventMention, word: str) -> str | None:
        """Tell whom a pronoun means that coreference left open."""
        in_person = mention.act in IN_PERSON
        if word in FIRST_PERSON:
            return self.voice[not in_person] if self.voice else None
        if word in SINGULAR:
            person = next((one for one in self._told_before(mention) if one.startswith("person:")), None)
            return person if person is None or in_person else self.facts.referents.party(person)
        return None


def is_state(actor: str) -> bool:
    """Tell whether an actor id is a state's or one of the great organizations' that speak like one."""
    return (len(actor) == ISO and actor.isupper()) or actor in {"NATO", "EU", "UN"}

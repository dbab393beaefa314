"""Mentions with their parties identified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.events import EventMention
from chancery.extract.syntax import Tokens, characters
from chancery.records import ActorSlot, Span
from chancery.resolve.events.supply import NOBODY, Supply
from chancery.resolve.facts import Facts

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["NOBODY", "Draft", "draft_of", "known"]

# Whoever does it does it in person: visits, meetings, letters, marches. Other official acts bind the state.
PERSONAL = frozenset({"CONSULT", "MESSAGE", "PROTEST"})
# Whoever suffers it suffers it in person; what is said or given to an official is said or given to the state.
SUFFERED = frozenset({"CONSULT", "MESSAGE", "ASSAULT", "COERCE", "SANCTION", "ACCUSE", "RETREAT"})
# What people say to one another, whatever their office.
COURTESIES = frozenset({"congratulate", "congratulation", "greeting", "invitation", "invite"})
UNNAMED = "?:"
PLACES = frozenset(
    {"area", "city", "district", "enclave", "locality", "neighborhood", "neighbourhood", "place", "province"}
    | {"region", "settlement", "suburb", "territory", "town", "village"}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention with its parties identified."""

    mention: EventMention
    actor: tuple[ActorSlot, ...]
    recipient: tuple[ActorSlot, ...]


def draft_of(doc: Doc, mention: EventMention, facts: Facts, supply: Supply) -> Draft:
    """Identify the parties of a mention; where its clause names no doer, the speaker's side acts."""
    in_person = mention.act in PERSONAL or mention.mode == "resign" or mention.word in COURTESIES
    actor = _slots(doc, mention.actor, facts, in_person=in_person)
    recipient = _slots(doc, mention.recipient, facts, in_person=in_person or mention.act in SUFFERED)
    if not actor and mention.speaks and mention.statement is not None:
        speaker = facts.statements[mention.statement].speaker
        if speaker.actor is not None:
            bound = speaker.actor if in_person else facts.referents.party(speaker.actor)
            actor = (ActorSlot(span=speaker.span, actor=bound),)
    if not in_person and {slot.actor for slot in actor} == {slot.actor for slot in recipient}:
        # within one state, people act upon one another: "the President congratulated the Speaker"
        people = (
            _slots(doc, mention.actor, facts, in_person=True),
            _slots(doc, mention.recipient, facts, in_person=True),
        )
        if all(people) and people[0][0].actor != people[1][0].actor:
            actor, recipient = people
    actor = supply.actor(mention, actor)
    struck = () if recipient else _struck(doc, mention, facts)
    return Draft(mention, actor, supply.recipient(mention, recipient, actor, struck))


def _struck(doc: Doc, mention: EventMention, facts: Facts) -> tuple[Span, ...]:
    """Return the words for places that an attack strikes and that name no actor: their country suffers it."""
    if mention.act != "ASSAULT":
        return ()
    return tuple(
        characters(doc, tokens)
        for tokens in mention.recipient
        if (facts.referents.of(tokens) or UNNAMED).startswith(UNNAMED) and _is_place(doc, tokens)
    )


def _slots(doc: Doc, parties: Iterable[Tokens], facts: Facts, *, in_person: bool) -> tuple[ActorSlot, ...]:
    found: dict[str, ActorSlot] = {}
    for tokens in parties:
        span = characters(doc, tokens)
        several = facts.referents.several(tokens)
        for actor in several if len(several) > 1 else (_one(doc, tokens, facts),):
            bound = actor if in_person else facts.referents.party(actor)
            if not (bound.startswith(UNNAMED) and _is_place(doc, tokens)):
                found.setdefault(bound, ActorSlot(span=span, actor=bound))
    return tuple(found.values())


def _is_place(doc: Doc, tokens: Tokens) -> bool:
    """Tell whether a run that names no actor names a place: towns neither act nor are bound."""
    root = doc[tokens[0] : tokens[1]].root
    return root.ent_type_ in {"GPE", "LOC", "FAC"} or root.lemma_.lower() in PLACES


def _one(doc: Doc, tokens: Tokens, facts: Facts) -> str:
    known = facts.referents.of(tokens)
    if known is not None:
        return _person(tokens, known, facts)
    head = doc[tokens[0] : tokens[1]].root
    return NOBODY if head.pos_ == "PRON" else f"?:{head.lower_}"


def _person(tokens: Tokens, known: str, facts: Facts) -> str:
    """Prefer the person whom a role before a name means: "President of Ukraine *Volodymyr Zelenskyy*"."""
    if not known.startswith("person:") and tokens[1] - tokens[0] > 1:
        named = facts.referents.of((tokens[1] - 1, tokens[1]))
        before = facts.referents.of((tokens[1] - 2, tokens[1] - 1))
        is_role = before == named or known.endswith(":official")
        if named is not None and named.startswith("person:") and is_role:
            return named
    return known


def known(slots: Iterable[ActorSlot]) -> set[str]:
    """Return the roots of the actors that are anybody in particular, people by their whole id."""
    named = (slot.actor for slot in slots if slot.actor and slot.actor != NOBODY)
    return {actor if actor.startswith(("person:", "?:")) else actor.split(":")[0] for actor in named}

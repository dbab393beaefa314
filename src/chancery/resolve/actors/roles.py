"""Sieves for offices: who "the Secretary General" is, on the report's day."""

from __future__ import annotations

from chancery.extract.actors import ActorMention
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.lists import listed
from chancery.resolve.actors.parties import bodies_of, party_of
from chancery.resolve.actors.salience import ranked

__all__ = ["office_by_day", "office_in_report"]


def _wanted(cast: Cast, mention: ActorMention, bodies: list[str]) -> set[str]:
    """Return the offices that the words can name, given the owner beside them."""
    if not bodies and (mention.modifiers or _is_of_something(cast, mention)):
        return set()
    return {one for one in mention.titles if not bodies or cast.knowledge.offices[one].body in bodies}


def _is_of_something(cast: Cast, mention: ActorMention) -> bool:
    """Say whether an owner follows that nobody knows: "the Head of the President's Office"."""
    # the "of" of "the Head of State" is the title's own
    return any(
        cast.tree.word[kid] in {"of", "for"} and kid >= mention.tokens[1]
        for kid in cast.tree.kids[mention.head]
    )


def office_in_report(cast: Cast, number: int) -> Answer:
    """Read "the Secretary General" as somebody in the report who is introduced so, or holds that office."""
    mention = cast.mentions[number]
    if mention.plural or not mention.titles or mention.article in {"a", "both"}:
        return None
    bodies = bodies_of(cast, mention.modifiers)
    offices = _wanted(cast, mention, bodies)
    if not offices:
        return None
    people = [one for one in cast.entities if one.sort == "person" and one.mentions and not one.plural]
    called = _called(cast, people, mention, bodies)
    holding: list[Entity] = []
    if bodies or mention.noun not in listed("weak_titles"):
        holding = [one for one in people if not offices.isdisjoint(one.offices | _held(cast, one))]
    # whom the report calls so, and who could be called so but goes by the name alone
    found = called + [one for one in holding if one not in called and not one.nouns] or holding
    if not found:
        return None
    sure = 0.85 if len(found) == 1 else 0.7
    return ranked(cast, number, found)[0], "office of a person in the report", sure


def _called(cast: Cast, people: list[Entity], mention: ActorMention, bodies: list[str]) -> list[Entity]:
    """Return who is called by these very words in the report, and does not belong elsewhere."""
    title = " ".join(mention.nouns)
    called = [one for one in people if title in one.nouns]
    if not bodies:
        return called
    return [one for one in called if (party_of(cast, one) or bodies[0]) in bodies]


def _held(cast: Cast, person: Entity) -> set[str]:
    """Return the offices that a person holds on the report's day; every office ever held when it has none."""
    tenures = cast.knowledge.tenures(person.id or "")
    return {one.office for one in tenures if cast.day is None or one.covers(cast.day)}


def office_by_day(cast: Cast, number: int) -> Answer:
    """Read "the British prime minister", named nowhere, as whoever held the office on the report's day."""
    mention = cast.mentions[number]
    if (
        mention.plural
        or mention.article == "a"
        or mention.former
        or cast.day is None
        or not mention.modifiers
    ):
        return None
    for one in sorted(_wanted(cast, mention, bodies_of(cast, mention.modifiers))):
        office = cast.knowledge.offices[one]
        holders = cast.knowledge.holders(office.id, cast.day) if office.single else ()
        if holders:
            return cast.known(holders[0]), "office-holder on the report's day", 0.8
    return None

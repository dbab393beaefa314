"""Sieves for offices: who "the Secretary General" is, on the report's day."""

from __future__ import annotations

from chancery.extract.actors import ActorMention
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.lists import listed
from chancery.resolve.actors.parties import bodies_of
from chancery.resolve.actors.salience import ranked

__all__ = ["office_by_day", "office_in_report"]


def _wanted(cast: Cast, mention: ActorMention) -> list[str]:
    """Return the offices that the words can name, given the owner beside them."""
    bodies = bodies_of(cast, mention.modifiers)
    if mention.modifiers and not bodies:
        return []
    return [one for one in mention.titles if not bodies or cast.knowledge.offices[one].body in bodies]


def office_in_report(cast: Cast, number: int) -> Answer:
    """Read "the Secretary General" as somebody in the report who is introduced so, or holds that office."""
    mention = cast.mentions[number]
    if mention.plural or not mention.titles or mention.article in {"a", "both"}:
        return None
    offices = set(_wanted(cast, mention))
    if not offices:
        return None
    people = [one for one in cast.entities if one.sort == "person" and one.mentions and not one.plural]
    phrase = " ".join(mention.nouns)
    introduced = [one for one in people if not offices.isdisjoint(one.offices)]
    found = [one for one in introduced if phrase in one.nouns]
    found = found or introduced or [one for one in people if not offices.isdisjoint(_held(cast, one))]
    if not found or (mention.noun in listed("weak_titles") and not mention.modifiers and len(found) > 1):
        return None
    return (
        ranked(cast, number, found)[0],
        "office of a person in the report",
        0.85 if len(found) == 1 else 0.7,
    )


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
    for one in _wanted(cast, mention):
        office = cast.knowledge.offices[one]
        holders = cast.knowledge.holders(office.id, cast.day) if office.single else ()
        if holders:
            return cast.known(holders[0]), "office-holder on the report's day", 0.8
    return None

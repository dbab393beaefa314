"""Sieves for offices: who "the Secretary General" is, on the report's day."""

from __future__ import annotations

from chancery.extract.actors import ActorMention
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.issuer import own_office
from chancery.resolve.actors.lists import listed
from chancery.resolve.actors.parties import bodies_of, party_of
from chancery.resolve.actors.parts import state_in_focus
from chancery.resolve.actors.salience import ranked

__all__ = ["office_by_day", "office_in_focus", "office_in_report", "own_head"]


def own_head(cast: Cast, number: int) -> Answer:
    """Read "the Secretary" in a text of the Department of State as its head on the day."""
    mention = cast.mentions[number]
    capital = cast.tree.form[mention.head][:1].isupper() and mention.article == "the"
    if cast.issuer is None or cast.day is None or mention.plural or mention.modifiers or not capital:
        return None
    if mention.sort != "person" or mention.former:
        return None
    office = own_office(cast.publisher, mention.noun, cast.issuer, cast.knowledge)
    holders = cast.knowledge.holders(office, cast.day) if office else ()
    return (cast.known(holders[0]), "office of the issuer on the report's day", 0.8) if holders else None


def office_in_focus(cast: Cast, number: int) -> Answer:
    """Read "the prime minister", named nowhere, as that of the state which the report is about.

    Without a day, or where nobody is known in the office, it is an official of that state.
    """
    mention = cast.mentions[number]
    bare = mention.noun not in listed("weak_titles") and mention.article in {"the", ""}
    if mention.plural or mention.former or mention.modifiers or not mention.titles or not bare:
        return None
    offices = _wanted(cast, mention, [])
    state = cast.known(cast.issuer) if cast.issuer else state_in_focus(cast, number)
    own = [one for one in sorted(offices) if state and cast.knowledge.offices[one].body == state.id]
    # "The President will visit Kenya" is not said of Kenya's
    if state is None or not own or not (cast.issuer or _told_of_before(cast, state, number)):
        return None
    holders = (
        {one for office in own for one in cast.knowledge.holders(office, cast.day)[:1]} if cast.day else ()
    )
    if len(holders) == 1:
        return cast.known(holders.pop()), "office-holder of the state in focus on the day", 0.6
    person = Entity(
        f"{state.id}:official",
        " ".join(cast.words(mention)),
        "person",
        "person",
        owner=state.id,
        nouns={mention.noun},
    )
    cast.entities.append(person)
    return person, "office of the state in focus, the holder unknown", 0.5


def _told_of_before(cast: Cast, state: Entity, number: int) -> bool:
    here = cast.tree.ordinal[cast.mentions[number].head]
    return any(cast.tree.ordinal[cast.mentions[at].head] < here for at in state.mentions)


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
    called = [
        one for one in _called(cast, people, mention, bodies) if not _held_other(cast, one, mention, offices)
    ]
    own = _issuers_own(cast, mention, offices) if not bodies else None
    if own and (own in called or not called or _is_usual(cast, mention)):
        return own, "office of the issuer on the report's day", 0.8
    holding: list[Entity] = []
    if bodies or mention.noun not in listed("weak_titles"):
        holding = [one for one in people if not offices.isdisjoint(_offices(cast, one))]
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


def _offices(cast: Cast, person: Entity) -> set[str]:
    """Return the offices that a person may be called by on the day: held then, or given by the text.

    What the text gives ("President Gorbachev") does not count for an office of which the
    tables know who else held it on the day.
    """
    held = _held(cast, person)
    given = person.offices - held
    if cast.day is None or person.former:
        return held | (set() if person.former else given)
    return held | {one for one in given if not cast.knowledge.holders(one, cast.day)}


def _held_other(cast: Cast, person: Entity, mention: ActorMention, offices: set[str]) -> bool:
    """Say whether the tables know the person on that day in another office than the words name.

    In 2011 Joe Biden was Vice President, and nobody's "President".
    """
    held = _held(cast, person)
    bare = mention.noun in listed("weak_titles") and not mention.modifiers
    return cast.day is not None and bool(held) and not bare and offices.isdisjoint(held | person.offices)


def _issuers_own(cast: Cast, mention: ActorMention, offices: set[str]) -> Entity | None:
    """Return who held the issuer's own office on the day: "the President" in a text of the White House."""
    capital = cast.tree.form[mention.head][:1].isupper() and mention.article in {"the", "this", ""}
    if cast.issuer is None or cast.day is None or not capital or mention.former:
        return None
    own = [one for one in sorted(offices) if cast.knowledge.offices[one].body == cast.issuer]
    holders = {holder for one in own for holder in cast.knowledge.holders(one, cast.day)[:1]}
    return cast.known(holders.pop()) if len(holders) == 1 else None


def _is_usual(cast: Cast, mention: ActorMention) -> bool:
    """Say whether the words are what the issuer's own office is called at home.

    The US foreign minister is "the Secretary of State" to the United States: "the Foreign
    Minister" of their texts is another state's.
    """
    words = " ".join(mention.nouns)
    titles = [cast.knowledge.offices[one] for one in mention.titles]
    return any(one.body == cast.issuer and words == one.titles[0].lower() for one in titles if one.titles)


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

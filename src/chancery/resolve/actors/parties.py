"""For whom a person speaks."""

from __future__ import annotations

from chancery.extract.actors import ActorMention
from chancery.knowledge.codes import state_of
from chancery.resolve.actors.entity import Cast, Entity

__all__ = ["bodies_of", "introduce", "owners_of", "party_of", "with_state"]

# Whose own institutions are bound by one another's words: the European Council speaks for the Union.
PART_OF = {
    "European Commission": "EU",
    "European Council": "EU",
    "European Parliament": "EU",
    "Council of the European Union": "EU",
    "EEAS": "EU",
    "UN Secretariat": "UN",
}


def party_of(cast: Cast, person: Entity) -> str | None:
    """Return for which state or organization a person speaks: by office on the day, else as introduced."""
    body = _body_of(cast, person)
    return PART_OF.get(body, body) if body else None


def _body_of(cast: Cast, person: Entity) -> str | None:
    if person.id is None:
        return person.owner
    offices = cast.knowledge.offices
    tenures = cast.knowledge.tenures(person.id)
    named = [one for one in tenures if one.office in person.offices]
    current = [one for one in (named or tenures) if cast.day is None or one.covers(cast.day)]
    if current:
        return offices[max(current, key=lambda one: one.first).office].body
    bodies = {offices[office].body for office in person.offices}
    if len(bodies) == 1:
        return bodies.pop()
    owner = person.owner
    return (state_of(owner) or owner) if owner else None


def with_state(actor: str) -> tuple[str, ...]:
    """Return an actor id, and behind it the state that it belongs to."""
    state = state_of(actor)
    return (actor, state) if state and state != actor else (actor,)


def owners_of(cast: Cast, tokens: tuple[int, ...]) -> list[Entity]:
    """Return whoever the mentions on some head tokens mean, as far as they are actors or belong to one."""
    found = [cast.entity_at(token) for token in tokens]
    return [one for one in found if one and (one.actor or one.owner)]


def bodies_of(cast: Cast, tokens: tuple[int, ...]) -> list[str]:
    """Return the ids of the states and organizations behind the mentions on some head tokens, in order."""
    ids: dict[str, None] = {}
    for owner in owners_of(cast, tokens):
        actor = party_of(cast, owner) if owner.sort == "person" else owner.actor
        actor = actor or owner.owner
        if actor:
            ids |= dict.fromkeys(with_state(actor))
    return list(ids)


def introduce(cast: Cast, entity: Entity, mention: ActorMention) -> None:
    """Remember the office, the owner and the words that a mention gives to a person.

    A title without its country ("President") says which office only of somebody known to
    have held one of that title; of anybody else the words alone are kept.
    """
    if entity.sort == "organization" and entity.known is None and not entity.owner and not mention.plural:
        states = [one for one in bodies_of(cast, mention.modifiers) if state_of(one) == one]
        entity.owner = states[0] if states else None
    if entity.sort != "person":
        return
    bodies = bodies_of(cast, mention.modifiers)
    if not bodies and mention.kind == "nominal":
        bodies = bodies_of(
            cast, tuple(cast.tree.children(mention.head, "poss"))
        )  # "the firm's chief executive"
    if bodies:
        entity.offices.update(one for one in mention.titles if cast.knowledge.offices[one].body in bodies)
    else:
        held = {tenure.office for tenure in cast.knowledge.tenures(entity.id or "")}
        entity.offices.update(held.intersection(mention.titles))
    entity.former = entity.former or mention.former
    if bodies and not entity.owner and not _sent_there(cast, mention):
        entity.owner = bodies[0]


def _sent_there(cast: Cast, mention: ActorMention) -> bool:
    """Tell whether all owners of a title are where it is sent: "the Special Representative *for Korea*"."""
    if mention.noun.split()[-1:] not in (["envoy"], ["representative"], ["ambassador"], ["coordinator"]):
        return False
    lower = cast.tree.word
    before = [at - 2 if lower[at - 1] == "the" else at - 1 for at in mention.modifiers]
    return bool(before) and all(lower[at] in {"for", "to", "on"} for at in before)

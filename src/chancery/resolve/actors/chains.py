"""The cast -> records: actors, mentions with their chains, and the parties bound."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chancery.extract.syntax import characters, text_of
from chancery.knowledge.codes import actor_codes, sector_of, state_of
from chancery.records import Actor, ActorKind, Mention, MentionType, Place, Role
from chancery.resolve.actors.entity import Cast, Entity
from chancery.resolve.actors.parties import party_of
from chancery.resolve.actors.referents import Referents
from chancery.resolve.setting import Setting

__all__ = ["written"]

TYPES: dict[str, MentionType] = {
    "person": "person",
    "people": "group",
    "body": "organization",
    "state": "state",
    "organization": "organization",
    "place": "place",
    "group": "group",
}


def written(cast: Cast, setting: Setting, places: Sequence[Place]) -> Referents:
    """Write down the cast as records; nouns that turned out to stand for no actor are left out."""
    kept = [number for number in range(len(cast.mentions)) if not _is_thing(cast, number)]
    number_of = {number: at for at, number in enumerate(kept)}
    at_span = {one.span: one.id for one in places}
    chains: dict[int, int] = {}
    parties = _parties(cast)
    return Referents(
        actors=_actors(cast, setting),
        mentions=tuple(
            _mention(cast, setting, number, f"m{at}", at_span, chains) for at, number in enumerate(kept, 1)
        ),
        tree=cast.tree,
        heads={
            head: number_of[number]
            for head, number in cast.at_head.items()
            if number in number_of and not _is_nobody(cast, number)
        },
        covering={token: number_of[number] for token, number in cast.over.items() if number in number_of},
        groups=_groups(cast, number_of),
        parties=parties,
        issuer=cast.issuer,
    )


def _is_thing(cast: Cast, number: int) -> bool:
    entity = cast.meant[number]
    return cast.mentions[number].kind == "nominal" and entity is not None and entity.sort == "thing"


def _is_nobody(cast: Cast, number: int) -> bool:
    """Say whether a description stands for nobody with an id: it has a chain, and answers no question."""
    entity = cast.meant[number]
    lost = entity is not None and entity.actor is None and not entity.members and entity.sort != "place"
    return cast.mentions[number].kind == "nominal" and lost and cast.mentions[number].sort == "organization"


def _groups(cast: Cast, number_of: Mapping[int, int]) -> dict[int, tuple[str, ...]]:
    groups = {}
    for number, entity in enumerate(cast.meant):
        if entity is not None and entity.members and number in number_of:
            groups[number_of[number]] = tuple(one.actor for one in entity.members if one.actor)
    return groups


def _parties(cast: Cast) -> dict[str, str]:
    """Say whom each person binds; who is bound is an actor of the record, named or not."""
    people = [
        one for one in cast.entities if one.sort == "person" and one.id and one.id.startswith("person:")
    ]
    parties = {one.id: party for one in people if one.id and (party := party_of(cast, one))}
    for party in parties.values():
        cast.known(party)
    return parties


def _mention(
    cast: Cast,
    setting: Setting,
    number: int,
    name: str,
    at_span: Mapping[tuple[int, int], str],
    chains: dict[int, int],
) -> Mention:
    mention, entity = cast.mentions[number], cast.meant[number]
    rule, score = cast.rules[number]
    span = characters(setting.doc, mention.tokens)
    known = entity if entity is not None and entity.sort != "thing" else None
    return Mention(
        id=name,
        span=span,
        kind=mention.kind,
        type=TYPES.get(known.sort if known else mention.sort, "other"),
        actor=known.actor if known else None,
        place=at_span.get(span),
        chain=None
        if known is None or number in cast.loose
        else chains.setdefault(id(known), len(chains) + 1),
        method=setting.maker.method(rule if known or entity is None else "means no actor"),
        score=score if known else 0.0,
    )


def _actors(cast: Cast, setting: Setting) -> tuple[Actor, ...]:
    """Write the actors in the order of their first mention; unnamed people of one kind are one record."""
    found: dict[str, Entity] = {}
    for entity in (*cast.meant, *cast.entities):
        for one in (entity, *(entity.members if entity else ())):
            if one is not None and one.id is not None:
                found.setdefault(one.id, one)
            elif one is not None and one.author is not None and one.author.id is not None:
                found.setdefault(one.author.id, one.author)
    return tuple(_actor(cast, setting, entity, actor) for actor, entity in found.items())


def _actor(cast: Cast, setting: Setting, entity: Entity, actor: str) -> Actor:
    known = cast.knowledge.known(actor)
    country = known.country if known and known.kind != "person" else _country(cast, entity, actor)
    sector = (known.sector if known else None) or sector_of(actor)
    if entity.sort == "person" and sector is None and cast.knowledge.tenures(actor):
        sector = "GOV"
    return Actor(
        id=actor,
        name=known.name if known else _as_written(entity.name, text_of(setting.doc)),
        kind=known.kind if known else _kind(entity),
        country=country,
        roles=_roles(cast, actor),
        sector=sector,
        codes=actor_codes(actor, country, sector, known.wikidata if known else None),
        resolved=known is not None or _has_known_root(cast, actor),
        method=setting.maker.method(
            cast.rules[entity.mentions[0]][0] if entity.mentions else "member of a group"
        ),
        score=max((cast.rules[number][1] for number in entity.mentions), default=0.5),
    )


def _as_written(name: str, text: str) -> str:
    """Set the tokens of a name as the report sets them: "Cuba's leaders", not "Cuba 's leaders"."""
    if " " not in name or name in text:
        return name
    tight = re.sub(r" (['’]s?\b|['’](?= |$)|[,.)\]%])", r"\1", re.sub(r"([(\[$£€#]) ", r"\1", name))
    hyphened = re.sub(r" ([-–/&]) ", r"\1", tight)
    closed = f"{tight})" if tight.count("(") > tight.count(")") else tight
    return next((form for form in (tight, hyphened, closed) if form in text), tight)


def _kind(entity: Entity) -> ActorKind:
    if entity.kind != "other":
        return entity.kind
    return "person" if entity.sort == "person" else "other"


def _country(cast: Cast, entity: Entity, actor: str) -> str | None:
    party = party_of(cast, entity) if entity.sort == "person" else entity.owner or actor
    root = state_of(party) if party else None
    known = cast.knowledge.known(root) if root else None
    return root if known and known.kind == "state" else None


def _has_known_root(cast: Cast, actor: str) -> bool:
    root, colon, _ = actor.partition(":")
    return bool(colon) and cast.knowledge.known(root) is not None


def _roles(cast: Cast, actor: str) -> tuple[Role, ...]:
    day = cast.day
    tenures = [one for one in cast.knowledge.tenures(actor) if day is None or one.covers(day)]
    roles = []
    for one in tenures:
        office = cast.knowledge.offices[one.office]
        title = office.titles[0] if office.titles else office.role.replace("_", " ")
        roles.append(Role(title=title, organization=office.body, first=one.first_day(), last=one.last_day()))
    return tuple(roles)

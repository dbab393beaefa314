"""Descriptions -> entities: offices, parts of a state, kinds of actor, documents, groups of two.

Sieves from the surest to the least sure, after Lee et al. (2013), "Deterministic
Coreference Resolution Based on Entity-Centric, Precision-Ranked Rules": the first
that gives an answer has the word, and a description that none of them reads stays
open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from chancery.extract.actors import ActorMention
from chancery.knowledge.codes import state_of
from chancery.knowledge.names import slug
from chancery.records import ActorKind
from chancery.resolve.actors.entity import Cast, Entity
from chancery.resolve.actors.salience import ranked

__all__ = ["resolve_description"]

# Titles that many offices share; without an owner beside them they describe, they do not name.
WEAK_TITLES = frozenset(
    {"leader", "chief", "head", "boss", "speaker", "ruler", "monarch", "secretary", "director", "commander"}
)
# Bodies that belong to the state that the report is about when no other is named.
DEFAULT_BODIES = frozenset(
    [
        "government",
        "military",
        "army",
        "police",
        "parliament",
        "foreign-ministry",
        "defence-ministry",
        "interior-ministry",
        "health-ministry",
        "finance-ministry",
        "justice-ministry",
        "official",
        "opposition",
        "air-force",
        "navy",
        "security-forces",
    ]
)
# Sentences back to which "the group", "the country", "the company" reach.
REACH = 4

type Answer = tuple[Entity, str, float] | None
type Sieve = Callable[[Cast, int], Answer]


def resolve_description(cast: Cast, number: int) -> None:
    """Say whom a description means, or leave it open with the reason."""
    for sieve in SIEVES:
        found = sieve(cast, number)
        if found:
            cast.mean(number, *found)
            return
    cast.abstain(number, "description without a clear referent")


def owners_of(cast: Cast, mention: ActorMention) -> list[Entity]:
    """Return the actors that a description says it belongs to, the nearest first."""
    tokens = [*mention.modifiers]
    tokens += [
        kid for kid in cast.sheet.kids[mention.head] if cast.sheet.dep[kid] == "poss" and kid not in tokens
    ]
    found = [cast.entity_at(token) for token in tokens]
    return [one for one in found if one and (one.actor or one.owner)]


def _bodies(cast: Cast, mention: ActorMention) -> list[str]:
    """Return the ids of the states and organizations that a description belongs to."""
    ids: dict[str, None] = {}
    for owner in owners_of(cast, mention):
        actor = owner.actor if owner.sort != "person" else party_of(cast, owner)
        actor = actor or owner.owner or ""
        ids |= dict.fromkeys((actor, state_of(actor) or actor))
    return [actor for actor in ids if actor]


def party_of(cast: Cast, person: Entity) -> str | None:
    """Return for which state or organization a person speaks: by office on the day, else as introduced."""
    if person.id is None:
        return person.owner
    tenures = cast.knowledge.tenures(person.id)
    day = cast.day
    named = [one for one in tenures if one.office in person.offices]
    current = [one for one in (named or tenures) if day is None or one.covers(day)]
    if current:
        return cast.knowledge.offices[max(current, key=lambda one: one.first).office].body
    if (
        person.offices
        and len(bodies := {cast.knowledge.offices[office].body for office in person.offices}) == 1
    ):
        return bodies.pop()
    return person.owner


def _apposition(cast: Cast, number: int) -> Answer:
    """Read "Steffen Seibert, her spokesman" and "the prosecutor, Ali Mehr": one person, said twice."""
    mention = cast.mentions[number]
    sheet = cast.sheet
    if sheet.dep[mention.head] == "appos":
        other = cast.entity_at(sheet.head[mention.head])
        if other and _agree(other, mention):
            return other, "apposition", 0.9
    for kid in sheet.kids[mention.head]:
        if sheet.dep[kid] == "appos":
            other = cast.entity_at(kid)
            if other and _agree(other, mention):
                return other, "apposition", 0.9
    return None


def _agree(entity: Entity, mention: ActorMention) -> bool:
    if mention.sort in {"person", "people"}:
        return entity.sort in {"person", "people"} and entity.plural == mention.plural
    if mention.sort == "state":
        return entity.sort == "state"
    if mention.sort == "place":
        return entity.sort in {"place", "state"}
    if mention.sort in {"organization", "body"}:
        return entity.sort in {"organization", ""}
    return False


def _pair(cast: Cast, number: int) -> Answer:
    """Read "Both leaders", "the two countries": the two of that kind named last."""
    mention = cast.mentions[number]
    if mention.article != "both":
        return None
    sort = {"state": "state", "person": "person", "body": "state", "organization": "organization"}.get(
        mention.sort
    )
    found: dict[int, Entity] = {}
    for entity in _backwards(cast, number):
        if entity.sort == sort and not entity.plural and entity.actor:
            found.setdefault(id(entity), entity)
        if len(found) > 1:
            members = tuple(reversed(found.values()))
            name = " and ".join(one.name for one in members)
            group = Entity(None, name, "group", plural=True, members=members)
            return cast.enter(group), "the two named last", 0.6
    return None


def _backwards(cast: Cast, number: int) -> Iterator[Entity]:
    for other in range(number - 1, -1, -1):
        entity = cast.meant[other]
        if entity is not None:
            yield entity


def _office_in_report(cast: Cast, number: int) -> Answer:
    """Read "The Secretary General": somebody in the report who holds, or is introduced with, that office."""
    mention = cast.mentions[number]
    if mention.plural or not mention.titles or mention.article in {"a", "both"}:
        return None
    bodies = _bodies(cast, mention)
    offices = {one for one in mention.titles if not bodies or cast.knowledge.offices[one].body in bodies}
    if not offices:
        return None
    people = [
        entity
        for entity in cast.entities
        if entity.sort == "person" and entity.mentions and not entity.plural
    ]
    introduced = [one for one in people if not offices.isdisjoint(one.offices)]
    holding = [one for one in people if not offices.isdisjoint(_held(cast, one))]
    found = [one for one in holding if one in introduced] or introduced or holding
    best = ranked(cast, number, found)
    if not best:
        return None
    if mention.noun in WEAK_TITLES and not bodies and len(best) > 1:
        return None
    return best[0], "office of a person in the report", 0.85 if len(found) == 1 else 0.7


def _held(cast: Cast, person: Entity) -> set[str]:
    """Return the offices that a person holds on the report's day; every office ever held when it has none."""
    tenures = cast.knowledge.tenures(person.id or "")
    return {one.office for one in tenures if cast.day is None or one.covers(cast.day)}


def _office_by_day(cast: Cast, number: int) -> Answer:
    """Read "The British prime minister": nobody in the report, so whoever held the office on its day."""
    mention = cast.mentions[number]
    if mention.plural or not mention.titles or mention.article == "a" or mention.former or cast.day is None:
        return None
    bodies = _bodies(cast, mention)
    offices = [
        cast.knowledge.offices[one] for one in mention.titles if cast.knowledge.offices[one].body in bodies
    ]
    for body in bodies:
        for office in offices:
            if office.body == body and office.single:
                holders = cast.knowledge.holders(office.id, cast.day)
                if holders:
                    return cast.known(holders[0]), "office-holder on the report's day", 0.8
    return None


def _same_words(cast: Cast, number: int) -> Answer:
    """Read "The airline", "the spokesman", "the release": somebody described with that noun before."""
    mention = cast.mentions[number]
    if mention.article not in {"the", "this"} or (mention.modifiers and mention.sort != "document"):
        return None
    best = [
        one
        for one in _backwards(cast, number)
        if mention.noun in one.nouns and one.plural == mention.plural and one.sort != "group"
    ]
    return (best[0], "described with the same noun before", 0.8) if best else None


def _document(cast: Cast, number: int) -> Answer:
    """Read "A memo by William Granger", "Interpol's constitution": a document speaks for its author."""
    mention = cast.mentions[number]
    if mention.sort != "document":
        return None
    author = next(iter(owners_of(cast, mention)), None) or _by(cast, mention)
    document = Entity(None, mention.noun, "document", author=author, nouns={mention.noun})
    return cast.enter(document), "document of its author" if author else "document", 0.7 if author else 0.4


def _by(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find the author after "by" or "from", also behind a participle ("authored by")."""
    sheet = cast.sheet
    todo = [kid for kid in sheet.kids[mention.head] if sheet.dep[kid] in {"prep", "acl", "agent"}]
    while todo:
        at = todo.pop()
        if sheet.dep[at] == "acl":
            todo += [kid for kid in sheet.kids[at] if sheet.dep[kid] == "agent"]
        elif sheet.lower[at] in {"by", "from"}:
            for kid in sheet.kids[at]:
                author = cast.entity_at(kid)
                if author:
                    return author
    return None


def _described(cast: Cast, number: int) -> Answer:
    """Read "The Alliance": what an organization in the report, or only one of all, is called instead."""
    mention = cast.mentions[number]
    if not mention.names or mention.article not in {"the", "this", "poss"}:
        return None
    owners = [name[1] for name in mention.names]
    present = [one for one in _backwards(cast, number) if one.id in owners]
    ahead = [one for one in cast.entities if one.id in owners]
    if present or len(ahead) == 1:
        return (present or ahead)[0], "description of an organization in the report", 0.8
    capital = cast.words(mention)[-1][:1].isupper()
    if len(owners) == 1 and capital:
        return cast.known(owners[0]), "description of an organization in the tables", 0.6
    return None


def _part(cast: Cast, number: int) -> Answer:
    """Read "The Ukrainian army", "US officials": a part of the state or organization that it belongs to."""
    mention = cast.mentions[number]
    if mention.sort not in {"body", "people", "person"} and not mention.part:
        return None
    if mention.sort in {"state", "place", "document"}:
        return None
    owner = next(iter(_bodies(cast, mention)), None)
    if owner is None:
        return None
    root = state_of(owner) or owner
    part = mention.part or slug(mention.noun + "s" * mention.plural)
    actor = f"{root}:{part}"
    score = 0.85
    if mention.sort == "person" and not mention.plural:
        # two officials are two people, though both are called RUS:official
        return _unnamed(cast, mention, actor, root), "one of the people of a state or organization", score
    known = cast.knowledge.known(actor)
    kind: ActorKind = known.kind if known else "government_body" if mention.sort == "body" else "population"
    name = " ".join(cast.words(mention))
    entity = Entity(actor, name, mention.sort, kind, plural=mention.sort != "body", owner=root)
    return cast.enter(entity), "part of a state or organization", score


def _unnamed(cast: Cast, mention: ActorMention, actor: str | None, owner: str | None) -> Entity:
    entity = Entity(
        actor,
        " ".join(cast.words(mention)),
        "person",
        "person",
        owner=owner,
        nouns={mention.noun},
        gender=mention.gender,
    )
    cast.entities.append(entity)
    return entity


def _kind_before(cast: Cast, number: int) -> Answer:
    """Read "The country", "the group", "the city": the most prominent actor of that kind just before."""
    mention = cast.mentions[number]
    if not mention.likes or mention.plural or mention.modifiers or mention.article not in {"the", "this"}:
        return None
    found = [one for one in ranked(cast, number, _recent(cast, number)) if _is_like(one, mention.likes)]
    return (found[0], f"nearest {mention.noun}", 0.6) if found else None


def _recent(cast: Cast, number: int) -> list[Entity]:
    here = cast.sheet.sent[cast.mentions[number].head]
    found: dict[int, Entity] = {}
    for other in range(number - 1, -1, -1):
        entity = cast.meant[other]
        if cast.sheet.sent[cast.mentions[other].head] < here - REACH:
            break
        if entity is not None:
            found.setdefault(id(entity), entity)
    return list(found.values())


def _is_like(entity: Entity, likes: frozenset[str]) -> bool:
    if entity.sort in {"state", "place"}:
        return entity.sort in likes
    if entity.sort in {"organization", ""}:
        return entity.kind in likes
    return False


def _default_part(cast: Cast, number: int) -> Answer:
    """Read "Officials said", "the government": of the state that the sentence or the report is about."""
    mention = cast.mentions[number]
    part = mention.part or mention.noun
    if part not in DEFAULT_BODIES or mention.sort not in {"body", "people", "person"} or mention.modifiers:
        return None
    if mention.sort == "person" and not mention.plural:
        return None
    state = _state_in_focus(cast, number)
    if state is None or state.id is None:
        return None
    entity = Entity(
        f"{state.id}:{part}",
        " ".join(cast.words(mention)),
        mention.sort,
        "government_body",
        owner=state.id,
        plural=mention.sort != "body",
    )
    return cast.enter(entity), "part of the state in focus", 0.55


def _state_in_focus(cast: Cast, number: int) -> Entity | None:
    """Find the state that is subject of this sentence, else the one the report names most by far."""
    here = cast.sheet.sent[cast.mentions[number].head]
    for other in range(number - 1, -1, -1):
        mention, entity = cast.mentions[other], cast.meant[other]
        if cast.sheet.sent[mention.head] != here:
            break
        if entity and entity.sort == "state" and cast.sheet.dep[mention.head] in {"nsubj", "nsubjpass"}:
            return entity
    counts = Counter(
        {entity.id: len(entity.mentions) for entity in cast.entities if entity.sort == "state" and entity.id}
    )
    first = counts.most_common(2)
    if not first or (len(first) > 1 and first[0][1] < 2 * first[1][1]):
        return None
    return cast.by_id[first[0][0]]


def _stranger(cast: Cast, number: int) -> Answer:
    """Read "Witnesses", "a doctor", "rebels": people of whom nothing more is said."""
    mention = cast.mentions[number]
    if mention.sort not in {"person", "people"}:
        return None
    if mention.article in {"the", "this", "poss"} and not mention.plural:
        return None
    name = slug(mention.noun if not mention.plural else " ".join(cast.words(mention)[-1:]))
    part = mention.part if mention.part in {"official", "police", "military"} else name
    entity = Entity(
        f"?:{part}",
        " ".join(cast.words(mention)),
        mention.sort,
        "population" if mention.plural else "person",
        plural=mention.plural,
        nouns={mention.noun},
        gender=mention.gender,
    )
    cast.entities.append(entity)
    return entity, "unnamed people", 0.5


SIEVES: Sequence[Sieve] = (
    _apposition,
    _pair,
    _office_in_report,
    _office_by_day,
    _same_words,
    _document,
    _described,
    _part,
    _kind_before,
    _default_part,
    _stranger,
)

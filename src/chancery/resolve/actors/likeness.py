"""Sieves that find a description's referent among those already there.

From the surest to the least sure: said in one breath (apposition, "is"), said with
the same words, called by kind. Each sieve returns the entity, the rule and a score,
or None to let the next one try.
"""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.actors import ActorMention
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.parties import bodies_of
from chancery.resolve.actors.salience import ranked

__all__ = [
    "apposition",
    "before_name",
    "called_instead",
    "copula",
    "kind_before",
    "name_word",
    "named_kind",
    "pair",
    "same_words",
]

# Sentences back to which "the group", "the country", "the company" reach.
REACH = 4
DEFINITE = frozenset({"the", "this"})
SORTS_OF = {
    "person": frozenset({"person", "people"}),
    "people": frozenset({"person", "people"}),
    "state": frozenset({"state"}),
    "place": frozenset({"place", "state"}),
    "organization": frozenset({"organization", ""}),
    "body": frozenset({"organization", ""}),
    "thing": frozenset({"person", "organization", "state", "place", ""}),
}
NAMED = frozenset({"person", "organization", "state", "place", ""})


def backwards(cast: Cast, number: int) -> Iterator[Entity]:
    """Yield whom the mentions before one mean, the nearest first."""
    for other in range(number - 1, -1, -1):
        entity = cast.meant[other]
        if entity is not None:
            yield entity


def _agrees(entity: Entity | None, mention: ActorMention) -> bool:
    if entity is None or entity.sort not in SORTS_OF.get(mention.sort, NAMED):
        return False
    return entity.plural == mention.plural or entity.sort in {"organization", "state", ""}


def before_name(cast: Cast, number: int) -> Answer:
    """Read "the airline" of "the airline Mahan Air" as whom the name means."""
    mention = cast.mentions[number]
    if mention.sort != "before name":
        return None
    entity = cast.entity_at(mention.modifiers[0])
    return (entity, "title or kind before the name", 0.9) if entity else None


def apposition(cast: Cast, number: int) -> Answer:
    """Read "Steffen Seibert, her spokesman" and "the prosecutor, Ali Mehr" as one person said twice."""
    mention, sheet = cast.mentions[number], cast.sheet
    near = [sheet.head[mention.head]] if sheet.dep[mention.head] == "appos" else []
    near += [kid for kid in sheet.kids[mention.head] if sheet.dep[kid] == "appos"]
    for entity in (*map(cast.entity_at, near), _next_name(cast, mention)):
        if entity and _agrees(entity, mention) and entity.mentions:
            _introduce(cast, entity, mention)
            return entity, "apposition", 0.9
    return None


def _next_name(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find the name right after a description: "Ambassador to Germany Richard Grenell"."""
    end = mention.tokens[1]
    for token in mention.modifiers:
        over = cast.over.get(token)
        if over is not None:
            end = max(end, cast.mentions[over].tokens[1])
    for kid in cast.sheet.kids[mention.head]:
        if cast.sheet.dep[kid] == "prep" and kid == end:
            end = _end_of_phrase(cast, kid)
    comma = end < len(cast.sheet.words) and cast.sheet.words[end] == "," and mention.article == "the"
    following = cast.over.get(end + comma)
    if following is None or cast.mentions[following].tokens[0] != end + comma:
        return None
    name = cast.mentions[following]
    if name.kind != "name" or (comma and (name.sort != "person" or mention.sort != "person")):
        return None
    if mention.sort in {"organization", "body"} and comma:
        return None
    return cast.meant[following] if mention.sort in {"person", "organization"} else None


def _end_of_phrase(cast: Cast, preposition: int) -> int:
    for kid in cast.sheet.kids[preposition]:
        if cast.sheet.dep[kid] == "pobj":
            over = cast.over.get(kid)
            return cast.mentions[over].tokens[1] if over is not None else kid + 1
    return preposition + 1


def _introduce(cast: Cast, entity: Entity, mention: ActorMention) -> None:
    """Remember the office and the owner that a description gives to whom it describes."""
    if entity.sort != "person":
        return
    bodies = bodies_of(cast, mention.modifiers)
    entity.offices.update(
        office for office in mention.titles if not bodies or cast.knowledge.offices[office].body in bodies
    )
    if bodies and not entity.owner:
        entity.owner = bodies[0]


def copula(cast: Cast, number: int) -> Answer:
    """Read "Ford is the largest carmaker": subject and complement of "be" are one."""
    mention, sheet = cast.mentions[number], cast.sheet
    verb = sheet.head[mention.head]
    if sheet.dep[mention.head] != "attr" or sheet.lemma[verb] != "be" or mention.sort in {"document", "body"}:
        return None
    if any(sheet.dep[kid] in {"neg", "aux"} for kid in sheet.kids[verb]) or not mention.article:
        return None
    subject = next((kid for kid in sheet.kids[verb] if sheet.dep[kid] == "nsubj"), None)
    entity = cast.entity_at(subject) if subject is not None else None
    if entity and _agrees(entity, mention) and entity.sort != "thing":
        _introduce(cast, entity, mention)
        return entity, "said to be this", 0.75
    return None


def named_kind(cast: Cast, number: int) -> Answer:
    """Read "The Nation magazine", "the Fars news agency", "the city of Raqqa" as the name within them."""
    mention, sheet = cast.mentions[number], cast.sheet
    for token in mention.modifiers:
        entity = cast.entity_at(token)
        if entity is None:
            continue
        compound = sheet.dep[token] == "compound" and sheet.head[token] == mention.head
        if mention.sort == "organization" and compound and entity.sort in {"organization", ""}:
            if entity.kind in mention.likes and not mention.plural:
                return entity, "kind of the name before it", 0.8
        elif mention.sort == "place" and entity.sort == "place" and sheet.lower[sheet.head[token]] == "of":
            return entity, "kind of the place named after it", 0.8
    return None


def pair(cast: Cast, number: int) -> Answer:
    """Read "both leaders", "the two countries" as the two of that kind named last."""
    mention = cast.mentions[number]
    if mention.article != "both":
        return None
    sort = {"state": "state", "person": "person", "body": "state", "organization": "organization"}.get(
        mention.sort
    )
    found: dict[int, Entity] = {}
    for entity in backwards(cast, number):
        if entity.sort == sort and not entity.plural and entity.actor:
            found.setdefault(id(entity), entity)
        if len(found) > 1:
            members = tuple(reversed(found.values()))
            name = " and ".join(one.name for one in members)
            return (
                cast.enter(Entity(None, name, "group", plural=True, members=members)),
                "the two named last",
                0.6,
            )
    return None


def same_words(cast: Cast, number: int) -> Answer:
    """Read "the airline", "the release" as what was described with that noun before."""
    mention = cast.mentions[number]
    if mention.article not in DEFINITE or (mention.modifiers and mention.sort != "document"):
        return None
    for entity in backwards(cast, number):
        fits = mention.noun in entity.nouns and entity.sort not in {"group", "thing"}
        if fits and (entity.plural == mention.plural or entity.sort == "organization"):
            return entity, "described with the same noun before", 0.8
    return None


def name_word(cast: Cast, number: int) -> Answer:
    """Read "the mosque" after "the Grand Mosque", "the church" after "the Church of Scientology"."""
    mention = cast.mentions[number]
    if mention.article not in DEFINITE or mention.plural or mention.modifiers or mention.sort == "person":
        return None
    word = cast.sheet.words[mention.head].capitalize()
    for entity in backwards(cast, number):
        if (
            entity.sort in {"organization", "place", ""}
            and word != entity.name
            and word == head_word(entity.name)
        ):
            return entity, "noun of a name before", 0.75
    return None


def head_word(name: str) -> str:
    """Return the noun of a name: its last word, or the one before "of" or "for"."""
    words = name.split()
    for at, word in enumerate(words):
        if word in {"of", "for"} and at:
            return words[at - 1]
    return words[-1] if words else ""


def called_instead(cast: Cast, number: int) -> Answer:
    """Read "the Alliance" as the organization that is called so."""
    mention = cast.mentions[number]
    if not mention.names or mention.article not in {"the", "this", "poss"}:
        return None
    owners = [name[1] for name in mention.names]
    present = next((one for one in backwards(cast, number) if one.id in owners), None)
    ahead = [one for one in cast.entities if one.id in owners]
    if present or len(ahead) == 1:
        return present or ahead[0], "description of an organization in the report", 0.8
    if len(owners) == 1 and cast.words(mention)[-1][:1].isupper():
        return cast.known(owners[0]), "description of an organization in the tables", 0.6
    return None


def kind_before(cast: Cast, number: int) -> Answer:
    """Read "the country", "the group", "the city" as the most prominent of that kind just before."""
    mention = cast.mentions[number]
    if not mention.likes or mention.plural or mention.modifiers or mention.article not in DEFINITE:
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
    return entity.sort in {"organization", ""} and entity.kind in likes

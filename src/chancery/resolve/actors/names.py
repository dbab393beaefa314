"""Names -> entities: from the tables, from a fuller name in the report, or new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chancery.extract.actors import ActorMention
from chancery.knowledge.actors import BRANCHES
from chancery.knowledge.codes import state_of
from chancery.knowledge.names import Name, slug
from chancery.knowledge.offices import Tenure
from chancery.knowledge.people import FAMILY_FIRST, PARTICLES, person_id, surnames_of
from chancery.records import ActorKind
from chancery.resolve.actors.entity import Cast, Entity, head_word
from chancery.resolve.actors.issuer import LEADING, full_name_in, leading
from chancery.resolve.actors.lists import listed
from chancery.resolve.actors.parties import introduce
from chancery.resolve.actors.speech import Speech

__all__ = ["resolve_names"]

LONGEST_SURNAME = 3  # "al - Assad"
SHORTEST_ACRONYM = 3
LONGEST_PREFIX = 3
# Years after which a leader out of office is called by the bare surname no more.
STILL_KNOWN = 8
# The words of which the names of armies are made, beside their state's.
ARMED = frozenset(
    {"national", "security", "armed", "defense", "defence", "self-defense", "self-defence", "forces"}
)
ARMED |= {"army", "military", "and", "the", "of"}


def resolve_names(cast: Cast, speech: Speech) -> None:
    """Say whose every name is: full names first, then the short forms that lean on them."""
    order = [
        number
        for number, mention in enumerate(cast.mentions)
        if mention.kind in {"name", "demonym", "capital"}
    ]
    near = Counter(
        name[1]
        for number in order
        for name in cast.mentions[number].names[:1]
        if len(cast.mentions[number].names) == 1
    )
    shortened = _shortened(cast, order)
    later = []
    for number in order:
        mention = cast.mentions[number]
        if mention.names and not (mention.kind == "capital" and len(cast.words(mention)) == 1):
            _from_tables(cast, number, near)
        elif len(cast.words(mention)) > 1 and (
            _is_full_name(cast, mention) if mention.sort == "person" else number in shortened
        ):
            _new_person(cast, number)
        else:
            later.append(number)
    forms = _short_forms(cast)
    speaking = {
        tuple(cast.words(cast.mentions[one])) for one in later if speech.is_speaker(cast.mentions[one].head)
    }
    for number in later:
        if cast.mentions[number].names and tuple(cast.words(cast.mentions[number])) not in forms:
            _from_tables(cast, number, near)  # a capital that is nobody's surname here
        else:
            _short_name(cast, number, forms, speaking)
    for number in order:
        # bodies of no table are known only now: "Environment Canada spokeswoman Ana Lee"
        entity, mention = cast.meant[number], cast.mentions[number]
        speaks = not listed("speaks_for").isdisjoint(mention.nouns)
        if entity and entity.sort == "person" and speaks and mention.modifiers and not entity.owner:
            introduce(cast, entity, mention)


def _shortened(cast: Cast, order: Sequence[int]) -> set[int]:
    """Find what the model takes for a body, but is called by its last word later, as only people are.

    Firms and bodies are shortened to their first word ("Mahan Air", "Mahan").
    """
    alone = {
        cast.words(cast.mentions[number])[0]
        for number in order
        if len(cast.words(cast.mentions[number])) == 1 and cast.mentions[number].sort != "state"
    }
    found = set()
    for number in order:
        mention = cast.mentions[number]
        words = cast.words(mention)
        plain = len(words) in {2, 3} and all(word.isalpha() and word[0].isupper() for word in words)
        if plain and mention.sort in {"organization", ""} and not mention.names:
            known = {words[-1].lower(), words[0].lower()} & (listed("company_words") | listed("body_words"))
            if words[-1] in alone and words[0] not in alone and not known:
                found.add(number)
    return found


def _is_person(cast: Cast, mention: ActorMention) -> bool:
    """Say whether what the model calls a person is none of the firms and bodies it takes for one."""
    firm = cast.words(mention)[-1].lower() in listed("company_words")
    return not firm and listed("company_nouns").isdisjoint(mention.nouns)


def _is_full_name(cast: Cast, mention: ActorMention) -> bool:
    """Say whether a name of several words is more than a surname with its particles ("al-Assad")."""
    words = cast.words(mention)
    bare = [word for word in words if word != "-" and word.lower() not in PARTICLES]
    # "Ben" is a given name, "ben" and "al-" are particles
    return _is_person(cast, mention) and (len(bare) > 1 or not (words[0].islower() or words[1] == "-"))


def _from_tables(cast: Cast, number: int, near: Counter[str]) -> None:
    mention = cast.mentions[number]
    what, owner = _choose(cast, mention, near)
    if mention.kind == "capital" and not mention.government:
        _place(cast, number, "capital as place")
        return
    if what == "people" and mention.sort == "people":
        name = " ".join(cast.words(mention))
        entity = cast.enter(Entity(f"{owner}:population", name, "people", "population", plural=True))
        if mention.plural:
            cast.mean(number, entity, "people of a state", 0.9)
        else:
            citizen = cast.enter(Entity(None, name, "person", "person", owner=owner))
            cast.mean(number, citizen, "citizen of a state", 0.5)
        return
    rules = {
        "adjective": "adjective of a state",
        "capital": "capital as government",
        "metonym": "seat as those inside",
    }
    entity = _branch(cast, owner, mention) if what == "metonym" else cast.known(owner)
    introduce(cast, entity, mention)
    cast.mean(number, entity, rules.get(what, f"name in the tables ({what})"), 0.95)


def _branch(cast: Cast, owner: str, mention: ActorMention) -> Entity:
    if cast.knowledge.known(owner):
        return cast.known(owner)
    state, _, branch = owner.partition(":")
    kind: ActorKind = "government_body" if branch in BRANCHES.values() else "other"
    return cast.enter(Entity(owner, " ".join(cast.words(mention)), "organization", kind, owner=state))


def _choose(cast: Cast, mention: ActorMention, near: Counter[str]) -> Name:
    """Choose among the owners of one name: who the report speaks of otherwise, then who holds office."""
    names = mention.names
    if len(names) == 1:
        return names[0]
    if names[0][0] == "person":
        return max(names, key=lambda name: _prominence(cast, name[1]))
    return max(names, key=lambda name: (near[name[1]], _independent(cast, name[1])))


def _independent(cast: Cast, actor: str) -> bool:
    known = cast.knowledge.known(actor)
    return known is not None and known.wikidata is not None and not actor.startswith("X")


def _prominence(cast: Cast, person: str) -> tuple[bool, str]:
    tenures = cast.knowledge.tenures(person)
    day = cast.day
    return day is not None and any(one.covers(day) for one in tenures), max(
        (one.first for one in tenures), default=""
    )


def _roots(entity: Entity) -> Iterator[str]:
    actor = entity.actor or ""
    yield actor
    state = state_of(actor)
    if state:
        yield state


def _new_person(cast: Cast, number: int) -> None:
    mention = cast.mentions[number]
    words = [word for word in cast.words(mention) if word not in {"(", ")", '"'}]
    name = re.sub(r" - ", "-", " ".join(words))
    if name.isupper() and len(name) > LONGEST_PREFIX:
        name = re.sub(r" - ", "-", " ".join(_lowered(tuple(words))))
    if " " not in name:
        name = full_name_in(cast.title, name) or name
    actor = person_id(name)
    entity = (
        cast.known(actor)
        if cast.knowledge.known(actor)
        else cast.enter(Entity(actor, name, "person", "person"))
    )
    entity.gender = entity.gender or mention.gender or cast.knowledge.given_name_gender(words[0])
    introduce(cast, entity, mention)
    cast.mean(number, entity, "full name in the report", 0.85)


def _place(cast: Cast, number: int, rule: str) -> None:
    name = " ".join(cast.words(cast.mentions[number]))
    if name not in cast.places:
        cast.places[name] = cast.enter(Entity(None, name, "place"))
    cast.mean(number, cast.places[name], rule, 0.8)


def _short_forms(cast: Cast) -> dict[tuple[str, ...], list[Entity]]:
    """List by which shorter forms the people and bodies named so far may be named again."""
    forms: dict[tuple[str, ...], list[Entity]] = {}
    for entity in cast.entities:
        if entity.sort == "person":
            for form in _person_forms(cast, entity):
                forms.setdefault(form, []).append(entity)
    return forms


def _person_forms(cast: Cast, entity: Entity) -> Iterator[tuple[str, ...]]:
    names = [entity.name, *(cast.knowledge.aliases(entity.id) if entity.id else ())]
    names += [" ".join(cast.words(cast.mentions[number])) for number in entity.mentions]
    found: dict[tuple[str, ...], None] = {}
    for name in names:
        words = tuple(name.replace(" - ", "-").replace("-", " - ").split())
        family_first = _country_of(cast, entity) in FAMILY_FIRST
        found |= dict.fromkeys(surnames_of(words, family_first=family_first))
        if family_first and entity.known is None:
            # whom only the report knows may write the name the other way round ("Sung Kim")
            found |= dict.fromkeys(surnames_of(words, family_first=False))
        found[words] = None
    yield from found


def _country_of(cast: Cast, entity: Entity) -> str | None:
    if entity.owner:
        return entity.owner[:3]
    tenures = cast.knowledge.tenures(entity.id or "")
    return cast.knowledge.offices[tenures[-1].office].body[:3] if tenures else None


def _short_name(
    cast: Cast, number: int, forms: dict[tuple[str, ...], list[Entity]], speaking: set[tuple[str, ...]]
) -> None:
    """Resolve a name that no table has: a short form of a fuller one, an office-holder's surname, or new."""
    mention = cast.mentions[number]
    words = tuple(cast.words(mention))
    shouted = all(word.isupper() and len(word) > 1 for word in words)
    fitting = forms.get(words, []) or (_in_capitals(forms, words) if shouted else [])
    if shouted and not fitting and mention.sort == "person":
        words = _lowered(words)
    # the model takes a bare surname for a place, a firm, even a people ("Tamim said")
    if fitting and cast.tree.tag[mention.head] not in {"NNS", "NNPS"}:
        entity = _nearest(number, fitting)
        introduce(cast, entity, mention)
        cast.mean(number, entity, "surname of a person named in full", 0.9 if len(fitting) == 1 else 0.6)
        return
    # the model often takes a bare surname for a body; then only somebody in office on the day will do
    surname = mention.sort in {"person", ""} or (mention.sort == "organization" and cast.day is not None)
    if surname and len(words) <= LONGEST_SURNAME:
        person = _office_holder(cast, mention, words)
        if person:
            entity = cast.known(person)
            introduce(cast, entity, mention)
            forms.setdefault(words, []).append(entity)
            cast.mean(number, entity, "surname of an office-holder", 0.8)
            return
    _new_name(cast, number, forms, speaks=words in speaking)


def _lowered(words: tuple[str, ...]) -> tuple[str, ...]:
    """Write a shouted name as others are written: "JEAN - PIERRE", "MCCONNELL"."""
    return tuple(
        f"Mc{word[2:].capitalize()}"
        if word.startswith("MC") and len(word) > LONGEST_PREFIX
        else word.capitalize()
        for word in words
    )


def _in_capitals(forms: dict[tuple[str, ...], list[Entity]], words: tuple[str, ...]) -> list[Entity]:
    """Find who is named in capitals, as in the turns of a transcript."""
    return [
        entity
        for form, entities in forms.items()
        if tuple(word.upper() for word in form) == words
        for entity in entities
    ]


def _nearest(number: int, entities: Sequence[Entity]) -> Entity:
    """Return the one of several namesakes whose mention is nearest, before rather than after."""
    if len(entities) == 1:
        return entities[0]

    def distance(entity: Entity) -> tuple[bool, int]:
        before = [other for other in entity.mentions if other < number]
        return (not before, number - max(before) if before else min(entity.mentions, default=number) - number)

    return min(entities, key=distance)


def _office_holder(cast: Cast, mention: ActorMention, words: tuple[str, ...]) -> str | None:
    """Find the office-holder of the day with this surname: by the title if there is one, else by fame."""
    namesakes = cast.knowledge.by_surname.get(" ".join(words), [])
    if not namesakes:
        return None
    wanted = _titled(cast, mention)
    found = [
        person
        for person in namesakes
        if any(_fits(cast, tenure, wanted) for tenure in cast.knowledge.tenures(person))
    ]
    if not found and not wanted:
        return _late_leader(cast, namesakes)
    if len(found) > 1 and not wanted:
        # "Kim said": of all Kims in office, who leads a state that the report names, or any
        found = leading(cast.knowledge, found, cast.day)
        found = [one for one in found if any(body in cast.by_id for body in _bodies(cast, one))] or found
        if len(found) > 1:
            found = leading(cast.knowledge, found, cast.day, frozenset({"head_of_state"}))
    if len(found) > 1 and not wanted:
        return None
    return max(found, key=lambda person: _prominence(cast, person)) if found else None


def _bodies(cast: Cast, person: str) -> Iterator[str]:
    for tenure in cast.knowledge.tenures(person):
        if cast.day is None or tenure.covers(cast.day):
            yield cast.knowledge.offices[tenure.office].body


def _late_leader(cast: Cast, namesakes: Sequence[str]) -> str | None:
    """Return who led a state in the years before and alone has that surname in the tables ("Trump")."""
    if len(namesakes) > 1 or cast.day is None:
        return None
    since = f"{int(cast.day[:4]) - STILL_KNOWN}"
    led = any(
        not LEADING.isdisjoint(cast.knowledge.offices[one.office].roles) and since < one.last <= cast.day
        for one in cast.knowledge.tenures(namesakes[0])
    )
    return namesakes[0] if led else None


def _titled(cast: Cast, mention: ActorMention) -> set[str]:
    owners = {part for owner in map(cast.entity_at, mention.modifiers) if owner for part in _roots(owner)}
    return {
        office for office in mention.titles if not owners or cast.knowledge.offices[office].body in owners
    }


def _fits(cast: Cast, tenure: Tenure, wanted: set[str]) -> bool:
    if cast.day is not None and not tenure.covers(cast.day):
        return False
    if wanted:
        return tenure.office in wanted
    return cast.knowledge.offices[tenure.office].role in listed("famous_roles")


def _new_name(cast: Cast, number: int, forms: dict[tuple[str, ...], list[Entity]], *, speaks: bool) -> None:
    mention = cast.mentions[number]
    words = cast.words(mention)
    name = " ".join(words).replace(" - ", "-").replace(" '", "'").replace(" .", ".")
    opens = cast.tree.offset[mention.tokens[0]] == cast.dateline  # "OSLO, Feb 10 (Reuters)"
    if opens or (mention.sort == "place" and not speaks):
        _place(cast, number, "place name")
    elif mention.sort == "people":
        actor = f"?:{slug(name)}" if mention.plural else None
        group = cast.enter(Entity(actor, name, "people", "population", plural=mention.plural))
        cast.mean(number, group, "group name", 0.5)
    elif mention.sort == "person" and _is_person(cast, mention):
        _new_person(cast, number)
        entity = cast.meant[number]
        if entity:
            forms.setdefault(tuple(words), []).append(entity)
    else:
        _new_body(cast, number, name)


def _new_body(cast: Cast, number: int, name: str) -> None:
    """Enter a body that no table has; a state's own goes by the state ("GBR:health-protection-agency")."""
    mention = cast.mentions[number]
    words = cast.words(mention)
    similar = _bracketed(cast, mention) or _same_body(cast, words)
    if similar:
        cast.mean(number, similar, "short form of a name in the report", 0.8)
        return
    state = _state_of_body(cast, mention)
    last = head_word(" ".join(words)).lower()
    # an abbreviation spelt like a state's code is not that state ("SMR", a reactor)
    actor, kind = f"{name}-body" if cast.knowledge.known(name) else name, _body_kind(words)
    part = _army_of(words)
    if state and part:
        actor, kind = f"{state.id}:{part}", "military"
    elif state and last in listed("body_words"):
        bare = re.sub(rf" of (the )?{re.escape(state.name)}$", "", name)
        actor, kind = f"{state.id}:{slug(bare)}", "government_body"
    entity = Entity(
        actor, name, "organization" if mention.sort else "", kind, owner=state.id if state else None
    )
    _remember(cast, cast.enter(entity))
    cast.mean(number, cast.enter(entity), "name in the report only", 0.6)


def _bracketed(cast: Cast, mention: ActorMention) -> Entity | None:
    """Return the body that a short form in brackets abbreviates: "General Motors Corporation (GM)"."""
    start, tree = mention.tokens[0], cast.tree
    if start < 2 or tree.form[start - 1] != "(" or mention.tokens[1] - start > 1:
        return None
    before = cast.over.get(start - 2)
    entity = cast.meant[before] if before is not None else None
    if entity is None or entity.sort not in {"organization", ""}:
        return None
    short, closed = tree.form[start], tree.form[start + 1 : start + 2] == [")"]
    # initials need not agree: "the State Property Agency (AVAS)" has them in its own language
    if not short.isupper() or not closed or mention.names:
        return None
    if entity.id is not None:
        cast.short_names.setdefault(short, entity)
    return entity


def _army_of(words: Sequence[str]) -> str:
    """Return "military" for the name of a state's armed forces: "Afghan National Security Forces"."""
    rest = [word.lower() for word in words if word.lower() in ARMED]
    return "military" if {"forces", "army"}.intersection(rest[-1:]) and len(rest) >= len(words) - 2 else ""


def _body_kind(words: Sequence[str]) -> ActorKind:
    last = head_word(" ".join(words)).lower()
    if last in listed("company_words"):
        return "company"
    return "political_party" if last == "party" else "other"


def _state_of_body(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find the state within a body's name or before it."""
    inside = [cast.entity_at(at) for at in range(*mention.tokens)]
    before = [cast.entity_at(at) for at in mention.modifiers]
    return next((one for one in (*inside, *before) if one and one.sort == "state"), None)


def _same_body(cast: Cast, words: Sequence[str]) -> Entity | None:
    """Find a body whose name begins with these words, or has them as its initials, or the reverse."""
    if not cast.short_names:
        for entity in cast.entities:
            _remember(cast, entity)
    return cast.short_names.get(" ".join(words)) or cast.short_names.get(_initials(words) or " ")


def _remember(cast: Cast, entity: Entity) -> None:
    """Note by which shorter forms a body can be named again."""
    if entity.sort not in {"organization", ""} or entity.id is None:
        return
    words = entity.name.split()
    forms = [" ".join(words[:length]) for length in range(1, len(words) + 1)]
    for form in (*forms, _initials(words)):
        if form:
            cast.short_names.setdefault(form, entity)


def _initials(words: Sequence[str]) -> str:
    letters = "".join(word[0] for word in words if word[:1].isupper())
    return letters if len(letters) >= SHORTEST_ACRONYM else ""

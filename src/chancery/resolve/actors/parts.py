"""Sieves that bring somebody new: parts of a state, documents, people without a name."""

from __future__ import annotations

from collections import Counter

from chancery.extract.actors import ActorMention
from chancery.extract.actors.words import words
from chancery.knowledge.codes import state_of
from chancery.knowledge.names import slug
from chancery.records import ActorKind
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.lists import listed
from chancery.resolve.actors.parties import bodies_of, owners_of

__all__ = ["default_part", "document", "part", "state_in_focus", "stranger", "thing"]

# Sentences back to which "the message" means the greetings just sent.
REACH = 3
ACTING = frozenset({"body", "people", "person"})
# Bodies that are spoken of without names: "the US encouraged companies to leave".
ANONYMOUS = frozenset({"official", "diplomat"})
SOMEBODY = frozenset({"person", "people", "organization", "place"})
NAMELESS = frozenset({"companies", "banks", "media", "government"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def document(cast: Cast, number: int) -> Answer:
    """Read "a memo by William Granger", "Interpol's constitution": a document speaks for its author."""
    mention = cast.mentions[number]
    if mention.sort != "document":
        return None
    author = next(iter(owners_of(cast, _possessors(cast, mention))), None) or _author(cast, mention)
    if author is None and mention.article in {"the", "this"}:
        earlier = [one for one in cast.recent(number, REACH) if one.sort == "document" and one.author]
        if earlier:
            return earlier[0], "document named before by another word", 0.6
        author = _greeter(cast, mention)
    author = author or _kind_of_author(cast, mention)
    written = cast.enter(Entity(None, mention.noun, "document", author=author, nouns={mention.noun}))
    return written, "document of its author" if author else "document", 0.7 if author else 0.4


def _kind_of_author(cast: Cast, mention: ActorMention) -> Entity | None:
    """Return the nameless authors that a noun before a document tells: "eyewitness reports"."""
    tree, nouns = cast.tree, words().nouns
    for kid in tree.children(mention.head, "compound", "amod"):
        noun = nouns.get((tree.word[kid],))
        if noun and noun.sort in {"person", "people"} and noun.part not in {"", "official"}:
            kind = Entity(f"?:{noun.part}", tree.word[kid], "people", "population", plural=True)
            return cast.enter(kind)
    return None


def _possessors(cast: Cast, mention: ActorMention) -> tuple[int, ...]:
    """Return the heads of whoever a description belongs to, pronouns among them."""
    tree = cast.tree
    owning = [kid for kid in tree.kids[mention.head] if tree.dep[kid] in {"poss", "compound"}]
    return tuple(dict.fromkeys((*mention.modifiers, *owning)))


def _author(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find the author after "by" or "from", also behind a participle ("authored by")."""
    tree = cast.tree
    verb = tree.head[mention.head]
    if tree.dep[mention.head] == "dobj" and tree.lemma[verb] in listed("authoring_verbs"):
        subjects = [cast.entity_at(kid) for kid in tree.kids[verb] if tree.dep[kid] == "nsubj"]
        if subjects and subjects[0] and subjects[0].actor:
            return subjects[0]  # "Halliburton issued a statement"
    todo = [kid for kid in tree.kids[mention.head] if tree.dep[kid] in {"prep", "acl", "agent"}]
    while todo:
        at = todo.pop()
        if tree.dep[at] == "acl" and tree.lemma[at] in listed("authoring_verbs"):
            todo += [kid for kid in tree.kids[at] if tree.dep[kid] == "agent"]
        elif tree.word[at] in {"by", "from"}:
            found = [cast.entity_at(kid) for kid in tree.kids[at]]
            if found and found[0]:
                return found[0]
    return None


def _greeter(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find whose "the message" is: who congratulated somebody just before."""
    tree = cast.tree
    if mention.noun not in listed("greetings"):
        return None
    for at in range(mention.head - 1, -1, -1):
        if tree.ordinal[at] < tree.ordinal[mention.head] - REACH:
            return None
        if tree.lemma[at] in listed("greeting_verbs") and tree.pos[at] == "VERB":
            subject = tree.child(at, "nsubj")
            greeter = cast.entity_at(subject) if subject is not None else None
            if greeter and greeter.actor:
                return greeter
    return None


def part(cast: Cast, number: int) -> Answer:
    """Read "the Ukrainian army", "US officials" as a part of the state or organization named with it."""
    mention = cast.mentions[number]
    many = mention.sort in {"organization", "state"} and bool(mention.part) and mention.plural
    if mention.sort not in ACTING and not many:
        return None
    several = _of_several(cast, mention)
    if several:
        return several, "parts of several states", 0.8
    owners = owners_of(cast, _possessors(cast, mention))
    owner = next(iter(bodies_of(cast, _possessors(cast, mention))), None)
    if owner is None or (owners[0].sort == "person" and mention.part != "official"):
        return None  # somebody's father is no part of a state
    root = state_of(owner) or owner
    if mention.sort == "state" and root == state_of(owner):
        return None  # a country's neighbours are no part of it
    actor = f"{root}:{_called(cast, mention)}"
    rule = "part of a state or organization"
    if mention.sort == "person" or mention.noun in listed("units"):
        # two officials are two people, though both are called RUS:official; a brigade is not the army
        return _unnamed(cast, mention, actor, root), rule, 0.85
    known = cast.knowledge.known(actor)
    kind: ActorKind = known.kind if known else "government_body" if mention.sort == "body" else "population"
    name = " ".join(cast.words(mention))
    whole = Entity(actor, name, mention.sort, kind, known, plural=mention.sort != "body", owner=root)
    return cast.enter(whole), rule, 0.85


def _of_several(cast: Cast, mention: ActorMention) -> Entity | None:
    """Return the parts of coordinated states together: "Turkish and Greek ministers"."""
    tree = cast.tree
    first = next((at for at in mention.modifiers if tree.dep[at] in {"amod", "nmod", "compound"}), None)
    if first is None or not mention.plural:
        return None
    states = [cast.entity_at(at) for at in tree.coordinated(first)]
    ids = dict.fromkeys(one.id for one in states if one and one.sort == "state" and one.id)
    if len(ids) < len("ab"):
        return None
    name, called = " ".join(cast.words(mention)), _called(cast, mention)
    kind: ActorKind = "government_body" if mention.sort == "body" else "population"
    members = tuple(
        cast.enter(Entity(f"{state}:{called}", name, mention.sort, kind, plural=True, owner=state))
        for state in ids
    )
    return cast.enter(Entity(None, name, "group", plural=True, members=members))


def _called(cast: Cast, mention: ActorMention) -> str:
    """Return what an unnamed part is called in its id: "official", "employees", "former-employees"."""
    called = mention.part or slug(mention.noun)
    if mention.plural and mention.sort == "person" and called == mention.noun:
        called = slug(cast.tree.word[mention.head])
    former = mention.former and mention.sort == "person" and mention.part != "official"
    return f"former-{called}" if former else called


def _home(cast: Cast, mention: ActorMention) -> str | None:
    """Find the state in which people live: "women in Ohio", "thousands of people across Chad"."""
    population = mention.part == "population" or mention.noun in listed("anybody")
    if not population or not mention.plural:
        return None
    tree = cast.tree
    for place in tree.objects(mention.head, listed("living_in")):
        entity = cast.entity_at(place)
        if entity and entity.sort == "state" and entity.id:
            return entity.id
        country = cast.countries.get(tree.offset[tree.edge(place)])
        if country and cast.knowledge.known(country):
            return country
    return None


def _unnamed(cast: Cast, mention: ActorMention, actor: str, owner: str | None) -> Entity:
    person = Entity(
        id=actor,
        name=" ".join(cast.words(mention)),
        sort=mention.sort,
        kind="population" if mention.plural else "person",
        plural=mention.plural,
        owner=owner,
        nouns={mention.noun},
        gender=mention.gender,
    )
    cast.entities.append(person)
    return person


def default_part(cast: Cast, number: int) -> Answer:
    """Read "officials said", "the government" as of the state that the sentence or the report is about."""
    mention = cast.mentions[number]
    name = mention.part or mention.noun
    owned = bool(mention.modifiers) or mention.article in {"poss", "both"}
    if name not in listed("default_parts") or mention.sort not in ACTING or owned:
        return None
    if mention.sort == "body" and mention.plural and mention.noun in {"government", "parliament"}:
        return None  # "decisions of governments" are no one state's
    if mention.sort == "person" and (
        (not mention.plural and mention.noun not in ANONYMOUS) or _otherwise(cast, mention)
    ):
        return None
    # who writes of "the military" in its own text means another's
    others = cast.issuer if name != "government" or mention.article != "the" else None
    state = _own(cast, mention) or state_in_focus(cast, number, without=others)
    if state is None or state.id is None:
        return None
    body = mention.sort == "body"
    if mention.sort == "person" and not mention.plural:
        return _unnamed(cast, mention, f"{state.id}:{name}", state.id), "part of the state in focus", 0.5
    whole = Entity(
        f"{state.id}:{name}",
        " ".join(cast.words(mention)),
        mention.sort,
        "government_body",
        plural=not body,
        owner=state.id,
    )
    return cast.enter(whole), "part of the state in focus", 0.55


def _otherwise(cast: Cast, mention: ActorMention) -> bool:
    """Say whether a noun before makes officials something else: "business leaders", "hospital officials"."""
    tree = cast.tree
    before = [kid for kid in tree.children(mention.head, "compound", "nmod", "amod") if kid < mention.head]
    return any(
        tree.word[kid] in listed("of_others")
        or (
            tree.pos[kid] == "NOUN"
            and tree.dep[kid] != "amod"
            and tree.lemma[kid] not in listed("of_a_state")
        )
        for kid in before
    )


def _own(cast: Cast, mention: ActorMention) -> Entity | None:
    """Return the issuer of a text for "the Department" and "the Government", capitalized as its own."""
    capital = cast.tree.form[mention.head][:1].isupper() and mention.article == "the"
    return cast.known(cast.issuer) if cast.issuer and capital else None


def state_in_focus(cast: Cast, number: int, *, without: str | None = None) -> Entity | None:
    """Find the state that is subject of this sentence, else the only one nearby, else the main one by far."""
    here = cast.tree.ordinal[cast.mentions[number].head]
    for other in range(number - 1, -1, -1):
        mention, entity = cast.mentions[other], cast.meant[other]
        if cast.tree.ordinal[mention.head] != here:
            break
        if entity and _is_state(entity) and cast.tree.dep[mention.head] in SUBJECTS:
            return entity
    near = {one.id for one in cast.recent(number, 1) if _is_state(one) and one.id != without}
    if len(near) == 1:
        return cast.by_id[near.pop() or ""]
    states = [one for one in cast.entities if _is_state(one) and one.id != without]
    counts = Counter({one.id: len(one.mentions) for one in states if one.id})
    first = counts.most_common(2)
    if not first or (len(first) > 1 and first[0][1] < 2 * first[1][1]):
        return None
    return cast.by_id[first[0][0]]


def _is_state(entity: Entity) -> bool:
    """Say whether an entity is a state, and not the nameless members of something ("G20:country")."""
    return entity.sort == "state" and ":" not in (entity.id or ":")


def stranger(cast: Cast, number: int) -> Answer:
    """Read "witnesses", "a doctor", "rebels" as people of whom nothing more is said."""
    mention = cast.mentions[number]
    many = mention.sort in {"organization", "body"} and mention.plural and mention.part in NAMELESS
    if mention.sort not in {"person", "people"} and not many:
        return None
    if mention.article == "both" or (mention.article in {"the", "this"} and not mention.plural):
        return None
    state = _home(cast, mention)
    if state:
        actor, words = f"{state}:population", " ".join(cast.words(mention))
        whole = Entity(actor, words, "people", "population", plural=True, owner=state)
        return cast.enter(whole), "people of the state where they live", 0.7
    name = slug(cast.tree.word[mention.head] if mention.plural else mention.noun)
    name = "governments" if mention.part == "government" else name
    called = (
        name
        if mention.sort == "body" or _otherwise(cast, mention)
        else mention.part
        if many or mention.part in {"official", "police", "military", "witnesses"}
        else name
    )
    return _unnamed(cast, mention, f"?:{called}", None), "unnamed people", 0.5


def thing(cast: Cast, number: int) -> Answer:
    """Keep any other noun as a thing, which competes for "it" and "they" and is no actor.

    Somebody whom nothing leads to a name ("the woman", "the Afghan team") stays a somebody:
    "she" and "they" mean him, and the record has a chain and no actor.
    """
    mention = cast.mentions[number]
    # a firm that nobody named would only stand between "the company" and the firm that the report is about
    nobody = mention.sort == "organization" and (mention.likes or mention.names)
    sort = mention.sort if mention.sort in SOMEBODY and not nobody else "thing"
    owner = next(iter(bodies_of(cast, mention.modifiers)), None) if sort != "thing" else None
    kind = (
        mention.part
        if mention.part in {"official", "police", "military", "witnesses"}
        else slug(mention.noun)
    )
    somebody = sort == "person" and not mention.plural and not mention.titles
    entity = Entity(
        f"?:{kind}" if somebody and mention.article in {"the", "this"} else None,
        mention.noun,
        sort,
        plural=mention.plural,
        nouns={mention.noun},
        owner=owner,
        gender=mention.gender,
    )
    cast.entities.append(entity)
    return entity, "no actor" if sort == "thing" else "described, and led back to nobody", 0.0

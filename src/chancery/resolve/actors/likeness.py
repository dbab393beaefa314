"""Sieves that find a description's referent among those already there.

From the surest to the least sure: said in one breath (apposition, "is"), said with
the same words, called by kind. Each sieve returns the entity, the rule and a score,
or None to let the next one try.
"""

from __future__ import annotations

from chancery.extract.actors import ActorMention
from chancery.extract.actors.nominals import AGENT_ENDINGS
from chancery.extract.actors.words import words
from chancery.knowledge.codes import state_of
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.parties import PART_OF, bodies_of, introduce
from chancery.resolve.actors.salience import ranked, salience

__all__ = [
    "apposition",
    "before_name",
    "called_instead",
    "copula",
    "kind_before",
    "kind_of_state",
    "name_word",
    "named_kind",
    "own_party",
    "own_state",
    "same_words",
    "told_apart",
]

# Sentences back to which "the group", "the country", "the company" reach.
REACH = 4
FAR = 8
DEFINITE = frozenset({"the", "this"})
MAYBE = frozenset({"may", "might", "could", "would", "should", "can", "must"})
COPULAS = frozenset({"be", "become", "remain"})
# Words of a description that tell nobody apart.
SMALL_WORDS = frozenset({"the", "a", "of", "for", "'s", "'", ","})
SORTS_OF = {
    "person": frozenset({"person", "people"}),
    "people": frozenset({"person", "people"}),
    "state": frozenset({"state"}),
    "place": frozenset({"place", "state"}),
    "organization": frozenset({"organization", ""}),
    "body": frozenset({"organization", ""}),
    "thing": frozenset({"organization", "place", ""}),
    "document": frozenset({"document", "organization", ""}),
}
# Words that join the links of a title, and how long one can be.
CHAIN_WORDS = frozenset({"of", "the", "for", "to", "and", "'s"})
LONGEST_CHAIN = 16
# Words from "named" to the name: "going by the name "The Fox"".
LONGEST_NAMING = 8
NAME_SORTS = frozenset({"organization", "place", ""})
NAMED = frozenset({"person", "organization", "state", "place", ""})


def _agrees(entity: Entity | None, mention: ActorMention) -> bool:
    if entity is None:
        return False
    # "Russia, the aggressor", but no state and nobody is "the global economy"
    acting = mention.sort == "thing" and mention.noun.endswith(AGENT_ENDINGS)
    if not acting and entity.sort not in SORTS_OF.get(mention.sort, NAMED):
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
    mention, tree = cast.mentions[number], cast.tree
    near = [tree.head[mention.head]] if tree.dep[mention.head] == "appos" else []
    near += [kid for kid in tree.kids[mention.head] if tree.dep[kid] == "appos"]
    near += _named_so(cast, mention)
    for entity in (*map(cast.entity_at, near), _next_name(cast, mention)):
        if entity and _agrees(entity, mention) and entity.mentions:
            introduce(cast, entity, mention)
            return entity, "apposition", 0.9
    return None


def _named_so(cast: Cast, mention: ActorMention) -> list[int]:
    """Return the head of the name that a participle gives: "a man named John Smith", "known as the Fox"."""
    tree = cast.tree
    for kid in tree.children(mention.head, "acl"):
        naming = tree.lemma[kid] in {"name", "call", "dub", "nickname", "know"}
        if not naming and not (tree.lemma[kid] == "go" and "by" in tree.word[kid : kid + 2]):
            continue
        reach = range(kid + 1, min(kid + LONGEST_NAMING, tree.last(mention.head) + 2, len(tree.word)))
        over = next((cast.over[at] for at in reach if at in cast.over), None)
        if over is not None and cast.mentions[over].kind == "name":
            return [cast.mentions[over].head]
    return []


def _next_name(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find the name right after a description: "Ambassador to Germany Richard Grenell"."""
    if mention.sort not in {"person", "organization"}:
        return None
    lower, end = cast.tree.word, mention.tokens[1]
    if end + 1 < len(lower) and lower[end] in {"to", "for", "of"}:
        inside = _name_behind(cast, end) if mention.sort == "person" else None
        inside = inside or (_name_at_the_end(cast, mention) if mention.sort == "person" else None)
        if inside:
            return inside
        over = cast.over.get(end + 1 + (lower[end + 1] == "the"))
        end = cast.mentions[over].tokens[1] if over is not None else end
    one_person = mention.sort == "person" and mention.article in {"the", "poss"}
    one_body = mention.sort == "organization" and mention.article in {"the", "poss"} and not mention.plural
    comma = end < len(lower) and lower[end] == "," and (one_person or one_body)
    following = cast.over.get(end + comma)
    if following is None:
        return None
    name = cast.mentions[following]
    if name.sort == "before name" and name.tokens[0] == end:  # "the press director, Navy Capt. Davis"
        entity = cast.entity_at(name.modifiers[0])
        return entity if entity and entity.sort == mention.sort else None
    begins = name.tokens[0] == end + comma and name.kind == "name"
    alone = cast.tree.word[name.tokens[1] : name.tokens[1] + 1] not in (["and"], ["or"])
    fits = name.sort == mention.sort if comma else True
    return cast.meant[following] if begins and fits and (one_person or alone) else None


def _name_at_the_end(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find the name after a title of several links: "Head of the Office of the Mayor of Lyon Jean Petit".

    Behind a comma only where the parser takes the name for an apposition, or for a second
    subject of the same verb: "a member of the assembly, Jean Petit, said".
    """
    tree, at = cast.tree, mention.tokens[1]
    limit = min(len(tree.word), at + LONGEST_CHAIN)
    while at < limit:
        over = cast.over.get(at)
        name = cast.mentions[over] if over is not None else None
        if over is not None and name and name.sort == "person" and name.kind == "name":
            return cast.meant[over] if _closes(cast, mention, name) else None
        linked = tree.pos[at] == "PROPN" or tree.word[at] in CHAIN_WORDS or over is not None
        comma = tree.form[at] == "," and tree.pos[at - 1] in {"PROPN", "NOUN"}
        if not linked and not comma and tree.pos[at] not in {"NOUN", "ADJ"}:
            return None
        if comma and not _person_begins(cast, at + 1):
            return None
        at += 1
    return None


def _person_begins(cast: Cast, at: int) -> bool:
    over = cast.over.get(at)
    return over is not None and cast.mentions[over].sort == "person" and cast.mentions[over].tokens[0] == at


def _closes(cast: Cast, mention: ActorMention, name: ActorMention) -> bool:
    """Say whether a name ends the title before it, and is nobody else's ("the son of Jean Petit")."""
    tree, before = cast.tree, name.tokens[0] - 1
    if tree.form[before] == ",":
        together = tree.dep[name.head] == "nsubj" and tree.head[name.head] == tree.head[mention.head]
        return (tree.dep[name.head] == "appos" and mention.article == "the") or together
    return tree.word[before] not in CHAIN_WORDS and tree.pos[before] == "PROPN" and not name.titles


def _name_behind(cast: Cast, preposition: int) -> Entity | None:
    """Find the name that the parser takes for the object: "Minister for the Middle East Alistair Burt"."""
    for kid in cast.tree.kids[preposition]:
        over = cast.over.get(kid)
        if over is None or cast.mentions[over].sort != "person" or cast.mentions[over].kind != "name":
            continue
        name = cast.mentions[over]
        between = range(preposition + 1, name.tokens[0])
        nouns = words().nouns
        titled = bool(name.titles) or any(
            (noun,) in nouns and nouns[noun,].sort == "person" for noun in name.nouns
        )
        if not titled and any(cast.tree.pos[at] == "PROPN" for at in between):
            return cast.meant[over]
    return None


def copula(cast: Cast, number: int) -> Answer:
    """Read "Ford is the largest carmaker": subject and complement of "be" are one."""
    mention, tree = cast.mentions[number], cast.tree
    verb = tree.head[mention.head]
    if tree.dep[mention.head] == "pobj" and tree.word[verb] == "as":
        return _as_such(cast, mention)
    if (
        tree.dep[mention.head] != "attr"
        or tree.lemma[verb] not in COPULAS
        or mention.sort in {"document", "body"}
    ):
        return None
    doubtful = (tree.dep[kid] == "neg" or tree.lemma[kid] in MAYBE for kid in tree.kids[verb])
    if any(doubtful) or not mention.article:
        return None
    subject = tree.child(verb, "nsubj")
    if subject is None and tree.dep[verb] == "conj":
        subject = tree.child(tree.head[verb], "nsubj")  # "She joined in 2001 and is the head"
    entity = cast.entity_at(subject) if subject is not None else None
    if entity and _agrees(entity, mention) and entity.sort != "thing":
        introduce(cast, entity, mention)
        return entity, "said to be this", 0.75
    return None


def _as_such(cast: Cast, mention: ActorMention) -> Answer:
    """Read "she worked as a guide" as her: of an active verb without an object, and of a passive one."""
    tree = cast.tree
    verb = tree.head[tree.head[mention.head]]
    if mention.sort != "person" or mention.plural or mention.article != "a" or tree.pos[verb] != "VERB":
        return None
    if any(tree.dep[kid] in {"dobj", "neg"} for kid in tree.kids[verb]):
        return None
    subject = tree.child(verb, "nsubj", "nsubjpass")
    entity = cast.entity_at(subject) if subject is not None else None
    if entity and entity.sort == "person" and not entity.plural and _agrees(entity, mention):
        return entity, "said to be this", 0.7
    return None


def own_party(cast: Cast, number: int) -> Answer:
    """Read "her party" as the party of whoever owns it, where the report says which that is."""
    mention, tree = cast.mentions[number], cast.tree
    if mention.noun not in {"party", "company", "firm", "organization", "organisation"} or mention.plural:
        return None
    for kid in tree.children(mention.head, "poss"):
        owner = cast.entity_at(kid)
        body = cast.by_id.get(owner.owner) if owner and owner.sort == "person" and owner.owner else None
        if body and body.sort == "organization" and body.kind in mention.likes:
            return body, "party of its member", 0.75
    return None


def named_kind(cast: Cast, number: int) -> Answer:
    """Read "The Nation magazine", "the Fars news agency", "the city of Raqqa" as the name within them."""
    mention, tree = cast.mentions[number], cast.tree
    for token in () if mention.plural else mention.modifiers:
        entity = cast.entity_at(token)
        if entity is None:
            continue
        before = tree.dep[token] == "compound" and tree.head[token] == mention.head
        if before and entity.sort == "person" and mention.noun in {"mp", "mep"}:
            return entity, "title or kind before the name", 0.8  # "The Hon Ian Lee MP"
        if (
            before
            and mention.sort == "organization"
            and entity.sort in NAME_SORTS
            and entity.kind in mention.likes
        ):
            return entity, "kind of the name before it", 0.8
        follows = tree.word[tree.head[token]] == "of"
        if follows and mention.sort in {"place", "state"} and entity.sort == mention.sort:
            return entity, "kind of the place named after it", 0.8
    return None


def same_words(cast: Cast, number: int) -> Answer:
    """Read "the airline", "the release" as what was described with that noun before."""
    mention = cast.mentions[number]
    if mention.article not in DEFINITE:
        return None
    if mention.sort in {"person", "organization"} and not mention.plural:
        phrase = cast.phrase(mention)
        same = [one for known, one in cast.phrases if _begins(known, phrase)] if " " in phrase else []
        same = [one for one in same if one.sort == mention.sort]
        entity = cast.latest(number, same)
        if entity:
            return entity, "described in the same words before", 0.85
        entity = cast.latest(number, _described_more_fully(cast, phrase, mention.noun))
        if entity:
            return entity, "described by more words before", 0.75
    if (mention.modifiers and mention.sort != "document") or told_apart(cast, mention):
        return None
    if mention.sort == "document" and bodies_of(cast, mention.modifiers):
        return None  # "the Home Office letter" is the Home Office's, whatever letters came before
    found = [
        one
        for one in cast.called.get(mention.noun, ())
        if one.plural == mention.plural or one.sort == "organization"
    ]
    entity = cast.latest(number, found)
    return (entity, "described with the same noun before", 0.8) if entity else None


def _begins(known: str, phrase: str) -> bool:
    """Say whether a description opens with the words of another, and is not of something owned by that."""
    return known.startswith(phrase) and not known[len(phrase) :].startswith((" 's", " '", " ’"))


def _described_more_fully(cast: Cast, phrase: str, noun: str) -> list[Entity]:
    """Find whom "the Deputy Head of the Mayor's Office" was, said with the same words and more."""
    telling = _telling(phrase)
    if len(telling) <= len(noun.split()):
        return []
    return [one for known, one in cast.phrases if known.startswith(noun) and telling <= _telling(known)]


def _telling(phrase: str) -> set[str]:
    return {*phrase.split()} - SMALL_WORDS


def told_apart(cast: Cast, mention: ActorMention) -> bool:
    """Say whether a noun before the noun sets it apart: "the video referee" is not "the referee"."""
    return (
        any(
            cast.tree.dep[kid] == "compound" and cast.tree.pos[kid] == "NOUN" and kid < mention.head
            for kid in cast.tree.kids[mention.head]
        )
        and " " not in mention.noun
    )


def name_word(cast: Cast, number: int) -> Answer:
    """Read "the mosque" after "the Grand Mosque", "the church" after "the Church of Scientology"."""
    mention = cast.mentions[number]
    if mention.article not in DEFINITE or mention.plural or mention.modifiers or mention.sort == "person":
        return None
    word = cast.tree.form[mention.head].capitalize()
    found = [one for one in cast.named.get(word, ()) if one.sort in NAME_SORTS and one.name != word]
    entity = cast.latest(number, found)
    return (entity, "noun of a name before", 0.75) if entity else None


def called_instead(cast: Cast, number: int) -> Answer:
    """Read "the Alliance" as the organization that is called so."""
    mention = cast.mentions[number]
    if not mention.names or mention.article not in {"the", "this", "poss"}:
        return None
    bodies = {*bodies_of(cast, mention.modifiers)}
    owners = [name[1] for name in mention.names if not bodies or PART_OF.get(name[1], name[1]) in bodies]
    if not owners:
        return None  # "the Tunisian Parliament" is not the European one
    ahead = [cast.by_id[owner] for owner in owners if owner in cast.by_id]
    present = cast.latest(number, ahead)
    if present or len(ahead) == 1:
        return present or ahead[0], "description of an organization in the report", 0.8
    if len(owners) == 1 and cast.words(mention)[-1][:1].isupper():
        return cast.known(owners[0]), "description of an organization in the tables", 0.6
    return None


def own_state(cast: Cast, number: int) -> Answer:
    """Read "their country", "our country" as the state of whoever owns it."""
    mention, tree = cast.mentions[number], cast.tree
    if mention.sort != "state" or mention.article != "poss" or mention.plural:
        return None
    owners = tuple(kid for kid in tree.kids[mention.head] if tree.dep[kid] == "poss")
    states = [state_of(body) for body in bodies_of(cast, owners)]
    state = next((one for one in states if one), None)
    return (cast.known(state), "state of its owner", 0.7) if state else None


def kind_before(cast: Cast, number: int) -> Answer:
    """Read "the country", "the group", "the city" as the most prominent of that kind just before."""
    mention = cast.mentions[number]
    if mention.modifiers or mention.article not in DEFINITE:
        return None
    if mention.sort == "state" and told_apart(cast, mention):
        return None  # "the aggressor country" is not just any
    if mention.sort == "body" and mention.part:
        parts = [*cast.parts.get(mention.part, ())]
        if mention.part in {"ministry", "department"}:
            parts += [
                one for name, of in cast.parts.items() if name.endswith(f"-{mention.part}") for one in of
            ]
        whole = cast.latest(number, parts)
        if whole:
            return whole, f"{mention.noun} named before", 0.7
    if not mention.likes or mention.plural:
        return None
    found = [one for one in ranked(cast, number, cast.recent(number, REACH)) if _is_like(one, mention.likes)]
    if mention.sort == "place":
        found = [one for one in found if _is_on_the_map(cast, one)] or found
    if mention.noun == "capital":
        found = [one for one in found if any(cast.mentions[at].kind == "capital" for at in one.mentions)]
        found = found if len(found) == 1 else []
    found.sort(key=lambda one: -salience(cast, one, number) * len(one.mentions) ** 0.5)
    return (found[0], f"nearest {mention.noun}", 0.6) if found else None


def kind_of_state(cast: Cast, number: int) -> Answer:
    """Read "the Italian company" as the one firm of that state named before."""
    mention = cast.mentions[number]
    if (
        mention.sort != "organization"
        or mention.plural
        or mention.article not in DEFINITE
        or not mention.likes
    ):
        return None
    states = {*bodies_of(cast, mention.modifiers)}
    found = [
        one
        for one in cast.recent(number, FAR)
        if _is_like(one, mention.likes)
        and ((one.known and one.known.country in states) or (one.owner and one.owner in states))
    ]
    return (found[0], "the one of its kind and state", 0.7) if len(found) == 1 else None


def _is_on_the_map(cast: Cast, entity: Entity) -> bool:
    """Say whether a place is one that the gazetteer knows: "the city" is no festival and no station."""
    return any(
        cast.tree.offset[cast.mentions[number].tokens[0]] in cast.countries for number in entity.mentions[:3]
    )


def _is_like(entity: Entity, likes: frozenset[str]) -> bool:
    if entity.sort in {"state", "place"}:
        return entity.sort in likes
    return entity.sort in {"organization", ""} and entity.kind in likes

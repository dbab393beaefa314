"""Several actors meant at once: "Lavrov and Truss ... they", "both leaders", "the two sides"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.actors import ActorMention
from chancery.resolve.actors.entity import Answer, Cast, Entity
from chancery.resolve.actors.lists import listed

__all__ = ["find_groups", "other_of_two", "together"]

SINGLE_SORTS = frozenset({"person", "state", "organization", ""})
PAIR = 2
# Sentences back to which "both leaders" and "the companies" reach.
REACH = 8
# What a plural description can be of; "sides" and "parties" are whoever talks or fights.
GROUP_SORTS = {"person": "person", "state": "state", "organization": "organization"}
ANYBODY = frozenset({"side", "party", "interlocutor"})
# What one of two is called when the other speaks.
OTHER = frozenset({"interlocutor", "counterpart", "colleague"})
LEADING = frozenset({"head_of_state", "head_of_government"})


def find_groups(cast: Cast) -> None:
    """Enter each coordination of names as a group, which a plural pronoun after it can mean."""
    tree = cast.tree
    for head, number in cast.at_head.items():
        if tree.dep[head] == "conj" or cast.mentions[number].kind == "nominal":
            continue
        numbers = list(dict.fromkeys(_conjuncts(cast, head)))
        members = tuple(dict.fromkeys(one for at in numbers if (one := cast.meant[at])))
        if len(members) > 1 and len({one.sort for one in members}) == 1 and members[0].sort in SINGLE_SORTS:
            name = " and ".join(one.name for one in members)
            cast.groups[max(numbers)] = Entity(
                None, name, "group", plural=True, members=members, mentions=[min(numbers)]
            )
    _find_pairs(cast)


def _find_pairs(cast: Cast) -> None:
    """Enter two people who meet or talk as a group: "Ana Lee met with Ivan Petrov. They agreed"."""
    tree, meeting, light = cast.tree, listed("meeting_verbs"), listed("light_verbs")
    for verb, lemma in enumerate(tree.lemma):
        if lemma not in meeting and lemma not in light:
            continue
        subject = tree.child(verb, "nsubj")
        partner = _partner(cast, verb, meeting=lemma in meeting)
        first = _first_person(cast, tree.edge(subject), verb) if subject is not None else None
        second = _first_person(cast, partner, tree.last(partner)) if partner is not None else None
        if first is None or second is None or second in cast.groups:
            continue
        members = tuple(one for one in (cast.meant[first], cast.meant[second]) if one and one.actor)
        if len({*map(id, members)}) == PAIR:
            name = " and ".join(one.name for one in members)
            cast.groups[second] = Entity(None, name, "group", plural=True, members=members, mentions=[first])


def _partner(cast: Cast, verb: int, *, meeting: bool) -> int | None:
    """Return the head of the phrase that names whom somebody met or talked with."""
    tree = cast.tree
    noun = tree.child(verb, "dobj")
    if meeting and noun is not None and tree.lemma[verb] == "meet":
        return noun
    above = [verb] if meeting else []
    if noun is not None and tree.lemma[noun] in listed("meeting_nouns"):
        above += [noun, verb]
    return next((one for head in above for one in tree.objects(head, {"with", "to"})), None)


def _first_person(cast: Cast, start: int, end: int) -> int | None:
    for at in range(start, end):
        number = cast.over.get(at)
        if (
            number is not None
            and cast.mentions[number].sort == "person"
            and cast.mentions[number].kind == "name"
        ):
            return number
    return None


def other_of_two(cast: Cast, number: int) -> Answer:
    """Read "the interlocutor" as the one of two who talk that is not the subject here."""
    mention, tree = cast.mentions[number], cast.tree
    if (
        mention.noun not in OTHER
        or mention.plural
        or mention.modifiers
        or mention.article not in {"the", "poss"}
    ):
        return None
    verb = tree.head[mention.head]
    while tree.dep[verb] in {"prep", "pobj"} and tree.head[verb] != verb:
        verb = tree.head[verb]
    subject = tree.child(verb, "nsubj")
    acting = cast.entity_at(subject) if subject is not None else None
    for group in (one for one in cast.recent(number, 2 * REACH) if one.sort == "group"):
        others = [one for one in group.members if one is not acting]
        if acting in group.members and len(group.members) == PAIR:
            return others[0], "the other of two who talk", 0.7
    return None


def _conjuncts(cast: Cast, head: int) -> Iterator[int]:
    todo = [head]
    while todo:
        head = todo.pop()
        number = cast.at_head.get(head)
        if number is not None and cast.mentions[number].kind != "pronoun":
            yield number
        todo += reversed(cast.tree.children(head, "conj"))


def together(cast: Cast, number: int) -> Answer:
    """Read "both leaders", "the companies", "the two sides" as those of the kind named together or last."""
    mention = cast.mentions[number]
    if not mention.plural or mention.modifiers or mention.article not in {"the", "both", "this"}:
        return None
    if mention.noun not in ANYBODY and mention.sort not in GROUP_SORTS:
        return None
    recent = cast.recent(number, REACH)
    named = next((one for one in recent if one.sort == "group" and _fits(cast, one.members, mention)), None)
    if named and (mention.article != "both" or len(named.members) == PAIR):
        return named, "those named together", 0.7
    singles = [one for one in recent if one.sort != "group" and _fits(cast, (one,), mention)]
    persons = [one for one in singles if one.sort == "person"]
    found = (persons if len(persons) > 1 else singles)[:2] if mention.article == "both" else persons
    if len(found) == len("12") and (
        mention.article == "both" or mention.sort == "person" or mention.noun in ANYBODY
    ):
        members = tuple(sorted(found, key=lambda one: one.mentions[0]))
        group = Entity(None, " and ".join(one.name for one in members), "group", plural=True, members=members)
        return cast.enter(group), "the two named last", 0.6
    return None


def _fits(cast: Cast, members: tuple[Entity, ...], mention: ActorMention) -> bool:
    """Say whether everybody in a group is what a plural description says."""
    return all(not one.plural and one.actor and _is(cast, one, mention) for one in members)


def _is(cast: Cast, entity: Entity, mention: ActorMention) -> bool:
    if mention.noun in ANYBODY:
        return entity.sort in {"person", "state"}
    if entity.sort != GROUP_SORTS.get(mention.sort):
        return False
    if entity.sort != "person":
        return True
    if mention.noun in entity.nouns:
        return True
    roles = {
        role
        for one in cast.knowledge.tenures(entity.id or "")
        if cast.day is None or one.covers(cast.day)
        for role in cast.knowledge.offices[one.office].roles
    }
    introduced = bool(entity.offices or entity.owner or entity.nouns)
    return mention.noun == "leader" and (bool(roles & LEADING) or introduced)

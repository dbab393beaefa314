"""Several actors meant at once: "Lavrov and Truss ... they", "both leaders", "the two sides"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.actors import ActorMention
from chancery.resolve.actors.entity import Answer, Cast, Entity

__all__ = ["find_groups", "together"]

SINGLE_SORTS = frozenset({"person", "state", "organization", ""})
PAIR = 2
# Sentences back to which "both leaders" and "the companies" reach.
REACH = 8
# What a plural description can be of; "sides" and "parties" are whoever talks or fights.
GROUP_SORTS = {"person": "person", "state": "state", "organization": "organization"}
ANYBODY = frozenset({"side", "party"})
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

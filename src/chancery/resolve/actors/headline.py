"""Headlines: "Australian woman claims ..." is whom the first sentences name, described in the same words."""

from __future__ import annotations

from chancery.resolve.actors.entity import Cast, Entity

__all__ = ["name_the_headline"]

# Sentences after the headline in which the name must stand: its date line, and the lead.
LEAD = 3


def name_the_headline(cast: Cast) -> None:
    """Lead people of a headline without names back to those whom the lead calls the same.

    Headlines come before the names that they mean, so no rule that looks back finds them.
    """
    tree = cast.tree
    for number, mention in enumerate(cast.mentions):
        if tree.ordinal[mention.head] > tree.ordinal[0] + LEAD:
            return
        nobody = cast.meant[number]
        bare = mention.kind == "nominal" and mention.sort == "person" and mention.article in {"", "a"}
        if not bare or nobody is None or mention.plural or nobody.sort != "person" or _is_named(nobody):
            continue
        phrase = cast.phrase(mention)
        named = {
            id(one): one
            for other, one in enumerate(cast.meant)
            if one
            and _is_named(one)
            and 0 < tree.ordinal[cast.mentions[other].head] - tree.ordinal[mention.head] <= LEAD
            and cast.mentions[other].kind == "nominal"
            and cast.phrase(cast.mentions[other]).startswith(phrase)
        }
        if len(named) == 1:
            _merge(cast, nobody, next(iter(named.values())))


def _is_named(entity: Entity) -> bool:
    return (entity.id or "").startswith("person:")


def _merge(cast: Cast, nobody: Entity, somebody: Entity) -> None:
    for number in list(nobody.mentions):
        rule, score = cast.rules[number]
        cast.mean(number, somebody, rule, score)
        cast.rules[number] = ("named after the headline", 0.7)
    nobody.mentions.clear()
    cast.entities[:] = [one for one in cast.entities if one is not nobody]

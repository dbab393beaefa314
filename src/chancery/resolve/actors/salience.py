"""Who is in the reader's mind: how well each actor fits to be meant next.

The weights follow the factors of Lappin and Leass (1994), "An Algorithm for
Pronominal Anaphora Resolution": recency, subjecthood, and repetition, with the
speaker of the sentence before as a factor of its own, because news goes on about
whom it has just quoted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from chancery.resolve.actors.entity import Cast, Entity

__all__ = ["ranked", "salience"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd"})
# What a mention is worth by its place in its sentence, and how that fades a sentence on.
SUBJECT, OBJECT, OTHER = 8.0, 5.0, 3.0
FADE = 0.55
# What further mentions add to the best one.
REPEAT = 0.5
# Mentions further back than this many sentences do not count.
REACH = 6


def salience(cast: Cast, entity: Entity, number: int) -> float:
    """Score how present an entity is where a mention stands; 0 when it was not mentioned before it."""
    tree, mentions = cast.tree, cast.mentions
    here = tree.ordinal[mentions[number].head]
    total = best = 0.0
    for at in range(bisect_left(entity.mentions, number) - 1, -1, -1):
        head = mentions[entity.mentions[at]].head
        away = here - tree.ordinal[head]
        if away > REACH:
            break
        worth = _worth(cast, head) * FADE**away
        best, total = max(best, worth), total + worth
    return best + REPEAT * (total - best)


def _worth(cast: Cast, head: int) -> float:
    relation = cast.tree.dep[head]
    while relation == "conj" and cast.tree.head[head] != head:
        head = cast.tree.head[head]
        relation = cast.tree.dep[head]
    if relation in SUBJECTS:
        return SUBJECT
    return OBJECT if relation in OBJECTS else OTHER


def ranked(cast: Cast, number: int, entities: Iterable[Entity]) -> list[Entity]:
    """Order entities by salience, the most present first; those not mentioned before come last."""
    scored = [(-salience(cast, entity, number), at, entity) for at, entity in enumerate(entities)]
    return [entity for _, _, entity in sorted(scored, key=lambda row: row[:2])]

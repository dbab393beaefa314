"""Descriptions -> entities, by sieves from the surest to the least sure.

After Lee et al. (2013), "Deterministic Coreference Resolution Based on
Entity-Centric, Precision-Ranked Rules": the first sieve that gives an answer has
the word, and what none of them reads stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chancery.resolve.actors.entity import Answer, Cast
from chancery.resolve.actors.groups import other_of_two, together
from chancery.resolve.actors.likeness import (
    apposition,
    before_name,
    called_instead,
    copula,
    kind_before,
    kind_of_state,
    name_word,
    named_kind,
    own_party,
    own_state,
    same_words,
)
from chancery.resolve.actors.parts import default_part, document, part, stranger, thing
from chancery.resolve.actors.roles import office_by_day, office_in_focus, office_in_report, own_head

__all__ = ["resolve_description"]

type Sieve = Callable[[Cast, int], Answer]

SIEVES: Sequence[Sieve] = (
    before_name,
    apposition,
    copula,
    named_kind,
    together,
    other_of_two,
    office_in_report,
    office_by_day,
    own_head,
    same_words,
    name_word,
    document,
    called_instead,
    own_party,
    own_state,
    part,
    kind_of_state,
    kind_before,
    office_in_focus,
    default_part,
    stranger,
    thing,
)
THING_SIEVES: Sequence[Sieve] = (apposition, copula, same_words, name_word, thing)


def resolve_description(cast: Cast, number: int) -> None:
    """Say whom a description means; what means no actor becomes a thing."""
    for sieve in THING_SIEVES if cast.mentions[number].sort == "thing" else SIEVES:
        found = sieve(cast, number)
        if found:
            cast.mean(number, *found)
            return

"""Actors: the mentions of people, bodies, states and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.names import find_names
from chancery.extract.actors.nominals import find_nominals
from chancery.extract.actors.pronouns import find_pronouns
from chancery.extract.actors.titles import describe_names
from chancery.extract.actors.words import words
from chancery.extract.tree import tree_of
from chancery.knowledge.actors import Knowledge

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["ActorMention", "find_actors"]


def find_actors(doc: Doc, knowledge: Knowledge) -> tuple[ActorMention, ...]:
    """Find every mention of an actor, in order; a name may lie within a longer mention.

    Names come from the knowledge's tables and from the model's named entities,
    descriptions and pronouns from word lists and the parse.
    """
    tree, lists = tree_of(doc), words()
    # the model takes even a run of blanks for a name, once in 100,000 hostile texts
    named = find_names(tree, knowledge, lists)
    names = [name for name in named if any(tree.form[at].strip() for at in range(*name.tokens))]
    found = list(describe_names(tree, names, knowledge, lists))
    found += find_nominals(tree, found, knowledge, lists)
    found += find_pronouns(tree, lists)
    return tuple(sorted(found, key=lambda mention: (mention.tokens[0], -mention.tokens[1], mention.head)))

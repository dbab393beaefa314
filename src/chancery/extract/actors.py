"""Actors: the mentions of people, bodies, states and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens
from chancery.knowledge.actors import Knowledge

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["ActorMention", "find_actors"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A mention of an actor as its words stand in the report."""

    tokens: Tokens


def find_actors(doc: Doc, knowledge: Knowledge) -> tuple[ActorMention, ...]:
    """Find every mention of an actor, in order."""
    return ()

"""Mentions -> actors: names, roles, pronouns, institutions over the whole report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chancery.extract.actors import ActorMention
from chancery.extract.statements import StatementMention
from chancery.extract.syntax import Tokens
from chancery.knowledge.actors import Knowledge
from chancery.records import Actor, Mention, Place
from chancery.resolve.setting import Setting

__all__ = ["Referents", "resolve_actors"]


@dataclass(frozen=True, slots=True)
class Referents:
    """Who is who in one report."""

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()

    def of(self, tokens: Tokens) -> str | None:
        """Return the id of the actor that a run of tokens names, or None."""
        return None

    def several(self, tokens: Tokens) -> tuple[str, ...]:
        """Return every coordinated party that a run of tokens names."""
        return ()

    def chain(self, tokens: Tokens) -> int | None:
        """Return the coreference chain of the mention that a run of tokens holds."""
        return None

    def mention(self, tokens: Tokens) -> Mention | None:
        """Return the mention at the head of a run of tokens."""
        return None

    def party(self, actor: str) -> str:
        """Return the state or organization that an actor's official acts bind."""
        return actor


def resolve_actors(
    setting: Setting,
    mentions: Sequence[ActorMention],
    said: Sequence[StatementMention],
    places: Sequence[Place],
    knowledge: Knowledge,
) -> Referents:
    """Find out who each mention means."""
    return Referents()

"""What is known of a mention before anybody asks who it is."""

from __future__ import annotations

from dataclasses import dataclass

from chancery.extract.syntax import Tokens
from chancery.knowledge.names import Name
from chancery.records import MentionKind

__all__ = ["ActorMention"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A mention of an actor as its words stand in the report.

    Attributes:
        tokens: the words; of a name without titles before it.
        head: the token on which the rest of the phrase hangs.
        kind: how it refers.
        sort: what it is of: ``person``, ``people``, ``body``, ``state``, ``organization``,
            ``place``, ``document``, or empty where the words alone do not say.
        names: whose name this is in the tables, possibly several.
        noun: the noun of a description, the word of a pronoun, in lower case.
        part: what an unnamed referent is called after its state ("official").
        likes: the kinds of named actor that the noun can point back to.
        titles: the offices that the words are a title of.
        modifiers: heads of the names that say whose, from where ("Russian", "of NATO").
        nouns: descriptions that stand with a name ("airline" in "the airline Mahan Air").
        article: ``the``, ``a``, ``this``, ``both``, ``poss`` or empty.
        plural: whether it is of more than one.
        gender: ``m``, ``f``, ``n`` or None.
        government: of a capital: whether its place in the sentence makes it the government.
        former: whether the words say that the office is no longer held.
    """

    tokens: Tokens
    head: int
    kind: MentionKind
    sort: str
    names: tuple[Name, ...] = ()
    noun: str = ""
    part: str = ""
    likes: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    modifiers: tuple[int, ...] = ()
    nouns: tuple[str, ...] = ()
    article: str = ""
    plural: bool = False
    gender: str | None = None
    government: bool = False
    former: bool = False

"""Words that describe an actor: titles of offices, nouns for kinds of actor, names for organizations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.extract.actors.words import Noun, Words
from chancery.extract.tree import Tree
from chancery.knowledge.actors import Knowledge
from chancery.knowledge.names import Name

__all__ = ["OWNING", "Wording", "belongs", "is_goal", "owners_before", "wording_at"]

LONGEST_NOUN = 4
# Relations by which a name before a noun says whose it is.
OWNING = frozenset({"amod", "compound", "poss", "nmod", "npadvmod"})
WITHIN_PHRASE = OWNING | {"pobj", "prep", "det", "case"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Describing words: where they stand, and what the lists say of them."""

    start: int
    end: int
    titles: tuple[str, ...]
    noun: Noun | None
    names: tuple[Name, ...]


def _noun_at(tree: Tree, at: int, lists: Words) -> tuple[int, Noun] | None:
    if tree.word[at] not in lists.noun_starts:
        return None
    for length in range(min(LONGEST_NOUN, len(tree.word) - at), 0, -1):
        noun = lists.nouns.get(tuple(tree.word[at : at + length]))
        if noun:
            return at + length, noun
    return None


def wording_at(tree: Tree, at: int, knowledge: Knowledge, lists: Words) -> Wording | None:
    """Find the longest title, noun or description of an organization that begins at a word."""
    word = tree.word[at]
    title = knowledge.titles.longest(tree.word, at) if word in knowledge.titles.first else None
    body = knowledge.descriptions.longest(tree.word, at) if word in knowledge.descriptions.first else None
    noun = _noun_at(tree, at, lists)
    end = max(title[0] if title else 0, noun[0] if noun else 0, body[0] if body else 0)
    if not end:
        return None
    return Wording(
        at,
        end,
        tuple(name[1] for name in title[1]) if title and title[0] == end else (),
        noun[1] if noun and noun[0] == end else None,
        tuple(body[1]) if body and body[0] == end else (),
    )


def belongs(tree: Tree, preposition: int, lists: Words) -> bool:
    """Say whether a preposition behind a noun says whose that is: "of NATO", but not "envoy for Yemen"."""
    word = tree.word[preposition]
    if word == "for" and tree.lemma[tree.head[preposition]] in lists.lists["sent_for"]:
        return False
    return word in lists.lists["belonging"]


def owners_before(tree: Tree, head: int, first: int, start: int, lists: Words) -> Iterator[int]:
    """Yield the words from `first` to `start` that hang on a head as its owners and origins."""
    for at in range(first, start):
        if is_goal(tree, at, lists):
            continue
        up = at
        while up != head and tree.head[up] != up and tree.dep[up] in WITHIN_PHRASE:
            up = tree.head[up]
        if up == head:
            yield at


def is_goal(tree: Tree, at: int, lists: Words) -> bool:
    """Say whether a name is whom an envoy is sent to: "Special Envoy for Yemen Lenderking"."""
    sent = lists.lists["sent_for"]
    before = at - 2 if at and tree.word[at - 1] == "the" else at - 1
    return before > 0 and tree.word[before] in {"for", "to"} and tree.lemma[before - 1] in sent

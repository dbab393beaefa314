"""Pronouns, the relative ones among them."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.words import Words
from chancery.extract.tree import Tree

__all__ = ["find_pronouns"]

# Spelt like a pronoun, but a name or a numeral as written here.
NO_PRONOUNS = frozenset({"US", "i", "IT"})


def find_pronouns(tree: Tree, lists: Words) -> Iterator[ActorMention]:
    """Find the pronouns of a report, in order."""
    pronouns = lists.pronouns
    for at in [at for at, word in enumerate(tree.word) if word in pronouns]:
        word, pronoun = tree.word[at], pronouns[tree.word[at]]
        if tree.form[at] in NO_PRONOUNS:
            continue
        if pronoun.person == "relative" and not _is_relative(tree, at):
            continue
        yield ActorMention(
            tokens=(at, at + 1),
            head=at,
            kind="pronoun",
            sort=pronoun.person,
            noun=word,
            plural=pronoun.plural,
            gender=pronoun.gender,
        )


def _is_relative(tree: Tree, at: int) -> bool:
    if tree.tag[at] not in {"WP", "WDT", "WP$"}:
        return False
    verb = at
    while tree.head[verb] != verb and tree.dep[verb] != "relcl":
        verb = tree.head[verb]
    return tree.dep[verb] == "relcl" and tree.head[verb] < at

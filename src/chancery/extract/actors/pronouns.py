"""Pronouns, the relative ones among them."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.words import Words
from chancery.extract.sheet import Sheet

__all__ = ["find_pronouns"]

# Spelt like a pronoun, but a name or a numeral as written here.
NO_PRONOUNS = frozenset({"US", "i", "IT"})


def find_pronouns(sheet: Sheet, lists: Words) -> Iterator[ActorMention]:
    """Find the pronouns of a report, in order."""
    for at, word in enumerate(sheet.lower):
        pronoun = lists.pronouns.get(word)
        if pronoun is None or sheet.words[at] in NO_PRONOUNS:
            continue
        if pronoun.person == "relative" and not _is_relative(sheet, at):
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


def _is_relative(sheet: Sheet, at: int) -> bool:
    if sheet.tag[at] not in {"WP", "WDT", "WP$"}:
        return False
    verb = at
    while sheet.head[verb] != verb and sheet.dep[verb] != "relcl":
        verb = sheet.head[verb]
    return sheet.dep[verb] == "relcl" and sheet.head[verb] < at

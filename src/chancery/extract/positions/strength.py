"""How strongly the words bind a party: "will", "ready to", "may consider".

Nothing is weighed here but the word that takes the position, its auxiliaries, what modifies
it, and the verb that it governs first. Where these show nothing, nothing is claimed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from chancery.extract.positions.mentions import PositionMention
from chancery.extract.syntax import Tokens
from chancery.records import Strength

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["strength_of"]

# Acts that say what is so, or what one thinks of it, bind by no modal.
TOLD = frozenset({"accuse", "deny", "concede", "assess", "warn", "assure", "support"})
LEVELS: tuple[Strength, ...] = ("tentative", "qualified", "firm")
BESIDE = frozenset({"advmod", "amod", "neg", "npadvmod"})


def strength_of(doc: Doc, mention: PositionMention) -> tuple[Strength, Tokens] | None:
    """Return how strongly a position binds, and the words that show it; None where none do.

    Of several signs the weakest counts. A condition makes a position qualified at most.
    """
    shown: dict[Strength, Tokens] = {}
    for level, words in _signs(doc, mention):
        shown.setdefault(level, words)
    if mention.condition is not None and "tentative" not in shown:
        return "qualified", mention.condition
    for level in LEVELS:
        if level in shown:
            return level, shown[level]
    return None


def _signs(doc: Doc, mention: PositionMention) -> Iterator[tuple[Strength, Tokens]]:
    trigger = doc[mention.trigger]
    verb = trigger.head if trigger.dep_ in {"aux", "acomp", "dobj", "attr"} else trigger
    if mention.act not in TOLD:
        first = doc[mention.issue[0]]
        # a noun is bound by no modal of the clause it stands in: "terms that would meet our demands"
        helpers = () if trigger.pos_ == "NOUN" else _auxiliaries(verb)
        own = (trigger, *helpers, *((first,) if first.pos_ == "VERB" else ()))
        yield from _levels(own, by="word")
    yield from _levels(
        (word for at in (trigger, verb) for word in at.children if word.dep_ in BESIDE), "beside"
    )


def _auxiliaries(verb: Token) -> Iterator[Token]:
    return (child for child in verb.lefts if child.dep_ == "aux" and child.tag_ == "MD")


def _levels(found: Iterator[Token] | tuple[Token, ...], by: str) -> Iterator[tuple[Strength, Tokens]]:
    levels = _words()[by]
    for word in found:
        level = levels.get(word.lemma_ if by == "word" else word.lower_)
        if level is not None:
            yield level, (word.i, word.i + 1)


@cache
def _words() -> Mapping[str, Mapping[str, Strength]]:
    """Read the words of each level, weakest first."""
    path = files("chancery.extract") / "data" / "positions_strength.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {by: {word: level for level in LEVELS for word in rows[level]} for by, rows in table.items()}

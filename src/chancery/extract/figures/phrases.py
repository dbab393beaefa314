"""The noun phrase around a number: what it counts, and what stands after "of"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.extract.figures.words import LONGEST_NAME, context
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["after_of", "head_of", "noun_after", "noun_phrase_after", "trimmed"]

NOUNS = frozenset({"NOUN", "PROPN"})

# What ends the thing counted: a clause, or the next preposition.
STOPS = frozenset({"VERB", "AUX", "PUNCT", "SCONJ", "SPACE"})

# The ways in which a number, or a part of it, hangs on what it counts.
NUMERAL = frozenset({"nummod", "quantmod", "compound", "advmod", "nmod"})

DASHES = frozenset({"-", "–"})


def head_of(doc: Doc, tokens: Tokens) -> Token:
    """Return the head word of a run of tokens, as the parser sees it."""
    return doc[tokens[0] : tokens[1]].root


def noun_after(doc: Doc, at: int) -> Token | None:
    """Find the head noun of the phrase that goes on at a token.

    The parser's answer is taken where a number before the token hangs on a
    noun after it; else the last of the run of nouns that follows.
    """
    if at >= len(doc):
        return None
    number = doc[at - 1]
    head = number.head
    while head.i < at and head.dep_ in NUMERAL and head.head.i > head.i:
        head = head.head
    near = at <= head.i < at + LONGEST_NAME and head.pos_ in NOUNS and number.dep_ != "appos"
    if near and all(_stays_inside(doc[i]) for i in range(at, head.i)):
        return head
    return _end_of_nouns(doc, at)


def _stays_inside(token: Token) -> bool:
    return token.pos_ not in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBG"}


def _end_of_nouns(doc: Doc, at: int) -> Token | None:
    last = None
    for token in doc[at : at + LONGEST_NAME]:
        if token.pos_ in NOUNS and token.text != "%":
            last = token
        elif (
            last is not None or token.is_space or not (token.text in DASHES or token.pos_ in {"ADJ", "VERB"})
        ):
            break
    return last


def after_of(doc: Doc, at: int) -> Tokens | None:
    """Return the noun phrase after "of" at a token."""
    return noun_phrase_after(doc, at) if at < len(doc) and doc[at].lower_ == "of" else None


def noun_phrase_after(doc: Doc, at: int, *, skip_article: bool = False) -> Tokens | None:
    """Return the run of words of the noun phrase after a preposition, up to its head noun."""
    start = end = at + 1
    standing = context().standing
    for token in doc[start : start + LONGEST_NAME]:
        if token.pos_ in STOPS and not (token.text in DASHES | {"'"} or token.tag_ in {"VBN", "VBG"}):
            break
        if token.pos_ in {"ADP", "CCONJ"} and not (skip_article and token.lower_ == "of" and end == token.i):
            break
        if token.tag_ in {"PRP", "WP$", "WP", "WRB"} and token.lower_ not in standing:
            break
        if token.pos_ in NOUNS or token.lower_ in standing:
            end = token.i + 1
    while skip_article and start < end and doc[start].lower_ in {"the", "its", "their", "his", "her"}:
        start += 1
    return trimmed(doc, start, end)


def trimmed(doc: Doc, start: int, end: int) -> Tokens | None:
    """Return a run of tokens without blanks and dashes at its edges; None where nothing is left."""
    while start < end and (doc[start].is_space or doc[start].text in DASHES):
        start += 1
    while start < end and doc[end - 1].is_space:
        end -= 1
    return (start, end) if start < end else None

"""What every extractor asks of a dependency parse.

Tokens are named by their index in the `Doc`; a `Tokens` pair is half-open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Tokens", "characters", "children", "noun_phrase", "subtree", "text_of"]

type Tokens = tuple[int, int]

# Clauses that hang on a noun say more about it, they do not name it.
CLAUSES = frozenset({"relcl", "advcl", "parataxis", "ccomp"})


@lru_cache(maxsize=1)
def text_of(doc: Doc) -> str:
    """Return the text of a report; the last one is kept, because `Doc.text` joins all tokens at every call.

    A test keeps `doc.text` out of the extractors and resolvers: asked once a
    figure or an actor, it made reading a long report quadratic three times.
    """
    text: str = doc.text
    return text


def characters(doc: Doc, tokens: Tokens) -> tuple[int, int]:
    """Return the characters that a run of tokens covers, without blanks and line breaks at its ends."""
    start, end = tokens
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last)


def children(token: Token, *relations: str) -> list[Token]:
    """Return the dependents that stand in one of the relations to the token."""
    return [child for child in token.children if child.dep_ in relations]


def subtree(token: Token) -> Tokens:
    """Return the run of tokens from the first to the last of the token's subtree."""
    return token.left_edge.i, token.right_edge.i + 1


def noun_phrase(token: Token) -> Tokens:
    """Return the noun phrase of a head noun, without clauses that hang on it."""
    first = last = token.i
    todo = [token]
    while todo:
        head = todo.pop()
        first, last = min(first, head.i), max(last, head.i)
        todo += [child for child in head.children if child.dep_ not in CLAUSES]
    return first, last + 1

"""What every extractor asks of a dependency parse.

Tokens are named by their index in the `Doc`; a `Tokens` pair is half-open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Tokens", "Tree", "characters", "children", "noun_phrase", "subtree"]

type Tokens = tuple[int, int]

# Clauses that hang on a noun say more about it, they do not name it.
CLAUSES = frozenset({"relcl", "advcl", "parataxis", "ccomp"})

# The lemmatizer strips "ed" and "ing" without asking which verb is left.
MENDED_LEMMAS = {"hoped": "hope", "hoping": "hope", "pled": "plead"}

COLUMNS = ("HEAD", "DEP", "POS", "TAG", "LEMMA", "LOWER", "SENT_START", "IDX")


class Tree:
    """A parse as plain lists, for extractors that look at every token.

    Reading one attribute of one spaCy token costs 0.1 to 0.5 microseconds, and
    `children` more; here the whole table is taken over in one call (about one
    microsecond a token) and every later look is a list index.

    Attributes:
        size: number of tokens.
        head: index of each token's head; a root is its own.
        dep, pos, tag: labels as strings.
        lemma, lower: lower-cased lemma and form.
        kids: indices of each token's dependents, in order.
        sentence: index of the first token of each token's sentence.
        offset: character at which each token begins.
    """

    __slots__ = ("dep", "doc", "head", "kids", "lemma", "lower", "offset", "pos", "sentence", "size", "tag")

    def __init__(self, doc: Doc) -> None:
        table = doc.to_array([*COLUMNS])
        heads, *labels, starts, offsets = (
            table.astype("int64").T.tolist() if len(doc) else [[]] * len(COLUMNS)
        )
        self.doc = doc
        self.size = len(doc)
        self.head: list[int] = [i + shift for i, shift in enumerate(heads)]
        self.dep, self.pos, self.tag, lemma, self.lower = (_named(doc, column) for column in labels)
        self.lemma = [
            MENDED_LEMMAS.get(form) or base.lower() for base, form in zip(lemma, self.lower, strict=True)
        ]
        self.offset: list[int] = offsets
        self.kids: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        self.sentence: list[int] = []
        for i, start in enumerate(starts):
            self.sentence.append(i if start == 1 or not i else self.sentence[-1])

    def children(self, i: int, *relations: str) -> list[int]:
        """Return the dependents of token `i` that stand in one of the relations to it."""
        return [kid for kid in self.kids[i] if self.dep[kid] in relations]

    def child(self, i: int, *relations: str) -> int | None:
        """Return the first dependent of token `i` in one of the relations, or None."""
        return next((kid for kid in self.kids[i] if self.dep[kid] in relations), None)

    def subtree(self, i: int) -> Tokens:
        """Return the run of tokens from the first to the last of the subtree of token `i`."""
        return subtree(self.doc[i])

    def descendants(self, i: int) -> set[int]:
        """Return token `i` and everything that hangs on it, directly or not."""
        found, todo = {i}, [i]
        while todo:
            below = self.kids[todo.pop()]
            found.update(below)
            todo += below
        return found

    def sentence_end(self, i: int) -> int:
        """Return the index after the last token of the sentence that token `i` stands in."""
        start, end = self.sentence[i], i + 1
        while end < self.size and self.sentence[end] == start:
            end += 1
        return end


def _named(doc: Doc, column: list[int]) -> list[str]:
    strings = doc.vocab.strings
    # attribute values are unsigned 64-bit hashes, columns are signed
    names = {value: strings[value % 2**64] if value else "" for value in set(column)}
    return [names[value] for value in column]


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

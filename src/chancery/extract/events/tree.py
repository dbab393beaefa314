"""What finding events asks of the parse: relations, prepositions, coordination, names.

Built on the columns of `extract.sheet`, because looking for an act with its
parties asks for many attributes of many tokens.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from chancery.extract.sheet import sheet_of
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Tree"]

# What hangs on a noun without being part of the name of what it stands for.
OUTSIDE_NAME = frozenset(
    {"relcl", "acl", "advcl", "cc", "conj", "punct", "appos", "parataxis", "ccomp", "preconj", "case"}
)
# "people in the country", "soldiers from the 3rd Battalion" and "head of state" are names;
# what other prepositions add belongs to the clause.
NAMING = frozenset({"of", "for", "in", "from"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


class Tree:
    """Heads, relations, tags and words of one report, by token index."""

    __slots__ = ("dep", "ent", "form", "head", "kids", "lemma", "pos", "sentence", "tag", "word")

    def __init__(self, doc: Doc) -> None:
        sheet = sheet_of(doc)
        self.dep, self.pos, self.tag, self.ent = sheet.dep, sheet.pos, sheet.tag, sheet.label
        self.word, self.head, self.kids, self.sentence = sheet.lower, sheet.head, sheet.kids, sheet.sent
        self.form = sheet.words
        self.lemma = [lemma.lower() for lemma in sheet.lemma]

    def __len__(self) -> int:
        return len(self.head)

    def some(self, index: int, relations: Container[str]) -> list[int]:
        """Return the dependents that stand in one of the relations to the token."""
        dep = self.dep
        return [kid for kid in self.kids[index] if dep[kid] in relations]

    def objects(self, index: int, prepositions: Container[str]) -> Iterator[int]:
        """Yield what the token's prepositions govern: "with *Putin*", "by *the army*"."""
        for kid in self.kids[index]:
            if self.word[kid] in prepositions and self.dep[kid] in {"prep", "agent", "dative"}:
                yield from self.some(kid, {"pobj"})
                for inner in self.some(kid, {"prep"}):  # "from around the border"
                    yield from self.some(inner, {"pobj"})

    def coordinated(self, index: int) -> list[int]:
        """Return a token and everything coordinated with it, in order."""
        found = [index]
        for at in found:
            found += self.some(at, {"conj"})
        return found

    def name(self, index: int) -> Tokens:
        """Return the words that name what a noun stands for: no clauses, no appositions, no coordination."""
        first = last = index
        todo = [index]
        while todo:
            at = todo.pop()
            first, last = min(first, at), max(last, at)
            for kid in self.kids[at]:
                if self.dep[kid] in OUTSIDE_NAME:
                    continue
                if self.dep[kid] == "prep" and not self._naming(kid):
                    continue
                todo.append(kid)
        return first, last + 1

    def _naming(self, preposition: int) -> bool:
        """Tell whether a prepositional phrase is part of a name: no "accused the rebels *of cheating*"."""
        return self.word[preposition] in NAMING and all(
            self.pos[kid] in {"NOUN", "PROPN", "NUM", "PRON"} for kid in self.kids[preposition]
        )

    def governor(self, verb: int) -> tuple[int, str]:
        """Return what a clause hangs on, and how.

        A finite verb that the parser coordinates with an infinitive
        ("asked France to leave and criticised ...") is coordinated with the
        verb above the infinitive.
        """
        head, dep = self.head[verb], self.dep[verb]
        if (
            dep == "conj"
            and self.tag[verb] in FINITE
            and self.dep[head] == "xcomp"
            and self.tag[head] == "VB"
        ):
            return self.head[head], dep
        return head, dep

    def below(self, index: int) -> Iterator[int]:
        """Yield every token of the subtree of a token, the token first."""
        todo = [index]
        while todo:
            at = todo.pop()
            yield at
            todo += self.kids[at]

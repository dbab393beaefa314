"""A parsed report as plain lists: the same tree, many times faster to walk.

An attribute of a spaCy token costs 0.1 to 0.5 microseconds, and looking for an
act with its parties asks for many. One `to_array` and one pass turn the whole
report into lists; what is asked of them afterwards is a list index.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from chancery.extract.syntax import Tokens

__all__ = ["Tree"]

COLUMNS: list[int | str] = ["DEP", "POS", "TAG", "LEMMA", "LOWER", "ENT_TYPE"]

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

    __slots__ = ("dep", "ent", "head", "kids", "lemma", "pos", "tag", "word")

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        columns = doc.to_array(COLUMNS).T.tolist() if len(doc) else [[] for _ in COLUMNS]
        names = {key: strings[key] for key in {key for column in columns for key in column}}
        self.dep, self.pos, self.tag, lemma, self.word, self.ent = (
            [names[key] for key in column] for column in columns
        )
        lower = {name: name.lower() for name in set(lemma)}
        self.lemma: list[str] = [lower[name] for name in lemma]
        offsets = doc.to_array(["HEAD"]).astype("int64").ravel().tolist() if len(doc) else []
        self.head: list[int] = [index + offset for index, offset in enumerate(offsets)]
        self.kids: list[list[int]] = [[] for _ in self.head]
        for index, head in enumerate(self.head):
            if head != index:
                self.kids[head].append(index)

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

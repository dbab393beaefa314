"""A parsed report as plain columns: built once a report, used by every extractor.

Reading one attribute of one spaCy token costs 0.1 to 0.5 microseconds, and
`children` more; finding statements, actors and events asks for several of every
token. Here the whole table is taken over in one call, and every later look is a
list index.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens, subtree
from chancery.knowledge.names import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.strings import StringStore
    from spacy.tokens import Doc

__all__ = ["Tree", "tree_of"]

NAMED = ("DEP", "POS", "TAG", "ENT_TYPE", "LEMMA", "ORTH", "LOWER")
COLUMNS = (*NAMED, "HEAD", "ENT_IOB", "SENT_START", "IDX")

# Strings kept for the numbers that stand for them, some 150 bytes each: names never end, and memory has to.
MOST_STRINGS = 50_000

# spaCy's numbers for where a token stands in a named entity.
INSIDE, BEGIN = 1, 3

# The lemmatizer strips "ed" and "ing" without asking which verb is left.
MENDED_LEMMAS = {"hoped": "hope", "hoping": "hope", "pled": "plead"}

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Relations of the words that stand before their noun inside its phrase.
LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "case", "punct"}
    | {"npadvmod", "neg"}
)
# What hangs on a noun without being part of the name of what it stands for.
OUTSIDE_NAME = frozenset(
    {"relcl", "acl", "advcl", "cc", "conj", "punct", "appos", "parataxis", "ccomp", "preconj", "case"}
)
# "people in the country", "soldiers from the 3rd Battalion" and "head of state" are names;
# what other prepositions add belongs to the clause.
NAMING = frozenset({"of", "for", "in", "from"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


class _Strings(dict[int, str]):
    """The strings that spaCy's numbers stand for, each looked up and made over once.

    A number is the hash of its string in every vocabulary, so that one memory serves all.
    """

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self.make = make

    def of(self, strings: StringStore, column: list[int]) -> list[str]:
        """Return the strings of a column of numbers."""
        try:
            return [self[number] for number in column]
        except KeyError:
            made = {number: self.make(strings[number]) if number else "" for number in set(column)}
            if len(self) > MOST_STRINGS:
                self.clear()
            self.update(made)
            return [made[number] for number in column]


PLAIN, LOWERED = _Strings(str), _Strings(str.lower)
FOLDED, FOLDED_LOWER = _Strings(fold), _Strings(lambda text: fold(text).lower())


@lru_cache(maxsize=1)
def tree_of(doc: Doc) -> Tree:
    """Return the tree of a report; the last one is kept, because every step of the chain asks for it."""
    return Tree(doc)


class Tree:
    """Heads, relations, tags and words of one report, by token index.

    Attributes:
        size: number of tokens.
        head: index of each token's head; a root is its own.
        dep, pos, tag, ent: labels as strings; `ent` is the type of the named entity or empty.
        lemma, lower: lower-cased lemma and form.
        printed: the form as it stands in the text.
        form, word: the form folded to ASCII, and the same in lower case.
        kids: indices of each token's dependents, in order.
        sentence: index of the first token of each token's sentence.
        ordinal: number of each token's sentence.
        offset: character at which each token begins.
        entities: the model's named entities as (start, end, label).
    """

    __slots__ = (
        "dep", "doc", "ent", "entities", "form", "head", "kids", "lemma", "lower", "offset", "ordinal",
        "pos", "printed", "sentence", "size", "tag", "word",
    )  # fmt: skip

    def __init__(self, doc: Doc) -> None:
        import numpy as np  # noqa: PLC0415 - `chancery --help` must not wait for it

        table = doc.to_array([*COLUMNS]).T.reshape(len(COLUMNS), len(doc))  # a Doc of no token has no columns
        dep, pos, tag, ent, lemma, orth, lower = table[: len(NAMED)].tolist()
        heads, iob, starts, offsets = table[len(NAMED) :].astype("int64")
        strings = doc.vocab.strings
        self.doc = doc
        self.size = len(doc)
        places = np.arange(self.size)
        self.head: list[int] = (places + heads).tolist()
        self.dep, self.pos, self.tag, self.ent = (
            PLAIN.of(strings, column) for column in (dep, pos, tag, ent)
        )
        self.lower, self.printed = PLAIN.of(strings, lower), PLAIN.of(strings, orth)
        self.form, self.word = FOLDED.of(strings, orth), FOLDED_LOWER.of(strings, orth)
        self.lemma = LOWERED.of(strings, lemma)
        if not MENDED_LEMMAS.keys().isdisjoint(self.lower):
            pairs = zip(self.lemma, self.lower, strict=True)
            self.lemma = [MENDED_LEMMAS.get(form, base) for base, form in pairs]
        self.offset: list[int] = offsets.tolist()
        self.kids: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head != i:
                self.kids[head].append(i)
        begins = starts == 1
        self.ordinal: list[int] = begins.cumsum().tolist()
        self.sentence: list[int] = np.maximum.accumulate(places * begins).tolist()
        self.entities = _entities(self.ent, iob)

    def __len__(self) -> int:
        return self.size

    # --- dependents

    def children(self, i: int, *relations: str) -> list[int]:
        """Return the dependents of token `i` that stand in one of the relations to it."""
        return [kid for kid in self.kids[i] if self.dep[kid] in relations]

    def some(self, i: int, relations: Container[str]) -> list[int]:
        """Return the dependents of token `i` that stand in one of the relations to it."""
        dep = self.dep
        return [kid for kid in self.kids[i] if dep[kid] in relations]

    def child(self, i: int, *relations: str) -> int | None:
        """Return the first dependent of token `i` in one of the relations, or None."""
        dep = self.dep
        for kid in self.kids[i]:
            if dep[kid] in relations:
                return kid
        return None

    def objects(self, i: int, prepositions: Container[str]) -> Iterator[int]:
        """Yield what the token's prepositions govern: "with *Putin*", "by *the army*"."""
        for kid in self.kids[i]:
            if self.word[kid] in prepositions and self.dep[kid] in {"prep", "agent", "dative"}:
                yield from self.some(kid, {"pobj"})
                for inner in self.some(kid, {"prep"}):  # "from around the border"
                    yield from self.some(inner, {"pobj"})

    def coordinated(self, i: int) -> list[int]:
        """Return a token and everything coordinated with it, in order."""
        found = [i]
        for at in found:
            found += self.some(at, {"conj"})
        return found

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

    # --- runs of tokens

    def subtree(self, i: int) -> Tokens:
        """Return the run of tokens from the first to the last of the subtree of token `i`."""
        return subtree(self.doc[i])

    def descendants(self, i: int) -> set[int]:
        """Return token `i` and everything that hangs on it, directly or not."""
        return set(self.below(i))

    def below(self, i: int) -> Iterator[int]:
        """Yield every token of the subtree of a token, the token first."""
        todo = [i]
        while todo:
            at = todo.pop()
            yield at
            todo += self.kids[at]

    def sentence_end(self, i: int) -> int:
        """Return the index after the last token of the sentence that token `i` stands in."""
        start, end = self.sentence[i], i + 1
        while end < self.size and self.sentence[end] == start:
            end += 1
        return end

    def root(self, start: int, end: int) -> int:
        """Return the token of a run whose head lies outside it; nouns before others, then the first."""
        roots = [at for at in range(start, end) if self.head[at] == at or not start <= self.head[at] < end]
        for at in roots:
            if self.pos[at] in NOUNS:
                return at
        return roots[0] if roots else start

    def edge(self, i: int) -> int:
        """Return the first token of the words before a noun that belong to it."""
        while True:
            kid = next((kid for kid in self.kids[i] if kid < i and self.dep[kid] in LEFT), None)
            if kid is None:
                return i
            i = kid

    def last(self, i: int) -> int:
        """Return the end of a token's subtree."""
        while self.kids[i] and self.kids[i][-1] > i:
            i = self.kids[i][-1]
        return i + 1

    def name(self, i: int) -> Tokens:
        """Return the words that name what a noun stands for: no clauses, no appositions, no coordination."""
        first = last = i
        todo = [i]
        while todo:
            at = todo.pop()
            first, last = min(first, at), max(last, at)
            for kid in self.kids[at]:
                if self.dep[kid] in OUTSIDE_NAME:
                    continue
                if self.dep[kid] == "prep" and not self._naming(kid) and not self._after(at):
                    continue
                todo.append(kid)
        return first, last + 1

    def _after(self, adjective: int) -> bool:
        """Tell whether an adjective stands after its noun: "forces *loyal* to the general"."""
        return self.dep[adjective] == "amod" and self.head[adjective] < adjective

    def _naming(self, preposition: int) -> bool:
        """Tell whether a prepositional phrase is part of a name: no "accused the rebels *of cheating*"."""
        return self.word[preposition] in NAMING and all(
            self.pos[kid] in NOUNS for kid in self.kids[preposition]
        )


def _entities(labels: list[str], iob: NDArray[np.int64]) -> list[tuple[int, int, str]]:
    inside = (iob == INSIDE).tolist()
    found = []
    for begin in (iob == BEGIN).nonzero()[0].tolist():
        end = begin + 1
        while end < len(inside) and inside[end]:
            end += 1
        found.append((begin, end, labels[begin]))
    return found

"""A parsed report as plain columns.

Reading an attribute of a spaCy token costs as much as a small dictionary look-up,
and finding out who is who asks for several of every token. One pass copies what is
needed into lists; everything after that is list access.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from chancery.knowledge.names import fold

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

__all__ = ["Sheet", "sheet_of"]

# spaCy's numbers for where a token stands in a named entity.
INSIDE, BEGIN = 1, 3
COLUMNS = ("POS", "TAG", "DEP", "LEMMA", "ENT_TYPE", "ENT_IOB", "SENT_START", "HEAD")


@dataclass(slots=True)
class Sheet:
    """The columns of a `Doc`: one list entry a token.

    `words` are folded to ASCII, `sent` numbers the sentences, `kids` lists the
    dependents of each token, `entities` are the model's named entities as
    (start, end, label).
    """

    words: list[str]
    lower: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    lemma: list[str]
    label: list[str]
    head: list[int]
    sent: list[int]
    kids: list[list[int]]
    entities: list[tuple[int, int, str]]

    def root(self, start: int, end: int) -> int:
        """Return the token of a run whose head lies outside it; nouns before others, then the first."""
        roots = [at for at in range(start, end) if self.head[at] == at or not start <= self.head[at] < end]
        for at in roots:
            if self.pos[at] in NOUNS:
                return at
        return roots[0] if roots else start

    def edge(self, at: int) -> int:
        """Return the first token of the words before a noun that belong to it."""
        first = at
        for kid in self.kids[at]:
            if kid < first and self.dep[kid] in LEFT:
                first = min(first, self.edge(kid))
        return first

    def last(self, at: int) -> int:
        """Return the end of a token's subtree."""
        end = at + 1
        for kid in reversed(self.kids[at]):
            if kid > at:
                return max(end, self.last(kid))
        return end


NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Relations of the words that stand before their noun inside its phrase.
LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "poss",
        "nummod",
        "nmod",
        "quantmod",
        "predet",
        "advmod",
        "case",
        "punct",
        "npadvmod",
        "neg",
    }
)


class _Strings(dict[int, str]):
    """spaCy's strings by their hash, each looked up once."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, key: int) -> str:
        text = self[key] = self.store[key]
        return text


@lru_cache(maxsize=1)
def sheet_of(doc: Doc) -> Sheet:
    """Copy a `Doc` into columns; the last report's sheet is kept, because several steps ask for it."""
    strings = _Strings(doc.vocab.strings)
    array = doc.to_array(list(COLUMNS))
    pos, tag, dep, lemma, label, iob, starts = (
        ([*column] for column in array[:, :-1].T.tolist()) if len(doc) else ([],) * 7
    )
    heads = [at + step for at, step in enumerate(array[:, -1].astype("int64").tolist())] if len(doc) else []
    words = [fold(token.text) for token in doc]
    labels = [strings[value] for value in label]
    kids: list[list[int]] = [[] for _ in words]
    for at, head in enumerate(heads):
        if head != at:
            kids[head].append(at)
    return Sheet(
        words=words,
        lower=[word.lower() for word in words],
        pos=[strings[value] for value in pos],
        tag=[strings[value] for value in tag],
        dep=[strings[value] for value in dep],
        lemma=[strings[value] for value in lemma],
        label=labels,
        head=heads,
        sent=list(accumulate(int(value == 1) for value in starts)),
        kids=kids,
        entities=_entities(labels, iob),
    )


def _entities(labels: list[str], iob: list[int]) -> list[tuple[int, int, str]]:
    found, begin = [], -1
    for at, mark in enumerate(iob):
        inside = mark == INSIDE
        if begin >= 0 and not inside:
            found.append((begin, at, labels[begin]))
            begin = -1
        if mark == BEGIN:
            begin = at
    if begin >= 0:
        found.append((begin, len(iob), labels[begin]))
    return found

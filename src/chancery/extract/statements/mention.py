"""What a statement is before anybody in it is identified."""

from __future__ import annotations

from dataclasses import dataclass

from chancery.extract.syntax import Tokens
from chancery.records import StatementKind

__all__ = ["StatementMention", "StatementOptions"]


@dataclass(frozen=True, slots=True)
class StatementMention:
    """A statement as its words stand in the report, before anybody is identified.

    Attributes:
        cue: the verb with its auxiliaries and negation, the noun, "according to"; None for a bare turn.
        cue_lemma: lemma of the cue's main word.
        speaker: the noun phrase of the source.
        content: runs of tokens without outer quotation marks and bare "that".
        rule: the construction that was found, such as "clause" or "according".
        score: probability that the finding is a statement with the right content, 0 to 1.
        addressee: to whom ("told Mr Xi that").
        occasion: where or how ("during a briefing").
        said: the words that say when.
        within: index of the innermost statement whose content holds this one.
    """

    cue: Tokens | None
    cue_lemma: str
    speaker: Tokens | None
    content: tuple[Tokens, ...]
    kind: StatementKind
    negated: bool
    rule: str
    score: float
    addressee: Tokens | None = None
    occasion: Tokens | None = None
    said: Tokens | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class StatementOptions:
    """What counts as a statement, and where its content begins.

    Attributes:
        extra: add the cue classes that attribution corpora count and an analyst does not.
        tail: add the long tail of cues too, of whose findings corpora count about every second: it finds
            more, and plain reporting ("said") less purely.
        nested: keep statements inside the content of others.
        corpus: keep to the span conventions of attribution corpora: content begins at "that", and at
            the hearer in "urged Kyiv to wait"; a relative pronoun is a source of its own.
        weighed: give each statement the probability measured for findings like it; else the share
            that the author of its construction gave it.
        without: constructions ("object") and classes of cues ("clause.thought") to leave out.
    """

    extra: bool = False
    tail: bool = False
    nested: bool = True
    corpus: bool = False
    weighed: bool = True
    without: frozenset[str] = frozenset()

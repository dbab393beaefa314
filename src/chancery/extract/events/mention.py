"""The value that extraction hands to resolution: one act as its words stand in the report."""

from __future__ import annotations

from dataclasses import dataclass

from chancery.extract.syntax import Tokens
from chancery.records import Act, Status

__all__ = ["EventMention"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """An act as its words stand in the report, before its parties are identified.

    `actor` and `recipient` are the runs of tokens that name them; `speaks` is
    true where the clause has no subject and lies in a statement, so that the
    speaker's party acts. `condition` is the index of the mention on which this
    one depends, `hinge` the words of the condition, `statement` the index of the
    innermost statement that tells it.
    `word` is the lemma that names the act, `taken` the object of a pattern, which names no act of its own.
    `where` are the phrases that may name its place, nearest first, `clauses`
    the runs in which its time and figures are looked for, smallest first.
    """

    anchor: Tokens
    at: int
    act: Act
    mode: str | None
    actor: tuple[Tokens, ...]
    recipient: tuple[Tokens, ...]
    status: Status
    rule: str
    entry: str
    word: str
    taken: int | None = None
    speaks: bool = False
    condition: int | None = None
    hinge: Tokens | None = None
    statement: int | None = None
    context: tuple[str, ...] = ()
    where: tuple[Tokens, ...] = ()
    clauses: tuple[Tokens, ...] = ()
    score: float = 0.5

"""Statements: who said, wrote, thought, denied what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.quotations import Quotation
from chancery.extract.syntax import Tokens
from chancery.records import StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["StatementMention", "find_statements"]


@dataclass(frozen=True, slots=True)
class StatementMention:
    """A statement as its words stand in the report, before anybody is identified."""

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


def find_statements(doc: Doc, quotations: Sequence[Quotation]) -> tuple[StatementMention, ...]:
    """Find every statement of a report, in the order of their first content word."""
    return ()

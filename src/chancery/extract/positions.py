"""Positions: what a statement commits its holder to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.statements import StatementMention
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["PositionMention", "find_positions"]


@dataclass(frozen=True, slots=True)
class PositionMention:
    """A position as its words stand in a statement; `statement` is the index of the statement."""

    issue: Tokens
    statement: int


def find_positions(doc: Doc, said: Sequence[StatementMention]) -> tuple[PositionMention, ...]:
    """Find every position that the statements of a report take."""
    return ()

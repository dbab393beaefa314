"""Figures: numbers that measure something in the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens
from chancery.extract.times import TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["FigureMention", "find_figures"]


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A figure as its words stand in the report."""

    tokens: Tokens


def find_figures(doc: Doc, times: Sequence[TimeMention]) -> tuple[FigureMention, ...]:
    """Find every figure of a report, in order; numbers inside time expressions are none."""
    return ()

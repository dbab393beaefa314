"""Times: the expressions that name a day, a stretch of days, or a duration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["TimeMention", "find_times"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression as its words stand in the report."""

    tokens: Tokens


def find_times(doc: Doc) -> tuple[TimeMention, ...]:
    """Find every time expression of a report, in order."""
    return ()

"""Places: the names that stand for a location or a territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens
from chancery.knowledge.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["PlaceMention", "find_places"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name as its words stand in the report."""

    tokens: Tokens


def find_places(doc: Doc, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Find every place name of a report, in order."""
    return ()

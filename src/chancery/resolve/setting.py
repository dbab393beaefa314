"""What the resolvers know of a report before they look at its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chancery.language import Maker

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Setting"]


@dataclass(frozen=True, slots=True)
class Setting:
    """The parsed report, its day, publisher and title where known, and who signs the records."""

    doc: Doc
    published: date | None
    maker: Maker
    publisher: str | None = None
    title: str | None = None

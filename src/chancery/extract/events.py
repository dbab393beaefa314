"""Events: the acts of political actors, and how real the report makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.quotations import Quotation
from chancery.extract.statements import StatementMention
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["EventMention", "find_events"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """An act as its words stand in the report, before its parties are identified."""

    anchor: Tokens


def find_events(
    doc: Doc, said: Sequence[StatementMention], quotations: Sequence[Quotation]
) -> tuple[EventMention, ...]:
    """Find every event of a report, in order of their anchors."""
    return ()

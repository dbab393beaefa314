"""Quotations: what stands between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Quotation", "find_quotations"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A run of tokens in quotation marks, marks included; `closed` is false where the closing mark is missing."""

    start: int
    end: int
    closed: bool


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Find every quotation of a report, in order."""
    return ()

"""What is kept from the parser, and why: one gate a reason, each can be switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chancery.articles import Report

__all__ = ["GATES", "Gated", "Gates", "load_gates"]

GATES: Mapping[str, str] = {
    "not_article": "pages without an article",
    "not_english": "reports in other languages",
    "exact_duplicate": "reports whose words were read before",
    "near_duplicate": "reports that nearly repeat one that was read before",
    "not_international": "reports that are not about international affairs",
}


@dataclass(frozen=True, slots=True)
class Gated:
    """A report that was kept from the parser: by which gate, why, and which report it repeats."""

    gate: str
    reason: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates that look at one report alone."""

    off: frozenset[str] = frozenset()

    def judge(self, report: Report) -> Gated | None:  # noqa: ARG002 - no rule yet
        """Say which gate keeps a report, if any does."""
        return None


def load_gates(off: frozenset[str]) -> Gates:
    """Load the rules of the gates that are on."""
    return Gates(off)

"""The word forms of cues by which plain reporting ("said", "told") is told from all other attribution."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["SAID_FORMS", "said_forms"]

# The project's own word list, which its yardstick takes as a file of bare forms: no head comment.
SAID_FORMS = Path(__file__).parent / "data" / "said_forms.txt"


@cache
def said_forms() -> frozenset[str]:
    """Read the word forms."""
    return frozenset(SAID_FORMS.read_text(encoding="utf-8").split())

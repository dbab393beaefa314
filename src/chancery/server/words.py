"""Words of reports as pages quote them: cut around what matters, never in the middle of a word."""

from __future__ import annotations

from chancery.render.typeset import clean

__all__ = ["around"]

BEFORE, AFTER = 150, 210


def around(words: str | None, marked: str | None) -> tuple[str, str, str]:
    """Return what stands before some marked words, these, and what stands after, cut where it is long."""
    text, inner = clean(words or ""), clean(marked or "")
    before, found, after = text.partition(inner) if inner else (text, "", "")
    if not found:
        before, after = "", text
    if len(before) > BEFORE:
        before = "… " + before[-BEFORE:].partition(" ")[2]
    if len(after) > AFTER:
        after = after[:AFTER].rpartition(" ")[0] + " …"
    return before, found, after

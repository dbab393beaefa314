"""What changed between the wordings of a report."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from chancery.ledger.queries.filters import Filter
from chancery.ledger.queries.find import find_reports
from chancery.ledger.schema.reports import report_versions

__all__ = ["Change", "changes", "find_revisions"]

# A line or a sentence: what an editor changes is rarely more.
PIECE = re.compile(r"[^\n]*?(?:[.!?…][\"'”’)\]]*(?=\s|$)\s*|\n+|$)")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the words before and after, and whether in the title or the text.

    `at` is the first character of the changed words in the later wording.
    """

    field: str
    at: int
    before: str
    after: str


def changes(before: tuple[str | None, str], after: tuple[str | None, str]) -> list[Change]:
    """List what changed from one (title, text) to another, in the order of the text."""
    found = [Change("title", 0, before[0] or "", after[0] or "")] if before[0] != after[0] else []
    return found + list(_changed(before[1], after[1]))


def _changed(before: str, after: str) -> Iterator[Change]:
    """Compare sentence by sentence, then word by word within what differs."""
    old, new = _pieces(PIECE, before), _pieces(PIECE, after)
    at = 0
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        here = "".join(new[j1:j2])
        if tag != "equal":
            yield from _in_words("".join(old[i1:i2]), here, at)
        at += len(here)


def _in_words(before: str, after: str, at: int) -> Iterator[Change]:
    old, new = re.findall(r"\s*\S+|\s+$", before), re.findall(r"\s*\S+|\s+$", after)
    starts = [0]
    for word in new:
        starts.append(starts[-1] + len(word))
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i1:i2]).strip(), "".join(new[j1:j2]).strip()
        if tag != "equal" and gone != come:
            yield Change("text", at + starts[j1], gone, come)


def _pieces(pattern: re.Pattern[str], text: str) -> list[str]:
    return [piece for piece in pattern.findall(text) if piece]


def find_revisions(connection: Connection, asked: Filter) -> list[dict[str, Any]]:
    """Return a row for each change of each rewording of the reports that a filter lets pass."""
    reworded = find_reports(connection, replace(asked, every_version=True, reworded=True))
    return [change for row in reworded for change in _rows(connection, row)]


def _rows(connection: Connection, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    columns = report_versions.c
    query = select(columns.title, columns.text).where(
        columns.report_key == row["report_key"],
        columns.version_number.in_([row["version_number"] - 1, row["version_number"]]),
    )
    before, after = connection.execute(query.order_by(columns.version_number)).all()
    named = (
        "report_key",
        "version_key",
        "version_number",
        "published",
        "publisher",
        "title",
        "url",
        "added_at",
    )
    for change in changes((before[0], before[1]), (after[0], after[1])):
        told = (
            f"{change.before!r} → {change.after!r}"
            if change.before and change.after
            else (f"+ {change.after!r}" if change.after else f"- {change.before!r}")
        )
        words = {"field": change.field, "at": change.at, "before": change.before, "after": change.after}
        yield {name: row[name] for name in named} | words | {"change": told}

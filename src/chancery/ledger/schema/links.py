"""Tables of what following many reports found: copies, acts, claims and issues told by several reports.

`chancery.follow.store` fills them. Each row of a link points to the two records
it joins with ON DELETE CASCADE, so that links go when a report is read anew,
and keeps the reason why it joins them. `followed` says which readings were seen.

The tables named `*_clues` only lead to what may be the same: what they lead to
is compared before it is linked. They point nowhere by constraint, since a clue
whose record is gone does no harm, and a constraint would double their size.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table, Text

from chancery.ledger.schema.base import metadata, of_reading, text

__all__ = ["CLUES", "LINKS", "duplicates", "followed", "report_clues"]

followed = Table(
    "followed",
    metadata,
    of_reading(primary_key=True),
    text("followed_at", "when its records were linked to those of others, UTC", required=True),
    Column("clue_count", Integer, nullable=False, comment="how many fingerprints its text leaves"),
    comment="one row a reading whose records were linked; gone when it is read anew",
)


def _version(name: str, about: str) -> Column[Any]:
    return Column(
        name,
        ForeignKey("readings.version_key", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
        comment=about,
    )


duplicates = Table(
    "duplicates",
    metadata,
    _version("version_key", "the report that came out later"),
    _version("other_version_key", "the report whose words it has"),
    text("kind", "exact, near, or partial: a passage of one stands in the other", required=True),
    Column("contained", Float, nullable=False, comment="share of the shorter text that stands in the other"),
    text("reason", "why they are taken for copies", required=True),
    Index("duplicates_by_other", "other_version_key"),
    sqlite_with_rowid=False,
    comment="reports that have words of each other",
)

report_clues = Table(
    "report_clues",
    metadata,
    Column("clue", Integer, primary_key=True, autoincrement=False, comment="hash of a run of five words"),
    Column("version_key", Integer, primary_key=True, autoincrement=False, comment="a report that has it"),
    sqlite_with_rowid=False,
    comment="fingerprints of texts, to find copies by",
)


def _clues(kind: str, about: str) -> Table:
    key = f"{kind}_key"
    return Table(
        f"{kind}_clues",
        metadata,
        Column("clue", Integer, primary_key=True, autoincrement=False, comment="hash of parties and a word"),
        Column(key, Integer, primary_key=True, autoincrement=False, comment=f"a {kind} that has them"),
        sqlite_with_rowid=False,
        comment=about,
    )


def _links(kind: str, about: str) -> Table:
    def end(name: str, which: str) -> Column[Any]:
        return Column(
            name, ForeignKey(f"{kind}s.{kind}_key", ondelete="CASCADE"), primary_key=True, comment=which
        )

    return Table(
        f"{kind}_links",
        metadata,
        end(f"{kind}_key", f"a {kind}"),
        end(f"other_{kind}_key", f"the {kind} of another report that tells the same"),
        Column("reason", Text, nullable=False, comment="why they are taken for the same"),
        Index(f"{kind}_links_by_other", f"other_{kind}_key"),
        sqlite_with_rowid=False,
        comment=about,
    )


CLUES = {
    "event": _clues("event", "words of events, to find those that tell one act by"),
    "statement": _clues("statement", "words of statements, to find those that tell one claim by"),
    "position": _clues("position", "words of positions, to find those on one issue by"),
}
LINKS = {
    "event": _links("event", "events of two reports that tell one act"),
    "statement": _links("statement", "statements of two reports that tell one claim of one speaker"),
    "position": _links("position", "positions of one holder on one issue, in two reports"),
}

"""Tables of what people corrected: each correction, and what the extraction had said of its report.

They hang on the wording of a report and not on its reading, so that they stay
when the report is read anew.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text
from sqlalchemy import text as text_clause

from chancery.ledger.schema.base import json_list, metadata, text

__all__ = ["corrections", "original_readings"]

corrections = Table(
    "corrections",
    metadata,
    Column("correction_key", Integer, primary_key=True),
    Column(
        "version_key",
        ForeignKey("report_versions.version_key", ondelete="CASCADE"),
        nullable=False,
        comment="the version of a report that it corrects",
    ),
    text("kind", "statement, event, position or figure", required=True),
    text("record_id", "the record's id in the report, as last read", required=True),
    json_list("anchor", "spans by which the record is found again when the report is read anew"),
    text("action", "accept, reject or change", required=True),
    text("field", "what is changed: speaker, addressee, holder, toward, actor, recipient, act or status"),
    Column("slot", Integer, comment="which of several actors or recipients, from 0"),
    Column("meant", JSON(none_as_null=True), comment="the party in that slot before, as JSON; null adds one"),
    text("value", "what the field is changed to; null where nobody is meant"),
    Column("actor", JSON(none_as_null=True), comment="the actor of the value, should the report not name it"),
    text("made_by", "who corrected, as they call themselves"),
    text("reason", "why"),
    text("made_at", "UTC", required=True),
    Column("original", JSON, nullable=False, comment="the record as it was extracted"),
    text("undone_at", "when it was taken back, UTC; null while it holds"),
    text("missed_at", "when its record was no longer found in the report, UTC; null while it is applied"),
    Index(
        "corrections_in_force",
        "version_key",
        "kind",
        "record_id",
        sqlite_where=text_clause("undone_at IS NULL"),
    ),
    comment="one row a correction; it wins over the extraction until it is undone",
)

original_readings = Table(
    "original_readings",
    metadata,
    Column(
        "version_key",
        ForeignKey("report_versions.version_key", ondelete="CASCADE"),
        primary_key=True,
        comment="a version of a report with corrections in force",
    ),
    Column("records", Text, nullable=False, comment="all that was extracted from it, as JSON"),
    comment="what the extraction had said of a corrected report: where undoing leads back to",
)

"""Tables of what came in: reports and their versions, who read them, what failed, which feeds were asked."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy import text as text_clause

from chancery.ledger.schema.base import json_list, metadata, span, text

__all__ = ["COUNTED", "failures", "feeds", "ingests", "methods", "readings", "report_versions", "reports"]

# The record kinds whose number a reading states; `chancery doctor` counts them again.
COUNTED = ("actors", "mentions", "statements", "events", "positions", "figures", "places", "times")

reports = Table(
    "reports",
    metadata,
    Column("report_key", Integer, primary_key=True),
    Column("identity", Text, nullable=False, unique=True, comment="address, else publisher and id"),
    text("added_at", "when the first version came in, UTC", required=True),
    comment="one row a report, however often its words changed",
)

report_versions = Table(
    "report_versions",
    metadata,
    Column("version_key", Integer, primary_key=True),
    Column("report_key", ForeignKey("reports.report_key", ondelete="CASCADE"), nullable=False),
    Column("version_number", Integer, nullable=False, comment="1 is the first wording that came in"),
    Column("is_current", Boolean, nullable=False, comment="whether no later wording is known"),
    text("article_id", "the report's id, given by its source or made from the words", required=True),
    text("url", "where the report can be seen"),
    text("publisher", "who put it out"),
    text("title", "headline"),
    text("published", "day or moment it came out, as the source gives it"),
    text("published_day", "the day of it"),
    text("language", "ISO 639-1", required=True),
    text("credit", "whom the report or its licence credits"),
    *span("dateline", "place and day that open the text"),
    text("dateline_place", "id of the dateline's place"),
    Column("word_count", Integer, nullable=False),
    text("content_digest", "SHA-256 of title and text, by which a rewording is known", required=True),
    text("source", "file, folder or address that it came from"),
    text("source_place", "where in it, if it holds many"),
    text("added_at", "when this wording came in, UTC", required=True),
    # Last, so that reading any other column need not pass over it.
    text("text", "the report, exactly as extracted", required=True),
    UniqueConstraint("report_key", "version_number"),
    UniqueConstraint("report_key", "content_digest"),
    Index("report_versions_by_day", "published_day"),
    Index("report_versions_by_publisher", "publisher", "published_day"),
    Index("report_versions_by_article_id", "article_id"),
    Index("report_versions_replaced", "version_key", sqlite_where=text_clause("NOT is_current")),
    comment="one row a wording of a report",
)

readings = Table(
    "readings",
    metadata,
    Column(
        "version_key",
        ForeignKey("report_versions.version_key", ondelete="CASCADE"),
        primary_key=True,
        comment="the version that was read",
    ),
    text("maker", "version of chancery and language model", required=True),
    text("read_at", "when it was read, UTC", required=True),
    json_list("notes", "what one should know of how it was read"),
    *(Column(f"{kind.removesuffix('s')}_count", Integer, nullable=False) for kind in COUNTED),
    comment="one row a version: who read it and how much was found; every record hangs on it",
)

methods = Table(
    "methods",
    metadata,
    Column("method_key", Integer, primary_key=True),
    Column("method", Text, nullable=False, unique=True, comment="rule, version of chancery, language model"),
    comment="what made a record",
)

failures = Table(
    "failures",
    metadata,
    Column("failure_key", Integer, primary_key=True),
    text("source", "file, folder or address", required=True),
    Column("source_place", Text, nullable=False, comment="where in it; empty where it is the whole"),
    text("identity", "the report's identity, where it was known"),
    text("content_digest", "SHA-256 of title and text, where there was one"),
    text("stage", "fetch, open, read or store", required=True),
    text("error", "what went wrong", required=True),
    text("retry", "what would mend it, or how to try again", required=True),
    text("maker", "version of chancery that failed", required=True),
    Column("attempts", Integer, nullable=False, comment="how often it was tried"),
    text("failed_at", "when it failed last, UTC", required=True),
    UniqueConstraint("source", "source_place"),
    Index("failures_by_digest", "content_digest"),
    comment="one row a report or source that could not be taken in; gone once it could",
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    text("etag", "what the server asks to be told next time"),
    text("last_modified", "the same, in the older way"),
    text("checked_at", "when it was asked last, UTC", required=True),
    comment="one row an address; written only after all its reports are in",
)

ingests = Table(
    "ingests",
    metadata,
    Column("ingest_key", Integer, primary_key=True),
    text("started_at", "UTC", required=True),
    text("ended_at", "UTC; null while it runs, or if it was killed"),
    json_list("sources", "what was asked for"),
    text("maker", "version of chancery and language model"),
    Column("added", Integer, nullable=False, default=0, comment="new reports"),
    Column("reworded", Integer, nullable=False, default=0, comment="new versions of known reports"),
    Column("replaced", Integer, nullable=False, default=0, comment="read anew"),
    Column("known", Integer, nullable=False, default=0, comment="were there already"),
    Column("failed", Integer, nullable=False, default=0),
    comment="one row a run of chancery ingest",
)

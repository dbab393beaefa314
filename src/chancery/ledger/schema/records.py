"""Tables of what was read: one a record kind, and one for each list inside a record that queries ask about.

Records that other tables point to have a key of the ledger's own; mentions,
places, times and actors are found by their report and their id in it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from chancery.ledger.schema.base import AsWritten, json_list, metadata, of_reading, span, text

__all__ = [
    "KEYED",
    "actor_roles",
    "actors",
    "event_parties",
    "events",
    "figures",
    "mentions",
    "passages",
    "places",
    "positions",
    "statement_contents",
    "statement_parties",
    "statements",
    "times",
    "unattributed_quotations",
]


def _made() -> tuple[Column[Any], ...]:
    return (
        Column("method_key", ForeignKey("methods.method_key"), nullable=False, comment="what made it"),
        Column("score", Float, nullable=False, comment="how sure the method is, 0 to 1"),
    )


def _in_order() -> Column[Any]:
    return Column("position", Integer, nullable=False, comment="its place in the reading's list, from 0")


def _id() -> Column[Any]:
    return text("id", "its id in the report", required=True)


def _other() -> Column[Any]:
    # A field that a later record type brings stays here until a migration gives it a column.
    return text("other_fields", "fields that no column holds, as a JSON object")


def _small(name: str, *columns: Column[Any], comment: str) -> Table:
    """Make a table of records that are found by report and id alone."""
    return Table(
        name,
        metadata,
        of_reading(primary_key=True),
        Column("id", Text, primary_key=True, comment="its id in the report"),
        _in_order(),
        *columns,
        *_made(),
        _other(),
        sqlite_with_rowid=False,
        comment=comment,
    )


def _keyed(name: str, *columns: Any, comment: str) -> Table:  # noqa: ANN401 - columns and indexes
    """Make a table of records that other tables point to."""
    return Table(
        name,
        metadata,
        Column(f"{name.removesuffix('s')}_key", Integer, primary_key=True),
        of_reading(),
        _in_order(),
        _id(),
        text("published_day", "the day its report came out"),
        *columns,
        Column("passage_key", ForeignKey("passages.passage_key"), comment="the sentence it rests on"),
        *_made(),
        _other(),
        UniqueConstraint("version_key", "id"),
        Index(f"{name}_by_published_day", "published_day"),
        # For deleting: without it, each sentence that goes has all records looked through.
        Index(f"{name}_by_passage", "passage_key"),
        comment=comment,
    )


passages = Table(
    "passages",
    metadata,
    Column("passage_key", Integer, primary_key=True),
    of_reading(index=True),
    *span("passage", "a sentence that records rest on", required=True),
    comment="the sentences that statements, events, positions and figures rest on",
)

actors = Table(
    "actors",
    metadata,
    of_reading(primary_key=True),
    Column("actor", Text, primary_key=True, comment="actor id, such as RUS or person:sergey-lavrov"),
    _in_order(),
    text("name", "the name to show", required=True),
    text("kind", "what sort of actor", required=True),
    text("country", "ISO 3166-1 alpha-3 of the state it belongs to"),
    text("sector", "PLOVER sector code"),
    text("plover", "PLOVER actor code"),
    text("cameo", "CAMEO actor code"),
    text("iso3", "ISO 3166-1 alpha-3, for states"),
    text("wikidata", "Wikidata item"),
    Column("resolved", Boolean, nullable=False, comment="whether it was found in the tables"),
    Column("mention_count", Integer, nullable=False, comment="how often the report names or means it"),
    *_made(),
    _other(),
    Index("actors_by_actor", "actor", "version_key", "mention_count"),
    Index("actors_by_country", "country", "actor"),
    sqlite_with_rowid=False,
    comment="whoever a report names or means: one row a report and actor",
)

actor_roles = Table(
    "actor_roles",
    metadata,
    of_reading(primary_key=True),
    Column("actor", Text, primary_key=True, comment="actor id of the person"),
    Column("position", Integer, primary_key=True, comment="its place in the list, from 0"),
    text("title", "the office", required=True),
    text("organization", "actor id of the state or organization"),
    text("first_day", "first day in office, where known"),
    text("last_day", "last day in office, where known"),
    Index("actor_roles_by_organization", "organization", "actor"),
    sqlite_with_rowid=False,
    comment="offices held, as of the report's day",
)

mentions = _small(
    "mentions",
    *span("span", "the words", required=True),
    text("kind", "name, nominal, pronoun, demonym or capital", required=True),
    text("type", "person, organization, state, place, group or other", required=True),
    text("actor", "actor id"),
    text("place", "id of a place of the same report"),
    Column("chain", Integer, comment="mentions with one number mean the same referent"),
    comment="where actors are named or meant",
)

places = _small(
    "places",
    *span("span", "the words", required=True),
    text("name", "the name to show", required=True),
    Column("latitude", Float),
    Column("longitude", Float),
    text("country", "ISO 3166-1 alpha-3"),
    text("admin1", "first-level division"),
    text("feature", "GeoNames feature code, or region, sea, continent"),
    Column("geonameid", Integer, comment="GeoNames id"),
    comment="place names, and what they were resolved to",
)

times = _small(
    "times",
    *span("span", "the words", required=True),
    text("type", "TIMEX3 type", required=True),
    text("value", "TIMEX3 value", required=True),
    text("first_day", "first day, where known"),
    text("last_day", "last day, included, where known"),
    text("rule", "how the days follow from the words", required=True),
    comment="time expressions, and the days they cover",
)

unattributed_quotations = Table(
    "unattributed_quotations",
    metadata,
    of_reading(primary_key=True),
    Column("position", Integer, primary_key=True, comment="its place in the reading's list, from 0"),
    *span("span", "the quoted words", required=True),
    text("reason", "why it is no statement", required=True),
    sqlite_with_rowid=False,
    comment="quotations without a speaker",
)

statements = _keyed(
    "statements",
    *span("speaker", "the words for the speaker"),
    text("speaker", "actor id; null if several speak, see statement_parties"),
    text("speaker_is", "named, role, collective, anonymous, document or none", required=True),
    *span("cue", "the words that ascribe the content to the speaker"),
    text("cue_lemma", "dictionary form of the cue's main word"),
    text("kind", "direct, indirect or mixed", required=True),
    *span("addressee", "the words for the one spoken to"),
    text("addressee", "actor id of the one spoken to"),
    text("said_first_day", "first day on which it may have been said"),
    text("said_last_day", "last day of that"),
    text("said_rule", "how the days follow from the words"),
    *span("occasion", "the words for where it was said"),
    Column("negated", Boolean, nullable=False, comment="the cue is negated or a denial"),
    text("within", "id of the statement that holds this one"),
    Index("statements_by_speaker", "speaker", "published_day"),
    comment="who said what to whom",
)

statement_contents = Table(
    "statement_contents",
    metadata,
    Column("statement_key", ForeignKey("statements.statement_key", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="its place in the statement, from 0"),
    *span("content", "what was said, without quotation marks", required=True),
    sqlite_with_rowid=False,
    comment="the words of statements, a row a stretch of text",
)

statement_parties = Table(
    "statement_parties",
    metadata,
    Column("statement_key", ForeignKey("statements.statement_key", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True, comment="speaker, joint_speaker, addressee or about"),
    Column("position", Integer, primary_key=True, comment="its place among those of its role, from 0"),
    text("actor", "actor id", required=True),
    text("country", "ISO 3166-1 alpha-3 of the state the actor belongs to"),
    Index("statement_parties_by_actor", "actor", "role", "statement_key"),
    Index("statement_parties_by_country", "country", "role", "statement_key"),
    sqlite_with_rowid=False,
    comment="who speaks in a statement, who is spoken to and whom it is about",
)

events = _keyed(
    "events",
    *span("anchor", "the words that name the act", required=True),
    text("act", "PLOVER type of the act itself, or MESSAGE, or STATE", required=True),
    text("mode", "PLOVER mode, or one of our own"),
    json_list("context", "PLOVER contexts"),
    text("status", "how real the report makes it", required=True),
    text("condition", "id of the event it depends on"),
    *span("place", "the words for where"),
    text("place", "id of a place of the same report"),
    text("place_name", "the name of that place"),
    text("place_country", "the country of that place"),
    *span("time", "the words for when"),
    text("first_day", "first day of the event, where known"),
    text("last_day", "last day, included, where known"),
    text("time_rule", "how the days follow from the words"),
    text("event_day", "first day, else last day, else the day of the report: to sort by"),
    json_list("figures", "ids of figures of the same report"),
    text("reported_by", "id of the statement that tells it"),
    text("plover_type", "published PLOVER type"),
    text("plover_mode", "published PLOVER mode"),
    text("plover_quad", "verbal or material, cooperation or conflict"),
    Column("plover_intensity", AsWritten, comment="PLOVER's score, -10 to 10"),
    text("cameo_code", "published CAMEO code"),
    text("why", "the rule and the lexicon entry behind it", required=True),
    Index("events_by_act", "act", "status", "event_day"),
    Index("events_by_status", "status", "event_day"),
    Index("events_by_day", "event_day"),
    Index("events_by_place", "place_country", "event_day"),
    comment="who did what to whom, and how real it is",
)

event_parties = Table(
    "event_parties",
    metadata,
    Column("event_key", ForeignKey("events.event_key", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True, comment="actor or recipient"),
    Column("position", Integer, primary_key=True, comment="its place among those of its role, from 0"),
    *span("party", "the words for the party; null where it is understood"),
    text("actor", "actor id; null where nobody could be made out"),
    text("country", "ISO 3166-1 alpha-3 of the state the actor belongs to"),
    Index("event_parties_by_actor", "actor", "role", "event_key"),
    Index("event_parties_by_country", "country", "role", "event_key"),
    sqlite_with_rowid=False,
    comment="who acts in an event, and to whom it is done",
)

positions = _keyed(
    "positions",
    text("holder", "actor id of the party bound", required=True),
    text("holder_country", "the state it belongs to"),
    text("toward", "actor id of the party it is taken toward"),
    text("toward_country", "the state that one belongs to"),
    text("act", "offer, demand, refuse ...", required=True),
    *span("issue", "the words that name the thing", required=True),
    *span("condition", "the words that make it depend on something"),
    text("statement", "id of the statement that takes it"),
    text("event", "id of the event it speaks of"),
    Index("positions_by_holder", "holder", "published_day"),
    Index("positions_by_toward", "toward", "published_day"),
    Index("positions_by_act", "act", "published_day"),
    comment="what each party holds",
)

figures = _keyed(
    "figures",
    *span("span", "the number with its bound and unit", required=True),
    Column("low", AsWritten, comment="lower bound"),
    Column("high", AsWritten, comment="upper bound"),
    text("unit", "counted noun, or unit: USD, percent, km", required=True),
    *span("what", "the words for what is counted"),
    text("kind", "troops, casualties, money, equipment, share, distance or other", required=True),
    text("place", "id of a place of the same report"),
    text("place_name", "the name of that place"),
    text("place_country", "the country of that place"),
    text("as_of_first_day", "first day it holds for"),
    text("as_of_last_day", "last day it holds for"),
    text("change", "increase or decrease"),
    text("event", "id of the event it measures"),
    Index("figures_by_kind", "kind", "published_day"),
    comment="how many of what",
)

# The tables whose records have a key of the ledger's own, by record kind.
KEYED = {"statements": statements, "events": events, "positions": positions, "figures": figures}

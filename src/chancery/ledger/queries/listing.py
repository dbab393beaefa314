"""Records as people read them in a list: who, whom, what, in which words of which report.

:func:`find_rows` gives the columns of a view, for machines; here the same
records come with their parties named and their words marked where a search hit.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from sqlalchemy import Column, Connection, bindparam, func, select, text

from chancery.ledger.queries.filters import Filter, match_words
from chancery.ledger.queries.find import find_keys, key_of, words_of
from chancery.ledger.schema.corrections import corrections
from chancery.ledger.schema.records import KEYED, event_parties, passages, statement_parties
from chancery.ledger.schema.reports import report_versions
from chancery.records import Span

__all__ = ["Entry", "Party", "entries_of", "find_entries", "find_hits", "find_snippets"]

# Keys in one query: SQLite takes 32,766 parameters.
MOST_KEYS = 5000

# Set around a hit by FTS5, and taken out again; noncharacters, which no report has.
OPENS, CLOSES = "\ufdd0", "\ufdd1"
MARKS = re.compile(f"([{OPENS}{CLOSES}])")

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a record: an actor's id and name as its report has them, or only the words."""

    actor: str | None
    name: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a list.

    Attributes:
        kind: statements, events, positions or figures.
        key: its key in the ledger.
        version_key: the version of the report that it stands in.
        record_id: its id in that report.
        row: its columns, and those of its report.
        who: who speaks, acts or holds.
        toward: who is acted on, or addressed; of a statement, whom it was said to.
        about: of a statement, of whom it speaks.
        words: the sentence that it rests on; of a statement, what was said.
        main: where in `words` the record's own words stand: its act, issue or number.
        hits: where in `words` the search hit.
        checked: "accepted" or "changed" where somebody has corrected it.
    """

    kind: str
    key: int
    version_key: int
    record_id: str
    row: Row
    who: tuple[Party, ...]
    toward: tuple[Party, ...]
    about: tuple[Party, ...]
    words: str
    main: Span | None
    hits: tuple[Span, ...]
    checked: str = ""


def find_entries(connection: Connection, kind: str, asked: Filter) -> list[Entry]:
    """Return the records of a kind that a filter lets pass, as entries of a list.

    Raises:
        LedgerError: the order asked for is none.
    """
    return entries_of(connection, kind, find_keys(connection, kind, asked), asked.text)


def entries_of(
    connection: Connection, kind: str, keys: Sequence[int], searched: str | None = None
) -> list[Entry]:
    """Return some records as entries of a list, in the order of their keys as given.

    Args:
        connection: of one state of the ledger.
        kind: statements, events, positions or figures.
        keys: of records.
        searched: what was searched for: where it hit is marked.
    """
    rows = _rows(connection, kind, keys)
    found = _Found(
        kind,
        dict(zip((row["key"] for row in rows), words_of(connection, kind, rows), strict=True)),
        _parties(connection, kind, rows),
        find_hits(connection, kind, rows, searched) if searched else {},
        _checked(connection, kind, rows),
    )
    return [_entry(row, found) for row in rows]


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in other tables of the rows of a list, by their keys."""

    kind: str
    words: Mapping[int, str]
    parties: Mapping[int, Mapping[str, list[Party]]]
    hits: Mapping[int, tuple[Span, ...]]
    checked: Mapping[tuple[int, str], str]


def _checked(connection: Connection, kind: str, rows: Sequence[Row]) -> dict[tuple[int, str], str]:
    """Say which records somebody has accepted, or changed."""
    columns = corrections.c
    found: dict[tuple[int, str], str] = {}
    for lot in batched(sorted({row["version_key"] for row in rows}), MOST_KEYS):
        query = select(columns.version_key, columns.record_id, columns.action).where(
            columns.version_key.in_(lot),
            columns.kind == kind.removesuffix("s"),
            columns.undone_at.is_(None),
            columns.missed_at.is_(None),
        )
        for version, record_id, action in connection.execute(query.order_by(columns.correction_key)):
            if action == "change" or (version, record_id) not in found:
                found[version, record_id] = "changed" if action == "change" else "accepted"
    return found


def _entry(row: Row, found: _Found) -> Entry:
    kind, key = found.kind, row["key"]
    main = None
    if kind in _MAIN and row["passage_start"] is not None:
        main = row["main_start"] - row["passage_start"], row["main_end"] - row["passage_start"]
    who, toward, about = (tuple(found.parties[key].get(role, ())) for role in ("who", "toward", "about"))
    return Entry(
        kind=kind,
        key=key,
        version_key=row["version_key"],
        record_id=row["id"],
        row=row,
        who=who,
        toward=toward,
        about=about,
        words=found.words[key],
        main=main,
        hits=found.hits.get(key if kind == "statements" else row["passage_key"], ()),
        checked=found.checked.get((row["version_key"], row["id"]), ""),
    )


# The words of a record that name it, beside its sentence.
_MAIN = {"events": "anchor", "positions": "issue", "figures": "span"}
# Further words of a record that a list shows.
_SHOWN = {
    "statements": ("speaker", "cue", "addressee"), "positions": ("condition",), "figures": ("span", "what"),
    "events": ("anchor",),
}  # fmt: skip
_OF_REPORT = ("publisher", "title", "url", "article_id", "published", "is_current")


def _words(start: Column[Any], end: Column[Any], name: str) -> Any:  # noqa: ANN401 - a labelled expression
    return func.substr(report_versions.c.text, start + 1, end - start).label(name)


def _rows(connection: Connection, kind: str, keys: Sequence[int]) -> list[dict[str, Any]]:
    table, key = KEYED[kind], key_of(kind)
    main = _MAIN.get(kind)
    columns = [
        *table.c,
        key.label("key"),
        *(report_versions.c[name] for name in _OF_REPORT),
        *(_words(table.c[f"{name}_start"], table.c[f"{name}_end"], f"{name}_words") for name in _SHOWN[kind]),
        passages.c.passage_start,
        (table.c[f"{main}_start"] if main else passages.c.passage_start).label("main_start"),
        (table.c[f"{main}_end"] if main else passages.c.passage_start).label("main_end"),
    ]
    joined = table.join(report_versions, report_versions.c.version_key == table.c.version_key).join(
        passages, passages.c.passage_key == table.c.passage_key, isouter=True
    )
    found: dict[int, dict[str, Any]] = {}
    for lot in batched(keys, MOST_KEYS):
        for row in connection.execute(select(*columns).select_from(joined).where(key.in_(lot))):
            found[row.key] = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's way to a row's names
    return [found[one] for one in keys if one in found]


# Role in the tables of parties -> column of the list.
_ROLES = {
    "speaker": "who", "joint_speaker": "who", "actor": "who", "addressee": "toward", "recipient": "toward",
    "about": "about",
}  # fmt: skip


def _parties(
    connection: Connection, kind: str, rows: Sequence[Row]
) -> Mapping[int, Mapping[str, list[Party]]]:
    """Name the parties of records as their reports do, by record and column."""
    told = _PARTIES[kind](connection, rows)
    versions = {row["key"]: row["version_key"] for row in rows}
    names = _names(connection, {(versions[key], actor) for key, _, actor, _ in told if actor})
    found: dict[int, dict[str, list[Party]]] = defaultdict(lambda: defaultdict(list))
    for key, column, actor, words in told:
        name, sort = names.get((versions[key], actor or ""), (words or "", None))
        party = Party(actor, name, sort)
        if party not in found[key][column]:
            found[key][column].append(party)
    return found


type Told = list[tuple[int, str, str | None, str | None]]  # record, column, actor, words


def _of_statements(connection: Connection, rows: Sequence[Row]) -> Told:
    columns = statement_parties.c
    told: Told = []
    for lot in batched([row["key"] for row in rows], MOST_KEYS):
        query = select(columns.statement_key, columns.role, columns.actor)
        query = query.where(columns.statement_key.in_(lot)).order_by(
            columns.statement_key, columns.role, columns.position
        )
        told += [(key, _ROLES[role], actor, None) for key, role, actor in connection.execute(query)]
    spoken = {key for key, column, _, _ in told if column == "who"}
    told += [
        (row["key"], "who", None, row["speaker_words"])
        for row in rows
        if row["key"] not in spoken and row["speaker_words"]
    ]
    return told


def _of_events(connection: Connection, rows: Sequence[Row]) -> Told:
    columns = event_parties.c
    told: Told = []
    joined = event_parties.join(KEYED["events"], KEYED["events"].c.event_key == columns.event_key).join(
        report_versions, report_versions.c.version_key == KEYED["events"].c.version_key
    )
    named = _words(columns.party_start, columns.party_end, "words")
    for lot in batched([row["key"] for row in rows], MOST_KEYS):
        query = select(columns.event_key, columns.role, columns.actor, named).select_from(joined)
        query = query.where(columns.event_key.in_(lot)).order_by(
            columns.event_key, columns.role, columns.position
        )
        told += [(key, _ROLES[role], actor, words) for key, role, actor, words in connection.execute(query)]
    return told


def _of_positions(_connection: Connection, rows: Sequence[Row]) -> Told:
    told: Told = [(row["key"], "who", row["holder"], None) for row in rows]
    return told + [(row["key"], "toward", row["toward"], None) for row in rows if row["toward"]]


def _of_figures(_connection: Connection, _rows: Sequence[Row]) -> Told:
    return []


_PARTIES = {
    "statements": _of_statements, "events": _of_events, "positions": _of_positions, "figures": _of_figures
}  # fmt: skip


def _names(
    connection: Connection, wanted: set[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, str | None]]:
    """Return name and kind of actors, as the report of each has them."""
    query = text(
        "SELECT actors.version_key, actors.actor, name, kind FROM json_each(:wanted) AS asked JOIN actors "
        "ON actors.version_key = json_extract(asked.value, '$[0]') "
        "AND actors.actor = json_extract(asked.value, '$[1]')"
    )
    found = connection.execute(query, {"wanted": json.dumps(sorted(wanted))})
    return {(version, actor): (name, kind) for version, actor, name, kind in found}


def find_hits(
    connection: Connection, kind: str, rows: Sequence[Row], searched: str
) -> dict[int, tuple[Span, ...]]:
    """Say where in the words of records a search hit, by key of the statement or the passage."""
    table, column = ("statement_search", "key") if kind == "statements" else ("passage_search", "passage_key")
    query = text(
        f"SELECT rowid, highlight({table}, 0, :opens, :closes) FROM {table} "  # noqa: S608 - our own names
        f"WHERE {table} MATCH :words AND rowid IN :keys"
    ).bindparams(bindparam("keys", expanding=True))
    given = {"opens": OPENS, "closes": CLOSES, "words": match_words(searched)}
    found: dict[int, tuple[Span, ...]] = {}
    for lot in batched(sorted({row[column] for row in rows if row[column]}), MOST_KEYS):
        for key, marked in connection.execute(query, given | {"keys": lot}):
            found[key] = _spans(marked)
    return found


def _spans(marked: str) -> tuple[Span, ...]:
    """Read the marks off: spans in the words without them."""
    spans: list[Span] = []
    at, start = 0, None
    for piece in MARKS.split(marked):
        if piece == OPENS:
            start = at
        elif piece == CLOSES:
            spans += [(start, at)] if start is not None else []
            start = None
        else:
            at += len(piece)
    return tuple(spans)


def find_snippets(
    connection: Connection, keys: Sequence[int], searched: str
) -> dict[int, tuple[str, tuple[Span, ...]]]:
    """Return of each report a few words around what a search found, and where in them it hit."""
    query = text(
        "SELECT rowid, snippet(report_search, -1, :opens, :closes, ' … ', 40) FROM report_search "
        "WHERE report_search MATCH :words AND rowid IN :keys"
    ).bindparams(bindparam("keys", expanding=True))
    given = {"opens": OPENS, "closes": CLOSES, "words": match_words(searched)}
    found: dict[int, tuple[str, tuple[Span, ...]]] = {}
    for lot in batched(keys, MOST_KEYS):
        for key, marked in connection.execute(query, given | {"keys": lot}):
            found[key] = MARKS.sub("", marked), _spans(marked)
    return found

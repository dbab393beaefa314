"""All reports that tell what one record tells, in the order of time, and how it went on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, select

from chancery.follow.around import claims_of, happenings_of, position_lines_of
from chancery.follow.found import Claim, Happening, PositionLine, Source, Thread
from chancery.follow.results import thread_of
from chancery.ledger.queries.find import key_of
from chancery.ledger.schema.links import duplicates, followed
from chancery.ledger.schema.records import KEYED
from chancery.ledger.schema.reports import report_versions

__all__ = ["Copy", "Telling", "Tellings", "heads_of", "tellings_of"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One report that tells it.

    Attributes:
        published: day or moment it came out, ISO 8601.
        status: how real it makes an act, or what it has of a position; else empty.
        stage: what had come of the act by then.
        reason: why it is taken for the same.
        this: whether it is the record that the page is of.
    """

    version_key: int
    record_id: str
    published: str | None
    publisher: str | None
    title: str | None
    url: str | None
    words: str
    status: str
    stage: str
    reason: str
    this: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """Another report that has the words of this one, or the other way round."""

    version_key: int
    kind: str
    publisher: str | None
    title: str | None
    published: str | None
    earlier: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Tellings:
    """What is known of a record from other reports.

    Attributes:
        followed: whether the report was compared with others at all.
        told: who tells it, the first first.
        reason: why they are taken for one.
        thread: of an act that went through stages.
        line: of a position that was taken more than once.
        copies: reports that have the words of the record's report.
    """

    followed: bool
    told: tuple[Telling, ...] = ()
    reason: str = ""
    thread: Thread | None = None
    line: PositionLine | None = None
    copies: tuple[Copy, ...] = ()


def tellings_of(connection: Connection, kind: str, version_key: int, record_id: str) -> Tellings:
    """Find all reports that tell what a record tells.

    Args:
        connection: of one state of the ledger.
        kind: statements, events, positions or figures.
        version_key: of the record's report.
        record_id: of the record.
    """
    seen = select(followed.c.version_key).where(followed.c.version_key == version_key)
    known = connection.execute(seen).first() is not None
    copies = _copies(connection, version_key)
    found = _found(connection, kind, version_key, record_id)
    if found is None:
        return Tellings(known, copies=copies)
    told = _told(connection, found, (version_key, record_id))
    thread = thread_of(found) if isinstance(found, Happening) else None
    line = found if isinstance(found, PositionLine) else None
    return Tellings(known, told, found.reason, thread, line, copies)


type Found = Claim | Happening | PositionLine

# Kinds that are followed over reports.
FOLLOWED: Mapping[str, Callable[[Connection, list[int]], Sequence[Found]]] = {
    "events": happenings_of,
    "statements": claims_of,
    "positions": position_lines_of,
}


def _found(connection: Connection, kind: str, version_key: int, record_id: str) -> Found | None:
    """Find the act, claim or line of positions that a record is a telling of, if others tell it, too."""
    if kind not in FOLLOWED:
        return None
    table = KEYED[kind]
    joined = table.join(report_versions, report_versions.c.version_key == table.c.version_key)
    query = select(key_of(kind), report_versions.c.article_id).select_from(joined)
    row = connection.execute(query.where(table.c.version_key == version_key, table.c.id == record_id)).first()
    if row is None:
        return None
    mine = row.article_id, record_id
    of_mine = (
        found
        for found in FOLLOWED[kind](connection, [row[0]])
        if any((source.report, source.record) == mine for source, *_ in _sources(found))
    )
    return next(of_mine, None)


def heads_of(
    connection: Connection, sources: Iterable[Source]
) -> dict[tuple[str, str | None], Mapping[str, Any]]:
    """Return the reports that some tellings stand in, by id and publisher: the last wording of each."""
    ids = sorted({source.report for source in sources})
    found = _heads(connection, report_versions.c.article_id, ids)
    return {(head["article_id"], head["publisher"]): head for head in found if head["is_current"]}


def _told(connection: Connection, found: Found, mine: tuple[int, str]) -> tuple[Telling, ...]:
    told = _sources(found)
    heads = heads_of(connection, [source for source, *_ in told])
    made = [_telling(heads[source.report, source.publisher], source, parts, mine) for source, *parts in told]
    return tuple(sorted(made, key=lambda one: (one.published or "9999", one.version_key, one.record_id)))


def _sources(told: Found) -> list[tuple[Source, str, str, str]]:
    """Return each telling: where it stands, status, stage and reason."""
    match told:
        case Claim():
            return [(one.source, "", "", one.reason) for one in told.witnesses]
        case Happening():
            return [(one.source, one.status, one.stage, one.reason) for one in told.tellings]
        case PositionLine():
            return [(one.source, one.act, "", told.reason) for one in told.positions]


def _telling(head: Mapping[str, Any], source: Source, parts: Sequence[str], mine: tuple[int, str]) -> Telling:
    status, stage, reason = parts
    key = head["version_key"]
    return Telling(
        version_key=key,
        record_id=source.record,
        published=head["published"],
        publisher=head["publisher"],
        title=head["title"],
        url=head["url"],
        words=source.words,
        status=status,
        stage=stage,
        reason=reason,
        this=(key, source.record) == mine,
    )


_HEAD = ("version_key", "article_id", "is_current", "published", "publisher", "title", "url")


def _heads(connection: Connection, by: Column[Any], values: Sequence[Any]) -> list[Mapping[str, Any]]:
    columns = report_versions.c
    query = select(*(columns[name] for name in _HEAD)).where(by.in_(values)).order_by(columns.version_key)
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - a row's names


def _copies(connection: Connection, version_key: int) -> tuple[Copy, ...]:
    columns = duplicates.c
    query = select(duplicates).where(
        (columns.version_key == version_key) | (columns.other_version_key == version_key)
    )
    rows = connection.execute(query).all()
    others = {
        row.other_version_key if row.version_key == version_key else row.version_key: row for row in rows
    }
    found = _heads(connection, report_versions.c.version_key, sorted(others))
    heads = {head["version_key"]: head for head in found}
    return tuple(
        Copy(
            key,
            row.kind,
            heads[key]["publisher"],
            heads[key]["title"],
            heads[key]["published"],
            row.version_key == version_key,
            row.reason,
        )
        for key, row in sorted(others.items())
    )

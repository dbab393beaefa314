"""Records of a ledger as what is compared: only the columns that comparing asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING, Any

from chancery.follow.found import Source
from chancery.follow.groups import Item
from chancery.follow.items import LONGEST, UNKNOWN_DAY, Act, Held, Saying, Wording, root, sentence

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table

__all__ = ["LOADERS", "texts_of"]

# Keys in one query: SQLite takes 32,766 parameters.
MOST_KEYS = 5000


@dataclass(frozen=True, slots=True)
class _Report:
    """What comparing asks of a report; its text is read once for all records of it."""

    article_id: str
    publisher: str | None
    text: str


def _rows(connection: Connection, kind: str, keys: Sequence[int]) -> Iterator[tuple[Row[Any], _Report]]:
    """Yield rows of records in the current wording of their reports, with the report."""
    from sqlalchemy import select  # noqa: PLC0415 - keeps the import of the package light

    from chancery.ledger.schema import metadata  # noqa: PLC0415
    from chancery.ledger.schema.reports import report_versions as versions  # noqa: PLC0415

    table = metadata.tables[f"{kind}s"]
    report = select(versions.c.version_key, versions.c.article_id, versions.c.publisher, versions.c.text)
    for lot in batched(keys, MOST_KEYS):
        rows = connection.execute(select(table).where(table.c[f"{kind}_key"].in_(lot))).all()
        found = sorted({row.version_key for row in rows})
        current = versions.c.version_key.in_(found), versions.c.is_current
        reports = {key: _Report(*rest) for key, *rest in connection.execute(report.where(*current))}
        for row in rows:
            if row.version_key in reports:
                yield row, reports[row.version_key]


def _of(connection: Connection, table: Table, key: str, keys: Sequence[int]) -> Mapping[int, list[Row[Any]]]:
    """Return the rows of a list inside records, by the key of the record."""
    from sqlalchemy import select  # noqa: PLC0415 - as above

    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for lot in batched(keys, MOST_KEYS):
        query = select(table).where(table.c[key].in_(lot)).order_by(table.c.position)
        for row in connection.execute(query):
            found[getattr(row, key)].append(row)
    return found


def _source(row: Row[Any], report: _Report, span: tuple[int, int]) -> Source:
    words = report.text[slice(*span)]
    return Source(row.published_day or UNKNOWN_DAY, report.article_id, row.id, report.publisher, span, words)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _acts(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, Act]]:
    from chancery.ledger.schema.records import event_parties  # noqa: PLC0415 - as above

    parties = _of(connection, event_parties, "event_key", keys)
    for row, report in _rows(connection, "event", keys):
        known = [one for one in parties[row.event_key] if one.actor and not one.actor.startswith("?")]
        if not known:
            continue
        states = {one.actor: one.country or root(one.actor) for one in known}
        acting = frozenset(one.actor for one in known if one.role == "actor")
        source = _source(row, report, sentence(report.text, (row.anchor_start, row.anchor_end)))
        yield (
            row.event_key,
            Act(
                source=source,
                act=row.act,
                mode=row.mode,
                status=row.status,
                actors=acting,
                recipients=frozenset(one.actor for one in known if one.role == "recipient"),
                countries=frozenset(states.values()),
                acting=frozenset(states[actor] for actor in acting),
                first=_day(row.first_day),
                last=_day(row.last_day),
                anchor=report.text[row.anchor_start : row.anchor_end],
                wording=Wording(source.words),
            ),
        )


def _sayings(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, Saying]]:
    from chancery.ledger.schema.records import statement_contents  # noqa: PLC0415 - as above

    contents = _of(connection, statement_contents, "statement_key", keys)
    for row, report in _rows(connection, "statement", keys):
        spans = [(one.content_start, one.content_end) for one in contents[row.statement_key]]
        if not row.speaker or row.speaker.startswith("?") or not spans:
            continue
        words = " ".join(report.text[slice(*span)] for span in spans)[:LONGEST]
        first, last = spans[0][0], spans[-1][1]
        source = _source(row, report, (first, min(last, first + LONGEST)))
        yield row.statement_key, Saying(source, row.speaker, row.negated, Wording(words))


def _held(connection: Connection, keys: Sequence[int]) -> Iterator[tuple[int, Held]]:
    for row, report in _rows(connection, "position", keys):
        if row.holder.startswith("?") or row.act == "assess":
            continue
        issue = report.text[row.issue_start : row.issue_end][:LONGEST]
        toward = row.toward_country or (row.toward and root(row.toward))
        condition = report.text[row.condition_start : row.condition_end] if row.condition_end else None
        yield (
            row.position_key,
            Held(
                source=_source(row, report, sentence(report.text, (row.issue_start, row.issue_end))),
                holder=row.holder_country or root(row.holder),
                toward=None if not toward or toward.startswith("?") else toward,
                act=row.act,
                issue=issue,
                condition=condition,
                wording=Wording(issue),
            ),
        )


type Loader = Callable[[Connection, Sequence[int]], Iterator[tuple[int, Item]]]

LOADERS: Mapping[str, Loader] = {"event": _acts, "statement": _sayings, "position": _held}


def texts_of(
    connection: Connection, keys: Sequence[int]
) -> dict[int, tuple[str, str, str | None, str | None]]:
    """Return article id, text, publisher and day of the current wordings among some versions."""
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema.reports import report_versions as table  # noqa: PLC0415

    columns = (table.c.article_id, table.c.text, table.c.publisher, table.c.published_day)
    query = select(table.c.version_key, *columns).where(table.c.version_key.in_(keys), table.c.is_current)
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in connection.execute(query)}

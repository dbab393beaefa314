"""What several reports tell of some records, found without reading the other links of a ledger.

:func:`chancery.follow.store.followed` reads all links, which takes a second on a
ledger of thousands of reports: right for an export, too slow for a page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from chancery.follow.found import Claim, Happening, PositionLine
from chancery.follow.groups import Groups
from chancery.follow.items import TALK_SLACK, TALKS, Act, Held, Saying
from chancery.follow.results import claim_of, happening_of, line_of, parted, told_alike
from chancery.follow.store import grouped

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["claims_of", "first_tellings", "happenings_of", "position_lines_of"]


def happenings_of(connection: Connection, event_keys: Iterable[int]) -> list[Happening]:
    """Return the happenings that several reports tell and one of some events is a telling of."""
    groups, reasons = grouped(connection, "event", _links(connection, "event", event_keys))
    return [
        happening_of(part, reasons)
        for group in groups
        for part in parted([one for one in group if isinstance(one, Act)])
        if len(part) > 1
    ]


def claims_of(connection: Connection, statement_keys: Iterable[int]) -> list[Claim]:
    """Return the claims that several reports tell and one of some statements is a telling of."""
    groups, reasons = grouped(connection, "statement", _links(connection, "statement", statement_keys))
    return [
        claim_of(part, reasons)
        for group in groups
        for part in told_alike([one for one in group if isinstance(one, Saying)])
        if len(part) > 1
    ]


def position_lines_of(connection: Connection, position_keys: Iterable[int]) -> list[PositionLine]:
    """Return the lines of positions, of several reports, that some positions belong to."""
    groups, reasons = grouped(connection, "position", _links(connection, "position", position_keys))
    return [line_of([one for one in group if isinstance(one, Held)], reasons) for group in groups]


def _links(connection: Connection, kind: str, keys: Iterable[int]) -> Sequence[Any]:
    """Return the links of the groups that some records are in: each end by its index, step by step."""
    from sqlalchemy import text  # noqa: PLC0415 - keeps the import of the package light

    one, other, links = f"{kind}_key", f"other_{kind}_key", f"{kind}_links"
    query = text(
        "WITH RECURSIVE near(key) AS (SELECT value FROM json_each(:wanted) "  # noqa: S608 - our own names
        f"UNION SELECT {other} FROM near JOIN {links} ON {one} = key "
        f"UNION SELECT {one} FROM near JOIN {links} ON {other} = key) "
        f"SELECT {one}, {other}, reason FROM near JOIN {links} ON {one} = key ORDER BY 1, 2"
    )
    return connection.execute(query, {"wanted": json.dumps(sorted(keys))}).all()


def first_tellings(connection: Connection) -> dict[int, int]:
    """Map each event that tells again what another told to the one that told it first, for a whole ledger.

    No text is read: talks that days keep apart are parted by the days that the reports give, and
    without the words that look back ("last week"), by which :func:`happenings_of` may part finer.
    """
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema.links import LINKS  # noqa: PLC0415 - as above
    from chancery.ledger.schema.records import events  # noqa: PLC0415 - as above

    groups: Groups[int] = Groups()
    linked: set[int] = set()
    table = LINKS["event"].c
    for one, other in connection.execute(select(table.event_key, table.other_event_key)):
        groups.join(one, other)
        linked |= {one, other}
    columns = events.c
    query = select(
        columns.event_key, columns.act, columns.first_day, columns.last_day, columns.published_day
    ).where(columns.event_key.in_(select(table.event_key).union(select(table.other_event_key))))
    days = {row.event_key: (row.act in TALKS, *_days(row)) for row in connection.execute(query)}
    first: dict[int, int] = {}
    for group in groups.groups(sorted(linked & days.keys())):
        for part in _parts(group, days):
            first |= dict.fromkeys(part[1:], part[0])
    return first


def _days(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a row of events
    if row.first_day and row.last_day:
        return row.first_day, row.last_day
    if not row.published_day:
        return date.min.isoformat(), date.max.isoformat()
    before = date.fromisoformat(row.published_day) - timedelta(TALK_SLACK)
    return before.isoformat(), row.published_day


def _parts(group: Sequence[int], days: dict[int, tuple[bool, str, str]]) -> list[list[int]]:
    if not days[group[0]][0]:
        return [list(group)]
    parts: list[tuple[str, str, list[int]]] = []
    for key in sorted(group, key=lambda one: (days[one][1:], one)):
        _, first, last = days[key]
        for at, (begin, end, keys) in enumerate(parts):
            if max(begin, first) <= min(end, last):
                parts[at] = (max(begin, first), min(end, last), [*keys, key])
                break
        else:
            parts.append((first, last, [key]))
    return [sorted(keys) for *_, keys in parts]

"""What of a ledger is exported: which reports, in which order, and which of their records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched

from sqlalchemy import Connection, Select, func, select

from chancery.ledger import Ledger
from chancery.ledger.queries import Filter, find_records
from chancery.ledger.schema.reports import readings, report_versions
from chancery.records import Reading

__all__ = ["KINDS", "selected"]

# Records that a filter can choose, and that the exporters write.
KINDS = ("statements", "events", "positions", "figures")

# Reports that are put together at a time.
TOGETHER = 32


def selected(
    ledger: Ledger, asked: Filter, kinds: Sequence[str] = (), *, newest_first: bool = False
) -> Iterator[Reading]:
    """Yield the readings of a ledger in the order in which the reports came out, memory flat.

    Args:
        ledger: open for reading.
        asked: what to look for; days of publication and publishers choose reports.
        kinds: the record kinds that the rest of the filter chooses among. Records of
            these kinds that it does not let pass, and reports without any that
            pass, are left out; other kinds are emptied. None: whole reports.
        newest_first: the other way round, for feeds.
    """
    with ledger.connect() as connection:
        found_rows = connection.execute(_reports(asked, newest_first=newest_first))
        keys = [row.version_key for row in found_rows]
        passing = _passing(connection, asked, kinds) if kinds else None
    if passing is not None:
        keys = [key for key in keys if any(key in found for found in passing.values())]
    for lot in batched(keys, TOGETHER):
        found = dict(ledger.readings(lot))
        for key in lot:
            if key in found:
                yield found[key] if passing is None else _pruned(found[key], key, passing)


def _reports(asked: Filter, *, newest_first: bool) -> Select[tuple[int]]:
    versions = report_versions.c
    query = select(versions.version_key).join(readings, readings.c.version_key == versions.version_key)
    if not asked.every_version:
        query = query.where(versions.is_current)
    if asked.since:
        query = query.where(versions.published_day >= asked.since.isoformat())
    if asked.until:
        query = query.where(versions.published_day <= asked.until.isoformat())
    if asked.publishers:
        query = query.where(func.lower(versions.publisher).in_([name.lower() for name in asked.publishers]))
    order = (versions.published_day, versions.published, versions.article_id, versions.version_key)
    return query.order_by(*(column.desc() if newest_first else column for column in order))


def _passing(
    connection: Connection, asked: Filter, kinds: Sequence[str]
) -> Mapping[str, Mapping[int, set[str]]]:
    """Return the ids of the records that pass, by kind and version."""
    found: dict[str, dict[int, set[str]]] = {}
    for kind in kinds:
        ids = found.setdefault(kind, {})
        for one in find_records(connection, kind, asked):
            ids.setdefault(one.report.version_key, set()).add(one.record.id)
    return found


def _pruned(reading: Reading, key: int, passing: Mapping[str, Mapping[int, set[str]]]) -> Reading:
    kept = {
        kind: tuple(one for one in getattr(reading, kind) if one.id in passing.get(kind, {}).get(key, ()))
        for kind in KINDS
    }
    return reading.model_copy(update=kept)

"""Following in a ledger: each new reading is joined to what is there, and the links are kept.

Each lot of readings is one transaction: a run that is broken off goes on where
it stopped. Memory does not grow with the ledger; what is compared is found by
clues (`schema/links.py`) and loaded, a few thousand records being kept at hand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import batched
from typing import TYPE_CHECKING, Any

from chancery.follow.duplicates import Report, judge, worth_comparing
from chancery.follow.following import FORM, Followed
from chancery.follow.found import Claim, Duplicate, Happening, PositionLine, Source
from chancery.follow.groups import MOST, Groups, Item, reason_of
from chancery.follow.items import Act, Held, Saying
from chancery.follow.loading import LOADERS, texts_of
from chancery.follow.results import claim_of, happening_of, line_of, parted, told_alike
from chancery.follow.shingles import Words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chancery.ledger import Ledger

__all__ = ["Follower", "follow_ledger", "followed", "grouped"]

# Readings that are followed in one transaction.
LOT = 50
# Records of each kind that are kept at hand for the next comparison, some kilobytes each.
AT_HAND = 5_000


def follow_ledger(ledger: Ledger, progress: Callable[[int], None] | None = None) -> int:
    """Join all readings that were not followed yet to the rest; return how many they were.

    Args:
        ledger: open for writing.
        progress: told after each lot how many were followed.
    """
    from sqlalchemy import select  # noqa: PLC0415 - keeps the import of the package light

    from chancery.ledger.schema.links import followed as table  # noqa: PLC0415
    from chancery.ledger.schema.reports import readings, report_versions  # noqa: PLC0415

    waiting = (
        select(readings.c.version_key)
        .join(report_versions, report_versions.c.version_key == readings.c.version_key)
        .outerjoin(table, table.c.version_key == readings.c.version_key)
        .where(report_versions.c.is_current, table.c.version_key.is_(None))
        .order_by(readings.c.version_key)
    )
    with ledger.connect() as connection:
        keys = connection.execute(waiting).scalars().all()
    follower = Follower()
    for lot in batched(keys, LOT):
        with ledger.begin() as connection:
            follower.follow(connection, lot)
        if progress:
            progress(len(lot))
    return len(keys)


class Follower:
    """Follows lots of readings in transactions of the caller, the records at hand kept between them."""

    def __init__(self) -> None:
        self._at_hand: dict[str, dict[int, Item]] = {kind: {} for kind in LOADERS}

    def follow(self, connection: Connection, version_keys: Sequence[int]) -> None:
        """Link what was read in some versions of reports to what was followed before, and to each other."""
        from sqlalchemy import insert, select  # noqa: PLC0415 - as above

        from chancery.ledger.schema import metadata  # noqa: PLC0415
        from chancery.ledger.schema.links import followed as table  # noqa: PLC0415

        counts = _find_copies(connection, version_keys)
        for kind in LOADERS:
            records = metadata.tables[f"{kind}s"]
            query = select(records.c[f"{kind}_key"]).where(records.c.version_key.in_(version_keys))
            self._link(connection, kind, connection.execute(query.order_by(records.c[0])).scalars().all())
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(
            insert(table),
            [
                {"version_key": key, "followed_at": now, "clue_count": counts.get(key, 0)}
                for key in version_keys
            ],
        )

    def _link(self, connection: Connection, kind: str, keys: Sequence[int]) -> None:
        fresh = dict(LOADERS[kind](connection, keys))
        clues = {key: sorted({_clue(clue) for clue in item.keys}) for key, item in fresh.items()}
        _insert_clues(connection, kind, clues)
        under = _under(connection, kind, clues.values())
        self._load(connection, kind, fresh, {other for found in under.values() for other in found})
        at_hand = self._at_hand[kind]
        # What was followed before may have a higher key: a corrected report has new keys and is
        # followed at once, while what came in with an ingest waits for the end of it.
        links = [
            {f"{kind}_key": min(key, other), f"other_{kind}_key": max(key, other), "reason": reason}
            for key, item in fresh.items()
            for other in sorted({other for clue in clues[key] for other in under.get(clue, ())})
            if other < key or other not in fresh
            if (known := at_hand.get(other)) and (reason := reason_of(item, known))
        ]
        _insert_links(connection, kind, links)
        for key in list(at_hand)[: max(0, len(at_hand) - AT_HAND)]:
            del at_hand[key]

    def _load(self, connection: Connection, kind: str, fresh: Mapping[int, Item], wanted: set[int]) -> None:
        at_hand = self._at_hand[kind]
        # Between two lots another process may have replaced a report: what is at hand of it is gone.
        for gone in _gone(connection, kind, wanted & at_hand.keys()):
            del at_hand[gone]
        missing = sorted(wanted - at_hand.keys() - fresh.keys())
        at_hand.update(fresh)
        if missing:
            at_hand.update(LOADERS[kind](connection, missing))


def _gone(connection: Connection, kind: str, keys: set[int]) -> set[int]:
    """Return which of some records are not in the ledger any more."""
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema import metadata  # noqa: PLC0415 - as above

    key = metadata.tables[f"{kind}s"].c[f"{kind}_key"]
    there = {
        found
        for lot in batched(sorted(keys), 5000)
        for found in connection.execute(select(key).where(key.in_(lot))).scalars()
    }
    return keys - there


def _clue(key: str) -> int:
    """Hash a key to 63 bits, the same on every machine."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def _insert_clues(connection: Connection, kind: str, clues: Mapping[int, Iterable[int]]) -> None:
    from chancery.ledger.schema.links import CLUES  # noqa: PLC0415 - as above

    rows = [{"clue": clue, f"{kind}_key": key} for key, found in clues.items() for clue in found]
    if rows:
        # A key of a record that went is given out again: its clue may be there already.
        connection.execute(CLUES[kind].insert().prefix_with("OR IGNORE"), rows)


def _insert_links(connection: Connection, kind: str, links: list[dict[str, Any]]) -> None:
    from chancery.ledger.schema.links import LINKS  # noqa: PLC0415 - as above

    if links:
        connection.execute(LINKS[kind].insert(), links)


def _under(connection: Connection, kind: str, clues: Iterable[Iterable[int]]) -> dict[int, list[int]]:
    """Return the records under some clues, under each the last `MOST`."""
    import json  # noqa: PLC0415 - beside the query that needs it

    from sqlalchemy import text  # noqa: PLC0415 - as above

    wanted = sorted({clue for found in clues for clue in found})
    query = text(
        f"SELECT asked.value, one.{kind}_key FROM json_each(:wanted) AS asked "  # noqa: S608 - our own names
        f"JOIN {kind}_clues AS one ON one.clue = asked.value AND one.{kind}_key >= coalesce((SELECT "
        f"last.{kind}_key FROM {kind}_clues AS last WHERE last.clue = asked.value "
        f"ORDER BY last.{kind}_key DESC LIMIT 1 OFFSET {MOST - 1}), 0)"
    )
    found: dict[int, list[int]] = defaultdict(list)
    for clue, key in connection.execute(query, {"wanted": json.dumps(wanted)}):
        found[clue].append(key)
    return found


def _find_copies(connection: Connection, version_keys: Sequence[int]) -> dict[int, int]:
    """Keep the fingerprints of some reports, and link those that are copies; return how many each has."""
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema.links import duplicates  # noqa: PLC0415 - as above
    from chancery.ledger.schema.links import followed as table  # noqa: PLC0415 - as above

    reports = {key: _report(row) for key, row in texts_of(connection, version_keys).items()}
    prints = {key: report.words.fingerprints() for key, report in reports.items()}
    counts = {key: len(found) for key, found in prints.items()}
    holders = _holders(connection, prints)
    shared = {key: Counter(one for value in prints[key] for one in holders[value]) for key in prints}
    known = sorted({one for found in shared.values() for one in found} - counts.keys())
    query = select(table.c.version_key, table.c.clue_count)
    every = counts | {
        row.version_key: row.clue_count
        for lot in batched(known, 5000)
        for row in connection.execute(query.where(table.c.version_key.in_(lot)))
    }
    rows = []
    for key in sorted(reports):
        near = [
            one
            for one, count in sorted(shared[key].items())
            if one in every and (one < key or one not in reports)
            if worth_comparing(count, min(every[key], every[one]))
        ]
        others = texts_of(connection, [one for one in near if one not in reports])
        for one in near:
            if one in reports or one in others:
                rows += _copy(key, reports[key], one, reports.get(one) or _report(others[one]))
    if rows:
        connection.execute(duplicates.insert().prefix_with("OR IGNORE"), rows)
    return counts


def _holders(connection: Connection, prints: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Write fingerprints down, and return which reports hold each, of each the first `FORM`."""
    import json  # noqa: PLC0415 - as above

    from sqlalchemy import text  # noqa: PLC0415 - as above

    from chancery.ledger.schema.links import report_clues  # noqa: PLC0415 - as above

    query = text(
        "SELECT clue, version_key FROM report_clues WHERE clue IN (SELECT value FROM json_each(:wanted))"
    )
    wanted = sorted({value for found in prints.values() for value in found})
    holders: dict[int, list[int]] = defaultdict(list)
    for value, key in connection.execute(query, {"wanted": json.dumps(wanted)}):
        if key not in prints:
            holders[value].append(key)
    rows = []
    for key in sorted(prints):
        for value in prints[key]:
            if len(holders[value]) < FORM:
                holders[value].append(key)
                rows.append({"clue": value, "version_key": key})
    if rows:
        connection.execute(report_clues.insert().prefix_with("OR IGNORE"), rows)
    return holders


def _report(row: tuple[str, str, str | None, str | None]) -> Report:
    return Report(Words(row[1]), row[2], row[3])


def _copy(key: int, report: Report, other_key: int, other: Report) -> list[dict[str, Any]]:
    likeness = judge(report, other)
    if likeness.kind is None:
        return []
    (first, _), (later, _) = sorted(
        ((key, report), (other_key, other)), key=lambda pair: (pair[1].day or "", pair[0])
    )
    found = {"kind": likeness.kind, "contained": round(likeness.contained, 3), "reason": likeness.reason}
    return [{"version_key": later, "other_version_key": first, **found}]


def followed(ledger: Ledger, version_keys: Sequence[int] | None = None) -> Followed:
    """Return what several reports tell, from the links of a ledger; what one alone tells is left out.

    Args:
        ledger: open for reading.
        version_keys: versions of reports; what none of them tells is left out. Of what one of
            them tells, all tellings are given.
    """
    with ledger.connect() as connection:
        acts, acts_why = _groups(connection, "event", version_keys)
        sayings, sayings_why = _groups(connection, "statement", version_keys)
        held, held_why = _groups(connection, "position", version_keys)
        copies = _duplicates(connection, version_keys)
    happenings: list[Happening] = [
        happening_of(part, acts_why)
        for group in acts
        for part in parted([one for one in group if isinstance(one, Act)])
        if len(part) > 1
    ]
    claims: list[Claim] = [
        claim_of(part, sayings_why)
        for group in sayings
        for part in told_alike([one for one in group if isinstance(one, Saying)])
        if len(part) > 1
    ]
    lines: list[PositionLine] = [
        line_of([one for one in group if isinstance(one, Held)], held_why) for group in held
    ]
    return Followed(
        tuple(copies),
        tuple(sorted(claims, key=lambda one: one.first)),
        tuple(sorted(happenings, key=lambda one: one.tellings[0].source)),
        tuple(sorted(lines, key=lambda one: one.positions[0].source)),
    )


def _groups(
    connection: Connection, kind: str, version_keys: Sequence[int] | None
) -> tuple[list[list[Item]], dict[Source, str]]:
    """Return the records of a kind that are linked, in groups, with the reason of each."""
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema.links import LINKS  # noqa: PLC0415 - as above

    links = connection.execute(select(LINKS[kind])).all()
    if version_keys is not None:
        links = _touching(links, _keys_of(connection, kind, version_keys))
    return grouped(connection, kind, links)


def grouped(
    connection: Connection, kind: str, links: Sequence[Any]
) -> tuple[list[list[Item]], dict[Source, str]]:
    """Return the records that some links of a kind join, in groups, with the reason of each.

    Args:
        connection: one state of a ledger.
        kind: event, statement or position.
        links: rows of the table of links: a key, another key, the reason.
    """
    keys = sorted({key for one, other, _ in links for key in (one, other)})
    items = dict(LOADERS[kind](connection, keys))
    groups: Groups[int] = Groups()
    why: dict[Source, tuple[Source, str]] = {}
    for one, other, reason in links:
        if one in items and other in items:
            groups.join(one, other)
            ends = items[one].source, items[other].source
            for mine, theirs in (ends, ends[::-1]):
                why[mine] = min(why.get(mine, (theirs, reason)), (theirs, reason))
    found = [[items[key] for key in group] for group in groups.groups(sorted(items))]
    return [group for group in found if len(group) > 1], {one: reason for one, (_, reason) in why.items()}


def _keys_of(connection: Connection, kind: str, version_keys: Sequence[int]) -> set[int]:
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema import metadata  # noqa: PLC0415 - as above

    table = metadata.tables[f"{kind}s"]
    query = select(table.c[f"{kind}_key"])
    return {
        key
        for lot in batched(version_keys, 5000)
        for key in connection.execute(query.where(table.c.version_key.in_(lot))).scalars()
    }


def _touching(links: Sequence[Any], wanted: set[int]) -> list[Any]:
    """Keep the links of the groups that have one of some records."""
    groups: Groups[int] = Groups()
    for one, other, _ in links:
        groups.join(one, other)
    touched = {groups.find(key) for key in wanted}
    return [link for link in links if groups.find(link[0]) in touched]


def _duplicates(connection: Connection, version_keys: Sequence[int] | None) -> list[Duplicate]:
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema.links import duplicates  # noqa: PLC0415 - as above

    asked = None if version_keys is None else set(version_keys)
    rows = [
        row
        for row in connection.execute(select(duplicates))
        if asked is None or row.version_key in asked or row.other_version_key in asked
    ]
    keys = {key for row in rows for key in (row.version_key, row.other_version_key)}
    ids = {
        key: row[0] for lot in batched(sorted(keys), 5000) for key, row in texts_of(connection, lot).items()
    }
    found = [
        Duplicate(ids[row.version_key], ids[row.other_version_key], row.kind, row.contained, row.reason)
        for row in rows
        if row.version_key in ids and row.other_version_key in ids
    ]
    return sorted(found, key=lambda one: (one.report, one.other))

"""What changed since a day: new acts, threads that moved, positions that turned, sources that fell silent.

What is new is told by following: an act that an earlier report told is not new
when another tells it again, and a copy of a report brings nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from sqlalchemy import Connection, exists, func, select, text

from chancery.follow.around import happenings_of, position_lines_of
from chancery.follow.found import Happening, Position, Source, Thread
from chancery.follow.results import FOLLOWED, thread_of
from chancery.ledger.queries.filters import REAL
from chancery.ledger.schema.links import duplicates
from chancery.ledger.schema.records import event_parties, events, positions
from chancery.ledger.schema.reports import readings, report_versions
from chancery.render.names import NOBODY
from chancery.render.wording import wording
from chancery.situation.choosing import SURE

__all__ = [
    "Counted",
    "Days",
    "Moved",
    "NewAct",
    "News",
    "Restated",
    "Silent",
    "counts_of",
    "last_days",
    "news_of",
    "reports_by_day",
    "silent_in",
]

# Records that are looked at: the latest, if a window holds more.
MOST = 3000
# Days before a window in which an act may have been to be news, where a day is given.
RECENT = 7
# Days before a window by which it is measured, and how many of them must have reports.
BEFORE, ENOUGH = 28, 5
# A morning's reading: days are added before the last one until there are as many reports, a week at most.
MORNING, WEEK = 20, 7
# A source is silent once it has been so for twice as long as all but its longest gaps; a
# weekend is no silence. It has to have published on some days of the season before.
SEASON, REGULAR, TWICE, WEEKEND = 120, 6, 2, 3


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days of publication, both ends included; open where `until` is None."""

    since: date
    until: date | None = None

    def holds(self, iso: str) -> bool:
        """Whether a day (ISO 8601) is one of them."""
        return self.since.isoformat() <= iso and (self.until is None or iso <= self.until.isoformat())


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act that no earlier report told.

    Attributes:
        key: of the event that tells it best.
        reports: how many reports of these days tell it.
        publishers: who put them out, the first first.
        dated: whether a report says when it was, or will be.
    """

    key: int
    act: str
    status: str
    reports: int
    publishers: tuple[str, ...]
    score: float
    dated: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """An act that went on to another stage in these days."""

    thread: Thread
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A position that differs from the one held before on the same issue.

    Attributes:
        turn: what turned ("withdrawn" ...); empty where only the wording is another sort
            of act, which a reader has to judge.
    """

    holder: str
    toward: str | None
    turn: str
    before: Position
    after: Position


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are in these days, and how many are usual in as many."""

    name: str
    now: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Silent:
    """A source that used to publish and does not.

    Attributes:
        last: the last day it published on.
        days: for how long it has been silent.
        rhythm: its usual days between two days with reports.
    """

    publisher: str
    last: date
    days: int
    rhythm: float


@dataclass(frozen=True, slots=True)
class News:
    """What changed in a stretch of days.

    Attributes:
        acts: done or going on, planned, denied: the gravest and best told first.
        again: acts that were known and are told again.
        looked: events that were looked at, the latest of `total`.
    """

    acts: tuple[NewAct, ...]
    moved: tuple[Moved, ...]
    turned: tuple[Restated, ...]
    again: int
    looked: int
    total: int


def reports_by_day(connection: Connection) -> dict[date, int]:
    """Count the reports of each day, in the order of time."""
    day = report_versions.c.published_day
    query = select(day, func.count()).where(report_versions.c.is_current, day.is_not(None))
    return {
        date.fromisoformat(row[0]): row[1] for row in connection.execute(query.group_by(day).order_by(day))
    }


def last_days(days: Mapping[date, int]) -> Days | None:
    """Choose the days for a morning: the last ones with as many reports as usual.

    An archive often ends in strays, single reports months apart; a ledger that is fed has few
    reports of its last day so far. Neither is what one wants to read.

    Returns:
        Days up to the end of the ledger if that is near, else a closed stretch; None without reports.
    """
    if not days:
        return None
    dated = sorted(days)[-60:]
    enough = median(days[day] for day in dated) / 2
    end = next(day for day in reversed(dated) if days[day] >= enough)
    since, reports = end, days[end]
    while reports < MORNING and end - since < timedelta(WEEK - 1):
        since -= timedelta(1)
        reports += days.get(since, 0)
    return Days(since, None if dated[-1] - end <= timedelta(WEEK) else end)


def news_of(connection: Connection, days: Days) -> News:
    """Find what is new in some days."""
    rows, total = _events(connection, days)
    happenings = happenings_of(connection, [row.event_key for row in rows])
    told = {_place(one.source): happening for happening in happenings for one in happening.tellings}
    moved = [found for one in happenings if (found := _moved(one, days))]
    acts, again = _new(rows, told, days, {one.thread.happening.id for one in moved})
    turned = _turned(connection, days)
    return News(tuple(acts), tuple(moved), tuple(turned), again, len(rows), total)


def _place(source: Source) -> tuple[str, str]:
    return source.report, source.record


def _in_days(days: Days, column: Any) -> list[Any]:  # noqa: ANN401 - conditions of SQL
    found = [column >= days.since.isoformat()]
    return [*found, column <= days.until.isoformat()] if days.until else found


def _events(connection: Connection, days: Days) -> tuple[Sequence[Any], int]:
    """Return the events of some days that are sure enough and have a known party, and how many there are."""
    copies = select(duplicates.c.version_key).where(duplicates.c.kind != "partial")
    known = exists().where(
        event_parties.c.event_key == events.c.event_key,
        event_parties.c.actor.is_not(None),
        event_parties.c.actor.not_like("?%"),
    )
    columns = events.c
    # What lies long behind is background ("the invasion in February"), whoever tells it now.
    recent = (days.since - timedelta(RECENT)).isoformat()
    query = (
        select(
            columns.event_key, columns.id, columns.act, columns.status, columns.score, columns.published_day,
            (columns.first_day >= recent).label("dated"),
            report_versions.c.article_id, report_versions.c.publisher,
        )
        .join_from(events, report_versions, report_versions.c.version_key == columns.version_key)
        .where(
            *_in_days(days, columns.published_day),
            columns.version_key.not_in(select(report_versions.c.version_key).where(text("NOT is_current"))),
            columns.version_key.not_in(copies),
            columns.score >= SURE,
            func.coalesce(columns.last_day, columns.published_day) >= recent,
            known,
        )
    )  # fmt: skip
    latest = query.order_by(columns.published_day.desc(), columns.event_key.desc()).limit(MOST)
    rows = connection.execute(latest).all()
    if len(rows) < MOST:
        return rows, len(rows)
    return rows, connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()


# How far an act has come by a stage; what is told as held, put off, called off or denied has come to its end.
REACHED = {
    "possible": 0, "conditional": 0, "proposed": 1, "planned": 2, "held": 3, "postponed": 3, "cancelled": 3,
    "denied": 3,
}  # fmt: skip


def _moved(happening: Happening, days: Days) -> Moved | None:
    """Say how an act went on in some days: to a stage further than all that was told on earlier days.

    War is told in every stage at once, day by day; what only goes back and forth has not moved.
    """
    if happening.act not in FOLLOWED:
        return None
    thread = thread_of(happening)
    now = [step for step in thread.steps if days.holds(step.day)]
    before = [step for step in thread.steps if now and step.day < now[-1].day]
    if not before or now[-1].stage in {step.stage for step in before}:
        return None
    if REACHED[now[-1].stage] <= max(REACHED[step.stage] for step in before) < REACHED["held"]:
        return None
    return Moved(thread, before[-1].stage, now[-1].stage)


def _new(
    rows: Iterable[Any], told: Mapping[tuple[str, str], Happening], days: Days, moved: set[str]
) -> tuple[list[NewAct], int]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    again: set[str] = set()
    for row in rows:
        happening = told.get((row.article_id, row.id))
        if happening is None:
            groups[row.event_key].append(row)
        elif happening.tellings[0].source.day < days.since.isoformat():
            again.add(happening.id)
        elif happening.id not in moved:
            groups[happening.id].append(row)
    acts = sorted((_act(group) for group in groups.values()), key=_gravity)
    return acts, len(again - moved)


def _act(group: Sequence[Any]) -> NewAct:
    """Take the group's best telling: a real one before an unreal, then the surest."""
    best = min(group, key=lambda row: (row.status not in REAL, not row.dated, -row.score, row.event_key))
    publishers = dict.fromkeys(
        row.publisher
        for row in sorted(group, key=lambda row: (row.published_day, row.event_key))
        if row.publisher
    )
    reports = len({row.article_id for row in group})
    return NewAct(
        best.event_key, best.act, best.status, reports, tuple(publishers), best.score, bool(best.dated)
    )


def _gravity(act: NewAct) -> tuple[float, ...]:
    told = -len(act.publishers), -act.reports
    return wording().act_tier[act.act], *told, not act.dated, -act.score, act.key


def _turned(connection: Connection, days: Days) -> list[Restated]:
    columns = positions.c
    query = select(columns.position_key).where(
        *_in_days(days, columns.published_day), columns.holder.not_in(NOBODY)
    )
    keys = connection.execute(query.order_by(columns.published_day.desc()).limit(MOST)).scalars().all()
    turned: list[Restated] = []
    for line in position_lines_of(connection, keys):
        changes = [one for one in line.changes if days.holds(one.after.source.day)]
        turned += [Restated(line.holder, line.toward, one.turn, one.before, one.after) for one in changes]
        restated = None if changes else _restated(line.positions, days)
        turned += [Restated(line.holder, line.toward, "", *restated)] if restated and line.toward else []
    return sorted(turned, key=lambda one: (not one.turn, one.after.source))


def _restated(told: Sequence[Position], days: Days) -> tuple[Position, Position] | None:
    """Return the last position before these days and the first in them, if these are of another sort."""
    before = [one for one in told if one.source.day < days.since.isoformat()]
    now = [one for one in told if days.holds(one.source.day)]
    if not before or not now:
        return None
    return (before[-1], now[0]) if now[0].act not in {one.act for one in before} else None


def counts_of(connection: Connection, days: Days, end: date) -> list[Counted]:
    """Count the records of some days, and what is usual: the mean of the four weeks before.

    Args:
        connection: of one state of the ledger.
        days: which.
        end: the last day of an open stretch.
    """
    length = ((days.until or end) - days.since).days + 1
    span = Days(days.since - timedelta(BEFORE), days.until)
    found = _by_day(connection, span)
    dated = [day for day, count in found["reports"].items() if count and not days.holds(day)]
    return [
        Counted(
            name,
            sum(count for day, count in by_day.items() if days.holds(day)),
            sum(count for day, count in by_day.items() if not days.holds(day)) * length / BEFORE
            if len(dated) >= ENOUGH
            else None,
        )
        for name, by_day in found.items()
    ]


def _by_day(connection: Connection, span: Days) -> dict[str, dict[str, int]]:
    """Count by day of publication; all but what of the acts is real stands with each reading."""
    day, counts = report_versions.c.published_day, readings.c
    query = (
        select(
            day, func.count(), func.sum(counts.statement_count), func.sum(counts.event_count),
            func.sum(counts.position_count),
        )
        .join_from(report_versions, readings, counts.version_key == report_versions.c.version_key)
        .where(*_in_days(span, day), report_versions.c.is_current)
        .group_by(day)
    )  # fmt: skip
    columns = events.c
    replaced = select(report_versions.c.version_key).where(text("NOT is_current"))
    done = select(columns.published_day, func.count()).where(
        *_in_days(span, columns.published_day),
        columns.status.in_(REAL),
        columns.version_key.not_in(replaced),
    )
    real = {row[0]: row[1] for row in connection.execute(done.group_by(columns.published_day))}
    names = "reports", "statements", "acts done or under way", "acts planned, possible or denied", "positions"
    made: dict[str, dict[str, int]] = {name: {} for name in names}
    for row in connection.execute(query):
        one, reports, said, acts, held = row
        now = real.get(one, 0)
        for name, count in zip(names, (reports, said, now, acts - now, held), strict=True):
            made[name][one] = count
    return made


def silent_in(connection: Connection, end: date) -> list[Silent]:
    """Find the sources that published at a rhythm in the season before a day and have broken it off."""
    columns = report_versions.c
    query = (
        select(columns.publisher, columns.published_day)
        .where(
            columns.publisher.is_not(None),
            columns.is_current,
            columns.published_day <= end.isoformat(),
            columns.published_day >= (end - timedelta(3 * SEASON)).isoformat(),
        )
        .distinct()
        .order_by(columns.publisher, columns.published_day)
    )
    dated: dict[str, list[date]] = defaultdict(list)
    for publisher, day in connection.execute(query):
        dated[publisher].append(date.fromisoformat(day))
    found = [_silent(publisher, days, end) for publisher, days in dated.items()]
    return sorted((one for one in found if one), key=lambda one: (one.days, one.publisher))


def _silent(publisher: str, published: Sequence[date], end: date) -> Silent | None:
    last = published[-1]
    season = [day for day in published if day >= last - timedelta(SEASON)]
    if len(season) < REGULAR:
        return None
    gaps = sorted((after - before).days for before, after in pairwise(season))
    silent = (end - last).days
    if silent <= max(TWICE * gaps[9 * len(gaps) // 10], WEEKEND):
        return None
    return Silent(publisher, last, silent, median(gaps))

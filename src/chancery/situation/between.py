"""The state of affairs between two sides from the columns of a ledger, for a page that must be quick.

:func:`chancery.situation.build.situation` reads reports back, a second or ten for
two busy states; this reads narrow rows. It decides by the same rules, with one
difference: an act on the ground is toward whose soil it is on only where the
event names its place itself; the sentence around it is not searched for one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import zip_longest

from sqlalchemy import Connection

from chancery.errors import UnknownEventTypeError
from chancery.follow.around import happenings_of, position_lines_of
from chancery.follow.found import Happening, PositionLine, Thread
from chancery.follow.results import FOLLOWED, thread_of
from chancery.knowledge.tables import package_rows
from chancery.ledger.queries.between import (
    ActRow,
    HeldRow,
    Party,
    acts_between,
    acts_on_soil,
    copies,
    positions_between,
    reads_by_day,
    talks_between,
)
from chancery.ontology.plover import quad
from chancery.render.wording import wording
from chancery.situation.found import MUTUAL, ON_THE_GROUND
from chancery.situation.rhythm import monday_of
from chancery.situation.sides import Side, Sides

__all__ = ["FAMILIES", "OTHER", "Between", "Deed", "Stance", "between", "by_week", "family_of", "section_of"]

# PLOVER's quad classes, in the order in which they are shown; our own acts are in none of them.
FAMILIES = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Deed:
    """One act between the sides, told by one report or several.

    Attributes:
        told: the telling that the reading is surest of.
        tellings: all of them, first told first.
        source: who acts; for talks the first side.
        mutual: whether both do the same.
    """

    told: ActRow
    tellings: tuple[ActRow, ...]
    source: str
    mutual: bool

    @property
    def day(self) -> str:
        """Its first day, or the day of the report where that gives none; empty where neither is known."""
        return self.told.first_day or self.told.published_day or ""

    @property
    def family(self) -> str:
        """Its quad class."""
        return family_of(self.told.act)

    @property
    def section(self) -> str:
        """Whether it happened, is open, or is denied."""
        return section_of(self.told.status)

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who tells it, in the order in which they first did."""
        return tuple(dict.fromkeys(one.publisher for one in self.tellings if one.publisher))

    @property
    def reports(self) -> int:
        """How many reports tell it."""
        return len({one.version_key for one in self.tellings})


@dataclass(frozen=True, slots=True)
class Stance:
    """One position of one side toward the other, and the reports that have it on the same issue."""

    told: HeldRow
    tellings: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What reports say of two sides.

    Attributes:
        deeds: acts between them, in the order of time; each once.
        open: those that are planned, possible, proposed or conditional and were not told as done since.
        stances: side -> what it holds toward the other, what weighs most first.
        threads: acts that several reports follow through stages.
        turned: lines of positions that turned.
        reads: reports that came out, by day.
    """

    sides: Sides
    deeds: tuple[Deed, ...]
    open: tuple[Deed, ...]
    stances: Mapping[str, tuple[Stance, ...]]
    threads: tuple[Thread, ...]
    turned: tuple[PositionLine, ...]
    reads: tuple[tuple[str, int], ...]


@cache
def family_of(act: str) -> str:
    """Return the quad class of an act; acts of our own have none."""
    try:
        return quad(act)
    except UnknownEventTypeError:
        return OTHER


def section_of(status: str) -> str:
    """Return what an act of a status counts as: happened, open or denied."""
    return wording().section[status]


def between(connection: Connection, sides: Sides) -> Between:
    """Gather what one state of a ledger holds of two sides."""
    gone = copies(connection)
    told = [one for one in _acts(connection, sides) if one[1].version_key not in gone]
    happenings = happenings_of(connection, [row.event_key for _, row in told])
    deeds = _merged(told, happenings)
    held = {side.id: _held(connection, side, sides.other(side), gone) for side in sides.both}
    ids = {side.id for side in sides.both}
    lines = position_lines_of(connection, [row.position_key for rows in held.values() for row in rows])
    return Between(
        sides=sides,
        deeds=tuple(deeds),
        open=tuple(_still_open(deeds)),
        stances={side: tuple(_stances(rows, lines)) for side, rows in held.items()},
        threads=tuple(_threads(happenings)),
        turned=tuple(line for line in lines if line.changes and line.toward in ids),
        reads=tuple(reads_by_day(connection)),
    )


@cache
def _states() -> frozenset[str]:
    return frozenset(row["id"] for row in package_rows("states"))


def _party(side: Side) -> Party:
    return Party(side.id, side.id in _states())


type _Told = tuple[str, ActRow]


def _acts(connection: Connection, sides: Sides) -> list[_Told]:
    found: dict[int, _Told] = {}
    for side in sides.both:
        source, target = _party(side), _party(sides.other(side))
        rows = acts_between(connection, source, target, MUTUAL)
        if target.state:
            rows += acts_on_soil(connection, source, target, ON_THE_GROUND)
        for row in rows:
            found.setdefault(row.event_key, (side.id, row))
    first, second = map(_party, sides.both)
    for row in talks_between(connection, first, second, MUTUAL):
        found.setdefault(row.event_key, (first.id, row))
    return sorted(found.values(), key=lambda one: (one[1].published_day or "", one[1].event_key))


def _merged(told: Sequence[_Told], happenings: Iterable[Happening]) -> list[Deed]:
    """Make one deed of all tellings of it, as `situation.build` does."""
    names = {
        (telling.source.report, telling.source.record): happening.id
        for happening in happenings
        for telling in happening.tellings
    }
    groups: dict[Hashable, list[_Told]] = defaultdict(list)
    for source, row in told:
        groups[_same(source, row, names.get((row.article_id, row.id)))].append((source, row))
    deeds = [_deed(group) for group in groups.values()]
    return sorted(deeds, key=lambda deed: (deed.day, deed.told.event_key))


def _same(source: str, row: ActRow, happening: str | None) -> Hashable:
    section = section_of(row.status)
    if _mention(row, section):
        return row.act, source
    if happening is not None:
        return happening, section
    return row.event_key


def _mention(row: ActRow, section: str) -> bool:
    """Tell a mention of an act that goes on ("Russia's war against Ukraine") from the account of one."""
    timeless = row.first_day is None or row.status == "ongoing"
    return section == "happened" and row.act not in MUTUAL and timeless and row.why.startswith("noun")


def _deed(group: Sequence[_Told]) -> Deed:
    source, told = max(group, key=lambda one: one[1].score)
    return Deed(told, tuple(row for _, row in group), source, told.act in MUTUAL)


def _still_open(deeds: Sequence[Deed]) -> list[Deed]:
    """Leave out what was planned and then told as done by the same side."""
    done: dict[tuple[str, str], str] = {}
    for deed in deeds:
        if deed.section == "happened":
            key = (deed.told.act, deed.source)
            done[key] = max(done.get(key, ""), deed.tellings[-1].published_day or "")
    return [
        deed
        for deed in deeds
        if deed.section == "open"
        and done.get((deed.told.act, deed.source), "") <= (deed.tellings[-1].published_day or "")
    ]


def _held(connection: Connection, side: Side, other: Side, gone: set[int]) -> list[HeldRow]:
    rows = positions_between(connection, _party(side), _party(other))
    return [row for row in rows if row.version_key not in gone]


def _stances(rows: Sequence[HeldRow], lines: Iterable[PositionLine]) -> list[Stance]:
    """Make one stance of all positions on one issue, and put act by act in turn, the best told first."""
    names = {
        (one.source.report, one.source.record): (line.id, one.act) for line in lines for one in line.positions
    }
    groups: dict[Hashable, list[HeldRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.published_day or "", one.position_key)):
        groups[names.get((row.article_id, row.id), row.position_key)].append(row)
    stances = [Stance(max(group, key=lambda one: one.score), tuple(group)) for group in groups.values()]
    stances.sort(key=_weight)
    kinds: dict[str, list[Stance]] = {act: [] for act in wording().position}
    for stance in stances:
        kinds[stance.told.act].append(stance)
    return [one for turn in zip_longest(*kinds.values()) for one in turn if one is not None]


def _weight(stance: Stance) -> tuple[float, ...]:
    reports = {one.version_key for one in stance.tellings}
    publishers = {one.publisher for one in stance.tellings}
    last = stance.tellings[-1].published_day
    latest = date.fromisoformat(last).toordinal() if last else 0
    return -len(publishers), -len(reports), -stance.told.score, -latest


def _threads(happenings: Iterable[Happening]) -> list[Thread]:
    made = (thread_of(happening) for happening in happenings if happening.act in FOLLOWED)
    threads = [thread for thread in made if len({step.stage for step in thread.steps}) > 1]
    return sorted(threads, key=lambda thread: thread.steps[-1].day, reverse=True)


@lru_cache(20_000)
def _monday(day: str) -> str:
    return monday_of(date.fromisoformat(day)).isoformat()


def by_week(deeds: Iterable[Deed], sides: Sides) -> Counter[tuple[str, str, str, bool]]:
    """Count deeds by (Monday, side that acts, family, told as real); talks count for both sides.

    What is denied is left out; so is what has no day.
    """
    counts: Counter[tuple[str, str, str, bool]] = Counter()
    for deed in deeds:
        if deed.day and deed.section != "denied":
            monday = _monday(deed.day)
            for side in [one.id for one in sides.both] if deed.mutual else [deed.source]:
                counts[monday, side, deed.family, deed.section == "happened"] += 1
    return counts

"""The rhythm of a situation: distinct real acts by week and direction, and how much was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chancery.situation.found import Act
from chancery.situation.sides import Sides

__all__ = ["CONFLICT", "COOPERATION", "Week", "rhythm"]

COOPERATION, CONFLICT = "cooperation", "conflict"

# Acts by what they do to a relation, after PLOVER's quad classes; MESSAGE and STATE do neither.
CONFLICTING = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)


@dataclass(frozen=True, slots=True)
class Week:
    """One week from Monday: acts by direction and family, and the reports that came out in it.

    `counts` has a number for each (id of the side that acts, family); talks count for both sides.
    """

    monday: date
    reports: int
    counts: tuple[tuple[tuple[str, str], int], ...]

    def count(self, side: str, family: str) -> int:
        """Return the acts of one side in one family."""
        return dict(self.counts).get((side, family), 0)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def rhythm(first_told: Iterable[Act], read: Iterable[date], sides: Sides) -> tuple[Week, ...]:
    """Count distinct acts by the week in which they took place, without gaps between the first and the last.

    Args:
        first_told: every act once.
        read: the day of every report that was read.
        sides: the two parties.
    """
    reports = Counter(monday_of(day) for day in read)
    if not reports:
        return ()
    first, last = min(reports), max(reports)
    acts: Counter[tuple[date, tuple[str, str]]] = Counter()
    for act in first_told:
        if act.day is not None and first <= monday_of(act.day) <= last:
            family = CONFLICT if act.event.act in CONFLICTING else COOPERATION
            for side in sides.both if act.mutual else (act.source,):
                acts[monday_of(act.day), (side.id, family)] += 1
    weeks = ((last - first).days // 7) + 1
    mondays = [first + timedelta(weeks=number) for number in range(weeks)]
    keys = [(side.id, family) for side in sides.both for family in (COOPERATION, CONFLICT)]
    return tuple(
        Week(monday, reports[monday], tuple((key, acts[monday, key]) for key in keys)) for monday in mondays
    )

"""Which days a page with a chart is about: those that are asked for, or the busiest stretch of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pydantic import Field

from chancery.server.asked import Paging

__all__ = ["MINUTE", "Run", "Spanned", "busiest", "mondays", "runs", "spanned", "week_of"]

WEEK = timedelta(weeks=1)

# Seconds for which counts over a whole ledger serve while it is being written.
MINUTE = 60.0

# A ledger of one year often has a report of another decade in it: a quarter without
# anything ends a stretch, so that strays do not press everything else together.
SILENCE = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of weeks without long silence, Monday to Sunday, and how much is in it."""

    first: date
    last: date
    count: int


class Spanned(Paging):
    """Days, as parameters of an address."""

    first: date | None = Field(None, alias="from", description="first day")
    last: date | None = Field(None, alias="to", description="last day")

    @property
    def asked(self) -> bool:
        """Whether any day is named."""
        return bool(self.first or self.last)


@lru_cache(20_000)
def week_of(day: str) -> str:
    """Return the Monday of a day's week, both ISO 8601."""
    found = date.fromisoformat(day)
    return (found - timedelta(found.weekday())).isoformat()


def runs(days: Iterable[str]) -> list[Run]:
    """Part days (ISO 8601) into stretches, in the order of time."""
    weeks = Counter(week_of(day) for day in days)
    found: list[Run] = []
    for week in sorted(weeks):
        monday, count = date.fromisoformat(week), weeks[week]
        if found and monday - found[-1].last <= SILENCE:
            found[-1] = Run(found[-1].first, monday + timedelta(6), found[-1].count + count)
        else:
            found.append(Run(monday, monday + timedelta(6), count))
    return found


def busiest(found: Sequence[Run]) -> Run | None:
    """Return the stretch with the most in it, the latest of equal ones."""
    return max(found, key=lambda run: (run.count, run.first), default=None)


def spanned(found: Sequence[Run], asked: Spanned) -> Run | None:
    """Return what a chart shows: the stretches that the asked days touch, or the busiest.

    Days that are asked for and lie in no stretch are shown, too, where there are stretches at all.
    """
    if not asked.asked or not found:
        return busiest(found)
    first = asked.first or min(found[0].first, asked.last or date.max)
    last = asked.last or max(found[-1].last, first)
    touched = [run for run in found if run.first <= last and run.last >= first]
    low = min([first, *(run.first for run in touched)])
    high = max([last, *(run.last for run in touched)])
    monday = low - timedelta(low.weekday())
    return Run(monday, high + timedelta(6 - high.weekday()), sum(run.count for run in touched))


def mondays(first: date, last: date) -> list[date]:
    """Return the Mondays of a span that starts with one."""
    return [first + WEEK * number for number in range((last - first).days // 7 + 1)]

"""Pieces of months and years: "the second week of May", "the last three months of 2021"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chancery.extract.times import TimeMention
from chancery.resolve.times.periods import Period, shifted, unit_of, year_of
from chancery.resolve.times.phrase import count_of
from chancery.resolve.times.story import Found, Story, resolved
from chancery.resolve.times.written import resolve_date, resolve_month

__all__ = ["resolve_piece", "resolve_week"]

WEEK = 7
HALF_MONTH = 15
DAY = timedelta(days=1)
MONTHS_NAMED = frozenset({"MONTH", "MON"})
PIECES = frozenset({"U", "UU", "HALF", "ORDW", "ORD", "LAST", "W", "A"})


def resolve_week(mention: TimeMention, story: Story) -> Found:
    """Resolve "the week of May 9": the calendar week that holds the day."""
    found = resolve_date(_without(mention), story)
    if found.first is None:
        return found
    return resolved(unit_of("week", found.first), f"calendar week of a day: {found.rule}")


def resolve_piece(mention: TimeMention, story: Story) -> Found:
    """Resolve a week or half of a month, or the first or last months, weeks or days of a year.

    The first week of a month is its first seven days: reports seldom mean calendar weeks.
    """
    if not any(name in MONTHS_NAMED for name, _ in mention.words):
        return _of_year(mention)
    whole = resolve_month(_without(mention), story)
    if whole.first is None or whole.last is None:
        return whole
    first, last = _cut(mention, whole.first, whole.last)
    return resolved(Period(f"{first}/{last}", first, last), f"part of a month: {whole.rule}")


def _cut(mention: TimeMention, first: date, last: date) -> tuple[date, date]:
    number = int(mention.value("ORDW", "ORD", "LAST") or 1)
    if mention.values("HALF"):
        middle = first + timedelta(days=HALF_MONTH - 1)
        return (first, middle) if number == 1 else (middle + DAY, last)
    if number < 0:
        return last - timedelta(days=WEEK - 1), last
    start = first + timedelta(days=WEEK * (number - 1))
    return start, min(last, start + timedelta(days=WEEK - 1))


def _of_year(mention: TimeMention) -> Found:
    year = year_of(int(mention.value("Y") or 0))
    unit, back = str(mention.value("UU", "U") or "month"), mention.values("LAST")
    plain = replace(mention, words=tuple(word for word in mention.words if word[0] in {"W", "A", "D", "N"}))
    count = int(count_of(plain) or 1)
    if back:
        first, last = shifted(year.last + DAY, unit, -count), year.last
    else:
        first, last = year.first, shifted(year.first, unit, count) - DAY
    return resolved(Period(f"{first}/{last}", first, last), "part of a written year")


def _without(mention: TimeMention) -> TimeMention:
    """Return the mention without the words for its piece, so that the month or day is left."""
    dated = [name for name, _ in mention.words]
    start = next((at for at, name in enumerate(dated) if name == "OF"), 0)
    return replace(mention, words=mention.words[start + 1 :])

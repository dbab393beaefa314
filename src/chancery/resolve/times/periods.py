"""Stretches of the calendar, and their TIMEX3 values.

Weeks run from Monday to Sunday (ISO 8601). Seasons are those of the northern
half of the world by whole months, as weather services count them. A winter
carries the year in which it begins.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

__all__ = [
    "MONTHS",
    "TIMEX_UNITS",
    "Period",
    "day_of",
    "distance",
    "easter",
    "half_of",
    "month_of",
    "quarter_of",
    "season_of",
    "shifted",
    "stretch",
    "unit_of",
    "year_of",
    "years_of",
]

# First month and number of months of each season of TIMEX3.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS = 12
TIMEX_UNITS = {
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "weekend": "WE",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "fortnight": "W",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of days, both ends included, with its TIMEX3 value."""

    value: str
    first: date
    last: date

    def clipped(self, first: date | None = None, last: date | None = None) -> Period:
        """Return the part of it from `first` and up to `last`, or all of it where they lie outside."""
        start = max(self.first, first) if first and first <= self.last else self.first
        end = min(self.last, last) if last and last >= self.first else self.last
        return replace(self, first=start, last=end)


def year_of(year: int) -> Period:
    """Return a calendar year."""
    return Period(f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def month_of(year: int, month: int, months: int = 1) -> Period:
    """Return `months` calendar months from one on; months outside 1 to 12 count into other years."""
    year, month = year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
    end = month + months - 1
    last_year, last_month = year + (end - 1) // MONTHS, (end - 1) % MONTHS + 1
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Period(f"{year:04}-{month:02}", date(year, month, 1), last)


def season_of(year: int, season: str) -> Period:
    """Return a season ("SP", "SU", "FA", "WI") of a year."""
    return replace(month_of(year, SEASONS[season], 3), value=f"{year:04}-{season}")


def day_of(day: date) -> Period:
    """Return one day."""
    return Period(day.isoformat(), day, day)


def _week(day: date) -> Period:
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period(f"{year:04}-W{week:02}", monday, monday + timedelta(days=6))


def _weekend(day: date) -> Period:
    week = _week(day)
    return Period(f"{week.value}-WE", week.last - timedelta(days=1), week.last)


def quarter_of(year: int, quarter: int) -> Period:
    """Return a quarter (1 to 4) of a year."""
    return replace(month_of(year, 3 * quarter - 2, 3), value=f"{year:04}-Q{quarter}")


def half_of(year: int, half: int) -> Period:
    """Return a half (1 or 2) of a year."""
    return replace(month_of(year, 6 * half - 5, 6), value=f"{year:04}-H{half}")


def years_of(first: int, count: int) -> Period:
    """Return a decade (10) or century (100) by its first year; TIMEX3 writes 197 and 19."""
    return Period(str(first // count), date(max(first, 1), 1, 1), date(first + count - 1, 12, 31))


def _shift_months(day: date, months: int) -> date:
    at = day.year * MONTHS + day.month - 1 + months
    year, month = at // MONTHS, at % MONTHS + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def shifted(day: date, unit: str, count: float) -> date:
    """Return the day `count` units after a day (before it, where negative).

    Raises:
        ValueError, OverflowError: the day lies outside the calendar of Python (years 1 to 9999).
    """
    if unit in MONTHS_PER_UNIT and count == int(count):
        return _shift_months(day, int(count) * MONTHS_PER_UNIT[unit])
    days = count * DAYS_PER_UNIT[unit]
    # an hour back may already be yesterday, but nothing in the text says so
    return day + timedelta(days=round(days)) if abs(days) >= 1 else day


MONTHS_PER_UNIT = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_PER_UNIT = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "weekend": 7,
    "week": 7,
    "fortnight": 14,
    "month": 30.44,
    "quarter": 91.3,
    "year": 365.24,
    "decade": 3652.4,
    "century": 36524,
}

NAMERS: dict[str, Callable[[date], Period]] = {
    "minute": day_of,
    "hour": day_of,
    "day": day_of,
    "week": _week,
    "fortnight": _week,
    "weekend": _weekend,
    "month": lambda day: month_of(day.year, day.month),
    "quarter": lambda day: quarter_of(day.year, (day.month + 2) // 3),
    "year": lambda day: year_of(day.year),
    "decade": lambda day: years_of(day.year // 10 * 10, 10),
    "century": lambda day: years_of(day.year // 100 * 100, 100),
}


def unit_of(unit: str, day: date, shift: int = 0) -> Period:
    """Return the calendar unit ("week", "year", ...) that holds a day, or one `shift` units away."""
    return NAMERS[unit](shifted(day.replace(day=1) if unit in MONTHS_PER_UNIT else day, unit, shift))


def stretch(unit: str, day: date, count: float) -> tuple[date, date]:
    """Return the days from a day to the one `count` units after it (before it, where negative)."""
    days = count * DAYS_PER_UNIT[unit]
    if unit in {"hour", "minute"} and days != int(days):
        # the past 36 hours touch two days before this one, the past six hours perhaps only this one
        count, unit = int(days), "day"
    other = shifted(day, unit, count)
    return min(day, other), max(day, other)


def distance(day: date, period: Period) -> int:
    """Return how many days a day lies outside a period."""
    if day < period.first:
        return (period.first - day).days
    return max((day - period.last).days, 0)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's rule)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)

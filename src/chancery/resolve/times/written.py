"""Parts of the calendar that are named: dates, months, years, seasons, feasts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from chancery.extract.times import TimeMention
from chancery.resolve.times.choose import nearest_period, year_of_date
from chancery.resolve.times.periods import (
    MONTHS,
    Period,
    day_of,
    easter,
    half_of,
    month_of,
    quarter_of,
    season_of,
    year_of,
    years_of,
)
from chancery.resolve.times.phrase import (
    UNDATED,
    classes_of,
    clipped,
    shift_of,
    with_part_of_day,
    written_year,
)
from chancery.resolve.times.story import Found, Story, left_open, resolved

__all__ = [
    "resolve_date",
    "resolve_decade",
    "resolve_fiscal_year",
    "resolve_holiday",
    "resolve_month",
    "resolve_months",
    "resolve_ordinal",
    "resolve_season",
    "resolve_year",
]


def resolve_date(mention: TimeMention, story: Story) -> Found:
    """Resolve a day, or days, of a month; the year is written, said, or chosen."""
    days = _written_days(mention)
    if isinstance(days, str):
        return with_part_of_day(mention, _iso(days), "written with its year")
    month = int(mention.value("MONTH", "MON") or 0)
    first, last = days[0], days[-1]
    year, why = written_year(mention, story), "written with its year"
    if year is None and not mention.values("U"):
        chosen = year_of_date(month, first, mention, story)
        year, why = chosen or (None, "")
    if year is None:
        return left_open(
            f"XXXX-{month:02}-{first:02}", "date without a year, and nothing in the report fixes it"
        )
    start, end = date(year, month, first), date(year, month, last)
    if first == last:
        return with_part_of_day(mention, day_of(start), why)
    return resolved(Period(f"{start}/{end}", start, end), why)


def _written_days(mention: TimeMention) -> str | tuple[int, ...]:
    """Return the days of the month that are written, or a date that one token writes whole."""
    if full := mention.value("FULL"):
        return str(full)
    if span := mention.value("DSPAN"):
        return tuple(int(part) for part in re.findall(r"\d+", str(span)))
    if "MONTH" not in classes_of(mention) and "MON" not in classes_of(mention):
        year, month, day = (int(value) for value in mention.values("Y", "D", "N", "ISOT")[:3])
        return f"{year}-{month}-{day}"
    return tuple(int(value) for value in mention.values("D", "ORD", "ORDW"))


def _iso(text: str) -> Period:
    """Read a date in figures; where month and day could change places, the month comes first.

    Dates with dots are written day first everywhere.
    """
    if text == "9/11":
        return day_of(date(2001, 9, 11))
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if parts[0] > 31:
        return day_of(date(parts[0], parts[1], parts[2]))
    month, day, year = parts
    if "." in text or month > MONTHS:
        month, day = day, month
    century = 0 if year > 99 else 1900 if year > 50 else 2000
    return day_of(date(century + year, month, day))


def resolve_months(mention: TimeMention, _story: Story) -> Found:
    """Resolve months that share a written year ("May to June 2014")."""
    first, last = (int(value) for value in mention.values("MONTH", "MON"))
    year = int(mention.value("Y") or 0)
    start = month_of(year - (first > last), first)
    end = month_of(year, last)
    return resolved(Period(f"{start.value}/{end.value}", start.first, end.last), "months of a written year")


def resolve_month(mention: TimeMention, story: Story) -> Found:
    """Resolve a month; without a year, the tense of the clause chooses it."""
    month = int(mention.value("MONTH", "MON") or 0)
    year = written_year(mention, story)
    if year is not None:
        return clipped(mention, story, month_of(year, month), "written with its year")
    if story.published is None or mention.values("U"):
        return left_open(f"XXXX-{month:02}", UNDATED)
    period, why = nearest_period(lambda at: month_of(at, month), mention, story.published, shift_of(mention))
    return clipped(mention, story, period, why)


def resolve_year(mention: TimeMention, story: Story) -> Found:
    """Resolve a year or a span of years ("2014-16")."""
    span = mention.value("YSPAN")
    years = [int(part) for part in re.findall(r"\d+", str(span))] if span else []
    years = years or [int(value) for value in mention.values("Y", "D")]
    first, last = years[0], years[-1]
    last = last if last > 99 else first // 100 * 100 + last
    if len(years) == 1 or last <= first:
        return clipped(mention, story, year_of(first), "written out")
    return resolved(Period(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31)), "written out")


def resolve_decade(mention: TimeMention, _story: Story) -> Found:
    """Resolve a decade; "since the late 1990s" begins somewhere in it and stays open."""
    written = mention.value("DECADE", "LDECADE", "Y")
    start = int(str(written).rsplit(" ", 1)[-1])
    if start < 100:
        start += 1900 if start >= 30 else 2000
    century = start % 100 == 0 and start < 2000
    period = years_of(start, 100 if century else 10)
    if mention.bound == "since" and (mention.values("MOD") or mention.values("LDECADE")):
        return left_open(period.value, "since some time in that decade")
    return resolved(period, "written out")


def resolve_ordinal(mention: TimeMention, story: Story) -> Found:
    """Resolve a quarter or half of a year, or a century."""
    number = int(mention.value("Q", "ORD", "ORDW") or 0)
    units = mention.values("U")
    if "century" in units:
        tens = int(mention.value("W") or 0)
        return resolved(years_of((tens + number - 1) * 100, 100), "written out")
    make = half_of if mention.values("HALF") else quarter_of
    if number > (2 if mention.values("HALF") else 4):
        return left_open("XXXX", "no such part of a year")
    year = written_year(mention, story)
    if year is not None:
        return resolved(make(year, number), "part of a written year")
    if story.published is None:
        return left_open(f"XXXX-Q{number}", UNDATED)
    period, why = nearest_period(
        lambda at: make(at, number), replace(mention, tense=None), story.published, None
    )
    return resolved(period, why)


def resolve_season(mention: TimeMention, story: Story) -> Found:
    """Resolve a season; without a year, the tense of the clause chooses it."""
    season = str(mention.value("SEASON"))
    span = mention.value("YSPAN")
    year = int(str(span)[:4]) if span else written_year(mention, story)
    if year is not None:
        return resolved(season_of(year, season), "season of a written year")
    if story.published is None or mention.values("U", "THAT"):
        return left_open(f"XXXX-{season}", UNDATED)
    period, why = nearest_period(
        lambda at: season_of(at, season), mention, story.published, shift_of(mention)
    )
    return resolved(period, f"{why}; northern seasons")


def resolve_fiscal_year(mention: TimeMention, story: Story) -> Found:
    """Name a fiscal year; its days differ from state to state and stay open."""
    year = mention.value("FY") or written_year(mention, story)
    number = int(year or 0)
    name = f"FY{number + 2000 if 0 < number < 100 else number}" if number else "FYXXXX"
    return left_open(name, "fiscal year: each state begins it on a day of its own")


def resolve_holiday(mention: TimeMention, story: Story) -> Found:
    """Resolve a feast of the solar calendar; feasts whose day moves stay open."""
    feast = mention.value("HOLIDAY")  # empty for feasts whose day moves; None for a new year
    name = ("12-31" if "eve" in classes_of(mention) else "01-01") if feast is None else str(feast)
    if name == "12-25" and "eve" in classes_of(mention):
        name = "12-24"
    year = mention.value("Y")
    if not name:
        return left_open("XXXX-XX-XX", "feast whose day moves")
    if year is None and story.published is None:
        return left_open("XXXX-XX-XX" if name == "easter" else f"XXXX-{name}", UNDATED)

    def day_in(at: int) -> Period:
        day = easter(at) if name == "easter" else date(at, int(name[:2]), int(name[3:]))
        return day_of(day)

    if year is not None:
        return resolved(day_in(int(year)), "feast of a written year")
    assert story.published is not None  # checked above
    period, why = nearest_period(day_in, mention, story.published, shift_of(mention))
    return resolved(period, why)

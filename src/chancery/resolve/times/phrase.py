"""What the words of a time expression say by themselves: counts, shifts, parts of the day."""

from __future__ import annotations

from dataclasses import replace

from chancery.extract.times import TimeMention
from chancery.resolve.times.periods import (
    TIMEX_UNITS,
    Period,
)
from chancery.resolve.times.story import Found, Story, resolved

__all__ = [
    "UNDATED",
    "YEARS",
    "classes_of",
    "clipped",
    "count_of",
    "duration_value",
    "shift_of",
    "with_part_of_day",
    "written_year",
]

TOWARD = ("LAST", "PAST", "PREV", "THIS", "NEXT", "COMING", "FOLL")


UNDATED = "no day of the report to count from"


def count_of(mention: TimeMention) -> float | None:
    """Return the number of units in an expression; None where it is vague ("a few")."""
    if mention.values("VAGUE"):
        return None
    numbers = [float(value) for value in mention.values("W", "D", "N", "Y") if not isinstance(value, str)]
    if mention.values("HALF"):
        return (
            numbers[0] if numbers else float(mention.words[0][0] == "A" and "AND" in classes_of(mention))
        ) + 0.5
    return sum(numbers) if numbers else 1.0


def classes_of(mention: TimeMention) -> set[str]:
    """Return the classes of the words of an expression."""
    return {name for name, _ in mention.words}


def shift_of(mention: TimeMention) -> int | None:
    """Return the direction that "last" (-1), "this" (0) or "next" (1) gives; None without such a word."""
    value = mention.value(*TOWARD)
    return None if value is None else int(value)


def written_year(mention: TimeMention, story: Story) -> int | None:
    """Return the year an expression writes out, or says as "last year"."""
    written = mention.value("Y")
    if written is not None:
        return int(written)
    shift = shift_of(mention)
    if "year" in mention.values("U") and shift is not None and story.published:
        return story.published.year + shift
    return None


def with_part_of_day(mention: TimeMention, day: Period, why: str) -> Found:
    """Add a part of the day ("morning") to a day."""
    part = mention.value("PART")
    if part is None and mention.values("MOD") and "hour" in mention.values("UU"):
        part = "MO"  # the early hours
    return resolved(replace(day, value=f"{day.value}T{part}"), why, "TIME") if part else resolved(day, why)


def clipped(mention: TimeMention, story: Story, period: Period, why: str) -> Found:
    """Clip "earlier this month" to the report's day; "early" and "late" leave the whole stretch."""
    side = mention.value("CMP")
    if side == "earlier" and story.published:
        return resolved(period.clipped(last=story.published), f"{why}, up to the report's day")
    if side == "later" and story.published:
        return resolved(period.clipped(first=story.published), f"{why}, from the report's day")
    return resolved(period, why)


def duration_value(unit: str, count: float | None) -> str:
    """Return the TIMEX3 value of a length of time; an unknown number is X."""
    if unit in YEARS:
        count, unit = count and count * YEARS[unit], "year"
    number = "X" if count is None else f"{count:g}"
    time = "T" if unit in {"hour", "minute"} else ""
    return f"P{time}{number}{TIMEX_UNITS[unit]}"


# TIMEX3 has no signs for these that scorers read; a decade is ten years.
YEARS = {"decade": 10, "century": 100}

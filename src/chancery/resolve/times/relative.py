"""Expressions that count from the report's day, or from the day last named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chancery.extract.times import TimeMention
from chancery.records import TimeType
from chancery.resolve.times.choose import tense_of, weekday_day
from chancery.resolve.times.periods import (
    Period,
    day_of,
    shifted,
    stretch,
    unit_of,
)
from chancery.resolve.times.phrase import (
    UNDATED,
    YEARS,
    classes_of,
    clipped,
    count_of,
    duration_value,
    shift_of,
    with_part_of_day,
)
from chancery.resolve.times.story import Found, Story, left_open, resolved

__all__ = ["resolve_ago", "resolve_now", "resolve_span", "resolve_then", "resolve_unit", "resolve_weekday"]


def resolve_weekday(mention: TimeMention, story: Story) -> Found:
    """Resolve a weekday by the tense of its clause."""
    weekday = int(mention.value("WEEKDAY") or 0)
    if story.published is None:
        return left_open(f"XXXX-WXX-{weekday + 1}", UNDATED)
    day, why = weekday_day(weekday, mention, story.published, story.begun)
    return with_part_of_day(mention, day_of(day), why)


def resolve_now(mention: TimeMention, story: Story) -> Found:
    """Resolve today, yesterday, this morning, last night, overnight."""
    words = classes_of(mention)
    part = mention.value("PART") or ("NI" if words & {"TONIGHT", "OVERNIGHT"} else None)
    kind: TimeType = "TIME" if part else "DATE"
    if story.published is None:
        return left_open("XXXX-XX-XX" + (f"T{part}" if part else ""), UNDATED, kind)
    if "U" in words:  # the day before yesterday
        shift = int(mention.value("DEICTIC") or 0) + int(mention.value("BEFORE", "AFTER") or 0)
    else:
        shift = int(mention.value("DEICTIC", "LAST") or 0)
    day = day_of(story.published + timedelta(days=shift))
    if "OVERNIGHT" in words:
        day = replace(day, first=day.last - timedelta(days=1))
    if part:
        day = replace(day, value=f"{day.value}T{part}")
    return resolved(day, "counted from the report's day", kind)


def resolve_unit(mention: TimeMention, story: Story) -> Found:
    """Resolve a week, month, year ... counted from that of the report's day."""
    unit = str(mention.value("U", "WEEKEND"))
    shift = shift_of(mention)
    if story.published is None:
        return left_open("XXXX", UNDATED)
    if unit == "weekend" and not shift:
        return resolved(_weekend(mention, story.published), "the weekend nearest in the tense of the clause")
    period = unit_of(unit, story.published, shift or 0)
    return clipped(mention, story, period, f"calendar {unit} of the report's day" + _steps(shift))


def _steps(shift: int | None) -> str:
    return f", {shift:+d}" if shift else ""


def _weekend(mention: TimeMention, published: date) -> Period:
    this = unit_of("weekend", published)
    tense = tense_of(mention)
    early = published.weekday() <= 2
    back = published < this.first and (tense == "past" or (tense is None and early))
    return unit_of("weekend", published, -1) if back else this


def resolve_span(mention: TimeMention, story: Story) -> Found:
    """Resolve a stretch of time up to or from the report's day ("the past 24 hours")."""
    unit, count = str(mention.value("UU", "U")), count_of(mention)
    back = mention.values("LAST", "PAST", "PREV", "RECENT")
    counted = bool(mention.values("W", "D", "N", "Y", "A", "HALF")) or "U" in classes_of(mention)
    value = duration_value(unit, count if counted else None)
    if not counted or count is None:
        return left_open(value, "vague: no number of units", "DURATION")
    if story.published is None or mention.values("FOLL", "PREV"):
        return left_open(value, UNDATED, "DURATION")
    first, last = stretch(unit, story.published, -count if back else count)
    return Found(
        "DURATION",
        value,
        first,
        last,
        "stretch of time up to the report's day" if back else "from the report's day on",
    )


def resolve_ago(mention: TimeMention, story: Story) -> Found:
    """Resolve "two years ago"; it is as sharp as its unit, no sharper."""
    unit, count = str(mention.value("UU", "U")), count_of(mention)
    direction = int(mention.value("AGO") or 1)
    if count is None:
        return left_open("PAST_REF" if direction < 0 else "FUTURE_REF", "vague: no number of units")
    if story.published is None:
        return left_open("XXXX", UNDATED)
    day = shifted(story.published, unit, direction * count)
    # "a decade ago" is not sharper than a year
    grain = {"decade": "year", "century": "year", "quarter": "month"}.get(unit, unit)
    return resolved(unit_of(grain, day), f"counted in {unit}s from the report's day")


def resolve_then(mention: TimeMention, story: Story) -> Found:
    """Resolve "two days later", "the following day" from the day last named."""
    unit, part = str(mention.value("UU", "U") or "day"), mention.value("PART")
    count, counted = count_of(mention), bool(mention.values("W", "D", "N", "A", "VAGUE"))
    base = story.day
    if mention.values("NEXT") and unit != "day" and story.published:
        base = story.published
        if unit in YEARS and not counted:
            return resolve_span(mention, story)
    # "A week later" is seldom seven days to the day; "two days later" mostly is.
    if base is None or count is None or (counted and unit in {"week", "fortnight", "hour", "minute"}):
        return left_open("XXXX", "counted from something the report tells, not from its day")
    shift = int(mention.value("PREV", "FOLL", "NEXT", "BEFORE", "AFTER") or 0)
    if counted:
        shift = 1 if mention.value("CMP") == "later" else -1
    period = unit_of(unit, shifted(base, unit, shift * count))
    if part:
        return resolved(replace(period, value=f"{period.value}T{part}"), f"counted from {base}", "TIME")
    return resolved(period, f"counted from {base}, the day last named")

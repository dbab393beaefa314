"""One function for each rule of the grammar: what the expression names, as far as it is fixed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from chancery.extract.times import TimeMention
from chancery.resolve.times.periods import (
    Period,
    day_of,
)
from chancery.resolve.times.phrase import UNDATED, classes_of, count_of, duration_value
from chancery.resolve.times.pieces import resolve_piece, resolve_week
from chancery.resolve.times.relative import (
    resolve_ago,
    resolve_now,
    resolve_span,
    resolve_then,
    resolve_unit,
    resolve_weekday,
)
from chancery.resolve.times.story import Found, Story, left_open, resolved
from chancery.resolve.times.written import (
    resolve_date,
    resolve_decade,
    resolve_fiscal_year,
    resolve_holiday,
    resolve_month,
    resolve_months,
    resolve_ordinal,
    resolve_season,
    resolve_year,
)

__all__ = ["RULES"]

type Rule = Callable[[TimeMention, Story], Found]


NOON_HOUR = 12
HALVES = frozenset({"AMPM", "o'clock"})


def _clock(mention: TimeMention, story: Story) -> Found:
    clock = {"CLOCK", "AMPM", "ZONE", "HHMM", "NOON", "at", "o'clock", "IN", "UU"}
    at = _hour_at(mention)
    words = tuple(word for number, word in enumerate(mention.words) if number != at and word[0] not in clock)
    kinds = {name for name, _ in words}
    hour = _clock_value(mention)
    if not kinds - {"D", "Y"}:
        if story.published is None:
            return left_open(f"XXXX-XX-XX{hour}", UNDATED, "TIME")
        return _at(day_of(story.published), hour, "clock time of the report's day")
    rest = replace(mention, words=words)
    inner = (
        resolve_date
        if kinds & {"MONTH", "MON", "FULL"}
        else resolve_weekday
        if "WEEKDAY" in kinds
        else resolve_now
    )
    found = inner(rest, story)
    return replace(found, type="TIME", value=found.value.split("T")[0] + hour)


def _hour_at(mention: TimeMention) -> int | None:
    """Return which word is a bare hour: the number before "a.m." and "o'clock", not that of "June 29"."""
    names = [name for name, _ in mention.words]
    return next(
        (at - 1 for at, name in enumerate(names) if at and name in HALVES and names[at - 1] == "D"), None
    )


def _clock_value(mention: TimeMention) -> str:
    if noon := mention.value("NOON"):
        return str(noon)
    zone = "Z" if mention.value("ZONE") == "Z" else ""
    at = _hour_at(mention) or 0
    text = str(mention.value("CLOCK", "HHMM") or mention.words[at][1])
    hour, _, minute = text.partition(":")
    if not minute and len(hour) == len("1600"):
        hour, minute = hour[:2], hour[2:]
    half = mention.value("AMPM")
    number = int(hour) if half is None else int(hour) % NOON_HOUR + int(half)
    return f"T{number:02}:{minute or '00'}{zone}"


def _at(day: Period, hour: str, why: str) -> Found:
    return resolved(replace(day, value=day.value + hour), why, "TIME")


def _edge(mention: TimeMention, story: Story) -> Found:
    classes = classes_of(mention)
    if "DECADE" in classes:
        inner = resolve_decade(mention, story)
    elif classes & {"MONTH", "MON"}:
        inner = resolve_month(mention, story)
    elif "Y" in classes:
        inner = resolve_year(mention, story)
    else:
        inner = resolve_unit(mention, story)
    edge = mention.value("EDGE")
    # "By the end of the year" names its last day, "since the start of the year"
    # its first; "at the end of the year" is vague and stays as wide as the year.
    if inner.last and mention.bound == "by" and edge == "end":
        return resolved(day_of(inner.last), f"last day of: {inner.rule}")
    if inner.first and mention.bound == "since" and edge == "start":
        return resolved(day_of(inner.first), f"first day of: {inner.rule}")
    return replace(inner, rule=f"somewhere in: {inner.rule}")


def _festive(_mention: TimeMention, _story: Story) -> Found:
    return left_open("XXXX-XX-XX", "the days around a feast, which no calendar fixes")


def _named(_mention: TimeMention, _story: Story) -> Found:
    return left_open("XXXX-XX-XX", "a day known by its name, which no calendar fixes")


def _era(_mention: TimeMention, _story: Story) -> Found:
    return left_open("PAST_REF", "an era, whose days no calendar fixes")


def _part(mention: TimeMention, story: Story) -> Found:
    """Resolve "in the evening": of the day last named, else of the report's."""
    part, day = mention.value("PART"), story.day or story.published
    if day is None:
        return left_open(f"XXXX-XX-XXT{part}", UNDATED, "TIME")
    period = day_of(day)
    return resolved(replace(period, value=f"{period.value}T{part}"), "of the day last named", "TIME")


def _reference(mention: TimeMention, story: Story) -> Found:
    if mention.value("REF") == "PRESENT_REF" and story.published is not None:
        return replace(resolved(day_of(story.published), "the report's day"), value="PRESENT_REF")
    return left_open(str(mention.value("REF")), "vague: a time near the telling")


def _length(mention: TimeMention, _story: Story) -> Found:
    unit = str(mention.value("UU", "U"))
    return left_open(duration_value(unit, count_of(mention)), "length of time", "DURATION")


def _set(mention: TimeMention, _story: Story) -> Found:
    unit = mention.value("UU", "U")
    weekday = mention.value("WEEKDAYS", "WEEKDAY")
    value = (
        f"XXXX-WXX-{int(weekday) + 1}"
        if weekday is not None
        else duration_value(str(unit or "year"), count_of(mention) or 1)
    )
    return left_open(value, "repeated time", "SET")


RULES: Mapping[str, Rule] = {
    "ago": resolve_ago,
    "clock": _clock,
    "date": resolve_date,
    "decade": resolve_decade,
    "duration": _length,
    "edge": _edge,
    "era": _era,
    "festive season": _festive,
    "fiscal year": resolve_fiscal_year,
    "holiday": resolve_holiday,
    "month": resolve_month,
    "months": resolve_months,
    "named day": _named,
    "now": resolve_now,
    "ordinal": resolve_ordinal,
    "part": _part,
    "piece": resolve_piece,
    "reference": _reference,
    "season": resolve_season,
    "set": _set,
    "span": resolve_span,
    "then": resolve_then,
    "unit": resolve_unit,
    "week": resolve_week,
    "weekday": resolve_weekday,
    "year": resolve_year,
}

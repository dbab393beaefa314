"""One function for each rule of the grammar: what the expression names, as far as it is fixed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from chancery.extract.times import TimeMention
from chancery.records import TimeType
from chancery.resolve.times.choose import nearest_period, tense_of, weekday_day, year_of_date
from chancery.resolve.times.periods import (
    MONTHS,
    TIMEX_UNITS,
    Period,
    day_of,
    easter,
    half_of,
    month_of,
    quarter_of,
    season_of,
    shifted,
    stretch,
    unit_of,
    year_of,
    years_of,
)
from chancery.resolve.times.story import Found, Story, left_open, resolved

__all__ = ["RULES", "count_of"]

type Rule = Callable[[TimeMention, Story], Found]

TOWARD = ("LAST", "PAST", "PREV", "THIS", "NEXT", "COMING", "FOLL")
UNDATED = "no day of the report to count from"
NOON_HOUR = 12


def count_of(mention: TimeMention) -> float | None:
    """Return the number of units in an expression; None where it is vague ("a few")."""
    if mention.values("VAGUE"):
        return None
    numbers = [float(value) for value in mention.values("W", "D", "N", "Y") if not isinstance(value, str)]
    if mention.values("HALF"):
        return (
            numbers[0] if numbers else float(mention.words[0][0] == "A" and "AND" in _classes(mention))
        ) + 0.5
    return sum(numbers) if numbers else 1.0


def _classes(mention: TimeMention) -> set[str]:
    return {name for name, _ in mention.words}


def _shift(mention: TimeMention) -> int | None:
    value = mention.value(*TOWARD)
    return None if value is None else int(value)


def _written_year(mention: TimeMention, story: Story) -> int | None:
    """Return the year an expression writes out, or says as "last year"."""
    written = mention.value("Y")
    if written is not None:
        return int(written)
    shift = _shift(mention)
    if "year" in mention.values("U") and shift is not None and story.published:
        return story.published.year + shift
    return None


# --- dates -------------------------------------------------------------------------------------


def _date(mention: TimeMention, story: Story) -> Found:
    days = _written_days(mention)
    if isinstance(days, str):
        return _timed(mention, _iso(days), "written with its year")
    month = int(mention.value("MONTH", "MON") or 0)
    first, last = days[0], days[-1]
    year, why = _written_year(mention, story), "written with its year"
    if year is None and not mention.values("U"):
        chosen = year_of_date(month, first, mention, story)
        year, why = chosen or (None, "")
    if year is None:
        return left_open(
            f"XXXX-{month:02}-{first:02}", "date without a year, and nothing in the report fixes it"
        )
    start, end = date(year, month, first), date(year, month, last)
    if first == last:
        return _timed(mention, day_of(start), why)
    return resolved(Period(f"{start}/{end}", start, end), why)


def _written_days(mention: TimeMention) -> str | tuple[int, ...]:
    """Return the days of the month that are written, or a date that one token writes whole."""
    if full := mention.value("FULL"):
        return str(full)
    if span := mention.value("DSPAN"):
        return tuple(int(part) for part in re.findall(r"\d+", str(span)))
    if "MONTH" not in _classes(mention) and "MON" not in _classes(mention):
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


def _timed(mention: TimeMention, day: Period, why: str) -> Found:
    """Add a part of the day ("morning") to a day."""
    part = mention.value("PART")
    if part is None and mention.values("MOD") and "hour" in mention.values("UU"):
        part = "MO"  # the early hours
    return resolved(replace(day, value=f"{day.value}T{part}"), why, "TIME") if part else resolved(day, why)


def _weekday(mention: TimeMention, story: Story) -> Found:
    weekday = int(mention.value("WEEKDAY") or 0)
    if story.published is None:
        return left_open(f"XXXX-WXX-{weekday + 1}", UNDATED)
    day, why = weekday_day(weekday, mention, story.published)
    return _timed(mention, day_of(day), why)


def _clock(mention: TimeMention, story: Story) -> Found:
    clock = {"CLOCK", "AMPM", "ZONE", "HHMM", "NOON", "at", "o'clock", "IN", "UU"}
    words = tuple(word for word in mention.words if word[0] not in clock)
    kinds = {name for name, _ in words}
    hour = _clock_value(mention)
    if not kinds - {"D", "Y"}:
        if story.published is None:
            return left_open(f"XXXX-XX-XX{hour}", UNDATED, "TIME")
        return _at(day_of(story.published), hour, "clock time of the report's day")
    if mention.words[0][0] == "D" and "AMPM" in _classes(mention):
        words = words[1:]
    rest = replace(mention, words=words)
    inner = _date if kinds & {"MONTH", "MON", "FULL"} else _weekday if "WEEKDAY" in kinds else _now
    found = inner(rest, story)
    return replace(found, type="TIME", value=found.value.split("T")[0] + hour)


def _clock_value(mention: TimeMention) -> str:
    if noon := mention.value("NOON"):
        return str(noon)
    zone = "Z" if mention.value("ZONE") == "Z" else ""
    text = str(mention.value("CLOCK", "HHMM") or mention.words[0][1])
    hour, _, minute = text.partition(":")
    if not minute and len(hour) == len("1600"):
        hour, minute = hour[:2], hour[2:]
    half = mention.value("AMPM")
    number = int(hour) if half is None else int(hour) % NOON_HOUR + int(half)
    return f"T{number:02}:{minute or '00'}{zone}"


def _at(day: Period, hour: str, why: str) -> Found:
    return resolved(replace(day, value=day.value + hour), why, "TIME")


# --- parts of the calendar ---------------------------------------------------------------------


def _months(mention: TimeMention, _story: Story) -> Found:
    first, last = (int(value) for value in mention.values("MONTH", "MON"))
    year = int(mention.value("Y") or 0)
    start = month_of(year - (first > last), first)
    end = month_of(year, last)
    return resolved(Period(f"{start.value}/{end.value}", start.first, end.last), "months of a written year")


def _month(mention: TimeMention, story: Story) -> Found:
    month = int(mention.value("MONTH", "MON") or 0)
    year = _written_year(mention, story)
    if year is not None:
        return _shaded(mention, story, month_of(year, month), "written with its year")
    if story.published is None or mention.values("U"):
        return left_open(f"XXXX-{month:02}", UNDATED)
    period, why = nearest_period(lambda at: month_of(at, month), mention, story.published, _shift(mention))
    return _shaded(mention, story, period, why)


def _shaded(mention: TimeMention, story: Story, period: Period, why: str) -> Found:
    """Clip "earlier this month" to the report's day; "early" and "late" leave the whole stretch."""
    side = mention.value("CMP")
    if side == "earlier" and story.published:
        return resolved(period.clipped(last=story.published), f"{why}, up to the report's day")
    if side == "later" and story.published:
        return resolved(period.clipped(first=story.published), f"{why}, from the report's day")
    return resolved(period, why)


def _year(mention: TimeMention, story: Story) -> Found:
    span = mention.value("YSPAN")
    years = [int(part) for part in re.findall(r"\d+", str(span))] if span else []
    years = years or [int(value) for value in mention.values("Y", "D")]
    first, last = years[0], years[-1]
    last = last if last > 99 else first // 100 * 100 + last
    if len(years) == 1 or last <= first:
        return _shaded(mention, story, year_of(first), "written out")
    return resolved(Period(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31)), "written out")


def _decade(mention: TimeMention, _story: Story) -> Found:
    written = mention.value("DECADE", "LDECADE", "Y")
    start = int(str(written).rsplit(" ", 1)[-1])
    if start < 100:
        start += 1900 if start >= 30 else 2000
    century = start % 100 == 0 and start < 2000
    period = years_of(start, 100 if century else 10)
    if mention.bound == "since" and (mention.values("MOD") or mention.values("LDECADE")):
        return left_open(period.value, "since some time in that decade")
    return resolved(period, "written out")


def _ordinal(mention: TimeMention, story: Story) -> Found:
    number = int(mention.value("Q", "ORD", "ORDW") or 0)
    units = mention.values("U")
    if "century" in units:
        tens = int(mention.value("W") or 0)
        return resolved(years_of((tens + number - 1) * 100, 100), "written out")
    make = half_of if mention.values("HALF") else quarter_of
    if number > (2 if mention.values("HALF") else 4):
        return left_open("XXXX", "no such part of a year")
    year = _written_year(mention, story)
    if year is not None:
        return resolved(make(year, number), "part of a written year")
    if story.published is None:
        return left_open(f"XXXX-Q{number}", UNDATED)
    period, why = nearest_period(
        lambda at: make(at, number), replace(mention, tense=None), story.published, None
    )
    return resolved(period, why)


def _season(mention: TimeMention, story: Story) -> Found:
    season = str(mention.value("SEASON"))
    span = mention.value("YSPAN")
    year = int(str(span)[:4]) if span else _written_year(mention, story)
    if year is not None:
        return resolved(season_of(year, season), "season of a written year")
    if story.published is None or mention.values("U", "THAT"):
        return left_open(f"XXXX-{season}", UNDATED)
    period, why = nearest_period(lambda at: season_of(at, season), mention, story.published, _shift(mention))
    return resolved(period, f"{why}; northern seasons")


def _fiscal_year(mention: TimeMention, story: Story) -> Found:
    year = mention.value("FY") or _written_year(mention, story)
    number = int(year or 0)
    name = f"FY{number + 2000 if 0 < number < 100 else number}" if number else "FYXXXX"
    return left_open(name, "fiscal year: each state begins it on a day of its own")


def _holiday(mention: TimeMention, story: Story) -> Found:
    name = str(mention.value("HOLIDAY") or ("12-31" if "eve" in _classes(mention) else "01-01"))
    if name == "12-25" and "eve" in _classes(mention):
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
    period, why = nearest_period(day_in, mention, story.published, _shift(mention))
    return resolved(period, why)


# --- counted from the report's day -------------------------------------------------------------


def _now(mention: TimeMention, story: Story) -> Found:
    words = _classes(mention)
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


def _unit(mention: TimeMention, story: Story) -> Found:
    unit = str(mention.value("U", "WEEKEND"))
    shift = _shift(mention)
    if story.published is None:
        return left_open("XXXX", UNDATED)
    if unit == "weekend" and not shift:
        return resolved(_weekend(mention, story.published), "the weekend nearest in the tense of the clause")
    period = unit_of(unit, story.published, shift or 0)
    return _shaded(mention, story, period, f"calendar {unit} of the report's day" + _steps(shift))


def _steps(shift: int | None) -> str:
    return f", {shift:+d}" if shift else ""


def _weekend(mention: TimeMention, published: date) -> Period:
    this = unit_of("weekend", published)
    tense = tense_of(mention)
    early = published.weekday() <= 2
    back = published < this.first and (tense == "past" or (tense is None and early))
    return unit_of("weekend", published, -1) if back else this


def _edge(mention: TimeMention, story: Story) -> Found:
    classes = _classes(mention)
    if "DECADE" in classes:
        inner = _decade(mention, story)
    elif classes & {"MONTH", "MON"}:
        inner = _month(mention, story)
    elif "Y" in classes:
        inner = _year(mention, story)
    else:
        inner = _unit(mention, story)
    edge = mention.value("EDGE")
    # "By the end of the year" names its last day, "since the start of the year"
    # its first; "at the end of the year" is vague and stays as wide as the year.
    if inner.last and mention.bound == "by" and edge == "end":
        return resolved(day_of(inner.last), f"last day of: {inner.rule}")
    if inner.first and mention.bound == "since" and edge == "start":
        return resolved(day_of(inner.first), f"first day of: {inner.rule}")
    return replace(inner, rule=f"somewhere in: {inner.rule}")


def _span(mention: TimeMention, story: Story) -> Found:
    unit, count = str(mention.value("UU", "U")), count_of(mention)
    back = mention.values("LAST", "PAST", "PREV", "RECENT")
    counted = bool(mention.values("W", "D", "N", "Y", "A", "HALF")) or "U" in _classes(mention)
    value = _duration(unit, count if counted else None)
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


def _duration(unit: str, count: float | None) -> str:
    if unit in YEARS:
        count, unit = count and count * YEARS[unit], "year"
    number = "X" if count is None else f"{count:g}"
    time = "T" if unit in {"hour", "minute"} else ""
    return f"P{time}{number}{TIMEX_UNITS[unit]}"


def _ago(mention: TimeMention, story: Story) -> Found:
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


def _then(mention: TimeMention, story: Story) -> Found:
    unit, part = str(mention.value("UU", "U") or "day"), mention.value("PART")
    count, counted = count_of(mention), bool(mention.values("W", "D", "N", "A", "VAGUE"))
    base = story.day
    if mention.values("NEXT") and unit != "day" and story.published:
        base = story.published
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


# TIMEX3 has no signs for these that scorers read; a decade is ten years.
YEARS = {"decade": 10, "century": 100}


# --- without days ------------------------------------------------------------------------------


def _era(_mention: TimeMention, _story: Story) -> Found:
    return left_open("PAST_REF", "an era, whose days no calendar fixes")


def _reference(mention: TimeMention, _story: Story) -> Found:
    return left_open(str(mention.value("REF")), "vague: a time near the telling")


def _length(mention: TimeMention, _story: Story) -> Found:
    unit = str(mention.value("UU", "U"))
    return left_open(_duration(unit, count_of(mention)), "length of time", "DURATION")


def _set(mention: TimeMention, _story: Story) -> Found:
    unit = mention.value("UU", "U")
    weekday = mention.value("WEEKDAYS", "WEEKDAY")
    value = (
        f"XXXX-WXX-{int(weekday) + 1}"
        if weekday is not None
        else _duration(str(unit or "year"), count_of(mention) or 1)
    )
    return left_open(value, "repeated time", "SET")


RULES: Mapping[str, Rule] = {
    "ago": _ago,
    "clock": _clock,
    "date": _date,
    "decade": _decade,
    "duration": _length,
    "edge": _edge,
    "era": _era,
    "fiscal year": _fiscal_year,
    "holiday": _holiday,
    "month": _month,
    "months": _months,
    "now": _now,
    "ordinal": _ordinal,
    "reference": _reference,
    "season": _season,
    "set": _set,
    "span": _span,
    "then": _then,
    "unit": _unit,
    "weekday": _weekday,
    "year": _year,
}

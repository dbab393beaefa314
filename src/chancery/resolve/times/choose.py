"""Which Tuesday, which June, which summer: the choices that a date without a year leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from chancery.extract.times import Tense, TimeMention
from chancery.resolve.times.document import years_with_weekday
from chancery.resolve.times.periods import Period, distance
from chancery.resolve.times.story import Story

__all__ = ["nearest_period", "tense_of", "weekday_day", "year_of_date"]

WEEK = 7

# A date without a year is the nearest one, unless it lies about half a year
# away on either side; only then does the tense of the clause decide.
CLEARLY_NEAREST = 120

# How far from the report's day a written weekday may pull a date: one cycle of the calendar.
YEARS_AROUND = 6


def tense_of(mention: TimeMention) -> Tense:
    """Return the tense around a mention; "since" always looks back."""
    return "past" if mention.bound == "since" else mention.tense


def weekday_day(
    weekday: int, mention: TimeMention, published: date, begun: date | None = None
) -> tuple[date, str]:
    """Find the day that a weekday names in a report of a day.

    A bare weekday looks back, because reports narrate; printed on a Tuesday,
    "on Tuesday" is that day and "last Tuesday" never is. `begun` is the day of the
    weekday before it, where the two make a stretch ("Monday to Friday").
    """
    back = (published.weekday() - weekday) % WEEK
    if begun is not None:
        ahead = (weekday - begun.weekday()) % WEEK
        return begun + timedelta(days=ahead), "the first such weekday after the one that begins the stretch"
    if (unit := mention.value("U")) == "week":
        shift = int(mention.value("LAST", "THIS", "NEXT") or 0)
        monday = published - timedelta(days=published.weekday())
        return monday + timedelta(days=weekday + WEEK * shift), f"weekday of the {unit} named beside it"
    if mention.values("NEXT", "COMING", "FOLL"):
        return published + timedelta(days=WEEK - back), "the first such weekday after the report's day"
    if mention.values("LAST", "PAST", "PREV"):
        return published - timedelta(days=back or WEEK), "the last such weekday before the report's day"
    if tense_of(mention) == "future":
        return published + timedelta(
            days=(WEEK - back) % WEEK
        ), "the next such weekday, in a clause that looks ahead"
    return published - timedelta(days=back), "the last such weekday up to the report's day"


def nearest_period(
    make: Callable[[int], Period], mention: TimeMention, published: date, shift: int | None
) -> tuple[Period, str]:
    """Choose the year of a month, season or quarter that stands without one.

    Args:
        make: gives the period in a year.
        mention: the expression, for its tense.
        published: the report's day.
        shift: -1 for "last", 1 for "next", 0 for "this", None without such a word.
    """
    # a winter begun the year before may still go on, so that the last one over lies two years back
    around = [make(year) for year in range(published.year - 2, published.year + 2)]
    if shift == -1:
        return [p for p in around if p.last < published][-1], "the last one that is over on the report's day"
    if shift == 1:
        return next(p for p in around if p.first > published), "the first one after the report's day"
    tense = tense_of(mention)
    if shift == 0 and tense is None:
        return make(published.year), "that of the report's year"
    if tense == "past":
        return [p for p in around if p.first <= published][-1], "the last one begun by the report's day"
    if tense == "future":
        return next(p for p in around if p.last >= published), "the next one not over on the report's day"
    return min(around, key=lambda p: distance(published, p)), "the one nearest to the report's day"


def year_of_date(month: int, day: int, mention: TimeMention, story: Story) -> tuple[int, str] | None:
    """Choose the year of a month and day that stand without one; None where nothing fixes it."""
    weekday = mention.value("WEEKDAY", "DOW")
    if story.year is not None and story.year_line and weekday is None:
        return story.year, "year of the date written out before it"
    if story.published is None:
        return _undated(month, day, weekday, story)
    year = story.published.year
    if weekday is not None:
        fitting = years_with_weekday(int(weekday), month, day, year - YEARS_AROUND)
        near = [y for y in fitting if abs(y - year) <= YEARS_AROUND]
        if near:
            found = min(near, key=lambda y: abs((date(y, month, day) - story.published).days))  # type: ignore[operator]
            return found, "the year nearest to the report's day in which that weekday holds"
    return _nearest_year(month, day, mention, story.published)


def _undated(month: int, day: int, weekday: object, story: Story) -> tuple[int, str] | None:
    if story.year is not None:
        return story.year, "year of the date written out before it"
    if isinstance(weekday, int) and story.bound is not None:
        fitting = years_with_weekday(weekday, month, day, story.bound)
        if fitting:
            return fitting[0], f"the first year not before {story.bound} in which that weekday holds"
    return None


def _nearest_year(month: int, day: int, mention: TimeMention, published: date) -> tuple[int, str]:
    def away(year: int) -> int:
        return (date(year, month, day) - published).days

    around = [year for year in range(published.year - 4, published.year + 5) if _exists(year, month, day)]
    nearest = min(around, key=lambda year: abs(away(year)))
    tense = tense_of(mention)
    missed = mention.firm and away(nearest) < 0  # "will travel on 30 December", told in February
    if tense and (missed or abs(away(nearest)) > CLEARLY_NEAREST):
        fitting = [year for year in around if (away(year) <= 0 if tense == "past" else away(year) >= 0)]
        return min(
            fitting, key=lambda year: abs(away(year))
        ), f"the nearest year in the {tense}, as the clause says"
    return nearest, "the year that brings it nearest to the report's day"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True

"""The report's own day, where nobody passed it: read from the words, never from the clock.

Two kinds of words fix it. A full date that stands alone on a line near the top
or in a dateline ("KYIV, 10 February 2022 (Agency) -") is the day itself. A
weekday with month and day ("Thursday, February 10") holds in one year of five
to eleven; of those years the first is taken that is not before the latest year
the report looks back on ("since 2014"). Without such a year it stays open: the
day on which Chancery happens to run is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from chancery.extract.syntax import characters, text_of
from chancery.extract.times import TimeMention
from chancery.resolve.setting import Setting

__all__ = ["document_day", "lower_bound", "years_with_weekday"]

# A date line stands at the top: under the title and perhaps one line more.
TOP = 400

# "Thursday, February 10" names the day of the report when it opens it.
OPENING = 1_500

# The latest year that a news report looks back on is nearly always recent; a
# year found further away than one full cycle of weekdays is no evidence.
LONGEST_WAIT = 11

DATELINE_PLACE = re.compile(r"[A-Z][\w .,'’()/-]{1,60}[ ,]")
AFTER_DATELINE = re.compile(r"\s*(\([^)\n]{1,60}\)|/[^/\n]{1,40}/)?\s*[)]?\s*[-–—:]")


def document_day(
    setting: Setting, mentions: Sequence[TimeMention], terms: Sequence[tuple[date | None, date | None]] = ()
) -> tuple[date, str] | None:
    """Find the report's day in its own words, with the rule; None where they do not fix it.

    Args:
        setting: the report.
        mentions: its time expressions, in order.
        terms: times in office of the officeholders whom the report names, where known; the day lies in all.
    """
    for at, mention in enumerate(mentions):
        day = _written_day(mention)
        lifetime = mentions[at + 1 : at + 2] and mentions[at + 1].tokens[0] == mention.tokens[1] + 1
        if day and _is_dateline(setting, mention, lifetime=bool(lifetime)):
            return day, "full date on a line of its own or in the dateline"
    return _weekday_year(setting, mentions, terms)


def _written_day(mention: TimeMention) -> date | None:
    months, days, years = mention.values("MONTH", "MON"), mention.values("D", "ORD"), mention.values("Y")
    if mention.rule != "date" or len(months) != 1 or len(days) != 1 or len(years) != 1:
        return None
    try:
        return date(int(years[0]), int(months[0]), int(days[0]))
    except ValueError:
        return None


def _is_dateline(setting: Setting, mention: TimeMention, *, lifetime: bool) -> bool:
    """Tell a date line from a date; a dash and a second date after it make a lifetime of it."""
    text = text_of(setting.doc)
    first, last = characters(setting.doc, mention.tokens)
    start = text.rfind("\n", 0, first) + 1
    if len(text[:start].strip()) > TOP:
        return False
    before, after = text[start:first], text[last : last + 120]
    alone = not before.strip() and re.match(r"\s*[.]?\s*(\n|$)", after)
    dateline = not lifetime and DATELINE_PLACE.fullmatch(before) and AFTER_DATELINE.match(after)
    return bool(alone or dateline)


def _weekday_year(
    setting: Setting, mentions: Sequence[TimeMention], terms: Sequence[tuple[date | None, date | None]]
) -> tuple[date, str] | None:
    bound = lower_bound(mentions)
    for mention in mentions:
        if setting.doc[mention.tokens[0]].idx > OPENING:
            return None
        named = _weekday_date(mention)
        if named is None or bound is None or mention.tense == "future":
            continue
        weekday, month, day = named
        for year in years_with_weekday(weekday, month, day, bound):
            found = date(year, month, day)
            if all((not a or a <= found) and (not b or found <= b) for a, b in terms):
                words = setting.doc[mention.tokens[0] : mention.tokens[1]].text
                around = ", ".join(map(str, years_with_weekday(weekday, month, day, bound - LONGEST_WAIT)))
                return found, (
                    f"{words!r} holds in {around}; {year} is the first not before {bound}, "
                    f"the latest year that the report looks back on"
                )
    return None


def _weekday_date(mention: TimeMention) -> tuple[int, int, int] | None:
    weekday, month, day = (
        mention.value(*names) for names in (("WEEKDAY", "DOW"), ("MONTH", "MON"), ("D", "ORD"))
    )
    if mention.rule != "date" or mention.values("Y", "U") or None in {weekday, month, day}:
        return None
    return int(weekday or 0), int(month or 0), int(day or 0)


def lower_bound(mentions: Sequence[TimeMention]) -> int | None:
    """Return the latest year that a report looks back on: not "by 2030", not "will ... in 2030"."""
    past = (m for m in mentions if m.bound not in {"by", "until"} and m.tense != "future")
    return max((int(year) for mention in past for year in mention.values("Y")), default=None)


def years_with_weekday(weekday: int, month: int, day: int, start: int) -> tuple[int, ...]:
    """Return the years from `start` on, within two cycles, in which a date falls on a weekday."""

    def years() -> Iterator[int]:
        for year in range(max(start, 1), start + 2 * LONGEST_WAIT + 1):
            try:
                if date(year, month, day).weekday() == weekday:
                    yield year
            except ValueError:  # 29 February, 31 April
                continue

    return tuple(years())

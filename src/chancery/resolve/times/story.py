"""What the resolver of times remembers while it reads a report from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from chancery.records import TimeType
from chancery.resolve.times.periods import Period

__all__ = ["Found", "Story", "left_open", "resolved"]


@dataclass(frozen=True, slots=True)
class Found:
    """What an expression names: TIMEX3 type and value, its days, and the rule that says so."""

    type: TimeType
    value: str
    first: date | None
    last: date | None
    rule: str


@dataclass(slots=True)
class Story:
    """The report's day, and the day and year last named.

    Attributes:
        published: the report's day, where known.
        day: the single day last named ("two days later" counts from it).
        year: the year last written out with a day, which later dates without a year share.
        year_line: whether that year stood in the paragraph being read.
        bound: the latest year the report looks back on, for years that a weekday leaves open.
        begun: the day on which a stretch begins whose end is being read ("Monday to Friday").
    """

    published: date | None
    bound: int | None = None
    day: date | None = None
    year: int | None = None
    year_line: bool = False
    begun: date | None = None
    periods: dict[str, Period] = field(default_factory=dict)


def left_open(value: str, rule: str, kind: TimeType = "DATE") -> Found:
    """Say that an expression names no days that the report fixes."""
    return Found(kind, value, None, None, rule)


def resolved(period: Period, rule: str, kind: TimeType = "DATE") -> Found:
    """Say that an expression names a period."""
    return Found(kind, period.value, period.first, period.last, rule)


Direction = Literal["past", "future"] | None

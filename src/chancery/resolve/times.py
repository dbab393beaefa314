"""Time expressions -> calendar days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chancery.extract.times import TimeMention
from chancery.records import Time
from chancery.resolve.setting import Setting

__all__ = ["document_day", "resolve_times"]


def document_day(setting: Setting, mentions: Sequence[TimeMention]) -> tuple[date, str] | None:
    """Find the report's day in its own words, with the rule; None where they do not fix it."""
    return None


def resolve_times(setting: Setting, mentions: Sequence[TimeMention]) -> tuple[Time, ...]:
    """Give each time expression its value and days."""
    return ()

"""When a report came out, as sources and users write it."""

from __future__ import annotations

from datetime import date, datetime
from email.utils import parsedate_to_datetime

__all__ = ["moment"]

ISO_DAY = len("2022-02-10")


def moment(text: str) -> datetime | date | None:
    """Read a day or a moment in ISO 8601, or in the form of mail and RSS; None for anything else.

    "2022-02-10" is a day, "2022-02-10T14:30:00+03:00" and "Thu, 10 Feb 2022
    11:30:00 GMT" are moments; months and years alone are no day.
    """
    text = text.strip()
    try:
        return date.fromisoformat(text) if len(text) <= ISO_DAY else datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None

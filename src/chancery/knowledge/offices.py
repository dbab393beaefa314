"""Offices and who held them when.

Days are compared as text, as far as the table knows them: "2024-03" holds for the
whole of March. Where the table gives no end, the holder is taken to be still in
office, and `Tenure.seen_until` says how far a source vouches for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

__all__ = ["Office", "Tenure"]


@dataclass(frozen=True, slots=True)
class Office:
    """A post in a state or organization, and the titles it goes by."""

    id: str
    body: str
    role: str
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    single: bool


class Tenure(NamedTuple):
    """One person's time in one office."""

    office: str
    person: str
    first: str
    last: str
    seen_until: str
    acting: bool

    def covers(self, day: str) -> bool:
        """Say whether the person held the office on a day ("2022-02-10")."""
        begun = not self.first or self.first <= day[: len(self.first)]
        return begun and (not self.last or day[: len(self.last)] <= self.last)

    def first_day(self) -> date | None:
        """Return the first day where the table knows it to the day."""
        return _exact(self.first)

    def last_day(self) -> date | None:
        """Return the last day where the table knows it to the day."""
        return _exact(self.last)


def _exact(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == len("2022-02-10") else None

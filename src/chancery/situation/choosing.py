"""Which entries of a situation are shown: the surest, best witnessed and gravest, in the order of time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from chancery.render.wording import wording
from chancery.situation.found import Act, Held, Measured

__all__ = [
    "UNKNOWN_DAY",
    "Entry",
    "Options",
    "Section",
    "by_turns",
    "chosen",
    "day_of",
    "gravity",
    "measure",
    "varied",
]

# Below this an entry is as likely wrong as right on the project's gold; a printed page has no room for it.
SURE = 0.5

# Acts of one type in a section, and how many publishers or reports are as good as more.
MOST_OF_A_KIND = 3
SEVERAL = 2

UNKNOWN_DAY = date.min


@dataclass(frozen=True, slots=True)
class Options:
    """What to show.

    Attributes:
        since, until: the days in view; reports that came out outside them do not count.
        most: entries a section shows, None for all.
        least_score: entries less sure than this are left out, and counted.
    """

    since: date | None = None
    until: date | None = None
    most: int | None = 8
    least_score: float = SURE


@dataclass(frozen=True, slots=True)
class Entry[T: (Act, Held, Measured)]:
    """One thing that reports say, told by its best witness.

    Attributes:
        told: the record that the entry is worded by.
        witnesses: all records that tell it, first told first; `told` is one of them.
    """

    told: T
    witnesses: tuple[T, ...]

    @property
    def reports(self) -> int:
        """How many reports tell it."""
        return len({witness.report.id for witness in self.witnesses})

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who tells it, in the order in which they first did."""
        return tuple(dict.fromkeys(w.report.publisher for w in self.witnesses if w.report.publisher))

    @property
    def first(self) -> T:
        """Who told it first."""
        return self.witnesses[0]

    @property
    def last(self) -> T:
        """Who told it last."""
        return self.witnesses[-1]


@dataclass(frozen=True, slots=True)
class Section[T: (Act, Held, Measured)]:
    """Entries under one heading, and how many more there are."""

    entries: tuple[Entry[T], ...] = ()
    left_out: int = 0
    unsure: int = 0


def gravity(entry: Entry[Act]) -> tuple[float, ...]:
    """Rank acts: graver types first, then who tells them and how surely they were read."""
    tier = wording().act_tier[entry.told.event.act]
    return tier, -len(entry.publishers), -entry.reports, -entry.told.event.score


def measure(entry: Entry[Measured]) -> tuple[float, ...]:
    """Rank figures: troops and losses before money, then how many tell them, then the larger."""
    order = list(wording().figure)
    return order.index(entry.told.figure.kind), -entry.reports, -(entry.told.figure.high or 0)


def weighty(entry: Entry[Held]) -> tuple[float, ...]:
    return -len(entry.publishers), -entry.reports, -entry.told.score, -day_of(entry.last).toordinal()


def chosen[T: (Act, Held, Measured)](
    entries: Sequence[Entry[T]], rank: Callable[[Entry[T]], tuple[float, ...]], options: Options
) -> Section[T]:
    """Choose the best of the entries that are sure enough."""
    sure = _sure(entries, options)
    return _section(sorted(sure, key=rank), len(sure), len(entries), options)


def day_of(record: Act | Held | Measured) -> date:
    """Return the day of a record; one without sorts first."""
    return record.day or UNKNOWN_DAY


def by_turns(entries: Sequence[Entry[Held]], options: Options) -> Section[Held]:
    """Choose positions act by act in turn: what a side offers, refuses and demands, not eight refusals."""
    order = list(wording().position)
    section = _in_turn(entries, lambda entry: entry.told.position.act, weighty, options)
    shown = sorted(section.entries, key=lambda e: (order.index(e.told.position.act), day_of(e.told)))
    return Section(tuple(shown), section.left_out, section.unsure)


def varied(entries: Sequence[Entry[Act]], options: Options) -> Section[Act]:
    """Choose acts that several publishers tell before others, and not only acts of the gravest type."""
    sure = _sure(entries, options)
    kept, taken = [], Counter[str]()
    for entry in sorted(sure, key=_standing):
        if options.most is None or taken[entry.told.event.act] < MOST_OF_A_KIND:
            kept.append(entry)
            taken[entry.told.event.act] += 1
    return _section(kept, len(sure), len(entries), options)


def _standing(entry: Entry[Act]) -> tuple[float, ...]:
    """Rank by who stands behind an act: several publishers, several reports, then how grave it is."""
    return -min(len(entry.publishers), SEVERAL), -min(entry.reports, SEVERAL), *gravity(entry)


def _in_turn[T: (Act, Held)](
    entries: Sequence[Entry[T]],
    kind: Callable[[Entry[T]], str],
    rank: Callable[[Entry[T]], tuple[float, ...]],
    options: Options,
) -> Section[T]:
    sure = _sure(entries, options)
    kinds: dict[str, list[Entry[T]]] = defaultdict(list)
    for entry in sorted(sure, key=rank):
        kinds[kind(entry)].append(entry)
    turns = [entry for turn in zip_longest(*kinds.values()) for entry in turn if entry is not None]
    return _section(turns, len(sure), len(entries), options)


def _sure[T: (Act, Held, Measured)](entries: Sequence[Entry[T]], options: Options) -> list[Entry[T]]:
    return [entry for entry in entries if entry.told.score >= options.least_score]


def _section[T: (Act, Held, Measured)](
    ranked: Sequence[Entry[T]], sure: int, found: int, options: Options
) -> Section[T]:
    """Show the best in the order of time, and count the rest: sure ones left out, and unsure ones."""
    shown = sorted(ranked[: options.most], key=lambda entry: (day_of(entry.told), entry.told.report.id))
    return Section(tuple(shown), sure - len(shown), found - sure)

"""Many readings followed in memory; `chancery.follow.store` does the same in a ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from chancery.follow.duplicates import Report, judge, worth_comparing
from chancery.follow.found import Claim, Duplicate, Happening, PositionLine, Source, Thread
from chancery.follow.groups import Groups, Index, Item
from chancery.follow.items import Act, Held, Saying, acts, day_of, held, sayings
from chancery.follow.results import FOLLOWED, claim_of, happening_of, line_of, parted, thread_of, told_alike
from chancery.follow.shingles import Words
from chancery.records import Reading

__all__ = ["Followed", "Following", "duplicate_of", "follow"]

# A passage that so many reports hold is a publisher's form: it leads to no copy.
FORM = 30


@dataclass(frozen=True, slots=True)
class Followed:
    """What was found in many readings; each list in the order of the first telling."""

    duplicates: tuple[Duplicate, ...]
    claims: tuple[Claim, ...]
    happenings: tuple[Happening, ...]
    positions: tuple[PositionLine, ...]

    @property
    def threads(self) -> tuple[Thread, ...]:
        """The happenings that passed through several stages, or that reports contradict each other on."""
        threads = (thread_of(happening) for happening in self.happenings if happening.act in FOLLOWED)
        return tuple(thread for thread in threads if len({step.stage for step in thread.steps}) > 1)


class Following:
    """Takes in readings one by one, and joins each to what is there."""

    def __init__(self) -> None:
        self._index = Index()
        self._groups: Groups[Source] = Groups()
        self._why: dict[Source, tuple[Source, str]] = {}
        self._items: list[Item] = []
        self._copies = _Copies()

    def add(self, reading: Reading) -> Self:
        """Follow one more reading."""
        self._copies.add(reading)
        fresh: list[Item] = list(chain[Item](acts(reading), sayings(reading), held(reading)))
        for item in fresh:
            for other, reason in self._index.links(item):
                self._groups.join(other.source, item.source)
                _keep_first(self._why, item.source, (other.source, reason))
                _keep_first(self._why, other.source, (item.source, reason))
        for item in fresh:
            self._index.put(item)
        self._items += fresh
        return self

    def found(self) -> Followed:
        """Return what was found so far."""
        reasons = {source: reason for source, (_, reason) in self._why.items()}
        return Followed(
            duplicates=tuple(sorted(self._copies.found, key=lambda one: (one.report, one.other))),
            claims=self._claims(reasons),
            happenings=self._happenings(reasons),
            positions=self._positions(reasons),
        )

    def _gathered[T: (Act, Saying, Held)](self, kind: type[T]) -> list[list[T]]:
        mine = {item.source: item for item in self._items if isinstance(item, kind)}
        return [[mine[source] for source in group] for group in self._groups.groups(sorted(mine))]

    def _claims(self, reasons: Mapping[Source, str]) -> tuple[Claim, ...]:
        groups = self._gathered(Saying)
        made = (claim_of(part, reasons) for group in groups for part in told_alike(group))
        return tuple(sorted(made, key=lambda one: one.first))

    def _happenings(self, reasons: Mapping[Source, str]) -> tuple[Happening, ...]:
        made = (happening_of(part, reasons) for group in self._gathered(Act) for part in parted(group))
        return tuple(sorted(made, key=lambda one: one.tellings[0].source))

    def _positions(self, reasons: Mapping[Source, str]) -> tuple[PositionLine, ...]:
        made = (line_of(group, reasons) for group in self._gathered(Held))
        return tuple(sorted(made, key=lambda one: one.positions[0].source))


def _keep_first(why: dict[Source, tuple[Source, str]], source: Source, found: tuple[Source, str]) -> None:
    """Keep, of all reasons why a record belongs to others, the one with the first of them."""
    if source not in why or found < why[source]:
        why[source] = found


class _Copies:
    """Finds the copies among reports by their fingerprints."""

    def __init__(self) -> None:
        self.found: list[Duplicate] = []
        self._texts: dict[str, Report] = {}
        self._prints: dict[int, list[str]] = defaultdict(list)
        self._counts: dict[str, int] = {}

    def add(self, reading: Reading) -> None:
        article = reading.article
        day = day_of(reading)
        mine = Report(Words(article.text), article.publisher, day)
        prints = mine.words.fingerprints()
        shared: dict[str, int] = defaultdict(int)
        for value in prints:
            for other in self._prints[value][:FORM]:
                shared[other] += 1
            self._prints[value].append(article.id)
        for other in sorted(shared):
            if other != article.id and worth_comparing(shared[other], min(len(prints), self._counts[other])):
                self.found += duplicate_of((article.id, mine), (other, self._texts[other]))
        self._texts[article.id] = mine
        self._counts[article.id] = len(prints)


def duplicate_of(one: tuple[str, Report], other: tuple[str, Report]) -> list[Duplicate]:
    """Return the duplicate that two reports are, the later as the copy of the earlier; else nothing."""
    likeness = judge(one[1], other[1])
    if likeness.kind is None:
        return []
    (first, _), (later, _) = sorted((one, other), key=lambda pair: (pair[1].day or "", pair[0]))
    return [Duplicate(later, first, likeness.kind, round(likeness.contained, 3), likeness.reason)]


def follow(readings: Iterable[Reading]) -> Followed:
    """Follow many readings, all in memory.

    The same readings in another order give the same result, except that beyond 24
    records (30 reports) under one key, only those that came in last (first) are compared.
    """
    following = Following()
    for reading in readings:
        following.add(reading)
    return following.found()

"""The state of affairs between two sides, put together from what many reports say.

Entries that tell the same thing are one entry with its witnesses; which do is
known from following the reports (`Links`), and, where that found nothing,
from equal words. Entries are chosen by what hangs on them: graver acts first,
then how many publishers tell it, then how sure the reading is. Within a section they
stand in the order of time. What is left out is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from chancery.export.told import Links
from chancery.records import Reading
from chancery.render.phrases import published_day
from chancery.render.wording import wording
from chancery.situation.choosing import (
    UNKNOWN_DAY,
    Entry,
    Options,
    Section,
    by_turns,
    chosen,
    day_of,
    gravity,
    measure,
    varied,
)
from chancery.situation.found import Act, Held, Measured, Report, Turned, acts, held, measured, reports
from chancery.situation.rhythm import Week, rhythm
from chancery.situation.sides import Side, Sides

__all__ = ["Exposure", "Situation", "situation"]

# Words an issue needs to say what it is about.
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Exposure:
    """How much was read: what every count on the page must be held against."""

    reports: int
    naming_both: int
    publishers: tuple[tuple[str, int], ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What reports say of two sides in a span of days."""

    sides: Sides
    options: Options
    exposure: Exposure
    weeks: tuple[Week, ...]
    talks: Section[Act]
    done: dict[str, Section[Act]]
    open: Section[Act]
    denied: Section[Act]
    positions: dict[str, Section[Held]]
    changes: tuple[Turned, ...]
    figures: Section[Measured]


def situation(
    readings: Iterable[Reading],
    sides: Sides,
    options: Options | None = None,
    links: Links | None = None,
    read: Sequence[tuple[date, str]] | None = None,
) -> Situation:
    """Put the state of affairs between two sides together.

    Args:
        readings: reports in the order in which they came out; those of other days are passed over.
        sides: the two parties.
        options: which days, and how much to show.
        links: what following the reports found out; without it equal words count as one.
        read: day and publisher of every report that was read, where `readings` are only those that name both.
    """
    options, links = options or Options(), links or Links()
    counted = _Counted(options, read)
    found = list(reports(counted.through(readings), sides))
    found = [report for report in found if report.id not in links.copies]
    between = [act for report in found for act in acts(report)]
    happenings = _merged(between, _happening(links))
    weight = wording().section
    real = [entry for entry in happenings if weight[entry.told.event.status] == "happened"]
    pending = [entry for entry in happenings if weight[entry.told.event.status] == "open"]
    return Situation(
        sides=sides,
        options=options,
        exposure=counted.exposure(found),
        weeks=rhythm([entry.first for entry in real], counted.days, sides),
        talks=chosen([entry for entry in real if entry.told.mutual], gravity, options),
        done={side.id: varied(_by(real, side), options) for side in sides.both},
        open=chosen(_still_open(pending, real), gravity, options),
        denied=chosen([e for e in happenings if weight[e.told.event.status] == "denied"], gravity, options),
        positions=_positions(found, sides, options),
        changes=tuple(_turned(found, links, options))[: options.most],
        figures=chosen(_merged(chain.from_iterable(map(measured, found)), _figure), measure, options),
    )


class _Counted:
    """Passes readings on, and counts what goes by."""

    def __init__(self, options: Options, read: Sequence[tuple[date, str]] | None) -> None:
        self._options = options
        self._told = read is not None
        self._publishers = Counter(publisher or "unknown" for _, publisher in read or ())
        self.days = [day for day, _ in read or ()]

    def through(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        since, until = self._options.since or date.min, self._options.until or date.max
        for reading in readings:
            day = published_day(reading)
            if day is not None and since <= day <= until:
                if not self._told:
                    self.days.append(day)
                    self._publishers[reading.article.publisher or "unknown"] += 1
                yield reading

    def exposure(self, found: Sequence[Report]) -> Exposure:
        days = sorted(self.days)
        return Exposure(
            reports=len(days),
            naming_both=len(found),
            publishers=tuple(sorted(self._publishers.items(), key=lambda item: (-item[1], item[0]))),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )


def _merged[T: (Act, Held, Measured)](records: Iterable[T], key: Callable[[T], Hashable]) -> list[Entry[T]]:
    """Make one entry of all records with one key, worded by the surest of them, then by the first."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return [Entry(max(group, key=lambda one: one.score), tuple(group)) for group in groups.values()]


def _happening(links: Links) -> Callable[[Act], Hashable]:
    def key(act: Act) -> Hashable:
        if _mention(act):
            return act.event.act, act.source, act.target
        name = links.happenings.get((act.report.id, act.event.id))
        if name is not None:
            return name, wording().section[act.event.status]
        return act.event.act, act.event.status, act.source, act.target, act.day, _words(act)

    return key


def _mention(act: Act) -> bool:
    """Tell a mention of an act that goes on ("Russia's war against Ukraine") from the account of one.

    Hundreds of reports name a war by a noun and without a day of its own; they
    are one entry, and its count says how much it is spoken of.
    """
    real = wording().section[act.event.status] == "happened"
    timeless = act.event.time is None or act.event.status == "ongoing"
    return real and not act.mutual and timeless and act.event.why.startswith("noun")


def _words(act: Act) -> str:
    return act.report.reading.words(act.event.anchor).casefold() if not act.mutual else ""


def _figure(record: Measured) -> Hashable:
    figure = record.figure
    return figure.kind, figure.unit, figure.low, figure.high, figure.as_of


def _by(entries: Sequence[Entry[Act]], side: Side) -> list[Entry[Act]]:
    return [entry for entry in entries if not entry.told.mutual and entry.told.source == side]


def _still_open(pending: Sequence[Entry[Act]], real: Sequence[Entry[Act]]) -> list[Entry[Act]]:
    """Leave out what was planned and then told as done by the same side toward the same."""
    done: dict[Hashable, date] = {}
    for entry in real:
        act, last = entry.told, entry.last.report.day or UNKNOWN_DAY
        for pair in ((act.source, act.target), (act.target, act.source))[: 1 + act.mutual]:
            key = (act.event.act, *pair)
            done[key] = max(done.get(key, UNKNOWN_DAY), last)
    return [
        entry
        for entry in pending
        if done.get(_kind(entry), UNKNOWN_DAY) <= (entry.last.report.day or UNKNOWN_DAY)
    ]


def _kind(entry: Entry[Act]) -> Hashable:
    return entry.told.event.act, entry.told.source, entry.told.target


def _positions(found: Sequence[Report], sides: Sides, options: Options) -> dict[str, Section[Held]]:
    taken = _merged((position for report in found for position in held(report) if _telling(position)), _held)
    return {
        side.id: by_turns([entry for entry in taken if entry.told.holder == side], options)
        for side in sides.both
    }


def _telling(record: Held) -> bool:
    """Pass over issues that are a word or two: "Russia refuses: Ukraine" tells nothing."""
    return len(record.report.reading.words(record.position.issue).split()) >= FEWEST_WORDS


def _turned(found: Sequence[Report], links: Links, options: Options) -> Iterator[Turned]:
    """Yield where a position of one side toward the other turned, the latest first."""
    taken = {(one.report.id, one.position.id): one for report in found for one in held(report)}
    turns: list[Turned] = []
    for line in links.positions:
        for change in line.changes:
            before = taken.get((change.before.source.report, change.before.source.record))
            after = taken.get((change.after.source.report, change.after.source.record))
            if before and after and min(before.score, after.score) >= options.least_score:
                turns.append(Turned(after.holder, change.turn, before, after))
    yield from sorted(turns, key=lambda turned: day_of(turned.after), reverse=True)


def _held(record: Held) -> Hashable:
    words = record.report.reading.words(record.position.issue).casefold()
    return record.holder, record.position.act, " ".join(words.split())

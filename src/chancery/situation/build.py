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
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, zip_longest

from chancery.export.told import Links
from chancery.records import Reading
from chancery.render.phrases import published_day
from chancery.render.wording import wording
from chancery.situation.found import Act, Held, Measured, Report, Turned, acts, held, measured, reports
from chancery.situation.rhythm import Week, rhythm
from chancery.situation.sides import Side, Sides

__all__ = ["Entry", "Exposure", "Options", "Section", "Situation", "situation"]

# Below this an entry is as likely wrong as right on the project's gold; a printed page has no room for it.
SURE = 0.5

# Acts of one type in a section, and how many publishers or reports are as good as more.
MOST_OF_A_KIND = 3
SEVERAL = 2

# Words an issue needs to say what it is about.
FEWEST_WORDS = 3

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
    weeks: tuple[Week, ...] = ()
    talks: Section[Act] = Section()
    done: dict[str, Section[Act]] = field(default_factory=dict)
    open: Section[Act] = Section()
    denied: Section[Act] = Section()
    positions: dict[str, Section[Held]] = field(default_factory=dict)
    changes: tuple[Turned, ...] = ()
    figures: Section[Measured] = Section()


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
        talks=_chosen([entry for entry in real if entry.told.mutual], _gravity, options),
        done={side.id: _varied(_by(real, side), options) for side in sides.both},
        open=_chosen(_still_open(pending, real), _gravity, options),
        denied=_chosen([e for e in happenings if weight[e.told.event.status] == "denied"], _gravity, options),
        positions=_positions(found, sides, options),
        changes=tuple(_turned(found, links, options))[: options.most],
        figures=_chosen(_merged(chain.from_iterable(map(measured, found)), _figure), _measure, options),
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
    return [Entry(max(group, key=_score), tuple(group)) for group in groups.values()]


def _score(record: Act | Held | Measured) -> float:
    match record:
        case Act():
            return record.event.score
        case Held():
            return record.position.score
        case Measured():
            return record.figure.score


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


def _gravity(entry: Entry[Act]) -> tuple[float, ...]:
    tier = wording().act_tier[entry.told.event.act]
    return tier, -len(entry.publishers), -entry.reports, -entry.told.event.score


def _measure(entry: Entry[Measured]) -> tuple[float, ...]:
    order = list(wording().figure)
    return order.index(entry.told.figure.kind), -entry.reports, -(entry.told.figure.high or 0)


def _weighty(entry: Entry[Held]) -> tuple[float, ...]:
    return -len(entry.publishers), -entry.reports, -_score(entry.told), -_day(entry.last).toordinal()


def _chosen[T: (Act, Held, Measured)](
    entries: Sequence[Entry[T]], rank: Callable[[Entry[T]], tuple[float, ...]], options: Options
) -> Section[T]:
    sure = [entry for entry in entries if _score(entry.told) >= options.least_score]
    best = sorted(sure, key=rank)[: options.most]
    shown = sorted(best, key=lambda entry: (_day(entry.told), entry.told.report.id))
    return Section(tuple(shown), len(sure) - len(shown), len(entries) - len(sure))


def _day(record: Act | Held | Measured) -> date:
    day = record.day if isinstance(record, Act) else record.report.day
    return day or UNKNOWN_DAY


def _positions(found: Sequence[Report], sides: Sides, options: Options) -> dict[str, Section[Held]]:
    taken = _merged((position for report in found for position in held(report) if _telling(position)), _held)
    return {
        side.id: _by_turns([entry for entry in taken if entry.told.holder == side], options)
        for side in sides.both
    }


def _telling(record: Held) -> bool:
    """Pass over issues that are a word or two: "Russia refuses: Ukraine" tells nothing."""
    return len(record.report.reading.words(record.position.issue).split()) >= FEWEST_WORDS


def _by_turns(entries: Sequence[Entry[Held]], options: Options) -> Section[Held]:
    """Choose positions act by act in turn: what a side offers, refuses and demands, not eight refusals."""
    order = list(wording().position)
    section = _in_turn(entries, lambda entry: entry.told.position.act, _weighty, options)
    shown = sorted(section.entries, key=lambda e: (order.index(e.told.position.act), _day(e.told)))
    return Section(tuple(shown), section.left_out, section.unsure)


def _varied(entries: Sequence[Entry[Act]], options: Options) -> Section[Act]:
    """Choose acts that several publishers tell before others, and not only acts of the gravest type."""
    sure = [entry for entry in entries if _score(entry.told) >= options.least_score]
    kept, taken = [], Counter[str]()
    for entry in sorted(sure, key=_standing):
        if options.most is None or taken[entry.told.event.act] < MOST_OF_A_KIND:
            kept.append(entry)
            taken[entry.told.event.act] += 1
    shown = sorted(kept[: options.most], key=lambda entry: (_day(entry.told), entry.told.report.id))
    return Section(tuple(shown), len(sure) - len(shown), len(entries) - len(sure))


def _standing(entry: Entry[Act]) -> tuple[float, ...]:
    """Rank by who stands behind an act: several publishers, several reports, then how grave it is."""
    return -min(len(entry.publishers), SEVERAL), -min(entry.reports, SEVERAL), *_gravity(entry)


def _in_turn[T: (Act, Held)](
    entries: Sequence[Entry[T]],
    kind: Callable[[Entry[T]], str],
    rank: Callable[[Entry[T]], tuple[float, ...]],
    options: Options,
) -> Section[T]:
    sure = [entry for entry in entries if _score(entry.told) >= options.least_score]
    kinds: dict[str, list[Entry[T]]] = defaultdict(list)
    for entry in sorted(sure, key=rank):
        kinds[kind(entry)].append(entry)
    turns = [entry for turn in zip_longest(*kinds.values()) for entry in turn if entry is not None]
    shown = sorted(turns[: options.most], key=lambda entry: (_day(entry.told), entry.told.report.id))
    return Section(tuple(shown), len(sure) - len(shown), len(entries) - len(sure))


def _turned(found: Sequence[Report], links: Links, options: Options) -> Iterator[Turned]:
    """Yield where a position of one side toward the other turned, the latest first."""
    taken = {(one.report.id, one.position.id): one for report in found for one in held(report)}
    turns: list[Turned] = []
    for line in links.positions:
        for change in line.changes:
            before = taken.get((change.before.source.report, change.before.source.record))
            after = taken.get((change.after.source.report, change.after.source.record))
            if before and after and min(_score(before), _score(after)) >= options.least_score:
                turns.append(Turned(after.holder, change.turn, before, after))
    yield from sorted(turns, key=lambda turned: _day(turned.after), reverse=True)


def _held(record: Held) -> Hashable:
    words = record.report.reading.words(record.position.issue).casefold()
    return record.holder, record.position.act, " ".join(words.split())

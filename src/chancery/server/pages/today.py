"""The Today page: what changed since a day, for whoever opens the ledger in the morning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import Connection

from chancery.errors import ChanceryError
from chancery.follow.found import Position, Telling
from chancery.ledger.queries import names_of
from chancery.ledger.queries.filters import REAL
from chancery.ledger.queries.listing import entries_of
from chancery.render.names import shown_name
from chancery.render.phrases import day, when
from chancery.render.typeset import clean
from chancery.render.wording import wording
from chancery.server.asked import Paging
from chancery.server.desk import OnDesk
from chancery.server.links import actor_url, record_url
from chancery.server.listing import Item, Person, item_of, pieces
from chancery.server.tellings import heads_of
from chancery.server.views import View, add
from chancery.situation.since import (
    Days,
    Moved,
    NewAct,
    Restated,
    counts_of,
    last_days,
    news_of,
    reports_by_day,
    silent_in,
)

__all__ = ["router"]

router = APIRouter(tags=["today"])

# What a morning has time for: lines of each kind of act, threads and positions; the Ledger has the rest.
LINES, OPEN, DENIED, THREADS, STANCES = 6, 10, 4, 10, 8
# Lines of one act by the same parties, before others have their turn.
ALIKE = 2
# Days of the strip above the page.
STRIP = 60
EARLIEST, LATEST = date(1000, 1, 1), date(9000, 1, 1)
# The longest stretch that "before" and "after" go by.
LEAP = timedelta(366)

# Headings of what was done, and the acts under each, the gravest first.
GROUPS: Mapping[str, Sequence[str]] = {
    "Force and coercion": ("ASSAULT", "COERCE", "MOBILIZE", "RETREAT"),
    "Sanctions, threats, refusals": ("SANCTION", "THREATEN", "REJECT", "PROTEST", "ACCUSE"),
    "Talks and agreements": ("CONSULT", "AGREE", "COOPERATE", "CONCEDE"),
    "Aid, support, requests": ("AID", "SUPPORT", "REQUEST", "MESSAGE", "STATE"),
}


class OrderOfDaysError(ChanceryError):
    """The last day comes before the first."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"until ({until}) comes before since ({since}); turn them round")


class TodayAsked(Paging):
    """Which days."""

    since: date | None = Field(None, description="first day of publication; the last busy days if left out")
    until: date | None = Field(None, description="last day of publication; the end of the ledger if left out")


@dataclass(frozen=True, slots=True)
class Line:
    """An act on the page: an entry of the ledger, and who tells it."""

    item: Item
    reports: int
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading, how many more there are, and where these are listed."""

    title: str
    lines: tuple[Line, ...]
    more: int
    url: str


def today(desk: OnDesk, asked: Annotated[TodayAsked, Query()]) -> View:
    """Show what changed in some days: new acts, threads that moved, positions, silent sources, counts.

    JSON: `since`, `until`, `acts` (acts that no earlier report told: `act`, `status`,
    `reports`, `publishers`, `record`), `again` (how many known acts were told again),
    `moved` (threads: `before`, `now`, `words`, `record`), `positions` (`holder`,
    `toward`, `turn`, `before`, `after`), `silent` (sources) and `counts` (now, and
    what is usual in as many days).
    """
    with desk.connect() as connection:
        by_day = desk.kept(("days",), lambda: reports_by_day(connection))
        days = _days(asked, by_day)
        if days is None:
            return View("today.html", "Today", data=NOTHING, context={"days": None})
        return _view(connection, days, by_day)


NOTHING: Mapping[str, Any] = {
    "since": None, "until": None, "acts": [], "again": 0, "moved": [], "positions": [], "silent": [],
    "counts": [],
}  # fmt: skip


def _days(asked: TodayAsked, by_day: Mapping[date, int]) -> Days | None:
    if asked.since is None and asked.until is None:
        return last_days(by_day)
    if not by_day:
        return None
    since = asked.since or asked.until or EARLIEST
    if asked.until and asked.until < since:
        raise OrderOfDaysError(since, asked.until)
    return Days(_near(since), _near(asked.until) if asked.until else None)


def _near(asked: date) -> date:
    """Keep a day so far from the ends of the calendar that days around it can be reckoned."""
    return min(max(asked, EARLIEST), LATEST)


def _view(connection: Connection, days: Days, by_day: Mapping[date, int]) -> View:
    end = days.until or max(*by_day, days.since)
    news = news_of(connection, days)
    sections = _sections(connection, news.acts, days)
    moved = _threads(connection, news.moved)
    turned = _stances(connection, news.turned)
    silent = silent_in(connection, end)
    counts = counts_of(connection, days, end)
    rows = [_row(line) for section in sections for line in section.lines]
    data = {
        "since": days.since.isoformat(),
        "until": end.isoformat(),
        "acts": rows,
        "again": news.again,
        "moved": [{name: one[name] for name in ("before", "now", "words", "record")} for one in moved],
        "positions": [_plain(one) for one in turned],
        "silent": [asdict(one) | {"last": one.last.isoformat()} for one in silent],
        "counts": [asdict(one) for one in counts],
    }
    title = _title(days, end, by_day)
    context = {
        "days": days,
        "end": end,
        "title": title,
        "reports": counts[0].now,
        "new": len(news.acts),
        "news": news,
        "sections": sections,
        "moved": moved,
        "turned": turned,
        "silent": silent,
        "counts": [(one, _share(one.now, one.usual)) for one in counts],
        "strip": _strip(days, end, by_day),
        "around": _around(days, end, by_day),
    }
    return View("today.html", title, rows, data, context, f"since-{days.since}")


def _title(days: Days, end: date, by_day: Mapping[date, int]) -> str:
    if days.until is None and end == max(by_day):
        return f"Since {day(days.since)}"
    return when(days.since, end) or ""


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    acts: Sequence[NewAct]
    most: int
    url: str


def _sections(connection: Connection, acts: Sequence[NewAct], days: Days) -> list[Section]:
    """Choose the lines of each heading, and read only these from the ledger."""
    headings = list(_headings(acts, days))
    keys = [act.key for heading in headings for act in heading.acts[: 2 * heading.most]]
    entries = entries_of(connection, "events", keys)
    items = {entry.key: item_of(entry) for entry in entries}
    found = [_section(heading, items) for heading in headings]
    return [section for section in found if section.lines]


def _headings(acts: Sequence[NewAct], days: Days) -> Iterator[_Heading]:
    for title, kinds in GROUPS.items():
        real = [one for one in acts if one.status in REAL and one.act in kinds]
        yield _Heading(title, real, LINES, _ledger(days, act=kinds, status=REAL))
    sort = wording().section
    for title, name, most, told in (
        ("Planned, proposed, possible", "open", OPEN, ("planned", "proposed", "conditional", "possible")),
        ("Denied, or not done", "denied", DENIED, ("denied", "negated")),
    ):
        unreal = [one for one in acts if sort[one.status] == name]
        yield _Heading(title, unreal, most, _ledger(days, status=told))


def _ledger(days: Days, **filters: Iterable[str]) -> str:
    pairs = [(name, value) for name, values in filters.items() for value in values]
    pairs.append(("since", days.since.isoformat()))
    if days.until:
        pairs.append(("until", days.until.isoformat()))
    return f"/ledger/events?{urlencode(pairs)}"


def _section(heading: _Heading, items: Mapping[int, Item]) -> Section:
    lines: list[Line] = []
    seen: Counter[Any] = Counter()
    for act in heading.acts[: 2 * heading.most]:
        item = items[act.key]
        alike = item.what, *(one.name for one in (*item.who, *item.toward))
        seen[alike] += 1
        if seen[alike] <= ALIKE and len(lines) < heading.most:
            lines.append(Line(item, act.reports, tuple(clean(one) for one in act.publishers)))
    return Section(heading.title, tuple(lines), len(heading.acts) - len(lines), heading.url)


def _row(line: Line) -> dict[str, Any]:
    item = line.item
    return {
        "day": item.day,
        "actor": " | ".join(one.name for one in item.who),
        "recipient": " | ".join(one.name for one in item.toward),
        "act": item.what.upper(),
        "mode": item.more,
        "status": item.status,
        "words": "".join(piece.text for piece in item.words),
        "reports": line.reports,
        "publishers": " | ".join(line.publishers),
        "record": item.record,
    }


def _threads(connection: Connection, moved: Sequence[Moved]) -> list[dict[str, Any]]:
    tellings: list[Telling] = [one.thread.happening.tellings[-1] for one in moved[:THREADS]]
    heads = heads_of(connection, [one.source for one in tellings])
    names = names_of(connection, {party for one in moved for party in one.thread.happening.parties})
    found: list[dict[str, Any]] = []
    for one, telling in zip(moved, tellings, strict=False):
        head = heads[telling.source.report, telling.source.publisher]
        found.append(
            {
                "before": one.before,
                "now": one.now,
                "act": one.thread.happening.act.lower(),
                "people": [_person(party, names) for party in one.thread.happening.parties[:4]],
                "steps": [(step.stage, step.day) for step in one.thread.steps],
                "words": clean(telling.source.words),
                "pieces": pieces(telling.source.words),
                "publisher": clean(telling.source.publisher or ""),
                "day": telling.source.day,
                "record": record_url(head["version_key"], telling.source.record),
                "reports": len({each.source.report for each in one.thread.happening.tellings}),
            }
        )
    return found


def _person(actor: str, names: Mapping[str, str]) -> Person:
    return Person(shown_name(actor, names.get(actor, "")), actor_url(actor))


def _stances(connection: Connection, turned: Sequence[Restated]) -> list[dict[str, Any]]:
    shown = turned[:STANCES]
    heads = heads_of(connection, [one.source for each in shown for one in (each.before, each.after)])
    ids = {actor for one in shown for actor in (one.holder, one.toward) if actor}
    names = names_of(connection, ids)

    def told(position: Position) -> dict[str, Any]:
        head = heads[position.source.report, position.source.publisher]
        return {
            "verb": wording().position[position.act],
            "act": position.act,
            "day": position.source.day,
            "issue": clean(position.issue),
            "pieces": pieces(position.source.words),
            "publisher": clean(position.source.publisher or ""),
            "record": record_url(head["version_key"], position.source.record),
        }

    return [
        {
            "holder": _person(one.holder, names),
            "toward": _person(one.toward, names) if one.toward else None,
            "turn": one.turn,
            "before": told(one.before),
            "after": told(one.after),
        }
        for one in shown
    ]


def _plain(stance: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        name: {part: stance[name][part] for part in ("act", "day", "issue", "publisher", "record")}
        for name in ("before", "after")
    }
    toward = stance["toward"]
    return {"holder": stance["holder"].name, "toward": toward and toward.name, "turn": stance["turn"], **told}


def _share(now: int, usual: float | None) -> int:
    """Return how long the bar of a count is, 50 being what is usual."""
    return min(round(50 * now / usual), 100) if usual else 0


def _strip(days: Days, end: date, by_day: Mapping[date, int]) -> list[dict[str, Any]]:
    """Return the reports of the days around, as bars that lead to each day."""
    last = min(max(end + timedelta(STRIP // 4), end), max(by_day))
    last = max(last, end)
    start = last - timedelta(STRIP - 1)
    dated = [start + timedelta(at) for at in range(STRIP)]
    most = max((by_day.get(one, 0) for one in dated), default=0) or 1
    step = 100 / STRIP
    return [
        {
            "label": f"{day(one)}: {by_day[one]} report{'s' if by_day[one] > 1 else ''}",
            "url": f"/?since={one}&until={one}",
            "left": round(at * step, 2),
            "width": round(step * 0.8, 2),
            "top": round(40 - 40 * by_day[one] / most, 2),
            "height": round(40 * by_day[one] / most, 2),
            "inside": days.since <= one <= end,
        }
        for at, one in enumerate(dated)
        if by_day.get(one)
    ]


def _around(days: Days, end: date, by_day: Mapping[date, int]) -> dict[str, str | None]:
    """Return the addresses of the days with reports before and after these, as many as these are."""
    length = min(end - days.since, LEAP)
    before = [one for one in by_day if one < days.since]
    after = [one for one in by_day if one > end]
    return {
        "before": f"/?since={max(before) - length}&until={max(before)}" if before else None,
        "after": f"/?since={min(after)}&until={min(after) + length}" if after else None,
    }


add(router, "/", today)

"""The pages of two parties: whom to choose, and what each did toward the other and holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field
from sqlalchemy import Connection

from chancery.errors import ChanceryError
from chancery.follow.found import Position, PositionLine, Telling, Thread
from chancery.knowledge.finding import find_actor
from chancery.ledger.queries import names_of
from chancery.ledger.queries.between import PairRow, pairs_told
from chancery.ledger.queries.listing import Entry, entries_of
from chancery.render.wording import wording
from chancery.server import charts
from chancery.server.asked import Form, Paging
from chancery.server.desk import Desk, OnDesk
from chancery.server.links import pair_url, record_url
from chancery.server.listing import Item, item_of
from chancery.server.parties import filter_of
from chancery.server.spans import MINUTE, Run, Spanned, mondays, runs, spanned
from chancery.server.views import View, add
from chancery.situation.between import FAMILIES, OTHER, Between, Deed, Stance, between, by_week, family_of
from chancery.situation.gathering import find_side
from chancery.situation.sides import Side, Sides

__all__ = ["router"]

router = APIRouter(tags=["pairs"])

type Row = dict[str, Any]

PAIRS = 60
STANCES = 8
OPEN = 10

TITLES = {
    "verbal_cooperation": "Words of cooperation: talks, support, promises",
    "material_cooperation": "Deeds of cooperation: aid, joint work, withdrawal",
    "verbal_conflict": "Words of conflict: demands, accusations, threats, refusals",
    "material_conflict": "Deeds of conflict: sanctions, deployment, coercion, attack",
    OTHER: "Other words",
}


class SamePartyError(ChanceryError):
    """One party was named twice."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is named twice; name two different parties")


class PairsAsked(Paging):
    """Which pairs."""

    limit: Annotated[int, Field(ge=1, le=500, description="pairs at most")] = PAIRS
    party: Annotated[str | None, Field(max_length=200, description="only pairs of this one")] = None


class PairAsked(Spanned):
    """Which acts of a pair."""

    only: Literal["real", "open", "denied"] | None = Field(None, description="how real the acts are")
    family: Literal[FAMILIES] | None = Field(None, description="what they do to a relation")  # type: ignore[valid-type] # one of them
    all: bool = Field(default=False, description="acts of all days, also outside the chart")
    rows: Literal["acts", "weeks"] = Field("acts", description="what CSV holds")


@router.get("/pairs/choose", include_in_schema=False)
def choose(desk: OnDesk, first: str, second: str) -> Response:
    """Lead from the form to the page of the two that were named."""
    sides = _sides(desk, first, second)
    return RedirectResponse(pair_url(sides.first.id, sides.second.id), 303)


def pairs(desk: OnDesk, asked: Annotated[PairsAsked, Query()], form: Form) -> View:
    """List who acts toward whom most often, in both directions."""
    party = find_side(desk.ledger, asked.party) if asked.party else None
    found = _pairs(desk)
    if party:
        found = [row for row in found if party.id in {row["first"], row["second"]}]
    rows = found if form == "csv" else found[asked.offset : asked.offset + asked.limit]
    return View(
        "pairs.html",
        f"Pairs with {party.name}" if party else "Pairs",
        rows=rows,
        data={"rows": rows, "total": len(found), "limit": asked.limit, "offset": asked.offset},
        context={
            "rows": rows,
            "asked": asked,
            "total": len(found),
            "party": party,
            "pair_url": pair_url,
            "parties": sorted({row[name] for row in found for name in ("first_name", "second_name")}),
            "most": max((row["tellings"] for row in found), default=1),
        },
        file_name="pairs",
    )


def _pairs(desk: Desk) -> list[Row]:
    """Count once for all pages of pairs, which differ in what they show of it."""

    def count() -> list[Row]:
        with desk.connect() as connection:
            return _both_ways(pairs_told(connection))

    return desk.kept("pairs told", count, fresh_for=MINUTE)


def _both_ways(found: Sequence[PairRow]) -> list[Row]:
    """Put both directions of a pair into one row; who is in no table of states and bodies is left out."""
    told = {(row.source, row.target): row.tellings for row in found}
    names = {one: known[1] for pair in told for one in pair if (known := find_actor(one)) and known[0] == one}
    rows = []
    for (first, second), there in told.items():
        back = told.get((second, first), 0)
        if first in names and second in names and (there, second) > (back, first):
            rows.append(
                {
                    "first": first,
                    "first_name": names[first],
                    "second": second,
                    "second_name": names[second],
                    "first_toward_second": there,
                    "second_toward_first": back,
                    "tellings": there + back,
                }
            )
    return sorted(rows, key=lambda row: (-row["tellings"], row["first"], row["second"]))


def _sides(desk: Desk, first: str, second: str) -> Sides:
    sides = Sides(find_side(desk.ledger, first), find_side(desk.ledger, second))
    if sides.first == sides.second:
        raise SamePartyError(sides.first.name)
    return sides


class _Gathered:
    """What a state of the ledger tells of two sides, and what all weeks and forms of their page ask of it."""

    def __init__(self, connection: Connection, sides: Sides) -> None:
        self.between = between(connection, sides)
        self.weeks = by_week(self.between.deeds, sides)
        self.threads = _threads(connection, self.between)
        reads = self.between.reads
        self.reports = sum(count for _, count in reads)
        # A day long after the last report is misread, or nobody's plan yet.
        latest = _plus_year(reads[-1][0]) if reads else ""
        self.runs = runs(
            deed.day for deed in self.between.deeds if "" < deed.day < latest and deed.section != "denied"
        )


def _gathered(desk: Desk, sides: Sides) -> _Gathered:
    def gather() -> _Gathered:
        with desk.connect() as connection:
            return _Gathered(connection, sides)

    return desk.kept(("between", sides), gather)


def _plus_year(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(366)).isoformat()


@router.get("/pairs/{first}/{second}.svg", include_in_schema=False)
def pair_picture(
    desk: OnDesk, request: Request, first: str, second: str, asked: Annotated[PairAsked, Query()]
) -> Response:
    """Draw the chart of a pair's page for a reader without script."""
    sides = _sides(desk, first, second)
    return charts.picture(desk, request, lambda: _chart(_gathered(desk, sides), asked))


def pair(desk: OnDesk, first: str, second: str, asked: Annotated[PairAsked, Query()], form: Form) -> View:
    """Set side by side what two parties did toward each other, what is open, and what each holds."""
    sides = _sides(desk, first, second)
    gathered = _gathered(desk, sides)
    made = gathered.between
    days = _days(gathered, asked)
    chosen = [deed for deed in reversed(made.deeds) if _asked(deed, asked, days)]
    shown = chosen if form == "csv" else chosen[asked.offset : asked.offset + asked.limit]
    weeks = _weeks(gathered, asked)
    with desk.connect() as connection:
        acts = _worded(connection, shown)
        open_ = _worded(connection, _latest(made.open))
        data: Row = {
            "acts": [row for row, _ in acts],
            "total": len(chosen),
            "open": [row for row, _ in open_],
            "positions": {side.id: _held(connection, made.stances[side.id][:STANCES]) for side in sides.both},
        }
    data |= {
        "weeks": weeks,
        "threads": gathered.threads,
        "turned": [_turn(one) for one in made.turned],
    }
    return View(
        "pair.html",
        f"{sides.first.name} and {sides.second.name}",
        rows=data["acts"] if asked.rows == "acts" else weeks,
        data={"between": [{"id": side.id, "name": side.name} for side in sides.both]} | data,
        context=data | _about(gathered, asked) | {"acts": acts, "open": open_, "asked": asked}
        if form == "html"
        else {},
        file_name=f"{sides.first.id}-{sides.second.id}".replace(":", "-"),
    )


def _asked(deed: Deed, asked: PairAsked, days: tuple[str, str]) -> bool:
    section = {"real": "happened"}.get(asked.only or "", asked.only)
    return (
        days[0] <= deed.day <= days[1]
        and (section is None or deed.section == section)
        and (asked.family is None or deed.family == asked.family)
    )


def _days(made: _Gathered, asked: PairAsked) -> tuple[str, str]:
    """Return the days of the list: those asked for, or those of the chart."""
    span = spanned(made.runs, asked)
    if asked.all or span is None:
        return "", "~"
    first, last = asked.first or span.first, asked.last or span.last
    return first.isoformat(), last.isoformat()


def _latest(deeds: Sequence[Deed]) -> list[Deed]:
    return sorted(deeds, key=lambda deed: (deed.tellings[-1].published_day or "", deed.told.event_key))[
        : -OPEN - 1 : -1
    ]


def _about(gathered: _Gathered, asked: PairAsked) -> Row:
    made, sides = gathered.between, gathered.between.sides
    real = [deed for deed in made.deeds if deed.section == "happened"]
    return {
        "sides": sides,
        "chart": _chart(gathered, asked),
        "filters": {side.id: filter_of(side.id) for side in sides.both},
        "span": spanned(gathered.runs, asked),
        "runs": gathered.runs,
        "all_acts": len(made.deeds),
        "counts": {
            side.id: sum(deed.mutual or deed.source == side.id for deed in real) for side in sides.both
        },
        "more": {side.id: max(0, len(made.stances[side.id]) - STANCES) for side in sides.both},
        "reports": gathered.reports,
        "read_from": made.reads[0][0] if made.reads else None,
        "read_to": made.reads[-1][0] if made.reads else None,
        "verbs": wording().position,
        "pair_url": pair_url,
        "families": FAMILIES,
    }


def _chart(made: _Gathered, asked: PairAsked) -> charts.Spec | None:
    span = spanned(made.runs, asked)
    if span is None:
        return None
    counts, sides = made.weeks, made.between.sides
    families = [(name, TITLES[name]) for name in FAMILIES if any(key[2] == name for key in counts)]
    rows = [
        bar
        for monday in mondays(span.first, span.last)
        for family, _ in families
        for up, side in zip((1, -1), sides.both, strict=True)
        for bar in _bars(
            (monday, family, side, sides.other(side)),
            [counts[monday.isoformat(), side.id, family, real] for real in (True, False)],
            up,
        )
    ]
    return charts.mirrored(families, rows, (span.first, span.last), _brushed(asked, span))


def _brushed(asked: PairAsked, span: Run) -> tuple[date, date] | None:
    if not asked.asked:
        return None
    return asked.first or span.first, (asked.last or span.last) + timedelta(1)


def _bars(what: tuple[date, str, Side, Side], counts: Sequence[int], up: int) -> Iterable[Row]:
    """Lay a week's bar out: what is real next to the middle, what is not beyond it."""
    monday, family, side, other = what
    reached = 0
    for real, count in zip((True, False), counts, strict=True):
        if count:
            kind = "told as done or going on" if real else "planned, proposed or possible"
            yield {
                "family": family,
                "from": monday.isoformat(),
                "to": (monday + timedelta(6)).isoformat(),
                "low": up * reached,
                "high": up * (reached + count),
                "real": real,
                "says": f"Week of {monday:%-d %b %Y}\n{side.name} → {other.name}\n{count} {kind}",
            }
        reached += count


def _weeks(made: _Gathered, asked: PairAsked) -> list[Row]:
    """Count acts by week: the table beside the chart; weeks without any are left out."""
    span = spanned(made.runs, asked)
    counts, sides = made.weeks, made.between.sides
    rows = []
    for monday in mondays(span.first, span.last) if span else []:
        week = monday.isoformat()
        row: Row = {"from": week, "to": (monday + timedelta(6)).isoformat()}
        for side in sides.both:
            for family in (*FAMILIES, OTHER):
                for real, kind in ((True, "real"), (False, "unreal")):
                    row[f"{side.id} {family} {kind}"] = counts[week, side.id, family, real]
        if any(value for key, value in row.items() if key not in {"from", "to"}):
            rows.append(row)
    return rows


def _worded(connection: Connection, deeds: Sequence[Deed]) -> list[tuple[Row, Item]]:
    """Return acts for JSON and CSV, each with its line of a list."""
    found = entries_of(connection, "events", [deed.told.event_key for deed in deeds])
    return [(_act(deed, entry), item_of(entry)) for deed, entry in zip(deeds, found, strict=True)]


def _act(deed: Deed, entry: Entry) -> Row:
    told = deed.told
    return {
        "day": deed.day,
        "dated_by_report": told.first_day is None,
        "side": deed.source,
        "mutual": deed.mutual,
        "family": deed.family,
        "act": told.act,
        "status": told.status,
        "actors": [one.name for one in entry.who],
        "recipients": [one.name for one in entry.toward],
        "words": entry.words,
        "publisher": told.publisher,
        "published": told.published_day,
        "reports": deed.reports,
        "publishers": list(deed.publishers),
        "report": told.article_id,
        "version_key": told.version_key,
        "id": told.id,
        "record": record_url(told.version_key, told.id),
    }


def _held(connection: Connection, stances: Sequence[Stance]) -> list[Row]:
    found = entries_of(connection, "positions", [stance.told.position_key for stance in stances])
    return [
        {
            "act": stance.told.act,
            "holder": stance.told.holder,
            "issue": entry.words[slice(*entry.main)] if entry.main else entry.words,
            "condition": item_of(entry).condition,
            "published": stance.told.published_day,
            "publisher": stance.told.publisher,
            "reports": len({one.version_key for one in stance.tellings}),
            "record": record_url(stance.told.version_key, stance.told.id),
        }
        for stance, entry in zip(stances, found, strict=True)
    ]


def _threads(connection: Connection, made: Between) -> list[Row]:
    """Word the threads; the record of the last telling is known where it is of these two."""
    records = {
        (one.article_id, one.id): record_url(one.version_key, one.id)
        for deed in made.deeds
        for one in deed.tellings
    }
    parties = {one for thread in made.threads for one in thread.happening.parties}
    names = names_of(connection, {one for one in parties if _table_name(one) is None})
    return [_thread(thread, names, records) for thread in made.threads]


def _thread(thread: Thread, names: Mapping[str, str], records: Mapping[tuple[str, str], str]) -> Row:
    happening = thread.happening
    last = thread.steps[-1].tellings[-1]
    return {
        "act": happening.act,
        "family": family_of(happening.act),
        "parties": [_table_name(one) or names.get(one, one) for one in happening.parties],
        "stage": thread.stage,
        "steps": [{"day": step.day, "stage": step.stage} for step in thread.steps],
        "reports": len({one.source.report for one in happening.tellings}),
        "words": last.source.words,
        "publisher": last.source.publisher,
        "record": records.get((last.source.report, last.source.record)),
        "contradictions": [[_telling(one), _telling(other)] for one, other in thread.contradictions],
    }


def _table_name(actor: str) -> str | None:
    known = find_actor(actor)
    return known[1] if known and known[0] == actor else None


def _telling(one: Telling) -> Row:
    return {
        "day": one.source.day,
        "status": one.status,
        "words": one.source.words,
        "publisher": one.source.publisher,
    }


def _turn(line: PositionLine) -> Row:
    return {
        "holder": _table_name(line.holder) or line.holder,
        "toward": _table_name(line.toward or "") or line.toward,
        "changes": [
            {
                "turn": change.turn,
                "before": _stood(change.before),
                "after": _stood(change.after),
            }
            for change in line.changes
        ],
    }


def _stood(one: Position) -> Row:
    source = one.source
    return {"day": source.day, "act": one.act, "issue": one.issue, "publisher": source.publisher}


add(router, "/pairs", pairs)
add(router, "/pairs/{first}/{second}", pair)

"""The map: distinct events by place and time, as sharp as the reports say where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import quote_plus

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from chancery.follow.around import first_tellings
from chancery.ledger.queries.between import copies
from chancery.ledger.queries.placed import PlacedRow, events_placed, events_told
from chancery.server import charts
from chancery.server.asked import Form
from chancery.server.assets import asset_url
from chancery.server.desk import Desk, OnDesk
from chancery.server.links import with_query
from chancery.server.places import Spot, spots
from chancery.server.spans import MINUTE, Run, Spanned, mondays, runs, spanned
from chancery.server.views import View, add
from chancery.situation.between import FAMILIES, family_of, section_of
from chancery.situation.gathering import find_side
from chancery.situation.rhythm import monday_of
from chancery.situation.sides import Side

__all__ = ["router"]

router = APIRouter(tags=["map"])

WORDS = {
    "place": "place",
    "region": "region, somewhere in it",
    "country": "country, somewhere in it",
}
COMMONEST = 3  # acts named beside a place


class MapAsked(Spanned):
    """Which events are on the map."""

    only: Literal["real", "open", "denied", "all"] = Field("real", description="how real the acts are")
    family: Literal[FAMILIES] | None = Field(None, description="what the acts do to a relation")  # type: ignore[valid-type] # one of them
    party: Annotated[str | None, Field(max_length=200, description="who acts or is acted on")] = None
    area: Literal[tuple(charts.AREAS)] | None = Field(None, description="a part of the world")  # type: ignore[valid-type] # one of them


def _party(desk: Desk, asked: MapAsked) -> Side | None:
    return find_side(desk.ledger, asked.party) if asked.party else None


def _placed(
    desk: Desk, party: Side | None
) -> tuple[list[PlacedRow], dict[int, int], set[int], Sequence[int]]:
    """Read once for all days, families and parts of the world."""

    def read() -> tuple[list[PlacedRow], dict[int, int], set[int], Sequence[int]]:
        with desk.connect() as connection:
            placed = events_placed(connection, party.id if party else None)
            return placed, first_tellings(connection), copies(connection), events_told(connection)

    return desk.kept(("placed", party), read, fresh_for=MINUTE)


def _found(desk: Desk, asked: MapAsked) -> tuple[list[Spot], Run | None]:
    """Return the places with events that are asked for, of any day, and the days that the map shows."""
    party = _party(desk, asked)
    section = {"real": "happened"}.get(asked.only, asked.only)

    def find() -> tuple[list[Spot], list[Run]]:
        rows, first, gone, _ = _placed(desk, party)
        wanted = [
            row
            for row in rows
            if (section == "all" or section_of(row.status) == section)
            and (asked.family is None or family_of(row.act) == asked.family)
        ]
        found = spots(wanted, first, gone)
        return found, runs(day for spot in found for day in spot.days if day)

    found, stretches = desk.kept(("spots", party, asked.only, asked.family), find, fresh_for=MINUTE)
    return found, spanned(stretches, asked)


@router.get("/map.svg", include_in_schema=False)
def map_picture(desk: OnDesk, request: Request, asked: Annotated[MapAsked, Query()]) -> Response:
    """Draw the map for a reader without script."""
    return charts.picture(desk, request, lambda: _chart(*_found(desk, asked), asked))


def map_page(desk: OnDesk, asked: Annotated[MapAsked, Query()], form: Form) -> View:
    """Show where distinct events were: places, regions, and countries that reports say no more than."""
    found, span = _found(desk, asked)
    days = _days(span, asked)
    rows = [row for spot in found if (row := _row(spot, days))]
    rows.sort(key=lambda row: (-row["events"], row["name"]))
    shown = rows if form == "csv" else rows[asked.offset : asked.offset + asked.limit]
    told, named = _placed(desk, None)[3]
    data = {
        "places": shown,
        "total": len(rows),
        "from": days[0] if days else None,
        "to": days[1] if days else None,
    }
    context: dict[str, Any] = {}
    if form == "html":
        context = data | {
            "asked": asked,
            "party": _party(desk, asked),
            "span": span,
            "chart": _chart(found, span, asked),
            "bars": _bars(found, span),
            "chosen": _weeks(span, asked),
            "hatches": charts.hatches(),
            "areas": list(charts.AREAS),
            "families": FAMILIES,
            "events": sum(row["events"] for row in rows),
            "told": told,
            "named": named,
            "words": WORDS,
            "ledger": {row["name"]: _ledger(days, asked) + quote_plus(row["name"]) for row in shown},
        }
    return View("map.html", "Map", rows=shown, data=data, context=context, file_name="places")


def _days(span: Run | None, asked: MapAsked) -> tuple[str, str] | None:
    if span is None:
        return None
    return (asked.first or span.first).isoformat(), (asked.last or span.last).isoformat()


def _weeks(span: Run | None, asked: MapAsked) -> tuple[int, int]:
    """Number the weeks of the days asked for, from the first of the span."""
    if span is None:
        return 0, 0
    first, last = asked.first or span.first, asked.last or span.last
    return (monday_of(first) - span.first).days // 7, (monday_of(last) - span.first).days // 7


def _row(spot: Spot, days: tuple[str, str] | None) -> dict[str, Any] | None:
    inside = sorted(day for day in spot.days if day and days and days[0] <= day <= days[1])
    if not inside:
        return None
    return {
        "name": spot.name,
        "kind": spot.kind,
        "country": spot.country,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "events": len(inside),
        "first": inside[0],
        "last": inside[-1],
        "acts": [act for act, _ in spot.acts.most_common(COMMONEST)],
    }


def _ledger(days: tuple[str, str] | None, asked: MapAsked) -> str:
    """Address of the events at a place in the Ledger, but for the place's name at its end."""
    return with_query(
        "/ledger/events",
        "",
        real_only="true" if asked.only == "real" else None,
        from_=days[0] if days else None,
        to=days[1] if days else None,
        place="",
    )


def _chart(found: Sequence[Spot], span: Run | None, asked: MapAsked) -> charts.Spec | None:
    if span is None:
        return None
    ledger = _ledger(None, asked)  # the chart adds the days that are chosen
    shapes = charts.shapes()
    places: list[dict[str, Any]] = []
    weeks: list[dict[str, Any]] = []
    for spot in found:
        counts = {
            week: n
            for week, n in spot.weeks.items()
            if span.first.isoformat() <= week <= span.last.isoformat()
        }
        if not counts:
            continue
        number = len(places)
        drawn = "state" if spot.kind == "country" and spot.country not in shapes else spot.kind
        places.append(
            {
                "p": number,
                "name": spot.name,
                "kind": drawn,
                "iso": spot.country,
                "x": spot.longitude,
                "y": spot.latitude,
                "url": ledger + quote_plus(spot.name),
            }
        )
        for week, n in sorted(counts.items()):
            weeks.append({"p": number, "w": (date.fromisoformat(week) - span.first).days // 7, "n": n})
    return charts.map_of(
        places, weeks, (*_weeks(span, asked), span.first), asked.area, asset_url("world.json")
    )


def _bars(found: Sequence[Spot], span: Run | None) -> list[dict[str, Any]]:
    """Count events by week, for the strip above the slider: each bar leads to its week."""
    if span is None:
        return []
    counts: dict[str, int] = {}
    for spot in found:
        for week, n in spot.weeks.items():
            counts[week] = counts.get(week, 0) + n
    weeks = mondays(span.first, span.last)
    most = max((counts.get(week.isoformat(), 0) for week in weeks), default=0) or 1
    return [
        {
            "from": week.isoformat(),
            "to": (week + timedelta(6)).isoformat(),
            "events": counts.get(week.isoformat(), 0),
            "height": round(100 * counts.get(week.isoformat(), 0) / most, 1),
        }
        for week in weeks
    ]


add(router, "/map", map_page)

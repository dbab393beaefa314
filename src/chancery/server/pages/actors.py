"""Who is in the ledger, and the page of one actor: names, offices, words, deeds, and with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import Field
from sqlalchemy import Connection

from chancery.knowledge.finding import find_actor
from chancery.ledger.queries import Filter, names_of
from chancery.ledger.queries.between import pairs_told
from chancery.ledger.queries.listing import find_entries
from chancery.ledger.queries.who import ActorRow, Dealing, Named, Office, dealings, everybody, named, offices
from chancery.render.names import shown_name
from chancery.server import charts
from chancery.server.asked import Form, Paging
from chancery.server.desk import Desk, OnDesk
from chancery.server.links import pair_url
from chancery.server.listing import item_of
from chancery.server.parties import aliases, filter_of, party_of
from chancery.server.spans import MINUTE, busiest, mondays, runs
from chancery.server.ties import drawn, matrix, most
from chancery.server.views import View, add
from chancery.situation.between import FAMILIES

__all__ = ["router"]

router = APIRouter(tags=["actors"])

LATEST = 5
IN_MATRIX, IN_GRAPH = 20, 18

KINDS = {
    "state": "states",
    "person": "persons",
    "government_body": "government bodies",
    "international_organization": "international organizations",
    "military": "armed forces",
    "armed_group": "armed groups",
    "political_party": "parties",
    "company": "companies",
    "media": "media",
    "ngo": "non-governmental organizations",
    "population": "peoples and groups",
    "other": "others",
}


class ActorsAsked(Paging):
    """Which actors."""

    text: Annotated[str | None, Field(max_length=200, description="words of the name, or an id")] = None
    kind: Annotated[str | None, Field(max_length=40, description="state, person, military ...")] = None
    country: Annotated[str | None, Field(max_length=3, description="ISO code of their state")] = None


class ActorAsked(Paging):
    """What of an actor."""

    view: Literal["matrix", "graph"] = Field("matrix", description="with whom: a table, or a drawing")
    rows: Literal["dealings", "offices"] = Field("dealings", description="what CSV holds")
    limit: Annotated[int, Field(ge=1, le=500, description="counterparts at most")] = IN_MATRIX


def _everybody(desk: Desk) -> list[ActorRow]:
    def read() -> list[ActorRow]:
        with desk.connect() as connection:
            return everybody(connection)

    return desk.kept("everybody", read, fresh_for=MINUTE)


def actors(desk: OnDesk, asked: Annotated[ActorsAsked, Query()], form: Form) -> View:
    """List who is named, those in most reports first."""
    every = _everybody(desk)
    words = (asked.text or "").casefold().split()
    found = [row for row in every if _named_so(row, words) and asked.country in {None, "", row.country}]
    kinds = Counter(row.kind for row in found)
    found = [row for row in found if asked.kind in {None, "", row.kind}]
    shown = found if form == "csv" else found[asked.offset : asked.offset + asked.limit]
    rows = [asdict(row) for row in shown]
    return View(
        "actors.html",
        "Actors",
        rows=rows,
        data={
            "rows": rows,
            "total": len(found),
            "kinds": kinds,
            "limit": asked.limit,
            "offset": asked.offset,
        },
        context={
            "rows": rows,
            "total": len(found),
            "every": len(every),
            "kinds": {kind: kinds[kind] for kind in KINDS if kinds[kind]},
            "labels": KINDS,
            "asked": asked,
            "most": max((row["reports"] for row in rows), default=1),
        },
        file_name="actors",
    )


def _named_so(row: ActorRow, words: Sequence[str]) -> bool:
    name = f"{row.name} {row.actor}".casefold()
    return all(word in name for word in words)


class _About:
    """What a state of the ledger tells of an actor."""

    def __init__(self, connection: Connection, actor: str) -> None:
        self.actor = actor
        self.told: list[Named] = named(connection, actor)
        self.offices: list[Office] = offices(connection, actor)
        self.dealings: Sequence[Dealing] = dealings(connection, party_of(actor))
        others = {one.other for one in self.dealings if find_actor(one.other) is None}
        self.matrix = matrix(self.dealings, names_of(connection, others))
        wanted = _wanted(actor)
        self.latest = {
            kind: [item_of(entry) for entry in find_entries(connection, kind, wanted)]
            for kind in ("statements", "events", "positions")
        }

    @property
    def name(self) -> str:
        """The name to show: that of the tables, or the one that most reports give."""
        counted = Counter(one.name for one in self.told).most_common(1)
        own = counted[0][0] if counted else self.actor
        if (known := find_actor(self.actor)) and known[0] == self.actor:
            own = known[1]
        return shown_name(self.actor, own, self.told[-1].kind if self.told else None)


def _wanted(actor: str) -> Filter:
    """Return the filter of the latest that an actor, or whoever belongs to it, said, did and holds."""
    match filter_of(actor):
        case {"country": state}:
            return Filter(countries=(state,), limit=LATEST)
        case {"organization": body}:
            return Filter(organizations=(body,), limit=LATEST)
        case _:
            return Filter(actors=(actor,), limit=LATEST)


def _about(desk: Desk, actor: str) -> _About:
    def read() -> _About:
        with desk.connect() as connection:
            return _About(connection, actor)

    about = desk.kept(("actor", actor), read)
    if not about.told and not about.dealings:
        known = find_actor(actor)
        if known is None:
            raise HTTPException(404, f"No report in this ledger names {actor!r}; look among the actors.")
    return about


@router.get("/actors/{actor}.svg", include_in_schema=False)
def actor_picture(desk: OnDesk, request: Request, actor: str) -> Response:
    """Draw the graph of an actor for a reader without script."""
    return charts.picture(desk, request, lambda: _graph(desk, _about(desk, actor)))


def actor_page(desk: OnDesk, actor: str, asked: Annotated[ActorAsked, Query()], form: Form) -> View:
    """Say who an actor is, what he said and did, and with whom he has to do."""
    about = _about(desk, actor)
    every = about.matrix
    shown = every if form == "csv" else every[asked.offset : asked.offset + asked.limit]
    held = [asdict(one) for one in about.offices]
    data = {
        "id": actor,
        "name": about.name,
        "names": _names(about),
        "kind": _last(about.told, "kind"),
        "country": _last(about.told, "country"),
        "wikidata": _last(about.told, "wikidata"),
        "reports": len(about.told),
        "first_named": next((one.day for one in about.told if one.day), None),
        "last_named": next((one.day for one in reversed(about.told) if one.day), None),
        "offices": held,
        "dealings": shown,
        "others": len(every),
    }
    context: dict[str, Any] = {}
    if form == "html":
        context = data | {
            "asked": asked,
            "filter": filter_of(actor),
            "own": party_of(actor).state,
            "latest": about.latest,
            "organizations": {one["organization"] for one in held},
            "families": [*FAMILIES],
            "most": most(every),
            "chart": _graph(desk, about) if asked.view == "graph" else None,
            "publishers": Counter(one.publisher or "publisher unknown" for one in about.told).most_common(8),
            "bars": _bars(about.told),
            "kinds": KINDS,
            "pair_url": pair_url,
            "pages": {one["other"] for one in shown if find_actor(one["other"])},
        }
    rows = shown if asked.rows == "dealings" else held
    return View(
        "actor.html", about.name, rows=rows, data=data, context=context, file_name=actor.replace(":", "-")
    )


def _last(told: Sequence[Named], name: str) -> Any:  # noqa: ANN401 - whatever the column holds
    return next((value for one in reversed(told) if (value := getattr(one, name))), None)


def _names(about: _About) -> list[str]:
    counted = Counter(one.name for one in about.told)
    found = dict.fromkeys([about.name, *(name for name, _ in counted.most_common()), *aliases(about.actor)])
    return [name for name in found if name != about.actor]


def _bars(told: Sequence[Named]) -> list[dict[str, Any]]:
    """Count by week the reports that name an actor, in the busiest stretch."""
    days = [one.day for one in told if one.day]
    run = busiest(runs(days))
    if run is None:
        return []
    counts = Counter(days)
    weeks = []
    for monday in mondays(run.first, run.last):
        last = monday.fromordinal(monday.toordinal() + 6)
        inside = sum(counts[monday.fromordinal(monday.toordinal() + n).isoformat()] for n in range(7))
        weeks.append((monday, last, inside))
    highest = max(inside for *_, inside in weeks) or 1
    return [
        {"from": first, "to": last, "reports": inside, "height": round(100 * inside / highest, 1)}
        for first, last, inside in weeks
    ]


def _graph(desk: Desk, about: _About) -> charts.Spec | None:
    def count() -> dict[tuple[str, str], int]:
        with desk.connect() as connection:
            return {(row.source, row.target): row.tellings for row in pairs_told(connection)}

    told = desk.kept("tellings of pairs", count, fresh_for=MINUTE)
    return drawn((about.actor, about.name), about.matrix[:IN_GRAPH], told)


add(router, "/actors", actors)
add(router, "/actors/{actor}", actor_page)

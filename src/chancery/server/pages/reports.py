"""The Report page: the text with everything marked, the entries beside it, and what is known of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request
from sqlalchemy import Connection

from chancery.errors import LedgerError
from chancery.ledger.corrections import find_corrections
from chancery.ledger.queries.reports import copies_of, version_head, wordings_of
from chancery.ledger.revisions import changes
from chancery.records import Reading
from chancery.render.cards import Card
from chancery.render.html import Report, Row, report_of
from chancery.render.names import Names
from chancery.render.pointers import lines_of
from chancery.server.asked import Form
from chancery.server.desk import Desk, OnDesk
from chancery.server.security import form_token
from chancery.server.views import View, add

__all__ = ["Sheet", "VersionKey", "arranged", "flat", "router", "sheet", "shown"]

router = APIRouter(tags=["reports"])

VersionKey = Annotated[int, Path(ge=1, le=2**53, description="the version of a report, as lists give it")]

# Weight of a part of a long report: about the bytes of its page. The longest of the
# stream, a press conference of 20,000 words, comes in three parts.
HEAVY = 260_000
OF_CARD, OF_SEGMENT = 620, 130

# Changes of a wording that are shown; an overhauled report has hundreds.
CHANGES = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A reading arranged for the page, and in parts where it is long."""

    reading: Reading
    report: Report
    parts: Sequence[Sequence[Row]]
    cards: Sequence[Card]


def sheet(desk: Desk, version_key: int) -> Sheet:
    """Arrange a version of a report; kept while the ledger does not change.

    Raises:
        HTTPException: there is no such version, or it was never read.
    """
    return desk.kept(("sheet", version_key), lambda: _sheet(desk, version_key))


def _sheet(desk: Desk, version_key: int) -> Sheet:
    try:
        return arranged(desk.ledger.reading(version_key))
    except LedgerError as error:
        raise HTTPException(404, "There is no such report in the ledger.") from error


def arranged(reading: Reading) -> Sheet:
    """Arrange any reading."""
    report = report_of(reading)
    return Sheet(reading, report, list(_parts(report.rows)), list(_all_cards(report.rows)))


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    part: list[Row] = []
    weight = 0
    for row in rows:
        own = OF_CARD * sum(1 for _ in flat(row.cards)) + OF_SEGMENT * len(row.segments)
        if part and weight + own > HEAVY:
            yield part
            part, weight = [], 0
        part.append(row)
        weight += own
    yield part


def flat(cards: Sequence[Card]) -> Iterator[Card]:
    """Yield cards, each before those that hang on it."""
    for card in cards:
        yield card
        yield from flat(card.children)


def _all_cards(rows: Sequence[Row]) -> Iterator[Card]:
    for row in rows:
        yield from flat(row.cards)


def report(
    desk: OnDesk,
    version_key: VersionKey,
    request: Request,
    form: Form,
    part: Annotated[int, Query(ge=1, le=1000, description="part of a long report, on the page")] = 1,
    at: Annotated[str, Query(max_length=40, description="entry whose part is shown, such as e3")] = "",
) -> View:
    """Show one report: all that was read in it, other wordings, reports with the same words, corrections.

    JSON is the reading, with the fields that `chancery schema` describes, and beside them
    `version_key`, `wordings`, `copies` and `corrections`. CSV has one row an entry.
    """
    made = sheet(desk, version_key)
    with desk.connect() as connection:
        about = _about(connection, version_key)
    number = _part_of(made, at, part)
    context = about | shown(made, number)
    context |= {"version_key": version_key, "most_changes": CHANGES, "token": form_token(request)}
    return View(
        "report.html",
        made.report.title,
        rows=entry_rows(made) if form == "csv" else (),
        data=_data(made, version_key, about) if form == "json" else {},
        context=context,
        file_name=f"report-{version_key}",
    )


def shown(made: Sheet, part: int) -> dict[str, Any]:
    """Return what templates show of an arranged report."""
    return {
        "sheet": made,
        "report": made.report,
        "rows": made.parts[part - 1],
        "part": part,
        "entry_at": _to_entry(made, part),
        "speakers": list(speakers(made)),
        "figures": [card for card in made.cards if card.kind == "figure"],
    }


def _to_entry(made: Sheet, part: int) -> Callable[[Card], str]:
    """Return what leads to an entry: of a report in parts, by its part."""
    here = {card.anchor for row in made.parts[part - 1] for card in flat(row.cards)}
    return lambda card: f"#{card.anchor}" if card.anchor in here else f"?at={card.anchor}#{card.anchor}"


def _part_of(made: Sheet, anchor: str, part: int) -> int:
    """Return the part that holds an entry or a line; else the one that was asked for, as far as there are."""
    name = anchor.removesuffix("-w")
    for number, rows in enumerate(made.parts, 1):
        if name and any(row.anchor == name for row in rows):
            return number
        if name and any(card.anchor == name for row in rows for card in flat(row.cards)):
            return number
    return min(part, len(made.parts))


def _about(connection: Connection, version_key: int) -> dict[str, Any]:
    head = version_head(connection, version_key)
    wordings = wordings_of(connection, head["report_key"])
    for before, after in pairwise(wordings):
        after["changes"] = _changes(before, after)
    return {
        "head": head,
        "wordings": wordings,
        "copies": copies_of(connection, version_key),
        "corrections": find_corrections(connection, version_key=version_key),
    }


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = changes((before["title"], before["text"]), (after["title"], after["text"]))
    pointer = lines_of(after["text"]).pointer
    return [
        {
            "field": one.field,
            "at": pointer((one.at, one.at + len(one.after))) if one.field == "text" else "",
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]


def _data(made: Sheet, version_key: int, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the reading, and what JSON adds to it; the texts of other wordings have their own addresses."""
    wordings = [{name: value for name, value in one.items() if name != "text"} for one in about["wordings"]]
    more = {"wordings": wordings, "copies": about["copies"], "corrections": about["corrections"]}
    return {**made.reading.model_dump(mode="json"), "version_key": version_key, **more}


def entry_rows(made: Sheet) -> list[dict[str, Any]]:
    """Return one row an entry, in the order of the page."""
    return [
        {
            "kind": card.kind,
            "id": card.id,
            "place": card.pointer,
            "act": card.label,
            "who": card.head,
            "words": card.body,
            "status": card.status,
            "notes": list(card.notes),
            "checked": card.checked or None,
        }
        for card in made.cards
    ]


@dataclass(frozen=True, slots=True)
class Chain:
    """Who speaks through whom: the outermost voice first, and where."""

    names: Sequence[str]
    where: Sequence[Card]


def speakers(made: Sheet) -> Iterator[Chain]:
    """Yield the chains of speakers, those that speak most often first."""
    reading = made.reading
    names = Names(reading)
    statements = {one.id: one for one in reading.statements}
    cards = {card.id: card for card in made.cards if card.kind == "statement"}
    found: dict[tuple[str, ...], list[Card]] = {}
    for statement in reading.statements:
        chain, seen = [names.speaker(statement)], {statement.id}
        outer = statements.get(statement.within or "")
        while outer is not None and outer.id not in seen:
            seen.add(outer.id)
            chain.append(names.speaker(outer))
            outer = statements.get(outer.within or "")
        if statement.id in cards:
            found.setdefault(tuple(reversed(chain)), []).append(cards[statement.id])
    for chain_names, where in sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0].at)):
        yield Chain(chain_names, where)


add(router, "/reports/{version_key}", report)

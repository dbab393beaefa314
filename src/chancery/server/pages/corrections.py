"""Corrections: the page of one entry with its forms, and the list of all with undo."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from chancery.follow.correcting import correct_followed, undo_followed
from chancery.ledger.corrected import PARTIES, Action, Correctable, anchor_of, values_of
from chancery.ledger.corrections import Wish, find_corrections
from chancery.records import ActorSlot, Event, Position, Reading, Statement
from chancery.render.cards import Card
from chancery.render.marks import showable
from chancery.render.names import Names
from chancery.render.wording import wording
from chancery.server.asked import Form, Paging
from chancery.server.desk import Desk, OnDesk
from chancery.server.forms import fields, see_other, send
from chancery.server.links import report_url
from chancery.server.pages.reports import Sheet, VersionKey, sheet
from chancery.server.security import form_token
from chancery.server.views import View, add, respond, to_page
from chancery.server.whom import whom

__all__ = ["router"]

router = APIRouter(tags=["corrections"])

type Kind = Literal["statement", "event", "position", "figure"]
RecordId = Annotated[str, Path(max_length=200)]
ENTRY = "/reports/{version_key}/{kind}/{record_id:path}"

# Characters of the report that are shown around the words of an entry.
AROUND = 300
OPENING = "… "

LABELS = {
    "speaker": "Who speaks",
    "addressee": "Spoken to",
    "holder": "Whose position it is",
    "toward": "Toward",
    "actor": "Who acts",
    "recipient": "Acted on",
    "act": "Act",
    "status": "How real it is",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A field of the form: what it is called, what it holds now, and what it may hold."""

    name: str
    label: str
    value: str
    person: str = ""
    choices: Sequence[tuple[str, str]] = ()

    @property
    def field(self) -> str:
        """The field of the record."""
        return self.name.partition(".")[0]

    @property
    def slot(self) -> int:
        """Which of several parties it is."""
        return int(self.name.partition(".")[2] or 0)


@router.get(ENTRY, include_in_schema=False)
def entry(
    desk: OnDesk, version_key: VersionKey, kind: Kind, record_id: RecordId, request: Request
) -> Response:
    """Show one entry with the words around it, and a form to accept, change or reject it."""
    made = sheet(desk, version_key)
    record, card = _entry(made, kind, record_id)
    context = {
        "report": made.report,
        "version_key": version_key,
        "card": replace(card, children=()),
        "back": _to(made, version_key, card),
        "stretches": list(_around(made.reading, record)),
        "inputs": list(_inputs(made.reading, kind, record)),
        "people": [(actor.id, actor.name) for actor in made.reading.actors],
        "token": form_token(request),
    }
    return respond(
        to_page(View("entry.html", f"Correct {kind} {card.name}", context=context), "html", request), request
    )


def _entry(made: Sheet, kind: str, record_id: str) -> tuple[Correctable, Card]:
    records: Sequence[Correctable] = getattr(made.reading, f"{kind}s")
    record = next((one for one in records if one.id == record_id), None)
    card = next((one for one in made.cards if one.kind == kind and one.id == record_id), None)
    if record is None or card is None:
        raise HTTPException(404, f"The report has no such {kind}; it may have been rejected.")
    return record, card


def _to(made: Sheet, version_key: int, card: Card) -> str:
    """Return the address of an entry on the Report page."""
    part = f"?at={card.anchor}" if len(made.parts) > 1 else ""
    return f"{report_url(version_key)}{part}#{card.anchor}"


def _around(reading: Reading, record: Correctable) -> Iterator[tuple[str, bool]]:
    """Yield the words of an entry with what stands around them, in stretches: (words, whether its own)."""
    text = showable(reading.article.text)
    spans = sorted(anchor_of(record))
    first = spans[0][0]
    paragraph = text.rfind("\n\n", 0, first)
    at = max(text.rfind(" ", 0, max(first - AROUND, 0)) + 1, paragraph + 2 if paragraph >= 0 else 0)
    if at > max(paragraph + 2, 0):
        yield OPENING, False
    for start, end in spans:
        between = text[at:start]
        yield (between if len(between) < 2 * AROUND else f"{between[:AROUND]} … {between[-AROUND:]}"), False
        yield text[max(start, at) : end], True
        at = max(at, end)
    end = text.find("\n\n", at)
    after = text[at : len(text) if end < 0 else end]
    yield (after if len(after) < AROUND else f"{after[:AROUND].rpartition(' ')[0]} …"), False


def _inputs(reading: Reading, kind: str, record: Correctable) -> Iterator[Input]:
    """Yield the fields that can be changed, as they stand."""
    names = Names(reading)
    match record:
        case Statement():
            speaker = record.speaker
            held = " | ".join(speaker.actors) or speaker.actor or ""
            yield Input("speaker", LABELS["speaker"], held, names.speaker(record))
            yield _party(names, "addressee", record.addressee)
        case Event():
            for role, slots in (("actor", record.actor), ("recipient", record.recipient)):
                for number, slot in enumerate(slots):
                    yield replace(_party(names, role, slot), name=f"{role}.{number}")
                more = f"{LABELS[role]}, too" if slots else LABELS[role]
                yield Input(f"{role}.{len(slots)}", more, "")
            yield _choice(kind, "act", record.act)
            yield _choice(kind, "status", record.status)
        case Position():
            yield _party(names, "holder", ActorSlot(span=None, actor=record.holder))
            yield _party(names, "toward", ActorSlot(span=None, actor=record.toward))
            yield _choice(kind, "act", record.act)


def _party(names: Names, field: str, slot: ActorSlot | None) -> Input:
    shown = names.slot(slot) if slot and (slot.actor or slot.span) else ""
    return Input(field, LABELS[field], (slot.actor if slot else None) or "", shown)


def _choice(kind: str, field: str, value: str) -> Input:
    words: Mapping[str, str] = wording().status if field == "status" else {}
    if kind == "position":
        words = wording().position
    return Input(
        field,
        LABELS[field],
        value,
        choices=[(one, words.get(one, one.lower())) for one in values_of(kind, field)],
    )


@router.post(ENTRY, include_in_schema=False)
async def change(
    desk: OnDesk, version_key: VersionKey, kind: Kind, record_id: RecordId, request: Request
) -> Response:
    """Accept, change or reject one entry."""
    sent = fields(await send(request))
    return see_other(await run_in_threadpool(_change, desk, version_key, (kind, record_id), sent))


@router.post("/reports/{version_key}/check", include_in_schema=False)
async def accept(desk: OnDesk, version_key: VersionKey, request: Request) -> Response:
    """Accept one entry, from the Report page."""
    sent = fields(await send(request))
    kind, _, record_id = sent.get("entry", "").partition(":")
    if kind not in {"statement", "event", "position", "figure"}:
        raise HTTPException(400, "No entry was named.")
    return see_other(await run_in_threadpool(_change, desk, version_key, (kind, record_id), {"do": "accept"}))


def _change(desk: Desk, version_key: int, which: tuple[Any, str], sent: Mapping[str, str]) -> str:
    kind, record_id = which
    made = sheet(desk, version_key)
    record, card = _entry(made, kind, record_id)
    action: Action = {"accept": "accept", "reject": "reject"}.get(sent.get("do", ""), "change")  # type: ignore[assignment]
    plain = Wish(kind, record_id, action, made_by=sent.get("who"), reason=sent.get("why"))
    if action == "change":
        with desk.connect() as connection:
            wishes = list(
                _changes(connection, made.reading, _inputs(made.reading, kind, record), plain, sent)
            )
        if not wishes:
            raise HTTPException(
                400, "Nothing was changed: change a field, or say that the entry is right or is none."
            )
    else:
        wishes = [plain]
    with desk.writing() as ledger:
        correct_followed(ledger, version_key, *wishes)
    return f"{report_url(version_key)}#corrections" if action == "reject" else _to(made, version_key, card)


def _changes(
    connection: Connection, reading: Reading, inputs: Iterator[Input], plain: Wish, sent: Mapping[str, str]
) -> Iterator[Wish]:
    """Yield a wish for each field that was changed; later slots first, so that none moves under another."""
    changed = [one for one in inputs if one.name in sent and sent[one.name].strip() != one.value]
    for one in sorted(changed, key=lambda one: -one.slot):
        value = sent[one.name].strip()
        if one.field in PARTIES:
            found, actor = whom(connection, reading, value)
            yield replace(plain, field=one.field, slot=one.slot, value=found, actor=actor)
        else:
            yield replace(plain, field=one.field, value=value)


@router.post("/corrections/{correction_key}/undo", include_in_schema=False)
async def undo(desk: OnDesk, correction_key: VersionKey, request: Request) -> Response:
    """Take a correction back."""
    sent = fields(await send(request))
    await run_in_threadpool(_undo, desk, correction_key)
    return see_other(sent.get("back") or "/corrections")


def _undo(desk: Desk, correction_key: int) -> None:
    with desk.writing() as ledger:
        undo_followed(ledger, correction_key)


def corrections(desk: OnDesk, request: Request, paging: Annotated[Paging, Query()], form: Form) -> View:
    """List what people corrected, the latest first, each with the record as it was extracted."""
    limit, offset = (None, 0) if form == "csv" else (paging.limit, paging.offset)
    with desk.connect() as connection:
        rows = find_corrections(connection, limit=limit, offset=offset)
    opened = [row | {"original": json.loads(row["original"])} for row in rows]
    return View(
        "corrections.html",
        "Corrections",
        rows=rows,
        data={"rows": opened, "limit": paging.limit, "offset": paging.offset},
        context={"rows": rows, "paging": paging, "token": form_token(request)},
        file_name="corrections",
    )


add(router, "/corrections", corrections)

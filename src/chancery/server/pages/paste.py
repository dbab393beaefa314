"""Read a report that somebody pastes or drops: read, shown as the Report page shows it, kept or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from chancery.articles.moment import moment
from chancery.errors import ChanceryError, InputError, LedgerError
from chancery.follow.correcting import add_followed
from chancery.ledger import Entry
from chancery.server.desk import Desk, OnDesk
from chancery.server.forms import fields, see_other, send
from chancery.server.links import report_url
from chancery.server.pages.reports import arranged, shown
from chancery.server.room import LARGEST, PASTED, Given, Lying
from chancery.server.security import form_token
from chancery.server.views import View, respond, to_page

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

Name = Annotated[str, Path(max_length=40)]
LONGEST = {"publisher": 200, "title": 500, "url": 2000}
TOO_LARGE = (
    f"This is larger than {LARGEST:,} bytes, which no single report is. "
    "Split it, or read it with: chancery ingest LEDGER FILE"
)


@router.get("/paste")
def paste(request: Request) -> Response:
    """Show the form."""
    return _form(request, {}, None, 200)


def _form(request: Request, sent: Mapping[str, str], complaint: str | None, status: int) -> Response:
    context = {"token": form_token(request), "sent": sent, "complaint": complaint, "largest": LARGEST}
    page = to_page(View("paste.html", "Read a report", context=context), "html", request)
    return respond(replace(page, status=status), request)


@router.post("/paste")
async def read(desk: OnDesk, request: Request) -> Response:
    """Read what was sent; the answer comes when it is read, and other pages meanwhile."""
    form = await send(request)
    sent = fields(form)
    try:
        given = await _given(form, sent)
        name = await run_in_threadpool(desk.room.read, given, request.state.browser)
    except ChanceryError as error:
        if not isinstance(error, InputError | LedgerError) and type(error) is not ChanceryError:
            raise
        status = 413 if str(error) == TOO_LARGE else 400
        return _form(request, sent, _complaint(error), status)
    return see_other(f"/paste/{name}")


def _complaint(error: ChanceryError) -> str:
    if isinstance(error, InputError):
        mend = error.mend.replace("--force", "tick the box")
        return f"{error.problem[:1].upper()}{error.problem[1:]}; {mend}."
    return f"{str(error)[:1].upper()}{str(error)[1:]}"


async def _given(form: FormData, sent: Mapping[str, str]) -> Given:
    """Check what was sent.

    Raises:
        LedgerError: it is too large, or what is said of it cannot be.
    """
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        data, name = await file.read(LARGEST + 1), file.filename
    else:
        data, name = sent.get("text", "").encode(), None
    if len(data) > LARGEST:
        raise LedgerError(TOO_LARGE)
    if not data.strip():
        raise InputError(PASTED, "nothing to read", "paste a text, or choose a file")
    said = {field: sent.get(field, "").strip() or None for field in ("publisher", "title", "url")}
    for field, value in said.items():
        if value and len(value) > LONGEST[field]:
            raise LedgerError(f"the {field} is longer than {LONGEST[field]} characters")
    if said["url"] and not re.match(r"https?://[^\s/]", said["url"]):
        raise LedgerError("an address begins with https:// or http://")
    day = sent.get("date", "").strip()
    published = moment(day) if day else None
    if day and published is None:
        raise LedgerError(f"{day!r} is no date; write a day as 2022-02-10")
    return Given(data, name, published, force="force" in sent, **said)


def _lying(desk: Desk, name: str, request: Request) -> Lying:
    found = desk.room.lying(name, request.state.browser)
    if found is None:
        raise HTTPException(404, "This report is not here any more: it was kept, thrown away, or is too old.")
    return found


@router.get("/paste/{name}.json")
def pasted_json(desk: OnDesk, name: Name, request: Request) -> Response:
    """Give the reading of a report that was read."""
    lying = _lying(desk, name, request)
    view = View("", "", data=lying.done.reading.model_dump(mode="json"))
    return respond(to_page(view, "json", request), request)


@router.get("/paste/{name}")
def pasted(
    desk: OnDesk, name: Name, request: Request, part: Annotated[int, Query(ge=1, le=1000)] = 1
) -> Response:
    """Show a report that was read, and ask whether to keep it."""
    lying = _lying(desk, name, request)
    made = arranged(lying.done.reading)
    context = shown(made, min(part, len(made.parts))) | {
        "token": form_token(request),
        "more_reports": lying.more,
        "notes": lying.done.reading.notes,
    }
    view = View("pasted.html", made.report.title, context=context)
    return respond(to_page(view, "html", request), request)


@router.post("/paste/{name}/keep")
async def keep(desk: OnDesk, name: Name, request: Request) -> Response:
    """Put a report that was read into the ledger."""
    await send(request)
    lying = _lying(desk, name, request)
    return see_other(report_url(await run_in_threadpool(_keep, desk, name, lying)))


def _keep(desk: Desk, name: str, lying: Lying) -> int:
    done = lying.done
    with desk.writing() as ledger:
        added = add_followed(ledger, Entry(done.reading, done.file, done.place, done.maker))
    desk.room.forget(name)
    return added.version_key


@router.post("/paste/{name}/discard")
async def discard(desk: OnDesk, name: Name, request: Request) -> Response:
    """Throw a report away that was read."""
    await send(request)
    _lying(desk, name, request)
    desk.room.forget(name)
    return see_other("/paste")

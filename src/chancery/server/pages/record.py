"""The Record page: one statement, event, position or figure, and all reports that tell the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request, Response
from sqlalchemy import Connection

from chancery.export.annotations import CONTEXT, annotate, name_of
from chancery.ledger.corrections import find_corrections
from chancery.ledger.rebuilding import readings_of
from chancery.records import Reading
from chancery.render.phrases import day
from chancery.render.typeset import clean
from chancery.render.wording import wording
from chancery.server.desk import OnDesk, Page
from chancery.server.dossier import Record, codes_of, dossier_of, find_record
from chancery.server.links import entry_url, record_url
from chancery.server.listing import pieces
from chancery.server.tellings import Telling, Tellings, tellings_of
from chancery.server.views import View, add, json_page, respond

__all__ = ["router"]

router = APIRouter(tags=["records"])

# Kinds of records that a page of a record has no use for: half of the time of reading them back.
UNUSED = ("mentions", "times", "unattributed")

type VersionKey = Annotated[int, Path(ge=1, le=2**63 - 1, description="key of a version of a report")]
type RecordId = Annotated[str, Path(max_length=200, description="id of a record in it, such as e3")]


@dataclass(frozen=True, slots=True)
class _Found:
    version_key: int
    reading: Reading
    kind: str
    record: Record


def _find(connection: Connection, version_key: int, record_id: str) -> _Found:
    for _, reading in readings_of(connection, [version_key], without=UNUSED):
        found = find_record(reading, record_id)
        if found:
            return _Found(version_key, reading, *found)
        raise HTTPException(404, f"The report has no record {record_id!r}; see /reports/{version_key}")
    raise HTTPException(404, f"The ledger has no reading of a report version {version_key}.")


@router.get("/records/{version_key}/{record_id}.annotation.json", response_class=Response)
def record_annotation(
    desk: OnDesk, version_key: VersionKey, record_id: RecordId, request: Request
) -> Response:
    """Give a record as a W3C Web Annotation (JSON-LD)."""

    def make() -> Page:
        with desk.connect() as connection:
            found = _find(connection, version_key, record_id)
        name = name_of(found.reading, record_id)
        made = next(one for one in annotate(found.reading) if one["id"] == name)
        return json_page({"@context": CONTEXT, **made}, "application/ld+json")

    return respond(desk.kept(("annotation", version_key, record_id), make), request)


def record(desk: OnDesk, version_key: VersionKey, record_id: RecordId, request: Request) -> View:
    """Show one record: its words, all reports that tell it, who had it first, how it went on, its codes.

    JSON: `kind`, `record` (as in the records' schema), `report` (where it stands),
    `sentence`, `told` (the reports that tell the same, the first first), `first`
    (the reports of the first day), `stages` (of an act over time), `codes`,
    `copies` of its report, and `corrections` made to it.
    """
    with desk.connect() as connection:
        found = _find(connection, version_key, record_id)
        told = tellings_of(connection, found.kind, version_key, record_id)
        made = [
            one
            for one in find_corrections(connection, version_key=version_key)
            if (one["kind"], one["record_id"]) == (found.kind.removesuffix("s"), record_id)
        ]
    dossier = dossier_of(found.reading, version_key, found.record)
    article = found.reading.article
    head = {
        "version_key": version_key, "id": article.id, "url": article.url, "publisher": article.publisher,
        "title": article.title, "published": str(article.published) if article.published else None,
    }  # fmt: skip
    codes = codes_of(found.record)
    sentence = "".join(piece.text for piece in dossier.sentence)
    tellers = told.told or (_alone(found, sentence),)
    data = {
        "kind": dossier.kind,
        "record": found.record.model_dump(mode="json"),
        "report": head,
        "sentence": sentence,
        "told": [_row(one) for one in tellers],
        "first": [_row(one) for one in _first(tellers)],
        "stages": _stages(told),
        "codes": [{"label": one.label, "value": one.text, "note": one.note} for one in codes],
        "copies": [asdict(one) for one in told.copies],
        "corrections": made,
    }
    context = {
        "dossier": dossier,
        "head": head,
        "codes": codes,
        "method": [part.strip() for part in clean(found.record.method).split("|")],
        "score": found.record.score,
        "followed": told.followed,
        "why_one": told.reason[:1].upper() + clean(told.reason)[1:],
        "told": [_shown(one) for one in tellers],
        "first": _first_in_words(tellers),
        "how": any(one.status for one in tellers),
        "stages": data["stages"],
        "contradictions": _contradictions(told),
        "changes": told.line.changes if told.line else (),
        "copies": told.copies,
        "corrections": made,
        "permalink": str(request.base_url.replace(path=record_url(version_key, record_id))),
        "report_link": entry_url(version_key, record_id),
        "annotation": record_url(version_key, record_id) + ".annotation.json",
    }
    title = f"{dossier.head}: {dossier.body}" if dossier.body else dossier.head
    rows = [_row(one) for one in tellers]
    return View("record.html", title, rows, data, context, f"{dossier.kind}-{version_key}-{record_id}")


def _alone(found: _Found, sentence: str) -> Telling:
    """Return the record's own report as the one that tells it."""
    article = found.reading.article
    status = getattr(found.record, "status", getattr(found.record, "act", ""))
    return Telling(
        found.version_key,
        found.record.id,
        str(article.published) if article.published else None,
        article.publisher,
        article.title,
        article.url,
        sentence,
        status if isinstance(status, str) else "",
        "",
        "told once",
        this=True,
    )


def _row(telling: Telling) -> dict[str, Any]:
    return asdict(telling)


def _shown(one: Telling) -> Mapping[str, Any]:
    return {
        "when": _moment(one.published),
        "publisher": clean(one.publisher or ""),
        "title": clean(one.title or ""),
        "words": pieces(one.words),
        "status": one.status,
        "label": wording().status.get(one.status) or wording().position.get(one.status, one.status),
        "reason": clean(one.reason),
        "this": one.this,
        "report": entry_url(one.version_key, one.record_id),
        "record": record_url(one.version_key, one.record_id),
    }


def _moment(iso: str | None) -> str:
    if not iso:
        return "no day"
    said = day(date.fromisoformat(iso[:10]))
    if len(iso) == len("2022-02-10"):
        return said
    moment = datetime.fromisoformat(iso)
    return f"{said}, {moment:%H:%M}{f' {moment:%Z}' if moment.tzinfo else ''}"


def _first(told: Sequence[Telling]) -> list[Telling]:
    """Return who told it on the first day, or at the first moment where all of that day have one."""
    dated = [one for one in told if one.published]
    if not dated:
        return []
    start = (dated[0].published or "")[:10]
    same = [one for one in dated if (one.published or "").startswith(start)]
    timed = all(len(one.published or "") > len(start) for one in same)
    return [one for one in same if one.published == same[0].published] if timed else same


def _first_in_words(told: Sequence[Telling]) -> str:
    first = _first(told)
    if not first or len({one.version_key for one in told}) < 2:
        return ""
    names = list(dict.fromkeys(clean(one.publisher or "a report without publisher") for one in first))
    who = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    reports = len({one.version_key for one in first})
    many = f", in {reports} reports of that day" if reports > 1 else ""
    return f"{who}{many}, {_moment(first[0].published)}"


def _stages(told: Tellings) -> list[dict[str, Any]]:
    if told.thread is None:
        return []
    return [
        {
            "day": step.day if not step.day.startswith("9999") else None,
            "stage": step.stage,
            "reports": len({one.source.report for one in step.tellings}),
            "publishers": sorted({one.source.publisher for one in step.tellings if one.source.publisher}),
        }
        for step in told.thread.steps
    ]


def _contradictions(told: Tellings) -> list[tuple[str, str]]:
    pairs = told.thread.contradictions if told.thread else ()
    return [(clean(one.source.words), clean(other.source.words)) for one, other in pairs]


add(router, "/records/{version_key}/{record_id}", record)

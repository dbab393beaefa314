"""The Ledger page: statements, events, positions, figures and reports in one table, narrowed by links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import batched
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy import Connection

from chancery.ledger import Filter
from chancery.ledger.queries import find_reports, find_rows, names_of, rows_of
from chancery.ledger.queries.facets import Counts, count_by, counted_filter
from chancery.ledger.queries.find import find_keys
from chancery.ledger.queries.listing import find_entries, find_snippets
from chancery.server.asked import Asked, Form, Several
from chancery.server.columns import COLUMNS, only_columns, shown_columns
from chancery.server.desk import Desk, OnDesk, Page
from chancery.server.feeds import feed_of
from chancery.server.listing import Item, Piece, item_of, pieces
from chancery.server.narrowing import address, chips, choices, headers, stretches
from chancery.server.views import View, add, respond, stream_csv

__all__ = ["router"]

router = APIRouter(tags=["ledger"])


class Kind(StrEnum):
    """Kinds of rows."""

    statements = "statements"
    events = "events"
    positions = "positions"
    figures = "figures"
    reports = "reports"


class LedgerAsked(Asked):
    """Filters of the command line, and which columns are wanted."""

    columns: Several = Field([], description="columns to show, and to have in JSON and CSV; all that matter")


type AskedOfLedger = Annotated[LedgerAsked, Query()]


def ledger_rows(desk: OnDesk, kind: Kind, asked: AskedOfLedger, form: Form, request: Request) -> View:
    """List the records of one kind that the filters let pass.

    JSON: `rows` (the columns of the ledger's view of that kind), `total`, `limit`,
    `offset`, `next` and `prev` (addresses of the rows after and before these, or
    null), `facets` (by parameter, value and count) and `bars` (counts by days of
    publication).
    """
    asked = asked.without_empty()
    columns = shown_columns(kind, asked.columns)
    with desk.connect() as connection:
        wanted = asked.filter(connection, form)
        if form != "html":
            return _data(desk, connection, (kind, asked, wanted), request)
        counts = _counts(desk, connection, kind, wanted)
        context = {
            "columns": columns,
            "counts": counts,
            "names": names_of(connection, {*asked.actor, *asked.toward, *asked.organization}),
            "items": _items(connection, kind, wanted),
        }
    return View("ledger.html", TITLES[kind], context=context | _page(kind, asked, counts, context, request))


# While an ingest writes, counts serve longer than rows: they cost more, and change little.
STEADY = 6

# Rows of CSV that are read at a time.
AT_ONCE = 500

TITLES = {kind: kind.value.capitalize() for kind in Kind}

type _Asked = tuple[Kind, LedgerAsked, Filter]


def _data(desk: Desk, connection: Connection, what: _Asked, request: Request) -> View:
    kind, asked, wanted = what
    rows = find_reports(connection, wanted) if kind is Kind.reports else find_rows(connection, kind, wanted)
    rows = only_columns(rows, asked.columns)
    counts = _counts(desk, connection, kind, wanted)
    to = address(request.url.path, request.url.query)
    after, before = asked.offset + asked.limit, max(asked.offset - asked.limit, 0)
    data = {
        "rows": rows,
        "total": counts.total,
        "limit": asked.limit,
        "offset": asked.offset,
        "next": _at(to, after) if after < counts.total else None,
        "prev": _at(to, before) if asked.offset else None,
        "facets": {
            one.name: [
                {"value": value.value, "name": value.name, "count": value.count} for value in one.values
            ]
            for one in counts.facets
        },
        "bars": [
            {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count}
            for bar in counts.bars
        ],
    }
    return View("ledger.html", TITLES[kind], data=data)


def _at(to: Any, offset: int) -> str:  # noqa: ANN401 - a function of changes
    plain: str = to()
    return f"{plain}{'&' if '?' in plain else '?'}offset={offset}" if offset else plain


def _counts(desk: Desk, connection: Connection, kind: str, wanted: Filter) -> Counts:
    """Count once for all pages and orders of one list."""
    key = counted_filter(kind, wanted)
    fresh_for = STEADY * desk.settings.fresh_for
    return desk.kept(("counts", kind, key), lambda: count_by(connection, kind, key), fresh_for=fresh_for)


def _items(connection: Connection, kind: Kind, wanted: Filter) -> list[Item] | list[dict[str, Any]]:
    if kind is not Kind.reports:
        return [item_of(one) for one in find_entries(connection, kind, wanted)]
    rows = find_reports(connection, wanted)
    found = (
        find_snippets(connection, [row["version_key"] for row in rows], wanted.text) if wanted.text else {}
    )
    return [row | {"pieces": _snippet(found.get(row["version_key"]))} for row in rows]


def _snippet(found: tuple[str, Any] | None) -> tuple[Piece, ...]:
    return pieces(found[0], None, found[1]) if found else ()


def _page(
    kind: Kind, asked: LedgerAsked, counts: Counts, context: Mapping[str, Any], request: Request
) -> dict[str, Any]:
    to = address(f"/ledger/{kind.value}", request.url.query)
    columns = {name: COLUMNS[kind][name] for name in context["columns"]}
    return {
        "kind": kind.value,
        "kinds": [one.value for one in Kind],
        "asked": asked,
        "to": to,
        "chips": chips(asked, to, context["names"]),
        "facets": [(FACET_TITLES[one.name], choices(one, asked, to)) for one in counts.facets],
        "stretches": stretches(counts, to),
        "headers": headers(columns, asked, to),
        "choosable": [(name, label) for name, (label, _) in COLUMNS[kind].items()],
        "feed": to().replace(f"/ledger/{kind.value}", f"/ledger/{kind.value}.rss", 1),
        "fields": {name: field.description for name, field in Asked.model_fields.items()},
        "given": request.query_params.multi_items(),
    }


FACET_TITLES = {
    "actor": "Who", "toward": "Toward, about", "act": "Act", "status": "Status", "kind": "Kind",
    "place": "Country of the place", "publisher": "Publisher",
}  # fmt: skip


@router.get(
    "/ledger/{kind}.rss",
    response_class=Response,
    summary="The newest records that the filters let pass, as a feed",
)
def ledger_feed(desk: OnDesk, kind: Kind, asked: AskedOfLedger, request: Request) -> Response:
    """Make a saved query a feed: RSS 2.0, the newest first, each item a link to its page here."""
    asked = asked.without_empty()

    def make() -> Page:
        with desk.connect() as connection:
            return feed_of(connection, kind.value, asked.filter(connection), str(request.url))

    return respond(desk.kept(("feed", str(request.url)), make), request)


@router.get("/ledger/{kind}.csv", response_class=Response, summary="All records that pass, as CSV")
def ledger_csv(desk: OnDesk, kind: Kind, asked: AskedOfLedger) -> Response:
    """Send all records that pass the filters, or as many as `limit` says, while they are being read."""
    asked = asked.without_empty()
    with desk.connect() as connection:
        wanted = asked.filter(connection, "csv")
        # Whatever is wrong with the question shows here, before anything is sent.
        if kind is Kind.reports:
            found = only_columns(find_reports(connection, wanted), asked.columns)
            return stream_csv(found, kind.value)
        keys = find_keys(connection, kind, wanted)

    def rows() -> Iterator[dict[str, Any]]:
        with desk.connect() as connection:
            for lot in batched(keys, AT_ONCE):
                yield from only_columns(rows_of(connection, kind, lot), asked.columns)

    return stream_csv(rows(), kind.value)


add(router, "/ledger/{kind}", ledger_rows, csv_too=False)

"""The Ledger page: statements, events, positions, figures and reports in one table."""

from __future__ import annotations

from enum import StrEnum

from fastapi import APIRouter

from chancery.ledger.queries import find_reports, find_rows
from chancery.server.asked import AskedFor, Form
from chancery.server.desk import OnDesk
from chancery.server.views import View, add

__all__ = ["router"]

router = APIRouter(tags=["ledger"])


class Kind(StrEnum):
    """Kinds of rows."""

    statements = "statements"
    events = "events"
    positions = "positions"
    figures = "figures"
    reports = "reports"


def ledger_rows(desk: OnDesk, kind: Kind, asked: AskedFor, form: Form) -> View:
    """List the records of one kind that the filters let pass."""
    asked = asked.without_empty()
    with desk.connect() as connection:
        wanted = asked.filter(connection, form)
        rows = (
            find_reports(connection, wanted) if kind is Kind.reports else find_rows(connection, kind, wanted)
        )
    return View(
        "ledger.html",
        kind.value.capitalize(),
        rows=rows,
        data={"rows": rows, "limit": asked.limit, "offset": asked.offset},
        context={"kind": kind.value, "kinds": [one.value for one in Kind], "rows": rows, "asked": asked},
        file_name=kind.value,
    )


add(router, "/ledger/{kind}", ledger_rows)

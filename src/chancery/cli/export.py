"""``chancery export``: a ledger, or what a query finds in it, in the forms that other tools read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chancery.cli.endings import quiet_endings
from chancery.cli.queries import (
    Act,
    ActorOption,
    Country,
    First,
    Last,
    LedgerFile,
    Members,
    Organization,
    PlaceOption,
    Publisher,
    Real,
    Since,
    StatusOption,
    Toward,
    Until,
    Words,
)
from chancery.errors import OutputError

if TYPE_CHECKING:
    from chancery.ledger import Ledger

__all__ = ["export"]


class ExportFormat(StrEnum):
    """The forms that `chancery.export` writes."""

    parquet = "parquet"
    csv = "csv"
    plover = "plover"
    polecat = "polecat"
    gdelt = "gdelt"
    geojson = "geojson"
    annotations = "annotations"
    rss = "rss"


class Of(StrEnum):
    """Record kinds that a filter chooses among."""

    statements = "statements"
    events = "events"
    positions = "positions"
    figures = "figures"


Form = Annotated[
    ExportFormat,
    typer.Option(
        "--format", "-f", help="parquet and csv fill a folder, the others a file", show_default=False
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="PATH", help="the file or folder", show_default=False)
]
Kinds = Annotated[
    list[Of] | None,
    typer.Option(
        "--of",
        help="leave out all records but these, and of these all that the filters do not let pass; "
        "default with filters: events, for rss and annotations also statements and positions",
        show_default=False,
    ),
]
Title = Annotated[str, typer.Option(metavar="TEXT", help="what an rss feed calls itself")]

# Options that say nothing of records: they choose reports, or how to write.
OF_REPORTS = frozenset({"ledger", "since", "until", "publisher", "form", "output", "of", "title"})
EVENT_FORMATS = frozenset(
    {ExportFormat.plover, ExportFormat.polecat, ExportFormat.gdelt, ExportFormat.geojson}
)


def export(
    ledger: LedgerFile,
    *,
    form: Form,
    output: Output,
    of: Kinds = None,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    toward: Toward = None,
    act: Act = None,
    status: StatusOption = None,
    real_only: Real = False,
    place: PlaceOption = None,
    first: First = None,
    last: Last = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    title: Title = "Chancery",
) -> None:
    """Write a ledger, or what the filters let pass of it, for other programs.

    With filters of records only what they let pass is written; without, whole reports.
    """
    options = locals()
    with quiet_endings():
        from chancery.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy takes 200 ms

        with Ledger.open(ledger) as opened:
            try:
                written = _export(opened, options)
            except OSError as error:
                raise OutputError(
                    f"{output}: cannot be written ({error.strerror}); name another place"
                ) from error
    what = {"parquet": "reports", "csv": "reports", "rss": "items", "annotations": "annotations"}.get(
        form, "events"
    )
    typer.echo(f"{output}: {written:,} {what}", err=True)


def _export(ledger: Ledger, options: dict[str, Any]) -> int:
    from chancery.asking import asked_for  # noqa: PLC0415 - as above
    from chancery.export.links import links_of  # noqa: PLC0415 - as above
    from chancery.export.selection import selected  # noqa: PLC0415 - as above
    from chancery.export.write import Feed  # noqa: PLC0415 - as above
    from chancery.export.write import export as write  # noqa: PLC0415 - as above

    form = options["form"]
    with ledger.connect() as connection:
        asked = asked_for(connection, options | {"ascending": False, "limit": None})
    readings = selected(ledger, asked, _kinds(options), newest_first=form is ExportFormat.rss)
    return write(form.value, readings, options["output"], links_of(ledger), Feed(title=options["title"]))


def _kinds(options: dict[str, Any]) -> list[str]:
    """Return the record kinds to choose among; none where whole reports are wanted."""
    if options["of"]:
        return [kind.value for kind in options["of"]]
    if not any(value for name, value in options.items() if name not in OF_REPORTS):
        return []
    if options["form"] in EVENT_FORMATS:
        return ["events"]
    return ["statements", "events", "positions"]

"""``chancery failures LEDGER``: what could not be taken in, why, and how to try again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chancery.cli.answers import Answer, show
from chancery.cli.endings import quiet_endings
from chancery.cli.formats import chosen_format

__all__ = ["failures"]

COLUMNS = ("source", "source_place", "stage", "error", "retry", "attempts", "failed_at")


def failures(
    ledger: Annotated[Path, typer.Argument(metavar="LEDGER", help="the ledger", show_default=False)],
    *,
    form: Annotated[
        Answer | None, typer.Option("--format", "-f", help="default: table on a terminal and jsonl in a pipe")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="write to this file")] = None,
) -> None:
    """List the reports and sources that could not be read, and what would mend it."""
    with quiet_endings():
        from chancery.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy takes 200 ms

        with Ledger.open(ledger) as opened:
            rows = opened.failures()
        show(rows, COLUMNS, chosen_format(form, output, Answer.table, Answer.jsonl), output)

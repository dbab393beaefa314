"""``chancery corrections LEDGER``: what people corrected, to read and to take along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from chancery.cli.answers import Answer, show
from chancery.cli.endings import quiet_endings
from chancery.cli.formats import chosen_format

__all__ = ["corrections"]

COLUMNS = ("made_at", "version_key", "kind", "record_id", "action", "field", "value", "words", "reason")


def corrections(
    ledger: Annotated[Path, typer.Argument(metavar="LEDGER", help="the ledger", show_default=False)],
    *,
    in_force: Annotated[bool, typer.Option("--in-force", help="leave out what was undone")] = False,
    form: Annotated[
        Answer | None, typer.Option("--format", "-f", help="default: table on a terminal and jsonl in a pipe")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="write to this file")] = None,
) -> None:
    """List what people corrected, the latest first; csv and jsonl hold each record as extracted, too."""
    with quiet_endings():
        from chancery.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy takes 200 ms
        from chancery.ledger.corrections import find_corrections  # noqa: PLC0415 - as above

        with Ledger.open(ledger) as opened, opened.connect() as connection:
            rows = find_corrections(connection, undone=not in_force)
        chosen = chosen_format(form, output, Answer.table, Answer.jsonl)
        if chosen is Answer.jsonl:
            rows = [row | {"original": json.loads(row["original"])} for row in rows]
        show(rows, COLUMNS, chosen, output)

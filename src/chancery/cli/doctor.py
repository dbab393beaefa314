"""``chancery doctor LEDGER``: whether a ledger is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chancery.cli.endings import complain, one_line, quiet_endings

__all__ = ["doctor"]


def doctor(
    ledger: Annotated[Path, typer.Argument(metavar="LEDGER", help="the ledger", show_default=False)],
    *,
    migrate: Annotated[
        bool, typer.Option("--migrate", help="bring a ledger of an earlier Chancery up to date first")
    ] = False,
) -> None:
    """Check the file, its references, spans, counts and search; exit status 1 if anything is wrong."""
    with quiet_endings():
        from chancery.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy takes 200 ms
        from chancery.ledger.checks import check  # noqa: PLC0415 - as above

        sound = True
        with Ledger.open(ledger, writing=migrate) as opened, opened.connect() as connection:
            for look in check(connection):
                sound = sound and look.good
                typer.echo(f"{'ok ' if look.good else 'BAD'}  {look.name}: {look.looked_at:,}")
                for wrong in look.wrong:
                    typer.echo(f"       {one_line(wrong)}")
        if not sound:
            complain(f"{ledger}: not sound; ingest its sources into a new ledger, or take a copy from before")
            raise typer.Exit(1)

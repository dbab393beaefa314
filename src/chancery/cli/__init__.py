"""The command line: one file per command, each a thin wrapper around the library.

Whoever asks for help must not wait for spaCy: everything heavy is imported in
the bodies of the commands.
"""

from __future__ import annotations

from typing import Annotated

import typer

from chancery import __version__
from chancery.cli.batch import batch
from chancery.cli.corrections import corrections
from chancery.cli.doctor import doctor
from chancery.cli.endings import hush
from chancery.cli.evaluate import evaluate
from chancery.cli.export import export
from chancery.cli.failures import failures
from chancery.cli.ingest import ingest
from chancery.cli.queries import actors, events, figures, positions, reports, statements
from chancery.cli.read import read
from chancery.cli.schema import schema
from chancery.cli.serve import serve
from chancery.cli.situation import situation

__all__ = ["app", "main"]

app = typer.Typer(
    name="chancery",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(read)
app.command()(schema)
app.command()(evaluate)
app.command()(ingest)
app.command()(batch)
for query in (statements, events, positions, figures, actors, reports):
    app.command()(query)
app.command()(situation)
app.command()(serve)
app.command()(export)
app.command()(failures)
app.command()(corrections)
app.command()(doctor)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"chancery {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda wanted: _print_version(wanted=wanted),
            is_eager=True,
            help="print the version",
        ),
    ] = False,
) -> None:
    """Read news reports on international affairs and keep the record.

    Who said what to whom, who did what, and what is only planned, denied or
    conditional: every entry tied to its words.
    """


def main() -> None:
    """Run the command line; the entry point of the installed ``chancery``."""
    hush()
    app()

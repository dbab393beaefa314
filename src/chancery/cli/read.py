"""``chancery read``: reports in, a brief or records out."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli.endings import complain, quiet_endings
from chancery.cli.formats import Format, Writer, chosen_format, open_writer
from chancery.errors import ChanceryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chancery.articles import Options
    from chancery.cli.lots import Equipment

__all__ = ["read"]


def _day(text: str) -> datetime | date:
    from chancery.articles.moment import moment  # noqa: PLC0415 - not needed for help

    found = moment(text)
    if found is None:
        raise typer.BadParameter(
            f"{text!r} is no date; write a day as 2022-02-10, or a moment as 2022-02-10T14:30+03:00",
            param_hint="--published",
        )
    return found


def read(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="text, HTML, JSON or JSON Lines files (also .gz), folders of them, or - for standard input",
            show_default=False,
        ),
    ] = None,
    *,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="the day the reports came out, as 2022-02-10; wins over the date a report gives",
        ),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="default: by the suffix of --output, else jsonl, on a terminal json"
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="write here, not to standard output")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="an installed English spaCy pipeline to read with")
    ] = None,
    knowledge: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", exists=True, dir_okay=False, help="a table of your own; its rows win over ours"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="read texts that are not in English, too")] = False,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="processes to read with")] = 1,
) -> None:
    """Read reports: who said what to whom, who did what, what is planned or denied.

    A report that cannot be read is named on standard error with what would
    mend it; the others are read, and the exit status is 1.
    """
    with quiet_endings():
        from chancery.articles import Options  # noqa: PLC0415 - pydantic takes 100 ms
        from chancery.cli.lots import Equipment  # noqa: PLC0415 - as above

        options = Options(published=None if published is None else _day(published), force=force)
        equipment = Equipment(model, tuple(str(path) for path in knowledge or ()))
        writer = open_writer(chosen_format(form, output), output)
        if not _read(_sources(paths), options, equipment, writer, workers):
            raise typer.Exit(1)


def _sources(paths: list[str] | None) -> list[str]:
    if paths:
        return paths
    if sys.stdin.isatty():
        raise typer.BadParameter("name a file, a folder, or - to read standard input", param_hint="PATH")
    return ["-"]


def _read(paths: Iterable[str], options: Options, equipment: Equipment, writer: Writer, workers: int) -> bool:
    """Read everything, print what was read, say what could not be; tell whether all was well."""
    from chancery.articles import read_reports  # noqa: PLC0415 - as above
    from chancery.cli.lots import read_all  # noqa: PLC0415 - as above

    read, failed = 0, 0
    for outcome in read_all(read_reports(paths, options), equipment, workers=workers):
        if isinstance(outcome, ChanceryError):
            failed += 1
            complain(outcome)
        else:
            read += 1
            writer.write(outcome)
    writer.close(failed=failed)
    if failed and read + failed > 1:
        complain(f"{failed} of {read + failed} reports could not be read")
    return not failed

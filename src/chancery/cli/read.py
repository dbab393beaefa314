"""``chancery read``: reports in, a brief or records out."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli.endings import quiet_endings
from chancery.cli.formats import Format, chosen_format, open_writer
from chancery.cli.watch import Watch
from chancery.cli.writers import Writer
from chancery.errors import ChanceryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chancery.articles import Options
    from chancery.lots import Equipment, Outcome

__all__ = ["Force", "Knowledge", "Model", "Published", "Workers", "day_of", "read"]


def day_of(text: str) -> datetime | date:
    """Read the day or moment that --published gives."""
    from chancery.articles.moment import moment  # noqa: PLC0415 - not needed for help

    found = moment(text)
    if found is None:
        raise typer.BadParameter(
            f"{text!r} is no date; write a day as 2022-02-10, or a moment as 2022-02-10T14:30+03:00",
            param_hint="--published",
        )
    return found


Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH...",
        help="text, HTML, JSON or JSON Lines files (also .gz), folders of them, or - for standard input",
        show_default=False,
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="the day the reports came out, as 2022-02-10; wins over the date a report gives"
    ),
]
Form = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="default: by the suffix of --output, else a brief on a terminal and jsonl in a pipe",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="write to this file; csv and html also to a folder, one file a table or a report",
    ),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="an installed English spaCy pipeline to read with")
]
Knowledge = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE", exists=True, dir_okay=False, help="a table of your own; its rows win over ours"
    ),
]
Full = Annotated[bool, typer.Option("--full", help="brief: show every entry, however many")]
Force = Annotated[bool, typer.Option("--force", help="read texts that are not in English, too")]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, help="processes to read with")]


def read(
    paths: Paths = None,
    *,
    published: Published = None,
    form: Form = None,
    output: Output = None,
    model: Model = None,
    knowledge: Knowledge = None,
    full: Full = False,
    force: Force = False,
    workers: Workers = 1,
) -> None:
    """Read reports: who said what to whom, who did what, what is planned or denied.

    A report that cannot be read is named on standard error with what would
    mend it; the others are read, and the exit status is 1.
    """
    with quiet_endings():
        from chancery.articles import Options  # noqa: PLC0415 - pydantic takes 100 ms
        from chancery.lots import Equipment  # noqa: PLC0415 - as above

        options = Options(published=None if published is None else day_of(published), force=force)
        equipment = Equipment(model, tuple(str(path) for path in knowledge or ()))
        sources = _sources(paths)
        outcomes = _outcomes(sources, options, equipment, workers)
        with (
            open_writer(chosen_format(form, output, Format.brief, Format.jsonl), output, full=full) as writer,
            _watch(sources, output) as watch,
        ):
            _write(outcomes, writer, watch)
        if watch.failed:
            raise typer.Exit(1)


def _sources(paths: list[str] | None) -> list[str]:
    if paths:
        return paths
    if sys.stdin.isatty():
        raise typer.BadParameter("name a file, a folder, or - to read standard input", param_hint="PATH")
    return ["-"]


def _outcomes(
    paths: Iterable[str], options: Options, equipment: Equipment, workers: int
) -> Iterator[Outcome]:
    from chancery.articles import read_reports  # noqa: PLC0415 - as above
    from chancery.lots import read_all  # noqa: PLC0415 - as above

    return read_all(read_reports(paths, options), equipment, workers=workers)


def _write(outcomes: Iterable[Outcome], writer: Writer, watch: Watch) -> None:
    """Write what was read, and say what could not be."""
    from chancery.lots import Done  # noqa: PLC0415 - as above

    for outcome in outcomes:
        if isinstance(outcome, ChanceryError):
            writer.miss()
            watch.miss(outcome)
        elif isinstance(outcome, Done):
            writer.write(outcome)
            watch.done()
    writer.close()


def _watch(paths: list[str], output: Path | None) -> Watch:
    """Show a bar to people who see nothing else: they are at a terminal, and the output goes elsewhere."""
    from chancery.articles import count_reports  # noqa: PLC0415 - as above

    bar = sys.stderr.isatty() and (output is not None or not sys.stdout.isatty())
    total = count_reports(paths) if bar else None
    return Watch(total, bar=bar and total != 1)

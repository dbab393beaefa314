"""``chancery situation``: the state of affairs between two parties, from a ledger."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli.endings import quiet_endings
from chancery.cli.queries import LedgerFile, Since, Until
from chancery.errors import OutputError

if TYPE_CHECKING:
    from chancery.situation import Situation

__all__ = ["situation"]


class SituationFormat(StrEnum):
    """How a situation is written."""

    brief = "brief"
    html = "html"
    json = "json"


Between = Annotated[
    tuple[str, str],
    typer.Option(metavar="A B", help="two states or organizations, by id or name: RUS NATO, Russia Ukraine"),
]
Form = Annotated[SituationFormat, typer.Option("--format", "-f", help="brief, html or json")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="write to this file")]
LeastScore = Annotated[
    float, typer.Option(min=0, max=1, help="leave out entries that the reading is less sure of")
]
Most = Annotated[int, typer.Option(min=1, help="entries a section shows")]
Full = Annotated[bool, typer.Option("--full", help="show every entry")]


def situation(
    ledger: LedgerFile,
    *,
    between: Between,
    since: Since = None,
    until: Until = None,
    form: Form = SituationFormat.brief,
    output: Output = None,
    least_score: LeastScore = 0.5,
    most: Most = 8,
    full: Full = False,
) -> None:
    """Show what was done, is open and is held between two parties, with the words behind every line.

    Acts that several reports tell are one line with its witnesses. Every line
    ends with the number of its source in the list at the end.
    """
    with quiet_endings():
        from chancery.ledger import Ledger  # noqa: PLC0415 - takes 100 ms
        from chancery.situation import Options, Sides  # noqa: PLC0415 - as above
        from chancery.situation.gathering import find_side, of_ledger  # noqa: PLC0415 - as above

        options = Options(_day(since), _day(until), None if full else most, least_score)
        with Ledger.open(ledger) as opened:
            sides = Sides(find_side(opened, between[0]), find_side(opened, between[1]))
            if sides.first == sides.second:
                raise typer.BadParameter("name two different parties", param_hint="--between")
            made = of_ledger(opened, sides, options)
        _write(made, form, output)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _write(made: Situation, form: SituationFormat, output: Path | None) -> None:
    if output is None and form is SituationFormat.brief and sys.stdout.isatty():
        _show(made)
        return
    text = _text(made, form)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror}); name another file") from error


def _text(made: Situation, form: SituationFormat) -> str:
    from chancery.situation import brief, page, plain  # noqa: PLC0415 - as above

    if form is SituationFormat.html:
        return page(made)
    if form is SituationFormat.json:
        return json.dumps(plain(made), ensure_ascii=False, indent=2) + "\n"
    return brief(made)


def _show(made: Situation) -> None:
    """Print to a terminal, in its width and with styles."""
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    from chancery.render.brief import STYLES  # noqa: PLC0415 - as above
    from chancery.situation.brief import rows  # noqa: PLC0415 - as above

    console = Console(highlight=False)
    for row in rows(made, console.width):
        text = Text(end="\n", no_wrap=True)
        for piece in row:
            text.append(piece.text, STYLES.get(piece.style, ""))
        console.print(text)

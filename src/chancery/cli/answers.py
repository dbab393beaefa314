"""What a query found -> a table on a terminal, CSV, JSON Lines or Parquet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from chancery.cli.writers import unwritable
from chancery.errors import MissingExtraError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Answer", "show"]

type Row = dict[str, Any]

LONGEST_CELL = 400  # characters; a transcript's turn may have thousands
PIPE_WIDTH = 160


class Answer(StrEnum):
    """How the rows of a query are written."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def show(rows: Sequence[Row], columns: Sequence[str], form: Answer, output: Path | None) -> None:
    """Write rows.

    Args:
        rows: what was found, in order.
        columns: what a table on a terminal shows of it.
        form: the format.
        output: a file; None is standard output.

    Raises:
        OutputError: the output cannot be written.
        MissingExtraError: Parquet was asked for without pyarrow.
    """
    if form is Answer.parquet:
        _parquet(rows, output)
        return
    with _opened(output) as file:
        if form is Answer.jsonl:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        elif form is Answer.csv:
            _csv(rows, file)
        else:
            _table(rows, columns, file)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(output, error) from error
    with file:
        yield file


def _csv(rows: Sequence[Row], file: TextIO) -> None:
    from chancery.render.rows import cell  # noqa: PLC0415 - pydantic, by the records

    writer = csv.writer(file, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([cell(value) for value in row.values()] for row in rows)


def _table(rows: Sequence[Row], columns: Sequence[str], file: TextIO) -> None:
    from rich.console import Console  # noqa: PLC0415 - tables only
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    console = Console(file=file, highlight=False, width=None if file.isatty() else PIPE_WIDTH)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for name in columns:
        heading, narrow = name.replace("_", " "), name in NARROW
        table.add_column(
            heading, overflow="fold", no_wrap=narrow, ratio=None if narrow else WIDE.get(name, 2)
        )
    for row in rows:
        table.add_row(*(Text(_plain(row[name])) for name in columns))
    console.print(table)


# Columns whose width is that of what stands in them, and how the others share what is left.
NARROW = frozenset(
    "day published act status kind report_count mention_count country word_count version".split()  # noqa: SIM905
)
WIDE = {"words": 6, "content": 7, "issue": 5, "title": 6}


def _plain(value: object) -> str:
    """Put a value on one line, without what a terminal would obey."""
    text = "" if value is None else " ".join(str(value).split())
    text = "".join(sign if sign.isprintable() else "?" for sign in text)
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def _parquet(rows: Sequence[Row], output: Path | None) -> None:
    if output is None:
        raise OutputError("Parquet is no text; name a file with --output FILE.parquet")
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    names = list(rows[0]) if rows else []
    arrays = [pa.array(_typed(name, [row[name] for row in rows])) for name in names]
    arrays = [array.cast(pa.string()) if pa.types.is_null(array.type) else array for array in arrays]
    try:
        pq.write_table(pa.table(dict(zip(names, arrays, strict=True))), output, compression="zstd")
    except OSError as error:
        raise unwritable(output, error) from error


def _typed(name: str, values: list[Any]) -> list[Any]:
    """Give days and truth values the types that SQLite does not have."""
    from datetime import date  # noqa: PLC0415 - with pyarrow

    if name.endswith(("_day", "first_named", "last_named")):
        return [value and date.fromisoformat(value) for value in values]
    if name in {"is_current", "negated", "resolved"}:
        return [None if value is None else bool(value) for value in values]
    if name in {"low", "high"}:
        return [None if value is None else float(value) for value in values]
    return values

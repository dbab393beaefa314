"""Parquet -> drafts, one a row: columns under the names that JSON has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from chancery.articles.json_ import draft_of_object
from chancery.articles.report import Draft
from chancery.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from pyarrow.parquet import FileMetaData

__all__ = ["drafts_of_parquet"]

ROWS_AT_ONCE = 256
# Columns that a draft is made of; others are not even read from the file.
WANTED = (
    "text", "id", "url", "link", "title", "headline", "publisher", "published", "date", "credit",
    "attribution", "author", "licence", "license",
)  # fmt: skip


def drafts_of_parquet(
    file: BinaryIO, name: str, part: tuple[int, int] | None = None
) -> Iterator[Draft | InputError]:
    """Read a table of reports; yields an error in place of each row that is none.

    Args:
        file: the opened file.
        name: what to call it in an error.
        part: the first row, and the row after the last; None reads all.

    Raises:
        InputError: it is no Parquet file, or has no column "text".
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("reading Parquet", "parquet") from error
    try:
        table = pq.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise InputError(name, f"a broken Parquet file ({error})", "write it again") from error
    columns = [column for column in table.schema_arrow.names if column in WANTED]
    if "text" not in columns:
        listed = ", ".join(table.schema_arrow.names[:8])
        raise InputError(
            name, f'no column "text" (there are: {listed})', 'name the column of the reports "text"'
        )
    first, last = part or (0, table.metadata.num_rows)
    groups, number = _groups(table.metadata, first, last)
    try:
        for batch in table.iter_batches(ROWS_AT_ONCE, row_groups=groups, columns=columns):
            for row in batch.to_pylist():
                number += 1
                if first < number <= last:
                    yield _draft(row, name, f"row {number}")
    except (pa.ArrowException, OSError) as error:
        yield InputError(name, f"broken after row {number} ({error})", "write it again")


def _groups(about: FileMetaData, first: int, last: int) -> tuple[list[int], int]:
    """Find the row groups that hold some rows, and how many rows come before them."""
    starts = [0]
    for group in range(about.num_row_groups):
        starts.append(starts[-1] + about.row_group(group).num_rows)
    wanted = [at for at in range(about.num_row_groups) if starts[at] < last and starts[at + 1] > first]
    return wanted, starts[wanted[0]] if wanted else 0


def _draft(row: dict[str, Any], name: str, place: str) -> Draft | InputError:
    dated = {
        key: value.isoformat() if isinstance(value, (date, datetime)) else value for key, value in row.items()
    }
    try:
        return draft_of_object(dated, name, place)
    except InputError as error:
        return error

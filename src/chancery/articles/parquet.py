"""Parquet -> drafts, one a row: columns under the names that JSON has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from chancery.articles.json_ import draft_of_object
from chancery.articles.report import Draft
from chancery.errors import InputError, MissingExtraError

__all__ = ["drafts_of_parquet"]

ROWS_AT_ONCE = 256
# Columns that a draft is made of; others are not even read from the file.
WANTED = (
    "text", "id", "url", "link", "title", "headline", "publisher", "published", "date", "credit",
    "attribution", "author", "licence", "license",
)  # fmt: skip


def drafts_of_parquet(file: BinaryIO, name: str) -> Iterator[Draft | InputError]:
    """Read a table of reports; yields an error in place of each row that is none.

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
    number = 0
    for batch in table.iter_batches(ROWS_AT_ONCE, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield _draft(row, name, f"row {number}")


def _draft(row: dict[str, Any], name: str, place: str) -> Draft | InputError:
    dated = {
        key: value.isoformat() if isinstance(value, (date, datetime)) else value for key, value in row.items()
    }
    try:
        return draft_of_object(dated, name, place)
    except InputError as error:
        return error

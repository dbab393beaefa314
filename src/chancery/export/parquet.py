"""Typed tables as Parquet, one file a table; needs the extra ``chancery[parquet]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chancery.errors import MissingExtraError
from chancery.export.tables import Column, Value, dictionary, rows
from chancery.export.told import Links
from chancery.records import Reading

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ParquetTables", "schema_of"]

# Rows of a table that wait in memory before they are written as one row group.
ROW_GROUP = 20_000


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    return pa, pq


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """Lay out the columns of a dictionary as Arrow's, each with its description.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    arrow, _ = _arrow()
    types = {
        "string": arrow.string(),
        "int": arrow.int64(),
        "float": arrow.float64(),
        "bool": arrow.bool_(),
        "day": arrow.date32(),
        "list": arrow.list_(arrow.string()),
        "ints": arrow.list_(arrow.int64()),
    }
    fields = [
        arrow.field(column.name, types[column.type], metadata={"description": column.description})
        for column in columns
    ]
    return arrow.schema(fields)


class ParquetTables:
    """Writes readings to a folder of Parquet files, memory flat.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self._arrow, self._parquet = _arrow()
        folder.mkdir(parents=True, exist_ok=True)
        self._schemas = {name: schema_of(columns) for name, columns in dictionary().items()}
        self._files = {
            name: self._parquet.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in self._schemas.items()
        }
        self._waiting: dict[str, list[Mapping[str, Value]]] = {name: [] for name in self._files}

    def write(self, reading: Reading, links: Links) -> None:
        """Add the rows of one report to all tables."""
        for name, waiting in self._waiting.items():
            waiting.extend(rows(name, reading, links))
            if len(waiting) >= ROW_GROUP:
                self._flush(name)

    def close(self) -> None:
        """Write what waits and close the files; without it they cannot be read."""
        for name, file in self._files.items():
            self._flush(name)
            file.close()

    def _flush(self, name: str) -> None:
        if waiting := self._waiting[name]:
            self._files[name].write_table(self._arrow.Table.from_pylist(waiting, self._schemas[name]))
            waiting.clear()

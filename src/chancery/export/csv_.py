"""Typed tables as CSV, one file a table, guarded for spreadsheets as `render.tables` says."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from chancery.export.tables import Value, dictionary, rows
from chancery.export.told import Links
from chancery.records import Reading
from chancery.render.rows import cell

__all__ = ["CsvTables"]


class CsvTables:
    """Writes readings to a folder of CSV files, memory flat.

    Raises:
        OSError: the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            self._files = {
                name: opened.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
                for name in dictionary()
            }
            self._opened = opened.pop_all()
        for name, file in self._files.items():
            csv.writer(file, lineterminator="\n").writerow([column.name for column in dictionary()[name]])

    def write(self, reading: Reading, links: Links) -> None:
        """Add the rows of one report to all tables."""
        for name, file in self._files.items():
            csv.writer(file, lineterminator="\n").writerows(
                [_cell(value) for value in row.values()] for row in rows(name, reading, links)
            )

    def close(self) -> None:
        """Close the files."""
        self._opened.close()


def _cell(value: Value) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return cell([str(part) for part in value])
    return cell(value)

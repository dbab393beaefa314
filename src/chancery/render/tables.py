"""Readings as flat tables, one a record kind, for spreadsheets, pandas and R.

Every table is CSV (RFC 4180, UTF-8, header row, line feeds). The first column
is ``article``, the id of the report; ``id`` is the record's own id in it, and
columns named ``event``, ``statement``, ``place`` hold such ids. Columns
``start`` and ``end`` (or ``NAME_start``, ``NAME_end``) are code points of the
article's text, half-open, and the column before them holds the words
themselves. Several values in one cell are joined by ``|``. Absent is empty.
Days are ISO 8601, truth values ``true`` and ``false``.

A cell of text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a carriage
return (or their full-width forms) would be run as a formula by spreadsheet
programs. It gets a leading apostrophe, which they hide; to get the words back
in other programs, drop one leading apostrophe where one of these signs follows.
Numbers are written as they are.

Tables and what their own columns hold:

articles
    url, publisher, title, published, language, credit, words (count), notes.
actors
    actor (id), name, kind, country (ISO 3166-1 alpha-3), roles (title, organization,
    first and last day, joined by commas inside a role), sector, plover, cameo, iso3,
    wikidata codes, resolved.
mentions
    words, start, end, kind, type, actor (id), place (id), chain (one number, one referent).
statements
    speaker (actor id, several where parties speak together), speaker_name, speaker_words,
    speaker_is, cue, cue_lemma, content (words), content_spans (``start-end``, several where
    the quotation is split), kind, addressee (actor id), addressee_words, about (actor ids),
    said_first, said_last, said_rule, occasion (words), negated, within (statement id).
events
    anchor, act, mode, context, actor and recipient (actor ids), actor_names and
    recipient_names, status, condition (event id), condition_words, place_words, place (id), time_words,
    first, last, time_rule, figures (ids), reported_by (statement id), plover, plover_mode,
    quad, intensity, cameo, why.
positions
    holder (actor id), holder_name, toward, toward_name, act, issue, condition (words),
    strength (firm, qualified, tentative), strength_words, statement (id), event (id).
figures
    words, low, high (empty where open), unit, what (words), kind, place (id), as_of_first,
    as_of_last, change, event (id).
places
    words, name, latitude, longitude, country, admin1, feature, geonameid.
times
    words, type, value (TIMEX3), first, last, rule.

Every table but articles ends with ``method`` and ``score``.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import IO, TextIO

from chancery.records import Reading
from chancery.render.rows import TABLES, Table

__all__ = ["SectionWriter", "TableWriter", "columns", "rows", "write_sections", "write_tables"]

# Tables of a section writer wait in memory up to this size each, then on disk.
SPOOL_BYTES = 1_000_000

_BY_NAME: Mapping[str, Table] = MappingProxyType({table.name: table for table in TABLES})


def columns(name: str) -> tuple[str, ...]:
    """Return the header of one table ("statements", "events" ...)."""
    return _BY_NAME[name].header


def rows(name: str, readings: Iterable[Reading]) -> Iterator[list[str]]:
    """Yield the rows of one table over a stream of readings, without its header."""
    table = _BY_NAME[name]
    for reading in readings:
        yield from table.cells(reading)


class TableWriter:
    """Writes a stream of readings to a folder, one CSV file a record kind, memory flat.

    Raises:
        OSError: the folder cannot be made or written.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        with ExitStack() as opened:
            self._files = [
                opened.enter_context(
                    (directory / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
                )
                for table in TABLES
            ]
            self._opened = opened.pop_all()
        for table, file in zip(TABLES, self._files, strict=True):
            _csv(file, [table.header])

    def write(self, reading: Reading) -> None:
        """Add the records of one reading to every table."""
        for table, file in zip(TABLES, self._files, strict=True):
            _csv(file, table.cells(reading))

    def close(self) -> None:
        """End the files."""
        self._opened.close()


class SectionWriter:
    """Writes a stream of readings to one file: a section a table, each under a line ``# NAME``.

    The tables are kept apart until the end, in memory while they are small and
    on disk when they are not; an empty line ends each section.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._opened = ExitStack()
        self._parts = [self._opened.enter_context(_spool()) for _ in TABLES]

    def write(self, reading: Reading) -> None:
        """Add the records of one reading to every section."""
        for table, part in zip(TABLES, self._parts, strict=True):
            _csv(part, table.cells(reading))

    def close(self) -> None:
        """Write all sections, those without rows too, so that the form never varies."""
        with self._opened:
            for at, (table, part) in enumerate(zip(TABLES, self._parts, strict=True)):
                self._file.write(f"{chr(10) if at else ''}# {table.name}\n")
                _csv(self._file, [table.header])
                part.seek(0)
                shutil.copyfileobj(part, self._file)


def write_tables(readings: Iterable[Reading], directory: Path) -> None:
    """Write all tables of a stream of readings as files in a folder; see :class:`TableWriter`."""
    writer = TableWriter(directory)
    try:
        for reading in readings:
            writer.write(reading)
    finally:
        writer.close()


def write_sections(readings: Iterable[Reading], file: TextIO) -> None:
    """Write all tables of a stream of readings to one file; see :class:`SectionWriter`."""
    writer = SectionWriter(file)
    for reading in readings:
        writer.write(reading)
    writer.close()


def _spool() -> IO[str]:
    return tempfile.SpooledTemporaryFile(SPOOL_BYTES, "w+", encoding="utf-8", newline="")


def _csv(file: IO[str], lines: Iterable[Iterable[str]]) -> None:
    csv.writer(file, lineterminator="\n").writerows(lines)

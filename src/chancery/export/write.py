"""The formats by name, and how each is written to a file or folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from chancery.export.annotations import CONTEXT, annotate
from chancery.export.csv_ import CsvTables
from chancery.export.gdelt import HEADER as GDELT_HEADER
from chancery.export.gdelt import header as gdelt_header
from chancery.export.gdelt import line as gdelt_line
from chancery.export.geojson import feature
from chancery.export.parquet import ParquetTables
from chancery.export.plover import record as plover_record
from chancery.export.polecat import header as polecat_header
from chancery.export.polecat import line as polecat_line
from chancery.export.rss import END, items, opening, write_item
from chancery.export.tables import dictionary_text
from chancery.export.told import Links, told
from chancery.records import Reading

__all__ = ["FORMATS", "Feed", "Format", "export"]

# The newest entries of a feed; feed readers ask again, and keep what they had.
LONGEST_FEED = 200


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself."""

    title: str = "Chancery"
    link: str = "urn:chancery:feed"
    description: str = "What reports on international affairs say"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is for, its usual suffix, and whether it fills a folder."""

    summary: str
    suffix: str
    folder: bool = False


FORMATS: Mapping[str, Format] = {
    "parquet": Format("typed tables, one Parquet file each, with a column dictionary", "", folder=True),
    "csv": Format("the same tables as CSV", "", folder=True),
    "plover": Format("events as JSON Lines after the PLOVER project's records", ".jsonl"),
    "polecat": Format("events in POLECAT's 40 columns, tab-separated", ".txt"),
    "gdelt": Format("events in GDELT's 61 columns, the header in a file beside it", ".export.csv"),
    "geojson": Format("events with a place, for maps", ".geojson"),
    "annotations": Format("records as W3C Web Annotations, JSON-LD", ".jsonld"),
    "rss": Format("statements, events and positions as an RSS feed", ".rss"),
}


def export(
    name: str, readings: Iterable[Reading], path: Path, links: Links | None = None, feed: Feed | None = None
) -> int:
    """Write readings in one of the formats.

    Args:
        name: a key of `FORMATS`.
        readings: the reports; in the order in which they came out, so that the
            first to tell of an event stands for it. For a feed, the newest first.
        path: the file, or for formats of several tables the folder; made if missing.
        links: what following the reports found out.
        feed: how an RSS feed names itself.

    Returns:
        The number of events, annotations, items or reports written.

    Raises:
        KeyError: there is no such format.
        MissingExtraError: the format needs a package that is not installed.
        OSError: the path cannot be written.
    """
    links = links or Links()
    path.parent.mkdir(parents=True, exist_ok=True)
    if name in {"parquet", "csv"}:
        return _tables(ParquetTables(path) if name == "parquet" else CsvTables(path), readings, links, path)
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        written = 0
        for line in _WRITERS[name](readings, links, feed or Feed()):
            file.write(line.text)
            written += line.counts
    if name == "gdelt":
        header = "\t".join(gdelt_header())
        (path.parent / GDELT_HEADER).write_text(f"{header}\n", encoding="utf-8")
    return written


def _tables(
    tables: ParquetTables | CsvTables, readings: Iterable[Reading], links: Links, folder: Path
) -> int:
    written = 0
    try:
        for reading in readings:
            tables.write(reading, links)
            written += 1
    finally:
        tables.close()
    (folder / "columns.csv").write_text(dictionary_text(), encoding="utf-8")
    return written


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    counts: int = 1


def _frame(text: str) -> _Line:
    return _Line(text, 0)


type _Writer = Callable[[Iterable[Reading], Links, Feed], Iterator[_Line]]


def _plover(readings: Iterable[Reading], links: Links, _feed: Feed) -> Iterator[_Line]:
    for event in told(readings, links):
        if (record := plover_record(event)) is not None:
            yield _Line(f"{_json(record)}\n")


def _polecat(readings: Iterable[Reading], links: Links, _feed: Feed) -> Iterator[_Line]:
    yield _frame(f"{polecat_header()}\n")
    for event in told(readings, links):
        if (line := polecat_line(event)) is not None:
            yield _Line(f"{line}\n")


def _gdelt(readings: Iterable[Reading], links: Links, _feed: Feed) -> Iterator[_Line]:
    for event in told(readings, links):
        if (line := gdelt_line(event)) is not None:
            yield _Line(f"{line}\n")


def _geojson(readings: Iterable[Reading], links: Links, _feed: Feed) -> Iterator[_Line]:
    found = (feature(event) for event in told(readings, links))
    yield _frame('{"type": "FeatureCollection", "features": [')
    yield from _listed(placed for placed in found if placed is not None)
    yield _frame("\n]}\n")


def _annotations(readings: Iterable[Reading], _links: Links, _feed: Feed) -> Iterator[_Line]:
    yield _frame(
        f'{{"@context": "{CONTEXT}", "id": "urn:chancery:annotations", "type": "AnnotationCollection",\n'
        '"first": {"id": "urn:chancery:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": ['
    )
    yield from _listed(annotation for reading in readings for annotation in annotate(reading))
    yield _frame("\n]}}\n")


def _rss(readings: Iterable[Reading], _links: Links, feed: Feed) -> Iterator[_Line]:
    yield _frame(opening(feed.title, feed.link, feed.description))
    newest = islice((item for reading in readings for item in items(reading)), LONGEST_FEED)
    yield from (_Line(write_item(item)) for item in newest)
    yield _frame(END)


def _listed(entries: Iterable[Mapping[str, Any]]) -> Iterator[_Line]:
    before = "\n"
    for entry in entries:
        yield _Line(f"{before}{_json(entry)}")
        before = ",\n"


def _json(entry: Mapping[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False)


_WRITERS: Mapping[str, _Writer] = {
    "plover": _plover,
    "polecat": _polecat,
    "gdelt": _gdelt,
    "geojson": _geojson,
    "annotations": _annotations,
    "rss": _rss,
}

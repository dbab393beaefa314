"""Readings as typed tables for Parquet and CSV: the record tables of `render`, and what joins them to others.

To each record come the report's day and publisher, the codes that conflict
data sets join by (ISO 3166-1, Correlates of War, Gleditsch and Ward), where an
event was on the map, and, where many reports were followed, which claim,
happening and thread a record belongs to. `data/columns.csv` is the dictionary
of all columns; it is written beside every export.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources

from chancery.export.told import Links, Report, key_of
from chancery.knowledge.state_codes import state_codes
from chancery.records import Event, Place, Position, Reading, Statement
from chancery.render.phrases import published_day
from chancery.render.rows import TABLES, Table

__all__ = ["Column", "Value", "dictionary", "dictionary_text", "rows"]

type Value = str | int | float | bool | date | Sequence[str] | Sequence[int] | None
type Row = dict[str, Value]

# Half of a character, which no encoding of Unicode can write; broken input may hold one.
SURROGATE = re.compile("[\ud800-\udfff]")

_TABLES: Mapping[str, Table] = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its type (string, int, float, bool, day, list, ints), what it holds."""

    name: str
    type: str
    description: str


def dictionary_text() -> str:
    """Return the column dictionary as CSV, as it is written beside an export."""
    text = (resources.files("chancery.export") / "data" / "columns.csv").read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


@cache
def dictionary() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of every table, in order."""
    found: dict[str, list[Column]] = {}
    for row in csv.DictReader(dictionary_text().splitlines()):
        found.setdefault(row["table"], []).append(Column(row["column"], row["type"], row["description"]))
    return {table: tuple(columns) for table, columns in found.items()}


def rows(name: str, reading: Reading, links: Links) -> Iterator[Row]:
    """Yield the rows of one table for one report, with every column of the dictionary."""
    report = Report(reading)
    common: Row = {"article": reading.article.id, "publisher": reading.article.publisher}
    common["published_day"] = published_day(reading)
    more = _MORE.get(name, _nothing)(report, links)
    for row, extra in zip(_TABLES[name].rows(reading), more, strict=False):
        whole: Row = common | row | extra
        yield {column.name: _plain(whole[column.name]) for column in dictionary()[name]}


def _plain(value: Value) -> Value:
    if isinstance(value, datetime):
        return value.isoformat()
    return SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _nothing(_report: Report, _links: Links) -> Iterator[Row]:
    while True:
        yield {}


def _articles(report: Report, links: Links) -> Iterator[Row]:
    article = report.reading.article
    published = article.published.isoformat() if article.published else None
    yield {"published": published, "copy_of": links.copies.get(article.id)}


def _actors(report: Report, _links: Links) -> Iterator[Row]:
    for actor in report.reading.actors:
        codes = state_codes(actor.country)
        yield {"cow": codes.cow, "gw": codes.gw}


def _several(role: str, states: Sequence[str | None]) -> Row:
    known = list(dict.fromkeys(state for state in states if state))
    codes = [state_codes(state) for state in known]
    return {
        f"{role}_iso3": known,
        f"{role}_cow": [code.cow for code in codes if code.cow is not None],
        f"{role}_gw": [code.gw for code in codes if code.gw is not None],
    }


def _one(role: str, state: str | None) -> Row:
    codes = state_codes(state)
    return {f"{role}_iso3": state, f"{role}_cow": codes.cow, f"{role}_gw": codes.gw}


def _statements(report: Report, links: Links) -> Iterator[Row]:
    def more(statement: Statement) -> Row:
        speaker = statement.speaker
        actors = speaker.actors or (speaker.actor,)
        claim = links.claims.get(key_of(report.reading, statement.id))
        return _several("speaker", [report.state(actor) for actor in actors]) | {"claim": claim}

    yield from map(more, report.reading.statements)


def _events(report: Report, links: Links) -> Iterator[Row]:
    def more(event: Event) -> Row:
        key = key_of(report.reading, event.id)
        return {
            **_mapped(report.place(event)),
            **_several("actor", [report.state(slot.actor) for slot in event.actor]),
            **_several("recipient", [report.state(slot.actor) for slot in event.recipient]),
            "happening": links.happenings.get(key),
            "thread": links.threads.get(key),
        }

    yield from map(more, report.reading.events)


def _mapped(place: Place | None) -> Row:
    if place is None:
        return dict.fromkeys(("place_name", "place_country", "latitude", "longitude"))
    return {
        "place_name": place.name,
        "place_country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _positions(report: Report, _links: Links) -> Iterator[Row]:
    def more(position: Position) -> Row:
        return _one("holder", report.state(position.holder)) | _one("toward", report.state(position.toward))

    yield from map(more, report.reading.positions)


_MORE: Mapping[str, Callable[[Report, Links], Iterator[Row]]] = {
    "articles": _articles,
    "actors": _actors,
    "statements": _statements,
    "events": _events,
    "positions": _positions,
}

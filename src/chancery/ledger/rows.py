"""A reading -> the rows of all tables, keyed and joined, ready to be inserted in one go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chancery.ledger.layout import Row, pack
from chancery.ledger.passages import Passages
from chancery.ledger.schema.reports import COUNTED
from chancery.records import Reading, Span

__all__ = ["Keys", "Rows", "article_row", "counts_of", "records_of"]

type Rows = dict[str, list[Row]]

DAY = len("2022-02-10")


class Keys:
    """Hands out the next keys of tables; whole and gapless, since one writer alone uses them."""

    def __init__(self, last: Mapping[str, int], methods: Mapping[str, int]) -> None:
        self._last = dict(last)
        self._methods = dict(methods)
        self.new_methods: list[Row] = []

    def next(self, table: str) -> int:
        """Return the next key of a table."""
        self._last[table] += 1
        return self._last[table]

    def method(self, name: str) -> int:
        """Return the key of a method, a new one for a new method."""
        if name not in self._methods:
            self._methods[name] = self.next("methods")
            self.new_methods.append({"method_key": self._methods[name], "method": name})
        return self._methods[name]


def article_row(reading: Reading) -> Row:
    """Lay out the article."""
    article = reading.article.model_dump(mode="json")
    row = pack("article", article)
    row.pop("other_fields")
    published = article["published"]
    return row | {"published_day": published and published[:DAY], "word_count": len(article["text"].split())}


@dataclass
class _Report:
    """One reading while its rows are made."""

    reading: dict[str, Any]
    version_key: int
    keys: Keys
    rows: Rows
    countries: dict[str, str | None] = field(init=False)
    places: dict[str, dict[str, Any]] = field(init=False)
    passages: Passages = field(init=False)
    mention_counts: Counter[str | None] = field(init=False)
    passage_keys: dict[Span, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.countries = {actor["id"]: actor["country"] for actor in self.reading["actors"]}
        self.places = {place["id"]: place for place in self.reading["places"]}
        self.passages = Passages(self.reading["article"]["text"])
        self.mention_counts = Counter(mention["actor"] for mention in self.reading["mentions"])

    @property
    def day(self) -> str | None:
        published = self.reading["article"]["published"]
        return published[:DAY] if published else None

    def country(self, actor: str | None) -> str | None:
        return self.countries.get(actor) if actor else None

    def base(self, kind: str, record: Mapping[str, Any], position: int) -> Row:
        row = pack(kind, record)
        row["version_key"] = self.version_key
        row["position"] = position
        row["method_key"] = self.keys.method(record["method"])
        return row

    def keyed(self, kind: str, record: Mapping[str, Any], position: int, at: Span) -> Row:
        row = self.base(kind, record, position)
        row[f"{kind[:-1]}_key"] = self.keys.next(kind)
        row["published_day"] = self.day
        row["passage_key"] = self.passage(at)
        return row

    def passage(self, at: Span) -> int:
        span = self.passages.around(at)
        if span not in self.passage_keys:
            key = self.passage_keys[span] = self.keys.next("passages")
            row = {"passage_key": key, "version_key": self.version_key}
            self.rows["passages"].append(row | {"passage_start": span[0], "passage_end": span[1]})
            words = self.reading["article"]["text"][span[0] : span[1]]
            self.rows["passage_search"].append({"rowid": key, "words": words})
        return self.passage_keys[span]

    def placed(self, place_id: str | None) -> Row:
        place = self.places.get(place_id or "")
        return {
            "place_name": place["name"] if place else None,
            "place_country": place["country"] if place else None,
        }


def records_of(reading: Reading, version_key: int, keys: Keys) -> Rows:
    """Make the rows of all records of a reading, by table."""
    rows: Rows = defaultdict(list)
    report = _Report(reading.model_dump(mode="json"), version_key, keys, rows)
    for kind, add in _ADD.items():
        for position, record in enumerate(report.reading[kind]):
            add(report, record, position)
    return rows


def counts_of(reading: Reading) -> Row:
    """Say how many records of each kind there are."""
    return {f"{kind.removesuffix('s')}_count": len(getattr(reading, kind)) for kind in COUNTED}


def _actors(report: _Report, record: Row, position: int) -> None:
    row = report.base("actors", record, position)
    row["mention_count"] = report.mention_counts[record["id"]]
    report.rows["actors"].append(row)
    for number, role in enumerate(record["roles"]):
        held = pack("roles", role)
        del held["other_fields"]
        held |= {"version_key": report.version_key, "actor": record["id"], "position": number}
        report.rows["actor_roles"].append(held)


def _small(kind: str) -> Callable[[_Report, Row, int], None]:
    def add(report: _Report, record: Row, position: int) -> None:
        report.rows[kind].append(report.base(kind, record, position))

    return add


def _unattributed(report: _Report, record: Row, position: int) -> None:
    row = pack("unattributed", record)
    del row["other_fields"]
    row |= {"version_key": report.version_key, "position": position}
    report.rows["unattributed_quotations"].append(row)


def _statements(report: _Report, record: Row, position: int) -> None:
    cue = record["cue"]
    row = report.keyed("statements", record, position, cue["span"] if cue else record["content"][0])
    report.rows["statements"].append(row)
    key = row["statement_key"]
    text = report.reading["article"]["text"]
    for number, (start, end) in enumerate(record["content"]):
        stretch = {"statement_key": key, "position": number, "content_start": start, "content_end": end}
        report.rows["statement_contents"].append(stretch)
    words = " … ".join(text[start:end] for start, end in record["content"])
    report.rows["statement_search"].append({"rowid": key, "words": words})
    speaker, addressee = record["speaker"], record["addressee"]
    parties = {
        "speaker": [speaker["actor"]] if speaker["actor"] else [],
        "joint_speaker": speaker["actors"],
        "addressee": [addressee["actor"]] if addressee and addressee["actor"] else [],
        "about": record["about"],
    }
    for role, actors in parties.items():
        for number, actor in enumerate(actors):
            party = {"statement_key": key, "role": role, "position": number, "actor": actor}
            report.rows["statement_parties"].append(party | {"country": report.country(actor)})


def _events(report: _Report, record: Row, position: int) -> None:
    row = report.keyed("events", record, position, record["anchor"])
    row |= report.placed(row["place"])
    row["event_day"] = row["first_day"] or row["last_day"] or report.day
    report.rows["events"].append(row)
    for role in ("actor", "recipient"):
        for number, slot in enumerate(record[role]):
            party = pack("parties", slot)
            del party["other_fields"]
            party |= {"event_key": row["event_key"], "role": role, "position": number}
            party["country"] = report.country(slot["actor"])
            report.rows["event_parties"].append(party)


def _positions(report: _Report, record: Row, position: int) -> None:
    row = report.keyed("positions", record, position, record["issue"])
    row["holder_country"] = report.country(record["holder"])
    row["toward_country"] = report.country(record["toward"])
    report.rows["positions"].append(row)


def _figures(report: _Report, record: Row, position: int) -> None:
    row = report.keyed("figures", record, position, record["span"])
    report.rows["figures"].append(row | report.placed(record["place"]))


_ADD: Mapping[str, Callable[[_Report, Row, int], None]] = {
    "actors": _actors,
    "mentions": _small("mentions"),
    "statements": _statements,
    "unattributed": _unattributed,
    "events": _events,
    "positions": _positions,
    "figures": _figures,
    "places": _small("places"),
    "times": _small("times"),
}

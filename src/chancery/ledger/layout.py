"""Record <-> columns: which field of a record stands in which column, said once for both directions.

A record is taken as the JSON that it prints. A field that no column can hold
exactly (a record type of a later version, a number beyond 64 bits) is kept
whole in the column `other_fields`, so that nothing is lost on the way in and
out again.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["LAYOUTS", "Field", "pack", "unpack"]

type Row = dict[str, Any]

LARGEST = 2**63 - 1


class Field(ABC):
    """One field of a record, and the columns it stands in."""

    @abstractmethod
    def put(self, value: Any, row: Row) -> bool:  # noqa: ANN401 - any JSON
        """Write the value into its columns; say whether `take` will give the same again."""

    @abstractmethod
    def take(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        """Read the value back."""


@dataclass(frozen=True, slots=True)
class Plain(Field):
    """A value in a column of its own: a word, a number, a list as JSON."""

    column: str

    def put(self, value: Any, row: Row) -> bool:  # noqa: ANN401
        """Write it as it is; of whole numbers beyond 64 bits, the nearest that a column can hold."""
        if type(value) is int and not -LARGEST <= value <= LARGEST:
            row[self.column] = float(value) if abs(value) < 10**300 else None
            return False
        row[self.column] = value
        return True

    def take(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Read it."""
        return row[self.column]


@dataclass(frozen=True, slots=True)
class Spanned(Field):
    """A span in two columns."""

    column: str

    def put(self, value: Any, row: Row) -> bool:  # noqa: ANN401
        """Write both ends."""
        row[self.column + "_start"], row[self.column + "_end"] = value or (None, None)
        return True

    def take(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Read both ends."""
        start = row[self.column + "_start"]
        return None if start is None else (start, row[self.column + "_end"])


@dataclass(frozen=True, slots=True)
class Group(Field):
    """A record inside a record; `always` if it is never null, else null where all its columns are."""

    parts: Mapping[str, Field]
    always: bool = False

    def put(self, value: Any, row: Row) -> bool:  # noqa: ANN401
        """Write the parts."""
        inner = value or {}
        inexact = [name for name, field in self.parts.items() if not field.put(inner.get(name), row)]
        if value is None:
            return True
        empty = not self.always and not any(value[name] is not None for name in self.parts)
        return not inexact and not empty and value.keys() <= self.parts.keys()

    def take(self, row: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Read the parts."""
        found = {name: field.take(row) for name, field in self.parts.items()}
        return found if self.always or any(value is not None for value in found.values()) else None


def _plain(*names: str) -> dict[str, Field]:
    return {name: Plain(name) for name in names}


_DAYS: dict[str, Field] = {"first": Plain("first_day"), "last": Plain("last_day")}

LAYOUTS: Mapping[str, Mapping[str, Field]] = {
    "article": {
        "id": Plain("article_id"),
        **_plain("url", "publisher", "title", "text", "published", "language", "credit"),
        "dateline": Group({"span": Spanned("dateline"), "place": Plain("dateline_place")}),
    },
    "actors": {
        "id": Plain("actor"),
        **_plain("name", "kind", "country", "sector", "resolved", "score"),
        "codes": Group(_plain("plover", "cameo", "iso3", "wikidata"), always=True),
    },
    "roles": {**_plain("title", "organization"), **_DAYS},
    "mentions": {"span": Spanned("span"), **_plain("id", "kind", "type", "actor", "place", "chain", "score")},
    "statements": {
        **_plain("id", "speaker_is", "kind", "negated", "within", "score"),
        "speaker": Group({"span": Spanned("speaker"), "actor": Plain("speaker")}, always=True),
        "cue": Group({"span": Spanned("cue"), "lemma": Plain("cue_lemma")}),
        "addressee": Group({"span": Spanned("addressee"), "actor": Plain("addressee")}),
        "said": Group(
            {
                "first": Plain("said_first_day"),
                "last": Plain("said_last_day"),
                "rule": Plain("said_rule"),
            }
        ),
        "occasion": Group({"span": Spanned("occasion")}),
    },
    "unattributed": {"span": Spanned("span"), **_plain("reason")},
    "events": {
        **_plain(
            "id", "act", "mode", "context", "status", "condition", "figures", "reported_by", "why", "score"
        ),
        "anchor": Spanned("anchor"),
        "place": Group({"span": Spanned("place"), "place": Plain("place")}),
        "time": Group({"span": Spanned("time"), **_DAYS, "rule": Plain("time_rule")}),
        "plover": Group(
            {
                "type": Plain("plover_type"),
                "mode": Plain("plover_mode"),
                "quad": Plain("plover_quad"),
                "intensity": Plain("plover_intensity"),
            }
        ),
        "cameo": Group({"code": Plain("cameo_code")}),
    },
    "parties": {"span": Spanned("party"), **_plain("actor")},
    "positions": {
        **_plain("id", "holder", "toward", "act", "statement", "event", "score"),
        "issue": Spanned("issue"),
        "condition": Spanned("condition"),
    },
    "figures": {
        **_plain("id", "low", "high", "unit", "kind", "place", "change", "event", "score"),
        "span": Spanned("span"),
        "what": Spanned("what"),
        "as_of": Group({"first": Plain("as_of_first_day"), "last": Plain("as_of_last_day")}),
    },
    "places": {
        "span": Spanned("span"),
        **_plain("id", "name", "latitude", "longitude", "country", "admin1", "feature", "geonameid", "score"),
    },
    "times": {"span": Spanned("span"), **_DAYS, **_plain("id", "type", "value", "rule", "score")},
}

# Fields that stand in tables of their own, or are numbered (`method`).
ELSEWHERE = {
    "actors": {"roles", "method"},
    "statements": {"content", "about", "method"},
    "events": {"actor", "recipient", "method"},
}
_METHOD = {"method"}


def pack(kind: str, record: Mapping[str, Any]) -> Row:
    """Lay a record out in columns, all but the fields that stand in tables of their own."""
    layout = LAYOUTS[kind]
    row: Row = {}
    lost = {name for name, field in layout.items() if not field.put(record[name], row)}
    lost |= record.keys() - layout.keys() - ELSEWHERE.get(kind, _METHOD)
    row["other_fields"] = json.dumps({name: record[name] for name in sorted(lost)}) if lost else None
    return row


def unpack(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Put a record together again from its columns."""
    record = {name: field.take(row) for name, field in LAYOUTS[kind].items()}
    if other := row.get("other_fields"):
        record |= json.loads(other)
    return record

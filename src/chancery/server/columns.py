"""The columns of the Ledger page: their headings, what sorts by them, what they are in JSON and CSV."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

__all__ = ["COLUMNS", "only_columns", "shown_columns"]

# Kind -> column -> its heading, and the order that its heading sorts by.
COLUMNS: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "statements": {
        "day": ("Day", "published"), "who": ("Who", None), "what": ("How", None),
        "words": ("What was said", None), "about": ("About", None), "score": ("Score", "score"),
        "source": ("Report", "publisher"),
    },
    "events": {
        "day": ("Day", "day"), "who": ("Who → whom", None), "what": ("Act", "act"),
        "status": ("Status", None), "words": ("Words", None), "place": ("Place", None),
        "codes": ("Codes", None), "score": ("Score", "score"),
        "source": ("Report", "published"),
    },
    "positions": {
        "day": ("Day", "published"), "who": ("Holder → toward", None), "what": ("Stance", "act"),
        "words": ("Words", None), "condition": ("Condition", None), "score": ("Score", "score"),
        "source": ("Report", "publisher"),
    },
    "figures": {
        "day": ("Day", "day"), "what": ("Figure", None), "words": ("Words", None), "place": ("Place", None),
        "score": ("Score", "score"), "source": ("Report", "publisher"),
    },
    "reports": {
        "day": ("Day", "published"), "title": ("Report", "name"), "counts": ("Read in it", "words"),
        "source": ("Publisher", "publisher"),
    },
}  # fmt: skip
# Columns that are shown only to those who ask for them; status and place stand under the act otherwise.
HIDDEN = frozenset({"about", "codes", "score", "condition", "status", "place"})

# Column of the page -> the columns of JSON and CSV that it is made of.
RAW: Mapping[str, Sequence[str]] = {
    "day": ("published_day", "published", "first_day", "last_day", "said_first_day", "said_last_day",
            "as_of_first_day", "as_of_last_day"),
    "who": ("speaker", "speaker_words", "speaker_is", "addressee", "actor", "recipient", "holder", "toward"),
    "what": ("cue", "kind", "negated", "act", "mode", "anchor", "figure", "what", "low", "high", "unit",
             "change"),
    "status": ("status",),
    "words": ("content", "sentence", "issue"),
    "about": ("about",),
    "place": ("place_name", "place_country"),
    "codes": ("plover_type", "plover_quad", "cameo_code"),
    "condition": ("condition",),
    "source": ("publisher", "title", "url"),
    "title": ("title", "url"),
    "counts": ("word_count", "statement_count", "event_count", "position_count", "figure_count"),
}  # fmt: skip
# What every row says: where it stands.
ALWAYS = ("version_key", "id")


def shown_columns(kind: str, chosen: Collection[str]) -> list[str]:
    """Return the columns of a page, in its order: those that were chosen, else those that matter most."""
    kept = [name for name in COLUMNS[kind] if name in chosen]
    return kept or [name for name in COLUMNS[kind] if name not in HIDDEN]


def only_columns(rows: list[dict[str, Any]], chosen: Collection[str]) -> list[dict[str, Any]]:
    """Keep of the rows of JSON and CSV what the chosen columns of the page stand for; all if none is."""
    if not chosen:
        return rows
    kept = {*ALWAYS, *(raw for name in chosen for raw in RAW.get(name, (name,)))}
    return [{name: value for name, value in row.items() if name in kept} for row in rows]

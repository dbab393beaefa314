"""Entries of a ledger as a list shows them: names, days in words, passages cut to what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from chancery.ledger.queries.listing import Entry, Party
from chancery.records import Span
from chancery.render.names import NOBODY, UNKNOWN, shown_name
from chancery.render.phrases import day, when
from chancery.render.typeset import clean, shorten
from chancery.render.wording import wording
from chancery.server.links import actor_url, entry_url, record_url

__all__ = ["Item", "Person", "Piece", "item_of", "people", "pieces", "pieces_of"]

# Characters of a passage in a list: three lines of a wide table.
LONGEST = 330
# How much of that stands before the words that matter.
BEFORE = 110
# Characters of a party that is known only by its words, and parties that are named.
QUOTED = 40
NAMED = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a list names him, and the address of his page, if he has one."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: plain, found by a search, or naming the record (its act, issue, number)."""

    text: str
    hit: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, in words.

    Attributes:
        day: when it was or will be, as sharply as it is known; else when its report came out.
        told: when its report came out, where that is another day.
        what: the kind of thing: a cue, an act, a stance, a number.
        more: what makes it finer: the mode of an act, what is counted.
        status: how real it is, how it is quoted; empty where that goes without saying.
    """

    kind: str
    id: str
    day: str
    told: str
    who: tuple[Person, ...]
    toward: tuple[Person, ...]
    about: tuple[Person, ...]
    what: str
    more: str
    status: str
    status_label: str
    condition: str
    place: str
    codes: str
    score: float
    words: tuple[Piece, ...]
    publisher: str
    title: str
    report: str
    record: str
    checked: str


def item_of(entry: Entry) -> Item:
    """Word an entry of a ledger for a list."""
    row = entry.row
    days, told = _days(entry.kind, row)
    what, more = _WHAT[entry.kind](row)
    status, label = _status(entry.kind, row)
    return Item(
        kind=entry.kind.removesuffix("s"),
        id=entry.record_id,
        day=days,
        told=told,
        who=people(entry.who),
        toward=people(entry.toward),
        about=people(entry.about),
        what=clean(what),
        more=clean(more),
        status=status,
        status_label=label,
        condition=_cut(row.get("condition_words")),
        place=_cut(row.get("place_name")),
        codes=" · ".join(filter(None, [row.get("plover_type"), row.get("cameo_code")])),
        score=row["score"],
        words=pieces(entry.words, entry.main, entry.hits),
        publisher=clean(row["publisher"] or ""),
        title=_cut(row["title"], 120),
        report=entry_url(entry.version_key, entry.record_id),
        record=record_url(entry.version_key, entry.record_id),
        checked=entry.checked,
    )


def _cut(words: str | None, longest: int = 80) -> str:
    return shorten(clean(words or ""), longest)


def people(parties: Sequence[Party]) -> tuple[Person, ...]:
    """Name parties, those that nobody could make out by their words; of many the first few."""
    named: list[Person] = []
    for party in parties:
        if party.actor is None or party.actor in NOBODY:
            words = _cut(party.name, QUOTED) if party.actor is None else ""
            person = Person(f"“{words}”" if words else UNKNOWN, None)
        else:
            person = Person(shown_name(party.actor, party.name, party.kind), actor_url(party.actor))
        if person not in named:
            named.append(person)
    rest = len(named) - NAMED
    return (*named[:NAMED], Person(f"{rest} more", None)) if rest > 1 else tuple(named)


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


_DAYS = {
    "statements": ("said_first_day", "said_last_day"), "events": ("first_day", "last_day"),
    "figures": ("as_of_first_day", "as_of_last_day"), "positions": (None, None),
}  # fmt: skip


def _days(kind: str, row: Mapping[str, Any]) -> tuple[str, str]:
    published = _date(row["published_day"])
    first, last = (_date(row[name]) if name else None for name in _DAYS[kind])
    own = when(first, last) or ""
    told = day(published) if published else ""
    return (own, told if told != own else "") if own else (told, "")


def _statement(row: Mapping[str, Any]) -> tuple[str, str]:
    cue = _cut(row["cue_words"], 40)
    if len(cue) < 2 or not any(letter.isalpha() for letter in cue):
        cue = ""  # the colon of a transcript
    return cue[:1].lower() + cue[1:], ""


def _event(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["act"].lower(), row["mode"] or ""


def _position(row: Mapping[str, Any]) -> tuple[str, str]:
    return wording().position.get(row["act"], row["act"]), ""


def _figure(row: Mapping[str, Any]) -> tuple[str, str]:
    counted = _cut(row["what_words"], 60)
    number = _cut(row["span_words"], 60)
    return number, "" if counted and counted in number else counted


_WHAT = {"statements": _statement, "events": _event, "positions": _position, "figures": _figure}


def _status(kind: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the class and the label of what marks an entry."""
    if kind == "events":
        return row["status"], wording().status.get(row["status"], row["status"])
    if kind == "statements":
        if row["negated"]:
            return "negated", "not said so"
        return "", {"direct": "quoted", "mixed": "partly quoted"}.get(row["kind"], "reported")
    if kind == "figures":
        return "", wording().change.get(row["change"] or "", "")
    return ("conditional", "conditional") if row.get("condition_words") else ("", "")


def pieces(words: str, main: Span | None = None, hits: Sequence[Span] = ()) -> tuple[Piece, ...]:
    """Cut words to what a list has room for, around what matters, and mark it.

    Args:
        words: as the report has them.
        main: which of them name the record.
        hits: which of them a search found.
    """
    start, end = _window(words, hits[0] if hits else main)
    found = _marked(words, (start, end), [main] if main else [], hits)
    lead = [Piece("… ")] if start else []
    tail = [Piece(" …")] if end < len(words.rstrip()) else []
    return (*lead, *found, *tail)


def pieces_of(words: str, *, main: Sequence[Span] = ()) -> tuple[Piece, ...]:
    """Mark the words that name a record in the whole of its sentence."""
    return tuple(_marked(words, (0, len(words)), main, ()))


def _marked(words: str, window: Span, main: Sequence[Span], hits: Sequence[Span]) -> list[Piece]:
    start, end = window
    edges = {start, end, *(min(max(at, start), end) for span in (*main, *hits) for at in span)}
    found = [
        Piece(_spaced(words[a:b]), hit=_inside(a, b, hits), main=_inside(a, b, main))
        for a, b in pairwise(sorted(edges))
    ]
    return [piece for piece in found if piece.text]


def _inside(start: int, end: int, spans: Sequence[Span]) -> bool:
    return any(span[0] <= start and end <= span[1] for span in spans)


def _spaced(text: str) -> str:
    """Clean a stretch of words, and keep the spaces that part it from its neighbours."""
    return clean(f"x{text}x")[1:-1]


def _window(words: str, focus: Span | None) -> Span:
    """Choose which part of long words is shown: it begins at a word, and holds what matters."""
    if len(words) <= LONGEST + BEFORE // 2:
        return 0, len(words)
    at = max(focus[0] - BEFORE, 0) if focus else 0
    if at:
        space = words.find(" ", at, at + 30)
        at = space + 1 if space >= 0 else at
    end = min(at + LONGEST, len(words))
    space = words.rfind(" ", end - 30, end)
    return at, space if space > at and end < len(words) else end

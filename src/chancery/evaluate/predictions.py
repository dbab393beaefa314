"""Readings in the formats that the scorers read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chancery.evaluate.matching import Entry
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementOptions, find_statements
from chancery.extract.syntax import characters
from chancery.records import ActorSlot, Event, Mention, Reading, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = [
    "POLNEAR",
    "as_acts",
    "as_coreference",
    "as_events",
    "as_figures",
    "as_names",
    "as_places",
    "as_records",
    "as_scores",
    "as_statements",
    "as_times",
    "attributions",
]


NAMING = frozenset({"name", "nominal", "capital"})


def as_records(_: Entry, reading: Reading) -> Entry:
    """Return the reading as `chancery read --format jsonl` prints it."""
    return reading.model_dump(mode="json")


# PolNeAR counts narrators' impressions and outermost attributions, and lets
# content begin at "that".
POLNEAR = StatementOptions(extra=True, nested=False, corpus=True)


def attributions(gold: Entry, doc: Doc) -> Entry:
    """Return what the text ascribes to sources by PolNeAR's conventions, straight from the extractor."""
    found = find_statements(doc, find_quotations(doc), options=POLNEAR)
    return {
        "id": gold["id"],
        "statements": [
            {
                "content": [characters(doc, run) for run in mention.content],
                "speaker": _listed(characters(doc, mention.speaker) if mention.speaker else None),
                "cue": _listed(characters(doc, mention.cue) if mention.cue else None),
                "kind": mention.kind,
            }
            for mention in found
        ],
    }


def as_statements(gold: Entry, reading: Reading) -> Entry:
    """Return the outermost statements of a reading, by the conventions of the product."""
    return {
        "id": gold["id"],
        "statements": [
            {
                "content": statement.content,
                "speaker": _listed(statement.speaker.span),
                "cue": _listed(statement.cue.span if statement.cue else None),
                "kind": statement.kind,
            }
            for statement in reading.statements
            if statement.within is None
        ],
    }


def as_scores(gold: Entry, reading: Reading) -> Entry:
    """Return contents with their scores; only the outermost for PolNeAR, which marks no others."""
    outermost = "attributions" in gold
    return {
        "id": gold["id"],
        "statements": [
            {"content": statement.content, "score": statement.score}
            for statement in reading.statements
            if statement.within is None or not outermost
        ],
    }


def _listed(span: Span | None) -> list[Span] | None:
    return [span] if span else None


def as_times(gold: Entry, reading: Reading) -> Entry:
    """Return time expressions with TIMEX3 types and values."""
    return {
        "id": gold["id"],
        "times": [
            {"start": t.span[0], "end": t.span[1], "type": t.type, "value": t.value} for t in reading.times
        ],
    }


def as_figures(gold: Entry, reading: Reading) -> Entry:
    """Return figures as entities: money apart from every other quantity."""
    return {
        "id": gold["id"],
        "entities": [
            {
                "start": f.span[0],
                "end": f.span[1],
                "type": "Money" if f.kind == "money" else "Quantity",
            }
            for f in reading.figures
        ],
    }


def as_places(gold: Entry, reading: Reading) -> Entry:
    """Return places with coordinates in degrees."""
    return {
        "id": gold["id"],
        "places": [
            {
                "start": p.span[0],
                "end": p.span[1],
                "lat": p.latitude,
                "lon": p.longitude,
                "geonameid": p.geonameid,
            }
            for p in reading.places
        ],
    }


def as_names(gold: Entry, reading: Reading) -> Entry:
    """Return named mentions with their types; places count as names too."""
    names = {m.span: m.type for m in reading.mentions if m.kind in {"name", "capital"}}
    names |= {p.span: "place" for p in reading.places if p.span not in names}
    return {
        "id": gold["id"],
        "entities": [
            {"start": start, "end": end, "type": kind} for (start, end), kind in sorted(names.items())
        ],
    }


def as_coreference(gold: Entry, reading: Reading) -> Entry:
    """Return mentions with their chains."""
    kinds = {"demonym": "name", "capital": "name"}
    return {
        "id": gold["id"],
        "mentions": [
            {"start": m.span[0], "end": m.span[1], "kind": kinds.get(m.kind, m.kind), "chain": m.chain}
            for m in reading.mentions
        ],
    }


def as_events(gold: Entry, reading: Reading) -> Entry:
    """Return published PLOVER events with their parties as words."""
    return {"id": gold["id"], "events": [_coded(event, reading) for event in reading.events if event.plover]}


def as_acts(gold: Entry, reading: Reading) -> Entry:
    """Return every event's act, words, status and score, whether it is published or not."""
    return {
        "id": gold["id"],
        "events": [
            {"anchor": event.anchor, "act": event.act, "status": event.status, "score": event.score}
            for event in reading.events
        ],
    }


def _coded(event: Event, reading: Reading) -> Entry:
    assert event.plover is not None  # only published events are asked for

    def texts(slots: Sequence[ActorSlot]) -> list[str]:
        # a party that the report leaves to be understood has no words there, and the gold marks words
        return [_named(slot.span, reading) for slot in slots if slot.span]

    return {"type": event.plover.type, "actor": texts(event.actor), "recipient": texts(event.recipient)}


def _named(span: Span, reading: Reading) -> str:
    """Return the words for a party: for a pronoun, those of the last name or description it stands for."""
    pronoun = next((one for one in reading.mentions if one.span == span and one.kind == "pronoun"), None)
    if pronoun is None:
        return reading.words(span)
    named = [one for one in reading.mentions if one.kind in NAMING and _means(one, pronoun)]
    before = [one for one in named if one.span[0] < span[0]]
    return reading.words((before or named)[-1 if before else 0].span) if named else reading.words(span)


def _means(one: Mention, other: Mention) -> bool:
    if one.actor and other.actor:
        return one.actor == other.actor
    return one.chain is not None and one.chain == other.chain

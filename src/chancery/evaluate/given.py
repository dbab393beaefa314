"""The task of types with given parties: the gold says who and whom, the answer says what.

Corpora that know only YIELD (PLV) are answered in the reading of PLOVER that
follows CAMEO's codes; others in this project's codebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chancery.evaluate.matching import Entry
from chancery.extract.events.between import Asked, Reading
from chancery.extract.events.second import Answer, type_between
from chancery.extract.syntax import Tokens
from chancery.extract.tree import tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["answers", "asked_of", "reading_of", "rules_given", "types_given"]

type Spans = Sequence[tuple[int, int]]


def types_given(gold: Entry, doc: Doc) -> Entry:
    """Answer every event of a gold entry by rules and learned part, in order."""
    return _answered(gold, answers(gold, doc))


def rules_given(gold: Entry, doc: Doc) -> Entry:
    """Answer every event of a gold entry by the rules alone."""
    return _answered(gold, answers(gold, doc, learned=False))


def _answered(gold: Entry, told: Sequence[Answer | None]) -> Entry:
    return {
        "id": gold["id"],
        "events": [{"type": one.type if one else None, "score": one.score if one else 0.0} for one in told],
    }


def answers(gold: Entry, doc: Doc, *, learned: bool = True) -> list[Answer | None]:
    """Answer every event of a gold entry; None where no party is given, or the rules alone find no word."""
    reading, tree = reading_of(gold), tree_of(doc)
    asked = [asked_of(gold, event, doc) for event in gold["events"]]
    return [type_between(tree, one, reading, learned=learned) if one else None for one in asked]


def reading_of(gold: Entry) -> Reading:
    """Tell by whose conventions an entry is coded: files that keep the publisher's own type follow CAMEO."""
    return "cameo" if any("event_type_file" in event for event in gold["events"]) else "own"


def asked_of(gold: Entry, event: Entry, doc: Doc) -> Asked | None:
    """Return the parties of a gold event as tokens, or None where it names neither."""
    actor, recipient = (_tokens(doc, _spans(gold["text"], event, side)) for side in ("actor", "recipient"))
    return Asked(actor, recipient) if actor or recipient else None


SIDES = {"actor": ("SRC", "source_text"), "recipient": ("TAR", "target_text")}


def _spans(text: str, event: Entry, side: str) -> Spans:
    """Find where a side is marked: by spans, else at the first place where its words stand."""
    role, words = SIDES[side]
    if "spans" in event:
        return [(span["start"], span["end"]) for span in event["spans"] if span["role"] == role]
    if side in event and all(isinstance(one, list | tuple) for one in event[side]):
        return [(start, end) for start, end in event[side]]
    found = [(text.find(part), part) for part in event.get(words, ())]
    return [(start, start + len(part)) for start, part in found if start >= 0]


def _tokens(doc: Doc, spans: Spans) -> tuple[Tokens, ...]:
    found = (doc.char_span(start, end, alignment_mode="expand") for start, end in spans)
    return tuple((span.start, span.end) for span in found if span is not None and len(span))

"""Records as W3C Web Annotations (JSON-LD), for annotation tools and for citing evidence.

Each record is an annotation of the report's text: its main spans are targets,
each with a text quote selector (the words, and what stands around them) and a
text position selector (code points of the extracted text). The body holds the
record itself as JSON, and its kind as a tag.

Source: Web Annotation Data Model, W3C Recommendation, 23 February 2017.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from chancery.records import Event, Figure, Position, Reading, Span, Statement

__all__ = ["CONTEXT", "annotate", "name_of"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

# Characters before and after the words: the data model asks for enough to find them again.
AROUND = 32

type Annotated = Statement | Event | Position | Figure


def annotate(reading: Reading) -> Iterator[Mapping[str, Any]]:
    """Yield an annotation for every statement, event, position and figure of a report."""
    records: tuple[tuple[str, tuple[Annotated, ...]], ...] = (
        ("statement", reading.statements),
        ("event", reading.events),
        ("position", reading.positions),
        ("figure", reading.figures),
    )
    for kind, of_kind in records:
        for record in of_kind:
            yield _annotation(reading, kind, record)


def name_of(reading: Reading, record_id: str | None = None) -> str:
    """Name a report, or a record of one, with a URN that is equal for equal input."""
    parts = [reading.article.id] if record_id is None else [reading.article.id, record_id]
    return "urn:chancery:" + ":".join(quote(part, safe="") for part in parts)


def _annotation(reading: Reading, kind: str, record: Annotated) -> Mapping[str, Any]:
    targets = [_target(reading, span) for span in _spans(record)]
    return {
        "id": name_of(reading, record.id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": record.method.partition(" | ")[2]},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": kind},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": record.model_dump_json(),
            },
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _spans(record: Annotated) -> tuple[Span, ...]:
    match record:
        case Statement():
            return record.content
        case Event():
            return (record.anchor,)
        case Position():
            return (record.issue,)
        case Figure():
            return (record.span,)


def _target(reading: Reading, span: Span) -> Mapping[str, Any]:
    text, (start, end) = reading.article.text, span
    return {
        "source": reading.article.url or name_of(reading),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - AROUND) : start],
                "suffix": text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }

"""Events as JSON Lines in the manner of the PLOVER project's own records.

The fields are those of the project's gold standard records (`source`, `target`,
`event`, `mode`, `context`, `text`, `textInfo` ...), in snake case; the issue
that asked for this names ``text_info``. `text_info.markup` marks the words of
source, target and event in the paragraph as the project's records do, and
`text_info.spans` gives the same as offsets into the report.

Source: PLOVER_GSR_CAMEO.txt and its documentation (Open Event Data Alliance, 2016).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chancery.export.told import Party, Told
from chancery.records import Span
from chancery.render.phrases import published_day

__all__ = ["record"]

SOURCE, TARGET, EVENT, PLACE = "SRC", "TAR", "EVT", "LOC"


def record(told: Told) -> Mapping[str, Any] | None:
    """Return an event as one JSON object; None for events that PLOVER does not publish.

    Fields without a value are left out, as in the project's own file.
    """
    plover = told.event.plover
    if plover is None:
        return None
    article, report = told.report.reading.article, told.report
    source, target = report.parties(told.event.actor), report.parties(told.event.recipient)
    paragraph = report.context(told.event.anchor)
    fields: dict[str, Any] = {
        "id": told.id,
        "date": told.day.isoformat() if told.day else None,
        "source": [_party(party) for party in source],
        "target": [_party(party) for party in target],
        "event": plover.type,
        "mode": plover.mode,
        "context": list(told.event.context),
        "event_text": report.reading.words(told.event.anchor),
        "event_loc": _place(told),
        "quad": plover.quad,
        "intensity": plover.intensity,
        "status": told.event.status,
        "text": article.text[slice(*paragraph)],
        "text_info": _text_info(told, source, target, paragraph),
        "language": article.language,
        "publication": article.publisher,
        "publication_date": published.isoformat() if (published := published_day(report.reading)) else None,
        "url": article.url,
        "coder": told.event.method.partition(" | ")[2],
        "version": "PLOVER DRAFT 2.0",
        "comment": told.event.why,
    }
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def _party(party: Party) -> Mapping[str, Any]:
    fields = {
        "actor_text": party.words or party.name,
        "actor": party.slot.actor,
        "code": party.state,
        "sector": party.actor.sector if party.actor else None,
    }
    return {name: value for name, value in fields.items() if value}


def _place(told: Told) -> Mapping[str, Any] | None:
    place = told.report.place(told.event)
    if place is None:
        return None
    fields = {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "geonameid": place.geonameid,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _text_info(
    told: Told, source: Sequence[Party], target: Sequence[Party], paragraph: Span
) -> Mapping[str, Any]:
    spans = [(SOURCE, party.slot.span) for party in source]
    spans += [(TARGET, party.slot.span) for party in target]
    spans += [(EVENT, told.event.anchor), (PLACE, told.event.place.span if told.event.place else None)]
    found = [(kind, span) for kind, span in spans if span is not None]
    return {
        "markup": _marked(told.report.reading.article.text, paragraph, found),
        "article": told.report.reading.article.id,
        "span": list(paragraph),
        "spans": [{"kind": kind, "span": list(span)} for kind, span in found],
    }


def _marked(text: str, paragraph: Span, found: Sequence[tuple[str, Span]]) -> str:
    """Write ``(SRC: words)`` into the paragraph; the event's marks come before others."""
    kept: list[tuple[Span, str]] = []
    for kind, span in sorted(found, key=lambda item: (item[0] != EVENT, item[1])):
        free = all(span[1] <= start or end <= span[0] for (start, end), _ in kept)
        if free and paragraph[0] <= span[0] and span[1] <= paragraph[1]:
            kept.append((span, kind))
    out, at = [], paragraph[0]
    for (start, end), kind in sorted(kept):
        out += [text[at:start], f"({kind}: {text[start:end]})"]
        at = end
    return "".join([*out, text[at : paragraph[1]]])

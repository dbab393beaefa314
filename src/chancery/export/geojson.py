"""Events with a place on the map, as GeoJSON (RFC 7946: WGS 84, longitude first)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chancery.export.told import Told
from chancery.render.phrases import published_day

__all__ = ["feature"]

# Classes of GeoNames features that are too wide for their point to be where something happened.
VAGUE = ("PCL", "ADM", "RGN", "CONT", "SEA", "OCN", "GULF", "PEN", "TERR", "STM", "CHN", "ISLS", "AREA")


def feature(told: Told) -> Mapping[str, Any] | None:
    """Return an event as a GeoJSON feature; None where its place is not known.

    ``vague`` marks events placed in a country, a sea, a river or a region, whose
    point is only the middle of it.
    """
    place, event = told.report.place(told.event), told.event
    if place is None or place.latitude is None or place.longitude is None:
        return None
    article, names = told.report.reading.article, told.report.names
    published = published_day(told.report.reading)
    return {
        "type": "Feature",
        "id": told.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "act": event.act,
            "mode": event.mode,
            "status": event.status,
            "actor": [slot.actor for slot in event.actor],
            "actor_names": names.parties(event.actor),
            "recipient": [slot.actor for slot in event.recipient],
            "recipient_names": names.parties(event.recipient),
            "first": _iso(event.time.first if event.time else None),
            "last": _iso(event.time.last if event.time else None),
            "words": told.report.reading.words(event.anchor),
            "place": place.name,
            "place_words": told.report.reading.words(event.place.span) if event.place else None,
            "place_country": place.country,
            "geonameid": place.geonameid,
            "vague": _vague(place.feature),
            "plover": event.plover.type if event.plover else None,
            "reports": told.witnesses.reports,
            "publishers": told.witnesses.publishers,
            "published": _iso(published),
            "publisher": article.publisher,
            "url": article.url,
            "score": event.score,
        },
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _vague(kind: str | None) -> bool:
    return kind is None or kind.startswith(VAGUE)

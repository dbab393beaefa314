"""Events in the 40 columns of POLECAT, tab-separated with a header row.

`data/polecat_columns.csv` says what each column holds; what Chancery does not
know stays empty. Source of the columns: the published files, Halterman et al.,
"PLOVER and POLECAT: A New Political Event Ontology and Dataset" (2023).
"""

from __future__ import annotations

from collections.abc import Iterable

from chancery.export.dictionaries import columns
from chancery.export.told import Party, Report, Told
from chancery.knowledge.state_codes import state_name
from chancery.records import Event, Place
from chancery.render.names import NOBODY
from chancery.render.phrases import published_day

__all__ = ["header", "line"]

BETWEEN = ";"
ORGANIZED = frozenset(
    {"international_organization", "government_body", "military", "political_party"}
    | {"armed_group", "company", "media", "ngo"}
)


def header() -> str:
    """Return the header row."""
    return "\t".join(columns("polecat_columns"))


def line(told: Told) -> str | None:
    """Write an event as one line without its end; None for events that PLOVER does not publish."""
    if told.event.plover is None:
        return None
    report, event = told.report, told.event
    cells = _what(told) | _where(event, report.place(event), report) | _story(report)
    cells |= _side("Actor", report.parties(event.actor)) | _side("Recipient", report.parties(event.recipient))
    return "\t".join(_cell(cells.get(name)) for name in columns("polecat_columns"))


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _list(values: Iterable[object]) -> str:
    """Write several values into one cell, each with its own semicolons made commas."""
    cells = ["" if value is None else str(value).replace(BETWEEN, ",") for value in values]
    return BETWEEN.join(cells) if any(cells) else ""


def _what(told: Told) -> dict[str, object]:
    article, plover = told.report.reading.article, told.event.plover
    assert plover is not None  # asked by the caller
    return {
        "Event ID": told.id,
        "Event Date": told.day,
        "Event Type": plover.type,
        "Event Mode": plover.mode,
        "Intensity": plover.intensity,
        "Quad Code": plover.quad.replace("_", " ").upper(),
        "Contexts": _list(told.event.context),
        "Source": article.publisher,
        "Publication Date": published_day(told.report.reading),
        "Language": article.language,
        "Version": told.event.method.partition(" | ")[2],
    }


def _side(side: str, parties: list[Party]) -> dict[str, object]:
    sectors = [party.actor.sector if party.actor else None for party in parties]
    roles = [party.actor.roles if party.actor and party.actor.kind == "person" else () for party in parties]
    return {
        f"{side} Name": _list(
            None if party.slot.actor in {None, *NOBODY} else party.name for party in parties
        ),
        f"{side} Country": _list(state_name(party.state) for party in parties),
        f"{side} COW": _list(party.codes.cow for party in parties),
        f"Primary {side} Sector": next((sector for sector in sectors if sector), None),
        f"{side} Sectors": _list(sectors),
        f"{side} Title": _list(role[0].title if role else None for role in roles),
        f"{side} Name Raw": _list(party.words for party in parties),
    }


def _where(event: Event, place: Place | None, report: Report) -> dict[str, object]:
    raw = report.reading.words(event.place.span) if event.place else None
    if place is None:
        return {"Raw Placename": raw}
    return {
        "Placename": place.name,
        "City": place.name if (place.feature or "").startswith("PPL") else None,
        "Province": place.admin1,
        "Country": place.country,
        "Latitude": place.latitude,
        "Longitude": place.longitude,
        "GeoNames ID": place.geonameid,
        "Raw Placename": raw,
        "Feature Type": place.feature,
    }


def _story(report: Report) -> dict[str, object]:
    actors = report.reading.actors
    named = {mention.actor for mention in report.reading.mentions if mention.kind == "name"}
    return {
        "Story People": _list(a.name for a in actors if a.kind == "person" and a.id in named),
        "Story Organizations": _list(a.name for a in actors if a.kind in ORGANIZED and a.id in named),
        "Story Locations": _list(dict.fromkeys(place.name for place in report.reading.places)),
    }

"""Events in the 61 columns of GDELT 2.0, for programs that read GDELT.

Tab-separated without a header row, as GDELT's own files are; the header goes
into a file beside it. What Chancery does not know stays empty.
`data/gdelt_columns.csv` says what each column holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache

from chancery.export.dictionaries import columns
from chancery.export.told import Party, Told
from chancery.knowledge.state_codes import state_codes
from chancery.ontology.plover import rows
from chancery.records import Place
from chancery.render.names import NOBODY

__all__ = ["HEADER", "header", "line"]

# A float holds whole numbers of 53 bits exactly, and pandas turns columns with gaps into floats.
ID_BITS = 52

DAYS_OF_YEAR, DAYS_OF_MONTH = 365, 30
COUNTRY_LETTERS, ROLE_LETTERS = 3, 3

# GDELT's kinds of places.
COUNTRY, US_STATE, US_CITY, WORLD_CITY, WORLD_STATE = 1, 2, 3, 4, 5

HEADER = "gdelt.header.tsv"


def header() -> tuple[str, ...]:
    """Return the names of the 61 columns in order."""
    return tuple(columns("gdelt_columns"))


def line(told: Told) -> str | None:
    """Write an event as one line without its end; None for events that CAMEO has no code for."""
    if told.event.cameo is None:
        return None
    cells = _when(told) | _what(told) | _where(told.report.place(told.event))
    for number, side in ((1, told.event.actor), (2, told.event.recipient)):
        parties = told.report.parties(side)
        if parties:
            cells |= _who(number, parties[0])
    return "\t".join(_cell(cells.get(name)) for name in header())


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _when(told: Told) -> dict[str, object]:
    article, day = told.report.reading.article, told.day
    digest = hashlib.sha256(told.id.encode("utf-8", "surrogatepass")).digest()
    cells: dict[str, object] = {
        "GLOBALEVENTID": int.from_bytes(digest[:8]) >> (64 - ID_BITS),
        "DATEADDED": _moment(article.published),
        "SOURCEURL": article.url,
    }
    if day is not None:
        passed = ((day.month - 1) * DAYS_OF_MONTH + day.day) / DAYS_OF_YEAR
        cells |= {
            "SQLDATE": f"{day:%Y%m%d}",
            "MonthYear": f"{day:%Y%m}",
            "Year": day.year,
            "FractionDate": f"{day.year + passed:.4f}",
        }
    return cells


def _moment(published: datetime | date | None) -> str | None:
    if published is None:
        return None
    moment = published if isinstance(published, datetime) else datetime.combine(published, time())
    return f"{(moment.astimezone(UTC) if moment.tzinfo else moment):%Y%m%d%H%M%S}"


def _what(told: Told) -> dict[str, object]:
    assert told.event.cameo is not None  # asked by the caller
    code = told.event.cameo.code
    row = _cameo().get(code, {})
    text = told.report.reading.article.text
    return {
        "IsRootEvent": int("\n" not in text[: told.event.anchor[0]].lstrip()),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": row.get("quad_number"),
        "GoldsteinScale": row.get("goldstein"),
        "NumMentions": told.witnesses.mentions,
        "NumSources": told.witnesses.publishers,
        "NumArticles": told.witnesses.reports,
    }


@cache
def _cameo() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in rows("cameo_events")}


def _who(number: int, party: Party) -> dict[str, object]:
    code = (party.actor.codes.cameo if party.actor else None) or ""
    roles = code[COUNTRY_LETTERS:] if party.state and code.startswith(party.state) else code
    known = party.slot.actor not in {None, *NOBODY}
    return {
        f"Actor{number}Code": code,
        f"Actor{number}Name": party.name.upper() if known else party.words.upper(),
        f"Actor{number}CountryCode": party.state,
        f"Actor{number}Type1Code": roles[:ROLE_LETTERS],
        f"Actor{number}Type2Code": roles[ROLE_LETTERS : 2 * ROLE_LETTERS],
    }


def _where(place: Place | None) -> dict[str, object]:
    if place is None or place.latitude is None:
        return {}
    return {
        "ActionGeo_Type": _kind(place),
        "ActionGeo_FullName": place.name,
        "ActionGeo_CountryCode": state_codes(place.country).fips,
        "ActionGeo_Lat": place.latitude,
        "ActionGeo_Long": place.longitude,
    }


def _kind(place: Place) -> int | None:
    feature, american = place.feature or "", place.country == "USA"
    if feature.startswith("PCL"):
        return COUNTRY
    if feature.startswith("ADM1"):
        return US_STATE if american else WORLD_STATE
    if feature.startswith("PPL"):
        return US_CITY if american else WORLD_CITY
    return None

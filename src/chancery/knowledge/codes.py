"""Actors in the code books of PLOVER and CAMEO.

PLOVER codes an actor by country and sector; CAMEO strings the country, or the kind
of international body, and a role together ("RUSMIL", "IGONAT"). The sectors are
those of the kb's `ontology/plover_sectors.csv`, the roles those of
`ontology/cameo_actor_types.csv`.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from chancery.records import ActorCodes

__all__ = ["actor_codes", "sector_of", "state_of"]

# A state's id is an alpha-3 code, and its bodies' ids begin with it and a colon.
CODE_LENGTH = 3

# CAMEO's own names for sectors that PLOVER calls differently.
CAMEO_ROLE = {"JRN": "MED", "MED": "HLH", "PRE": "GOV", "SOC": "NGO", "ISM": "INT", "EUR": "EUR"}
INTERNATIONAL = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
# Bodies with a CAMEO code of their own behind the kind.
CAMEO_BODIES = {"NATO": "IGONAT", "EU": "IGOEUR", "UN": "IGOUNO", "Amnesty": "NGOAMN", "ICRC": "NGOIRC"}


def state_of(actor: str) -> str | None:
    """Return the state that an actor id is or belongs to by its form ("RUS:military" to "RUS")."""
    code = actor.partition(":")[0]
    looks = len(code) == CODE_LENGTH and code.isalpha() and code.isupper()
    return code if looks and actor[CODE_LENGTH:][:1] in {"", ":"} else None


def sector_of(actor: str) -> str | None:
    """Read the PLOVER sector of a part of a state from its id; None for the state itself."""
    part = f"-{actor.partition(':')[2]}-"
    return next((sector for word, sector in _sector_words() if f"-{word}-" in part), None)


@cache
def _sector_words() -> tuple[tuple[str, str], ...]:
    text = (resources.files("chancery.knowledge") / "data" / "sectors.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines()[1:] if not line.startswith("#"))
    return tuple((word, sector) for sector, words in rows for word in words.split("|"))


def actor_codes(actor: str, country: str | None, sector: str | None, wikidata: str | None) -> ActorCodes:
    """Derive the codes of an actor from its id, country and PLOVER sector."""
    return ActorCodes(
        plover=f"{country or ''}{sector or ''}" or None,
        cameo=_cameo(actor, country, sector),
        iso3=country if country and (country == "XKX" or not country.startswith("X")) else None,
        wikidata=wikidata,
    )


def _cameo(actor: str, country: str | None, sector: str | None) -> str | None:
    if actor in CAMEO_BODIES:
        return CAMEO_BODIES[actor]
    role = CAMEO_ROLE.get(sector or "", sector or "")
    if sector in INTERNATIONAL and not country:
        return "IGO" + role if sector in {"UNO", "EUR"} else role
    return f"{country or ''}{role}" or None

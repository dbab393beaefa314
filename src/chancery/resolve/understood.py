"""Actors that a report means without naming them: the state whose office put it out.

A release of the US Department of State may say "we" and never "the United
States". Who is bound by it must still have a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chancery.knowledge.actors import Knowledge
from chancery.knowledge.codes import actor_codes, sector_of
from chancery.records import Actor, Position
from chancery.resolve.setting import Setting

__all__ = ["understood_actors"]


def understood_actors(
    setting: Setting, positions: Iterable[Position], actors: Sequence[Actor], knowledge: Knowledge
) -> tuple[Actor, ...]:
    """Return a record for every party of a position that no other record names, in order of appearance."""
    known = {actor.id for actor in actors}
    parties = [party for position in positions for party in (position.holder, position.toward)]
    missing = dict.fromkeys(party for party in parties if party is not None and party not in known)
    return tuple(_actor(setting, party, knowledge) for party in missing)


def _actor(setting: Setting, party: str, knowledge: Knowledge) -> Actor:
    found = knowledge.known(party)
    sector = (found.sector if found else None) or sector_of(party)
    country = found.country if found else None
    return Actor(
        id=party,
        name=found.name if found else party.rpartition(":")[2],
        kind=found.kind if found else "other",
        country=country,
        sector=sector,
        codes=actor_codes(party, country, sector, found.wikidata if found else None),
        resolved=found is not None,
        method=setting.maker.method("party of a position, understood"),
        score=0.5,
    )

"""Events with the place they are at: narrow rows for a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, or_, select

from chancery.ledger.schema.records import event_parties, events, places
from chancery.ledger.schema.reports import report_versions

__all__ = ["PlacedRow", "events_placed", "events_told"]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One event as a report tells it, and its place; the day is ISO 8601 or empty.

    Attributes:
        feature: GeoNames' code of what the place is; None for places that are not from there.
        latitude, longitude: degrees; of an area, a point inside it.
    """

    event_key: int
    version_key: int
    act: str
    status: str
    event_day: str
    name: str
    feature: str | None
    country: str | None
    latitude: float
    longitude: float


def events_placed(connection: Connection, party: str | None = None) -> list[PlacedRow]:
    """Return the events of current wordings whose place has coordinates, in the order of the ledger.

    Args:
        connection: one state of the ledger.
        party: only events that this actor, or whoever belongs to this state, acts in or is acted on.
    """
    columns, place = events.c, places.c
    query = (
        select(
            columns.event_key,
            columns.version_key,
            columns.act,
            columns.status,
            func.coalesce(columns.event_day, columns.published_day, ""),
            place.name,
            place.feature,
            place.country,
            place.latitude,
            place.longitude,
        )
        .join_from(events, places, and_(place.version_key == columns.version_key, place.id == columns.place))
        .where(
            columns.place.is_not(None),
            place.latitude.is_not(None),
            columns.version_key.not_in(
                select(report_versions.c.version_key).where(~report_versions.c.is_current)
            ),
        )
        .order_by(columns.event_key)
    )
    if party is not None:
        parties = event_parties.c
        named = or_(parties.actor == party, parties.country == party)
        query = query.where(exists().where(parties.event_key == columns.event_key, named))
    return [PlacedRow(*tuple(row)) for row in connection.execute(query)]


def events_told(connection: Connection) -> Sequence[int]:
    """Return how many events are told in all, and how many of them name a place, copies and all."""
    query = select(func.count(), func.count(events.c.place))
    return tuple(connection.execute(query).one())

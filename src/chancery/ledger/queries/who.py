"""Who is in a ledger: everybody by name and kind, one actor's names and offices, and his counterparts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Integer, and_, case, cast, func, not_, or_, select

from chancery.ledger.queries.between import Party, keys_of, ways_of
from chancery.ledger.queries.filters import REAL
from chancery.ledger.schema.records import actor_roles, actors, event_parties, events
from chancery.ledger.schema.reports import report_versions

__all__ = ["ActorRow", "Dealing", "Named", "Office", "dealings", "everybody", "named", "offices"]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, and how many reports and mentions name him."""

    actor: str
    name: str
    kind: str
    country: str | None
    reports: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Named:
    """An actor as one report has him, and its day."""

    name: str
    kind: str
    country: str | None
    wikidata: str | None
    resolved: bool
    day: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office as reports and tables give it; days are ISO 8601."""

    title: str
    organization: str | None
    first_day: str | None
    last_day: str | None
    reports: int
    first_told: str | None
    last_told: str | None


@dataclass(frozen=True, slots=True)
class Dealing:
    """Events of one act between a party and somebody else."""

    other: str
    act: str
    real: bool
    outward: bool
    events: int


def everybody(connection: Connection) -> list[ActorRow]:
    """Return all actors that have a name, by the one that most reports give, those in most reports first."""
    columns = actors.c
    replaced = select(report_versions.c.version_key).where(~report_versions.c.is_current)
    reports = func.count()
    query = (
        select(
            columns.actor, columns.name, columns.kind, columns.country,
            reports, func.sum(columns.mention_count),
        )
        .where(columns.actor.not_like("?%"), columns.version_key.not_in(replaced))
        .group_by(columns.actor, columns.name)
        .order_by(columns.actor, reports.desc(), columns.name)
    )  # fmt: skip
    found: dict[str, ActorRow] = {}
    for actor, name, kind, country, count, mentions in connection.execute(query):
        first = found.get(actor)
        found[actor] = (
            replace(first, reports=first.reports + count, mentions=first.mentions + mentions)
            if first
            else ActorRow(actor, name, kind, country, count, mentions)
        )
    return sorted(found.values(), key=lambda row: (-row.reports, row.actor))


def named(connection: Connection, actor: str) -> list[Named]:
    """Return an actor as each report has him, in the order in which they came out."""
    columns, versions = actors.c, report_versions.c
    query = (
        select(
            columns.name, columns.kind, columns.country, columns.wikidata, columns.resolved,
            versions.published_day, versions.publisher,
        )
        .join_from(actors, report_versions, versions.version_key == columns.version_key)
        .where(columns.actor == actor, versions.is_current)
        .order_by(versions.published_day, versions.version_key)
    )  # fmt: skip
    return [Named(*tuple(row)) for row in connection.execute(query)]


def offices(connection: Connection, actor: str) -> list[Office]:
    """Return the offices that an actor has in reports, those told most first."""
    columns, versions = actor_roles.c, report_versions.c
    reports = func.count(columns.version_key.distinct())
    key = (columns.title, columns.organization, columns.first_day, columns.last_day)
    query = (
        select(*key, reports, func.min(versions.published_day), func.max(versions.published_day))
        # Through the index of actors: roles have none by actor.
        .join_from(
            actors,
            actor_roles,
            and_(columns.version_key == actors.c.version_key, columns.actor == actors.c.actor),
        )
        .join(report_versions, versions.version_key == columns.version_key)
        .where(actors.c.actor == actor, versions.is_current)
        .group_by(*key)
        .order_by(reports.desc(), columns.title)
    )
    return [Office(*tuple(row)) for row in connection.execute(query)]


def dealings(connection: Connection, party: Party) -> Sequence[Dealing]:
    """Count what a party did toward each other one, and they toward it, by act and whether it was real."""
    return [*_dealings(connection, party, outward=True), *_dealings(connection, party, outward=False)]


def _dealings(connection: Connection, party: Party, *, outward: bool) -> list[Dealing]:
    other = event_parties.c
    mine, theirs = ("actor", "recipient") if outward else ("recipient", "actor")
    who = func.coalesce(other.country, other.actor)
    real = cast(events.c.status.in_(REAL), Integer)
    own = func.coalesce(case((or_(*ways_of(other.actor, other.country, party)), 1)), 0)
    query = (
        select(who, events.c.act, real, func.count(events.c.event_key.distinct()))
        .join_from(events, event_parties, other.event_key == events.c.event_key)
        .where(
            events.c.event_key.in_(keys_of(party, (mine,))),
            other.role == theirs,
            other.actor.is_not(None),
            not_(other.actor.like("?%")),
            own == 0,
        )
        .group_by(who, events.c.act, real)
    )
    return [Dealing(row[0], row[1], bool(row[2]), outward, row[3]) for row in connection.execute(query)]

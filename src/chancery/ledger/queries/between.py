"""What two parties did toward each other and hold: narrow rows, by indexes, without reading reports back.

Who belongs to a party is decided as in :mod:`chancery.situation.sides`, as far as
the columns tell: whoever has its id or one under it (``RUS:military``), is its
citizen, or holds an office of it in some report.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, or_, select, union_all

from chancery.ledger.schema.links import duplicates
from chancery.ledger.schema.records import actor_roles, event_parties, events, positions
from chancery.ledger.schema.reports import report_versions

__all__ = [
    "ActRow",
    "HeldRow",
    "PairRow",
    "Party",
    "acts_between",
    "acts_on_soil",
    "copies",
    "keys_of",
    "pairs_told",
    "positions_between",
    "reads_by_day",
    "talks_between",
    "ways_of",
]


@dataclass(frozen=True, slots=True)
class Party:
    """An id, and whether it is a state's, which its organs and citizens have for a country."""

    id: str
    state: bool


@dataclass(frozen=True, slots=True)
class ActRow:
    """One event as a report tells it; days are ISO 8601."""

    event_key: int
    version_key: int
    id: str
    article_id: str
    publisher: str | None
    published_day: str | None
    act: str
    status: str
    first_day: str | None
    last_day: str | None
    event_day: str | None
    anchor_start: int
    anchor_end: int
    why: str
    score: float


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One position as a report has it."""

    position_key: int
    version_key: int
    id: str
    article_id: str
    publisher: str | None
    published_day: str | None
    act: str
    issue_start: int
    issue_end: int
    holder: str
    toward: str
    score: float


@dataclass(frozen=True, slots=True)
class PairRow:
    """How often reports tell of acts of one party toward another."""

    source: str
    target: str
    tellings: int


def _under(column: Any, party: str) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table
    # A range, so that the index serves: ";" follows ":".
    return and_(column > f"{party}:", column < f"{party};")


def _in_office(party: str) -> Select[Any]:
    body = actor_roles.c.organization
    return select(actor_roles.c.actor).where(or_(body == party, _under(body, party)))


def keys_of(party: Party, roles: Collection[str]) -> Any:  # noqa: ANN401 - a subquery
    """Return the keys of events that a party has a role in; each way to belong to it uses its own index."""
    parties = event_parties.c
    ways = ways_of(parties.actor, parties.country, party)
    return union_all(*(select(parties.event_key).where(way, parties.role.in_(roles)) for way in ways))


def ways_of(actor: Any, country: Any, party: Party) -> list[ColumnElement[bool]]:  # noqa: ANN401 - columns
    """Return the ways to belong to a party, by the columns of an actor and his country."""
    own = [country == party.id] if party.state else [actor == party.id, _under(actor, party.id)]
    return [*own, actor.in_(_in_office(party.id))]


def _rows[R: (ActRow, HeldRow)](
    connection: Connection, kind: type[R], table: Table, *where: ColumnElement[bool]
) -> list[R]:
    versions = report_versions.c
    columns = [table.c[one.name] if one.name in table.c else versions[one.name] for one in fields(kind)]
    query = (
        select(*columns)
        .join_from(table, report_versions, versions.version_key == table.c.version_key)
        .where(versions.is_current, *where)
        .order_by(table.c[fields(kind)[0].name])
    )
    return [kind(*row) for row in connection.execute(query)]


def acts_between(
    connection: Connection, source: Party, target: Party, mutual: Collection[str] = ()
) -> list[ActRow]:
    """Return the events in which one party acts toward another, but for acts that both do."""
    key = events.c.event_key
    return _rows(
        connection,
        ActRow,
        events,
        key.in_(keys_of(source, ("actor",))),
        key.in_(keys_of(target, ("recipient",))),
        events.c.act.not_in(sorted(mutual)),
    )


def acts_on_soil(connection: Connection, source: Party, target: Party, acts: Collection[str]) -> list[ActRow]:
    """Return the events of some kinds that a party does in a state, and to no state or body else."""
    key, parties = events.c.event_key, event_parties.c
    third = exists().where(
        parties.event_key == key, parties.role == "recipient", parties.country.is_not(None)
    )
    return _rows(
        connection,
        ActRow,
        events,
        events.c.place_country == target.id,
        events.c.act.in_(sorted(acts)),
        key.in_(keys_of(source, ("actor",))),
        ~third,
    )


def talks_between(
    connection: Connection, first: Party, second: Party, mutual: Collection[str]
) -> list[ActRow]:
    """Return the events of both parties in acts that both do, whoever is named first."""
    key, roles = events.c.event_key, ("actor", "recipient")
    return _rows(
        connection,
        ActRow,
        events,
        events.c.act.in_(sorted(mutual)),
        key.in_(keys_of(first, roles)),
        key.in_(keys_of(second, roles)),
    )


def positions_between(connection: Connection, holder: Party, toward: Party) -> list[HeldRow]:
    """Return the positions that one party takes toward another."""
    columns = positions.c
    return _rows(
        connection,
        HeldRow,
        positions,
        or_(*ways_of(columns.toward, columns.toward_country, toward)),
        or_(*ways_of(columns.holder, columns.holder_country, holder)),
    )


def pairs_told(connection: Connection) -> list[PairRow]:
    """Return how often each party acts toward each other: states, and whoever belongs to none."""
    doer, done = event_parties.alias(), event_parties.alias()
    source, target = (func.coalesce(one.c.country, one.c.actor) for one in (doer, done))
    count = func.count()
    query = (
        select(source, target, count)
        .select_from(doer.join(done, doer.c.event_key == done.c.event_key))
        .where(
            doer.c.role == "actor", done.c.role == "recipient", source != target, *map(_named, (doer, done))
        )
        .group_by(source, target)
        .order_by(count.desc(), source, target)
    )
    return [PairRow(*row) for row in connection.execute(query)]


def _named(one: Any) -> ColumnElement[bool]:  # noqa: ANN401 - an alias
    """Keep states and bodies of the tables: ids with a colon are persons, organs or descriptions."""
    return or_(one.c.country.is_not(None), and_(one.c.actor.is_not(None), one.c.actor.not_like("%:%")))


def copies(connection: Connection) -> set[int]:
    """Return the versions whose words are all another report's: they witness nothing of their own."""
    query = select(duplicates.c.version_key).where(duplicates.c.kind != "partial")
    return set(connection.execute(query).scalars())


def reads_by_day(connection: Connection) -> Sequence[tuple[str, int]]:
    """Return how many reports came out on each day."""
    day = report_versions.c.published_day
    query = select(day, func.count()).where(report_versions.c.is_current, day.is_not(None))
    return [(row[0], row[1]) for row in connection.execute(query.group_by(day).order_by(day))]

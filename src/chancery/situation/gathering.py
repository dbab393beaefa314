"""The reports of a ledger that a situation rests on, and who is meant by the names of its sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from chancery.errors import UnknownActorError
from chancery.export.links import links_of
from chancery.export.told import Links
from chancery.knowledge.finding import close_names, find_actor
from chancery.ledger import Ledger
from chancery.ledger.schema.records import actors
from chancery.ledger.schema.reports import report_versions
from chancery.records import Reading
from chancery.situation.build import Situation, situation
from chancery.situation.choosing import Options
from chancery.situation.sides import Side, Sides

__all__ = ["find_side", "of_ledger"]

# Record kinds that no line of a situation needs; half of the time of reading them back goes into these.
UNUSED = ("mentions", "times", "unattributed")


def of_ledger(
    ledger: Ledger, sides: Sides, options: Options | None = None, links: Links | None = None
) -> Situation:
    """Put the state of affairs between two sides together from a ledger.

    Args:
        ledger: open for reading.
        sides: the two parties, see :func:`find_side`.
        options: which days, and how much to show.
        links: what following its reports found out; left out, what the ledger keeps of it.
    """
    options = options or Options()
    with ledger.connect() as connection:
        view = select(report_versions.c.published_day, report_versions.c.publisher).where(_in_view(options))
        read = [
            (date.fromisoformat(row.published_day), row.publisher or "") for row in connection.execute(view)
        ]
        keys = [row.version_key for row in connection.execute(_naming_both(sides, options))]
    return situation(_readings(ledger, keys), sides, options, links or links_of(ledger, keys), read)


def _readings(ledger: Ledger, keys: list[int]) -> Iterator[Reading]:
    """Yield the readings in the order in which the reports came out."""
    found = [reading for _, reading in ledger.readings(keys, without=UNUSED)]
    yield from sorted(found, key=lambda reading: (str(reading.article.published or ""), reading.article.id))


def _in_view(options: Options) -> ColumnElement[bool]:
    since, until = options.since or date.min, options.until or date.max
    day = report_versions.c.published_day
    return and_(report_versions.c.is_current, day >= since.isoformat(), day <= until.isoformat())


def _naming_both(sides: Sides, options: Options) -> Select[tuple[int]]:
    query = select(report_versions.c.version_key).where(_in_view(options))
    for side in sides.both:
        of_side = or_(
            actors.c.actor == side.id, actors.c.country == side.id, actors.c.actor.startswith(f"{side.id}:")
        )
        named = exists().where(actors.c.version_key == report_versions.c.version_key, of_side)
        query = query.where(named)
    return query.order_by(report_versions.c.version_key)


def find_side(ledger: Ledger, name: str) -> Side:
    """Find who is meant by an id or a name: a state, an organization, or anybody whom the ledger knows.

    Raises:
        UnknownActorError: nobody of that name; the error names the nearest.
    """
    if (known := find_actor(name)) is not None:
        return Side(*known)
    query = select(actors.c.actor, actors.c.name).order_by(actors.c.actor).limit(1)
    with ledger.connect() as connection:
        # An id has an index; for a name all actors are looked through.
        row = (
            connection.execute(query.where(actors.c.actor == name)).first()
            or connection.execute(query.where(actors.c.name == name)).first()
        )
    if row is None:
        raise UnknownActorError(name, close_names(name))
    return Side(row.actor, row.name)

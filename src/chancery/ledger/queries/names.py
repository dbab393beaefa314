"""Who is meant: an actor's id, or a name as people write it, looked up among the actors of a ledger."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable

from sqlalchemy import Connection, func, select, text

from chancery.errors import LedgerError
from chancery.ledger.schema.records import actors

__all__ = ["actor_ids", "names_of"]


def actor_ids(connection: Connection, asked: str) -> tuple[str, ...]:
    """Return the ids that an id or a name stands for; of a name, all who bear it.

    Raises:
        LedgerError: nobody in the ledger is called so; names who comes near.
    """
    known = select(actors.c.actor).where(actors.c.actor == asked).limit(1)
    if connection.execute(known).first():
        return (asked,)
    named = select(actors.c.actor).where(func.lower(actors.c.name) == asked.lower()).distinct()
    if found := sorted(connection.execute(named).scalars()):
        return tuple(found)
    raise LedgerError(f"no actor {asked!r} in this ledger; {_near(connection, asked)}")


def _near(connection: Connection, asked: str) -> str:
    words = asked.split()[-1:] or [asked]
    query = (
        select(actors.c.actor, func.count())
        .where(actors.c.name.contains(words[0], autoescape=True))
        .group_by(actors.c.actor)
        .order_by(func.count().desc(), actors.c.actor)
        .limit(3)
    )
    near = [row[0] for row in connection.execute(query)]
    if not near:
        ids = connection.execute(select(actors.c.actor).distinct()).scalars()
        near = difflib.get_close_matches(asked, list(ids), n=3)
    return f"did you mean {' or '.join(near)}?" if near else "chancery actors lists them"


def names_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the names to show for some actor ids: of each, the name in the last report that has it."""
    query = text(
        "SELECT asked.value, (SELECT name FROM actors WHERE actor = asked.value "
        "ORDER BY version_key DESC LIMIT 1) AS name FROM json_each(:ids) AS asked WHERE name IS NOT NULL"
    )
    return {row[0]: row[1] for row in connection.execute(query, {"ids": json.dumps(sorted(ids))})}

"""Whom a person means who types a name or an id into a correction."""

from __future__ import annotations

from sqlalchemy import Connection

from chancery.errors import LedgerError
from chancery.knowledge.actors import load_knowledge
from chancery.knowledge.finding import close_names, find_actor
from chancery.ledger.corrections import actor_in
from chancery.ledger.queries import actor_ids
from chancery.records import Actor, Reading

__all__ = ["whom"]

METHOD = "named by a reader"

# What stands before the words for somebody whom no table knows: "?:witnesses".
UNKNOWN = "?:"


def whom(connection: Connection, reading: Reading, typed: str) -> tuple[str | None, Actor | None]:
    """Find an actor: in the report, in the ledger, in the tables of states and organizations.

    Args:
        connection: of one state of the ledger.
        reading: the report that is corrected.
        typed: an id, a name in any case, ``?:words`` for somebody unknown, or nothing for nobody.

    Returns:
        The id, and a description where the report does not name the actor.

    Raises:
        LedgerError: nobody is called so, or several are; names who comes near.
    """
    typed = " ".join(typed.split())
    if not typed:
        return None, None
    for actor in reading.actors:
        if typed in {actor.id, actor.name}:
            return actor.id, None
    alike = [actor.id for actor in reading.actors if actor.name.casefold() == typed.casefold()]
    if len(alike) == 1:
        return alike[0], None
    if typed.startswith(UNKNOWN):
        words = typed.removeprefix(UNKNOWN).strip() or "unknown"
        return typed, Actor(id=typed, name=words, kind="other", resolved=False, method=METHOD, score=1)
    return _known(connection, typed)


def _known(connection: Connection, typed: str) -> tuple[str, Actor]:
    try:
        ids = actor_ids(connection, typed)
    except LedgerError:
        found = _in_tables(typed)
        if found is None:
            near = ", ".join(close_names(typed))
            hint = f"did you mean {near}? " if near else ""
            raise LedgerError(
                f"nobody in the ledger or the tables is called {typed!r}; {hint}Write ?:{typed} for "
                "somebody whom no table knows"
            ) from None
        return found.id, found
    if len(ids) > 1:
        raise LedgerError(f"{typed!r} may be {' or '.join(ids)}; give the id")
    actor = actor_in(connection, ids[0])
    assert actor is not None  # the id was found there
    return ids[0], actor


def _in_tables(typed: str) -> Actor | None:
    found = find_actor(typed)
    known = load_knowledge().known(found[0]) if found else None
    if known is None:
        return None
    return Actor(
        id=known.id, name=known.name, kind=known.kind, country=known.country, sector=known.sector,
        resolved=True, method=METHOD, score=1,
    )  # fmt: skip

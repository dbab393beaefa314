"""The options of a query -> a filter: names become ids, bodies their member states.

The command line and the web application ask with the same words.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from chancery.errors import LedgerError
from chancery.knowledge.actors import load_knowledge
from chancery.ledger.queries import Filter, actor_ids

__all__ = ["asked_for"]

STATE_CODE = 3  # letters


def asked_for(connection: Connection, options: dict[str, Any]) -> Filter:
    """Make the filter that the options of a command, or the parameters of a page, describe.

    Raises:
        LedgerError: nobody in the ledger is called so.
    """
    organizations = _ids(connection, options.get("organization"))
    countries = _states(connection, options.get("country"))
    if options.get("members"):
        countries += _members(organizations)
    return Filter(
        actors=_ids(connection, options.get("actor")),
        countries=countries,
        organizations=organizations,
        toward=_ids(connection, options.get("toward")),
        acts=tuple(options.get("act") or ()),
        statuses=tuple(options.get("status") or ()),
        kinds=tuple(options.get("kind") or ()),
        places=tuple(options.get("place") or ()),
        first=_day(options.get("first")),
        last=_day(options.get("last")),
        since=_day(options.get("since")),
        until=_day(options.get("until")),
        publishers=tuple(options.get("publisher") or ()),
        text=options.get("text"),
        real_only=bool(options.get("real_only")),
        reworded=bool(options.get("reworded")),
        every_version=bool(options.get("every_version")),
        sort=options.get("sort"),
        ascending=bool(options.get("ascending")),
        limit=options.get("limit"),
        offset=options.get("offset") or 0,
    )


def _ids(connection: Connection, names: list[str] | None) -> tuple[str, ...]:
    return tuple(found for name in names or () for found in actor_ids(connection, name))


def _states(connection: Connection, names: list[str] | None) -> tuple[str, ...]:
    """Take codes as they are, and look names of states up."""
    found: list[str] = []
    for name in names or ():
        if len(name) == STATE_CODE and name.isalpha():
            found.append(name.upper())
        else:
            states = [one for one in actor_ids(connection, name) if len(one) == STATE_CODE]
            if not states:
                raise LedgerError(f"{name!r} is no state; give its ISO code, or use --actor")
            found += states
    return tuple(found)


def _members(organizations: tuple[str, ...]) -> tuple[str, ...]:
    knowledge = load_knowledge()
    known = [knowledge.known(body) for body in organizations]
    states = tuple(member for one in known if one for member in one.members)
    if not states:
        raise LedgerError("--members needs an --organization whose members are known, such as NATO or EU")
    return states


def _day(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment

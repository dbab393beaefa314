"""Filters -> conditions of SQL, for each kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
)

from chancery.ledger.queries.filters import REAL, Filter, match_words
from chancery.ledger.schema.records import (
    actor_roles,
    actors,
    event_parties,
    events,
    figures,
    places,
    positions,
    statement_parties,
    statements,
)
from chancery.ledger.schema.reports import report_versions

__all__ = ["actor_conditions", "conditions", "report_conditions"]

type Condition = ColumnElement[bool]

STATE_ID = 3  # letters


def conditions(kind: str, asked: Filter) -> list[Condition]:
    """Return what must hold for a record of a kind; `report_versions` is joined to its table."""
    return [*_published(asked, _TABLES[kind].c.published_day), *_OF[kind](asked)]


def report_conditions(asked: Filter) -> list[Condition]:
    """Return what must hold for a version of a report."""
    found = _published(asked, report_versions.c.published_day)
    key = report_versions.c.version_key
    found += [key.in_(select(actors.c.version_key).where(party)) for party in _whoever(asked, actors)]
    if asked.places:
        found.append(
            key.in_(select(places.c.version_key).where(_places(asked, places.c.name, places.c.country)))
        )
    if asked.text:
        found.append(_matching(key, "report_search", asked.text))
    if asked.reworded:
        found.append(report_versions.c.version_number > 1)
    return found


def actor_conditions(asked: Filter) -> list[Condition]:
    """Return what must hold for an actor of a report."""
    found = _whoever(asked, actors)
    if asked.since or asked.until or asked.publishers:
        published = select(report_versions.c.version_key)
        found.append(
            actors.c.version_key.in_(published.where(*_published(asked, report_versions.c.published_day)))
        )
    elif not asked.every_version:
        replaced = select(report_versions.c.version_key).where(text("NOT is_current"))
        found.append(actors.c.version_key.not_in(replaced))
    if asked.kinds:
        found.append(actors.c.kind.in_(asked.kinds))
    if asked.text:
        found += [actors.c.name.contains(word, autoescape=True) for word in asked.text.split()]
    return found


def _published(asked: Filter, day: Column[Any]) -> list[Condition]:
    found: list[Condition] = [] if asked.every_version else [_current()]
    found += _days(day, day, asked.since, asked.until)
    if asked.publishers:
        wanted = [name.casefold() for name in asked.publishers]
        found.append(func.lower(report_versions.c.publisher).in_(wanted))
    return found


def _current() -> Condition:
    """Leave out wordings that were replaced: they are few, and listed by an index."""
    replaced = select(report_versions.c.version_key).where(text("NOT is_current"))
    return report_versions.c.version_key.not_in(replaced)


def _days(first: Any, last: Any, since: date | None, until: date | None) -> list[Condition]:  # noqa: ANN401
    found: list[Condition] = []
    if since:
        found.append(last >= since.isoformat())
    if until:
        found.append(first <= until.isoformat())
    return found


def _whoever(asked: Filter, table: Table) -> list[Condition]:
    """Match a party of a table that has the columns `actor` and `country`: each filter is one condition."""
    return _party(asked, table.c.actor, table.c.country)


def _party(asked: Filter, actor: Column[Any], country: Column[Any]) -> list[Condition]:
    wanted: list[Condition] = []
    if asked.actors:
        wanted.append(actor.in_(asked.actors))
    if asked.countries:
        wanted.append(country.in_(asked.countries))
    if asked.organizations:
        in_office = select(actor_roles.c.actor).where(actor_roles.c.organization.in_(asked.organizations))
        wanted.append(actor.in_(asked.organizations))
        wanted += [_organ_of(actor, body) for body in asked.organizations]
        wanted.append(actor.in_(in_office))
    # Who asks for a state and a body wants what either does: members are counted so.
    return [or_(*wanted)] if wanted else []


def _organ_of(actor: Column[Any], body: str) -> Condition:
    # A range, so that the index serves: ";" follows ":".
    return (actor > f"{body}:") & (actor < f"{body};")


def _toward(asked: Filter, actor: Column[Any], country: Column[Any]) -> list[Condition]:
    if not asked.toward:
        return []
    states = [one for one in asked.toward if len(one) == STATE_ID and one.isupper()]
    return [or_(actor.in_(asked.toward), country.in_(states)) if states else actor.in_(asked.toward)]


def _places(asked: Filter, name: Column[Any], country: Column[Any]) -> Condition:
    wanted = [place.casefold() for place in asked.places]
    states = [place for place in asked.places if len(place) == STATE_ID and place.isupper()]
    return or_(func.lower(name).in_(wanted), country.in_(states))


def _matching(key: Column[Any], search: str, asked: str) -> Condition:
    matched: Select[Any] = (
        select(literal_column("rowid")).select_from(text(search)).where(text(f"{search} MATCH :words"))
    )
    return key.in_(matched.params(words=match_words(asked)))


def _in_sentence(table: Table, asked: Filter) -> list[Condition]:
    return [_matching(table.c.passage_key, "passage_search", asked.text)] if asked.text else []


def _statements(asked: Filter) -> list[Condition]:
    key, parties = statements.c.statement_key, statement_parties
    found = _in_roles(key, parties, _whoever(asked, parties), ("speaker", "joint_speaker"))
    found += _in_roles(
        key, parties, _toward(asked, parties.c.actor, parties.c.country), ("addressee", "about")
    )
    found += _days(
        func.coalesce(statements.c.said_first_day, statements.c.published_day),
        func.coalesce(statements.c.said_last_day, statements.c.published_day),
        asked.first,
        asked.last,
    )
    if asked.kinds:
        found.append(statements.c.kind.in_(asked.kinds))
    if asked.text:
        found.append(_matching(key, "statement_search", asked.text))
    return found


def _in_roles(
    key: Column[Any], table: Table, party: list[Condition], roles: Sequence[str]
) -> list[Condition]:
    return [key.in_(select(table.c[key.name]).where(one, table.c.role.in_(roles))) for one in party]


def _events(asked: Filter) -> list[Condition]:
    key, parties = events.c.event_key, event_parties
    found = _in_roles(key, parties, _whoever(asked, parties), ("actor",))
    found += _in_roles(key, parties, _toward(asked, parties.c.actor, parties.c.country), ("recipient",))
    found += _days(
        func.coalesce(events.c.first_day, events.c.event_day),
        func.coalesce(events.c.last_day, events.c.event_day),
        asked.first,
        asked.last,
    )
    if asked.acts:
        found.append(events.c.act.in_([act.upper() for act in asked.acts]))
    if asked.real_only:
        found.append(events.c.status.in_(REAL))
    if asked.statuses:
        found.append(events.c.status.in_(asked.statuses))
    if asked.places:
        found.append(_places(asked, events.c.place_name, events.c.place_country))
    return found + _in_sentence(events, asked)


def _positions(asked: Filter) -> list[Condition]:
    found = _party(asked, positions.c.holder, positions.c.holder_country)
    found += _toward(asked, positions.c.toward, positions.c.toward_country)
    if asked.acts:
        found.append(positions.c.act.in_([act.lower() for act in asked.acts]))
    found += _days(positions.c.published_day, positions.c.published_day, asked.first, asked.last)
    return found + _in_sentence(positions, asked)


def _figures(asked: Filter) -> list[Condition]:
    """A figure has no party of its own: the event that it measures has."""
    found: list[Condition] = []
    of_event = replace(
        Filter(), actors=asked.actors, countries=asked.countries, organizations=asked.organizations,
        toward=asked.toward, acts=asked.acts, statuses=asked.statuses, real_only=asked.real_only,
    )  # fmt: skip
    if told := _events(of_event):
        listed = func.json_each(events.c.figures).table_valued("value")
        each = events.join(listed, true())
        measured = select(events.c.version_key, listed.c.value).select_from(each).where(*told)
        found.append(tuple_(figures.c.version_key, figures.c.id).in_(measured))
    found += _days(
        func.coalesce(figures.c.as_of_first_day, figures.c.published_day),
        func.coalesce(figures.c.as_of_last_day, figures.c.published_day),
        asked.first,
        asked.last,
    )
    if asked.kinds:
        found.append(figures.c.kind.in_(asked.kinds))
    if asked.places:
        found.append(_places(asked, figures.c.place_name, figures.c.place_country))
    return found + _in_sentence(figures, asked)


_TABLES = {"statements": statements, "events": events, "positions": positions, "figures": figures}
_OF = {"statements": _statements, "events": _events, "positions": _positions, "figures": _figures}

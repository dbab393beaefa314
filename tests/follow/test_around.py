"""What is found around some records is what is found by reading all links of a ledger."""

import importlib.util
from pathlib import Path

import pytest
from sqlalchemy import select

from chancery.follow.around import first_tellings, happenings_of, position_lines_of
from chancery.follow.store import follow_ledger, followed
from chancery.ledger import Ledger
from chancery.ledger.schema.records import events, positions
from chancery.ledger.schema.reports import report_versions

_SPEC = importlib.util.spec_from_file_location("following_cases", Path(__file__).parent / "test_following.py")
cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(cases)
readings = cases.readings


@pytest.fixture
def ledger(tmp_path, readings):
    with Ledger.create(tmp_path / "test.ledger") as book:
        book.add_all(readings)
        follow_ledger(book)
        yield book


def keys_of(connection, table):
    (key,) = table.primary_key.columns
    return connection.execute(select(key)).scalars().all()


def test_all_happenings_are_found_around_all_events(ledger):
    with ledger.connect() as connection:
        found = happenings_of(connection, keys_of(connection, events))
    assert sorted(found, key=lambda one: one.id) == sorted(
        followed(ledger).happenings, key=lambda one: one.id
    )


def test_all_lines_are_found_around_all_positions(ledger):
    with ledger.connect() as connection:
        found = position_lines_of(connection, keys_of(connection, positions))
    assert sorted(found, key=lambda one: one.id) == sorted(followed(ledger).positions, key=lambda one: one.id)


def test_one_telling_leads_to_all_of_its_happening(ledger):
    happening = followed(ledger).happenings[0]
    last = happening.tellings[-1].source
    with ledger.connect() as connection:
        query = (
            select(events.c.event_key)
            .join_from(events, report_versions, report_versions.c.version_key == events.c.version_key)
            .where(report_versions.c.article_id == last.report, events.c.id == last.record)
        )
        found = happenings_of(connection, connection.execute(query).scalars().all())
    assert happening.id in {one.id for one in found}


def test_nothing_is_found_around_nothing(ledger):
    with ledger.connect() as connection:
        assert happenings_of(connection, []) == []
        assert position_lines_of(connection, []) == []


def test_later_tellings_lead_to_the_first(ledger):
    told = followed(ledger).happenings
    with ledger.connect() as connection:
        first = first_tellings(connection)
    assert all(one < later for later, one in first.items())
    assert not set(first) & set(first.values())
    # The cheap way reads no words: it may join what words that look back would part, and no less.
    assert len(first) >= sum(len(one.tellings) - 1 for one in told)

"""Following in a ledger finds what following in memory finds, however the readings come in."""

import importlib.util
from pathlib import Path

import pytest
from sqlalchemy import func, select

from chancery.export.links import links_of
from chancery.follow.following import follow
from chancery.follow.store import follow_ledger, followed
from chancery.ledger import Ledger
from chancery.ledger.adding import Entry
from chancery.ledger.schema.links import LINKS
from chancery.ledger.schema.links import followed as followed_table

_SPEC = importlib.util.spec_from_file_location("following_cases", Path(__file__).parent / "test_following.py")
cases = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(cases)
readings = cases.readings


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "test.ledger") as book:
        yield book


def several(found):
    """Leave out what one report alone tells, as a ledger does."""
    return (
        found.duplicates,
        tuple(claim for claim in found.claims if len(claim.witnesses) > 1),
        tuple(happening for happening in found.happenings if len(happening.tellings) > 1),
        found.threads,
        tuple(line for line in found.positions if len(line.positions) > 1),
    )


def test_a_ledger_finds_what_memory_finds(ledger, readings):
    ledger.add_all(readings)
    assert follow_ledger(ledger) == len(readings)
    assert several(followed(ledger)) == several(follow(readings))


def test_reports_that_come_one_by_one_join_what_is_there(ledger, readings):
    for reading in reversed(readings):
        ledger.add(reading)
        assert follow_ledger(ledger) == 1
    assert follow_ledger(ledger) == 0
    assert several(followed(ledger)) == several(follow(readings))


def test_a_report_read_anew_is_followed_anew(ledger, readings):
    ledger.add_all(readings)
    follow_ledger(ledger)
    before = followed(ledger)
    ledger.add_all([Entry(reading, replace=True) for reading in readings[1:6]])
    assert follow_ledger(ledger) == 5
    assert followed(ledger) == before


def test_links_go_with_the_reading_they_rest_on(ledger, readings):
    ledger.add_all(readings)
    follow_ledger(ledger)
    with ledger.begin() as connection:
        connection.exec_driver_sql("DELETE FROM readings")
        left = [
            connection.execute(select(func.count()).select_from(table)).scalar() for table in LINKS.values()
        ]
        assert [*left, connection.execute(select(func.count()).select_from(followed_table)).scalar()] == [
            0
        ] * 4


def test_a_later_wording_takes_the_place_of_the_earlier(ledger, readings):
    ledger.add_all(readings)
    follow_ledger(ledger)
    first = readings[1]
    words = first.article.text + " It was the third call of the month."
    ledger.add(first.model_copy(update={"article": first.article.model_copy(update={"text": words})}))
    follow_ledger(ledger)
    (happening,) = followed(ledger).happenings
    assert [one.source.report for one in happening.tellings] == ["a", "b", "c"]


def test_exporters_get_their_links(ledger, readings):
    ledger.add_all(readings)
    follow_ledger(ledger)
    links = links_of(ledger)
    assert links.happenings[("b", "e1")] == links.happenings[("c", "e1")] == "a/e1"
    assert links.threads[("a", "e1")] == "a/e1"
    assert links.claims == {("e", "s1"): "e/s1", ("f", "s1"): "e/s1"}
    assert links.copies == {"c": "b"}
    assert (links.witnesses["a/e1"].reports, links.witnesses["a/e1"].publishers) == (3, 2)


def test_what_is_asked_of_some_reports_has_all_tellings_of_what_they_tell(ledger, readings):
    ledger.add_all(readings)
    follow_ledger(ledger)
    every = followed(ledger)
    of_the_call = followed(ledger, [2])
    assert of_the_call.happenings == every.happenings
    assert of_the_call.claims == of_the_call.positions == ()
    assert followed(ledger, [5, 8]).claims == every.claims
    assert followed(ledger, []).happenings == ()


def test_each_link_has_its_reason(ledger, readings):
    ledger.add_all(readings)
    follow_ledger(ledger)
    with ledger.connect() as connection:
        reasons = [row.reason for table in LINKS.values() for row in connection.execute(select(table))]
    assert reasons
    assert all("shared" in reason or "by the same" in reason for reason in reasons)

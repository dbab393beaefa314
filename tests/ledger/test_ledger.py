"""A ledger gives back what was put in, each report once and each wording of it."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from chancery.errors import LedgerError
from chancery.ledger import Entry, Ledger
from chancery.records import Article, Reading, Speaker, Statement

sys.path.insert(0, str(Path(__file__).parent))
from made_up import readings

TEXT = "Norway will host talks, the minister said. “The door is open.”"


def reading(text=TEXT, **article):
    said = Statement(
        id="s1",
        speaker=Speaker(span=(24, 36), actor="NOR:foreign-minister"),
        speaker_is="role",
        cue={"span": (37, 41), "lemma": "say"},
        content=((0, 22), (44, len(text) - 1)),
        kind="mixed",
        about=("NOR",),
        negated=False,
        method="statement clause | chancery 0.1.0 | en_core_web_md 3.8.0",
        score=0.9,
    )
    about = {"id": "a", "url": "https://example.org/1", "publisher": "Wire", "title": "Talks"} | article
    return Reading(article=Article(text=text, **about), statements=(said,))


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "test.ledger") as opened:
        yield opened


def rows(ledger, query):
    with closing(sqlite3.connect(ledger.path)) as connection:
        return connection.execute(query).fetchall()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=readings())
def test_what_comes_out_is_what_went_in(made, ledger):
    # One ledger for all: whatever was there before, put in its place what is read now.
    added = ledger.add(made, replace=True)
    found = ledger.reading(added.version_key)
    assert found == made
    assert found.model_dump_json() == made.model_dump_json()


def test_the_same_report_is_added_once(ledger):
    assert ledger.add(reading()).outcome == "added"
    assert ledger.add(reading()).outcome == "known"
    assert rows(ledger, "SELECT count(*) FROM reports") == [(1,)]
    assert rows(ledger, "SELECT count(*) FROM statements") == [(1,)]


def test_the_same_report_twice_in_one_lot_is_added_once(ledger):
    assert [one.outcome for one in ledger.add_all([reading(), reading()])] == ["added", "known"]


def test_other_words_at_the_same_address_are_a_new_version(ledger):
    first = ledger.add(reading())
    second = ledger.add(reading(TEXT + " Sweden declined."))
    assert (second.outcome, second.report_key) == ("reworded", first.report_key)
    assert rows(ledger, "SELECT version_number, is_current FROM report_versions") == [(1, 0), (2, 1)]
    assert [key for key, _ in ledger.readings()] == [second.version_key]
    assert ledger.reading(first.version_key) == reading()
    # The first wording is known, should it turn up again.
    assert ledger.add(reading()).outcome == "known"


def test_three_wordings_in_one_lot(ledger):
    texts = [TEXT, TEXT + " Sweden declined.", TEXT + " Finland declined."]
    found = ledger.add_all([reading(text) for text in texts])
    assert [one.outcome for one in found] == ["added", "reworded", "reworded"]
    assert rows(ledger, "SELECT sum(is_current), max(version_number) FROM report_versions") == [(1, 3)]


def test_ids_of_two_publishers_do_not_meet(ledger):
    ledger.add(reading(id="1", url=None, publisher="Wire"))
    assert ledger.add(reading(id="1", url=None, publisher="Post")).outcome == "added"


def test_reading_anew_replaces_the_records_and_what_hangs_on_them(ledger):
    ledger.add(reading())
    older = reading()
    newer = older.model_copy(update={"statements": (older.statements[0].model_copy(update={"id": "s9"}),)})
    added = ledger.add_all([Entry(newer, replace=True, maker="chancery 9 | other")])[0]
    assert added.outcome == "replaced"
    assert ledger.reading(added.version_key) == newer
    assert rows(ledger, "SELECT id FROM statements") == [("s9",)]
    assert rows(ledger, "SELECT maker FROM readings") == [("chancery 9 | other",)]
    assert rows(ledger, "SELECT count(*) FROM statement_search WHERE statement_search MATCH 'door'") == [(1,)]
    assert rows(ledger, "SELECT count(*) FROM passages") == [(1,)]


def test_a_lot_is_added_whole_or_not_at_all(ledger):
    broken = reading(id="b", url="https://example.org/2")
    broken = broken.model_copy(update={"statements": broken.statements * 2})  # one id twice
    with pytest.raises(Exception, match="UNIQUE"):
        ledger.add_all([reading(), broken])
    assert rows(ledger, "SELECT count(*) FROM reports") == [(0,)]


def test_the_views_show_the_words(ledger):
    ledger.add(reading())
    assert rows(ledger, "SELECT speaker_words, cue, content, about FROM statement_list") == [
        (TEXT[24:36], TEXT[37:41], f"{TEXT[:22]} … {TEXT[44:-1]}", "NOR")
    ]


def test_every_view_can_be_read(ledger):
    ledger.add(reading())
    for (name,) in rows(ledger, "SELECT name FROM sqlite_master WHERE type = 'view'"):
        rows(ledger, f"SELECT * FROM {name}")  # noqa: S608


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"no database at all, only some text" * 100, "cannot be opened as a ledger"), (b"", "no ledger")],
)
def test_what_is_no_ledger_is_refused(tmp_path, content, complaint):
    path = tmp_path / "x.ledger"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=complaint):
        Ledger.open(path)


def test_a_ledger_of_a_later_chancery_is_refused(ledger):
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="made by a later Chancery"):
        Ledger.open(ledger.path)


def test_who_reads_cannot_write(ledger):
    ledger.add(reading())
    with Ledger.open(ledger.path) as opened, pytest.raises(Exception, match="readonly"):
        opened.add(reading("Other words."))


def test_readers_see_one_state_while_another_writes(ledger):
    ledger.add(reading())
    with Ledger.open(ledger.path) as opened, opened.connect() as connection:
        before = opened.current_versions(connection)
        ledger.add(reading(id="b", url="https://example.org/2"))
        assert opened.current_versions(connection) == before


def structure(path):
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return {name: " ".join(sql.split()) for name, sql in found}


def test_a_ledger_of_the_first_version_becomes_what_a_new_one_is(tmp_path):
    old, new = tmp_path / "old.ledger", tmp_path / "new.ledger"
    for path in (old, new):
        with Ledger.create(path) as made:
            made.add(reading())
    with closing(sqlite3.connect(old)) as connection:
        # As the first version made it: without these tables, indexes, and the mark in the lists.
        for view in ("statement_list", "event_list", "position_list", "figure_list"):
            connection.execute(f"DROP VIEW {view}")
            connection.execute(f"CREATE VIEW {view} AS SELECT 1")
        for table in ("statements", "events", "positions", "figures"):
            connection.execute(f"DROP INDEX {table}_by_passage")
        connection.executescript(
            "DROP VIEW correction_list; DROP TABLE corrections; DROP TABLE original_readings; "
            "PRAGMA user_version = 1;"
        )
    with pytest.raises(LedgerError, match="bring it to version 2 with: chancery doctor"):
        Ledger.open(old)
    with Ledger.open(old, writing=True) as opened:
        assert opened.reading(1) == reading()
    assert structure(old) == structure(new)

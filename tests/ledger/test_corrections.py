"""A person's correction wins over the extraction, stays when a report is read anew, and can be taken back."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.errors import LedgerError
from chancery.follow.correcting import correct_followed, undo_followed
from chancery.follow.store import Follower, follow_ledger
from chancery.ledger import Entry, Filter, Ledger
from chancery.ledger.checks import check
from chancery.ledger.corrected import FIELDS, Correction, anchor_of, corrected, values_of
from chancery.ledger.corrections import Wish, actor_in, correct, find_corrections, undo
from chancery.records import Actor, Reading

sys.path.insert(0, str(Path(__file__).parent))
from made_up import readings

TEXT = (
    "Norway will send 200 troops if Latvia asks, the minister said on Tuesday. "
    "“We will defend Latvia,” she added. Estonia rejected the offer."
)
MADE = {"method": "a rule | chancery 0.1.0 | a model", "score": 0.6}
LATVIA = Actor(id="LVA", name="Latvia", kind="state", country="LVA", resolved=True, **MADE)


def at(words):
    start = TEXT.index(words)
    return start, start + len(words)


def reading(number=1, day="2022-02-10", text=TEXT, **changes):
    event = {"place": None, "time": None, "why": "verb (send); AID planned", **MADE}
    made = {
        "article": {
            "id": f"a{number}",
            "url": f"https://wire.example/{number}",
            "publisher": f"Wire {number}",
            "title": "Troops",
            "text": text,
            "published": day,
        },
        "actors": [
            {"id": "NOR", "name": "Norway", "kind": "state", "country": "NOR", "resolved": True, **MADE},
            LATVIA,
            {"id": "EST", "name": "Estonia", "kind": "state", "country": "EST", "resolved": True, **MADE},
        ],
        "statements": [
            {
                "id": "s1",
                "speaker": {"span": at("the minister"), "actor": "NOR"},
                "speaker_is": "role",
                "cue": {"span": at("said"), "lemma": "say"},
                "content": [at("Norway will send 200 troops if Latvia asks")],
                "kind": "indirect",
                "negated": False,
                **MADE,
            },
            {
                "id": "s2",
                "speaker": {"span": at("she"), "actor": "NOR"},
                "speaker_is": "role",
                "cue": {"span": at("added"), "lemma": "add"},
                "content": [at("We will defend Latvia")],
                "kind": "direct",
                "negated": False,
                "within": "s1",
                **MADE,
            },
        ],
        "events": [
            {
                "id": "e1",
                "anchor": at("send"),
                "act": "AID",
                "mode": None,
                "actor": [{"span": at("Norway"), "actor": "NOR"}],
                "recipient": [],
                "status": "planned",
                "condition": "e2",
                "figures": ["f1"],
                "reported_by": "s1",
                **event,
            },
            {
                "id": "e2",
                "anchor": at("asks"),
                "act": "REQUEST",
                "mode": None,
                "actor": [{"span": at("Latvia"), "actor": "LVA"}],
                "recipient": [{"span": None, "actor": "NOR"}],
                "status": "conditional",
                "reported_by": "s1",
                **event,
            },
            {
                "id": "e3",
                "anchor": at("rejected"),
                "act": "REJECT",
                "mode": None,
                "actor": [{"span": at("Estonia"), "actor": "EST"}],
                "recipient": [{"span": None, "actor": "NOR"}],
                "status": "occurred",
                **event,
            },
        ],
        "positions": [
            {
                "id": "p1",
                "holder": "NOR",
                "toward": "LVA",
                "act": "commit",
                "issue": at("defend Latvia"),
                "statement": "s2",
                "event": "e1",
                **MADE,
            }
        ],
        "figures": [
            {
                "id": "f1",
                "span": at("200 troops"),
                "low": 200,
                "high": 200,
                "unit": "troop",
                "what": at("troops"),
                "kind": "troops",
                "event": "e1",
                **MADE,
            }
        ],
    }
    return Reading.model_validate(made | changes)


def by_id(found, kind, record_id):
    return next((one for one in getattr(found, f"{kind}s") if one.id == record_id), None)


def correction(found, kind, record_id, action, **more):
    record = by_id(found, kind, record_id)
    slot = more.get("slot")
    if slot is not None:
        slots = getattr(record, more["field"])
        more["meant"] = slots[slot] if slot < len(slots) else None
    return Correction(
        kind=kind,
        record_id=record_id,
        anchor=anchor_of(record),
        action=action,
        original=record.model_dump(mode="json"),
        **more,
    )


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "test.ledger") as opened:
        yield opened


def make(ledger, version_key, *wish, **more):
    with ledger.begin() as connection:
        return correct(connection, version_key, Wish(*wish, **more))


def take_back(ledger, key):
    with ledger.begin() as connection:
        return undo(connection, key)


# The pure function


def test_a_rejected_record_goes_and_nothing_points_to_it():
    found = reading()
    now = corrected(found, [correction(found, "event", "e1", "reject")]).reading
    assert [event.id for event in now.events] == ["e2", "e3"]
    assert by_id(now, "position", "p1").event is None
    assert by_id(now, "figure", "f1").event is None
    now = corrected(found, [correction(found, "statement", "s1", "reject")]).reading
    assert {event.reported_by for event in now.events} == {None}
    assert by_id(now, "statement", "s2").within is None
    now = corrected(found, [correction(found, "figure", "f1", "reject")]).reading
    assert by_id(now, "event", "e1").figures == ()
    now = corrected(found, [correction(found, "event", "e2", "reject")]).reading
    assert by_id(now, "event", "e1").condition is None


def test_an_accepted_record_says_so_and_is_sure():
    found = reading()
    now = corrected(found, [correction(found, "event", "e3", "accept")]).reading
    event = by_id(now, "event", "e3")
    assert event.method == "accepted by a reader: a rule | chancery 0.1.0 | a model"
    assert event.score == 1
    assert event.model_copy(update=MADE) == by_id(found, "event", "e3")


@pytest.mark.parametrize(
    ("kind", "record_id", "change", "path", "value"),
    [
        ("statement", "s1", {"field": "speaker", "value": "LVA"}, "speaker.actor", "LVA"),
        ("statement", "s1", {"field": "speaker"}, "speaker.actor", None),
        ("statement", "s1", {"field": "addressee", "value": "EST"}, "addressee.actor", "EST"),
        ("position", "p1", {"field": "holder", "value": "EST"}, "holder", "EST"),
        ("position", "p1", {"field": "toward"}, "toward", None),
        ("position", "p1", {"field": "act", "value": "assure"}, "act", "assure"),
        ("event", "e1", {"field": "status", "value": "occurred"}, "status", "occurred"),
        ("event", "e1", {"field": "act", "value": "MOBILIZE"}, "act", "MOBILIZE"),
        ("event", "e1", {"field": "actor", "slot": 0, "value": "LVA"}, "actor.0.actor", "LVA"),
        ("event", "e1", {"field": "actor", "slot": 1, "value": "LVA"}, "actor.1.actor", "LVA"),
        ("event", "e1", {"field": "recipient", "slot": 0, "value": "LVA"}, "recipient.0.actor", "LVA"),
    ],
)
def test_one_field_is_changed_and_the_method_says_which(kind, record_id, change, path, value):
    found = reading()
    now = by_id(
        corrected(found, [correction(found, kind, record_id, "change", **change)]).reading, kind, record_id
    )
    held = now
    for part in path.split("."):
        held = held[int(part)] if part.isdigit() else getattr(held, part)
    assert held == value
    assert now.method.startswith(f"{change['field']} corrected by a reader: a rule")


def test_words_of_a_changed_party_stay():
    found = reading()
    one = correction(found, "event", "e1", "change", field="actor", slot=0, value="EST")
    assert by_id(corrected(found, [one]).reading, "event", "e1").actor[0].span == at("Norway")


def test_the_codes_of_an_event_follow_its_act_and_status():
    found = reading()
    assert by_id(found, "event", "e1").plover is None
    one = correction(found, "event", "e1", "change", field="status", value="occurred")
    event = by_id(corrected(found, [one]).reading, "event", "e1")
    assert event.plover.type == "AID"
    assert event.cameo is not None
    denied = correction(found, "event", "e1", "change", field="status", value="denied")
    event = by_id(corrected(found, [one, denied]).reading, "event", "e1")
    assert event.plover is None
    assert "AID denied is not published" in event.why


def test_positions_of_the_old_speaker_go_along_with_the_statement():
    found = reading()
    one = correction(found, "statement", "s2", "change", field="speaker", value="EST")
    assert by_id(corrected(found, [one]).reading, "position", "p1").holder == "EST"


def test_an_actor_that_the_report_does_not_name_is_added_to_it():
    found = reading()
    lithuania = LATVIA.model_copy(update={"id": "LTU", "name": "Lithuania", "country": "LTU"})
    one = correction(found, "event", "e3", "change", field="actor", slot=0, value="LTU", actor=lithuania)
    assert corrected(found, [one]).reading.actors[-1] == lithuania


def test_the_later_correction_of_a_field_wins():
    found = reading()
    changes = [
        correction(found, "event", "e1", "change", field="status", value=value)
        for value in ("denied", "ongoing")
    ]
    assert by_id(corrected(found, changes).reading, "event", "e1").status == "ongoing"


def test_a_record_is_found_again_by_its_words_and_not_by_its_id():
    found = reading()
    one = correction(found, "event", "e3", "change", field="status", value="denied")
    moved = tuple(event.model_copy(update={"id": f"e{9 - at}"}) for at, event in enumerate(found.events))
    anew = found.model_copy(update={"events": moved})
    made = corrected(anew, [one])
    assert made.ids == ("e7",)
    assert by_id(made.reading, "event", "e7").status == "denied"


def test_of_two_records_on_the_same_words_the_one_that_says_the_same_is_meant():
    found = reading()
    first = by_id(found, "position", "p1")
    other = first.model_copy(update={"id": "p2", "act": "assure", "toward": "EST"})
    found = found.model_copy(update={"positions": (first, other)})
    one = correction(found, "position", "p2", "reject")
    swapped = found.model_copy(
        update={
            "positions": (
                other.model_copy(update={"id": "p1"}),
                first.model_copy(update={"id": "p2"}),
            )
        }
    )
    made = corrected(swapped, [one])
    assert made.ids == ("p1",)
    assert [position.act for position in made.reading.positions] == ["commit"]


def test_a_correction_whose_record_is_gone_changes_nothing_and_says_so():
    found = reading()
    one = correction(found, "event", "e3", "reject")
    anew = found.model_copy(update={"events": found.events[:2]})
    assert corrected(anew, [one]) == type(corrected(anew, []))(anew, (None,))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=readings(), data=st.data())
def test_any_correction_of_any_reading_comes_and_goes(made, data, ledger):
    """Whatever the reading: corrected, every span still holds, and undone it is what it was."""
    key = ledger.add(made, replace=True).version_key
    kinds = [kind for kind in FIELDS if getattr(made, f"{kind}s")]
    if not kinds:
        return
    kind = data.draw(st.sampled_from(kinds))
    record = data.draw(st.sampled_from(getattr(made, f"{kind}s")))
    action = data.draw(st.sampled_from(["accept", "reject", *(["change"] if FIELDS[kind] else [])]))
    field = data.draw(st.sampled_from(FIELDS[kind])) if action == "change" else None
    value = data.draw(st.sampled_from(values_of(kind, field or "") or ("NOR", "?:x")))
    done = make(ledger, key, kind, record.id, action, field=field, value=value, slot=0)
    now = ledger.reading(key)
    assert now != made
    assert len(getattr(now, f"{kind}s")) == len(getattr(made, f"{kind}s")) - (action == "reject")
    take_back(ledger, done)
    assert ledger.reading(key) == made


# In a ledger


def test_queries_see_the_corrected_record(ledger):
    key = ledger.add(reading(), source="a.txt").version_key
    make(ledger, key, "event", "e3", "change", field="status", value="denied")
    make(ledger, key, "event", "e1", "reject")
    make(ledger, key, "statement", "s2", "accept", made_by="Ada", reason="as printed")
    found = {one.record.id: one.record.status for one in ledger.events(Filter(statuses=("denied",)))}
    assert found == {"e3": "denied"}
    with closing(sqlite3.connect(ledger.path)) as connection:
        assert connection.execute("SELECT id, checked FROM event_list ORDER BY id").fetchall() == [
            ("e2", None),
            ("e3", "changed"),
        ]
        marks = connection.execute("SELECT id, checked FROM statement_list ORDER BY id").fetchall()
        assert marks == [("s1", None), ("s2", "accepted")]
        assert connection.execute("SELECT event_count FROM readings").fetchone() == (2,)
        assert connection.execute("SELECT source, is_current FROM report_versions").fetchone() == ("a.txt", 1)
    with ledger.connect() as connection:
        assert all(one.good for one in check(connection))
        last = find_corrections(connection)[0]
    assert (last["made_by"], last["reason"], last["words"]) == ("Ada", "as printed", "We will defend Latvia")
    assert json.loads(last["original"])["id"] == "s2"


def test_undoing_leads_back_exactly_also_in_another_order(ledger):
    before = reading()
    (added,) = ledger.add_all([Entry(before, maker="chancery 0.1.0 | a model")])
    (maker, read_at) = _made_by(ledger)
    first = make(ledger, added.version_key, "event", "e1", "change", field="status", value="occurred")
    second = make(ledger, added.version_key, "statement", "s1", "reject")
    take_back(ledger, first)
    assert by_id(ledger.reading(added.version_key), "event", "e1").status == "planned"
    assert by_id(ledger.reading(added.version_key), "statement", "s1") is None
    take_back(ledger, second)
    assert ledger.reading(added.version_key).model_dump_json() == before.model_dump_json()
    assert _made_by(ledger) == (maker, read_at)
    with closing(sqlite3.connect(ledger.path)) as connection:
        assert connection.execute("SELECT count(*) FROM original_readings").fetchone() == (0,)
    with pytest.raises(LedgerError, match="no correction 1 is in force"):
        take_back(ledger, first)


def _made_by(ledger):
    with closing(sqlite3.connect(ledger.path)) as connection:
        return connection.execute("SELECT maker, read_at FROM readings").fetchone()


def test_a_report_read_anew_is_corrected_again(ledger):
    key = ledger.add(reading()).version_key
    make(ledger, key, "event", "e3", "change", field="status", value="denied")
    make(ledger, key, "event", "e2", "reject")
    found = reading()
    # A later Chancery misses the first event, and finds no request any more.
    anew = found.model_copy(update={"events": (found.events[2].model_copy(update={"id": "e1"}),)})
    ledger.add(anew, replace=True)
    now = ledger.reading(key)
    assert [(event.id, event.status) for event in now.events] == [("e1", "denied")]
    with ledger.connect() as connection:
        rows = {row["kind"] + row["action"]: row for row in find_corrections(connection)}
        wrong = [one for one in check(connection) if not one.good]
    assert rows["eventchange"]["record_id"] == "e1"
    assert rows["eventchange"]["missed_at"] is None
    assert rows["eventreject"]["missed_at"] is not None
    assert [one.wrong for one in wrong] == [("correction 2 finds no record",)]
    # It comes back with a later one still.
    ledger.add(found, replace=True)
    assert [event.id for event in ledger.reading(key).events] == ["e1", "e3"]
    take_back(ledger, 1)
    take_back(ledger, 2)
    assert ledger.reading(key) == found


def test_the_same_correction_is_made_once(ledger):
    key = ledger.add(reading()).version_key
    first = make(ledger, key, "event", "e3", "accept")
    assert make(ledger, key, "event", "e3", "accept") == first
    with ledger.connect() as connection:
        assert len(find_corrections(connection)) == 1


@pytest.mark.parametrize(
    ("wish", "complaint"),
    [
        (Wish("event", "e9", "accept"), "no event 'e9'"),
        (Wish("mention", "m1", "accept"), "no mention 'm1'"),
        (Wish("figure", "f1", "change", "act", value="AID"), "nothing: accept or reject it"),
        (Wish("event", "e1", "change", "holder", value="NOR"), "actor, recipient, act, status"),
        (Wish("event", "e1", "change", "status", value="maybe"), "'maybe' is no status of a event"),
        (Wish("position", "p1", "change", "act", value="AID"), "'AID' is no act of a position"),
        (Wish("position", "p1", "change", "holder"), "held by somebody"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_written(ledger, wish, complaint):
    key = ledger.add(reading()).version_key
    with pytest.raises(LedgerError, match=complaint), ledger.begin() as connection:
        correct(connection, key, wish)
    with ledger.connect() as connection:
        assert find_corrections(connection) == []
    assert ledger.reading(key) == reading()


def test_actors_of_other_reports_can_be_named(ledger):
    ledger.add(reading())
    with ledger.connect() as connection:
        found = actor_in(connection, "LVA")
        assert actor_in(connection, "XXX") is None
    assert (found.name, found.country, found.method) == ("Latvia", "LVA", "named by a reader")


def test_links_to_other_reports_are_made_anew(ledger):
    one = ledger.add(reading(1)).version_key
    ledger.add(reading(2, day="2022-02-11"))
    follow_ledger(ledger)
    links = "SELECT count(*) FROM event_links"

    def count():
        with closing(sqlite3.connect(ledger.path)) as connection:
            return connection.execute(links).fetchone()[0]

    before = count()
    assert before
    done = correct_followed(ledger, one, Wish("event", "e1", "change", "actor", slot=0, value="?:nobody"))
    assert 0 < count() < before
    undo_followed(ledger, done)
    assert count() == before
    assert follow_ledger(ledger) == 0


def test_a_report_that_was_not_followed_yet_waits_for_the_ingest(ledger):
    key = ledger.add(reading()).version_key
    correct_followed(ledger, key, Wish("event", "e3", "accept"))
    assert follow_ledger(ledger) == 1


def ingest(path):
    """Write and follow as an ingest does, lot by lot, in a process of its own."""
    with Ledger.open(path, writing=True) as ledger:
        for lot in range(25):
            ledger.add_all([reading(100 + 4 * lot + at, day="2022-02-12") for at in range(4)])
            follow_ledger(ledger)


def test_people_correct_while_an_ingest_runs(ledger):
    key = ledger.add(reading()).version_key
    follow_ledger(ledger)
    here = Path(__file__)
    script = f"import sys; sys.path.insert(0, {str(here.parent)!r}); import {here.stem} as test; "
    process = subprocess.Popen([sys.executable, "-c", f"{script} test.ingest({str(ledger.path)!r})"])
    made = 0
    while process.poll() is None:
        done = correct_followed(ledger, key, Wish("event", "e3", "change", "status", value="denied"))
        undo_followed(ledger, done)
        made += 1
    assert process.returncode == 0
    assert made
    with ledger.connect() as connection:
        assert all(one.good for one in check(connection))
        assert len(find_corrections(connection)) == made
    assert ledger.reading(key) == reading()


def test_a_follower_passes_over_records_that_were_replaced_meanwhile(ledger):
    """What it keeps at hand between two lots may be gone: links to it would break the run."""
    follower = Follower()
    first = ledger.add(reading(1)).version_key
    with ledger.begin() as connection:
        follower.follow(connection, [first])
    correct_followed(ledger, first, Wish("event", "e3", "accept"))
    second = ledger.add(reading(2, day="2022-02-11")).version_key
    with ledger.begin() as connection:
        follower.follow(connection, [second])
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        links = connection.exec_driver_sql("SELECT count(*) FROM event_links").scalar()
    assert not broken
    assert links == 2


def test_what_waits_to_be_followed_is_linked_to_a_report_corrected_meanwhile(ledger):
    """A corrected report has higher keys than what an ingest added before and follows at its end."""
    first = ledger.add(reading(1)).version_key
    follow_ledger(ledger)
    ledger.add(reading(2, day="2022-02-11"))
    correct_followed(ledger, first, Wish("figure", "f1", "accept"))
    follow_ledger(ledger)
    with ledger.connect() as connection:
        links = connection.exec_driver_sql("SELECT event_key, other_event_key FROM event_links").fetchall()
    assert len(links) == 2
    assert all(one < other for one, other in links)

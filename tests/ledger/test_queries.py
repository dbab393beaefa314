"""What a ledger answers, over a handful of reports written for these questions."""

import csv
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.errors import LedgerError
from chancery.ledger import Filter, Ledger
from chancery.ledger.queries.filters import match_words
from chancery.ledger.revisions import changes
from chancery.records import Reading

MADE = {"method": "rule | chancery 0.1.0 | model 1", "score": 0.5}


def actor(ident, name, kind, country, **more):
    return {"id": ident, "name": name, "kind": kind, "country": country, "resolved": True} | MADE | more


RUS = actor("RUS", "Russia", "state", "RUS")
UKR = actor("UKR", "Ukraine", "state", "UKR")
NATO = actor("NATO", "NATO", "international_organization", None)
LAVROV = actor("person:sergey-lavrov", "Sergey Lavrov", "person", "RUS")
STOLTENBERG = actor(
    "person:jens-stoltenberg", "Jens Stoltenberg", "person", "NOR",
    roles=[{"title": "Secretary General", "organization": "NATO"}],
)  # fmt: skip
POL = actor("POL", "Poland", "state", "POL")


def span(text, words):
    at = text.index(words)
    return [at, at + len(words)]


def event(number, text, words, act, status, parties, **more):
    who, whom = parties
    slots = {"actor": [{"span": None, "actor": one} for one in who]}
    slots["recipient"] = [{"span": None, "actor": one} for one in whom]
    told = {"id": f"e{number}", "anchor": span(text, words), "act": act, "mode": None, "status": status}
    return told | slots | {"why": "x"} | MADE | more


MONDAY = "2022-02-28"
ONE = "Russia shelled Kyiv on Monday. Poland will send 200 tanks to Ukraine, its minister said."
TWO = "Lavrov said that Russia demands guarantees from NATO. Stoltenberg warned Russia of sanctions."


def readings():
    yield {
        "article": {
            "id": "one", "url": "https://a.example/1", "publisher": "Wire", "title": "Shelling", "text": ONE,
            "published": "2022-03-01",
        },
        "actors": [RUS, UKR, POL],
        "places": [
            {"id": "l1", "span": span(ONE, "Kyiv"), "name": "Kyiv", "latitude": 50.4, "longitude": 30.5,
             "country": "UKR", "feature": "PPLC", "geonameid": 703448} | MADE
        ],
        "events": [
            event(1, ONE, "shelled", "ASSAULT", "occurred", (["RUS"], ["UKR"]),
                  place={"span": span(ONE, "Kyiv"), "place": "l1"},
                  time={"span": span(ONE, "Monday"), "first": MONDAY, "last": MONDAY, "rule": "x"}),
            event(2, ONE, "send", "AID", "planned", (["POL"], ["UKR"]), figures=["f1"]),
        ],
        "figures": [
            {"id": "f1", "span": span(ONE, "200 tanks"), "low": 200, "high": 200, "unit": "tank",
             "what": span(ONE, "tanks"), "kind": "equipment"} | MADE
        ],
    }  # fmt: skip
    said = {"speaker_is": "named", "kind": "indirect", "negated": False} | MADE
    yield {
        "article": {
            "id": "two", "url": "https://b.example/2", "publisher": "Post", "title": "Demands", "text": TWO,
            "published": "2022-02-10",
        },
        "actors": [RUS, NATO, LAVROV, STOLTENBERG],
        "statements": [
            {"id": "s1", "speaker": {"span": [0, 6], "actor": "person:sergey-lavrov"},
             "cue": {"span": [7, 11], "lemma": "say"}, "about": ["RUS", "NATO"],
             "content": [span(TWO, "Russia demands guarantees from NATO")]} | said,
            {"id": "s2", "speaker": {"span": span(TWO, "Stoltenberg"), "actor": "person:jens-stoltenberg"},
             "cue": {"span": span(TWO, "warned"), "lemma": "warn"},
             "content": [span(TWO, "Russia of sanctions")],
             "addressee": {"span": None, "actor": "RUS"}} | said,
        ],
        "positions": [
            {"id": "p1", "holder": "RUS", "toward": "NATO", "act": "demand", "statement": "s1",
             "issue": span(TWO, "guarantees")} | MADE
        ],
        "events": [event(1, TWO, "warned", "THREATEN", "occurred", (["person:jens-stoltenberg"], ["RUS"]))],
    }  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.create(tmp_path_factory.mktemp("asked") / "asked.ledger") as opened:
        opened.add_all([Reading.model_validate(one) for one in readings()])
        yield opened


EVENTS = [
    ({}, ["shelled", "send", "warned"]),
    ({"actors": ("RUS",)}, ["shelled"]),
    ({"countries": ("RUS", "POL")}, ["shelled", "send"]),
    ({"organizations": ("NATO",)}, ["warned"]),
    ({"organizations": ("NATO",), "countries": ("POL",)}, ["send", "warned"]),
    ({"toward": ("UKR",)}, ["shelled", "send"]),
    ({"acts": ("assault",)}, ["shelled"]),
    ({"statuses": ("planned",)}, ["send"]),
    ({"real_only": True}, ["shelled", "warned"]),
    ({"places": ("kyiv",)}, ["shelled"]),
    ({"places": ("UKR",)}, ["shelled"]),
    ({"first": date(2022, 2, 28), "last": date(2022, 2, 28)}, ["shelled"]),
    ({"first": date(2022, 3, 1)}, ["send"]),
    ({"since": date(2022, 3, 1)}, ["shelled", "send"]),
    ({"until": date(2022, 2, 28)}, ["warned"]),
    ({"publishers": ("wire",)}, ["shelled", "send"]),
    ({"text": "tanks"}, ["send"]),
    ({"text": '"shelled Kyiv"'}, ["shelled"]),
    ({"text": "sanct* OR shelled"}, ["shelled", "warned"]),
    ({"text": "shelled tanks"}, []),
    ({"sort": "day", "ascending": True}, ["warned", "shelled", "send"]),
    ({"sort": "act", "ascending": True}, ["send", "shelled", "warned"]),
    ({"sort": "published", "limit": 1}, ["send"]),
    ({"sort": "published", "limit": 1, "offset": 2}, ["warned"]),
]


def anchors(ledger, found):
    texts = {reading.article.id: reading.article.text for _, reading in ledger.readings()}
    return [texts[one.report.article_id][slice(*one.record.anchor)] for one in found]


@pytest.mark.parametrize(("asked", "wanted"), EVENTS)
def test_events(ledger, asked, wanted):
    found = anchors(ledger, ledger.events(Filter(**asked)))
    assert found == wanted if "sort" in asked else sorted(found) == sorted(wanted)


STATEMENTS = [
    ({"actors": ("person:sergey-lavrov",)}, ["s1"]),
    ({"countries": ("RUS",)}, ["s1"]),
    ({"organizations": ("NATO",)}, ["s2"]),
    ({"toward": ("NATO",)}, ["s1"]),
    ({"toward": ("RUS",)}, ["s1", "s2"]),
    ({"text": "guarantees"}, ["s1"]),
    ({"text": "Lavrov"}, []),
    ({"kinds": ("direct",)}, []),
]


@pytest.mark.parametrize(("asked", "wanted"), STATEMENTS)
def test_statements(ledger, asked, wanted):
    assert sorted(one.record.id for one in ledger.statements(Filter(**asked))) == wanted


def test_positions_figures_actors_reports(ledger):
    assert [one.record.act for one in ledger.positions(Filter(countries=("RUS",), toward=("NATO",)))] == [
        "demand"
    ]
    assert ledger.positions(Filter(acts=("offer",))) == []
    for asked in (
        {"kinds": ("equipment",)},
        {"countries": ("POL",)},
        {"statuses": ("planned",)},
        {"text": "tanks"},
    ):
        assert [one.record.low for one in ledger.figures(Filter(**asked))] == [200], asked
    assert ledger.figures(Filter(countries=("RUS",))) == []
    assert ledger.actors()[0]["actor"] == "RUS"
    assert [one["name"] for one in ledger.actors(Filter(text="lavrov"))] == ["Sergey Lavrov"]
    assert [one["title"] for one in ledger.reports(Filter(actors=("POL",)))] == ["Shelling"]
    assert [one["title"] for one in ledger.reports(Filter(text="guarantees"))] == ["Demands"]
    assert [one["title"] for one in ledger.reports(Filter(places=("UKR",)))] == ["Shelling"]


def test_what_is_found_has_its_report_and_its_words(ledger):
    (found,) = ledger.events(Filter(acts=("ASSAULT",)))
    assert found.words == "Russia shelled Kyiv on Monday."
    assert (found.report.publisher, found.report.published) == ("Wire", "2022-03-01")
    assert found.record == ledger.reading(found.report.version_key).events[0]
    (said,) = ledger.statements(Filter(actors=("person:sergey-lavrov",)))
    assert said.words == "Russia demands guarantees from NATO"


def test_an_order_that_is_none(ledger):
    with pytest.raises(LedgerError, match="cannot sort by 'colour'; by one of: published"):
        ledger.events(Filter(sort="colour"))


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("gas pipeline", '"gas" "pipeline"'),
        ('"gas pipeline" talks', '"gas pipeline" "talks"'),
        ("sanction*", '"sanction"*'),
        ("U.S.-led NOT NEAR(", '"U.S.-led" "NOT" "NEAR("'),
        ("war OR peace", '"war" OR "peace"'),
        ("OR", '"OR"'),
        ("war OR", '"war"'),
        ('an "open phrase', '"an" "open phrase"'),
        ("* - ", '""'),
    ],
)
def test_words_as_people_type_them(ledger, typed, query):
    assert match_words(typed) == query
    ledger.events(Filter(text=typed))  # and SQLite takes it


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_line(ledger, tmp_path):
    path = ledger.path
    table = run("events", path, "--actor", "russia", "--format", "table").output
    assert "ASSAULT" in table
    assert "Russia shelled Kyiv on Monday." in table
    assert "warned" not in table
    lines = [json.loads(line) for line in run("statements", path, "-a", "Sergey Lavrov").output.splitlines()]
    assert lines[0]["words"] == "Russia demands guarantees from NATO"
    assert lines[0]["report"]["url"] == "https://b.example/2"
    rows = list(csv.DictReader(run("events", path, "-f", "csv", "--real-only").output.splitlines()))
    assert {row["act"] for row in rows} == {"ASSAULT", "THREATEN"}
    members = run("events", path, "--organization", "NATO", "--members", "-f", "csv").output
    assert "AID" in members  # Poland's
    assert run("events", path, "-o", tmp_path / "e.parquet").exit_code == 0
    assert "did you mean person:sergey-lavrov?" in run("events", path, "-a", "Sergei Lavrov").output
    assert "no such ledger" in run("events", tmp_path / "none.ledger").output
    assert run("actors", path, "--kind", "person", "-f", "csv").output.count("person:") == 2
    assert "Shelling" in run("reports", path, "-f", "table").output


def test_parquet_is_read_back(ledger, tmp_path):
    pandas = pytest.importorskip("pandas")
    run("figures", ledger.path, "-o", tmp_path / "f.parquet")
    found = pandas.read_parquet(tmp_path / "f.parquet")
    assert list(found["low"]) == [200.0]
    assert list(found["published_day"]) == [date(2022, 3, 1)]


CHANGES = [
    ("One. Two. Three.", "One. Two. Three.", []),
    ("He met Natalie Kanem.", "He met Natalia Kanem.", [("Natalie", "Natalia", 7)]),
    ("One. Two.", "One. New. Two.", [("", "New.", 4)]),
    ("One. Two. Three.", "One. Three.", [("Two.", "", 4)]),
    ("a\n\nb", "a\n\nb\n\nc", [("", "c", 4)]),
]


@pytest.mark.parametrize(("before", "after", "wanted"), CHANGES)
def test_what_changed_between_two_wordings(before, after, wanted):
    found = [(one.before, one.after, one.at) for one in changes(("T", before), ("T", after))]
    assert [(b, a) for b, a, _ in found] == [(b, a) for b, a, _ in wanted]


def test_a_changed_title_is_a_change():
    assert [one.field for one in changes(("Old", "a"), ("New", "a"))] == ["title"]

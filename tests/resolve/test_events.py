"""Events resolved: parties identified, one act told twice, codes derived, place and time attached."""

from dataclasses import dataclass
from datetime import date

import pytest

from chancery.extract.events import find_events
from chancery.extract.statements import StatementMention
from chancery.language import maker_of
from chancery.records import Place, Speaker, Statement, Time
from chancery.resolve.events import resolve_events
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting

STATES = {
    "japan": "JPN",
    "china": "CHN",
    "chinese": "CHN",
    "taiwan": "TWN",
    "kishida": "person:fumio-kishida",
}


@dataclass(frozen=True)
class Named:
    """Referents that know a handful of names by their last word."""

    doc: object

    def of(self, tokens):
        return STATES.get(self.doc[tokens[0] : tokens[1]].root.lower_)

    def several(self, tokens):
        found = self.of(tokens)
        return (found,) if found else ()

    def party(self, actor):
        return "JPN" if actor == "person:fumio-kishida" else actor


@pytest.fixture
def resolve(reader, parse):
    def run(text, said=(), statements=(), times=(), places=()):
        doc = parse(text)
        setting = Setting(doc, date(2024, 5, 1), maker_of(reader.language))
        facts = Facts(statements, Named(doc), times, places, ())
        return resolve_events(setting, find_events(doc, said, ()), facts)

    return run


def actors(event):
    return [slot.actor for slot in event.actor], [slot.actor for slot in event.recipient]


def test_an_official_act_binds_the_state_and_a_visit_the_person(resolve):
    event, visit = resolve("Fumio Kishida condemned China. Fumio Kishida visited Taiwan.")
    assert actors(event) == (["JPN"], ["CHN"])
    assert actors(visit) == (["person:fumio-kishida"], ["TWN"])


def test_an_act_without_a_known_actor_has_an_unknown_one(resolve):
    (event,) = resolve("Gunmen attacked a market.")
    assert actors(event)[0] == ["?:gunmen"]
    (event,) = resolve("Three soldiers were shot.")
    assert actors(event) == (["?:unknown"], ["?:soldiers"])


def test_an_act_told_twice_is_one_event(resolve):
    events = resolve("Japan sanctioned China. Japan has sanctioned China before, Japan said.")
    assert [event.act for event in events] == ["SANCTION"]


def test_what_is_planned_and_what_is_done_are_two_events(resolve):
    events = resolve("Japan sanctioned China. Japan will sanction China again.")
    assert [event.status for event in events] == ["occurred", "planned"]
    assert [event.plover.type for event in events] == ["SANCTION", "THREATEN"]
    assert [event.id for event in events] == ["e1", "e2"]


def test_a_condition_links_to_its_own_event(resolve):
    condition, event = resolve("If China attacks Taiwan, Japan will sanction China.")
    assert (condition.status, event.status, event.condition) == ("possible", "conditional", condition.id)
    assert condition.plover is None


def test_the_speaker_acts_where_a_clause_has_no_subject_and_the_statement_is_named(resolve):
    text = "To condemn China is right, Kishida said."
    said = (StatementMention((7, 8), "say", (6, 7), ((0, 5),), "indirect", negated=False, rule="", score=1),)
    statement = Statement(
        id="s1",
        speaker=Speaker(span=(27, 34), actor="person:fumio-kishida"),
        speaker_is="named",
        cue=None,
        content=((0, 25),),
        kind="indirect",
        negated=False,
        method="",
        score=1,
    )
    (event,) = resolve(text, said, (statement,))
    assert actors(event) == (["JPN"], ["CHN"])
    assert event.reported_by == "s1"


def test_place_and_time_are_those_of_the_clause(resolve):
    text = "Japan sanctioned China on Monday in Tokyo."
    time = Time(
        id="t1",
        span=(26, 32),
        type="DATE",
        value="2024-04-29",
        first=date(2024, 4, 29),
        last=date(2024, 4, 29),
        rule="r",
        method="",
        score=1,
    )
    place = Place(
        id="l1",
        span=(36, 41),
        name="Tokyo",
        latitude=None,
        longitude=None,
        country="JPN",
        feature=None,
        geonameid=None,
        method="",
        score=1,
    )
    (event,) = resolve(text, times=(time,), places=(place,))
    assert event.time.first == date(2024, 4, 29)
    assert event.place.place == "l1"


def test_why_names_the_rule_and_the_lexicon_entry(resolve):
    (event,) = resolve("Japan will sanction China.")
    assert "sanction" in event.why
    assert "will" in event.why
    assert event.cameo.code


def test_the_leaders_who_discussed_are_those_who_met(resolve):
    events = resolve("Kishida met with China's premier. The leaders discussed trade.")
    assert [event.act for event in events] == ["CONSULT"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("China attacked Taiwan. China denied the claim.", "denied"),
        ("China attacked Taiwan. China denies responsibility for it.", "denied"),
        ("China attacked Taiwan. China denied that it was behind the attack.", "denied"),
        ("China attacked Taiwan. China denied any involvement.", "denied"),
        ("Japan blamed China for being behind the attack on Taiwan. China denied the claims.", "denied"),
        ("China attacked Taiwan. Japan denied responsibility.", "occurred"),
        ("China attacked Taiwan. China denied the visa of a tourist.", "occurred"),
        ("China attacked Taiwan. It rained for days. China denied the claim.", "occurred"),
    ],
)
def test_what_its_doer_denies_in_the_next_sentence_is_denied(resolve, text, status):
    assert status in [event.status for event in resolve(text) if event.act == "ASSAULT"]


def test_a_meeting_told_for_a_later_day_is_planned(resolve):
    eighth = date(2024, 5, 8)
    day = Time(
        id="t1", span=(18, 30), type="DATE", value="2024-05-08", first=eighth, last=eighth,
        rule="date", method="test", score=1.0,
    )  # fmt: skip
    (event,) = resolve("China meets Japan on 8 May 2024.", times=(day,))
    assert event.status == "planned"


@pytest.mark.parametrize(
    ("text", "act", "condition", "words"),
    [
        (
            "If China attacks Taiwan, Japan will sanction China.",
            "SANCTION",
            "ASSAULT",
            "If China attacks Taiwan",
        ),
        ("Japan will sanction China if the rains end early.", "SANCTION", None, "if the rains end early"),
        ("Japan will sanction China unless the rains end.", "SANCTION", None, "unless the rains end"),
        ("Japan will free the prisoners as long as it rains.", "RETREAT", None, "as long as it rains"),
        ("Provided that it rains, Japan will sanction China.", "SANCTION", None, "Provided that it rains"),
        (
            "Japan will sanction China on condition that it rains.",
            "SANCTION",
            None,
            "on condition that it rains",
        ),
        (
            "Should China attack Taiwan, Japan will sanction China.",
            "SANCTION",
            "ASSAULT",
            "Should China attack Taiwan",
        ),
        ("In the event of an attack by China, Japan will send troops.", "MOBILIZE", "ASSAULT", None),
        ("Japan threatened to bomb China unless it frees the prisoners.", "THREATEN", "RETREAT", None),
        ("Japan will sanction China.", "SANCTION", None, None),
    ],
)
def test_a_condition_is_an_event_or_words(resolve, text, act, condition, words):
    events = resolve(text)
    event = next(one for one in events if one.act == act)
    assert next((one.act for one in events if one.id == event.condition), None) == condition
    if words is None and condition is None:
        assert event.condition_span is None
    elif words is not None:
        assert text[slice(*event.condition_span)] == words

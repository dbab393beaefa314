"""Many readings into one: whatever the order in which they come in."""

import random
from datetime import date

import pytest

from chancery.follow.following import follow
from chancery.records import Actor, Article, Cue, Event, EventTime, Position, Reading, Speaker, Statement

METHOD = "test | chancery 0 | none"
PEOPLE = {"MAC": "FRA", "PUT": "RUS", "SCH": "DEU"}


def actors():
    return tuple(
        Actor(id=f"person:{name.lower()}", name=name, kind="person", country=state, resolved=True,
              method=METHOD, score=1)
        for name, state in PEOPLE.items()
    )  # fmt: skip


def reading(report, day, text, *, publisher="Gazette", events=(), statements=(), positions=()):
    """Make a reading of (words, act, status, who, day), (words, who) and (words, act)."""

    def at(words):
        return text.index(words), text.index(words) + len(words)

    return Reading(
        article=Article(id=report, text=text, published=day, publisher=publisher),
        actors=actors(),
        events=tuple(
            Event(
                id=f"e{n}", anchor=at(words), act=act, mode=None, status=status,
                actor=tuple({"span": None, "actor": f"person:{one}"} for one in who.split()),
                time=on and EventTime(first=on, last=on, span=None, rule="test"),
                why="test", method=METHOD, score=1,
            )
            for n, (words, act, status, who, on) in enumerate(events, 1)
        ),
        statements=tuple(
            Statement(
                id=f"s{n}", speaker=Speaker(span=None, actor=f"person:{who}"), speaker_is="named",
                cue=Cue(span=(0, 1), lemma="say"), content=(at(words),), kind="indirect", negated=False,
                method=METHOD, score=1,
            )
            for n, (words, who) in enumerate(statements, 1)
        ),
        positions=tuple(
            Position(id=f"p{n}", holder="RUS", toward="FRA", act=act, issue=at(words), method=METHOD, score=1)
            for n, (words, act) in enumerate(positions, 1)
        ),
    )  # fmt: skip


PLAN = "Macron will telephone Putin on Monday about the siege of Mariupol and a ceasefire."
HELD = "Macron telephoned Putin about the siege of Mariupol and a ceasefire, the palace told reporters."
NEXT = "Macron telephoned Putin again about the siege of Mariupol and a ceasefire, the palace told reporters."
OFFER = "Moscow would allow inspectors into the Saki airfield, Putin promised."
REFUSAL = "Putin refused to allow inspectors into the Saki airfield."
CLAIM = "the siege of Mariupol must end before grain can leave the port"


@pytest.fixture
def readings():
    return [
        reading("a", "2022-03-11", PLAN,
                events=[("telephone", "CONSULT", "planned", "mac put", "2022-03-14")]),
        reading("b", "2022-03-14", HELD, publisher="Palace",
                events=[("telephoned", "CONSULT", "occurred", "mac put", "2022-03-14")]),
        reading("c", "2022-03-15", HELD, events=[("telephoned", "CONSULT", "occurred", "mac put", None)]),
        reading("d", "2022-03-22", NEXT, events=[("telephoned", "CONSULT", "occurred", "mac put", None)]),
        reading("e", "2022-03-16", f"Scholz said {CLAIM}.", statements=[(CLAIM, "sch")]),
        reading("f", "2022-03-18", f"As Scholz put it, {CLAIM}!", publisher="Palace",
                statements=[(CLAIM, "sch")]),
        reading("g", "2022-03-01", OFFER,
                positions=[("allow inspectors into the Saki airfield", "offer")]),
        reading("h", "2022-03-20", REFUSAL,
                positions=[("allow inspectors into the Saki airfield", "refuse")]),
    ]  # fmt: skip


def test_a_call_told_thrice_is_one_happening_and_the_next_call_another(readings):
    found = follow(readings)
    assert [[one.source.report for one in happening.tellings] for happening in found.happenings] == [
        ["a", "b", "c"],
        ["d"],
    ]
    happening = found.happenings[0]
    assert happening.id == "a/e1"
    assert happening.publishers == 2
    assert happening.first == happening.last == date(2022, 3, 14)
    assert all(telling.reason for telling in happening.tellings)


def test_a_thread_leads_from_the_plan_to_the_act(readings):
    (thread,) = follow(readings).threads
    assert [(step.day, step.stage) for step in thread.steps] == [
        ("2022-03-11", "planned"),
        ("2022-03-14", "held"),
    ]
    assert thread.stage == "held"
    assert not thread.contradictions


def test_what_is_told_and_denied_stands_side_by_side(readings):
    denial = "The Kremlin denied that Macron telephoned Putin about the siege of Mariupol and a ceasefire."
    readings.append(
        reading("i", "2022-03-15", denial, publisher="Kremlin",
                events=[("telephoned", "CONSULT", "denied", "mac put", "2022-03-14")])
    )  # fmt: skip
    (thread,) = follow(readings).threads
    held, denied = thread.contradictions[0]
    assert (held.source.report, denied.source.report) == ("b", "i")


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("Macron postponed his call with Putin about the siege of Mariupol.", "postponed"),
        ("Macron called off his call with Putin about the siege of Mariupol.", "cancelled"),
        ("Macron will have a call with Putin about the siege of Mariupol.", "planned"),
    ],
)
def test_an_act_put_off_is_no_longer_planned(words, stage):
    told = reading("j", "2022-03-12", words, events=[("call with", "CONSULT", "planned", "mac put", None)])
    assert follow([told]).happenings[0].tellings[0].stage == stage


def test_a_claim_has_its_witnesses_and_its_first_telling(readings):
    (claim,) = follow(readings).claims
    assert (claim.speaker, claim.first.report, claim.publishers) == ("person:sch", "e", 2)
    assert [witness.source.day for witness in claim.witnesses] == ["2022-03-16", "2022-03-18"]


def test_an_offer_withdrawn_is_a_change_with_both_wordings(readings):
    (line,) = follow(readings).positions
    (change,) = line.changes
    assert change.turn == "withdrawn"
    assert (change.before.source.report, change.after.source.report) == ("g", "h")


def test_a_copy_is_linked_to_the_report_that_came_first(readings):
    (copy,) = [one for one in follow(readings).duplicates if one.kind == "exact"]
    assert (copy.report, copy.other) == ("c", "b")


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_coming_in_does_not_matter(readings, seed):
    shuffled = random.Random(seed).sample(readings, len(readings))
    assert follow(shuffled) == follow(readings)

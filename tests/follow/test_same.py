from datetime import date

import pytest

from chancery.follow.found import Position, Source
from chancery.follow.items import Act, Held, Saying, Wording, sentence
from chancery.follow.same import same_act, same_claim, same_issue, turn


def source(words, day="2022-03-14", report="r1"):
    return Source(day, report, "e1", "Gazette", (0, len(words)), words)


def act(words, day, report, *, kind="CONSULT", states=("FRA", "RUS"), status="occurred", on=None):
    on = on and date.fromisoformat(on)
    people = frozenset(f"{state}:president" for state in states)
    return Act(
        source(words, day, report), kind, None, status, people, frozenset(), frozenset(states),
        frozenset(states), on, on, "spoke", Wording(words),
    )  # fmt: skip


CALL = "Emmanuel Macron spoke with Vladimir Putin by telephone about the siege of Mariupol and a ceasefire"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (act(CALL + " today", "2022-03-15", "r2"), True),  # told a day later
        (act(CALL, "2022-03-19", "r2"), False),  # the next call
        (act(CALL, "2022-03-19", "r2", on="2022-03-14"), True),  # a later report of this one
        (act(CALL, "2022-03-14", "r2", states=("DEU", "RUS")), False),
        (act(CALL, "2022-03-14", "r2", states=("DEU", "FRA", "RUS")), False),  # who is not named took no part
        (act(CALL, "2022-03-14", "r2", kind="AID"), False),
        (act(CALL, "2022-03-14", "r1"), False),  # one report is resolved by the reader
        (act(CALL.replace("spoke", "will speak"), "2022-03-10", "r2", status="planned"), True),
        (act("They praised grain exports and tourism in the Alps", "2022-03-14", "r2"), False),
    ],
)
def test_two_tellings_of_a_call(other, same):
    one = act(CALL, "2022-03-14", "r1")
    assert bool(same_act(one, other)) is same
    assert bool(same_act(other, one)) is same


def saying(words, report, *, speaker="person:olaf-scholz", negated=False):
    return Saying(source(words, report=report), speaker, negated, Wording(words))


PIPELINE = "the Nord Stream pipeline will not be certified while Russian troops stand on the border"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (
            saying("Nord Stream will not be certified as long as Russian troops stand on that border", "r2"),
            True,
        ),
        (saying(PIPELINE, "r2", speaker="person:annalena-baerbock"), False),
        (saying(PIPELINE, "r2", negated=True), False),
        (saying("thank you", "r2"), False),
        (saying(PIPELINE + " of 1200 km", "r2"), True),
    ],
)
def test_two_tellings_of_a_claim(other, same):
    assert bool(same_claim(saying(PIPELINE, "r1"), other)) is same


def test_another_number_is_another_claim():
    losses = "the army lost {} armoured vehicles in the suburbs of Kharkiv"
    assert same_claim(saying(losses.format(40), "r1"), saying(losses.format(40), "r2"))
    assert not same_claim(saying(losses.format(40), "r1"), saying(losses.format(52), "r2"))


def position(kind, day, *, issue="neutral status of Ukraine under security guarantees", condition=None):
    return Position(source(issue, day), kind, issue, condition)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("offer", "refuse", "withdrawn"),
        ("refuse", "commit", "taken up"),
        ("offer", "offer", None),
        ("warn", "support", None),
    ],
)
def test_what_undoes_the_other_is_a_turn(before, after, kind):
    change = turn(position(before, "2022-03-01"), position(after, "2022-03-20"))
    assert (change.turn if change else None) == kind


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("commit", "ensure that no unilateral change is made"), ("refuse", "any unilateral change")),
        (("assure", "they will not use the launchers"), ("refuse", "use the launchers")),
    ],
)
def test_one_stand_told_in_two_ways_is_no_turn(before, after):
    days = ("2022-03-01", "2022-03-09")
    told = [position(one[0], day, issue=one[1]) for one, day in zip((before, after), days, strict=True)]
    assert turn(*told) is None


def test_two_reports_of_one_day_are_no_turn():
    assert turn(position("offer", "2022-03-01"), position("refuse", "2022-03-01")) is None


def test_a_moved_condition_is_a_turn_with_both_wordings():
    before = position("offer", "2022-03-01", condition="if foreign troops leave the Donetsk region")
    after = position(
        "offer", "2022-03-20", condition="if parliament ratifies the guarantees of Paris and Ankara"
    )
    change = turn(before, after)
    assert change
    assert change.turn == "condition moved"
    assert "Donetsk" in change.reason
    assert "Ankara" in change.reason


def test_an_issue_is_one_for_one_holder_only():
    issue = "deployment of strike missiles near the Russian border"
    one = Held(source(issue), "RUS", "NATO", "demand", issue, None, Wording(issue))
    other = Held(source(issue, report="r2"), "RUS", None, "refuse", issue, None, Wording(issue))
    third = Held(source(issue, report="r3"), "BLR", "NATO", "demand", issue, None, Wording(issue))
    assert same_issue(one, other)
    assert not same_issue(one, third)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("withdraw its troops from Ukraine", "withdraw its troops from Ukraine", True),
        ("reveal this dark secret to you", "the secret police", False),
        ("give up what is ours", "regain what is ours", False),
        ("a new initiative against evasion", "allow evasion of sanctions, or backfilling", False),
    ],
)
def test_an_issue_is_told_by_most_of_the_words_of_both(one, other, same):
    held = [
        Held(source(issue, report=f"r{n}"), "RUS", "UKR", "offer", issue, None, Wording(issue))
        for n, issue in enumerate((one, other))
    ]
    assert bool(same_issue(*held)) is same


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Lavrov", "He met Mr. Lavrov in Moscow."),
        ("talks", "They agreed to hold talks on 5 May!"),
        ("come", "“We will come,” he said."),
        ("Next", "Next."),
    ],
)
def test_the_sentence_around_a_word(word, found):
    text = "He met Mr. Lavrov in Moscow. They agreed to hold talks on 5 May! “We will come,” he said.\nNext."
    at = text.index(word)
    assert text[slice(*sentence(text, (at, at + len(word))))] == found

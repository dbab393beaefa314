"""What a time expression looks like, and what only looks like one."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.extract.times import digits, find_times

UNANCHORED = {"duration", "set"}


def found(parse, sentence):
    doc = parse(sentence)
    return [
        doc[mention.tokens[0] : mention.tokens[1]].text
        for mention in find_times(doc)
        if mention.rule not in UNANCHORED
    ]


def rules():
    source = files("chancery.extract") / "data" / "times_rules.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))["rule"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["example"])
def test_every_rule_finds_its_own_example(parse, rule):
    doc = parse(f"The ministers met in {rule['example']} .")
    assert rule["name"] in {mention.rule for mention in find_times(doc)}


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("He spoke on Thursday, February 10.", ["Thursday, February 10"]),
        ("Troops have grown since 2014 and will grow by 2030.", ["since 2014", "2030"]),
        ("The talks ran from May 15-24 in Geneva.", ["May 15-24"]),
        ("The strikes fell between 11-13 Dec. in the north.", ["11-13 Dec."]),
        ("Between July 2003 and December 2004 they met twice.", ["July 2003", "December 2004"]),
        ("The envoy left early on Monday.", ["early on Monday"]),
        ("It happened on the night of August 4.", ["the night of August 4"]),
        ("The bomb went off in the early hours of Sunday morning.", ["the early hours of Sunday morning"]),
        ("The embassy closed on 24 February 2022.", ["24 February 2022"]),
        ("The embassy closed on 2022-02-24.", ["2022-02-24"]),
        ("The embassy closed on 24.02.2022.", ["24.02.2022"]),
        ("Earlier this month the council met.", ["Earlier this month"]),
        ("The council meets in the third quarter of this year.", ["the third quarter of this year"]),
        ("The pact dates from the late 1990s.", ["the late 1990s"]),
        ("The border was drawn in the 19th century.", ["the 19th century"]),
        ("In the past 24 hours shelling went on.", ["the past 24 hours"]),
        ("Two years ago the accord was signed.", ["Two years ago"]),
        ("The convoy left the following day.", ["the following day"]),
        ("The council meets at 16:00 UTC today.", ["16:00 UTC today"]),
        ("Violence has grown in recent days.", ["recent days"]),
        ("It is the largest force since the end of the Cold War.", ["since the end of the Cold War"]),
        ("Last Friday and this weekend shells fell.", ["Last Friday", "this weekend"]),
        ("The 2003 invasion split the council.", ["2003"]),
        ("The summit in May 2022 failed.", ["May 2022"]),
    ],
)
def test_time_expressions_are_found_whole(parse, sentence, times):
    assert found(parse, sentence) == times


@pytest.mark.parametrize(
    "sentence",
    [
        "Prime Minister Theresa May said the talks may go on.",
        "The army began a march on the capital.",
        "About 2000 soldiers crossed the bridge.",
        "The council adopted resolution 2254 without a vote.",
        "Flight 1549 was turned back.",
        "The fall of the city shook the alliance.",
        "The ceasefire held for two hours.",  # a length of time, not a day
        "They meet every Friday.",  # a repeated time, not a day
        "The minister had a second meeting.",
        "An hour later the bridge was gone.",
        "Sanctions cost $1999 a head.",
    ],
)
def test_words_that_mean_something_else_are_left_alone(parse, sentence):
    assert found(parse, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "tense"),
    [
        ("The ministers met on Friday.", "past"),
        ("The ministers will meet on Friday.", "future"),
        ("The ministers agreed to meet on Friday.", "future"),
        ("The talks are set to begin on Friday.", "future"),
        ("He is thought to have fled on Friday.", "past"),
        ("Diplomats prepared drafts ahead of Friday's session.", "future"),
    ],
)
def test_the_clause_says_whether_a_weekday_looks_back_or_forward(parse, sentence, tense):
    assert [mention.tense for mention in find_times(parse(sentence))] == [tense]


@pytest.mark.parametrize(
    ("text", "classed"),
    [
        ("10", ("D", 10)),
        ("45", ("N", 45)),
        ("2014", ("Y", 2014)),
        ("0800", ("HHMM", "08:00")),
        ("10th", ("ORD", 10)),
        ("1930s", ("DECADE", 1930)),
        ("late-1990s", ("LDECADE", "late 1990")),
        ("16:08", ("CLOCK", "16:08")),
        ("1,200", ("N", 1200.0)),
        ("0", None),
        ("F-16", None),
        ("²", None),
    ],
)
def test_figures_in_dates_are_classed_by_their_form(text, classed):
    assert digits(text) == classed


WORDS = (
    "since the last 31 February , 2014 Friday - ago two 9/11 99 a May 1st of early \n 0000 12:61 pm 00s"
).split(" ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=40)
)
def test_no_text_breaks_the_search(parse, text):
    doc = parse(text)
    spans = [mention.tokens for mention in find_times(doc)]
    assert all(0 <= first < last <= len(doc) for first, last in spans)
    assert spans == sorted(spans)

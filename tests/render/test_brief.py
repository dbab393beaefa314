import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from chancery.records import Reading
from chancery.render.brief import BriefOptions, brief, styled_brief

HEADINGS = (
    "WHO SAID WHAT",
    "WHAT HAPPENED",
    "PLANNED, PROPOSED, CONDITIONAL, POSSIBLE",
    "DENIED, OR NOT DONE",
    "POSITIONS",
    "FORCES AND FIGURES",
    "NOT RESOLVED",
)


def line_of(text, words):
    return next(line for line in text.splitlines() if words in line)


def section(text, heading):
    return text.partition(f"\n{heading}\n")[2].partition("\n\n")[0]


def test_the_seed_report_fits_two_screens(nato):
    assert len(brief(nato).splitlines()) <= 90


def test_sections_come_in_order_and_empty_ones_are_left_out(nato):
    found = [line for line in brief(nato).splitlines() if line in HEADINGS]
    assert found == [heading for heading in HEADINGS if heading != "DENIED, OR NOT DONE"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            "proposal →",
            "2:96 proposal → Russian Foreign Ministry: to hold a new meeting of the Russia-NATO Council",
        ),
        ("9:55    assured", "9:55 assured: “NATO poses no threat to Russia”"),
        (
            "did not rule",
            "12:55 ✗ did not rule out (partly quoted): in the event of a Russian invasion of Ukraine,",
        ),
        (
            "planned",
            "8:52 planned NATO: will discuss the issue of further… · 14–20 Feb · per Jens Stoltenberg",
        ),
        (
            "— if aggression",
            "8:246 conditional NATO → Russia: greater, not less, NATO presence — if aggression (Russia)",
        ),
        ("12:81", "12:81 possible Russia → Ukraine: invasion of Ukraine · per Boris Johnson"),
        (
            "refuses",
            "5:196 refuses → Russia: compromise on key principles – the right of each state to choose",
        ),
        (
            "— if Russian",
            "8:238 warns of → Russia: an even greater, not less, NATO presence — if Russian aggression",
        ),
        ("(also 5:18)", "1:26 offers → Russia: listen to Russia’s concerns (also 5:18)"),
        ("100,000 units ·", "7:82 troops 100,000 units · on alert"),
        ("day left open", "day left open: the end of the Cold War [7:238]"),
    ],
)
def test_a_line_says_what_its_record_says(nato, words, line):
    assert " ".join(line_of(brief(nato), words).split()).startswith(line)


def test_speakers_head_their_statements_with_their_office(nato):
    said = section(brief(nato), "WHO SAID WHAT")
    assert said.index("Jens Stoltenberg, Secretary General (NATO)") < said.index(
        "Boris Johnson, Prime Minister"
    )


def test_nested_statements_stand_under_the_one_that_holds_them(nato):
    lines = brief(nato, BriefOptions(full=True)).splitlines()
    at = next(at for at, line in enumerate(lines) if "Ukrainians think:" in line)
    outer = max(k for k in range(at) if "summed up" in lines[k])
    assert lines[at].index("Ukrainians") > lines[outer].index("summed up")


def test_every_pointer_leads_to_the_words_of_its_line(nato):
    text = nato.article.text.splitlines()
    pointed = re.findall(r"^ *(\d+):(\d+)  +(.*)$", brief(nato, BriefOptions(full=True)), re.MULTILINE)
    assert len(pointed) > 45
    for line, character, rest in pointed:
        first = re.match(r"[\w’,]+", text[int(line) - 1][int(character) - 1 :])[0]
        assert first in rest


def test_what_is_left_out_is_counted(nato):
    told = section(brief(nato), "WHO SAID WHAT")
    left = int(re.search(r"… (\d+) more", told)[1])
    pointers = re.findall(r"^ *\d+:\d+ ", told, re.MULTILINE)
    assert left + len(pointers) == len(nato.statements)
    assert " more\n" not in brief(nato, BriefOptions(full=True))


def test_the_footer_explains_the_signs_that_occur(nato, empty):
    footer = brief(nato, BriefOptions(source="report.txt")).rpartition("\n\n")[2]
    assert "9:13 is line 9, character 13 of report.txt" in footer
    assert "✗ denied or negated" in footer
    assert "denied" not in brief(empty)


def test_an_empty_text_is_a_brief_without_sections(empty):
    assert brief(empty) == "(no text)\nno date · 0 words\n\n"


def test_a_title_alone_is_a_brief():
    reading = Reading.model_validate({"article": {"id": "x", "title": "Talks fail", "text": "Talks fail"}})
    assert brief(reading) == "Talks fail\nno date · 2 words\n\n"


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120])
def test_no_line_is_wider_than_asked(nato, width):
    assert max(cell_len(line) for line in brief(nato, BriefOptions(width=width)).splitlines()) <= width


def test_the_coloured_brief_has_the_words_of_the_plain_one(nato):
    console = Console(width=100, force_terminal=True, color_system="standard", file=None)
    with console.capture() as captured:
        console.print(styled_brief(nato), soft_wrap=True, end="")
    coloured = captured.get()
    assert "\x1b[" in coloured
    stripped = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == brief(nato).splitlines()


def test_the_same_reading_gives_the_same_brief(nato):
    assert brief(nato) == brief(nato.model_copy(deep=True))


@settings(deadline=None)
@given(data=st.data())
def test_hostile_text_leaves_no_control_character_and_no_broken_line(hostile, data):
    text = brief(data.draw(hostile))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert max(cell_len(line) for line in text.splitlines()) <= 100

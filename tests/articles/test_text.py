from __future__ import annotations

import pytest

from chancery.articles.text import credit_of, draft_of_text, title_of

LEAD = "The ministry said on Thursday that the talks in Vienna would go on next week."
MORE = "Officials of both sides confirmed it."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo\r", "one\ntwo\n"),
        ("one\u2028two\x85three".encode(), "one\u2028two\x85three"),
        ("  one \ufeff two\u200b\n\n\n".encode(), "  one \ufeff two\u200b\n\n\n"),
    ],
)
def test_only_line_ends_are_changed(data, text):
    assert draft_of_text(data, "report.txt").text == text


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Talks to go on in Vienna", LEAD], "Talks to go on in Vienna"),
        (["Talks to go on in Vienna", "By Ann Miller", LEAD], "Talks to go on in Vienna"),
        (["“No more talks”, minister says", LEAD], None),  # opens with a mark, may be the text itself
        ([LEAD, MORE], None),
        (["Talks to go on in Vienna"], None),
        (["The talks that began on Monday in Vienna", "will go on"], None),  # wrapped prose
        (["By Ann Miller", LEAD], None),
        ([], None),
    ],
)
def test_a_title_is_short_open_ended_and_has_text_below(lines, title):
    assert title_of(lines) == title


@pytest.mark.parametrize(
    ("lines", "credit"),
    [
        ([LEAD, MORE, "Source: The Daily Post"], "The Daily Post"),
        ([LEAD, MORE, "(Source: The Daily Post)"], "The Daily Post"),
        (["Talks go on", "By Ann Miller, The Daily Post", LEAD], "Ann Miller, The Daily Post"),
        ([LEAD, MORE, "Корреспондент"], "Корреспондент"),
        ([LEAD, MORE, "Daily Post"], "Daily Post"),
        ([LEAD, MORE, "END 1:16 P.M. EDT"], None),
        ([LEAD, MORE, "Thank you"], None),
        ([LEAD, MORE, "###"], None),
        ([LEAD, MORE], None),
        (["By Thursday the talks were over.", LEAD, MORE], None),
        ([LEAD, "Among the guests", "Mali", "Chad"], None),  # a list
    ],
)
def test_a_credit_is_a_named_line_or_a_bare_name_at_the_end(lines, credit):
    assert credit_of(lines) == credit

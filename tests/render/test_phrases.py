from datetime import date

import pytest

from chancery.records import Figure, Reading, Statement
from chancery.render.phrases import amount, condition, content, counted, phrase, when


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 2, 10), date(2022, 2, 10), "10 Feb"),
        (date(2021, 2, 10), date(2021, 2, 10), "10 Feb 2021"),
        (date(2022, 2, 14), date(2022, 2, 20), "14–20 Feb"),
        (date(2021, 2, 14), date(2021, 2, 20), "14–20 Feb 2021"),
        (date(2022, 1, 28), date(2022, 2, 3), "28 Jan – 3 Feb"),
        (date(2021, 1, 28), date(2021, 2, 3), "28 Jan – 3 Feb 2021"),
        (date(2021, 12, 28), date(2022, 1, 3), "28 Dec 2021 – 3 Jan"),
        (date(1994, 5, 1), date(1994, 5, 31), "May 1994"),
        (date(2014, 1, 1), date(2014, 12, 31), "2014"),
        (date(2014, 1, 1), None, "since 2014"),
        (date(2022, 2, 3), None, "since 3 Feb"),
        (None, date(2022, 2, 3), "until 3 Feb"),
        (None, None, None),
    ],
)
def test_days_are_written_as_sharply_as_they_are_known(first, last, words):
    assert when(first, last, 2022) == words


def reading(text):
    return Reading.model_validate({"article": {"id": "x", "text": text}})


@pytest.mark.parametrize(
    ("text", "anchor", "drawn_out"),
    [
        (
            "He sent a letter to Foreign Minister Lavrov.",
            "sent a letter",
            "sent a letter to Foreign Minister Lavrov",
        ),
        ("They held talks in Moscow, he said.", "held talks", "held talks in Moscow"),
        ("The risk of an attack is decreasing.", "attack", "attack"),
        ("An attack on the port would be answered.", "attack", "attack on the port"),
        ("A meeting of the", "meeting", "meeting"),
        ("They discussed the Union’s", "discussed", "discussed"),
        ("The buildup", "buildup", "buildup"),
        (
            "Talks with the U.S. in Geneva",
            "Talks",
            "Talks with the U.S",
        ),  # a stop that may end the sentence ends it
        ("A strike\non the port", "strike", "strike"),
    ],
)
def test_an_anchor_is_quoted_with_what_completes_it(text, anchor, drawn_out):
    start = text.index(anchor)
    assert reading(text).words(phrase(reading(text), (start, start + len(anchor)))) == drawn_out


def test_a_phrase_ends_at_a_whole_word():
    text = "talks on " + "very " * 30 + "long matters"
    start, end = phrase(reading(text), (0, 5))
    assert end - start <= 64
    assert text[end] == " "


@pytest.mark.parametrize(
    ("words", "low", "high", "shown"),
    [
        ("100,000 units", 100000, 100000, "100,000 units"),
        ("dozens of shells", 24, 99, "dozens of shells (24–99)"),
        ("four tanks", 4, 4, "four tanks"),
        ("at least a thousand", 1000, None, "at least a thousand (≥ 1,000)"),
        ("up to half", None, 50, "up to half (≤ 50)"),
        ("several", None, None, "several"),
    ],
)
def test_bounds_that_words_imply_are_added(words, low, high, shown):
    figure = Figure(
        id="f1",
        span=(0, len(words)),
        low=low,
        high=high,
        unit="",
        what=None,
        kind="other",
        method="",
        score=1,
    )
    assert amount(reading(words), figure) == shown


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("if the talks fail", "if the talks fail"),
        ("until the talks end", "until the talks end"),
        ("unless they leave", "unless they leave"),
        ("the talks fail", "if the talks fail"),
    ],
)
def test_a_condition_has_one_word_that_opens_it(words, written):
    assert condition(words) == written


@pytest.mark.parametrize(
    ("text", "span", "written"),
    [
        ('She called it "a mistake".', 'it "a mistake', 'it "a mistake"'),
        ('It is "fair," he said.', 'It is "fair', 'It is "fair,"'),
        ("Lines are “cut” now.", "Lines are “cut", "Lines are “cut”"),
        ("No marks here.", "No marks", "No marks"),
    ],
)
def test_a_mark_of_quotation_keeps_its_partner(text, span, written):
    start = text.index(span)
    read = Reading.model_validate({"article": {"id": "x", "text": text}})
    slots = {"speaker": {"span": None, "actor": None}, "speaker_is": "none", "cue": None}
    statement = Statement.model_validate(
        {
            "id": "s1",
            "content": [(start, start + len(span))],
            "kind": "mixed",
            "negated": False,
            "method": "t",
            "score": 1,
        }
        | slots
    )
    assert content(read, statement) == written


@pytest.mark.parametrize(
    ("text", "number", "what", "written"),
    [
        ("Some 30 percent of the harvest is lost.", "30 percent", "the harvest", " of the harvest"),
        ("It costs 5 euros, say the owners.", "5 euros", "the owners", " the owners"),
    ],
)
def test_what_is_counted_keeps_the_word_that_leads_to_it(text, number, what, written):
    at = text.index(number), text.index(what)
    values = {"id": "f1", "span": (at[0], at[0] + len(number)), "what": (at[1], at[1] + len(what))}
    rest = {"low": 1, "high": 1, "unit": "x", "kind": "share", "method": "t", "score": 1}
    assert counted(reading(text), Figure.model_validate(values | rest)) == written

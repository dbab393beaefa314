"""The reader called from Python."""

import pytest

from chancery.language import paragraphs


def test_the_dateline_is_found_and_named_in_the_api_as_on_the_command_line(reader):
    reading = reader("MOSCOW, Feb 10 (Reuters) - Russia said on Thursday that the talks would go on.")
    dateline = reading.article.dateline
    assert reading.words(dateline.span) == "MOSCOW, Feb 10 (Reuters)"
    assert dateline.place in {None, *(place.id for place in reading.places)}


def test_half_a_surrogate_pair_is_replaced_one_for_one(reader):
    reading = reader("half a \ud83d pair")
    assert reading.article.text == "half a \ufffd pair"
    reading.model_dump_json().encode()


def test_every_line_separator_ends_a_paragraph():
    text = "a\r\nb\rc\u2028d\x85e\n\nf\u2029"
    assert list(paragraphs(text)) == ["a\r\n", "b\r", "c\u2028", "d\x85", "e\n\n", "f\u2029"]


@pytest.mark.parametrize(
    "dateline", ["OSLO, 10 February 2022 (Wire) - ", "OSLO, Feb 10 (Wire) -- ", "OSLO — "]
)
def test_a_dateline_is_no_part_of_the_first_sentence(reader, dateline):
    text = f"{dateline}Norway will host talks next week, the foreign ministry said."
    reading = reader(text, published="2022-02-10")
    assert [reading.words(s.content[0]) for s in reading.statements] == ["Norway will host talks next week"]
    assert [slot.actor for event in reading.events for slot in event.actor] == ["NOR"]
    assert reading.article.text == text

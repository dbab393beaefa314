"""Parties that a clause leaves out and the report around it supplies."""

import pytest


@pytest.mark.parametrize(
    ("text", "act", "actor", "recipient"),
    [
        ("At least 60 people were arrested in Lima on Monday.", "COERCE", "PER", "PER:population"),
        (
            "Crowds marched in Accra. Thousands of people protested in Accra.",
            "PROTEST",
            "GHA:population",
            None,
        ),
    ],
)
def test_authorities_and_people_are_those_of_the_place(reader, text, act, actor, recipient):
    events = [event for event in reader(text, published="2022-02-10").events if event.act == act]
    assert actor in [slot.actor for event in events for slot in event.actor]
    if recipient:
        assert recipient in [slot.actor for event in events for slot in event.recipient]


def test_the_envoy_for_a_country_does_not_speak_for_it(reader):
    text = "The Special Envoy for Yemen Tom Miller condemned Oman."
    (event,) = reader(text, published="2022-02-10").events
    assert event.actor[0].actor != "YEM"


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Hamas attacked a military base in a village in Egypt.", "a military base", "EGY"),
        ("Rebels shelled the area of Lublin in Poland.", "the area of Lublin in Poland", "POL"),
    ],
)
def test_what_an_attack_strikes_stands_for_its_country_by_its_own_words(reader, text, words, country):
    (event,) = [one for one in reader(text, published="2022-02-10").events if one.act == "ASSAULT"]
    (slot,) = event.recipient
    assert (text[slice(*slot.span)], slot.actor) == (words, country)

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

"""Whose voice a text is, told by the positions that are read from it."""

from __future__ import annotations

import pytest


def positions(reader, text):
    return [(one.holder, one.act, text[slice(*one.issue)]) for one in reader(text).positions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Office of the Spokesperson\n\nSpecial Envoy Ann Boe condemned the coup.",
            ("USA", "accuse", "the coup"),
        ),
        (
            "Office of the Spokesperson\n\nAssistant Secretary Ann Boe called for a ceasefire in Mali.",
            ("USA", "request", "a ceasefire in Mali"),
        ),
        (
            "The EU condemns the coup. We urge the army to free the ministers. Our envoy left.",
            ("EU", "request", "free the ministers"),
        ),
    ],
)
def test_an_own_text_binds_its_issuer(reader, text, expected):
    assert expected in positions(reader, text)


def test_both_sides_of_a_meeting_are_bound_by_what_they_say_together(reader):
    text = (
        "President Emmanuel Macron of France met with Chancellor Olaf Scholz of Germany. "
        "The people of Ukraine were on the agenda. They welcomed the new treaty."
    )
    found = positions(reader, text)
    assert ("FRA", "support", "the new treaty") in found
    assert ("DEU", "support", "the new treaty") in found
    assert not any(holder.startswith("UKR") for holder, _, _ in found)


def test_members_of_parliament_bind_no_state(reader):
    text = "Senator Ted Cruz of the United States urged his colleagues to reject the bill."
    assert ("USA", "request", "reject the bill") not in positions(reader, text)


def test_a_newspaper_report_has_no_issuer(reader):
    text = "The harvest was good. Farmers will sell the rest of it."
    assert positions(reader, text) == []

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


def read(reader, text, **given):
    from chancery.records import Article

    reading = reader(Article(id="a", text=text, **given))
    return [(one.holder, one.act, text[slice(*one.issue)]) for one in reading.positions]


def test_the_publisher_says_whose_text_it_is(reader):
    text = "This is a new port. It has room for thirty ships. We urge Chad to use it. Malta is near."
    assert read(reader, text, publisher="Evening Post") == []
    found = read(reader, text, publisher="Prime Minister of Malta")
    assert ("MLT", "request", "use it") in found


def test_an_official_who_signs_the_first_line_binds_the_state(reader):
    text = "Antony J. Blinken, Secretary of State\n\nThe army of Belarus left. We urge Belarus to free them."
    found = read(reader, text, published="2022-05-01")
    assert ("USA", "request", "free them") in found


def test_a_joint_statement_binds_both(reader):
    text = (
        "We, the President of the United States of America and the President of the Russian Federation, "
        "reaffirm the principle. The United States and Russia will open a new dialogue."
    )
    found = read(reader, text, title="U.S.-Russia Presidential Joint Statement on Stability")
    assert {holder for holder, act, _ in found if act == "commit"} == {"USA", "RUS"}


def test_a_title_says_who_owns_an_official_of_unknown_party(reader):
    text = 'The adviser to the President of Malta said: "We will not sign the treaty."'
    assert ("MLT", "refuse", "sign the treaty") in read(reader, text)


def toward(reader, text, act):
    return {one.holder: one.toward for one in reader(text).positions if one.act == act}


def test_what_names_nobody_is_said_to_the_other_side_of_the_meeting(reader):
    text = (
        "President Emmanuel Macron of France met with Chancellor Olaf Scholz of Germany. "
        "The leaders reaffirmed their commitment to free trade."
    )
    assert toward(reader, text, "commit") == {"FRA": "DEU", "DEU": "FRA"}


def test_whose_deed_is_condemned_is_charged(reader):
    text = "President Emmanuel Macron of France condemned Russia's attack on the port of Odesa."
    assert toward(reader, text, "accuse") == {"FRA": "RUS"}

from __future__ import annotations

import pytest

from chancery.articles.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("MOSCOW, Feb 10 (Reuters) - Russia said on Thursday", "MOSCOW, Feb 10 (Reuters)"),
        ("WASHINGTON/BRUSSELS, March 3 (Reuters) – The allies", "WASHINGTON/BRUSSELS, March 3 (Reuters)"),
        ("KYIV, Ukraine (AP) — The president", "KYIV, Ukraine (AP)"),
        ("ST. PETERSBURG, Russia — The forum", "ST. PETERSBURG, Russia"),
        ("GENEVA — Envoys met", "GENEVA"),
        ("BEIJING, Feb. 10 (Xinhua) -- China", "BEIJING, Feb. 10 (Xinhua)"),
        ("MOSCOW, February 10. /TASS/. The ministry", "MOSCOW, February 10. /TASS/."),
        ("Vienna, 10 Feb 2022 (APA) - Talks", "Vienna, 10 Feb 2022 (APA)"),
        ("UNITED NATIONS, Jan 5 (IPS) - The council", "UNITED NATIONS, Jan 5 (IPS)"),
        ("Talks fail\nBy Ann Miller\n\nVIENNA, May 4 (AFP) - Talks failed", "VIENNA, May 4 (AFP)"),
    ],
)
def test_an_agency_opening_is_a_dateline(text, opening):
    dateline = find_dateline(text)
    assert dateline is not None
    assert text[slice(*dateline.span)] == opening
    assert dateline.place is None


@pytest.mark.parametrize(
    "text",
    [
        "Russia said on Thursday that talks would go on.",
        "PRESIDENT BIDEN: Good afternoon, everyone.",
        "PRESIDENT BIDEN -- thank you -- said so.",
        "MR. PRICE -- as you know -- met them.",
        "The EU (and the UK) - both of them - agreed.",
        "NATO-led troops left.",
        "NATO chief: Russia must answer",
        "Q — what of the talks?",
        "",
        "\n\n",
    ],
)
def test_other_openings_are_not(text):
    assert find_dateline(text) is None

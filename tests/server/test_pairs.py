"""The pages of two parties: who is most connected, and what each did toward the other."""

import csv
import io

import pytest

from chancery.ledger import Ledger
from chancery.server.spans import Run, Spanned, runs, spanned
from chancery.situation import Options, Sides
from chancery.situation.between import between, family_of
from chancery.situation.gathering import find_side, of_ledger

PAIR = "/pairs/RUS/UKR"


@pytest.fixture(scope="module")
def sides(ledger_path):
    with Ledger.open(ledger_path) as ledger:
        return Sides(find_side(ledger, "Russia"), find_side(ledger, "Ukraine"))


@pytest.fixture(scope="module")
def made(ledger_path, sides):
    with Ledger.open(ledger_path) as ledger, ledger.connect() as connection:
        return between(connection, sides)


def test_most_connected_pairs_come_first(client):
    rows = client.get("/pairs.json").json()["rows"]
    assert [row["tellings"] for row in rows] == sorted((row["tellings"] for row in rows), reverse=True)
    assert {rows[0]["first"], rows[0]["second"]} == {"RUS", "UKR"}


def test_a_pair_is_listed_once_with_both_directions(client):
    rows = client.get("/pairs.json?limit=500").json()["rows"]
    assert len({frozenset((row["first"], row["second"])) for row in rows}) == len(rows)
    assert all(row["tellings"] == row["first_toward_second"] + row["second_toward_first"] for row in rows)


def test_pairs_of_one_party(client):
    rows = client.get("/pairs.json?party=Russia").json()["rows"]
    assert rows
    assert all("RUS" in {row["first"], row["second"]} for row in rows)


def test_a_form_without_script_leads_to_the_page_of_a_pair(client):
    answer = client.get("/pairs/choose?first=Russia&second=Ukraine", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, PAIR)


@pytest.mark.parametrize("path", ["/pairs/RUS/RUS", "/pairs/RUS/Nobody-of-this-name", "/pairs?party=Nobody"])
def test_who_cannot_be_set_side_by_side_is_said(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "Go back" in answer.text


def test_columns_tell_of_the_acts_that_the_readings_tell_of(ledger_path, sides, made):
    """As the situation finds by reading reports back, but for soil that only the sentence names."""
    with Ledger.open(ledger_path) as ledger:
        read = of_ledger(ledger, sides, Options(most=None, least_score=0))
    whole = [read.talks, *read.done.values(), read.denied]
    there = {
        (one.report.id, one.event.id) for part in whole for entry in part.entries for one in entry.witnesses
    }
    here = {
        (one.article_id, one.id) for deed in made.deeds if deed.section != "open" for one in deed.tellings
    }
    assert len(there & here) >= 0.9 * len(there)
    assert len(here & there) >= 0.9 * len(here)


def test_an_act_counts_once_however_many_tell_it(made):
    told = [one.event_key for deed in made.deeds for one in deed.tellings]
    assert len(told) == len(set(told))
    assert len(told) >= len(made.deeds)


def test_positions_are_of_one_side_toward_the_other(client):
    positions = client.get(f"{PAIR}.json").json()["positions"]
    assert set(positions) == {"RUS", "UKR"}
    assert all(row["issue"] and row["record"] for rows in positions.values() for row in rows)


def test_the_list_holds_what_the_chart_shows(client):
    found = client.get(f"{PAIR}.json?limit=1000").json()
    shown = sum(
        number for week in found["weeks"] for name, number in week.items() if name not in {"from", "to"}
    )
    talks = sum(1 for act in found["acts"] if act["mutual"] and act["status"] not in {"denied", "negated"})
    acts = sum(1 for act in found["acts"] if act["status"] not in {"denied", "negated"})
    assert shown == acts + talks  # talks stand on both sides


def test_days_narrow_the_list(client):
    every = client.get(f"{PAIR}.json?limit=1000&all=true").json()
    week = every["weeks"][0]
    some = client.get(f"{PAIR}.json?limit=1000&from={week['from']}&to={week['to']}").json()
    assert 0 < some["total"] < every["total"]
    assert all(week["from"] <= act["day"] <= week["to"] for act in some["acts"])


def test_each_week_of_the_table_leads_to_its_acts(client, soup):
    page = soup(client.get(PAIR))
    weeks = page.xpath("//table[contains(@class, 'weeks')]/tbody/tr/th/a/@href")
    assert weeks
    chosen = soup(client.get(weeks[0].partition("#")[0]))
    assert chosen.xpath("//ol[@class='deeds']/li")


@pytest.mark.parametrize("only", ["real", "open", "denied"])
def test_acts_by_how_real_they_are(client, only):
    real = {"occurred", "ongoing"}
    acts = client.get(f"{PAIR}.json?only={only}&all=true&limit=1000").json()["acts"]
    assert all((act["status"] in real) == (only == "real") for act in acts)


def test_acts_of_one_family(client):
    acts = client.get(f"{PAIR}.json?family=material_conflict&all=true&limit=1000").json()["acts"]
    assert {family_of(act["act"]) for act in acts} == {"material_conflict"}


def test_csv_holds_all_acts_or_all_weeks(client):
    acts = list(csv.DictReader(io.StringIO(client.get(f"{PAIR}.csv?limit=1").text)))
    weeks = list(csv.DictReader(io.StringIO(client.get(f"{PAIR}.csv?rows=weeks").text)))
    found = client.get(f"{PAIR}.json").json()
    assert len(acts) == found["total"]
    assert len(weeks) == len(found["weeks"])


def test_what_is_real_is_solid_and_what_is_not_is_hollow(client, soup):
    import json

    page = soup(client.get(PAIR))
    spec = json.loads(page.xpath("string(//script[@class='spec'])"))
    assert {one["name"] for one in spec["vconcat"]} <= {
        "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"
    }  # fmt: skip
    bars = spec["datasets"]["weeks"]
    assert {bar["real"] for bar in bars} == {True, False}
    assert {bar["high"] > 0 for bar in bars} == {True, False}  # one side upward, the other downward
    filled = spec["vconcat"][0]["encoding"]["fillOpacity"]
    assert (filled["condition"]["value"], filled["value"]) == (1, 0)


def test_the_picture_for_readers_without_script_is_light_and_dark(client):
    answer = client.get(f"{PAIR}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "prefers-color-scheme: dark" in answer.text
    assert "var(--conflict)" in answer.text


def test_an_empty_ledger_says_what_to_do(empty_client):
    assert "chancery ingest" in empty_client.get("/pairs").text
    answer = empty_client.get(PAIR)
    assert answer.status_code == 200
    assert "spec" not in answer.text


def test_a_quarter_of_silence_ends_a_stretch():
    found = runs(["2022-03-02", "2022-02-01", "2021-01-04", "2022-02-02"])
    assert [run.count for run in found] == [1, 3]
    assert all(run.first.weekday() == 0 and run.last.weekday() == 6 for run in found)


def test_a_chart_shows_the_busiest_stretch_unless_days_are_asked_for():
    found = runs(["2022-03-02", "2022-02-01", "2021-01-04", "2022-02-02"])
    assert spanned(found, Spanned()) == found[1]
    assert spanned(found, Spanned.model_validate({"from": "2021-01-05", "to": "2021-01-06"})) == found[0]
    every = spanned(found, Spanned.model_validate({"to": "2022-12-31"}))
    assert isinstance(every, Run)
    assert every.first == found[0].first


def test_days_outside_every_stretch_are_shown_too():
    found = runs(["2022-02-01"])
    shown = spanned(found, Spanned.model_validate({"from": "2019-01-01", "to": "2019-02-01"}))
    assert shown is not None
    assert shown.first.year == 2018  # the Monday before
    assert spanned([], Spanned.model_validate({"from": "2019-01-01"})) is None

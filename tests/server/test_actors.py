"""Who is in the ledger, and the page of one actor."""

import csv
import io
import json

import pytest

from chancery.ledger import Ledger
from chancery.ledger.queries.between import Party
from chancery.ledger.queries.who import Dealing, dealings, everybody, offices
from chancery.server.graphs import laid_out
from chancery.server.ties import matrix


def test_who_is_in_most_reports_comes_first(client):
    rows = client.get("/actors.json").json()["rows"]
    assert [row["reports"] for row in rows] == sorted((row["reports"] for row in rows), reverse=True)
    assert not any(row["actor"].startswith("?") for row in rows)


def test_actors_are_found_by_parts_of_their_name_in_any_case(client):
    rows = client.get("/actors.json?text=ukrai").json()["rows"]
    assert rows
    assert all("ukrai" in f"{row['name']} {row['actor']}".casefold() for row in rows)


def test_a_kind_counts_what_its_link_shows(client):
    every = client.get("/actors.json?limit=1").json()
    for kind, number in every["kinds"].items():
        assert client.get(f"/actors.json?kind={kind}&limit=1").json()["total"] == number


def test_who_belongs_to_a_state(client):
    rows = client.get("/actors.json?country=RUS&limit=500").json()["rows"]
    assert len(rows) > 1
    assert {row["country"] for row in rows} == {"RUS"}


def test_nobody_of_a_name_is_said(client):
    answer = client.get("/actors?text=nobody-is-called-so")
    assert answer.status_code == 200
    assert "Nobody of that name" in answer.text


def test_an_actor_is_named_as_most_reports_name_him(ledger_path):
    with Ledger.open(ledger_path) as ledger, ledger.connect() as connection:
        rows = {row.actor: row for row in everybody(connection)}
    assert rows["RUS"].name == "Russia"
    assert rows["RUS"].reports > 1


def test_the_page_has_names_days_and_links_to_the_ledger(client, soup):
    page = soup(client.get("/actors/RUS"))
    assert page.xpath("string(//h1)") == "Russia"
    links = page.xpath("//nav[@aria-label='In the Ledger']/a/@href")
    assert any(link.startswith("/ledger/statements") for link in links)
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_matrix_counts_both_ways(client):
    found = client.get("/actors/RUS.json?limit=500").json()
    ukraine = next(row for row in found["dealings"] if row["other"] == "UKR")
    back = client.get("/actors/UKR.json?limit=500").json()
    russia = next(row for row in back["dealings"] if row["other"] == "RUS")
    assert ukraine["toward material_conflict"] == russia["from material_conflict"]
    assert ukraine["from verbal_conflict"] == russia["toward verbal_conflict"]


def test_a_party_has_no_dealings_with_its_own_organs(ledger_path):
    with Ledger.open(ledger_path) as ledger, ledger.connect() as connection:
        others = {one.other for one in dealings(connection, Party("RUS", state=True))}
    assert others
    assert not any(one == "RUS" or one.startswith("RUS:") for one in others)


def test_a_matrix_adds_up():
    rows = matrix(
        [
            Dealing("UKR", "ASSAULT", real=True, outward=True, events=3),
            Dealing("UKR", "ASSAULT", real=False, outward=True, events=1),
            Dealing("UKR", "ACCUSE", real=True, outward=False, events=2),
            Dealing("CHN", "CONSULT", real=True, outward=True, events=1),
        ],
        {},
    )
    assert [row["other"] for row in rows] == ["UKR", "CHN"]
    assert rows[0]["name"] == "Ukraine"
    assert rows[0]["toward material_conflict"] == 3
    assert rows[0]["toward material_conflict unreal"] == 1
    assert rows[0]["from verbal_conflict"] == 2


def test_offices_carry_their_days(ledger_path):
    with Ledger.open(ledger_path) as ledger, ledger.connect() as connection:
        found = [
            office
            for row in everybody(connection)
            if row.kind == "person"
            for office in offices(connection, row.actor)
        ]
    assert all(office.title and office.reports >= 1 for office in found)


def test_the_graph_is_an_option_and_has_the_matrix_beside_it(client, soup):
    page = soup(client.get("/actors/RUS?view=graph"))
    spec = json.loads(page.xpath("string(//script[@class='spec'])"))
    nodes = spec["datasets"]["nodes"]
    assert [node["name"] for node in nodes if node["middle"]] == ["Russia"]
    assert all(-1 <= node[axis] <= 1 for node in nodes for axis in "xy")
    assert page.xpath("//a[contains(@href, '/actors/RUS') and text()='matrix']")
    assert client.get("/actors/RUS.svg").headers["content-type"].startswith("image/svg+xml")


def test_a_graph_is_laid_out_the_same_each_time():
    edges = {("a", "b"): 5.0, ("a", "c"): 1.0, ("b", "c"): 2.0}
    assert laid_out(["a", "b", "c"], edges) == laid_out(["a", "b", "c"], edges)
    at = laid_out(["a", "b", "c"], edges)
    assert at["a"] == (0, 0)
    assert len(set(at.values())) == 3


def test_csv_holds_all_counterparts(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/actors/RUS.csv?limit=1").text)))
    assert len(rows) == client.get("/actors/RUS.json").json()["others"]


@pytest.mark.parametrize("actor", ["nobody", "person:no-such-person", "%2e%2e%2fetc", "x" * 300])
def test_who_is_not_in_the_ledger_is_not_found(client, actor):
    answer = client.get(f"/actors/{actor}")
    assert answer.status_code == 404


def test_a_state_that_no_report_names_says_so(client):
    answer = client.get("/actors/TUV")
    assert answer.status_code == 200
    assert "No report in this ledger names Tuvalu" in answer.text


def test_an_empty_ledger_says_what_to_do(empty_client):
    assert "chancery ingest" in empty_client.get("/actors").text

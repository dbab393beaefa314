"""Coverage and quality: what was read, what failed, and measured figures that nobody typed."""

import csv
import importlib.util
import io
import json
import math
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from chancery.server.measured import judged, measured, wilson

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("measured_data", ROOT / "tools" / "measured_data.py")
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made  # dataclasses look there for what their annotations mean
    spec.loader.exec_module(made)
    return made


def test_figures_are_those_of_the_documentation(tool):
    assert measured() == tool.measured(), "the documentation changed; run: python tools/measured_data.py"


def test_every_table_says_where_it_is_from_and_how_to_measure_again():
    for name, table in measured()["tables"].items():
        assert (ROOT / table["page"]).is_file(), name
        assert table["rows"], name
        assert table["command"], name
    assert measured()["date"]


def test_known_failures_are_told_layer_by_layer(tool):
    assert {row["of"] for row in measured()["failures"]} == {
        "events",
        "positions",
        "statements",
        "everything",
    }
    assert all((ROOT / row["test"]).is_file() for row in tool.expected_failures())


def test_a_measured_table_stands_beside_the_counts_of_a_ledger():
    rows = judged("acts", {"ASSAULT": 8299}, ("act", "annotated", "told"))
    first = rows[0]
    assert (first.name, first.told) == ("ASSAULT", 8299)
    assert first.between[0] < first.precision < first.between[1]
    assert first.right[0] < first.precision * first.told < first.right[1]
    assert rows[-1].told == 0
    assert rows[-1].right is None


@pytest.mark.parametrize(
    ("share", "number", "low", "high"),
    # as printed for these in Brown, Cai and DasGupta (2001) and by any statistics package
    [(0.5, 10, 0.237, 0.763), (1.0, 10, 0.722, 1.0), (0.0, 20, 0.0, 0.161)],
)
def test_where_a_share_lies_depends_on_how_many_were_seen(share, number, low, high):
    found = wilson(share, number)
    assert math.isclose(found[0], low, abs_tol=0.001)
    assert math.isclose(found[1], high, abs_tol=0.001)


def test_nothing_seen_means_nothing_known():
    assert wilson(0.0, 0) == (0.0, 1.0)


def test_reports_are_counted_by_publisher_and_day(client):
    found = client.get("/coverage.json").json()
    days = list(csv.DictReader(io.StringIO(client.get("/coverage.csv").text)))
    assert set(days[0]) == {"publisher", "day", "reports"}
    assert sum(int(row["reports"]) for row in days) == sum(row["reports"] for row in found["publishers"])
    assert found["publishers"][0]["reports"] == max(row["reports"] for row in found["publishers"])


def test_the_longest_silence_is_named(client):
    rows = [row for row in client.get("/coverage.json").json()["publishers"] if row["silence"]]
    assert rows
    assert all(
        row["first_day"] < row["silence"]["from"] <= row["silence"]["to"] < row["last_day"] for row in rows
    )


def test_each_cell_leads_to_its_reports(client, soup):
    page = soup(client.get("/coverage"))
    spec = json.loads(page.xpath("string(//script[@class='spec'])"))
    cell = spec["datasets"]["cells"][0]
    reports = client.get(cell["url"].replace("/reports?", "/reports.json?")).json()
    assert len(reports["rows"]) == cell["n"]


def test_the_page_has_the_bad_figures_too(client, soup):
    text = soup(client.get("/coverage")).text_content()
    assert "held out" in text
    assert "Known failures" in text
    for point in measured()["failures"]:
        assert point["text"] in text


@pytest.fixture
def broken_client(ledger_path, tmp_path, client_of):
    path = Path(shutil.copy(ledger_path, tmp_path / "broken.ledger"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO failures (source, source_place, stage, error, retry, maker, attempts, failed_at) "
            "VALUES ('https://example.org/a', '', 'fetch', 'answered 503 <b>', 'give it again', 'chancery', "
            "3, '2026-11-24T10:00:00+00:00')"
        )
    with client_of(path) as made:
        yield made


def test_failures_are_listed_with_how_to_try_again(broken_client, soup):
    answer = broken_client.get("/coverage")
    assert "answered 503 &lt;b&gt;" in answer.text
    assert "give it again" in soup(answer).text_content()
    assert broken_client.get("/coverage.json").json()["failures"][0]["attempts"] == 3


def test_an_empty_ledger_shows_the_quality_and_what_to_do(empty_client):
    answer = empty_client.get("/coverage")
    assert answer.status_code == 200
    assert "chancery ingest" in answer.text
    assert "Known failures" in answer.text


def test_the_picture_for_readers_without_script(client):
    assert client.get("/coverage.svg").headers["content-type"].startswith("image/svg+xml")

"""``chancery corrections`` lists and exports."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.ledger import Ledger
from chancery.ledger.corrections import Wish, correct, undo
from chancery.records import Reading

MADE = {"method": "a rule | chancery | a model", "score": 0.5}


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "a.ledger"
    figure = {
        "id": "f1",
        "span": (0, 3),
        "low": 200,
        "high": 200,
        "unit": "troop",
        "what": None,
        "kind": "troops",
    }
    article = {"id": "a", "title": "=Troops", "text": "200 troops left. 30 stayed."}
    other = figure | {"id": "f2", "span": (17, 19)}
    reading = Reading.model_validate({"article": article, "figures": [figure | MADE, other | MADE]})
    with Ledger.create(path) as opened:
        opened.add(reading)
        with opened.begin() as connection:
            key = correct(connection, 1, Wish("figure", "f1", "reject", made_by="Ada", reason="a title"))
            undo(connection, key)
            correct(connection, 1, Wish("figure", "f2", "accept"))
    return path


def listed(path, *options):
    found = CliRunner().invoke(app, ["corrections", str(path), *options])
    assert found.exit_code == 0, found.output
    return found.output


def test_json_lines_hold_the_record_as_it_was_extracted(ledger):
    rows = [json.loads(line) for line in listed(ledger, "--format", "jsonl").splitlines()]
    assert [(row["record_id"], row["action"], row["words"]) for row in rows] == [
        ("f2", "accept", "30"),
        ("f1", "reject", "200"),
    ]
    assert rows[1]["undone_at"]
    assert rows[1]["original"]["low"] == 200


def test_those_in_force_alone(ledger):
    rows = [json.loads(line) for line in listed(ledger, "--in-force").splitlines()]
    assert [row["record_id"] for row in rows] == ["f2"]


def test_csv_and_a_table(ledger):
    rows = list(csv.DictReader(io.StringIO(listed(ledger, "--format", "csv"))))
    assert rows[0]["title"] == "'=Troops"  # no formula
    assert json.loads(rows[0]["original"])["id"] == "f2"
    table = listed(ledger, "--format", "table")
    assert "reject" in table
    assert "a title" in table

"""``chancery situation`` on a small ledger."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.ledger import Ledger
from chancery.records import Article

TEXTS = (
    ("a", "2022-02-14", "Russia threatened Ukraine on Monday. Ukraine condemned Russia."),
    ("b", "2022-02-22", "Russia attacked Ukraine on Monday. Ukraine broke off relations with Russia."),
    ("c", "2022-03-02", "Norway sent a ship to Chad on Tuesday."),
)


@pytest.fixture(scope="module")
def ledger(reader, tmp_path_factory):
    path = tmp_path_factory.mktemp("situation") / "small.ledger"
    articles = [
        Article(id=name, publisher="Post", published=date.fromisoformat(day), text=text)
        for name, day, text in TEXTS
    ]
    with Ledger.create(path) as made:
        made.add_all(reader.pipe(articles))
    return path


def run(*arguments):
    return CliRunner().invoke(app, ["situation", *map(str, arguments)])


def test_a_brief_of_both_sides(ledger):
    result = run(ledger, "--between", "Russia", "UKR", "--least-score", 0)
    assert result.exit_code == 0
    assert result.output.startswith("Russia and Ukraine\n")
    assert "3 reports read (Post 3); 2 name both" in " ".join(result.output.split())
    assert "WHAT RUSSIA DID TOWARD UKRAINE" in result.output


def test_days_narrow_it(ledger):
    result = run(
        ledger, "--between", "RUS", "UKR", "--since", "2022-02-20", "--format", "json", "--least-score", 0
    )
    data = json.loads(result.output)
    assert data["read"]["reports"] == 2
    acts = [entry["record"]["act"] for entry in data["done"]["RUS"]["entries"]]
    assert "ASSAULT" in acts
    assert "THREATEN" not in acts


def test_a_page_goes_to_a_file(ledger, tmp_path):
    out = tmp_path / "page.html"
    assert run(ledger, "--between", "RUS", "UKR", "--format", "html", "--output", out).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_unknown_side_is_named_with_the_nearest(ledger):
    result = run(ledger, "--between", "RUS", "Ukrain")
    assert result.exit_code == 1
    assert "'Ukrain'; did you mean Ukraine" in result.stderr


def test_a_missing_ledger_is_named(tmp_path):
    result = run(tmp_path / "none.ledger", "--between", "RUS", "UKR")
    assert result.exit_code == 1
    assert "none.ledger: there is no such ledger" in result.stderr


def test_two_sides_must_differ(ledger):
    assert run(ledger, "--between", "RUS", "Russia").exit_code == 2

"""``chancery export`` on a small ledger; the formats themselves are tested in tests/export."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.ledger import Ledger
from chancery.records import Article

TEXTS = (
    (
        "b",
        "Herald",
        "2022-02-22",
        "Russia attacked Ukraine on Monday. Ukraine broke off relations with Russia.",
    ),
    ("a", "Post", "2022-02-14", "Russia threatened Ukraine on Monday. Ukraine condemned Russia."),
    ("c", "Post", "2022-03-02", "Norway sent a ship to Chad on Tuesday. Chad thanked Norway."),
)


@pytest.fixture(scope="module")
def ledger(reader, tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "small.ledger"
    articles = [
        Article(id=name, publisher=who, published=date.fromisoformat(day), text=text)
        for name, who, day, text in TEXTS
    ]
    with Ledger.create(path) as made:
        made.add_all(reader.pipe(articles))
    return path


@pytest.fixture
def exported(ledger, tmp_path):
    def run(*arguments):
        out = tmp_path / "out"
        result = CliRunner().invoke(app, ["export", *map(str, (ledger, "--output", out, *arguments))])
        assert result.exit_code == 0, result.output
        return out

    return run


def events(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_everything_comes_in_the_order_of_publication(exported):
    found = events(exported("--format", "plover"))
    days = [event["publication_date"] for event in found]
    assert days == sorted(days)
    assert {event["id"][0] for event in found} == {"a", "b", "c"}


def test_filters_choose_records(exported):
    found = events(exported("--format", "plover", "--country", "UKR"))
    assert found
    assert all("UKR" in {party.get("code") for party in event["source"]} for event in found)


def test_days_and_publishers_choose_whole_reports(exported):
    folder = exported("--format", "csv", "--publisher", "post", "--since", "2022-03-01")
    articles = (folder / "articles.csv").read_text(encoding="utf-8").splitlines()
    assert [line.partition(",")[0] for line in articles[1:]] == ["c"]
    assert len((folder / "mentions.csv").read_text(encoding="utf-8").splitlines()) > 1


def test_a_feed_has_the_newest_first_and_only_what_was_asked_for(exported):
    import feedparser

    feed = feedparser.parse(exported("--format", "rss", "--of", "events", "--title", "Acts").read_bytes())
    assert feed.feed.title == "Acts"
    assert {entry.category for entry in feed.entries} == {"event"}
    published = [entry.published_parsed for entry in feed.entries]
    assert published == sorted(published, reverse=True)


def test_what_cannot_be_written_is_said(ledger, tmp_path):
    (tmp_path / "file").write_text("in the way")
    arguments = ["export", str(ledger), "--format", "csv", "--output", str(tmp_path / "file" / "folder")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr

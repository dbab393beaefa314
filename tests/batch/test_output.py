"""What a batch wrote becomes readings again, and a ledger as if it had ingested the reports themselves."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import kill_ingest
from chancery.articles import read_reports
from chancery.batch.output import Failure, contents_of, is_output, reading_of
from chancery.errors import InputError
from chancery.ingest import Plan, ingest, run
from chancery.ledger import Ledger
from chancery.records import Reading

ROOT = Path(__file__).parents[2]


def test_a_real_reading_comes_back_as_it_was(reader):
    from chancery.batch.tables import Place, Tables
    from chancery.lots import Done

    (report,) = read_reports([ROOT / "examples/nato_2022-02-10.txt"])
    reading = reader(report.article, published="2022-02-10")
    tables = Tables()
    tables.read(Place("shard", 0), Done("nato.txt", None, reading, "chancery"))
    (data,) = (data for name, data in tables.files("shard") if name.startswith("reports/"))
    import pyarrow as pa
    import pyarrow.parquet as pq

    (row,) = pq.read_table(pa.BufferReader(data)).to_pylist()
    again = reading_of(row["text"], row["reading"])
    assert again == reading
    assert again.model_dump_json() == reading.model_dump_json()
    assert isinstance(again, Reading)


def test_all_comes_back_in_the_order_of_the_archive(batch, stub, tmp_path, lines):
    for name, days in (("b", range(5)), ("a", range(5, 10)), ("c/d", range(10, 15))):
        lines(tmp_path / f"in/{name}.jsonl", days)
    stub.fails_at = "day 7 "
    batch(tmp_path / "in")
    assert is_output(batch.out)
    assert not is_output(str(tmp_path / "in"))
    found = list(contents_of(batch.out))
    places = [one.error.place if isinstance(one, Failure) else one.place for one in found]
    assert places == [f"line {number}" for number in (1, 2, 3, 4, 5)] * 3
    assert isinstance(found[2], Failure)
    assert [Path(one.file).name for one in found if not isinstance(one, Failure)][::5] == [
        "a.jsonl",
        "b.jsonl",
        "d.jsonl",
    ]


@pytest.mark.parametrize("text", ["A report.", "Zeichen: \u00e4 \U0001f600 \u2028 \ufffd"])
def test_signs_of_all_kinds_come_back(text):
    from chancery.records import Article

    reading = Reading(
        article=Article(id="1", text=text, title="T\u2019s", published="2022-02-10T12:00:00+03:00")
    )
    assert reading_of(text, reading.model_dump_json(exclude={"article": {"text"}})) == reading


@pytest.fixture
def as_stub(stub, monkeypatch):
    monkeypatch.setattr(run, "load_reader", lambda _equipment: stub)
    return stub


def ledger_of(path, *sources, **more):
    with Ledger.create(path) as ledger:
        counts = ingest(ledger, Plan(tuple(map(str, sources)), **more)).counts()
    return {name: count for name, count in counts.items() if count}, kill_ingest.contents(path)


def test_a_ledger_of_the_output_is_a_ledger_of_the_archive(batch, as_stub, tmp_path, lines):
    lines(tmp_path / "in/a.jsonl", range(20))
    lines(tmp_path / "in/b.jsonl", [1, 1, 2, 30, 31], publisher="B")
    reworded = [
        {"url": "https://a.example/3", "text": "The ministry said that it had said nothing on day 3 at all."}
    ]
    (tmp_path / "in/c.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in [*reworded, {"title": "x"}])
    )
    as_stub.fails_at = "day 7 "
    batch(tmp_path / "in")
    direct = ledger_of(tmp_path / "direct.ledger", tmp_path / "in")
    through = ledger_of(tmp_path / "through.ledger", batch.out)
    assert through == direct


def test_a_second_ingest_finds_all_known_and_what_failed_failed(batch, as_stub, tmp_path, lines):
    as_stub.fails_at = "day 7 "
    batch(lines(tmp_path / "a.jsonl", range(20)))
    with Ledger.create(tmp_path / "a.ledger") as ledger:
        plan = Plan((batch.out,))
        assert ingest(ledger, plan).counts() == {
            "added": 19,
            "reworded": 0,
            "replaced": 0,
            "known": 0,
            "failed": 1,
        }
        assert ingest(ledger, plan).counts() == {
            "added": 0,
            "reworded": 0,
            "replaced": 0,
            "known": 19,
            "failed": 1,
        }
    with closing(sqlite3.connect(tmp_path / "a.ledger")) as connection:
        assert connection.execute("SELECT attempts, stage FROM failures").fetchall() == [(1, "read")]


def test_a_file_that_is_missing_is_named(batch, tmp_path, lines):
    batch(lines(tmp_path / "a.jsonl", range(5)))
    next(Path(batch.out).glob("reports/*/*.parquet")).unlink()
    with pytest.raises(InputError, match="run the same batch again"):
        list(contents_of(batch.out))

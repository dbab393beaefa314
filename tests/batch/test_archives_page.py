"""The examples of docs/archives.md run over what a batch wrote, and find what is in it."""

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/archives.md"
BLOCK = re.compile(r"^```(sql|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory, reader):
    """Read a few real reports, some of them twice, into `out`."""
    from chancery import lots
    from chancery.batch import Settings, run_batch
    from chancery.batch import work as work_module
    from chancery.batch.engines.inline import InlineEngine

    here = tmp_path_factory.mktemp("archives")
    text = (PAGE.parents[1] / "examples/nato_2022-02-10.txt").read_text(encoding="utf-8")
    (here / "in").mkdir()
    for name in ("a", "b"):
        (here / f"in/{name}.txt").write_text(text, encoding="utf-8")
    (here / "in/c.txt").write_text(
        "Norway said on Tuesday that it had sent a ship to Russia.", encoding="utf-8"
    )
    from datetime import date

    from chancery.articles import Options

    with pytest.MonkeyPatch.context() as patch:
        for module in (lots, work_module):
            patch.setattr(module, "load_reader", lambda _equipment: reader)
        out = str(here / "out")
        settings = Settings(
            out, f"{out}/_chancery/work", root=str(here / "in"), options=Options(published=date(2022, 2, 10))
        )
        run = run_batch(settings, InlineEngine, lambda _event: None, reports=1000)
    assert not run.failed
    return here


@pytest.mark.parametrize("block", [text for language, text in BLOCKS if language == "sql"])
def test_sql_finds_rows(block, folder, monkeypatch):
    import duckdb

    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        assert connection.execute(block).fetchall()


@pytest.mark.parametrize("block", [text for language, text in BLOCKS if language == "python"])
def test_python_prints_what_is_there(block, folder, monkeypatch):
    monkeypatch.chdir(folder)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(block, "archives.md", "exec"), {})  # noqa: S102 - the project's own page
    assert re.search(r"[1-9]", out.getvalue())


def test_the_gates_of_the_page_are_the_gates():
    from chancery.batch import GATES

    page = PAGE.read_text(encoding="utf-8")
    assert [
        row for row in re.findall(r"^\| `(\w+)` \| (.+?) \|$", page, re.MULTILINE) if row[0] in GATES
    ] == list(GATES.items())
    assert set(re.findall(r"^\| `(not_\w+|\w+_duplicate)` ", page, re.MULTILINE)) == set(GATES)


def test_files_of_days_that_are_unknown_are_null_to_engines(tmp_path):
    import duckdb
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "day=__HIVE_DEFAULT_PARTITION__").mkdir()
    (tmp_path / "day=2022-02-10").mkdir()
    for name in ("day=__HIVE_DEFAULT_PARTITION__", "day=2022-02-10"):
        pq.write_table(pa.table({"x": [1]}), tmp_path / name / "a.parquet")
    with duckdb.connect() as connection:
        table = connection.read_parquet(f"{tmp_path}/*/*.parquet", hive_partitioning=True)
        assert sorted(row[0] is None for row in table.select("day").fetchall()) == [False, True]
    assert len(pd.read_parquet(tmp_path, partitioning=None)) == 2

"""A batch reads an archive once, goes on where it ended, and reads anew what changed."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from chancery.batch.folder import LocalFolder
from chancery.batch.manifest import read_manifest
from chancery.errors import InputError, OutputError


def test_every_report_is_read_once(batch, stub, tmp_path, lines, rows_of, words):
    lines(tmp_path / "in/a.jsonl", range(30))
    lines(tmp_path / "in/b.jsonl", range(30, 40))
    run = batch(tmp_path / "in")
    assert (run.shards, run.skipped, len(run.done)) == (2, 0, 2)
    assert not run.failed
    texts = [row["text"] for row in rows_of(batch.out, "reports")]
    assert sorted(texts) == sorted(words.format(day) for day in range(40))
    assert len(rows_of(batch.out, "statements")) == 40
    again = batch(tmp_path / "in")
    assert (again.skipped, len(again.done), stub.read) == (2, 0, 40)


def test_one_file_a_shard_kind_and_day(batch, tmp_path, lines):
    lines(tmp_path / "in/a.jsonl", [1, 1, 2], published="2022-02-10")
    lines(tmp_path / "in/b.jsonl", [3], published=None)
    batch(tmp_path / "in")
    found = sorted(
        str(path.relative_to(batch.out)).rsplit("-", 1)[0] for path in Path(batch.out).glob("statements/*/*")
    )
    assert found == [
        "statements/day=2022-02-10/a.jsonl",
        "statements/day=__HIVE_DEFAULT_PARTITION__/b.jsonl",
    ]


@pytest.mark.parametrize(
    ("partition", "folder"), [("month", "month=2022-02"), ("year", "year=2022"), ("none", "")]
)
def test_other_partitions(batch, tmp_path, lines, partition, folder):
    source = lines(tmp_path / "a.jsonl", range(40))
    batch(source, partition=partition)
    (path,) = Path(batch.out).glob("reports/**/*.parquet")
    assert path.parent == Path(batch.out) / "reports" / folder


def test_another_partition_leaves_nothing_of_the_first(batch, tmp_path, lines, rows_of):
    source = lines(tmp_path / "a.jsonl", range(40))
    batch(source)
    batch(source, partition="month")
    assert len(rows_of(batch.out, "reports")) == 40
    assert [path.name for path in Path(batch.out, "reports").iterdir()] == ["month=2022-02"]


def test_what_changed_is_read_anew_and_nothing_else(batch, stub, tmp_path, lines, rows_of):
    lines(tmp_path / "in/a.jsonl", range(10))
    lines(tmp_path / "in/b.jsonl", range(10, 20))
    batch(tmp_path / "in")
    lines(tmp_path / "in/b.jsonl", range(10, 15), published="2023-01-01")
    assert len(batch(tmp_path / "in").done) == 1
    assert stub.read == 25
    assert len(rows_of(batch.out, "reports")) == 15
    assert not list(Path(batch.out).glob("reports/day=2022*/b*"))


def test_what_was_only_touched_is_not(batch, stub, tmp_path, lines):
    source = lines(tmp_path / "in/a.jsonl", range(10))
    batch(tmp_path / "in")
    os.utime(source, (1, 1))
    assert batch(tmp_path / "in").skipped == 1
    assert stub.read == 10


@pytest.mark.parametrize(
    "other", [{"made_by": "stub 2"}, {"gates_off": frozenset({"not_english"})}, {"partition": "none"}]
)
def test_another_version_or_other_options_read_it_anew(batch, tmp_path, lines, rows_of, other):
    source = lines(tmp_path / "a.jsonl", range(10))
    batch(source)
    assert len(batch(source, **other).done) == 1
    assert len(rows_of(batch.out, "reports")) == 10


def test_anew_reads_all(batch, stub, tmp_path, lines):
    source = lines(tmp_path / "a.jsonl", range(10))
    batch(source)
    batch(source, anew=True)
    assert stub.read == 20


def test_what_is_gone_from_the_archive_goes_from_the_output(batch, tmp_path, lines, rows_of):
    lines(tmp_path / "in/a.jsonl", range(10))
    gone = lines(tmp_path / "in/b.jsonl", range(10, 20))
    other = lines(tmp_path / "other/c.jsonl", range(20, 30))
    batch(tmp_path / "in")
    batch(other)
    Path(gone).unlink()
    assert len(batch(tmp_path / "in").cleared) == 1
    assert len(rows_of(batch.out, "reports")) == 20
    assert len(read_manifest(LocalFolder(Path(batch.out)))) == 2


def test_an_archive_that_is_not_there_clears_nothing(batch, tmp_path, lines, rows_of):
    lines(tmp_path / "in/a.jsonl", range(10))
    batch(tmp_path / "in")
    shutil.rmtree(tmp_path / "in")
    with pytest.raises(InputError):
        batch(tmp_path / "in")
    assert len(rows_of(batch.out, "reports")) == 10


def test_a_report_at_which_the_reader_fails_is_one_line(batch, stub, tmp_path, lines, rows_of):
    stub.fails_at = "day 7 "
    run = batch(lines(tmp_path / "a.jsonl", range(20)))
    assert run.failed
    (row,) = rows_of(batch.out, "failures")
    assert (row["source_place"], row["stage"]) == ("line 8", "read")
    assert "ZeroDivisionError" in row["problem"]
    assert len(rows_of(batch.out, "reports")) == 19


def test_a_broken_file_costs_itself_alone(batch, tmp_path, lines, rows_of):
    import gzip

    whole = gzip.compress(Path(lines(tmp_path / "x.jsonl", range(50))).read_bytes())
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl.gz").write_bytes(whole[: len(whole) - 40])
    lines(tmp_path / "in/b.jsonl", range(50, 60))
    run = batch(tmp_path / "in")
    assert run.failed
    (row,) = rows_of(batch.out, "failures")
    assert "broken gzip" in row["problem"]
    read = {row["source"] for row in rows_of(batch.out, "reports")}
    assert str(tmp_path / "in/b.jsonl") in read


def test_an_output_that_cannot_be_written_is_one_line(batch, tmp_path, lines):
    source = lines(tmp_path / "a.jsonl", range(10))
    Path(batch.out).write_text("a file")
    with pytest.raises(OutputError, match="cannot be written"):
        batch(source)


def test_two_runs_do_not_write_one_folder(batch, tmp_path, lines):
    from chancery.batch.only import only_one

    source = lines(tmp_path / "a.jsonl", range(10))
    with only_one(f"{batch.out}/_chancery/work"), pytest.raises(OutputError, match="another run"):
        batch(source)


def test_a_row_tells_what_was_read(batch, tmp_path, lines):
    source = lines(tmp_path / "a.jsonl", range(10))
    (row,) = batch(source).rows.values()
    assert (row.pages, row.read, row.failed, row.made_by) == (10, 10, 0, "stub 1")
    assert (row.root, row.first, row.files) == (source, source, 1)
    assert len(row.digest) == 64
    assert all(Path(batch.out, path).is_file() for path in row.paths())


def full(monkeypatch, when):
    """Let the disk be full for some shards."""
    write = LocalFolder.write

    def refuse(folder, files):
        if any(when(name) for name in files if name.startswith("reports/")):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(folder, files)

    monkeypatch.setattr(LocalFolder, "write", refuse)


def test_a_full_disk_costs_the_shards_that_did_not_fit(batch, tmp_path, lines, rows_of, monkeypatch):
    for name in "abc":
        lines(tmp_path / f"in/{name}.jsonl", range(5), publisher=name)
    with monkeypatch.context() as context:
        full(context, lambda name: "/b.jsonl" in name)
        run = batch(tmp_path / "in")
    (problem,) = run.given_up.values()
    assert "No space left on device" in problem
    assert run.failed
    assert not run.stopped
    assert len(rows_of(batch.out, "reports")) == 10
    again = batch(tmp_path / "in")
    assert (again.skipped, len(again.done)) == (2, 1)
    assert len(rows_of(batch.out, "reports")) == 15


def test_a_disk_that_stays_full_ends_the_run_early(batch, tmp_path, lines, monkeypatch, stub):
    for number in range(20):
        lines(tmp_path / f"in/{number:02}.jsonl", range(5))
    full(monkeypatch, lambda _name: True)
    run = batch(tmp_path / "in")
    assert "free space" in run.stopped
    assert len(run.given_up) == 3
    assert stub.read == 15
    assert not list(Path(batch.out).glob("_chancery/tmp/*"))


def test_files_of_a_run_that_was_killed_while_it_put_them_in_place_go(batch, tmp_path, lines, monkeypatch):
    """The note of what is about to be written names files that no row of the manifest ever did."""
    source = lines(tmp_path / "a.jsonl", range(5))
    with monkeypatch.context() as context:
        context.setattr("chancery.batch.manifest.write_row", lambda *_arguments: 1 / 0)
        assert batch(source).given_up
    assert list(Path(batch.out).glob("reports/day=*"))
    batch(source, partition="none")
    assert not list(Path(batch.out).glob("reports/day=*"))
    assert not list(Path(batch.out).glob("_chancery/writing/*"))


def test_what_repeated_something_that_is_gone_is_read_after_all(batch, tmp_path, lines, rows_of):
    on = {"gates_off": frozenset()}
    lines(tmp_path / "in/a.jsonl", range(5))
    lines(tmp_path / "in/b.jsonl", range(3, 8))
    batch(tmp_path / "in", **on)
    assert len(rows_of(batch.out, "reports")) == 8
    assert {row["gate"] for row in rows_of(batch.out, "gated")} == {"exact_duplicate"}
    lines(tmp_path / "in/a.jsonl", range(2))
    run = batch(tmp_path / "in", **on)
    assert len(run.done) == 2
    assert len(rows_of(batch.out, "reports")) == 7
    assert not rows_of(batch.out, "gated")
    (tmp_path / "in/a.jsonl").unlink()
    lines(tmp_path / "in/c.jsonl", range(2))
    batch(tmp_path / "in", **on)
    assert (
        sorted(row["source"][-7:] for row in rows_of(batch.out, "reports"))
        == ["b.jsonl"] * 5 + ["c.jsonl"] * 2
    )

"""The command with processes of its own: what kills a worker costs a line, and what kills the driver nothing.

The processes read with the stub of the folder `stubbed`, which a report can crash or hang.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kill_batch

HERE = Path(__file__).parent
FAULT = (
    "a fault in Chancery kept this from being read (ZeroDivisionError at sitecustomize.py, line 29); "
    "the other reports are not affected, please report it"
)
MEND = "leave it out, and please report it"
SOURCE = HERE.parents[1] / "src"


def command(*arguments, seconds="0", **more):
    paths = os.pathsep.join([str(HERE / "stubbed"), str(SOURCE)])
    environment = os.environ | {"PYTHONPATH": paths, "STUB_SECONDS": seconds}
    return subprocess.Popen(
        [sys.executable, "-m", "chancery", *map(str, arguments)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


def run(*arguments, **more):
    process = command(*arguments, **more)
    _, told = process.communicate(timeout=120)
    return process.returncode, told


def failures(told, archive):
    """Return what was said of pages, without what was said of how far the run is."""
    said = [line.partition(": ")[2] for line in told.splitlines() if line.startswith("chancery: ")]
    return [line for line in said if line.startswith(str(archive))]


def test_a_page_that_crashes_or_hangs_is_one_line(tmp_path, lines, rows_of, words):
    archive, out, log = tmp_path / "in", tmp_path / "out", tmp_path / "log.jsonl"
    texts = {7: " DIE HERE", 12: " HANG HERE", 13: " FAIL HERE"}
    for name, days in (("a", range(10)), ("b", range(10, 20)), ("c", range(20, 30))):
        path = Path(lines(archive / f"{name}.jsonl", []))
        rows = [{"id": str(day), "text": words.format(day) + texts.get(day, "")} for day in days]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    status, told = run("batch", archive, out, "--workers", 2, "--patience", 2, "--log", log, "--no-gates")
    assert status == 1
    assert sorted(failures(told, archive)) == [
        f"{archive}/a.jsonl, line 8: reading this report ended the process (SIGSEGV); {MEND}",
        f"{archive}/b.jsonl, line 3: reading this report took too long; {MEND}",
        f"{archive}/b.jsonl, line 4: {FAULT}",
    ]
    assert len(rows_of(out, "reports")) == 27
    assert len(rows_of(out, "failures")) == 3
    report = json.loads((out / "report.json").read_text())
    assert (report["run"]["read"], report["run"]["failed"]) == (27, 3)
    events = [json.loads(line)["event"] for line in log.read_text().splitlines()]
    assert events[0] == "planned"
    assert events[-1] == "report"
    assert {"trouble", "done"} <= set(events)


def test_a_page_that_cannot_be_opened_is_one_line(tmp_path, rows_of, words):
    archive, out = tmp_path / "in", tmp_path / "out"
    archive.mkdir()
    for number in range(12):
        prose = "".join(f"<p>{words.format(number)} It was said {n} times.</p>" for n in range(6))
        bad = {4: "DIE HERE", 7: "HANG HERE"}.get(number, "")
        page = f"<html><body><article>{prose}</article><!-- {bad} --></body></html>"
        (archive / f"{number:02}.html").write_text(page)
    status, told = run("batch", archive, out, "--workers", 1, "--patience", 5, "--no-gates")
    assert status == 1
    assert failures(told, archive) == [
        f"{archive}/04.html: opening this page ended the process (SIGSEGV); {MEND}",
        f"{archive}/07.html: opening this page took too long; {MEND}",
    ]
    assert len(rows_of(out, "reports")) == 10


def test_one_worker_and_three_give_the_same_rows(tmp_path, lines):
    for number in range(6):
        lines(tmp_path / f"in/{number}.jsonl", range(number * 30, number * 30 + 40))
    for workers in (1, 3):
        assert run("batch", tmp_path / "in", tmp_path / f"out{workers}", "--workers", workers)[0] == 0
    assert kill_batch.contents(tmp_path / "out1") == kill_batch.contents(tmp_path / "out3")


def test_kills_of_workers_and_of_the_driver_change_nothing(tmp_path, lines, monkeypatch):
    for number in range(8):  # the last of each are the first of the next, and copies
        lines(tmp_path / f"in/{number}.jsonl", range(number * 50, number * 50 + 60))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE / "stubbed"), str(SOURCE)]))
    monkeypatch.setenv("STUB_SECONDS", "0.005")
    result = kill_batch.trial(tmp_path / "in", tmp_path, kills=8, workers=2, seed=5)
    assert result.equal
    assert result.workers
    assert result.drivers


def test_workers_end_with_a_driver_that_was_killed(tmp_path, lines):
    lines(tmp_path / "a.jsonl", range(2000))
    process = command("batch", tmp_path / "a.jsonl", tmp_path / "out", "--workers", 2, seconds="0.05")
    deadline = time.monotonic() + 30
    while len(found := kill_batch.family(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(found) >= 2
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 10
    while any(map(kill_batch.runs, found)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in found if kill_batch.runs(pid)]


def test_ctrl_c_ends_it_with_one_line(tmp_path, lines):
    lines(tmp_path / "a.jsonl", range(2000))
    process = command(
        "batch",
        tmp_path / "a.jsonl",
        tmp_path / "out",
        "--workers",
        2,
        seconds="0.05",
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while len(kill_batch.family(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert len(told.splitlines()) == 1
    assert "goes on from here" in told


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["nothing.jsonl", "out"], "no such file"),
        (["in", "out", "--engine", "loca"], "did you mean local?"),
        (["in", "out", "--gate-off", "not_articles"], "did you mean not_article?"),
        (["in", "out", "--partition", "week"], "known: day, month, year, none"),
        (["in", "memory://out"], "name one with --work"),
        (["in", "in/a.jsonl/out"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path, lines, arguments, problem):
    lines(tmp_path / "in/a.jsonl", range(3))
    status, told = run("batch", *arguments, cwd=tmp_path)
    assert status == 1
    assert len(told.splitlines()) == 1
    assert problem in told

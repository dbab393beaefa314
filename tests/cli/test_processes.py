"""What only real processes show: pipes, signals, workers, and nothing but our own lines on standard error."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}
ENGLISH = (
    "The ministry said on Thursday that the talks of round {} would go on, and that it had asked for time.\n"
)


def command(*arguments):
    return [sys.executable, "-m", "chancery", *map(str, arguments)]


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "many.jsonl"
    entries = [json.dumps({"text": ENGLISH.format(number) * (1 + number % 5)}) for number in range(60)]
    path.write_text("\n".join([*entries[:30], "{broken", *entries[30:]]))
    return path


def test_two_workers_print_what_one_does_in_the_same_order(lines):
    alone, together = (
        subprocess.run(
            command("read", lines, "-w", workers), capture_output=True, check=False, env=ENVIRONMENT
        )
        for workers in (1, 2)
    )
    assert alone.stdout == together.stdout
    assert alone.stderr == together.stderr
    assert len(alone.stdout.splitlines()) == 60
    assert (alone.returncode, together.returncode) == (1, 1)
    assert (
        alone.stderr.decode().splitlines()[0].startswith(f"chancery: {lines}, line 31, column 2: broken JSON")
    )


def test_a_reader_of_the_pipe_may_leave(lines):
    with subprocess.Popen(
        command("read", lines), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as run:
        assert run.stdout.readline().startswith(b'{"article"')
        run.stdout.close()
        assert run.stderr.read() in {b"", f"chancery: {lines}".encode()}
        assert run.wait(60) == 141


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_ctrl_c_ends_all_processes_quietly(lines, workers):
    with subprocess.Popen(
        command("read", lines, *[lines] * 50, "-w", workers),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        start_new_session=True,
    ) as run:
        run.stdout.readline()  # it is at work
        os.killpg(run.pid, signal.SIGINT)
        started = time.monotonic()
        _, complaints = run.communicate(timeout=60)
    assert run.returncode == 130
    assert time.monotonic() - started < 30
    assert b"Traceback" not in complaints
    assert all(line.startswith(b"chancery: ") for line in complaints.splitlines())


@pytest.mark.slow
def test_workers_end_with_a_run_that_is_killed(lines):
    with subprocess.Popen(
        command("read", lines, *[lines] * 50, "-w", 2),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        start_new_session=True,
    ) as run:
        run.stdout.readline()  # it is at work
        run.kill()
        run.wait(60)
        # The group is empty once the last worker is gone.
        for _ in range(100):
            try:
                os.killpg(run.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGKILL)
        pytest.fail("workers outlived the run")


def test_nothing_of_the_dependencies_reaches_standard_error(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<" * 1000)
    run = subprocess.run(command("read", page), capture_output=True, text=True, check=False, env=ENVIRONMENT)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stderr.startswith(f"chancery: {page}: no article found")

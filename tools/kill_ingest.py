"""Kill an ingest with SIGKILL at random moments, and compare what it ends in with an undisturbed run.

usage: kill_ingest.py [--kills 20] [--workers 2] [--seed 1] SOURCE...

After each kill the ledger is opened and checked: whatever a run had committed
before it was killed must still be there, row for row, as in the undisturbed
ledger. At the end both ledgers must be equal, row for row, but for the moments
at which things happened, how often a failure was tried, and the list of runs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Result", "contents", "trial"]

# What two runs over the same sources need not share.
MOMENTS = {"added_at", "read_at", "failed_at", "checked_at", "followed_at", "attempts"}
RUNS = "ingests"

type Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Result:
    """How a trial went: kills made, ledgers made under them, reports in each, and whether all were equal."""

    kills: int
    ledgers: int
    reports: int
    equal: bool


def contents(path: Path, *, under_way: bool = False) -> Rows:
    """Return all rows of a ledger, by table, without the columns that differ between runs.

    Of a ledger `under_way`, also without which wording is current.
    """
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
            " AND name NOT LIKE '%_search_%' AND name != ? ORDER BY name",
            (RUNS,),
        ).fetchall()
        unlike = MOMENTS | {"is_current"} if under_way else MOMENTS
        return {name: _rows(connection, name, unlike) for (name,) in names}


def _rows(connection: sqlite3.Connection, table: str, unlike: set[str]) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(column for column in columns if column not in unlike)
    return sorted(connection.execute(f"SELECT {kept} FROM {table}"), key=repr)  # noqa: S608 - names of our own


def begins(part: Rows, whole: Rows) -> bool:
    """Tell whether every row of a ledger stands in another."""
    return all(set(rows) <= set(whole[table]) for table, rows in part.items())


def _start(ledger: Path, sources: Sequence[str], workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "chancery", "ingest", str(ledger), *sources, "--workers", str(workers)]
    # A group of its own, so that the workers die with it, as they would with the machine.
    return subprocess.Popen(  # noqa: S603 - our own command
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _killed(ledger: Path, sources: Sequence[str], workers: int, after: float) -> bool:
    """Run an ingest for some seconds and kill it; False if it had ended by itself."""
    process = _start(ledger, sources, workers)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def trial(sources: Sequence[str], folder: Path, *, kills: int, workers: int, seed: int) -> Result:
    """Make an undisturbed ledger, then others under kills until there were enough of them."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    undisturbed = folder / "undisturbed.ledger"
    started = time.monotonic()
    _start(undisturbed, sources, workers).wait()
    seconds = time.monotonic() - started
    whole, parts = contents(undisturbed), contents(undisturbed, under_way=True)
    made, number, equal = 0, 0, True
    while made < kills:
        ledger = folder / f"killed-{number}.ledger"
        number += 1
        ended = False
        while not ended and made < kills:
            if _killed(ledger, sources, workers, chance.uniform(0.1 * seconds, seconds)):
                made += 1
                kept = contents(ledger, under_way=True) if ledger.exists() and ledger.stat().st_size else {}
                equal = equal and begins(kept, parts)
                print(
                    f"kill {made}: {len(kept.get('reports', ()))} reports kept, as they should be: {equal}",
                    flush=True,
                )
            else:
                ended = True
        _start(ledger, sources, workers).wait()
        equal = equal and contents(ledger) == whole
        print(f"ledger {number}: equal to the undisturbed one, row for row: {equal}", flush=True)
    return Result(made, number, len(whole["reports"]), equal)


def main() -> None:
    """Run a trial from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = trial(asked.sources, Path(folder), kills=asked.kills, workers=asked.workers, seed=asked.seed)
    print(f"{result.kills} kills, {result.ledgers} ledgers of {result.reports} reports: equal {result.equal}")
    raise SystemExit(not result.equal)


if __name__ == "__main__":
    main()

"""Kill a batch with SIGKILL at random moments, and compare what it ends in with an undisturbed run.

usage: kill_batch.py [--kills 20] [--workers 2] [--seed 1] [--engine local] IN

Every other kill hits one of the processes that the driver started, the rest the
driver itself, after which the same command is given again. At the end the rows
of all kinds must be equal to those of the undisturbed run, and no file may be
left over that the manifest does not name.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from chancery.batch.folder import LocalFolder
from chancery.batch.manifest import read_manifest

__all__ = ["Result", "contents", "family", "runs", "trial"]

type Contents = dict[str, str]


@dataclass(frozen=True)
class Result:
    """How a trial went: kills of workers and of drivers, outputs made, and whether all were equal."""

    workers: int
    drivers: int
    outputs: int
    equal: bool


def contents(out: Path) -> Contents:
    """Return a digest of the rows of every file, by its path; fails where the manifest names others."""
    named = {path for row in read_manifest(LocalFolder(out)).values() for path in row.paths()}
    there = {
        str(path.relative_to(out)): path for path in out.glob("**/*.parquet") if "_chancery" not in path.parts
    }
    assert named == set(there), f"files and manifest differ: {sorted(named ^ set(there))[:5]}"
    return {name: _digest(path) for name, path in there.items()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        rows = pq.read_table(file).to_pylist()
    return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()


def family(pid: int) -> list[int]:
    """List the processes that a process started, and those that these did."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def runs(pid: int) -> bool:
    """Tell whether a process is there and is more than a name in its parent's list."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _start(source: Path, out: Path, workers: int, engine: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "chancery", "batch", str(source), str(out), "--engine", engine]
    return subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--workers", str(workers)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _moments(chance: random.Random, seconds: float) -> Iterator[float]:
    while True:
        yield chance.uniform(0.05 * seconds, 0.7 * seconds)


def trial(
    source: Path, folder: Path, *, kills: int, workers: int, seed: int, engine: str = "local"
) -> Result:
    """Make an undisturbed output, then others under kills until there were enough of them."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    undisturbed = folder / "undisturbed"
    started = time.monotonic()
    _start(source, undisturbed, workers, engine).wait()
    moments = _moments(chance, time.monotonic() - started)
    whole = contents(undisturbed)
    counts = {"workers": 0, "drivers": 0}
    outputs, equal = 0, True
    while sum(counts.values()) < kills:
        outputs += 1
        out = folder / f"killed-{outputs}"
        ended = False
        while not ended:
            process = _start(source, out, workers, engine)
            while not ended and sum(counts.values()) < kills:
                try:
                    process.wait(next(moments))
                    ended = True
                except subprocess.TimeoutExpired:
                    what = "workers" if chance.random() < 0.5 else "drivers"
                    if not _kill(process, what, chance):
                        continue
                    counts[what] += 1
                    print(f"kill {sum(counts.values())}: one of the {what}", flush=True)
                    if what == "drivers":
                        break
            else:
                process.wait()
                ended = True
        found = contents(out)
        equal = equal and found == whole
        differing = [name for name in found.keys() | whole.keys() if found.get(name) != whole.get(name)]
        print(*sorted(differing)[:5], sep="\n", end="\n" if differing else "")
        print(f"output {outputs}: equal to the undisturbed one, row for row: {equal}", flush=True)
    return Result(counts["workers"], counts["drivers"], outputs, equal)


def _kill(process: subprocess.Popen[bytes], what: str, chance: random.Random) -> bool:
    """Kill the driver, or one of the processes below it if there is any."""
    if what == "drivers":
        process.kill()
        process.wait()
        return True
    found = family(process.pid)
    if not found:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(sorted(found)), signal.SIGKILL)
    return True


def main() -> None:
    """Run a trial from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", default="local")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = trial(
            asked.source,
            Path(folder),
            kills=asked.kills,
            workers=asked.workers,
            seed=asked.seed,
            engine=asked.engine,
        )
    killed = f"{result.workers} workers and {result.drivers} drivers killed"
    print(f"{killed}, {result.outputs} outputs: equal {result.equal}")
    raise SystemExit(not result.equal)


if __name__ == "__main__":
    main()

"""Fill an index of duplicates with generated reports: memory, disk and time for each decision.

    PYTHONPATH=src python tools/bench_duplicates.py [--reports 10000000] [--folder FOLDER] [--kill]

One report in fifty is a near copy of an earlier one, one in fifty an exact copy: what it must answer is
known, and counted. The signatures are made of random bytes, as those of unlike texts are; four
in a hundred share a form, by which they meet and are compared for nothing. With --kill a shard is asked
twice now and then, with the index closed in between, as a run that was killed does.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chancery.batch.duplicates import DuplicateIndex, Entry
from chancery.batch.duplicates.signatures import LENGTH, MINIMA, ROWS

SHARD = 5_000
SEED = 20_261_124
COPIES, FORM = 0.04, 0.04
TOLD_EVERY = 100  # shards


class Made:
    """Generated reports: the same for a number, so that copies can be made without keeping the first."""

    def __init__(self) -> None:
        rng = np.random.default_rng(SEED)
        self._table = rng.integers(0, 255, (SHARD, LENGTH), np.uint8)
        forms = rng.integers(0, 255, (50, ROWS * 4), np.uint8)
        self._forms = forms[rng.integers(0, len(forms), round(SHARD * FORM))]

    def shard(self, number: int) -> tuple[list[Entry], list[str | None]]:
        """Make the reports of a shard, and what is to be said of each."""
        rng = np.random.default_rng([SEED, number])
        signatures = self._signatures(number)
        digests = [f"{number}/{at}" for at in range(SHARD)]
        wanted: list[str | None] = [None] * SHARD
        # Copies of reports of ten earlier shards; only the first half of a shard holds copies.
        for first in rng.integers(0, number, 10) if number else ():
            originals = self._signatures(int(first))
            for gate in ("exact_duplicate", "near_duplicate"):
                for _ in range(round(SHARD * COPIES / 20)):
                    at, of = int(rng.integers(0, SHARD // 2)), int(rng.integers(SHARD // 2, SHARD))
                    exact = gate == "exact_duplicate"
                    signatures[at] = originals[of] if exact else self._edited(originals[of], rng)
                    digests[at] = f"{first}/{of}" if exact else f"{number}/{at}"
                    wanted[at] = gate
        names = (f"shard-{number:05}.warc.gz, https://a.example/{at}" for at in range(SHARD))
        entries = [
            Entry(name, digest, signature.tobytes())
            for name, digest, signature in zip(names, digests, signatures, strict=True)
        ]
        return entries, wanted

    def _signatures(self, number: int) -> NDArray[np.uint8]:
        # One table of random bytes, and for every shard other bytes to mix in: ten times faster, as unlike.
        made: NDArray[np.uint8] = self._table ^ np.random.default_rng([SEED, number, 1]).integers(
            0, 255, LENGTH, np.uint8
        )
        # Runs of a text: some 400.
        made[:, MINIMA : MINIMA + 4] = np.frombuffer((400).to_bytes(4, "little"), np.uint8)
        alike = slice(None, None, round(1 / FORM))
        made[alike, : ROWS * 4] = self._forms
        return made

    @staticmethod
    def _edited(signature: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
        edited = signature.copy()
        edited[rng.integers(0, MINIMA, 8)] = rng.integers(1, 255, 8)
        return edited


def measure(folder: Path, reports: int, *, kill: bool) -> None:
    """Ask shard after shard, and print what it took."""
    made, right, seconds, asked = Made(), Counter[tuple[str | None, bool]](), 0.0, 0
    index = DuplicateIndex.open(folder)
    opened = index.__enter__()
    for number in range(reports // SHARD):
        entries, wanted = made.shard(number)
        start = time.process_time()
        told = opened.decide(f"shard-{number:05}", entries)
        seconds += time.process_time() - start
        asked += len(entries)
        if kill and number % 50 == 49:
            index.__exit__(None, None, None)
            index = DuplicateIndex.open(folder)
            opened = index.__enter__()
            if opened.decide(f"shard-{number:05}", entries) != told:
                raise SystemExit(f"shard {number} was told something else when asked again")
        for one, want in zip(told, wanted, strict=True):
            right[want, (one.gate if one else None) == want] += 1
        if (number + 1) % TOLD_EVERY == 0:
            say(asked, seconds, folder)
    say(asked, seconds, folder)
    index.__exit__(None, None, None)
    for (want, is_right), count in sorted(right.items(), key=str):
        print(f"{want or 'no copy'}: {'told so' if is_right else 'told otherwise'} {count:,}")


def say(asked: int, seconds: float, folder: Path) -> None:
    """Print where it stands."""
    disk = sum(path.stat().st_size for path in folder.iterdir())
    files = len(list(folder.glob("*.keys")))
    # What files that are mapped take of the memory can be had back, and counts as memory all the same.
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    memory = {line.split(":")[0]: int(line.split()[1]) >> 10 for line in status if line.startswith("Rss")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{asked:>12,} reports  {1e6 * seconds / asked:6.1f} us of processor time a decision"
        f"  disk {disk / 1e9:5.2f} GB in {files} files"
        f"  memory: own {memory['RssAnon']} MB, mapped {memory['RssFile']} MB, peak of both {peak} MB",
        flush=True,
    )


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--kill", action="store_true")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="duplicates-"))
    try:
        measure(folder, given.reports, kill=given.kill)
    finally:
        if given.folder is None:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

"""Measure a ledger: what it adds to the time of reading, its size, its memory, and how fast it answers.

usage:
    bench_ledger.py readings FILE.jsonl...      add readings that were made before (chancery read -f jsonl)
    bench_ledger.py ingest SOURCE...            read and add, as chancery ingest does
    bench_ledger.py queries LEDGER              ask an existing ledger
    bench_ledger.py clones N FILE.jsonl...      add N synthetic reports, cloned from readings

`readings` and `clones` measure the ledger alone, `ingest` the whole; all of them ask the
queries at the end. Seconds of the ledger are processor time of this process.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched, cycle, islice
from pathlib import Path
from typing import Any

from chancery.ingest import Plan, Step, ingest
from chancery.ledger import Entry, Filter, Ledger
from chancery.lots import Equipment
from chancery.records import Reading

__all__ = ["QUERIES", "add", "ask", "clones"]

LOT = 16
TIMES = 5

# What people ask: by party, by pair, by act and status, by place and day, by words.
QUERIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("events", {}),
    ("events", {"countries": ("RUS",), "toward": ("UKR",)}),
    ("events", {"countries": ("USA",), "statuses": ("planned",), "sort": "day"}),
    ("events", {"actors": ("USA",), "sort": "day", "ascending": True}),
    ("events", {"organizations": ("NATO",)}),
    (
        "events",
        {"acts": ("ASSAULT",), "places": ("UKR",), "first": date(2022, 2, 24), "last": date(2022, 3, 31)},
    ),
    ("events", {"text": "sanctions"}),
    ("events", {"text": '"gas pipeline"', "real_only": True}),
    ("events", {"sort": "score"}),
    ("statements", {}),
    ("statements", {"actors": ("person:sergey-lavrov",)}),
    ("statements", {"countries": ("USA",), "toward": ("CHN",)}),
    ("statements", {"countries": ("USA",), "sort": "day"}),
    ("statements", {"publishers": ("Wikinews",), "sort": "day"}),
    ("statements", {"text": "nuclear weapons"}),
    ("statements", {"text": "the", "sort": "day"}),
    ("positions", {"countries": ("RUS",)}),
    ("positions", {"acts": ("demand", "refuse"), "toward": ("RUS",)}),
    ("positions", {"text": "ceasefire"}),
    ("figures", {"kinds": ("troops",)}),
    ("figures", {"places": ("UKR",), "since": date(2022, 2, 24)}),
    ("figures", {"countries": ("RUS",)}),
    ("actors", {}),
    ("actors", {"countries": ("UKR",)}),
    ("actors", {"text": "lavrov"}),
    ("reports", {}),
    ("reports", {"text": "Minsk agreements"}),
    ("reports", {"actors": ("person:vladimir-putin",), "sort": "words"}),
    ("reports", {"countries": ("AUS",), "since": date(2014, 1, 1), "until": date(2014, 6, 30)}),
)


@dataclass
class Meter:
    """Processor seconds and memory of a ledger that grows, a line every tenth of the way."""

    every: int
    reports: int = 0
    seconds: float = 0.0
    last: tuple[int, float] = (0, 0.0)

    def step(self, count: int, seconds: float) -> None:
        """Count a lot; print a line when enough came by."""
        self.reports += count
        self.seconds += seconds
        reports, before = self.last
        if self.reports - reports >= self.every:
            each = (self.seconds - before) / (self.reports - reports)
            print(
                f"{self.reports:9,} reports  {each * 1000:6.2f} ms each  {_memory():6.0f} MB now", flush=True
            )
            self.last = self.reports, self.seconds


def _memory() -> float:
    """Return the resident memory of this process in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1000 if found else 0.0


def add(ledger: Ledger, entries: Iterable[Entry], meter: Meter) -> None:
    """Add readings in lots, as an ingest does, and measure it."""
    for lot in batched(entries, LOT):
        started = time.process_time()
        ledger.add_all(lot)
        meter.step(len(lot), time.process_time() - started)


def ask(path: Path) -> list[float]:
    """Ask every query some times, each on a connection of its own; return the seconds."""
    methods: dict[str, Callable[[Ledger, Filter], Sequence[Any]]] = {
        kind: getattr(Ledger, kind) for kind in dict(QUERIES)
    }
    taken: list[float] = []
    with Ledger.open(path) as ledger:
        for kind, asked in QUERIES:
            times = []
            for _ in range(TIMES):
                started = time.perf_counter()
                found = methods[kind](ledger, Filter(**{"limit": 50} | asked))
                times.append(time.perf_counter() - started)
            taken += times
            told = " ".join(f"{name}={value}" for name, value in asked.items())
            print(f"{statistics.median(times) * 1000:7.1f} ms  {len(found):3} {kind} {told}")
    return taken


def clones(count: int, files: Sequence[str]) -> Iterator[Entry]:
    """Make synthetic reports: real readings under other addresses and days, told apart by a number.

    The number stands after the last word, so that every span keeps its place.
    """
    chance = random.Random(1)  # noqa: S311 - days, not secrets
    for number, line in enumerate(islice(_lines_for_ever(files), count)):
        reading = json.loads(line)
        article = reading["article"]
        article["id"] = f"{article['id']}-{number}"
        article["url"] = f"https://synthetic.example/{number}"
        article["text"] += f"\n{number}"
        article["published"] = (date(2010, 1, 1) + timedelta(days=chance.randrange(5000))).isoformat()
        yield Entry(Reading.model_validate(reading), source="synthetic", place=str(number))


def _lines_for_ever(files: Sequence[str]) -> Iterator[str]:
    for name in cycle(files):
        with Path(name).open(encoding="utf-8") as file:
            yield from file


def _readings(files: Sequence[str]) -> Iterator[Entry]:
    for name in files:
        with Path(name).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield Entry(Reading.model_validate_json(line), source=name, place=f"line {number}")


def _ingest(ledger: Ledger, sources: Sequence[str], workers: int) -> None:
    started = time.perf_counter()

    def watch(step: Step) -> None:
        if step.tally.done % 500 < LOT:
            each = step.tally.done / (time.perf_counter() - started)
            print(f"{step.tally.done:9,} reports  {each:6.2f}/s  {_memory():6.0f} MB now", flush=True)

    tally = ingest(ledger, Plan(tuple(sources), equipment=Equipment(), workers=workers), watch)
    seconds = time.perf_counter() - started
    print(f"reports {tally.done:,}: {tally.counts()}")
    print(f"rate {tally.done / seconds:.2f} reports/s in {seconds:.0f} s with {workers} workers")
    print(f"ledger {tally.writing:.1f} s, {tally.writing / (seconds - tally.writing):.1%} of the rest")


def _summary(path: Path) -> None:
    started = time.process_time()
    taken = sorted(ask(path))
    each = (time.process_time() - started) / len(taken)
    print(f"processor {each * 1000:.0f} ms a query, 1-minute load {os.getloadavg()[0]:.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"queries {len(taken)}: median {statistics.median(taken) * 1000:.0f} ms, ", end="")
    print(f"p95 {taken[int(0.95 * len(taken))] * 1000:.0f} ms, most {taken[-1] * 1000:.0f} ms")
    size = path.stat().st_size / 1e6
    print(f"file {size:.1f} MB; peak memory {peak:.0f} MB, largest worker {children:.0f} MB")


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["readings", "ingest", "queries", "clones"])
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="make the ledger here, and keep it")
    asked = parser.parse_args()
    if asked.what == "queries":
        _summary(Path(asked.sources[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "bench.ledger"
        with Ledger.create(path) as ledger:
            if asked.what == "ingest":
                _ingest(ledger, asked.sources, asked.workers)
            else:
                count = int(asked.sources[0]) if asked.what == "clones" else 0
                entries = clones(count, asked.sources[1:]) if count else _readings(asked.sources)
                meter = Meter(every=count // 10 or 500)
                add(ledger, entries, meter)
                print(f"{meter.reports:,} reports, {meter.seconds / meter.reports * 1000:.2f} ms each")
        _summary(path)


if __name__ == "__main__":
    main()

"""Measure what a second worker brings: `python tools/bench_workers.py --shared ../shared`.

Two figures. By the clock: reports a second of two workers over those of one, which says
something only on a machine with two idle cores. By processor time: twice what a report
costs in one process over what it costs in two workers and the process that feeds them,
which is what two free cores would do, and holds on a busy machine as well. Both count
from the third lot on, when every model is loaded.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from chancery.articles import Report
from chancery.evaluate.benchmark import stream
from chancery.lots import Equipment, read_lots

LEAST = 1.8
TICKS = os.sysconf("SC_CLK_TCK")


def _spent() -> float:
    """Return the processor seconds of this process and of its workers so far."""
    total = time.process_time()
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / TICKS  # user and system, fields 14 and 15
    return total


def costs(reports: Sequence[Report], workers: int) -> tuple[float, float]:
    """Return processor seconds and seconds by the clock for a report, once all is loaded."""
    lots: Iterator[Sequence[object]] = read_lots(iter(reports), Equipment(), workers=workers)
    for _ in range(2 * workers + 1):
        next(lots)
    spent, clock, read = _spent(), time.perf_counter(), 0
    now = (spent, clock)
    for lot in lots:
        read += len(lot)
        now = (_spent(), time.perf_counter())  # the last one before the workers are sent home
    return (now[0] - spent) / read, (now[1] - clock) / read


def main(argv: Sequence[str] | None = None) -> int:
    """Print what two workers do against one."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--reports", type=int, default=400)
    options = parser.parse_args(argv)
    reports = [Report(article, (), "stream") for article in islice(stream(options.shared), options.reports)]
    one, one_clock = costs(reports, 1)
    two, two_clock = costs(reports, 2)
    gain = 2 * one / two
    print(f"ms of processor time a report: {1000 * one:.1f} in one process, {1000 * two:.1f} in two workers")
    print(f"two workers over one: {gain:.2f} by processor time (floor {LEAST})")
    print(f"two workers over one: {one_clock / two_clock:.2f} by the clock")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return gain < LEAST


if __name__ == "__main__":
    sys.exit(main())

"""Measure the web application: readers walk all pages at once while an ingest writes.

    bench_server.py LEDGER [--ingest REPORTS.jsonl] [--readers 20] [--seconds 60] [--pause 1.0]

The ledger is copied first. `chancery serve` and `chancery ingest` run as processes of their own,
as they would; the readers are threads of this one. A reader opens a page, reads for a while (`--pause`
seconds in the mean, 0 for none) and opens another: lists with filters, reports, records, actors,
pairs, days, each also as JSON now and then. Times are seconds from the request to the last byte, on
this machine; sizes are of pages before compression, with charts' data and without the charts' script.
Reports for the ingest get other addresses and words, so that they are new to the ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

SEED = 20220224
# Floors of issue 7: seconds at the median and the 95th percentile, bytes of a page.
MEDIAN, HIGH, LARGEST = 0.150, 0.500, 500_000
FRESH = 1500  # reports that the ingest is given
SAMPLED = 60  # reports, records and days that are walked


@dataclass
class Seen:
    """What readers saw of one sort of page."""

    seconds: list[float] = field(default_factory=list)
    largest: int = 0
    errors: list[str] = field(default_factory=list)


def addresses(ledger: Path) -> dict[str, list[str]]:
    """List the pages to walk, by sort; reports, records, actors and days are drawn from the ledger."""
    draw = random.Random(SEED)  # noqa: S311 - a sample, no secret
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as found:

        def column(query: str) -> list[str]:
            rows = [str(row[0]) for row in found.execute(query)]
            return draw.sample(rows, min(SAMPLED, len(rows)))

        # The ledger's own ids: letters, digits, colons and hyphens, which an address takes as they are.
        actors = column(
            "SELECT actor FROM (SELECT actor, count(*) AS n FROM actors WHERE actor NOT LIKE '?%' "
            "GROUP BY 1 ORDER BY n DESC LIMIT 80)"
        )
        reports = column("SELECT version_key FROM readings")
        days = column("SELECT DISTINCT published_day FROM report_versions WHERE published_day IS NOT NULL")
        records = column(
            "SELECT version_key || '/' || id FROM (SELECT version_key, id FROM events UNION ALL "
            "SELECT version_key, id FROM statements UNION ALL SELECT version_key, id FROM positions)"
        )
    lists = [
        f"/ledger/{kind}{asked}"
        for kind in ("statements", "events", "positions", "figures", "reports")
        for asked in ("", "?text=ceasefire", "?actor=RUS", "?since=2022-03-01&until=2022-03-31", "?offset=50")
    ]
    lists += ["/ledger/events?country=RUS&toward=UKR", "/ledger/events?status=planned&sort=day"]
    return {
        "today": ["/", *(f"/?since={day}&until={day}" for day in days)],
        "ledger": lists,
        "ledger.json": [one.replace("?", ".json?", 1) if "?" in one else f"{one}.json" for one in lists],
        "report": [f"/reports/{key}" for key in reports],
        "record": [f"/records/{one}" for one in records],
        "actors": ["/actors"],
        "actor": [f"/actors/{one}" for one in actors],
        "pairs": ["/pairs"],
        "pair": [f"/pairs/{one}/{other}" for one, other in zip(actors[::2], actors[1::2], strict=False)],
        "map": ["/map"],
        "coverage": ["/coverage"],
        "corrections": ["/corrections"],
        "paste": ["/paste"],
    }


def read(
    address: str, pages: dict[str, list[str]], seen: dict[str, Seen], plan: tuple[int, float, float]
) -> None:
    """Open one page after another until the time is up; every sort as often as any other."""
    number, pause, until = plan
    draw = random.Random(SEED + number)  # noqa: S311 - as above
    lock = threading.Lock()
    with httpx.Client(base_url=address, timeout=60) as client:
        time.sleep(draw.random() * pause)
        while time.monotonic() < until:
            sort = draw.choice(list(pages))
            url, wrong, size = draw.choice(pages[sort]), "", 0
            begun = time.perf_counter()
            try:
                answer = client.get(url)
                size = len(answer.content)
                wrong = f"{answer.status_code}: {answer.text[:200]}" if answer.status_code >= 400 else ""
            except httpx.HTTPError as error:
                wrong = repr(error)
            taken = time.perf_counter() - begun
            with lock:
                one = seen[sort]
                one.seconds.append(taken)
                one.largest = max(one.largest, size)
                one.errors += [f"{url}: {wrong}"] if wrong else []
            time.sleep(draw.expovariate(1 / pause) if pause else 0)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of Chancery's beside this one, and end it afterwards."""
    started = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "chancery", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.terminate()
        started.wait(30)


def fresh(source: Path, out: Path) -> None:
    """Write reports of a file once more, as ones that the ledger does not know."""
    with source.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            if number >= FRESH:
                break
            report = json.loads(line)
            report |= {"url": f"https://bench.example/{number}", "id": f"bench-{number}"}
            report["text"] = f"{report['text']}\n\nBench {number}."
            file.write(f"{json.dumps(report, ensure_ascii=False)}\n")


def walk(address: str, pages: dict[str, list[str]], asked: argparse.Namespace) -> dict[str, Seen]:
    """Let all readers walk at once."""
    seen: dict[str, Seen] = defaultdict(Seen)
    until = time.monotonic() + asked.seconds
    readers = [
        threading.Thread(target=read, args=(address, pages, seen, (number, asked.pause, until)))
        for number in range(asked.readers)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return seen


def show(seen: dict[str, Seen]) -> bool:
    """Print a line for each sort of page and for all, and say whether the floors hold."""
    every = Seen([taken for one in seen.values() for taken in one.seconds])
    every.largest = max(one.largest for one in seen.values())
    every.errors = [wrong for one in seen.values() for wrong in one.errors]
    print(f"{'page':<12} {'opened':>7} {'median ms':>10} {'p95 ms':>8} {'largest kB':>11} {'errors':>7}")
    good = True
    for name, one in [*sorted(seen.items()), ("all", every)]:
        middle, high = statistics.median(one.seconds), quantile(one.seconds)
        holds = middle <= MEDIAN and high <= HIGH and one.largest <= LARGEST and not one.errors
        good = good and (holds or name.endswith(".json"))
        print(
            f"{name:<12} {len(one.seconds):>7,} {middle * 1000:>10.0f} {high * 1000:>8.0f} "
            f"{one.largest / 1000:>11.0f} {len(one.errors):>7}{'' if holds else '  over'}"
        )
    print("\n".join(every.errors), end="\n" if every.errors else "")
    return good


def quantile(values: list[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return sorted(values)[min(int(0.95 * len(values)), len(values) - 1)]


def main() -> None:
    """Serve a copy of a ledger, walk it, and print what readers waited."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--ingest", type=Path, metavar="REPORTS.jsonl", help="reports to take in meanwhile")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds that a reader reads a page")
    parser.add_argument("--cpu", action="store_true", help="processor time a page instead, one after another")
    asked = parser.parse_args()
    if asked.cpu:
        alone(asked.ledger)
        return
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(shutil.copy(asked.ledger, Path(folder) / "bench.ledger"))
        pages = addresses(ledger)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        with running("serve", str(ledger), "--port", str(port)):
            wait(address)
            pages = {sort: urls for sort, urls in pages.items() if built(address, urls[0])}
            if asked.ingest:
                reports = Path(folder) / "fresh.jsonl"
                fresh(asked.ingest, reports)
                with running("ingest", str(ledger), str(reports)) as taking:
                    time.sleep(20)  # until the language model is loaded and the first lots are in
                    seen = walk(address, pages, asked)
                    state = "ran" if taking.poll() is None else "ended before the readers did"
            else:
                seen, state = walk(address, pages, asked), "none"
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(
        f"{asked.readers} readers, {asked.pause:g} s pause, {asked.seconds:g} s; ingest: {state}; load {load}"
    )
    sys.exit(not show(seen))


def alone(ledger: Path) -> None:
    """Print what each sort of page costs in processor time, made anew: the same on a busy machine."""
    import warnings  # noqa: PLC0415 - for this mode alone

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # starlette would rather have a fork of httpx
        from fastapi.testclient import TestClient  # noqa: PLC0415 - as above

    from chancery.server.app import create_app  # noqa: PLC0415 - as above
    from chancery.server.settings import Settings  # noqa: PLC0415 - as above

    app = create_app(Settings(ledger, hosts=("testserver",)))
    print(f"{'page':<12} {'pages':>6} {'median ms':>10} {'p95 ms':>8} {'largest ms':>11}  which")
    with TestClient(app) as client:
        for sort, urls in addresses(ledger).items():
            if client.get(urls[0]).status_code == 404:
                continue
            taken: list[tuple[float, str]] = []
            for url in urls:
                app.state.desk.forget()
                begun = time.process_time()
                client.get(url)
                taken.append(((time.process_time() - begun) * 1000, url))
            every = [one for one, _ in taken]
            most, which = max(taken)
            print(
                f"{sort:<12} {len(urls):>6} {statistics.median(every):>10.0f} {quantile(every):>8.0f} "
                f"{most:>11.0f}  {which}"
            )


def wait(address: str) -> None:
    """Wait until the server answers."""
    for _ in range(200):
        try:
            httpx.get(f"{address}/api/openapi.json", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server does not answer")


def built(address: str, url: str) -> bool:
    """Say whether there is such a page."""
    return httpx.get(address + url, timeout=60).status_code != 404


if __name__ == "__main__":
    main()

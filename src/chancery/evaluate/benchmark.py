"""The benchmark: what reading costs, as ratios measured in one run.

Seconds differ from machine to machine; ratios travel. Measured are reading, and
statements with their speakers alone, against the bare spaCy parse of the same
texts with the same components, memory over a growing number of reports, and the
start-up of the package and its command line.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.evaluate.matching import read_lines
from chancery.language import parse_many
from chancery.records import Article

if TYPE_CHECKING:
    from chancery.reader import Reader

__all__ = ["Cost", "main", "reading_cost"]

STREAM = (
    "us_state",
    "us_white_house",
    "kremlin",
    "president_ua",
    "uk_government",
    "australia_pm",
    "wikinews",
)

# The floors of issues 3 and 4; `make bench` fails where one is broken.
MOST_COST = 1.5
MOST_STATEMENTS = 0.15
MOST_GROWTH_MB = 60.0
MOST_IMPORT_MS = 100.0
MOST_HELP_MS = 400.0


class Cost:
    """Seconds of parsing and of reading the same texts, measured in turns.

    `hear` is the time of statements and speakers alone, with the times and places they need.
    """

    def __init__(self) -> None:
        self.parse: list[float] = []
        self.read: list[float] = []
        self.hear: list[float] = []

    @property
    def rounds(self) -> list[float]:
        """Reading over parsing, round by round."""
        return [round(read / parse, 2) for read, parse in zip(self.read, self.parse, strict=True)]

    @property
    def ratio(self) -> float:
        """Reading over parsing, the median of the rounds: one hiccup of the machine does not decide."""
        return statistics.median(read / parse for read, parse in zip(self.read, self.parse, strict=True))

    @property
    def statements(self) -> float:
        """Statements with their speakers over parsing, the median of the rounds."""
        return statistics.median(hear / parse for hear, parse in zip(self.hear, self.parse, strict=True))


def stream(shared: Path) -> Iterator[Article]:
    """Yield reports of the stream, one of each publisher in turn."""
    sources = [read_lines(shared / "corpora/stream" / f"{name}.jsonl") for name in STREAM]
    for row in range(max(map(len, sources))):
        for source in sources:
            if row < len(source):
                entry = source[row]
                yield Article(id=entry["id"], text=entry["text"], published=entry["published"])


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def reading_cost(reader: Reader, articles: Sequence[Article], rounds: int = 5) -> Cost:
    """Time the bare parse and the whole reading of the same articles, a part of them each round."""
    cost, size = Cost(), -(-len(articles) // rounds)
    for at in range(0, len(articles), size):
        part = articles[at : at + size]

        def parse(part: Sequence[Article] = part) -> None:
            for _ in reader.language.pipe(article.text for article in part):
                pass

        def read(part: Sequence[Article] = part) -> None:
            for _ in reader.pipe(part):
                pass

        cost.parse.append(_seconds(parse))
        cost.read.append(_seconds(read))
        cost.hear.append(_hearing(reader, part))
    return cost


def _hearing(reader: Reader, articles: Sequence[Article]) -> float:
    """Time statements and speakers on texts that are parsed already."""
    from chancery.reader import hear  # noqa: PLC0415 - after the start-up was timed

    docs = list(parse_many(reader.language, (article.text for article in articles)))

    def work() -> None:
        for doc, article in zip(docs, articles, strict=True):
            hear(doc, article, reader)

    return _seconds(work)


def _megabytes() -> float:
    """Memory in use now, or at its peak where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(reader: Reader, articles: Iterator[Article], marks: Sequence[int]) -> list[float]:
    """Read on and note the memory in use (MB) each time as many reports were read as a mark says."""
    out, done = [], 0
    for mark in marks:
        for _ in reader.pipe(islice(articles, mark - done)):
            pass
        done = mark
        out.append(_megabytes())
    return out


def _milliseconds(*command: str, runs: int = 7) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)  # noqa: S603 - this package
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def _check(name: str, value: float, most: float, unit: str) -> bool:
    kept = value <= most
    print(f"{name:60} {value:8.2f} {unit:3} at most {most:g}{'' if kept else '  BROKEN'}", flush=True)
    return kept


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; return 1 where a floor is broken."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with corpora/stream")
    parser.add_argument("--reports", type=int, default=500, help="how many reports to time")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args(argv)
    if not (options.shared / "corpora/stream").is_dir():
        print(f"no stream at {options.shared}; name the folder: make bench SHARED=/path/to/shared")
        return 2
    bare = _milliseconds("-c", "pass")
    kept = [
        _check(
            "import chancery, over bare Python",
            _milliseconds("-c", "import chancery") - bare,
            MOST_IMPORT_MS,
            "ms",
        ),
        _check("chancery --help", _milliseconds("-m", "chancery", "--help"), MOST_HELP_MS, "ms"),
    ]
    from chancery.reader import load  # noqa: PLC0415 - after the start-up was timed

    reader, articles = load(), list(islice(stream(options.shared), options.reports))
    list(reader.pipe(articles[:10]))  # tables and caches are filled once, not per report
    cost = reading_cost(reader, articles)
    words = sum(len(article.text.split()) for article in articles)
    print(f"{len(articles)} reports, {words} words: bare parse {words / sum(cost.parse):.0f} words/s")
    print(f"reading {words / sum(cost.read):.0f} words/s, in rounds: {cost.rounds}")
    kept.append(_check("reading over the bare parse of the same text", cost.ratio, MOST_COST, "x"))
    kept.append(
        _check(
            "statements and speakers over the bare parse of the same text",
            cost.statements,
            MOST_STATEMENTS,
            "x",
        )
    )
    at_500, at_2000 = memory(reader, stream(options.shared), (500, 2000))
    print(f"memory after 500 reports {at_500:.0f} MB, after 2000 {at_2000:.0f} MB")
    kept.append(_check("memory growth from 500 to 2000 reports", at_2000 - at_500, MOST_GROWTH_MB, "MB"))
    if options.json:
        options.json.write_text(
            json.dumps({"ratio": cost.ratio, "statements": cost.statements, "memory": [at_500, at_2000]})
        )
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())

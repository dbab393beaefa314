"""The benchmark: what reading costs, as ratios measured in one run.

Seconds differ from machine to machine; ratios travel. Measured are reading, and
statements with their speakers alone, against the parse of the same texts, memory
over a growing number of reports, and the start-up of the package and its command
line. Parsing has three prices, and all are printed: the pipeline as spaCy loads it
over whole texts (what anybody would call), the same over paragraphs (which is
faster), and our own, quickened, over paragraphs.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.evaluate.matching import read_lines
from chancery.language import load_language, parse_many
from chancery.records import Article

if TYPE_CHECKING:
    from chancery.reader import Reader

__all__ = ["Cost", "main", "megabytes", "reading_cost", "stream"]

STREAM = (
    "us_state",
    "us_white_house",
    "kremlin",
    "president_ua",
    "uk_government",
    "australia_pm",
    "wikinews",
)

# The floors of issues 3, 4 and 8; `make bench` fails where one is broken.
MOST_COST = 1.3
MOST_STATEMENTS = 0.15
MOST_GROWTH_MB = 60.0
MOST_IMPORT_MS = 100.0
MOST_HELP_MS = 400.0


class Cost:
    """Seconds of parsing and of reading the same texts, measured in turns.

    Attributes:
        parse: the pipeline as spaCy loads it, over whole texts.
        pieces: the same pipeline, paragraph by paragraph.
        own: the quickened pipeline, paragraph by paragraph; a part of `read`.
        read: whole readings.
        hear: statements and speakers alone, with the times and places they need, of parsed texts.
    """

    def __init__(self) -> None:
        self.parse: list[float] = []
        self.pieces: list[float] = []
        self.own: list[float] = []
        self.read: list[float] = []
        self.hear: list[float] = []

    @property
    def rounds(self) -> list[float]:
        """Reading over parsing, round by round."""
        return [round(read / parse, 2) for read, parse in zip(self.read, self.parse, strict=True)]

    @property
    def ratio(self) -> float:
        """Reading over parsing whole texts."""
        return _median(self.read, self.parse)

    @property
    def over_pieces(self) -> float:
        """Reading over parsing paragraphs with the pipeline as spaCy loads it."""
        return _median(self.read, self.pieces)

    @property
    def over_own(self) -> float:
        """Reading over our own parse: one more than what extraction and resolution cost of it."""
        return _median(self.read, self.own)

    @property
    def statements(self) -> float:
        """Statements with their speakers over parsing whole texts."""
        return _median(self.hear, self.parse)


def _median(some: Sequence[float], others: Sequence[float]) -> float:
    """Return the median ratio of the rounds: one hiccup of the machine does not decide."""
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


def stream(shared: Path) -> Iterator[Article]:
    """Yield reports of the stream, one of each publisher in turn."""
    sources = [read_lines(shared / "corpora/stream" / f"{name}.jsonl") for name in STREAM]
    for row in range(max(map(len, sources))):
        for source in sources:
            if row < len(source):
                entry = source[row]
                yield Article(id=entry["id"], text=entry["text"], published=entry["published"])


def _seconds(work: Callable[[], Iterable[object]]) -> float:
    """Time what goes on until an iterable is at its end."""
    start = time.process_time()
    for _ in work():
        pass
    return time.process_time() - start


def reading_cost(reader: Reader, articles: Sequence[Article], rounds: int = 5) -> Cost:
    """Time the bare parse and the whole reading of the same articles, a part of them each round."""
    plain = load_language(quicken=False)
    cost, size = Cost(), -(-len(articles) // rounds)
    for at in range(0, len(articles), size):
        part = articles[at : at + size]
        texts = [article.text for article in part]
        cost.parse.append(_seconds(partial(plain.pipe, texts)))
        cost.pieces.append(_seconds(partial(parse_many, plain, texts)))
        cost.own.append(_seconds(partial(parse_many, reader.language, texts)))
        cost.read.append(_seconds(partial(reader.pipe, part)))
        cost.hear.append(_hearing(reader, part))
    return cost


def _hearing(reader: Reader, articles: Sequence[Article]) -> float:
    """Time statements and speakers on texts that are parsed already."""
    from chancery.reader import hear  # noqa: PLC0415 - after the start-up was timed

    docs = list(parse_many(reader.language, (article.text for article in articles)))

    return _seconds(lambda: (hear(doc, article, reader) for doc, article in zip(docs, articles, strict=True)))


def megabytes() -> float:
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
        out.append(megabytes())
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
    print(f"by paragraphs {words / sum(cost.pieces):.0f} words/s, quickened {words / sum(cost.own):.0f}")
    print(f"reading {words / sum(cost.read):.0f} words/s, over the bare parse in rounds: {cost.rounds}")
    kept.append(_check("reading over the bare parse of the same text", cost.ratio, MOST_COST, "x"))
    kept.append(_check("reading over spaCy's parse of the same paragraphs", cost.over_pieces, MOST_COST, "x"))
    print(f"reading over our own, quickened parse: {cost.over_own:.2f}")
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
        figures = {name: getattr(cost, name) for name in ("ratio", "over_pieces", "over_own", "statements")}
        options.json.write_text(json.dumps({**figures, "memory": [at_500, at_2000]}))
    return not all(kept)


if __name__ == "__main__":
    sys.exit(main())

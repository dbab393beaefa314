"""Measure the memory of one reading process over many reports: flat within 5 % after the first thousand.

    python tools/bench_memory.py --shared ../shared --reports 20000

Reports of the stream are cut to their first --characters (a whole paragraph at least is
left) and repeated until there are enough, each time with other reports beside them. What
counts is the resident set between lots, as the system sees it; every thousand reports a
line is printed. Exits with 1 where a later line is more than 5 % above the first.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from chancery.evaluate.benchmark import megabytes, stream
from chancery.reader import load
from chancery.records import Article

MOST_GROWTH = 0.05
EVERY = 1_000


def short(shared: Path, characters: int) -> Iterator[Article]:
    """Yield the stream's reports, cut, over and over."""
    whole = [
        article.model_copy(update={"text": article.text[:characters].rsplit(" ", 1)[0]})
        for article in stream(shared)
    ]
    whole.pop()  # a length that 16 does not divide: each round, lots have other company
    yield from cycle(whole)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the memory every thousand reports."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--characters", type=int, default=600)
    options = parser.parse_args(argv)
    reader, articles = load(), short(options.shared, options.characters)
    first, most = 0.0, 0.0
    for at in range(EVERY, options.reports + 1, EVERY):
        for _ in reader.pipe(islice(articles, EVERY)):
            pass
        now = megabytes()
        first, most = first or now, max(most, now)
        grown = 100 * (now / first - 1)
        print(f"{at:7,} reports {now:7.1f} MB {grown:+6.2f} % {time.process_time():7.0f} CPU s", flush=True)
    print(f"at most {100 * (most / first - 1):.2f} % above the first thousand (floor: 5 %)")
    return most > first * (1 + MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())

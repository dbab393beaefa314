"""Choose the reports of the sample ledger that `chancery serve --demo` shows.

    python tools/build_demo.py SHARED

From the openly licensed stream (SHARED/corpora/stream): short reports of February
and early March 2022 from four offices in three capitals that name Ukraine and
Russia or the Alliance, spread over the days. Reports that are kept apart for
measuring (`quality/gold/held_out.jsonl`) are left out by their words: a demo is
looked at. Writes `src/chancery/server/data/demo.jsonl`, one report a line with
its licence and credit.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src" / "chancery" / "server" / "data" / "demo.jsonl"
HELD_OUT = ROOT / "quality" / "gold" / "held_out.jsonl"

FIRST, LAST = "2022-02-01", "2022-03-10"
SHORTEST, LONGEST = 90, 420  # words
SOURCES = {"kremlin": 30, "president_ua": 34, "us_state": 40, "us_white_house": 26}
ABOUT = (re.compile(r"\bUkrain"), re.compile(r"\b(Russia|NATO|Alliance)\b"))

type Report = dict[str, Any]


def main(shared: Path) -> None:
    """Choose and write."""
    apart = {_digest(json.loads(line)["text"]) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()}
    chosen: list[Report] = []
    for source, most in SOURCES.items():
        found = list(_fitting(shared / "corpora" / "stream" / f"{source}.jsonl", apart))
        chosen += _spread(found, most)
    chosen.sort(key=lambda report: (report["published"], report["id"]))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        "".join(json.dumps(_kept(one), ensure_ascii=False) + "\n" for one in chosen), encoding="utf-8"
    )
    words = sum(len(one["text"].split()) for one in chosen)
    print(f"{len(chosen)} reports, {words:,} words, {OUT.stat().st_size:,} bytes: {OUT}")


def _fitting(file: Path, apart: set[str]) -> Iterator[Report]:
    for line in file.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        if (
            FIRST <= report["published"][:10] <= LAST
            and SHORTEST <= len(report["text"].split()) <= LONGEST
            and all(pattern.search(report["text"]) for pattern in ABOUT)
            and _digest(report["text"]) not in apart
        ):
            yield report


def _spread(found: list[Report], most: int) -> list[Report]:
    """Take reports at even distances in time."""
    found = sorted(found, key=lambda report: (report["published"], report["id"]))
    if len(found) <= most:
        return found
    return [found[at * len(found) // most] for at in range(most)]


def _kept(report: Report) -> Report:
    names = ("id", "url", "publisher", "title", "published", "licence", "attribution", "text")
    return {name: report[name] for name in names}


def _digest(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

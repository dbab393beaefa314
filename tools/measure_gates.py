"""Measure the gates of `chancery batch` on development data; docs/gates.md has what it prints.

    PYTHONPATH=src python tools/measure_gates.py CORPORA [--lost]

CORPORA is the folder of the project's corpora (stream/, dedup/, polnear/, places/). --lost lists the reports
that the rule of international affairs loses or keeps wrongly in the half that it was made on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from chancery.articles import Report
from chancery.articles.language_id import identify, is_surely_foreign
from chancery.batch.duplicates.signatures import bands, compare, signature
from chancery.batch.gates import load_gates
from chancery.batch.gates.international import load_rule
from chancery.follow.duplicates import Report as Copyable
from chancery.follow.duplicates import judge, worth_comparing
from chancery.follow.shingles import Words
from chancery.records import Article

LABELLED = Path(__file__).parent.parent / "quality" / "international.jsonl"
# Fingerprints that more reports have are those of a form's.
MOST_OF_PRINT = 50

type Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """Read JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def stream(corpora: Path) -> list[Row]:
    """Read the reports of the stream, in the order of their days."""
    files = sorted(path for path in (corpora / "stream").glob("*.jsonl") if "revisions" not in path.name)
    found = [row for path in files for row in rows(path)]
    return sorted(found, key=lambda row: (row["published"] or "", row["id"]))


def international(*, lost: bool) -> None:
    """Precision and recall of what is gated, on the labelled reports."""
    rule = load_rule()
    for split in ("tune", "check"):
        counts: Counter[tuple[str, bool]] = Counter()
        for row in rows(LABELLED):
            if row["split"] != split:
                continue
            weighed = rule.weigh(row["title"], row["text"], row["publisher"])
            gated = weighed.points < rule.least
            counts[row["label"], gated] += 1
            if lost and split == "tune" and row["label"] == ("international" if gated else "other"):
                print(
                    f"  {'lost' if gated else 'kept'}: {row['title'] or row['text'][:60]!r}: {weighed.reason}"
                )
        other, kept = counts["other", True], counts["other", False]
        gone, stays = counts["international", True], counts["international", False]
        border, passed = counts["borderline", True], counts["borderline", False]
        print(
            f"not_international, {split}: gated {other} of {other + kept} other reports"
            f" (recall {other / (other + kept):.2f}), {gone} of {gone + stays} international ones"
            f" (precision {other / (other + gone):.2f}), {border} of {border + passed} on the border"
        )


def shares(corpora: Path) -> None:
    """Count what the gates that look at one report keep of whole corpora."""
    gates = load_gates(frozenset())
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    listed = [(row["publisher"], row) for row in stream(corpora)]
    listed += [("PolNeAR train, US politics", row) for row in rows(corpora / "polnear" / "train.jsonl")]
    listed += [("LGL, local papers", row) for row in rows(corpora / "places" / "lgl.jsonl")]
    for publisher, row in listed:
        article = Article(id="a", text=row["text"], title=row.get("title"), publisher=row.get("publisher"))
        gated = gates.judge(Report(article, (), "a"))
        counts[publisher][gated.gate if gated else "passed"] += 1
    for publisher, found in counts.items():
        total = found.total()
        print(
            f"{publisher}: {total} reports, not_article {found['not_article']},"
            f" not_international {found['not_international']} ({found['not_international'] / total:.1%})"
        )


def english(corpora: Path) -> None:
    """Count English texts taken for another language, and texts in others taken for English."""
    texts = [row["text"] for row in stream(corpora)]
    wrong = sum(found is not None and found[0] != "en" for found in map(identify, texts))
    sure = sum(map(is_surely_foreign, texts))
    print(f"not_english: of {len(texts)} English reports {wrong} gated; {sure} surely foreign at a glance")
    others, missed = 0, []
    for code, sentences in _examples():
        for one in ("\n".join(pair) for pair in pairwise(sentences)):
            others += 1
            found = identify(one)
            if found is None or found[0] == "en":
                missed.append(code)
    gated = others - len(missed)
    print(f"not_english: of {others} texts of two sentences in other languages {gated} gated; not: {missed}")


def _examples() -> Iterator[tuple[str, list[str]]]:
    """Take the example sentences that come with spaCy (MIT)."""
    import importlib  # noqa: PLC0415 - modules by name
    import pkgutil  # noqa: PLC0415 - as above

    import spacy.lang  # noqa: PLC0415 - as above

    for module in pkgutil.iter_modules(spacy.lang.__path__):
        if not module.ispkg or module.name in {"en", "xx", "grc", "la"}:
            continue
        try:
            yield module.name, importlib.import_module(f"spacy.lang.{module.name}.examples").sentences
        except ModuleNotFoundError:
            continue


def copies(corpora: Path) -> None:
    """Hold near duplicates against their corpus, and against what the ledger says of the stream."""
    texts = {row["id"]: row["text"] for row in rows(corpora / "dedup" / "neardup_docs.jsonl")}
    counts: Counter[tuple[str, str, bool]] = Counter()
    for pair in rows(corpora / "dedup" / "neardup_pairs.jsonl"):
        # What comes later is the shorter of the two: a copy that says more is to be read.
        later, earlier = sorted((texts[pair["a"]], texts[pair["b"]]), key=len)
        counts[pair["label"], pair["kind"], _near(signature(later), signature(earlier))] += 1
    for label, kind in sorted({key[:2] for key in counts}):
        hits = counts[label, kind, True]
        print(f"near_duplicate, {label}, {kind}: {hits} of {hits + counts[label, kind, False]} gated")
    _copies_of_stream(stream(corpora))


def _copies_of_stream(listed: list[Row]) -> None:
    made = [
        Copyable(Words(row["text"]), row["publisher"], (row["published"] or "")[:10] or None)
        for row in listed
    ]
    signatures = [signature(row["text"]) for row in listed]
    counts: Counter[tuple[str, bool]] = Counter()
    for first, second in _candidates(made):
        kind = judge(made[first], made[second]).kind or "different"
        counts[kind, _near(signatures[second], signatures[first])] += 1
    for kind in ("exact", "near", "partial", "different"):
        hits = counts[kind, True]
        print(f"stream, {kind} for chancery.follow: {hits} of {hits + counts[kind, False]} gated")


def _candidates(made: list[Copyable]) -> Iterator[tuple[int, int]]:
    by_print: dict[int, list[int]] = defaultdict(list)
    sizes = []
    for second, report in enumerate(made):
        prints = report.words.fingerprints()
        sizes.append(len(prints))
        shared: Counter[int] = Counter()
        for one in prints:
            shared.update(by_print[one][:MOST_OF_PRINT])
            by_print[one].append(second)
        for first, count in shared.items():
            if worth_comparing(count, min(len(prints), sizes[first])):
                yield first, second


def _near(later: bytes, earlier: bytes) -> bool:
    if not later or not earlier:
        return False
    keys = bands(np.frombuffer(later + earlier, np.uint8).reshape(2, -1))
    return bool((keys[0] == keys[1]).any()) and compare(later, earlier).near


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--lost", action="store_true")
    given = parser.parse_args()
    international(lost=given.lost)
    shares(given.corpora)
    english(given.corpora)
    copies(given.corpora)


if __name__ == "__main__":
    main()

"""What is found in many reports, measured: copies, stories, and events that several reports tell.

The scorers give the figures of the project's `score_dedup.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol

from chancery.errors import InputError
from chancery.evaluate.matching import Entry, read_lines
from chancery.follow.duplicates import compare
from chancery.follow.following import follow
from chancery.follow.shingles import Words
from chancery.follow.stories import stories
from chancery.records import Article, Reading

__all__ = [
    "no_single_text",
    "score_crossdoc",
    "score_duplicates",
    "score_stories",
    "tell_crossdoc",
    "tell_duplicates",
    "tell_stories",
]

LABELS = ("duplicate", "partial", "different")
_AS_LABEL = {"exact": "duplicate", "near": "duplicate", "partial": "partial", None: "different"}


class Reader(Protocol):
    """Whatever reads a stream of articles."""

    def pipe(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Read the articles in order."""


def no_single_text(_entry: Entry, _reading: Reading) -> NoReturn:
    """Refuse to answer from one text: these tasks are about several."""
    raise InputError("a single text", "the task is about several", "give it the whole gold file")


def tell_duplicates(gold: Sequence[Entry], path: Path) -> Iterator[Entry]:
    """Label pairs of texts; they lie in the `_docs` file beside the `_pairs` file."""
    beside = path.with_name(path.name.replace("_pairs", "_docs"))
    texts = {entry["id"]: Words(entry["text"]) for entry in read_lines(beside)}
    for pair in gold:
        found = compare(texts[pair["a"]], texts[pair["b"]])
        yield {"a": pair["a"], "b": pair["b"], "label": _AS_LABEL[found.kind], "reason": found.reason}


def score_duplicates(gold: Sequence[Entry], told: Sequence[Entry]) -> dict[str, Any]:
    """Count precision, recall and F1 of each label, and the different pairs that were called copies."""
    said = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in told}
    rows = [(pair["label"], said.get(frozenset((pair["a"], pair["b"])), "different")) for pair in gold]
    return {
        "pairs": len(rows),
        "accuracy": sum(want == got for want, got in rows) / len(rows),
        **{label: _of_label(rows, label) for label in LABELS},
        "merged": rows.count(("different", "duplicate")),
    }


def _of_label(rows: Sequence[tuple[str, str]], label: str) -> tuple[float, float, float]:
    hits = rows.count((label, label))
    return _rates(hits, sum(got == label for _, got in rows), sum(want == label for want, _ in rows))


def _rates(hits: float, told: float, wanted: float) -> tuple[float, float, float]:
    precision, recall = hits / told if told else 0.0, hits / wanted if wanted else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def tell_stories(gold: Sequence[Entry]) -> list[Entry]:
    """Group the texts of a gold file into stories."""
    found = stories([entry["text"] for entry in gold])
    return [{"id": entry["id"], "cluster": story} for entry, story in zip(gold, found, strict=True)]


def score_stories(gold: Sequence[Entry], told: Sequence[Entry]) -> dict[str, Any]:
    """Compare groups by B-cubed (Bagga and Baldwin, 1998) and by pairs of documents in one group."""
    said = {entry["id"]: entry["cluster"] for entry in told}
    rows: list[tuple[Hashable, Hashable]] = [
        (entry["cluster"], said.get(entry["id"], ("alone", entry["id"]))) for entry in gold
    ]
    both, wanted, got = Counter(rows), Counter(row[0] for row in rows), Counter(row[1] for row in rows)
    precision = sum(n * n / got[group] for (_, group), n in both.items()) / len(rows)
    recall = sum(n * n / wanted[group] for (group, _), n in both.items()) / len(rows)
    return {
        "documents": len(rows),
        "gold clusters": len(wanted),
        "predicted clusters": len(got),
        "b-cubed": (precision, recall, 2 * precision * recall / (precision + recall)),
        "pairs": _rates(_pairs(both.values()), _pairs(got.values()), _pairs(wanted.values())),
    }


def _pairs(counts: Iterable[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)


def tell_crossdoc(gold: Sequence[Entry], path: Path, reader: Reader) -> Iterator[Entry]:
    """Follow the reports of the gold's events, and tell for each event which of them one happening joins."""
    wanted = {report for event in gold for report in event["docs"]}
    texts = [entry for entry in read_lines(_articles(path)) if entry["id"] in wanted]
    readings = reader.pipe(
        Article(id=entry["id"], text=entry["text"], published=_day(entry["date"])) for entry in texts
    )
    together = [
        {telling.source.report for telling in happening.tellings} for happening in follow(readings).happenings
    ]
    for event in gold:
        joined = [reports & set(event["docs"]) for reports in together]
        yield {"event": event["event"], "docs": max((sorted(one) for one in joined), key=len, default=[])}


def _day(text: str) -> date | None:
    """Read a day of MEANTIME, which writes some as 2008-07-02 and some as 03-02-2009."""
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    return None


def _articles(path: Path) -> Path:
    """Find the texts of MEANTIME: in the folder of coreference, which has the same articles."""
    return path.parent.parent / "coref" / "meantime.jsonl"


def score_crossdoc(gold: Sequence[Entry], told: Sequence[Entry]) -> dict[str, Any]:
    """Count the events two or more of whose reports one happening joins.

    Lenient: the gold names no words, so any act that those reports share counts.
    """
    said: Mapping[str, Sequence[str]] = {entry["event"]: entry["docs"] for entry in told}
    found = sum(len(said.get(event["event"], ())) > 1 for event in gold)
    return {"events": len(gold), "events found": found, "found": found / len(gold) if gold else 0.0}

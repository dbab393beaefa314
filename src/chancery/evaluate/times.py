"""Score time expressions: spans, types, TIMEX3 values and calendar intervals, after TempEval-3.

UzZaman et al. (2013), SemEval-2013 Task 1. An overlap is enough for a relaxed
match, one to one, exact spans first.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chancery.evaluate.matching import Entry, overlap, pair, rates

__all__ = ["score_times", "timex_interval"]

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "WI": (12, 14)}


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    year_end, last = year + (last > 12), (last - 1) % 12 + 1
    return date(year, first, 1), date(year_end, last, calendar.monthrange(year_end, last)[1])


def timex_interval(value: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a TIMEX3 value, or None where it names no calendar interval."""
    text = (value or "").strip()
    try:
        return _interval(text)
    except ValueError:  # "2022-02-31", "2022-W60": shaped like a date, and none
        return None


def _interval(text: str) -> tuple[date, date] | None:
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", text):
        day = date(*map(int, found.groups()))
        return day, day
    if found := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if re.fullmatch(r"\d{4}", text):
        return _months(int(text), 1, 12)
    if found := re.fullmatch(r"(\d{3})X?", text):
        return date(int(found[1]) * 10, 1, 1), date(int(found[1]) * 10 + 9, 12, 31)
    if found := re.fullmatch(r"(\d{2})(?:XX)?", text):
        return date(max(int(found[1]) * 100, 1), 1, 1), date(int(found[1]) * 100 + 99, 12, 31)
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", text):
        year, week = int(found[1]), int(found[2])
        return date.fromisocalendar(year, week, 6 if found[3] else 1), date.fromisocalendar(year, week, 7)
    if found := re.fullmatch(r"(\d{4})-([QH])([1-4])", text):
        size = 3 if found[2] == "Q" else 6
        first = size * int(found[3]) - size + 1
        return _months(int(found[1]), first, first + size - 1) if first <= 12 else None
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", text):
        return _months(int(found[1]), *SEASONS[found[2]])
    return None


def _bounds(entry: Entry) -> tuple[date, date] | None:
    if entry.get("from") and entry.get("to"):
        first, last = timex_interval(entry["from"]), timex_interval(entry["to"])
        return (first[0], last[1]) if first and last else None
    return None if entry.get("type") in {"DURATION", "SET"} else timex_interval(entry.get("value"))


def _answer(entry: Entry) -> object:
    if entry.get("value") is not None:
        return entry["value"].strip()
    ends = tuple(entry.get(key) for key in ("from", "to", "notBefore", "notAfter"))
    return ends if any(ends) else None


def _pairs(gold: Sequence[Entry], told: Sequence[Entry]) -> list[tuple[Entry, Entry, bool]]:
    cells = []
    for i, g in enumerate(gold):
        for j, p in enumerate(told):
            if (shared := overlap(g, p)) > 0:
                cells.append(((not _exact(g, p), -shared), i, j))
    return [(gold[i], told[j], _exact(gold[i], told[j])) for i, j in pair(cells)]


def _exact(a: Entry, b: Entry) -> bool:
    return bool((a["start"], a["end"]) == (b["start"], b["end"]))


def score_times(gold: Sequence[Entry], predicted: Sequence[Entry]) -> dict[str, Any]:
    """Compare predicted time expressions with gold ones, document by document.

    Args:
        gold: `{"id", "times": [{"start", "end", "type", "value" or "from", "to"}]}`.
        predicted: the same; a document that it lacks counts as empty.
    """
    told = {entry["id"]: entry.get("times", []) for entry in predicted}
    count: Counter[str] = Counter()
    for document in gold:
        here = told.get(document["id"], [])
        count["gold"] += len(document["times"])
        count["predicted"] += len(here)
        for g, p, exact in _pairs(document["times"], here):
            _compare(g, p, exact=exact, count=count)
    return _summary(len(gold), count)


def _compare(g: Entry, p: Entry, *, exact: bool, count: Counter[str]) -> None:
    count["relaxed"] += 1
    count["strict"] += exact
    if g.get("type") in {"DATE", "TIME", "DURATION", "SET"}:
        count["typed"] += 1
        count["type"] += g["type"] == p.get("type")
    if _answer(g) is not None:
        hit = _answer(g) == _answer(p)
        count["valued"] += 1
        count["value"] += hit
        count["strict_value"] += hit and exact
    if bounds := _bounds(g):
        count["intervals"] += 1
        count["interval"] += bounds == _bounds(p)


def _summary(documents: int, count: Mapping[str, int]) -> dict[str, Any]:
    n_gold, n_told = count["gold"], count["predicted"]
    strict, relaxed = rates(count["strict"], n_told, n_gold), rates(count["relaxed"], n_told, n_gold)
    value = count["value"] / count["valued"] if count["valued"] else 0.0
    kind = count["type"] / count["typed"] if count["typed"] else 0.0
    return {
        "documents": documents,
        "gold": n_gold,
        "predicted": n_told,
        **{f"strict_{name[0] if name != 'f1' else name}": x for name, x in strict._asdict().items()},
        **{f"relaxed_{name[0] if name != 'f1' else name}": x for name, x in relaxed._asdict().items()},
        "type_acc": kind,
        "type_f1": relaxed.f1 * kind,
        "value_acc": value,
        "value_f1": relaxed.f1 * value,
        "strict_value_f1": rates(count["strict_value"], n_told, n_gold).f1,
        "interval_gold": count["intervals"],
        "interval_acc": count["interval"] / count["intervals"] if count["intervals"] else None,
    }

"""Coverage and quality: how much was read, what is missing, and how good the reading is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from chancery.ledger.queries import coverage
from chancery.server import charts
from chancery.server.asked import Form
from chancery.server.desk import Desk, OnDesk
from chancery.server.links import with_query
from chancery.server.measured import Judged, judged, measured
from chancery.server.spans import MINUTE, Run, Spanned, runs, spanned
from chancery.server.views import View, add
from chancery.situation.rhythm import monday_of

__all__ = ["router"]

router = APIRouter(tags=["coverage"])

COPIES, INGESTS = 10, 10

# Days of a span whose cells are still wide enough to be days.
MOST_DAYS = 130

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)

type Row = dict[str, Any]


class _Read:
    """What a state of the ledger holds of its own making."""

    def __init__(self, desk: Desk) -> None:
        with desk.connect() as connection:
            self.days = coverage.report_days(connection)
            self.totals = coverage.report_totals(connection)
            self.kinds, self.copies = coverage.duplicate_rows(connection, COPIES)
            self.failures, self.feeds = coverage.failed(connection)
            self.counts = coverage.record_counts(connection)
            self.makers, self.ingests, self.replaced = coverage.runs_of_ingest(connection, INGESTS)
            self.corrections = coverage.corrected_counts(connection)
        self.runs = runs(row["day"] for row in self.days if row["day"] for _ in range(row["reports"]))


def _read(desk: Desk) -> _Read:
    return desk.kept("coverage", lambda: _Read(desk), fresh_for=MINUTE)


@router.get("/coverage.svg", include_in_schema=False)
def coverage_picture(desk: OnDesk, request: Request, asked: Annotated[Spanned, Query()]) -> Response:
    """Draw reports by publisher and day for a reader without script."""
    read = _read(desk)
    return charts.picture(desk, request, lambda: _chart(read, spanned(read.runs, asked)))


def coverage_page(desk: OnDesk, asked: Annotated[Spanned, Query()], form: Form) -> View:
    """Say how much was read of whom, what failed, what was removed, and how good the reading is."""
    read = _read(desk)
    acts = judged("acts", read.counts["acts"], ("act", "annotated", "told"))
    statuses = judged("statuses", read.counts["statuses"], ("status", "annotated", "told"))
    positions = judged("positions", read.counts["positions"], ("act", "gold", "found"))
    publishers = _publishers(read)
    data = {
        "publishers": publishers,
        "copies": read.kinds,
        "replaced_wordings": read.replaced,
        "failures": read.failures,
        "makers": read.makers,
        "ingests": read.ingests,
        "corrections": read.corrections,
        "measured": measured(),
        "judged": {
            name: [_plain(one) for one in table]
            for name, table in (("acts", acts), ("statuses", statuses), ("positions", positions))
        },
    }
    context: Row = {}
    if form == "html":
        span = spanned(read.runs, asked)
        context = {
            "asked": asked,
            "span": span,
            "runs": read.runs,
            "weekly": span is not None and not _daily(span),
            "chart": _chart(read, span),
            "publishers": publishers,
            "reports": sum(row["reports"] for row in publishers),
            "words": sum(row["words"] for row in publishers),
            "feeds": read.feeds,
            "latest_copies": read.copies,
            "acts": acts,
            "statuses": statuses,
            "positions": positions,
            "checked": _checked(read.corrections),
            "tables": measured()["tables"],
            "known": _by_layer(),
            "shares": SHARES,
        } | {
            name: data[name]
            for name in ("copies", "replaced_wordings", "failures", "makers", "ingests", "measured")
        }
    return View(
        "coverage.html",
        "Coverage and quality",
        rows=read.days,
        data=data,
        context=context,
        file_name="coverage",
    )


def _publishers(read: _Read) -> list[Row]:
    days: dict[str, list[date]] = defaultdict(list)
    for row in read.days:
        if row["day"]:
            days[row["publisher"]].append(date.fromisoformat(row["day"]))
    return [row | {"silence": _silence(days[row["publisher"]])} for row in read.totals]


def _silence(days: Sequence[date]) -> Row | None:
    """Find the longest time that a publisher put nothing out, between its first report and its last."""
    gaps = [((later - earlier).days - 1, earlier) for earlier, later in pairwise(days)]
    longest, before = max(gaps, default=(0, date.min))
    if longest < 1:
        return None
    first, last = before + timedelta(1), before + timedelta(longest)
    return {"days": longest, "from": first.isoformat(), "to": last.isoformat()}


def _daily(span: Run) -> bool:
    return (span.last - span.first).days <= MOST_DAYS


def _chart(read: _Read, span: Run | None) -> charts.Spec | None:
    if span is None:
        return None
    wide = timedelta(1) if _daily(span) else timedelta(7)
    counts: Counter[tuple[str, date]] = Counter()
    for row in read.days:
        day = date.fromisoformat(row["day"]) if row["day"] else None
        if day and span.first <= day <= span.last:
            counts[row["publisher"], day if _daily(span) else monday_of(day)] += row["reports"]
    names = [row["publisher"] for row in read.totals if any(key[0] == row["publisher"] for key in counts)]
    cells = [_cell(*key, n, wide) for key, n in sorted(counts.items())]
    return charts.heat([_name(name) for name in names], cells, (span.first, span.last + timedelta(1)))


def _name(publisher: str) -> str:
    return publisher or "publisher unknown"


def _cell(publisher: str, day: date, n: int, wide: timedelta) -> Row:
    last = day + wide - timedelta(1)
    when = f"{day:%-d %b %Y}" if wide.days == 1 else f"{day:%-d %b} to {last:%-d %b %Y}"
    return {
        "publisher": _name(publisher),
        "from": day.isoformat(),
        "to": (day + wide).isoformat(),
        "n": n,
        "says": f"{_name(publisher)}\n{when}\n{n} report{'s' if n > 1 else ''}",
        "url": with_query("/ledger/reports", "", publisher=publisher or None, since=day, until=last),
    }


def _plain(one: Judged) -> Row:
    return {
        "name": one.name,
        "told": one.told,
        "annotated_in_sample": one.annotated,
        "told_in_sample": one.found,
        "precision": one.precision,
        "recall": one.recall,
        "precision_between": list(one.between) if one.between else None,
        "right_of_told_between": list(one.right) if one.right else None,
    }


def _checked(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Turn corrections into what readers found: of each kind, how many they accepted, changed, rejected."""
    kinds: dict[str, Row] = {}
    for row in rows:
        kind = kinds.setdefault(row["kind"], {"kind": row["kind"], "accept": 0, "change": 0, "reject": 0})
        kind[row["action"]] = row["corrections"]
    return list(kinds.values())


def _by_layer() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in measured()["failures"]:
        found[row["of"]].append(row["text"])
    return found


add(router, "/coverage", coverage_page)

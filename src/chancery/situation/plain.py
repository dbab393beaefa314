"""A situation as JSON: every entry with its record, its words, and the reports that tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chancery.situation.brief import summary
from chancery.situation.build import Situation
from chancery.situation.choosing import Entry, Section
from chancery.situation.found import Act, Held, Measured, Report

__all__ = ["plain"]


def plain(situation: Situation) -> Mapping[str, Any]:
    """Return a situation as what JSON can hold."""
    seen, sides = situation.exposure, situation.sides
    return {
        "between": [{"id": side.id, "name": side.name} for side in sides.both],
        "summary": summary(situation),
        "read": {
            "reports": seen.reports,
            "naming_both": seen.naming_both,
            "publishers": dict(seen.publishers),
            "first": _iso(seen.first),
            "last": _iso(seen.last),
        },
        "weeks": [
            {
                "monday": _iso(week.monday),
                "reports": week.reports,
                "acts": [{"side": side, "family": family, "count": n} for (side, family), n in week.counts],
            }
            for week in situation.weeks
        ],
        "talks": _section(situation.talks),
        "done": {side: _section(section) for side, section in situation.done.items()},
        "open": _section(situation.open),
        "denied": _section(situation.denied),
        "positions": {side: _section(section) for side, section in situation.positions.items()},
        "changes": [
            {
                "holder": change.holder.id,
                "turn": change.turn,
                "before": _told(change.before),
                "after": _told(change.after),
            }
            for change in situation.changes
        ],
        "figures": _section(situation.figures),
    }


def _iso(day: Any) -> str | None:  # noqa: ANN401 - a day, or nothing
    return day.isoformat() if day else None


def _section[T: (Act, Held, Measured)](section: Section[T]) -> Mapping[str, Any]:
    return {
        "entries": [_entry(entry) for entry in section.entries],
        "left_out": section.left_out,
        "unsure": section.unsure,
    }


def _entry[T: (Act, Held, Measured)](entry: Entry[T]) -> Mapping[str, Any]:
    return {
        **_told(entry.told),
        "publishers": list(entry.publishers),
        "witnesses": [_report(witness.report) for witness in entry.witnesses],
    }


def _told(told: Act | Held | Measured) -> Mapping[str, Any]:
    kind, record = _record(told)
    return {
        "kind": kind,
        "report": _report(told.report),
        "words": told.report.reading.words(told.span),
        "span": list(told.span),
        "record": record,
    }


def _record(record: Act | Held | Measured) -> tuple[str, Mapping[str, Any]]:
    match record:
        case Act():
            return "event", record.event.model_dump(mode="json")
        case Held():
            return "position", record.position.model_dump(mode="json")
        case Measured():
            return "figure", record.figure.model_dump(mode="json")


def _report(report: Report) -> Mapping[str, Any]:
    article = report.reading.article
    return {
        "id": article.id,
        "publisher": article.publisher,
        "title": article.title,
        "published": _iso(report.day),
        "url": article.url,
    }

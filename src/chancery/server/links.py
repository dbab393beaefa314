"""Addresses of what the pages show, and how days and numbers are written on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from chancery.render.phrases import day as say_day
from chancery.render.typeset import clean, shorten

__all__ = [
    "FILTERS",
    "actor_url",
    "correction_url",
    "entry_url",
    "pair_url",
    "record_url",
    "report_url",
    "with_query",
]

# Ids that render.anchors lets into a page as they are.
USUAL = re.compile(r"[a-z][0-9]{1,9}", re.ASCII)


def report_url(version_key: int) -> str:
    """Address of the Report page of a version of a report."""
    return f"/reports/{version_key}"


def record_url(version_key: int, record_id: str) -> str:
    """Address of the Record page of an entry of a report."""
    return f"/records/{version_key}/{quote(record_id, safe='')}"


def entry_url(version_key: int, record_id: str) -> str:
    """Address of an entry on the Report page; the page gives ids of the usual form as anchors."""
    return report_url(version_key) + (f"#{record_id}" if USUAL.fullmatch(record_id) else "")


def correction_url(version_key: int, kind: str, record_id: str) -> str:
    """Address of the page on which an entry of a report is corrected."""
    return f"/reports/{version_key}/{kind}/{quote(record_id, safe='')}"


def actor_url(actor: str) -> str:
    """Address of an actor's page."""
    return f"/actors/{quote(actor, safe=':')}"


def pair_url(first: str, second: str) -> str:
    """Address of the page of two parties."""
    return f"/pairs/{quote(first, safe=':')}/{quote(second, safe=':')}"


def with_query(path: str, query: str, **changes: Any) -> str:  # noqa: ANN401 - what a template gives
    """Change parameters of an address; None takes one out, a list stands for several values.

    Args:
        path: without query.
        query: what stands after the question mark now.
        changes: parameter -> new value; ``from_`` stands for ``from``.
    """
    names = {name.rstrip("_"): value for name, value in changes.items()}
    pairs = [(name, value) for name, value in parse_qsl(query) if name not in names]
    for name, value in names.items():
        values: Sequence[Any] = value if isinstance(value, (list, tuple)) else [value]
        pairs += [(name, str(one)) for one in values if one is not None]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _count(value: int) -> str:
    return f"{value:,}"


def _clean(value: str | None, longest: int | None = None) -> str:
    """Take control signs out of a report's words, and shorten them."""
    text = clean(value or "")
    return shorten(text, longest) if longest else text


def _day(value: Any) -> str:  # noqa: ANN401 - a date or ISO 8601
    from datetime import date  # noqa: PLC0415 - for this alone

    if not value:
        return ""
    return say_day(value if isinstance(value, date) else date.fromisoformat(str(value)[:10]))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "count": _count,
    "clean": _clean,
    "day": _day,
    "report_url": report_url,
    "actor_url": actor_url,
}

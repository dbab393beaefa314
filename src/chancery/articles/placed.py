"""Where in a source that holds many a report stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chancery.articles.report import Draft
from chancery.errors import InputError

__all__ = ["placed"]


def placed(drafts: Iterator[Draft | InputError], place: str) -> Iterator[Draft | InputError]:
    """Put a place before those that drafts and errors name: "march.zip, a.jsonl, line 3"."""
    try:
        for draft in drafts:
            yield (
                _inside(draft, place)
                if isinstance(draft, InputError)
                else replace(draft, place=f"{place}, {draft.place}" if draft.place else place)
            )
    except InputError as error:
        yield _inside(error, place)


def _inside(error: InputError, place: str) -> InputError:
    return error.at(f"{place}, {error.place}" if error.place else place)

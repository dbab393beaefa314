"""What one may ask for: the filters of every query, as one value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["REAL", "Filter", "match_words"]

# An act that took place, or is taking place; all else is planned, possible, denied ...
REAL = ("occurred", "ongoing")

PHRASE_OR_WORD = re.compile(r'"([^"]*)"?(\*?)|(\S+)')


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for. Filters narrow each other; several values of one widen it.

    Attributes:
        actors: ids of who speaks, acts, holds a position or is named.
        countries: ISO 3166-1 alpha-3: whoever belongs to the state counts.
        organizations: actor ids: the body, its organs, and who holds an office in it.
        toward: ids of the one spoken to or about, acted on, or addressed by a position;
            of a state, whoever belongs to it.
        acts: acts of events or positions.
        statuses: how real an event is.
        kinds: kinds of figures, statements or actors.
        places: names of places, or ISO 3166-1 alpha-3 of their countries.
        first: first day of the event (of a statement: on which it was said).
        last: last day of the event.
        since: first day of publication.
        until: last day of publication.
        publishers: who put the report out; capitals do not matter.
        text: words that all have to stand in the sentence (of a statement: in what was
            said; of a report: anywhere); "a phrase" in quotation marks, begin* of a word, OR.
        real_only: only events that occurred or are going on.
        reworded: only wordings that came after another one of the same report; for reports.
        every_version: also in wordings of a report that were replaced by later ones.
        sort: day, published, score, publisher or act; of actors and reports: also
            reports, mentions, name, words.
        ascending: smallest first; days come latest first otherwise.
        limit: how many at most; None for all.
        offset: how many to leave out at the beginning.
    """

    actors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    since: date | None = None
    until: date | None = None
    publishers: tuple[str, ...] = ()
    text: str | None = None
    real_only: bool = False
    reworded: bool = False
    every_version: bool = False
    sort: str | None = None
    ascending: bool = False
    limit: int | None = None
    offset: int = 0


def match_words(asked: str) -> str:
    """Turn what a person types into a query that FTS5 cannot misread.

    Every word is quoted, so that "U.S.-led" or "NOT" are words; only the phrase,
    the star at the end of a word, and OR between words keep their meaning.
    """
    terms: list[str] = []
    # FTS5 takes a query to end at a NUL, in the middle of a quoted word.
    for phrase, star, word in PHRASE_OR_WORD.findall(asked.replace("\0", " ")):
        if word == "OR" and terms and terms[-1] != "OR":
            terms.append("OR")
            continue
        begins = bool(star) or word.endswith("*")
        words = (phrase or word.rstrip("*")).replace('"', "")
        if re.search(r"\w", words):
            terms.append(f'"{words}"{"*" if begins else ""}')
    while terms and terms[-1] == "OR":
        terms.pop()
    return " ".join(terms) or '""'

"""Plain text -> draft: the characters as they are, and what the layout tells.

The text is kept whole: of all its characters only the line ends of other
systems (CR LF, CR) become LF. A title, a byline or a credit that the layout
gives away is named beside the text and stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chancery.articles.encoding import decode
from chancery.articles.report import Draft

__all__ = ["credit_of", "draft_of_text", "is_list", "is_prose", "newlines", "title_of"]

SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", ",", "”", '"', "’", ")")
LONGEST_TITLE = 20  # words; headlines of the wire run to 15
LONGEST_CREDIT = 5

NAMED_CREDIT = re.compile(
    r"^[(\[]?\s*(?:(?:Source|Credit|Via)s?\s*:\s*|Reporting by\s+|By\s+(?=[A-Z]))"
    r"(?P<who>[^\n]{2,120}?)\s*[)\]]?$"
)
# Last lines that close a report and name nobody.
CLOSING = re.compile(
    r"^(?:the end|ends?|more|thank you(?: all)?|thanks|advertisement|read more)$", re.IGNORECASE
)

# A listing page of whitehouse.gov has no sentence in 631 words; the shortest press notes are all sentences.
ENDS, QUOTES, LEAST_SENTENCE = (".", "!", "?", "…"), "\"'”’)]", 20
LEAST_PROSE = 0.25
INNER_END = re.compile(r"[a-z0-9)\"”’][.!?…][\"”’)\]]*\s+[A-Z“\"‘(<]")
# Of the titles of the stream, one in forty.
LONGER_THAN_TITLES = 120
WRAP = re.compile(r"(?<=\S)\n(?=\S)")


def draft_of_text(data: bytes, name: str) -> Draft:
    """Read a plain text.

    Raises:
        InputError: the bytes are not text.
    """
    decoded = decode(data, name)
    text = newlines(decoded.text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return Draft(text, title=title_of(lines), credit=credit_of(lines), notes=decoded.notes)


def newlines(text: str) -> str:
    """Give every line the one line end that spans are counted with."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_prose(text: str) -> bool:
    """Tell a text of sentences, a paragraph a line, from a list of links, titles or cells."""
    return _share(text, _is_sentence) >= LEAST_PROSE


def is_list(text: str) -> bool:
    """Tell a list of links or titles from a report, however it is cut into lines.

    Less strict than `is_prose`, which judges what a program took for an article: the fact
    sheet of a ministry is a list of long points, a transcript ends in the middle of a line.
    """
    return _share(text, _is_told) < LEAST_PROSE and _share(WRAP.sub(" ", text), _is_told) < LEAST_PROSE


def _share(text: str, rule: Callable[[str], object]) -> float:
    """Return the share of words that stand in lines for which a rule holds."""
    told = sum(len(line.split()) for line in text.split("\n") if rule(line))
    return told / max(len(text.split()), 1)


def _is_sentence(line: str) -> bool:
    line = line.strip().rstrip(QUOTES)
    return len(line) > LEAST_SENTENCE and line.endswith(ENDS)


def _is_told(line: str) -> bool:
    return _is_sentence(line) or len(line) >= LONGER_THAN_TITLES or bool(INNER_END.search(line))


def title_of(lines: Sequence[str]) -> str | None:
    """Take the first line for the title where it is short, open-ended and has a text below it."""
    if len(lines) < 2 or NAMED_CREDIT.match(lines[0]):
        return None
    first, below = lines[0], lines[1]
    if first.endswith(SENTENCE_ENDS) or len(first.split()) > LONGEST_TITLE or not first[:1].isupper():
        return None
    # A title is shorter than what it stands over; lines of one length are wrapped prose or a list.
    return (
        first
        if any(line.endswith(SENTENCE_ENDS) and len(line) > len(first) for line in (below, *lines[2:5]))
        else None
    )


def credit_of(lines: Sequence[str]) -> str | None:
    """Find whom the report is from: a "Source:" or "By" line, or a bare name as the last line."""
    for line in (*lines[:4], *lines[-3:]):
        if (found := NAMED_CREDIT.match(line)) and not found["who"].endswith("."):
            return found["who"]
    return _signature(lines)


def _signature(lines: Sequence[str]) -> str | None:
    if len(lines) < 3:
        return None
    last = lines[-1]
    short = len(last.split()) <= LONGEST_CREDIT and not last.endswith(SENTENCE_ENDS)
    named = last[:1].isupper() and not re.search(r"[\d#*]", last) and not CLOSING.match(last)
    return last if short and named and lines[-2].endswith(SENTENCE_ENDS) else None

"""Days, numbers and acts in words, the same in the brief and on the page."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from chancery.records import Event, Figure, Interval, Reading, Span, Statement
from chancery.render.typeset import clean
from chancery.render.wording import wording

__all__ = [
    "amount",
    "condition",
    "content",
    "counted",
    "day",
    "days",
    "phrase",
    "place_beside",
    "published_day",
    "when",
]

# Where a phrase ends at the latest; longer ones would crowd out who and when.
LONGEST_PHRASE = 64

# Between a number and what it counts stand a few small words: "30 percent of the global".
LONGEST_LEAD = 24

DECEMBER = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Marks of quotation that open and close.
MARKS = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"))

# Words that open a condition without an "if".
HINGES = (
    "until ", "unless ", "once ", "when ", "as long as ", "so long as ", "provided ", "while ", "without ",
    "only ", "whether ", "after ", "before ", "as soon as ", "even if ", "should ", "in case ", "except ",
)  # fmt: skip

# Who is named after "between" and who after its "and" belong together.
_BETWEEN = re.compile(r" between (?:(?! and ).)+$")

_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_][\w’'.\-]*|\d[\d,.]*\w*%?)")


def published_day(reading: Reading) -> date | None:
    """Return the day a report came out, without the time of day."""
    moment = reading.article.published
    return moment.date() if isinstance(moment, datetime) else moment


def day(moment: date, year: int | None = None) -> str:
    """Write a day; its year is left out when it is `year`."""
    # strftime would follow the locale of the machine, and output must be the same everywhere
    short = f"{moment.day} {MONTHS[moment.month - 1]}"
    return short if moment.year == year else f"{short} {moment.year}"


def days(interval: Interval, year: int | None = None) -> str | None:
    """Write an interval as sharply as it is known: a day, a month, a year, or from when to when."""
    return when(interval.first, interval.last, year)


def when(first: date | None, last: date | None, year: int | None = None) -> str | None:
    """Write the days from `first` to `last`, either of which may be open."""
    if first is None:
        return f"until {day(last, year)}" if last else None
    if last is None:
        return f"since {first.year}" if (first.month, first.day) == (1, 1) else f"since {day(first, year)}"
    return _whole(first, last) or _range(first, last, year)


def _whole(first: date, last: date) -> str | None:
    if first.year != last.year or first.day != 1:
        return None
    if (first.month, last.month, last.day) == (1, DECEMBER, 31):
        return f"{first.year}"
    whole_month = first.month == last.month and last.day == calendar.monthrange(last.year, last.month)[1]
    return f"{MONTHS[first.month - 1]} {first.year}" if whole_month else None


def _range(first: date, last: date, year: int | None) -> str:
    if first == last:
        return day(first, year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, year)}"
    return f"{day(first, last.year if last.year == first.year else year)} – {day(last, year)}"


def phrase(reading: Reading, anchor: Span) -> Span:
    """Draw the anchor of an event out over the words that complete it.

    "sent a letter" becomes "sent a letter to Russian Foreign Minister Sergey
    Lavrov". Only what stands in the text is added, up to the end of the clause
    as far as its words show it without a parse.
    """
    text, words = reading.article.text, wording()
    start, end = anchor
    for found in _NEXT_WORD.finditer(text, end, start + LONGEST_PHRASE):
        word = found[1].rstrip(".")
        refused = word not in words.phrase_open if end == anchor[1] else word in words.phrase_stop
        if word == "and" and _BETWEEN.search(text[anchor[1] : end]):  # "talks between Chad and Niger"
            refused = False
        # a word that touches the limit may go on behind it
        if refused or found.start() != end or found.end() >= start + LONGEST_PHRASE:
            break
        end = found.start() + 1 + len(word)
        if word != found[1]:
            break
    return start, _without_loose_end(text, anchor, end)


def _without_loose_end(text: str, anchor: Span, end: int) -> int:
    """Step back over "of", "the", "to" at the end: a phrase cut there reads as if words were missing."""
    while end > anchor[1]:
        at = text.rfind(" ", anchor[1], end)
        last = text[at + 1 : end]
        if at < 0 or not (last in wording().phrase_open or last.endswith(("’", "'", "’s", "'s"))):
            break
        end = at
    return end


def amount(reading: Reading, figure: Figure) -> str:
    """Quote a figure; bounds that its words only imply ("dozens") are added in brackets."""
    words = clean(reading.words(figure.span))
    if any(letter.isdigit() for letter in words):
        return words
    low, high = (_number(bound) for bound in (figure.low, figure.high))
    if low and high:
        return words if low == high else f"{words} ({low}–{high})"
    return f"{words} (≥ {low})" if low else f"{words} (≤ {high})" if high else words


def counted(reading: Reading, figure: Figure) -> str:
    """Quote what a figure counts, with the word that leads to it: " of assistance", " in total"."""
    if figure.what is None or figure.span[0] <= figure.what[0] < figure.span[1]:
        return ""
    text, start = reading.article.text, figure.span[1]
    lead = text[start : figure.what[0]] if 0 <= figure.what[0] - start <= LONGEST_LEAD else ""
    lead = lead if re.fullmatch(r"(?: [a-z]+){1,4} ?", lead) else " "
    return f" {clean(lead + reading.words(figure.what))}"


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:,}"


def content(reading: Reading, statement: Statement) -> str:
    """Quote what was said: a direct piece between quotation marks, the report's own words without."""
    pieces = [clean(_with_its_marks(reading, span)) for span in statement.content]
    if statement.kind == "direct":
        return " ".join(f"“{piece}”" for piece in pieces)
    return " … ".join(pieces)


def _with_its_marks(reading: Reading, span: Span) -> str:
    """Return the words, with the mark that closes a quotation opened in them or opens one closed in them.

    Content is cut at its first and last word, so that `it was "a mistake"` would lose a mark.
    """
    text, (start, end), words = reading.article.text, span, reading.words(span)
    for opens, closes in MARKS:
        odd = words.count(opens) % 2 if opens == closes else words.count(opens) - words.count(closes)
        if odd > 0 and text[end : end + 1] == closes:
            return words + closes
        if start and (odd < 0 or (odd and opens == closes)) and text[start - 1] == opens:
            return opens + words
        after = re.match(rf"[.,!?]?{closes}", text[end : end + 2])
        if odd > 0 and after:
            return words + after[0]
    return words


def place_beside(reading: Reading, event: Event) -> str | None:
    """Name where an event took place, unless the phrase of the event says so already."""
    if event.place is None:
        return None
    start, end = phrase(reading, event.anchor)
    said = start <= event.place.span[0] and event.place.span[1] <= end
    return None if said else clean(reading.words(event.place.span))


def condition(words: str) -> str:
    """Put "if" before a condition, unless it opens with a word of its own: "until", "unless"."""
    bare = re.sub(r"^(?:(?:and |but |only )?if|in the event (?:of|that))\s+", "", words, flags=re.IGNORECASE)
    return bare if bare == words and bare.lower().startswith(HINGES) else f"if {bare}"

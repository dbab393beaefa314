"""Quotations: what stands between quotation marks.

Marks bound a quotation, sentences do not: one long quotation in four holds
what the parser takes for the start of a sentence. The scan runs over the
characters, since a tokenizer splits marks off words in most cases only.

No arrangement of marks is an error. A mark that stays open ends with its
paragraph, where it either goes on (the next paragraph repeats the opening
mark, as printers do) or is reported as unbalanced; a closing mark without an
opening one is a quotation of that mark alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chancery.extract.syntax import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Quotation", "find_quotations"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A run of tokens in quotation marks, marks included.

    Attributes:
        start: index of the token with the opening mark.
        end: index after the token with the closing mark, or after the paragraph's last word.
        closed: false where the closing mark is missing.
        depth: 0 for a quotation in the report's own text, 1 for one inside that, and so on.
        continues: the paragraph repeats the opening mark of a quotation left open before it.
    """

    start: int
    end: int
    closed: bool
    depth: int = 0
    continues: bool = False


# A single mark is a candidate at the edge of a word only; inside it is an apostrophe.
MARKS = re.compile(r"``|''|[\"“”„‟«»‹›‚‘]|(?<!\w)['’]|['’](?!\w)")
# The same breaks as in `language`, where a single one before a lower-case letter ends nothing.
PARAGRAPH = re.compile(r"\n\s*\n|[\r\x85\u2028\u2029]|\n(?![ \t]*[a-z])")

# Clipped words and years that begin with an apostrophe.
CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|cuz|bout|round|n|\d\ds?)\b", re.IGNORECASE)

FAMILIES = {
    '"': "straight", "''": "typed", "``": "typed", "“": "double", "”": "double", "„": "double",
    "‟": "double", "«": "guillemet", "»": "guillemet", "‹": "angle", "›": "angle", "'": "single",
    "‘": "single", "’": "single", "‚": "single",
}  # fmt: skip
OPENING = frozenset("“„‟«‹‘‚") | {"``"}
CLOSING = frozenset("”»›’")
# Marks to look at for the one that closes a single quotation mark.
LOOK_AHEAD = 64

SINGLE = frozenset({"single"})
DOUBLE = frozenset({"straight", "typed", "double"})

BEFORE_OPENING = frozenset("([{<-–—/…\u200b‎") | OPENING | {'"', "'"}
AFTER_CLOSING = frozenset(".,;:!?)]}>-–—/…")


@dataclass(slots=True)
class _Open:
    at: int
    family: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation in characters; `depth` counts the quotations around it."""

    start: int
    end: int
    closed: bool
    depth: int


@lru_cache(maxsize=1)
def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Find every quotation of a report, in order of opening marks; inner ones follow their outer one.

    Those of the last report are kept: who speaks asks for them again.
    """
    text = text_of(doc)
    if not MARKS.search(text):
        return ()
    offsets = [int(at) for at in doc.to_array("IDX").tolist()]
    found: list[Quotation] = []
    open_before: _Found | None = None
    for start, end in _paragraphs(text):
        here = sorted(_scan(text, start, end), key=lambda q: (q.start, -q.end))
        for at, quotation in enumerate(here):
            tokens = _in_tokens(quotation, offsets)
            goes_on = at == 0 and open_before is not None and _repeats(text, open_before, quotation, start)
            found.append(replace(tokens, continues=True) if goes_on else tokens)
        if text[start:end].strip():
            open_before = next((q for q in reversed(here) if not q.closed and q.end - q.start > 2), None)
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in PARAGRAPH.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _repeats(text: str, before: _Found, quotation: _Found, paragraph: int) -> bool:
    """Tell whether a quotation opens its paragraph with the mark that the last one left open."""
    return not text[paragraph : quotation.start].strip() and text[before.start] == text[quotation.start]


def _in_tokens(quotation: _Found, offsets: Sequence[int]) -> Quotation:
    first = bisect_right(offsets, quotation.start) - 1
    last = bisect_right(offsets, quotation.end - 1) - 1
    return Quotation(first, last + 1, quotation.closed, quotation.depth)


def _scan(text: str, start: int, end: int) -> Iterator[_Found]:
    """Pair the marks of one paragraph."""
    stack: list[_Open] = []
    marks = list(MARKS.finditer(text, start, end))
    for number, match in enumerate(marks):
        mark, at = match[0], match.start()
        family = FAMILIES[mark]
        role = _role(text, match, start, end)
        holder = _holder(stack, family, role)
        if family == "single" and not _is_single_mark(
            text, marks[number : number + LOOK_AHEAD], role, holder
        ):
            continue
        if role == "either":
            role = "open" if holder is None else "close"
        if role == "open":
            if holder is not None:  # the same mark again: the earlier one was never closed
                yield from _abandon(stack, holder, at, text)
            stack.append(_Open(at, family))
        elif holder is not None:
            yield from _abandon(stack, holder + 1, at, text)
            begun = stack.pop()
            yield _Found(begun.at, match.end(), closed=True, depth=len(stack))
        elif family != "single" and not text[at - 1 : at].isdigit():  # 5" is a length
            yield _Found(at, match.end(), closed=False, depth=len(stack))
    yield from _abandon(stack, 0, end, text)


def _holder(stack: Sequence[_Open], family: str, role: str) -> int | None:
    """Return the level of the open mark that this one belongs to.

    Typists mix straight and curly double marks in one pair, so a closing one
    takes any of them where its own kind is not open.
    """
    levels = range(len(stack) - 1, -1, -1)
    own = next((k for k in levels if stack[k].family == family), None)
    if own is None and role == "close" and family in DOUBLE:
        return next((k for k in levels if stack[k].family in DOUBLE), None)
    return own


def _abandon(stack: list[_Open], down_to: int, end: int, text: str) -> Iterator[_Found]:
    """Give up the marks still open from a level on; single ones were apostrophes after all."""
    while len(stack) > down_to:
        begun = stack.pop()
        if begun.family not in SINGLE:
            words = text[begun.at : end].rstrip()
            yield _Found(begun.at, begun.at + max(len(words), 1), closed=False, depth=len(stack))


def _role(text: str, match: re.Match[str], start: int, end: int) -> str:
    """Read from a mark's surroundings whether it opens or closes; the glyph decides where they do not."""
    mark = match[0]
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    may_open = not after.isspace() and (before.isspace() or before in BEFORE_OPENING)
    may_close = not before.isspace() and (after.isspace() or after in AFTER_CLOSING or after in FAMILIES)
    if mark in OPENING and not (mark in "“‘" and may_close and not may_open):
        return "open"
    if mark in CLOSING and not (may_open and not may_close):
        return "close"
    if may_open != may_close:
        return "open" if may_open else "close"
    return "either"


def _is_single_mark(text: str, marks: Sequence[re.Match[str]], role: str, holder: int | None) -> bool:
    """Tell a single quotation mark from an apostrophe.

    An opening one needs a later mark that can close it; a closing one needs an
    open one. After an s with another closing mark to come it is a plural
    possessive ("the 'allies' plan'").
    """
    here, later = marks[0], [m for m in marks[1:] if FAMILIES[m[0]] == "single"]
    if role == "open":
        clipped = CLIPPED.match(text, here.end())
        return not clipped and any(m[0] in "'’" and text[m.start() - 1 : m.start()].strip() for m in later)
    if holder is None:
        return False
    plural = text[here.start() - 1 : here.start()] == "s" and text[here.end() : here.end() + 1] == " "
    following = next((m for m in later if not text[m.end() : m.end() + 1].isalnum()), None)
    return not (plural and following is not None and later[0] is following)

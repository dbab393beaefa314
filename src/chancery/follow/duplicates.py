"""Copies of a report: exact, near (cut, wrapped, edited, scanned), or partial (a passage is in both).

No threshold of likeness separates a copy from the next report on the same
form: two notices of a foreign ministry may share nine words in ten. So a copy
has to agree in its facts too: where the shorter text has a number or a name of
its own in the place of another, it is another report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from chancery.follow.found import Copying
from chancery.follow.shingles import Overlap, Words, overlap

__all__ = ["Likeness", "Report", "compare", "judge", "worth_comparing"]

# Measured on corpora/dedup/neardup_pairs.jsonl and, by reading, on the 1,334 pairs of the stream
# that share a third of their words. Copies of the corpus hold .65 and more of the shorter text.
CONTAINED = 0.6
# A reading of a call that a briefing of 8,000 words takes in is no copy of the briefing.
COVERING = 0.33
# A stretch that the longer text lacks: an editor drops a sentence, half of another report is more.
GAP, GAP_SHARE = 40, 0.18
# One passage of the other, told by its length: half of a short report, or so many words of a long one.
STRETCH, STRETCH_SHARE, LONG_STRETCH = 40, 0.35, 120
# Of a text of a sentence or two, only the same words are a copy.
LEAST_WORDS = 40
# Names that an editor or a scan may change in a copy: so many, or this share of its words.
NAMES, NAMES_SHARE = 2, 0.02
# A word that a scan damaged is as like as this to the word it was.
DAMAGED = 0.6

# A publisher who puts out nearly the same words on another day fills in a form ("the Secretary
# spoke with his colleague"); its own copies and corrections of a report hold all but a few words.
# Of 24 pairs of the stream under this bound whose titles were read, all were two acts.
OWN_COPY = 0.9
# The yearly notice repeats last year's to the word but for its date.
OWN_COPY_DAYS = 60
# Fingerprints that two texts must share to be compared: so many, or this share of the fewer.
PRINTS, PRINTS_SHARE = 8, 0.1

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?$")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts are alike; `kind` is null where neither is a copy of a part of the other."""

    kind: Copying | None
    contained: float
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What telling copies asks of a report: its words, who put it out, and on which ISO day."""

    words: Words
    publisher: str | None
    day: str | None


def judge(one: Report, other: Report) -> Likeness:
    """Say whether one report copies another, by their words, publishers and days; in either order."""
    found = compare(one.words, other.words)
    own = one.publisher is not None and one.publisher == other.publisher
    if found.kind == "near" and own and _on_a_form(one, other, found):
        return Likeness(None, found.contained, f"{found.reason}, but {one.publisher} fills in a form")
    return found


def _on_a_form(one: Report, other: Report, found: Likeness) -> bool:
    """Tell two reports of one publisher that fill in the same form from a report put out again."""
    if one.day == other.day:
        return False
    if found.contained < OWN_COPY or not one.day or not other.day:
        return found.contained < OWN_COPY
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days) > OWN_COPY_DAYS


def worth_comparing(shared: int, fewer: int) -> bool:
    """Say whether two texts that share so many fingerprints, of so many, may be copies."""
    return shared >= min(PRINTS, max(1, PRINTS_SHARE * fewer))


def compare(one: Words, other: Words) -> Likeness:
    """Say whether two texts are the same report, or hold a passage of each other; in either order."""
    if one.folded == other.folded:
        return Likeness("exact", 1.0, "the same words in the same order")
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words.folded))
    shared = overlap(shorter, longer)
    if len(shorter) < LEAST_WORDS:
        return Likeness(None, shared.contained, f"of {len(shorter)} words, only the same are a copy")
    lacks = shared.gap >= GAP and shared.gap >= GAP_SHARE * len(shorter)
    if shared.contained >= CONTAINED and not lacks:
        return _whole(shorter, longer, shared)
    if shared.stretch >= LONG_STRETCH or (
        shared.stretch >= STRETCH and shared.stretch >= STRETCH_SHARE * len(shorter)
    ):
        return Likeness("partial", shared.contained, f"a passage of {shared.stretch} words stands in both")
    return Likeness(None, shared.contained, f"{shared.contained:.0%} of the shorter text, in no long passage")


def _whole(shorter: Words, longer: Words, shared: Overlap) -> Likeness:
    """Judge a text nearly all of whose words stand in another."""
    held = f"{shared.contained:.0%} of the {len(shorter)} words of the shorter text stand in the longer one"
    if replaced := next(_replaced_numbers(shorter, longer, shared), None):
        return Likeness(None, shared.contained, f"{held}, with {replaced[0]} in the place of {replaced[1]}")
    names = sorted(set(_own_names(shorter, longer, shared)))
    if len(names) > max(NAMES, NAMES_SHARE * len(shorter)):
        return Likeness(None, shared.contained, f"{held}, with other names: {', '.join(names[:4])}")
    if shared.covering < COVERING:
        return Likeness("partial", shared.contained, f"{held}, which says much more")
    return Likeness("near", shared.contained, f"{held}; names and numbers agree")


def _replaced_numbers(shorter: Words, longer: Words, shared: Overlap) -> Iterator[tuple[str, str]]:
    """Yield numbers of the shorter text that stand where the longer one has another number."""
    # Between which words the longer text has which number.
    between: dict[tuple[str, str], str] = {}
    for at in range(1, len(longer) - 1):
        if _NUMBER.match(longer.folded[at]):
            between.setdefault((longer.folded[at - 1], longer.folded[at + 1]), longer.folded[at])
    for at in shared.own:
        word = shorter.folded[at]
        if 0 < at < len(shorter) - 1 and _NUMBER.match(word):
            other = between.get((shorter.folded[at - 1], shorter.folded[at + 1]))
            if other is not None and other != word:
                yield word, other


def _own_names(shorter: Words, longer: Words, shared: Overlap) -> Iterator[str]:
    """Yield capitalized words of the shorter text that the longer one has nothing like."""
    lacking = sorted(longer.vocabulary - shorter.vocabulary)
    for at in shared.own:
        start, end = shorter.spans[at]
        word = shorter.text[start:end]
        if shorter.folded[at] in longer.vocabulary or not _is_name(shorter, at, word):
            continue
        if not any(_damaged(shorter.folded[at], other) for other in lacking):
            yield word


def _is_name(words: Words, at: int, word: str) -> bool:
    """Tell a name: a capital where no sentence opens."""
    if not word[0].isupper() or len(word) < 2 or at == 0:
        return False
    return not words.text[words.spans[at - 1][1] : words.spans[at][0]].strip()


def _damaged(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 2:
        # "United States" and "US", run together or cut by a scan: left to the share that may differ
        return False
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    return matcher.quick_ratio() >= DAMAGED and matcher.ratio() >= DAMAGED

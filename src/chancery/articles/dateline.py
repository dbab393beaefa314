"""The dateline that opens an agency report: "MOSCOW, Feb 10 (Reuters) -".

Form alone decides, since capitals, an agency in brackets and a dash together
are used for nothing else; which place it names is for the reader to resolve.
Styles after the stylebooks of AP (place in capitals, region, dash), Reuters
(date and agency), Xinhua (two hyphens) and TASS (agency between strokes).
"""

from __future__ import annotations

import re

from chancery.records import Dateline

__all__ = ["find_dateline"]

MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATE = rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
AGENCY = r"(?:\([^()\n]{2,40}\)|/[A-Z][A-Za-z-]{1,20}/\.?)"
DASH = r"\s*(?:--|[-–—])\s"

# "MR. GIBBS --" and "PRESIDENT BIDEN --" open a turn in a transcript, not a report.
TURN = r"(?!(?:Q|A|MR|MRS|MS|DR|THE|PRESIDENT|PRIME|SECRETARY|MINISTER|QUESTION|ANSWER|GENERAL|SENATOR)\b)"
CAPITALS = rf"{TURN}[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}}"
PLAIN = r"[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,3}"
REGION = r"(?:, [A-Z][\w.]*(?: [A-Z][\w.]*){0,2}?)?"

OPENING = re.compile(
    rf"(?P<capitals>{CAPITALS}{REGION}(?:,? {DATE}\.?)?(?: ?{AGENCY})?)(?={DASH})"
    rf"|(?P<tass>{PLAIN}{REGION},? {DATE}\.? /[A-Z][A-Za-z-]{{1,20}}/\.?)(?=\s)"
    rf"|(?P<plain>{PLAIN}{REGION},? {DATE}\.? ?{AGENCY})(?={DASH})"
)

# Above the dateline stand at most a title, a subtitle and a byline.
PARAGRAPHS_BEFORE = 3


def find_dateline(text: str) -> Dateline | None:
    """Find the dateline among the first paragraphs; its place is left open."""
    start = 0
    for _ in range(PARAGRAPHS_BEFORE + 1):
        line = re.compile(r"\s*").match(text, start)
        assert line is not None  # matches the empty string, too
        if found := OPENING.match(text, line.end()):
            return Dateline(span=found.span(), place=None)
        start = text.find("\n", line.end())
        if start < 0:
            return None
    return None

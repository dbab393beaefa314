"""Reads the time expressions of a report from top to bottom and gives each its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from chancery.extract.syntax import characters, text_of
from chancery.extract.times import TimeMention
from chancery.records import Time
from chancery.resolve.setting import Setting
from chancery.resolve.times.document import lower_bound
from chancery.resolve.times.rules import RULES
from chancery.resolve.times.story import Found, Story, left_open

__all__ = ["resolve_times"]

# Between two weekdays, they make one stretch of them.
JOINING = frozenset({"to", "through", "until", "till", "-", "–"})

# A length of time and a repeated time name no day; the codebook leaves them out.
UNANCHORED = frozenset({"duration", "set"})

# Written dates are sure; what hangs on tense or on the day last named is less so.
SCORES = {"date": 0.98, "year": 0.95, "months": 0.95, "then": 0.7, "month": 0.85, "season": 0.8}
SCORE, SCORE_OPEN = 0.9, 0.5


def resolve_times(
    setting: Setting, mentions: Sequence[TimeMention], *, durations: bool = False
) -> tuple[Time, ...]:
    """Give each time expression its value and days.

    Args:
        setting: the report and its day; without a day, only what the text fixes is resolved.
        mentions: its time expressions, in order.
        durations: also return lengths of time ("two hours") and repeated times ("every Friday"),
            which TIMEX3 marks and this project's codebook does not.
    """
    story = Story(setting.published, bound=lower_bound(mentions))
    times: list[Time] = []
    text, paragraph = text_of(setting.doc), 0
    for before, mention in zip([None, *mentions], mentions, strict=False):
        span = characters(setting.doc, mention.tokens)
        story.begun = story.day if before is not None and _is_joined(setting, before, mention) else None
        if text.find("\n", paragraph, span[0]) >= 0:
            story.year_line = False
        paragraph = span[1]
        found = _open_ended(mention, _resolve(mention, story))
        _remember(mention, found, story)
        if durations or mention.rule not in UNANCHORED:
            times.append(_record(setting, len(times) + 1, span, mention, found))
    return tuple(times)


def _is_joined(setting: Setting, before: TimeMention, mention: TimeMention) -> bool:
    """Tell whether a weekday ends a stretch that the one before it begins: "Monday to Friday"."""
    if before.rule != "weekday" or mention.rule != "weekday" or before.tokens[1] + 1 != mention.tokens[0]:
        return False
    return setting.doc[before.tokens[1]].lower_ in JOINING


def _resolve(mention: TimeMention, story: Story) -> Found:
    try:
        found = RULES[mention.rule](mention, story)
    except (ValueError, OverflowError):  # 31 February; a million years ago
        return left_open("XXXX", "no such day in the calendar")
    if found.first and found.last and found.last < found.first:  # "May 24-15"
        return left_open("XXXX", "ends before it begins")
    return found


def _open_ended(mention: TimeMention, found: Found) -> Found:
    """Open the end of what "since" begins, and the beginning of what "until" ends; the value stays."""
    if mention.bound == "since" and found.first is not None:
        return replace(found, last=None, rule=f"since: {found.rule}")
    if mention.bound == "until" and found.last is not None:
        return replace(found, first=None, rule=f"until: {found.rule}")
    return found


def _remember(mention: TimeMention, found: Found, story: Story) -> None:
    if found.first is None or mention.rule in {"now", "span"}:
        return
    if found.last is None or found.last - found.first <= timedelta(days=1):
        story.day = found.first
        if mention.rule == "date" and mention.values("Y", "FULL"):
            story.year, story.year_line = found.first.year, True


def _record(setting: Setting, number: int, span: tuple[int, int], mention: TimeMention, found: Found) -> Time:
    sure = SCORES.get(mention.rule, SCORE) if found.first or found.last else SCORE_OPEN
    return Time(
        id=f"t{number}",
        span=span,
        type=found.type,
        value=found.value,
        first=found.first,
        last=found.last,
        rule=f"{mention.rule}: {found.rule}",
        method=setting.maker.method("times"),
        score=sure,
    )

"""Groups of records as what they tell: claims, happenings, threads, positions over time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise

from chancery.follow.found import (
    Claim,
    Happening,
    Position,
    PositionLine,
    Source,
    Stage,
    Step,
    Telling,
    Thread,
    Witness,
)
from chancery.follow.items import TALKS, UNREAL, Act, Held, Saying
from chancery.follow.same import same_claim, turn

__all__ = [
    "ALONE",
    "FOLLOWED",
    "claim_of",
    "happening_of",
    "line_of",
    "parted",
    "stage_of",
    "thread_of",
    "told_alike",
]

# Kinds of act whose plan and outcome are worth following; praise and blame are not planned.
FOLLOWED = frozenset(
    ("CONSULT", "AGREE", "COOPERATE", "AID", "RETREAT", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
)

# The reason of a record that no other report tells.
ALONE = "told once"
FIRST = "told first"

_STAGES: Mapping[str, Stage] = {
    "occurred": "held",
    "ongoing": "held",
    "denied": "denied",
    "negated": "denied",
    "planned": "planned",
    "proposed": "proposed",
    "possible": "possible",
    "conditional": "conditional",
}
_POSTPONED = re.compile(r"\b(postpon|put off|delay|reschedul|defer)", re.IGNORECASE)
_CANCELLED = re.compile(
    r"\b(cancel|call(s|ed|ing)? off|scrap(s|ped|ping)? (the|a|his|her|their)\b)", re.IGNORECASE
)
# How far around the words of an act its putting off is looked for, in characters.
NEAR = 40


def told_alike(sayings: Sequence[Saying]) -> list[list[Saying]]:
    """Part statements that are linked through others, but are not like the first of their claim."""
    left = sorted(sayings, key=lambda saying: saying.source)
    claims: list[list[Saying]] = []
    while left:
        first, *rest = left
        claim = [first, *(one for one in rest if same_claim(first, one))]
        claims.append(claim)
        taken = {one.source for one in claim}
        left = [one for one in rest if one.source not in taken]
    return claims


def parted(acts: Sequence[Act]) -> list[list[Act]]:
    """Part talks that days keep apart, though others between them link them: three calls in a week.

    Each group has a day on which all its tellings may have been. Plans go with the first talk
    that was held after they were told.
    """
    if acts[0].act not in TALKS:
        return [list(acts)]
    groups: list[list[Act]] = []
    windows: list[tuple[date, date]] = []
    for act in sorted(acts, key=_held_first):
        days = act.days or (date.min, date.max)
        for at, window in enumerate(windows):
            both = max(window[0], days[0]), min(window[1], days[1])
            if both[0] <= both[1]:
                windows[at] = both
                groups[at].append(act)
                break
        else:
            windows.append(days)
            groups.append([act])
    return groups


def _held_first(act: Act) -> tuple[bool, date, Source]:
    days = act.days
    return act.status in UNREAL, days[1] if days else date.max, act.source


def stage_of(act: Act) -> Stage:
    """Say what had come of an act by a report: its status, or that it was put off or called off."""
    start = max(act.source.words.find(act.anchor), 0)
    around = act.source.words[max(0, start - NEAR) : start + len(act.anchor) + NEAR]
    if _CANCELLED.search(around):
        return "cancelled"
    if _POSTPONED.search(around):
        return "postponed"
    return _STAGES[act.status]


def _publishers(sources: Iterable[Source]) -> int:
    return max(1, len({source.publisher for source in sources if source.publisher}))


def claim_of(sayings: Sequence[Saying], reasons: Mapping[Source, str]) -> Claim:
    """Make a claim of the statements that tell it."""
    told = sorted(sayings, key=lambda saying: saying.source)
    first = told[0].source
    why = _reasons([one.source for one in told], reasons)
    witnesses = tuple(Witness(one.source, why[one.source]) for one in told)
    variants = tuple(dict.fromkeys(_plain(one.wording.text) for one in told))
    reports = len({one.source.report for one in told})
    return Claim(
        id=f"{first.report}/{first.record}",
        speaker=told[0].speaker,
        witnesses=witnesses,
        variants=variants,
        publishers=_publishers(one.source for one in told),
        reason=ALONE
        if len(told) == 1
        else f"{reports} reports, {len(variants)} wordings that share most of their words",
    )


def _reasons(told: Sequence[Source], reasons: Mapping[Source, str]) -> dict[Source, str]:
    """Give each telling its reason: the first is what the others are compared with."""
    why = {source: reasons.get(source, FIRST) for source in told}
    return why | {told[0]: FIRST if len(told) > 1 else ALONE}


def _plain(words: str) -> str:
    return " ".join(words.split())


def happening_of(acts: Sequence[Act], reasons: Mapping[Source, str]) -> Happening:
    """Make a happening of the events that tell it."""
    told = sorted(acts, key=lambda act: act.source)
    first = told[0].source
    why = _reasons([one.source for one in told], reasons)
    tellings = tuple(
        Telling(
            one.source,
            one.status,
            stage_of(one),
            one.first,
            one.last,
            why[one.source],
        )
        for one in told
    )
    dated = sorted(
        ((one.first, one.last) for one in told if one.first and one.last),
        key=lambda days: (days[1] - days[0], days),
    )
    modes = Counter(one.mode for one in told if one.mode)
    return Happening(
        id=f"{first.report}/{first.record}",
        act=told[0].act,
        mode=min(modes, key=lambda mode: (-modes[mode], mode)) if modes else None,
        parties=tuple(sorted({party for one in told for party in one.parties})),
        countries=tuple(sorted({country for one in told for country in one.countries})),
        first=dated[0][0] if dated else None,
        last=dated[0][1] if dated else None,
        tellings=tellings,
        publishers=_publishers(one.source for one in told),
        reason=ALONE
        if len(told) == 1
        else f"{len({one.source.report for one in told})} reports tell this act of these parties",
    )


def thread_of(happening: Happening) -> Thread:
    """Follow an act through its stages, and set what contradicts itself side by side."""
    # Of one day, the plan comes before the act.
    in_time = sorted(
        happening.tellings, key=lambda one: (one.source.day, one.status not in UNREAL, one.source)
    )
    steps = tuple(
        Step(tellings[0].source.day, stage, tuple(tellings))
        for stage, group in groupby(in_time, key=lambda telling: telling.stage)
        if (tellings := list(group))
    )
    held = [one for one in happening.tellings if one.stage == "held"]
    denied = [one for one in happening.tellings if one.stage == "denied"]
    contradictions = tuple(zip(held, denied, strict=False)) if held and denied else ()
    real = [one for one in happening.tellings if one.status not in UNREAL]
    # A plan told again by a later report does not undo what another tells as done.
    stage = (real or happening.tellings)[-1].stage
    reason = " → ".join(f"{step.stage} ({step.day})" for step in steps)
    return Thread(happening, steps, stage, contradictions, reason)


def line_of(positions: Sequence[Held], reasons: Mapping[Source, str]) -> PositionLine:
    """Make the line of what one holder holds on one issue."""
    told = sorted(positions, key=lambda one: one.source)
    first = told[0]
    tellings = tuple(Position(one.source, one.act, _plain(one.issue), one.condition) for one in told)
    toward = Counter(one.toward for one in told if one.toward)
    # What is held toward nobody is mostly how a speaker handles questions ("I will not preview that").
    changes = (turn(before, after) for before, after in pairwise(tellings if toward else ()))
    return PositionLine(
        id=f"{first.source.report}/{first.source.record}",
        holder=first.holder,
        toward=min(toward, key=lambda one: (-toward[one], one)) if toward else None,
        issue=_plain(first.issue),
        positions=tellings,
        changes=tuple(change for change in changes if change),
        reason=ALONE if len(told) == 1 else reasons.get(told[1].source, FIRST),
    )

"""Figure mentions -> figures with place and day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chancery.extract.figures import FigureMention
from chancery.extract.syntax import characters, text_of
from chancery.records import Figure, Interval, Place, Span, Time
from chancery.resolve.setting import Setting
from chancery.resolve.spans import Spans

__all__ = ["resolve_figures"]

# Marks and words that open another clause.
BREAKS = re.compile(
    r"[;:—]| – |,? (?:up|down|compared) (?:from|with|to)\b"
    r"|\b(?:but|while|whereas|although|because|and (?:I|we|he|she|it|they))\b"
)
RELATIVES = re.compile(r"\b(?:since|where|when|who|whom|whose|which|as|after|before|if)\b")

# Characters in which a clause ends for sure; without a limit a text with no full stop would take hours.
FARTHEST = 300

SCORES = {"money": 0.95, "percent": 0.95, "measure": 0.9, "count": 0.85, "times": 0.8, "share": 0.8}


def resolve_figures(
    setting: Setting, mentions: Sequence[FigureMention], places: Sequence[Place], times: Sequence[Time]
) -> tuple[Figure, ...]:
    """Give each figure its place and the days it holds for, where its sentence names just one."""
    places_at, times_at = Spans(place.span for place in places), Spans(time.span for time in times)
    figures = []
    for number, mention in enumerate(mentions, start=1):
        sentence = setting.doc[mention.tokens[0]].sent
        bounds = sentence.start_char, sentence.end_char
        here = [places[at] for at in places_at.inside(*bounds)]
        now = [time for at in times_at.inside(*bounds) if (time := times[at]).first or time.last]
        figures.append(_figure(setting, number, mention, here, now))
    return tuple(figures)


def _figure(
    setting: Setting, number: int, mention: FigureMention, here: Sequence[Place], now: Sequence[Time]
) -> Figure:
    doc = setting.doc
    span = characters(doc, mention.tokens)
    one_place = len({place.name for place in here}) == 1 and _beside(text_of(doc), span, here[0].span)
    one_time = len(now) == 1 and _beside(text_of(doc), span, now[0].span)
    return Figure(
        id=f"f{number}",
        span=span,
        low=_plain(mention.low),
        high=_plain(mention.high),
        unit=mention.unit,
        what=characters(doc, mention.what) if mention.what else None,
        kind=mention.kind,
        place=here[0].id if one_place else None,
        as_of=Interval(first=now[0].first, last=now[0].last) if one_time else None,
        change=mention.change,
        method=setting.maker.method("figures"),
        score=SCORES[mention.rule],
    )


def _beside(text: str, figure: Span, other: Span) -> bool:
    """Tell whether a figure and the place or time of its sentence stand in one clause.

    "Prices rose by $2 since troops moved on Ukraine" puts no price in Ukraine. Found by the marks
    and words that open another clause between the two; what stands first may lead a relative
    clause ("in Kabul, a blast that killed 20").
    """
    if max(figure[0] - other[1], other[0] - figure[1]) > FARTHEST:
        return False
    if other[1] <= figure[0]:
        return BREAKS.search(text, other[1], figure[0]) is None
    return (
        BREAKS.search(text, figure[1], other[0]) is None
        and RELATIVES.search(text, figure[1], other[0]) is None
    )


def _plain(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value

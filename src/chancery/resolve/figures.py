"""Figure mentions -> figures with place and day."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.figures import FigureMention
from chancery.extract.syntax import characters
from chancery.records import Figure, Interval, Place, Time
from chancery.resolve.setting import Setting
from chancery.resolve.spans import Spans

__all__ = ["resolve_figures"]

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
    return Figure(
        id=f"f{number}",
        span=characters(doc, mention.tokens),
        low=_plain(mention.low),
        high=_plain(mention.high),
        unit=mention.unit,
        what=characters(doc, mention.what) if mention.what else None,
        kind=mention.kind,
        place=here[0].id if len({place.name for place in here}) == 1 else None,
        as_of=Interval(first=now[0].first, last=now[0].last) if len(now) == 1 else None,
        change=mention.change,
        method=setting.maker.method("figures"),
        score=SCORES[mention.rule],
    )


def _plain(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value

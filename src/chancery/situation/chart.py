"""The rhythm as a drawing: one row of bars a side, mirrored, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chancery.render.phrases import day
from chancery.situation.rhythm import CONFLICT, COOPERATION, Week
from chancery.situation.sides import Side, Sides

__all__ = ["Bar", "Chart", "Tick", "chart"]

# Units of the drawing, which scales with the page.
WIDTH, HALF, AXIS = 720, 96, 22
GAP = 0.22

# Labels that fit under the bars without touching.
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    family: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label under the bars."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing: its size, its bars, its labels, and the number its highest bar stands for."""

    width: int
    height: int
    middle: int
    half: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    highest: int


def chart(weeks: Sequence[Week], sides: Sides) -> Chart:
    """Lay out the bars: the first side's upward, the second's downward, conflict next to the axis."""
    highest = max(_total(week, side) for week in weeks for side in sides.both) or 1
    step = WIDTH / len(weeks)
    bars = [bar for at, week in enumerate(weeks) for bar in _bars(week, at * step, step, (sides, highest))]
    every = -(-len(weeks) // MOST_TICKS)
    ticks = [
        Tick(round(at * step + step / 2, 1), day(week.monday, weeks[0].monday.year))
        for at, week in enumerate(weeks)
        if at % every == 0
    ]
    return Chart(WIDTH, 2 * HALF + AXIS, HALF, HALF, tuple(bars), tuple(ticks), highest)


def _total(week: Week, side: Side) -> int:
    return week.count(side.id, CONFLICT) + week.count(side.id, COOPERATION)


def _bars(week: Week, left: float, step: float, scale: tuple[Sides, int]) -> list[Bar]:
    sides, highest = scale
    bars = []
    for up, side in zip((True, False), sides.both, strict=True):
        reached = 0.0
        for family in (CONFLICT, COOPERATION):
            count = week.count(side.id, family)
            height = count * (HALF - 8) / highest
            if count:
                y = HALF - reached - height if up else HALF + AXIS + reached
                title = f"{side.name}, week of {day(week.monday)}: {count} {family}"
                bars.append(
                    Bar(
                        round(left + step * GAP / 2, 1),
                        round(y, 1),
                        round(step * (1 - GAP), 1),
                        round(height, 1),
                        family,
                        title,
                    )
                )
            reached += height
    return bars

"""Figure mentions -> figures with place and day."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.figures import FigureMention
from chancery.records import Figure, Place, Time
from chancery.resolve.setting import Setting

__all__ = ["resolve_figures"]


def resolve_figures(
    setting: Setting, mentions: Sequence[FigureMention], places: Sequence[Place], times: Sequence[Time]
) -> tuple[Figure, ...]:
    """Give each figure its place and the days it holds for."""
    return ()

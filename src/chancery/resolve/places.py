"""Place names -> gazetteer rows."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.places import PlaceMention
from chancery.knowledge.gazetteer import Gazetteer
from chancery.records import Place
from chancery.resolve.setting import Setting

__all__ = ["resolve_places"]


def resolve_places(
    setting: Setting, mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Choose the gazetteer row that each place name stands for."""
    return ()

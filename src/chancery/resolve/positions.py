"""Position mentions -> positions with holder and addressee."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.positions import PositionMention
from chancery.records import Event, Position
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting

__all__ = ["resolve_positions"]


def resolve_positions(
    setting: Setting, mentions: Sequence[PositionMention], facts: Facts, events: Sequence[Event]
) -> tuple[Position, ...]:
    """Find the party that each position binds, and toward whom."""
    return ()

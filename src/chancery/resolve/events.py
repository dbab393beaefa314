"""Event mentions -> events with parties, codes, place and time."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.events import EventMention
from chancery.records import Event
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting

__all__ = ["resolve_events"]


def resolve_events(setting: Setting, mentions: Sequence[EventMention], facts: Facts) -> tuple[Event, ...]:
    """Identify the parties of each event, join what is told twice, and derive the published codes."""
    return ()

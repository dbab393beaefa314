"""What is already known of a report when its events and positions are resolved."""

from __future__ import annotations

from dataclasses import dataclass

from chancery.records import Figure, Place, Statement, Time
from chancery.resolve.actors import Referents

__all__ = ["Facts"]


@dataclass(frozen=True, slots=True)
class Facts:
    """The resolved records; `statements` stand index by index beside their mentions."""

    statements: tuple[Statement, ...]
    referents: Referents
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    figures: tuple[Figure, ...]

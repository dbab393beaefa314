"""The gazetteer: place names and what they can stand for."""

from __future__ import annotations

__all__ = ["Gazetteer", "load_gazetteer"]


class Gazetteer:
    """Place names and what they can stand for."""


def load_gazetteer() -> Gazetteer:
    """Open the gazetteer that comes with the package."""
    return Gazetteer()

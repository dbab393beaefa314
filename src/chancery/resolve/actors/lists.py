"""The closed lists behind the resolving of actors, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

__all__ = ["listed"]


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the lists of `resolve/data/actor_lists.toml`."""
    text = (resources.files("chancery.resolve") / "data" / "actor_lists.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[name])

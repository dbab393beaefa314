"""The engines by name: what each is for, and how it is started."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from chancery.batch.engine import Engine, Settings

__all__ = ["ENGINES", "start_engine"]

ENGINES: Mapping[str, str] = {
    "local": "processes on this machine",
    "ray": "actors of a Ray cluster, or of a Ray started on this machine",
}

# Where each is, loaded only when it is asked for: module and class, called with settings and workers.
_HOMES: Mapping[str, tuple[str, str]] = {
    "local": ("chancery.batch.engines.local", "LocalEngine"),
    "ray": ("chancery.batch.engines.ray_", "RayEngine"),
}


def start_engine(name: str, settings: Settings, workers: int) -> Engine:
    """Start an engine.

    Args:
        name: a key of `ENGINES`.
        settings: what every worker has to know.
        workers: how many tasks are to be under way at a time.

    Raises:
        MissingExtraError: it needs packages that are not installed.
        ModelError, KnowledgeError: the workers cannot load what they need.
    """
    module, made = _HOMES[name]
    engine: Engine = getattr(import_module(module), made)(settings, workers)
    return engine

"""PLOVER: event types, modes, quad classes, intensities, contexts.

Source: PLOVER manual DRAFT 2.0, codes and scores as facts; definitions are
ours (`data/README.md`).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chancery.errors import UnknownEventTypeError

__all__ = ["OWN_ACTS", "EventType", "Mode", "contexts", "event_types", "intensity", "modes", "quad", "rows"]

# Two acts of our own, which PLOVER does not have and which are never published as PLOVER.
OWN_ACTS = frozenset({"MESSAGE", "STATE"})


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's sixteen event types."""

    name: str
    quad: str
    intensity: float
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of an event type: how the act is done."""

    type: str
    name: str
    intensity: float
    definition: str


def rows(name: str) -> list[dict[str, str]]:
    """Read one of the package's tables."""
    text = (files("chancery.ontology") / "data" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def event_types() -> Mapping[str, EventType]:
    """Return the event types by name, in the manual's order."""
    return {
        row["type"]: EventType(row["type"], row["quad_class"], float(row["intensity"]), row["definition"])
        for row in rows("plover_types")
    }


@cache
def modes() -> Mapping[tuple[str, str], Mode]:
    """Return the modes by type and name; a mode without a score of its own takes its type's."""
    types = event_types()
    return {
        (row["type"], row["mode"]): Mode(
            row["type"],
            row["mode"],
            float(row["intensity"] or types[row["type"]].intensity),
            row["definition"],
        )
        for row in rows("plover_modes")
    }


@cache
def contexts() -> Mapping[str, str]:
    """Return the contexts and their definitions."""
    return {row["context"]: row["definition"] for row in rows("plover_contexts")}


def _known(name: str) -> EventType:
    types = event_types()
    if name not in types:
        raise UnknownEventTypeError(name, types)
    return types[name]


def quad(name: str) -> str:
    """Return the quad class of a type: verbal or material, cooperation or conflict.

    Raises:
        UnknownEventTypeError: PLOVER has no such type.
    """
    return _known(name).quad


def intensity(name: str, mode: str | None = None) -> float:
    """Return the intensity of a type, or of one of its modes, from -10 (conflict) to 10 (cooperation).

    Raises:
        UnknownEventTypeError: PLOVER has no such type.
    """
    kind = _known(name)
    found = modes().get((name, mode or ""))
    return found.intensity if found else kind.intensity

"""PLOVER and CAMEO: types, modes, scores, and the one table from act and status to the published code."""

from chancery.ontology.derive import cameo, cameo_names, publish, threat
from chancery.ontology.plover import (
    OWN_ACTS,
    EventType,
    Mode,
    contexts,
    event_types,
    intensity,
    modes,
    quad,
)

__all__ = [
    "OWN_ACTS",
    "EventType",
    "Mode",
    "cameo",
    "cameo_names",
    "contexts",
    "event_types",
    "intensity",
    "modes",
    "publish",
    "quad",
    "threat",
]

"""Score place names: are they found, and how far from the true spot are they put?

Measures after Gritta et al. (2018), "What's missing in geographical parsing?":
accuracy within 161 km (100 miles), and the area under the curve of log errors.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

from chancery.evaluate.matching import Entry, overlap, pair, rates

__all__ = ["kilometres", "score_places"]

EARTH_KM = 6371.0088
WORST_KM = 20039.0  # half the circumference: as wrong as can be
NEAR_KM = 161.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) pairs in degrees."""
    p1, p2 = math.radians(a[0]), math.radians(b[0])
    dp, dl = p2 - p1, math.radians(b[1] - a[1])
    chord = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def _align(gold: Sequence[Entry], told: Sequence[Entry], *, overlapping: bool) -> list[tuple[Entry, Entry]]:
    cells: list[tuple[tuple[bool, int], int, int]] = []
    for i, g in enumerate(gold):
        for j, p in enumerate(told):
            exact = (g["start"], g["end"]) == (p["start"], p["end"])
            shared = overlap(g, p)
            if exact or (overlapping and shared > 0):
                cells.append(((not exact, -shared), i, j))
    return [(gold[i], told[j]) for i, j in pair(cells)]


def _error(g: Entry, p: Entry) -> float:
    if p.get("lat") is None or p.get("lon") is None:
        return WORST_KM
    return kilometres((g["lat"], g["lon"]), (p["lat"], p["lon"]))


def score_places(
    gold: Sequence[Entry], predicted: Sequence[Entry], *, overlapping: bool = False
) -> dict[str, Any]:
    """Compare predicted places with gold ones, document by document.

    Args:
        gold: `{"id", "places": [{"start", "end", "lat", "lon", "geonameid"?}]}`.
        predicted: the same; a document that it lacks counts as empty.
        overlapping: let any overlap be a match instead of equal spans.
    """
    told = {entry["id"]: entry.get("places", []) for entry in predicted}
    pairs = [
        found
        for document in gold
        for found in _align(document["places"], told.get(document["id"], []), overlapping=overlapping)
    ]
    n_gold = sum(len(document["places"]) for document in gold)
    n_told = sum(len(told.get(document["id"], [])) for document in gold)
    located = sum(place.get("lat") is not None for document in gold for place in document["places"])
    errors = [_error(g, p) for g, p in pairs if g.get("lat") is not None]
    near = sum(error <= NEAR_KM for error in errors)
    with_id = [(g, p) for g, p in pairs if g.get("geonameid")]
    return {
        "documents": len(gold),
        "gold": n_gold,
        "predicted": n_told,
        "matched": len(pairs),
        **rates(len(pairs), n_told, n_gold)._asdict(),
        "gold_with_coordinates": located,
        "resolved": len(errors),
        "acc161": near / len(errors) if errors else 0.0,
        "acc161_all": near / located if located else 0.0,
        "median_km": statistics.median(errors) if errors else None,
        "mean_km": statistics.fmean(errors) if errors else None,
        "auc": _area(errors) if errors else None,
        "geoid_acc": sum(str(p.get("geonameid")) == str(g["geonameid"]) for g, p in with_id) / len(with_id)
        if with_id
        else None,
    }


def _area(errors: Sequence[float]) -> float:
    return statistics.fmean(math.log1p(min(error, WORST_KM)) for error in errors) / math.log1p(WORST_KM)

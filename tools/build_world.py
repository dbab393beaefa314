"""Make `static/world.json`, the shapes of countries on the map: Natural Earth 1:110m, public domain.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_world.py package/countries-110m.json

The npm package `world-atlas` (Mike Bostock, ISC) holds Natural Earth 4.1 "Admin 0 - Countries"
as TopoJSON; here ids become those of Chancery, and what the map does not need goes.
Natural Earth draws who controls the ground, not what law says: printed at the end is
whose shape some disputed places lie in, and docs/web.md says so to readers.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "src" / "chancery"
CODES = SOURCE / "knowledge" / "data" / "state_codes.csv"
TARGET = SOURCE / "server" / "static" / "world.json"

# Shapes without a numeric code of ISO 3166.
UNNUMBERED = {"Kosovo": "XKX", "N. Cyprus": None, "Somaliland": None}
DISPUTED = {
    "Simferopol, Crimea": (34.10, 44.95),
    "Donetsk": (37.80, 48.00),
    "Laayoune, Western Sahara": (-13.2, 27.15),
    "Srinagar, Kashmir": (74.80, 34.09),
    "Ramallah, West Bank": (35.20, 31.90),
    "Taipei": (121.5, 25.0),
}

type Point = tuple[float, float]


def main(source: Path) -> None:
    """Rewrite the source's ids, and say what came of it."""
    world = json.loads(source.read_text(encoding="utf-8"))
    ids = _ids()
    shapes = world["objects"]["countries"]["geometries"]
    for shape in shapes:
        name = shape.pop("properties")["name"]
        shape["id"] = ids[shape["id"]] if "id" in shape else UNNUMBERED[name]
        if shape["id"] is None:
            del shape["id"]
    made = {
        "type": "Topology",
        "about": "Shapes of countries: Natural Earth 1:110m (naturalearthdata.com), public domain, "
        "by way of the package world-atlas 2.0.2 (ISC); made by tools/build_world.py on "
        f"{datetime.now(UTC):%Y-%m-%d}. Ids are ISO 3166-1 alpha-3.",
        **{name: world[name] for name in ("bbox", "transform", "arcs")},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": shapes}},
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")), encoding="utf-8")
    print(f"{len(shapes)} shapes, {TARGET.stat().st_size:,} bytes")
    arcs = list(_arcs(world))
    for place, point in DISPUTED.items():
        inside = [shape.get("id", "no code") for shape in shapes if _within(shape, arcs, point)]
        print(f"{place}: drawn as {', '.join(inside) or 'nobody'}")


def _ids() -> dict[str, str]:
    """Map ISO's numbers to the ids of states."""
    with CODES.open(encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {row["numeric"]: row["id"] for row in csv.DictReader(lines) if row["numeric"]}


def _arcs(world: dict[str, Any]) -> Iterator[list[Point]]:
    """Undo the steps between points, and the grid they lie on."""
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        yield points


def _within(shape: dict[str, Any], arcs: Sequence[list[Point]], point: Point) -> bool:
    """Tell whether a point lies in a shape: a ray from it crosses its rings an odd number of times."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        points = [at for arc in ring for at in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
        for (x1, y1), (x2, y2) in pairwise(points):
            if (y1 > point[1]) != (y2 > point[1]):
                crossings += point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1
    return bool(crossings % 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

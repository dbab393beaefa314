"""Charts in the house's look: Vega-Lite specifications from Altair, and pictures for readers without script.

Colours are names of variables of ``style.css`` (``var(--conflict)``): app.js puts in
what they are in a light or dark page, and a picture carries both. Altair checks a
specification against its schema, which takes longer than a page may: each is
made once, without rows, and :func:`filled` puts the rows in.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from fastapi import HTTPException, Request, Response

from chancery.render.marks import showable
from chancery.server.desk import Desk, Page
from chancery.server.views import respond

__all__ = [
    "AREAS",
    "Spec",
    "filled",
    "graph",
    "hatches",
    "heat",
    "map_of",
    "mirrored",
    "picture",
    "shapes",
    "warm",
]

type Spec = dict[str, Any]
type Rows = Sequence[Mapping[str, Any]]

# What app.js replaces by the width that there is, and how wide a picture is.
FIT, FILL, FILL_HALF = "fit", "fill", "fill-half"
SIZES: Mapping[Any, Any] = {FIT: 860, FILL: 900, FILL_HALF: 450}

# A tenth of a pixel is as sharp as a picture gets.
LONG_NUMBER = re.compile(r"(\d\.\d)\d+")

TICKS = {"expr": "width / 90"}
STRIP = 78  # pixels, height of one family


def _axis(**more: Any) -> Any:  # noqa: ANN401 - Altair's own
    import altair as alt  # noqa: PLC0415 - takes 700 ms

    return alt.Axis(
        labelColor="var(--soft)", domainColor="var(--soft)", tickColor="var(--hair)", labelFontSize=11, **more
    )


def _finished(chart: Any) -> Spec:  # noqa: ANN401 - any chart of Altair
    made: Spec = chart.to_dict()
    made.pop("$schema", None)
    made["background"] = "transparent"
    made["config"] = {"view": {"stroke": None}, "font": "sans-serif", "axis": {"labelFontSize": 11}}
    return made


@cache
def _mirrored(families: tuple[tuple[str, str], ...]) -> Spec:
    import altair as alt  # noqa: PLC0415 - as above

    brush = alt.selection_interval(
        name="brush",
        encodings=["x"],
        mark=alt.BrushConfig(fill="var(--lit-edge)", fillOpacity=0.16, stroke="var(--lit-edge)"),
    )
    strips = [_strip(*one, brush, last=one is families[-1]) for one in families]
    strips[0] = strips[0].add_params(brush)
    made = _finished(alt.vconcat(*strips, spacing=10))
    made["params"][0]["views"] = [name for name, _ in families]
    for one in made["vconcat"]:
        one["width"] = FIT
    return made


def _strip(name: str, title: str, brush: Any, *, last: bool) -> Any:  # noqa: ANN401 - of Altair
    import altair as alt  # noqa: PLC0415 - as above

    colour = next((f"var(--{kind})" for kind in ("conflict", "cooperation") if kind in name), "var(--soft)")
    zero = {"condition": {"test": "datum.value === 0", "value": "var(--soft)"}, "value": "var(--hair)"}
    days = _axis(
        grid=False, labels=last, ticks=last, domain=last, tickCount={"expr": "width / 90"}, format="%b %Y"
    )
    acts = _axis(
        tickCount=3, tickMinStep=1, labelExpr="abs(datum.value)", domain=False, ticks=False, gridColor=zero,
        minExtent=28, maxExtent=28,
    )  # fmt: skip
    heading = alt.TitleParams(
        text=title, anchor="start", fontSize=12, fontWeight="normal", color="var(--soft)", offset=4
    )
    return (
        alt.Chart(alt.NamedData("weeks"), title=heading)
        .transform_filter(alt.FieldEqualPredicate(field="family", equal=name))
        .mark_rect(stroke=colour, strokeWidth=1)
        .encode(
            x=alt.X("from:T", title=None, scale=alt.Scale(type="utc", domainMin=0, domainMax=1), axis=days),
            x2="to:T",
            y=alt.Y("low:Q", title=None, axis=acts),
            y2="high:Q",
            fill=alt.value(colour),
            fillOpacity=alt.condition("datum.real", alt.value(1), alt.value(0)),
            opacity=alt.condition(brush, alt.value(1), alt.value(0.35)),
            tooltip="says:N",
        )
        .properties(width=600, height=STRIP, name=name)
    )


def mirrored(
    families: Sequence[tuple[str, str]], rows: Rows, span: tuple[date, date], chosen: tuple[date, date] | None
) -> Spec:
    """Draw acts of two sides by week, one strip a family: the first side's upward, the second's downward.

    Args:
        families: name and title of each strip.
        rows: `family`, `from` and `to` (days), `low` and `high` (numbers of acts, downward ones
            negative), `real` (solid) or not (hollow), `says` (what a pointer is told).
        span: first and last day of the axis.
        chosen: days that the brush lies on.
    """
    made = filled(_mirrored(tuple(families)), weeks=rows)
    for one in made["vconcat"]:
        one["encoding"]["x"]["scale"] |= {"domainMin": _moment(span[0]), "domainMax": _moment(span[1])}
        one["encoding"]["x"]["axis"]["format"] = _written(span)
    if chosen:
        made["params"][0]["value"] = {"x": [_moment(day) for day in chosen]}
    return made


def _written(span: tuple[date, date]) -> str:
    """Choose how days stand on an axis: ticks of a few months apart would repeat a month's name."""
    return "%-d %b" if (span[1] - span[0]).days < DAYS_NAMED else "%b %Y"


def _moment(day: date) -> dict[str, int | bool]:
    # A number of milliseconds would do, too, but Vega's interpreter takes it for a year.
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


# Up to this length an axis names days, beyond it months.
DAYS_NAMED = 300

# Events in a country -> how densely it is hatched; the patterns are in the page, map.html.
ROW = 22  # pixels

# Reports of a cell -> how dark it is; also in words in the key of the page.
SHADES = ([2, 5, 10], [0.28, 0.52, 0.76, 1])


@cache
def _heat() -> Spec:
    import altair as alt  # noqa: PLC0415 - as above

    shade = alt.Scale(type="threshold", domain=SHADES[0], range=SHADES[1])
    days = _axis(grid=False, tickCount=TICKS, format="%b %Y", orient="top", domain=False)
    names = _axis(
        domain=False, ticks=False, labelLimit=190, labelPadding=8, grid=True, gridColor="var(--hair)"
    )
    chart = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect(fill="var(--speech)")
        .encode(
            x=alt.X("from:T", title=None, scale=alt.Scale(type="utc", domainMin=0, domainMax=1), axis=days),
            x2="to:T",
            y=alt.Y("publisher:N", title=None, sort=None, axis=names, scale=alt.Scale(paddingInner=0.18)),
            fillOpacity=alt.FillOpacity("n:Q", scale=shade, legend=None),
            tooltip="says:N",
            href="url:N",
        )
        .properties(width=600, height=ROW)
    )
    made = _finished(chart)
    return made | {"width": FILL, "autosize": {"type": "fit-x", "contains": "padding"}, "padding": 0}


def heat(publishers: Sequence[str], cells: Rows, span: tuple[date, date]) -> Spec:
    """Draw how many reports each publisher put out: a row a publisher, a cell a day or week.

    Args:
        publishers: in the order of the rows.
        cells: `publisher`, `from` and `to` (days), `n` (reports), `says` and `url`.
        span: first and last day of the axis.
    """
    made = filled(_heat(), cells=cells)
    made["encoding"]["x"]["scale"] |= {"domainMin": _moment(span[0]), "domainMax": _moment(span[1])}
    made["encoding"]["x"]["axis"]["format"] = _written(span)
    made["encoding"]["y"]["scale"]["domain"] = list(publishers)
    made["height"] = ROW * len(publishers)
    return made


@cache
def _graph() -> Spec:
    import altair as alt  # noqa: PLC0415 - as above

    place = alt.Scale(domain=[-1.12, 1.12], nice=False)
    kinds = ["cooperation", "conflict", "not counted"]
    edges = (
        alt.Chart(alt.NamedData("edges"))
        .mark_rule(opacity=0.75)
        .encode(
            x=alt.X("x:Q", axis=None, scale=place),
            y=alt.Y("y:Q", axis=None, scale=place),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("n:Q", legend=None, scale=alt.Scale(type="sqrt", range=[0.6, 9])),
            stroke=alt.Stroke(
                "kind:N",
                legend=None,
                scale=alt.Scale(domain=kinds, range=["var(--cooperation)", "var(--conflict)", "var(--hair)"]),
            ),
            strokeDash=alt.StrokeDash(
                "kind:N", legend=None, scale=alt.Scale(domain=kinds, range=[[1, 0], [5, 3], [1, 0]])
            ),
            tooltip="says:N",
            href="url:N",
        )
    )
    at: Any = {"x": alt.X("x:Q", axis=None, scale=place), "y": alt.Y("y:Q", axis=None, scale=place)}
    nodes = alt.Chart(alt.NamedData("nodes")).encode(**at, tooltip="says:N", href="url:N")
    dots = nodes.mark_circle(fill="var(--ink)", stroke="var(--paper)", strokeWidth=2, opacity=1).encode(
        size=alt.condition("datum.middle", alt.value(320), alt.value(110))
    )
    halo = nodes.mark_text(dy=-14, fontSize=13, stroke="var(--paper)", strokeWidth=4, strokeJoin="round")
    words = nodes.mark_text(dy=-14, fontSize=13, fill="var(--ink)")
    layers = alt.layer(edges, dots, halo.encode(text="name:N"), words.encode(text="name:N"))
    return _finished(layers.properties(width=600, height=300)) | {"width": FILL, "height": FILL_HALF}


def graph(nodes: Rows, edges: Rows) -> Spec:
    """Draw who has to do with whom: thicker lines for more, conflict dashed.

    Args:
        nodes: `name`, `x` and `y` from -1 to 1, `middle` (the one it is about), `says` and `url`.
        edges: both ends (`x`, `y`, `x2`, `y2`), `n` (events), `kind`, `says` and `url`.
    """
    return filled(_graph(), nodes=nodes, edges=edges)


PLACE = ["name", "kind", "iso", "x", "y", "url"]
HATCHES = ((50, 4), (15, 3), (4, 2), (0, 1))
# Square pixels of a mark, from one event to sixty and more: smaller on a phone.
LARGE: list[Any] = [{"expr": "width / 50"}, {"expr": "width / 2"}]
HATCH = 'stroke="var(--event)" stroke-width="1.3" stroke-opacity=".6"'

WORLD = (11, 17, 1.05)
AREAS: Mapping[str, tuple[float, float, float]] = {
    # middle in degrees, and how many times larger than the world
    "Europe": (18, 52, 4.6),
    "Middle East": (46, 30, 4.6),
    "Asia and the Pacific": (118, 18, 2.1),
    "Africa": (20, 3, 2.3),
    "Americas": (-85, 15, 1.7),
}


def _week(number: str, days: int) -> str:
    """Return Vega's expression of a day of a week, counted from the map's first Monday."""
    return f"utcFormat(monday + ({number} * 7 + {days}) * 86400000, '%Y-%m-%d')"


@cache
def _world(address: str) -> Spec:
    import altair as alt  # noqa: PLC0415 - as above

    world = alt.UrlData(address, format=alt.TopoDataFormat(feature="countries", type="topojson"))
    land = (
        alt.Chart(world)
        .transform_filter("datum.id != 'ATA'")
        .mark_geoshape(fill="var(--paper)", stroke="var(--hair)", strokeWidth=0.8)
    )
    counted = (
        alt.Chart(alt.NamedData("weeks"))
        .transform_filter("datum.w >= first && datum.w <= last")
        .transform_aggregate(n="sum(n)", groupby=["p"])
        .transform_lookup(
            lookup="p",
            from_=alt.LookupData(alt.NamedData("places"), "p", ["name", "kind", "iso", "x", "y", "url"]),
        )
        .transform_calculate(
            says="datum.name + ': ' + datum.n + (datum.n == 1 ? ' event' : ' events')",
            there=f"datum.url + '&from=' + {_week('first', 0)} + '&to=' + {_week('last', 6)}",
        )
    )
    hatched = _hatched(counted.transform_filter("datum.kind == 'country'"), world)
    size = alt.Size("n:Q", legend=None, scale=alt.Scale(type="sqrt", domain=[0, 60], range=LARGE))
    at: Any = {"longitude": "x:Q", "latitude": "y:Q", "size": size, "tooltip": "says:N", "href": "there:N"}
    regions = (
        counted.transform_filter("datum.kind == 'region' || datum.kind == 'state'")
        .mark_point(shape="square", fill="url(#hatch-1)", strokeDash=[3, 2], stroke="var(--event)")
        .encode(**at)
    )
    points = (
        counted.transform_filter("datum.kind == 'place'")
        .mark_point(
            shape="circle", fill="var(--event)", fillOpacity=0.72, stroke="var(--paper)", strokeWidth=0.8
        )
        .encode(**at)
    )
    chart = alt.layer(land, hatched, regions, points)
    made = _finished(chart.properties(width=600, height=300))
    made |= {"width": FILL, "height": FILL_HALF, "padding": 0}
    made["params"] = [{"name": name, "value": 0} for name in ("first", "last", "monday")]
    return made


def _hatched(counted: Any, world: Any) -> Any:  # noqa: ANN401 - of Altair
    import altair as alt  # noqa: PLC0415 - as above

    cases = [{"test": f"datum.n >= {least}", "value": f"url(#hatch-{dense})"} for least, dense in HATCHES]
    made = (
        counted.transform_lookup(lookup="iso", from_=alt.LookupData(world, "id", ["type", "geometry"]))
        .mark_geoshape(stroke="var(--event)", strokeWidth=0.6, strokeOpacity=0.6)
        .encode(tooltip="says:N", href="there:N")
    )
    return made.encode(fill=alt.FillValue(condition=cases[:-1], value=cases[-1]["value"]))


def map_of(places: Rows, weeks: Rows, span: tuple[int, int, date], area: str | None, world: str) -> Spec:
    """Draw places on the map of the world: circles, squares for regions, hatching for countries.

    Args:
        places: `p` (number), `name`, `kind`, `iso`, `x` and `y` in degrees, `url` that it leads to.
            The kind `country` has a shape in the file of the world; a `state` has none.
        weeks: `p`, `w` (number of the week), `n` (events).
        span: first and last week that count, at first; the Monday of week 0.
        area: a part of the world, see `AREAS`.
        world: address of the file of shapes.
    """
    made = filled(_world(world), places=places, weeks=weeks)
    monday = (span[2] - date(1970, 1, 1)).days * 86_400_000
    for param, value in zip(made["params"], (*span[:2], monday), strict=True):
        param["value"] = value
    x, y, larger = AREAS[area] if area else WORLD
    made["projection"] = {
        "type": "naturalEarth1",
        "rotate": [-x, 0, 0],
        "center": [0, y],
        "scale": {"expr": f"width / 5.4 * {larger}"},
        "translate": {"expr": "[width / 2, height / 2]"},
    }
    return made


@cache
def shapes() -> frozenset[str]:
    """Return the states that the file of the world has a shape of."""
    file = resources.files("chancery.server") / "static" / "world.json"
    world = json.loads(file.read_text(encoding="utf-8"))
    return frozenset(one["id"] for one in world["objects"]["countries"]["geometries"] if "id" in one)


def warm() -> None:
    """Make the specifications before somebody asks: Altair takes a second to load."""
    from chancery.server.assets import asset_url  # noqa: PLC0415 - for this alone

    _world(asset_url("world.json"))
    _graph()
    _heat()


def filled(spec: Spec, **rows: Rows) -> Spec:
    """Return a copy of a specification with rows for its named data."""
    made = copy.deepcopy(spec)
    made["datasets"] = {name: list(found) for name, found in rows.items()}
    return made


def picture(desk: Desk, request: Request, make: Callable[[], Spec | None]) -> Response:
    """Send a chart as SVG, light or dark as the page around it is.

    Raises:
        HTTPException: there is nothing to draw.
    """

    def draw() -> Page:
        spec = make()
        if spec is None:
            raise HTTPException(404)
        body = _svg(_with_files(spec)).encode()
        return Page(body, "image/svg+xml", f'"{hashlib.sha256(body).hexdigest()[:24]}"')

    return respond(desk.kept((request.url.path, request.url.query), draw), request)


def _svg(spec: Spec) -> str:
    import vl_convert  # noqa: PLC0415 - 30 MB

    drawn: str = vl_convert.vegalite_to_svg(_printable(_sized(spec)))
    drawn = LONG_NUMBER.sub(r"\1", drawn)
    head, _, rest = drawn.partition(">")
    return f"{head}><style>{_palette()}</style><defs>{hatches()}</defs>{rest}"


def _printable(value: Any) -> Any:  # noqa: ANN401 - any part of a specification
    """Take signs out of all words that no drawing can hold: at a NUL the drawing library ends the process."""
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return showable(value) if isinstance(value, str) else value


def hatches() -> str:
    """Return patterns of lines, from sparse to dense, for areas that an act may be anywhere in."""
    gaps = ((1, 11), (2, 7), (3, 4.5), (4, 3))
    return "".join(
        f'<pattern id="hatch-{dense}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V{gap}" {HATCH}/></pattern>'
        for dense, gap in gaps
    )


def _with_files(spec: Any) -> Any:  # noqa: ANN401 - any part of a specification
    """Put the shapes into a specification that names their address: what draws pictures fetches nothing."""
    if isinstance(spec, dict):
        if str(spec.get("url", "")).startswith("/static/world.json"):
            file = resources.files("chancery.server") / "static" / "world.json"
            return {"values": json.loads(file.read_text(encoding="utf-8")), "format": spec["format"]}
        return {key: _with_files(value) for key, value in spec.items()}
    return [_with_files(one) for one in spec] if isinstance(spec, list) else spec


def _sized(spec: Any) -> Any:  # noqa: ANN401 - any part of a specification
    if isinstance(spec, dict):
        return {key: _sized(value) for key, value in spec.items()}
    if isinstance(spec, str):
        return SIZES.get(spec, spec)
    return [_sized(one) for one in spec] if isinstance(spec, list) else spec


@cache
def _palette() -> str:
    """Take the colours of the style sheet, light and dark, for a picture that stands alone."""
    style = (resources.files("chancery.server") / "static" / "style.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = (" ".join(re.findall(r"--\w[\w-]*: #\w+;", block)) for block in (light, dark))
    return "svg {{ {} }} @media (prefers-color-scheme: dark) {{ svg {{ {} }} }}".format(*colours)

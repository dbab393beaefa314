"""Charts in the house's look: Vega-Lite specifications from Altair, and pictures for readers without script.

Colours are names of variables of ``style.css`` (``var(--conflict)``): app.js puts in
what they are in a light or dark page, and a picture carries both. Altair checks a
specification against its schema, which takes longer than a page may: each is
made once, without rows, and :func:`filled` puts the rows in.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from fastapi import Request, Response

from chancery.server.desk import Desk, Page
from chancery.server.views import respond

__all__ = ["Spec", "filled", "mirrored", "picture"]

type Spec = dict[str, Any]
type Rows = Sequence[Mapping[str, Any]]

# What app.js replaces by the width that there is, and how wide a picture is.
FIT, PICTURE_WIDTH = "fit", 860

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
    if chosen:
        made["params"][0]["value"] = {"x": [_moment(day) for day in chosen]}
    return made


def _moment(day: date) -> dict[str, int | bool]:
    # A number of milliseconds would do, too, but Vega's interpreter takes it for a year.
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


def filled(spec: Spec, **rows: Rows) -> Spec:
    """Return a copy of a specification with rows for its named data."""
    made = copy.deepcopy(spec)
    made["datasets"] = {name: list(found) for name, found in rows.items()}
    return made


def picture(desk: Desk, request: Request, make: Callable[[], Spec]) -> Response:
    """Send a chart as SVG, light or dark as the page around it is."""

    def draw() -> Page:
        import hashlib  # noqa: PLC0415 - beside the drawing

        body = _svg(make()).encode()
        return Page(body, "image/svg+xml", f'"{hashlib.sha256(body).hexdigest()[:24]}"')

    return respond(desk.kept((request.url.path, request.url.query), draw), request)


def _svg(spec: Spec) -> str:
    import vl_convert  # noqa: PLC0415 - 30 MB

    drawn: str = vl_convert.vegalite_to_svg(_sized(spec))
    head, _, rest = drawn.partition(">")
    return f"{head}><style>{_palette()}</style>{rest}"


def _sized(spec: Any) -> Any:  # noqa: ANN401 - any part of a specification
    if isinstance(spec, dict):
        return {
            key: PICTURE_WIDTH if key == "width" and value == FIT else _sized(value)
            for key, value in spec.items()
        }
    return [_sized(one) for one in spec] if isinstance(spec, list) else spec


@cache
def _palette() -> str:
    """Take the colours of the style sheet, light and dark, for a picture that stands alone."""
    style = (resources.files("chancery.server") / "static" / "style.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    colours = (" ".join(re.findall(r"--\w[\w-]*: #\w+;", block)) for block in (light, dark))
    return "svg {{ {} }} @media (prefers-color-scheme: dark) {{ svg {{ {} }} }}".format(*colours)

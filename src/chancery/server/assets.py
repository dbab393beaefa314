"""Styles, scripts and the bundle that draws charts, each under an address that changes with its content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources

from fastapi import APIRouter, HTTPException, Request, Response

from chancery.render.template import asset

__all__ = ["asset_url", "router", "warm"]

router = APIRouter(include_in_schema=False)

YEAR = 365 * 24 * 60 * 60


def _vega() -> bytes:
    """Let vl-convert put Vega, Vega-Lite and Vega-Embed together; all come inside its package."""
    import vl_convert  # noqa: PLC0415 - 30 MB, for charts only

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed; window.vega = vega;").encode()


MADE: dict[str, tuple[str, Callable[[], bytes]]] = {"vega.js": ("text/javascript", _vega)}
# Shared with the page that stands alone.
SHARED = {"report.css": "report.css", "lights.js": "script.js"}
TYPES = {".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml"}


@cache
def _names() -> frozenset[str]:
    files = (resources.files("chancery.server") / "static").iterdir()
    return frozenset(file.name for file in files) | MADE.keys() | SHARED.keys()


@cache
def _content(name: str) -> tuple[bytes, bytes, str]:
    """Return a file, the same compressed, and its type."""
    if name in MADE:
        kind, make = MADE[name]
        body = make()
    else:
        kind = TYPES[name[name.rindex(".") :]]
        body = asset("chancery.render", SHARED[name]).encode() if name in SHARED else _file(name)
    return body, gzip.compress(body, 6, mtime=0), kind


def _file(name: str) -> bytes:
    return (resources.files("chancery.server") / "static" / name).read_bytes()


@cache
def asset_url(name: str) -> str:
    """Return the address of a file in ``static``; browsers may keep what it leads to for ever."""
    if name in MADE:
        version = metadata.version("vl-convert-python")
    else:
        version = hashlib.sha256(_content(name)[0]).hexdigest()[:12]
    return f"/static/{name}?v={version}"


def warm() -> None:
    """Put together what is not a file, before somebody asks for it."""
    for name in MADE:
        _content(name)


@router.get("/static/{name}")
def static(name: str, request: Request) -> Response:
    """Send a file of the application's own."""
    if name not in _names():
        raise HTTPException(404)
    body, small, kind = _content(name)
    headers = {"Cache-Control": f"public, max-age={YEAR}, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(small, headers=headers | {"Content-Encoding": "gzip"}, media_type=kind)
    return Response(body, headers=headers, media_type=kind)

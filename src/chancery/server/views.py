"""One view, three forms: a page, JSON and CSV, under one address with another ending.

A view is a function of what was asked that returns a :class:`View`; :func:`add`
gives it its three addresses. The JSON is the HTTP API; all it holds is on the
page, too.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import inspect
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import batched
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from chancery.render.marks import showable
from chancery.render.rows import cell
from chancery.render.template import asset
from chancery.server.asked import Form
from chancery.server.assets import asset_url
from chancery.server.desk import Desk, Page
from chancery.server.links import FILTERS, correction_url, record_url, with_query

__all__ = ["View", "add", "environment", "json_page", "respond", "stream_csv", "to_page"]

PACKAGE = "chancery.server"

# Rows of CSV that are written at a time.
LINES = 200

type Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """What was found, before it takes a form.

    Attributes:
        template: file in ``templates``.
        title: of the page.
        rows: what CSV holds: dictionaries with the same keys.
        data: what JSON holds; must be plain.
        context: what the template shows.
        file_name: what a saved CSV is called, without ending.
    """

    template: str
    title: str
    rows: Sequence[Row] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    file_name: str = "chancery"


type Endpoint = Callable[..., View]


def add(router: APIRouter, path: str, endpoint: Endpoint, *, csv_too: bool = True) -> None:
    """Give a view its addresses: ``path``, ``path.json`` and, if it has rows, ``path.csv``.

    The endpoint must have parameters named `desk` (:data:`chancery.server.desk.OnDesk`);
    if it has one named `form`, it is told which form is wanted, and one named
    `request` gets the request.
    """
    # The plain address comes last: its last parameter would take the ending for its own.
    forms: tuple[Form, ...] = ("json", "csv", "html") if csv_too else ("json", "html")
    for form in forms:
        ending = "" if form == "html" else f".{form}"
        router.add_api_route(
            (path.rstrip("/") or "/index") + ending if ending else path,
            _in_form(endpoint, form),
            methods=["GET"],
            name=f"{endpoint.__name__}_{form}",
            operation_id=f"{endpoint.__name__}_{form}",
            response_model=None,
            response_class=RESPONSES[form],
            include_in_schema=form != "html",
            summary=(inspect.getdoc(endpoint) or "").split("\n")[0],
            responses=ERRORS,
        )


class _CSV(Response):
    media_type = "text/csv"


class _JSON(Response):
    media_type = "application/json"


class _HTML(Response):
    media_type = "text/html"


RESPONSES: dict[Form, type[Response]] = {"html": _HTML, "json": _JSON, "csv": _CSV}
ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"description": "something that the ledger does not know was asked for"},
    404: {"description": "there is no such thing in the ledger"},
}


def _in_form(endpoint: Endpoint, form: Form) -> Callable[..., Response]:
    signature = inspect.signature(endpoint, eval_str=True)
    own = dict(signature.parameters)
    takes_form = own.pop("form", None) is not None
    takes_request = own.pop("request", None) is not None  # FastAPI fills one parameter with it
    request = inspect.Parameter("request_", inspect.Parameter.KEYWORD_ONLY, annotation=Request)

    @functools.wraps(endpoint)
    def answer(**given: Any) -> Response:  # noqa: ANN401 - whatever the view asks for
        asked: Request = given.pop("request_")
        desk: Desk = given["desk"]
        more: dict[str, Any] = {"form": form} if takes_form else {}
        more |= {"request": asked} if takes_request else {}

        def make() -> Page:
            return to_page(endpoint(**given, **more), form, asked)

        return respond(desk.kept(_key(asked), make), asked)

    parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own.values()]
    answer.__signature__ = signature.replace(  # type: ignore[attr-defined] # FastAPI reads it
        parameters=[*parameters, request], return_annotation=Response
    )
    del answer.__wrapped__
    return answer


def _key(request: Request) -> tuple[str, str, str]:
    # Forms on a page are good for one browser, so that a page is, too.
    return request.url.path, request.url.query, request.state.browser if _has_forms(request) else ""


def _has_forms(request: Request) -> bool:
    return request.url.path.startswith(
        ("/reports/", "/paste", "/corrections")
    ) and not request.url.path.endswith((".json", ".csv"))


def respond(page: Page, request: Request) -> Response:
    """Send a page, or say that the browser has it already."""
    headers = {
        "ETag": page.etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
        **dict(page.headers),
    }
    if request.headers.get("if-none-match") == page.etag:
        return Response(status_code=304, headers=headers)
    return Response(page.body, page.status, headers, page.media_type)


def to_page(view: View, form: Form, request: Request) -> Page:
    """Put a view into one of its forms."""
    body, headers = _FORMS[form](view, request)
    return _page(body, f"{RESPONSES[form].media_type}; charset=utf-8", headers)


def json_page(data: object, media_type: str = "application/json") -> Page:
    """Make a page of plain data in a format that is JSON."""
    return _page(json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"), media_type)


def _page(body: bytes, media_type: str, headers: tuple[tuple[str, str], ...] = ()) -> Page:
    return Page(body, media_type, f'"{hashlib.sha256(body).hexdigest()[:24]}"', headers)


type _Formed = tuple[bytes, tuple[tuple[str, str], ...]]


def _html(view: View, request: Request) -> _Formed:
    page = environment().get_template(view.template)
    text = page.render(view=view, request=request, here=request.url.path, **view.context)
    return text.encode("utf-8", "replace"), ()


def _json(view: View, _request: Request) -> _Formed:
    data = view.data or {"rows": [dict(row) for row in view.rows]}
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"), ()


def _csv(view: View, _request: Request) -> _Formed:
    return b"".join(_csv_lines(view.rows)), (("Content-Disposition", _saved_as(view.file_name)),)


def _saved_as(file_name: str) -> str:
    return f'attachment; filename="{file_name}.csv"'


def _csv_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Write rows some at a time, after a line with their names."""
    named = False
    for lot in batched(rows, LINES):
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        if not named:
            writer.writerow(lot[0])
            named = True
        writer.writerows([cell(value) for value in row.values()] for row in lot)
        yield file.getvalue().encode("utf-8", "replace")


def stream_csv(rows: Iterable[Row], file_name: str) -> Response:
    """Send rows as CSV while they are being read: a list of a whole ledger is never in memory at once."""
    headers = {"Content-Disposition": _saved_as(file_name), "Cache-Control": "no-store"}
    return StreamingResponse(_csv_lines(rows), headers=headers, media_type="text/csv; charset=utf-8")


_FORMS: dict[Form, Callable[[View, Request], _Formed]] = {"html": _html, "json": _json, "csv": _csv}


def _shown(value: object) -> object:
    """Take from words that enter a page what a browser would obey unseen, should a template let it by."""
    return value if not isinstance(value, str) or isinstance(value, Markup) else showable(value)


def _source(name: str) -> str:
    """Read a template; those of the pages that stand alone are shared as ``render/NAME``."""
    shared = name.removeprefix("render/")
    return asset(PACKAGE if shared == name else "chancery.render", shared)


@cache
def environment() -> Environment:
    """Return the templates: all values are escaped, and missing ones are errors."""
    made = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "asset_url": asset_url,
        "correction_url": correction_url,
        "record_url": record_url,
        "with_query": with_query,
    }
    made.filters |= FILTERS
    made.filters["json_block"] = _json_block
    return made


def _json_block(value: object) -> Markup:
    """Put data into a script block: what could end the block is written as an escape of JSON."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - no sign that HTML knows is left in it

"""The application: pages and API over one ledger."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

import chancery
from chancery.errors import ChanceryError
from chancery.server import assets, charts
from chancery.server.desk import Desk
from chancery.server.pages import ROUTERS
from chancery.server.security import Forbidden, Guard
from chancery.server.settings import Settings
from chancery.server.views import View, to_page

__all__ = ["create_app"]

ABOUT = """The record of many reports: who said what to whom, who did what, what is only planned or denied.

Every page of the application has a twin that ends in `.json` and one that ends in `.csv`; those are this API.
Filters are those of the command line. Lists take `limit` and `offset` and say how many there are in all."""

SMALLEST = 1000  # bytes worth compressing


def create_app(settings: Settings) -> FastAPI:
    """Make the application for a ledger.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    desk = Desk(settings)

    @asynccontextmanager
    async def living(_app: FastAPI) -> AsyncIterator[None]:
        warming = threading.Thread(target=_warm, name="warming", daemon=True)
        if settings.warm:
            warming.start()
        yield
        if settings.warm:
            warming.join()
        desk.room.close()
        desk.ledger.close()

    app = FastAPI(
        title="Chancery",
        version=chancery.__version__,
        description=ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,  # it loads its scripts from another host
        redoc_url=None,
        lifespan=living,
    )
    app.state.desk = desk
    app.include_router(assets.router)
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(ChanceryError, _own_error)
    # The last one added stands outermost.
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST, compresslevel=5)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.hosts), www_redirect=False)
    app.add_middleware(partial(Guard, token=settings.token))
    return app


def _warm() -> None:
    """Make what takes a second or more and is the same for every ledger."""
    charts.warm()
    assets.warm()


def _failed(request: Request, status: int, message: str) -> Response:
    """Say what went wrong, in the form that was asked for."""
    phrase = HTTPStatus(status).phrase
    view = View("error.html", phrase, data={"error": message}, context={"status": status, "message": message})
    form = "html" if request.method == "GET" and not request.url.path.endswith((".json", ".csv")) else "json"
    if request.method == "POST" and "text/html" in request.headers.get("accept", ""):
        form = "html"
    page = to_page(view, "html" if form == "html" else "json", request)
    return Response(page.body, status, media_type=page.media_type)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    plain = HTTPStatus(error.status_code).phrase
    message = error.detail if error.detail != plain else MESSAGES.get(error.status_code, plain)
    return _failed(request, error.status_code, message)


MESSAGES = {404: "There is no such page.", 405: "This address takes no such request."}


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    parts = [f"{'.'.join(str(one) for one in found['loc'][1:])}: {found['msg']}" for found in error.errors()]
    return _failed(request, 422, "; ".join(parts))


async def _own_error(request: Request, error: Exception) -> Response:
    return _failed(request, 403 if isinstance(error, Forbidden) else 400, str(error))

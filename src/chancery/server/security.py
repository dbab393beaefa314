"""Who may read, who may write, and what a browser is told to allow.

- Policy: pages load scripts, styles, pictures and data from here only, and no
  inline script runs. Charts need no exception: Vega's interpreter of syntax trees
  evaluates expressions without making code of them (Vega documentation,
  "Expression Interpreter").
- Reading: by a token, if one is set: as ``Authorization: Bearer``, or once as
  ``?token=``, which leaves a cookie.
- Writing: a form's token is made for one browser (OWASP, "Signed double-submit
  cookie"), and the browser must not say that the form came from another site.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chancery.errors import ChanceryError

__all__ = ["Forbidden", "Guard", "check_form", "form_token"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": with that a browser calls the origin of a form "null", also its own page's.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
LOG = logging.getLogger("uvicorn.error")
FAULT = "A fault in Chancery kept this page from being made; the log has the details, please report it.\n"
ACCESS, BROWSER = "chancery_access", "chancery_browser"

# Bytes of the largest form that is taken in, and of the largest that is heard to its end and refused.
LARGEST_BODY, LONGEST_HEARD = 4_000_000, 100_000_000

# Secret of this run: forms of an earlier one are refused, and the page asks to load it anew.
SECRET = secrets.token_bytes(32)


class Forbidden(ChanceryError):  # noqa: N818 - the name of the answer, 403
    """A form that did not come from a page of this application."""


class Guard:
    """Stand before the application: let in who may read, and send every answer with its policy."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        browser = request.cookies.get(BROWSER) or secrets.token_urlsafe(16)
        scope.setdefault("state", {})["browser"] = browser

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if BROWSER not in request.cookies and "text/html" in headers.get("content-type", ""):
                    headers.append("Set-Cookie", _cookie(BROWSER, browser, scope))
            await send(message)

        if self.token is None or _shown(request, self.token):
            await self._answered(scope, _limited(receive), send_on)
        else:
            await self._ask(request, self.token)(scope, receive, send_on)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; a fault of its own is answered here, under the policy, too."""
        begun = False

        async def send_on(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception:
            if begun:
                raise
            LOG.exception("a page failed: %s", scope["path"])
            await PlainTextResponse(FAULT, 500)(scope, receive, send)

    @staticmethod
    def _ask(request: Request, token: str) -> ASGIApp:
        """Take the token from the address once, into a cookie; refuse otherwise."""
        given = request.query_params.get("token", "")
        if not hmac.compare_digest(given.encode(), token.encode()):
            return PlainTextResponse(
                "Chancery: a token is needed; open the address that `chancery serve` printed, "
                "or send the header Authorization: Bearer TOKEN.\n",
                401,
                {"WWW-Authenticate": "Bearer"},
            )
        kept = [(name, value) for name, value in parse_qsl(request.url.query) if name != "token"]
        # One slash: a browser takes "//name" for another host.
        here = "/" + request.url.path.lstrip("/\\")
        answer = RedirectResponse(f"{here}?{urlencode(kept)}" if kept else here, 303)
        answer.headers.append("Set-Cookie", _cookie(ACCESS, _signed(token), request.scope))
        return answer


def _limited(receive: Receive) -> Receive:
    """Let in no more than the largest form; what is larger is heard out, so that it can be answered."""
    heard = 0

    async def receive_on() -> Message:
        nonlocal heard
        message = await receive()
        heard += len(message.get("body", b""))
        if heard > LARGEST_BODY:
            while message.get("more_body") and heard < LONGEST_HEARD:
                message = await receive()
                heard += len(message.get("body", b""))
            raise HTTPException(413, f"This is larger than the {LARGEST_BODY:,} bytes that a form may send.")
        return message

    return receive_on


def _cookie(name: str, value: str, scope: Scope) -> str:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}"


def _shown(request: Request, token: str) -> bool:
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return hmac.compare_digest(bearer.strip().encode(), token.encode())
    return hmac.compare_digest(request.cookies.get(ACCESS, "").encode(), _signed(token).encode())


def _signed(words: str) -> str:
    return hmac.new(SECRET, words.encode(), hashlib.sha256).hexdigest()


def form_token(request: Request) -> str:
    """Make the token that a form on a page for this browser has to bring back."""
    return _signed(f"form:{request.state.browser}")


def check_form(request: Request, token: str) -> None:
    """Make sure that a form was sent from a page of this application.

    Raises:
        Forbidden: it came from elsewhere, or the application was started anew since.
    """
    headers = request.headers
    if not _same_origin(headers) or not hmac.compare_digest(token.encode(), form_token(request).encode()):
        raise Forbidden(
            "this form was not sent from a page of this application; load the page anew and send again"
        )


def _same_origin(headers: Headers) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or URL(origin).netloc == headers.get("host")

"""Addresses -> bytes, asked politely: what has not changed since the last time is not sent again."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from http import HTTPStatus

from chancery.errors import InputError

__all__ = ["Fetched", "fetch", "is_address"]

PATIENCE = 30  # seconds
AGENT = "chancery (reads news reports; conditional requests)"
RETRY = "check the address and the network, and run it again"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent, and what it asks to be told the next time."""

    data: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None


def is_address(source: str) -> bool:
    """Tell an address from the name of a file."""
    return source.lower().startswith(("http://", "https://"))


def fetch(
    address: str, longest: int, *, etag: str | None = None, last_modified: str | None = None
) -> Fetched | None:
    """Fetch an address; None where nothing changed since `etag` or `last_modified` were given.

    Raises:
        InputError: it cannot be had, or is longer than `longest` bytes.
    """
    request = urllib.request.Request(address, headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"})  # noqa: S310 - is_address
    if etag:
        request.add_header("If-None-Match", etag)
    if last_modified:
        request.add_header("If-Modified-Since", last_modified)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            data = answer.read(longest + 1)
            headers = answer.headers
    except urllib.error.HTTPError as error:
        if error.code == HTTPStatus.NOT_MODIFIED:
            return None
        raise InputError(address, f"the server answered {error.code} {error.reason}", RETRY) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(address, f"cannot be fetched ({reason})", RETRY) from error
    if headers.get("Content-Encoding") == "gzip":
        data = _unpacked(data, address)
    if len(data) > longest:
        raise InputError(address, f"larger than {longest:,} bytes", "fetch it yourself, and split it")
    return Fetched(data, headers.get("Content-Type"), headers.get("ETag"), headers.get("Last-Modified"))


def _unpacked(data: bytes, address: str) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(address, f"broken gzip ({error})", RETRY) from error

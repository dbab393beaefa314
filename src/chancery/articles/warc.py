"""A WARC archive -> drafts, one a page: HTML, text, JSON and feeds that a server answered with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from chancery.articles.placed import placed
from chancery.articles.report import Draft
from chancery.errors import InputError

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["drafts_of_warc"]

type Reading = Callable[[bytes, str, str | None], Iterator[Draft | InputError]]

# What can hold a report; pictures, style sheets and the like are passed over in silence.
READABLE = ("text/html", "application/xhtml", "text/plain", "json", "xml")
ANSWERED = 200


def drafts_of_warc(file: BinaryIO, name: str, longest: int, read: Reading) -> Iterator[Draft | InputError]:
    """Read the pages of an archive, one by one; yields an error in place of each page without a report.

    Args:
        file: the opened archive, unpacked.
        name: what to call it in an error.
        longest: bytes that a page may have.
        read: turns the bytes of a page, its name and its content type into drafts.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - archives alone need it

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    records = iter(ArchiveIterator(file, record_types=kinds, auto_decode="all", fsspec_args=False))
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            found = _page(record, longest)
        except (OSError, ValueError) as error:
            yield InputError(
                name, f"a broken WARC archive ({error})", "fetch it again, or cut it before that place"
            )
            return
        if found is not None:
            yield from _drafts(found, name, read)


def _page(record: WarcRecord, longest: int) -> tuple[str, str, bytes] | None:
    """Return address, content type and content of a record that may hold a report."""
    if record.is_http and record.http_headers.status_code != ANSWERED:
        return None
    kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    if not kind or not any(readable in kind.lower() for readable in READABLE):
        return None
    charset = getattr(record, "http_charset", None)
    data: Any = record.reader.read(longest + 1)
    address = record.headers.get("WARC-Target-URI") or record.record_id
    return str(address), f"{kind}; charset={charset}" if charset else str(kind), bytes(data[:longest])


def _drafts(page: tuple[str, str, bytes], name: str, read: Reading) -> Iterator[Draft | InputError]:
    address, kind, data = page
    for draft in placed(read(data, name, kind), address):
        if isinstance(draft, InputError) or draft.url:
            yield draft
        else:
            yield replace(draft, url=address)

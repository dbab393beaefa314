"""RSS and Atom -> drafts, one an entry: the words that the feed itself carries."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from chancery.articles.markup import text_of_markup
from chancery.articles.moment import moment
from chancery.articles.report import Draft
from chancery.errors import InputError

__all__ = ["drafts_of_feed"]

SUMMARY_ALONE = "feed: the feed gives a summary alone; the whole report is at its address"
# A summary that is cut ends so.
CUT = ("…", "...", "[…]", "[...]", "[&#8230;]")


def drafts_of_feed(data: bytes, name: str, content_type: str | None = None) -> Iterator[Draft | InputError]:
    """Read a feed; yields an error in place of each entry without words.

    Args:
        data: the feed.
        name: what to call it in an error.
        content_type: what the server said of it, with the encoding.

    Raises:
        InputError: it is no feed, or has no entries.
    """
    found = _parsed(data, name, content_type)
    if not found.entries:
        reason = f" ({found.bozo_exception})" if found.get("bozo") else ""
        raise InputError(
            name, f"a feed without entries{reason}", "give the address of a feed with reports in it"
        )
    publisher = _plain(found.feed.get("title"))
    for number, entry in enumerate(found.entries, 1):
        yield _draft(entry, name, number, publisher)


def _parsed(data: bytes, name: str, content_type: str | None) -> Any:  # noqa: ANN401 - the parser has no types
    import feedparser  # noqa: PLC0415 - 100 ms that only feeds cost

    headers = {"content-type": content_type} if content_type else {}
    try:
        # Handed over as a file: a string might be taken for an address, and fetched.
        return feedparser.parse(io.BytesIO(data), response_headers=headers)
    except Exception as error:  # whatever the parser raises ("&#xD800;" was one): the feed is at fault
        raise InputError(name, f"the feed cannot be parsed ({error})", "fetch it again") from error


def _draft(entry: Mapping[str, Any], name: str, number: int, publisher: str | None) -> Draft | InputError:
    place = f"entry {number}"
    content = max((part.get("value") or "" for part in entry.get("content", ())), key=len, default="")
    summary = entry.get("summary") or ""  # a broken feed has an entry that is there and None
    whole = len(content) >= len(summary)
    text = text_of_markup(content if whole else summary)
    if not text:
        return InputError(name, "an entry without words", "give the page that it links to", place=place)
    cut = not content and text.endswith(CUT)
    stated = entry.get("published") or entry.get("updated")
    return Draft(
        text,
        id=None if entry.get("link") else entry.get("id"),
        url=entry.get("link") or None,
        publisher=publisher,
        title=_plain(entry.get("title")),
        published=moment(stated) if stated else None,
        credit=_plain(entry.get("author")),
        notes=(SUMMARY_ALONE,) if cut else (),
        place=place,
    )


def _plain(markup: str | None) -> str | None:
    return " ".join(text_of_markup(markup or "").split()) or None

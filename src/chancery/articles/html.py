"""A web page -> draft: trafilatura finds the article; what it finds must be prose.

Trafilatura gives the text of any page, by and by falling back to all of it, so
that a page of links comes out as an article of link texts. A report is made of
sentences; a page with next to none has no article.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from chancery.articles.encoding import decode
from chancery.articles.moment import moment
from chancery.articles.report import Draft
from chancery.articles.text import is_prose, newlines
from chancery.errors import InputError, NoArticleError

if TYPE_CHECKING:
    from trafilatura.settings import Document

__all__ = ["draft_of_html"]

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
PUBLISHED = re.compile(
    r"<meta\b(?=[^>]*\b(?:property|name|itemprop)\s*=\s*[\"'](?:article:published_time|datePublished)[\"'])"
    r"[^>]*?\bcontent\s*=\s*[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
HEAD = 1 << 14


def draft_of_html(data: bytes, name: str) -> Draft:
    """Find the article in a web page.

    Raises:
        InputError: the bytes are not text.
        NoArticleError: the page has no article.
    """
    declared = CHARSET.search(data[:HEAD])
    decoded = decode(data, name, declared[1].decode("ascii", "replace") if declared else None)
    # A fragment, as content systems hand out, is no page to trafilatura unless it is in one.
    page = decoded.text if "<html" in decoded.text.lower() else f"<html><body>{decoded.text}</body></html>"
    document = _extract(page, name)
    text = newlines(document.text or "") if document else ""
    if not is_prose(text, wrapped=False):
        raise NoArticleError(
            name,
            "no article found in this page",
            "give the page of one report, or paste its text into a .txt file",
        )
    assert document is not None  # it gave the prose
    return Draft(
        text,
        url=document.url,
        publisher=document.sitename,
        title=document.title,
        published=_published(decoded.text, document),
        credit=document.author,
        notes=decoded.notes,
    )


def _extract(page: str, name: str) -> Document | None:
    import trafilatura  # noqa: PLC0415 - 200 ms that only pages cost

    # NULs and control characters are no part of HTML, and lxml refuses them.
    page = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", "\ufffd", page)
    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            # No guessing of dates from the text: that is the reader's work, by rules it can state.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # whatever lxml and its users raise: the page is at fault, not the run
        raise InputError(
            name, f"the page cannot be parsed ({error})", "save it again as HTML or as text"
        ) from error
    assert not isinstance(found, dict)  # only with as_dict
    return found


def _published(page: str, document: Document) -> datetime | date | None:
    """Prefer the moment that the page states over the day that trafilatura finds."""
    stated = PUBLISHED.search(page)
    return (stated and moment(stated[1])) or (moment(document.date) if document.date else None)

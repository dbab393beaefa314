"""A web page -> draft: trafilatura finds the article; what it finds must be prose.

Trafilatura gives the text of any page, by and by falling back to all of it, so
that a page of links comes out as an article of link texts. A report is made of
sentences; a page with next to none has no article.

Of a page of 70 kB, 4 are the article. The page is parsed once, and what is never an
article (scripts, menus, footers) is cut off before anything else looks at it;
trafilatura's slow way, which asks two other programs as well, is gone only where the
fast one leaves out much of the paragraphs; and metadata is looked for only where there
is an article, in English. docs/gates.md has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from chancery.articles.encoding import Decoded, decode
from chancery.articles.language_id import ENGLISH, identify, is_surely_foreign
from chancery.articles.moment import moment
from chancery.articles.report import Draft
from chancery.articles.text import is_prose, newlines
from chancery.errors import InputError, NoArticleError

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

__all__ = ["draft_of_html"]

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
PUBLISHED = re.compile(
    r"<meta\b(?=[^>]*\b(?:property|name|itemprop)\s*=\s*[\"'](?:article:published_time|datePublished)[\"'])"
    r"[^>]*?\bcontent\s*=\s*[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
HEAD = 1 << 14
HTML = re.compile("<html", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


# Never part of an article; the footer and the menu of a page may fill half of it.
FURNITURE = ("style", "svg", "nav", "footer", "iframe", "select", "template")

# A paragraph of running text; shorter ones are teasers and captions.
LONG_PARAGRAPH = 80
# The fast way is taken where it gives so much of the largest block of them.
COVERED = 0.6
# A page in another language shows it by so many signs of paragraphs.
TELLING = 400


def draft_of_html(data: bytes, name: str, *, foreign: bool = False) -> Draft:
    """Find the article in a web page.

    Args:
        data: the page.
        name: what to call it in an error.
        foreign: look for the article of a page in another language too; such a draft has the
            paragraphs of the page, and the way to the article (`Draft.whole`) should it be wanted.

    Raises:
        InputError: the bytes are not text.
        NoArticleError: the page has no article.
    """
    declared = CHARSET.search(data[:HEAD])
    decoded = decode(data, name, declared[1].decode("ascii", "replace") if declared else None)
    # A fragment, as content systems hand out, is no page to trafilatura unless it is in one.
    page = decoded.text if HTML.search(decoded.text) else f"<html><body>{decoded.text}</body></html>"
    try:
        found = _found(page, foreign=foreign)
    except Exception as error:  # whatever lxml and its users raise: the page is at fault, not the run
        raise InputError(
            name, f"the page cannot be parsed ({error})", "save it again as HTML or as text"
        ) from error
    if found is None:
        raise NoArticleError(
            name,
            "no article found in this page",
            "give the page of one report, or paste its text into a .txt file",
        )
    whole = partial(draft_of_html, data, name, foreign=True) if found.about is None else None
    return _draft(found, decoded, whole)


@dataclass(frozen=True, slots=True)
class _Found:
    """The text of a page, and what it says of it: nothing where it is in another language."""

    text: str
    about: Document | None = None


def _found(page: str, *, foreign: bool) -> _Found | None:
    """Find the article of a page; None where there is none."""
    tree = _tree(page)
    if tree is None:
        return None
    blocks = _paragraphs(tree)
    paragraphs = list(chain.from_iterable(blocks))
    if not foreign and _is_foreign(paragraphs, tree):
        return _Found("\n".join(paragraphs))
    text = newlines(_article(tree, blocks))
    return _Found(text, _about(tree)) if is_prose(text) else None


def _draft(found: _Found, decoded: Decoded, whole: Callable[[], Draft] | None) -> Draft:
    about = found.about
    if about is None:
        return Draft(found.text, notes=decoded.notes, whole=whole)
    return Draft(
        found.text,
        url=about.url,
        publisher=about.sitename,
        title=about.title,
        published=_published(decoded.text, about),
        credit=about.author,
        notes=decoded.notes,
    )


def _tree(page: str) -> HtmlElement | None:
    """Parse a page, and cut off what is no part of any article."""
    from lxml import etree  # noqa: PLC0415 - trafilatura and lxml take 200 ms that only pages cost
    from trafilatura import load_html  # noqa: PLC0415 - as above

    # NULs and control characters are no part of HTML, and lxml refuses them.
    tree = load_html(CONTROL.sub("\ufffd", page))
    if tree is None:
        return None
    # What search engines are told, in JSON, is metadata.
    for script in list(tree.iter("script")):
        if "json" not in script.get("type", ""):
            script.tag = "style"
    etree.strip_elements(tree, *FURNITURE, etree.Comment, with_tail=False)
    return tree


def _paragraphs(tree: HtmlElement) -> list[list[str]]:
    """Find the paragraphs of running text, those of one parent together."""
    found: dict[HtmlElement | None, list[str]] = {}
    for paragraph in tree.iter("p"):
        text = paragraph.text_content()
        if len(text) >= LONG_PARAGRAPH:
            found.setdefault(paragraph.getparent(), []).append(text)
    return list(found.values())


def _is_foreign(paragraphs: Sequence[str], tree: HtmlElement) -> bool:
    """Tell a page in another language: its paragraphs are, and all of it is."""
    text = "\n".join(paragraphs)
    if len(text) < TELLING or not is_surely_foreign(text):
        return False
    body = tree.find(".//body")
    if body is None or not is_surely_foreign(body.text_content()):
        return False
    return identify(text) not in {None, ENGLISH}


def _article(tree: HtmlElement, blocks: Sequence[Sequence[str]]) -> str:
    """Find the text of the article, the fast way if that leaves nothing out."""
    fast = _extracted(tree, fast=True)
    largest = max((sum(map(len, block)) for block in blocks), default=0)
    if len(fast) >= COVERED * largest and is_prose(fast):
        return fast
    return _extracted(tree, fast=False)


def _extracted(tree: HtmlElement, *, fast: bool) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - as above

    found = bare_extraction(tree, fast=fast, include_comments=False)
    assert not isinstance(found, dict)  # only with as_dict
    return (found and found.text) or ""


def _about(tree: HtmlElement) -> Document:
    """Find title, address, publisher, author and day."""
    from trafilatura import extract_metadata  # noqa: PLC0415 - as above

    # No guessing of dates from the text: that is the reader's work, by rules it can state.
    return extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})


def _published(page: str, document: Document) -> datetime | date | None:
    """Prefer the moment that the page states over the day that trafilatura finds."""
    stated = PUBLISHED.search(page)
    return (stated and moment(stated[1])) or (moment(document.date) if document.date else None)

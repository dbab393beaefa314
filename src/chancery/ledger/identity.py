"""Which report an article is, and which wording of it."""

from __future__ import annotations

import hashlib

from chancery.records import Article

__all__ = ["digest_of", "identity_of"]


def identity_of(article: Article) -> str:
    """Tell by what a report is known again: its address, else its publisher and id.

    Sources number their reports each for itself, so that an id alone says little;
    an id that was made from the words says all.
    """
    return article.url or f"{article.publisher or ''}|{article.id}"


def digest_of(article: Article) -> str:
    """Tell one wording of a report from another: title and text, and nothing else."""
    words = f"{article.title or ''}\0{article.text}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()

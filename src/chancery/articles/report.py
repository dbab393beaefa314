"""What every format hands over, and the one way it becomes an `Article`.

A format finds a text and the fields around it (`Draft`); whether that can be
read at all, in which language it is, whether it opens with a dateline and
which id it gets is the same question for all of them and is answered here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from chancery.articles.dateline import find_dateline
from chancery.articles.language_id import ENGLISH, identify
from chancery.errors import NoArticleError, NotEnglishError
from chancery.records import Article

__all__ = ["Draft", "Options", "Report", "content_id", "finish", "possible"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about the reports beforehand.

    `published` wins over the date that a report itself gives; `force` lets
    texts pass that are not in English.
    """

    published: datetime | date | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and what its source says about it.

    `place` tells where in the source it stood; `whole` finds the rest, where only so much
    was looked for as shows the language.
    """

    text: str
    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: datetime | date | None = None
    credit: str | None = None
    notes: tuple[str, ...] = ()
    place: str | None = None
    whole: Callable[[], Draft] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """An article, what its reader should know of how it was taken in, and where it came from.

    `source` is the file; `place` tells where in it, if it holds many.
    """

    article: Article
    notes: tuple[str, ...]
    source: str
    place: str | None = None

    @property
    def where(self) -> str:
        """File and place in one, as in errors."""
        return f"{self.source}, {self.place}" if self.place else self.source


# JSON can spell signs that no text can hold: half a surrogate pair cannot be written
# in UTF-8 at all, and NUL ends strings in C, in SQLite and on terminals. One sign
# stands for one, so that spans counted in the original still fit.
IMPOSSIBLE = re.compile(r"[\x00\ud800-\udfff]")
HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")

# Signs of no width: they part words for a program and not for a reader.
INVISIBLE = re.compile("(?<=\\w)[\u200b\u200c\u200d\u2060\ufeff\u00ad](?=\\w)")

SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$", re.MULTILINE)


def content_id(text: str) -> str:
    """Make an id from the words alone: equal texts get equal ids, on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def possible(text: str) -> str:
    """Put U+FFFD for each half of a surrogate pair, which cannot be written in UTF-8, one for one."""
    return HALF_A_PAIR.sub("\ufffd", text)


def finish(draft: Draft, source: str, options: Options) -> Report:
    """Turn a draft into a report that can be read.

    Raises:
        NoArticleError: there are no words in it.
        NotEnglishError: they are not English and `force` is off.
    """
    if draft.whole and options.force:
        found = draft.whole()
        draft = replace(found, url=found.url or draft.url, place=draft.place)
    if not draft.text.strip():
        raise NoArticleError(source, "empty, there is nothing to read", "give a report", place=draft.place)
    text = possible(draft.text).replace("\x00", "\ufffd")
    article = Article(
        id=draft.id or content_id(text),
        url=draft.url,
        publisher=draft.publisher,
        title=draft.title,
        text=text,
        published=options.published or draft.published,
        dateline=find_dateline(text),
        credit=draft.credit,
    )
    language, foreign = _in_language(article, draft, source, force=options.force)
    return Report(
        article.model_copy(update={"language": language}),
        (*draft.notes, *_oddities(draft.text), *foreign),
        source,
        draft.place,
    )


def _in_language(article: Article, draft: Draft, source: str, *, force: bool) -> tuple[str, tuple[str, ...]]:
    found = identify(article.text)
    if found is None and not force:
        raise NoArticleError(source, "no words in it", "give a report in English", place=draft.place)
    if found is None or found == ENGLISH:
        return article.language, ()
    code, name = found
    if not force:
        mend = "give an English text, or --force to read it all the same"
        raise NotEnglishError(
            source, f"this is in {name}, and Chancery reads English", mend, place=draft.place
        )
    return code, (f"language: this is in {name}, read as if it were English; expect little of it",)


def _oddities(text: str) -> tuple[str, ...]:
    notes = []
    if impossible := len(IMPOSSIBLE.findall(text)):
        notes.append(
            f"text: {_count(impossible, 'sign')} that no text can hold (NUL, half a pair) stand as U+FFFD"
        )
    if invisible := len(INVISIBLE.findall(text)):
        notes.append(
            f"text: {_count(invisible, 'invisible sign')} inside words; such a word may not be recognised"
        )
    if "\n" not in text.strip() and not SENTENCE_END.search(text):
        notes.append("text: one line without the end of a sentence, perhaps a title alone")
    return tuple(notes)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

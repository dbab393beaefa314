"""Article -> Reading: the whole chain, readable from top to bottom.

The order is the order of knowledge: what needs nothing but the parse comes
first, who is meant by "he" needs to know who is speaking, and what a party
holds needs to know who is bound.
"""

from __future__ import annotations

import ctypes
import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.articles.dateline import find_dateline
from chancery.articles.report import content_id, possible
from chancery.extract.actors import find_actors
from chancery.extract.events import find_events
from chancery.extract.figures import find_figures
from chancery.extract.places import find_places
from chancery.extract.positions import find_positions
from chancery.extract.quotations import Quotation, find_quotations
from chancery.extract.statements import StatementMention, StatementOptions, find_statements
from chancery.extract.times import TimeMention, find_times
from chancery.knowledge.actors import Knowledge, load_knowledge
from chancery.knowledge.gazetteer import Gazetteer, load_gazetteer
from chancery.language import Maker, check_parse, load_language, maker_of, parse_many
from chancery.records import Article, Place, Reading, Statement, Time
from chancery.resolve.actors import Referents, resolve_actors
from chancery.resolve.events import resolve_events, unnamed_parties
from chancery.resolve.facts import Facts
from chancery.resolve.figures import resolve_figures
from chancery.resolve.places import resolve_places
from chancery.resolve.positions import resolve_positions
from chancery.resolve.setting import Setting
from chancery.resolve.statements import resolve_statements, unattributed_quotations, with_reporters
from chancery.resolve.times import document_day, resolve_times
from chancery.resolve.understood import understood_actors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Heard", "Listener", "Reader", "hear", "listener", "load", "read_doc", "statements"]

# Enough for the parser's batches of paragraphs to fill, few enough to hold in memory.
TOGETHER = 16


def load(model: str | None = None, *, knowledge: Sequence[Path | str] = ()) -> Reader:
    """Load everything that reading needs; takes two to three seconds.

    Args:
        model: an installed English spaCy pipeline; the default comes with chancery.
        knowledge: CSV files in the columns of the package's own tables, whose rows win over them.

    Raises:
        ModelError: the language model is missing or lacks a component.
        KnowledgeError: a table of yours breaks its own rules.
    """
    return Reader(
        language=load_language(model),
        knowledge=load_knowledge([Path(path) for path in knowledge]),
        gazetteer=load_gazetteer(),
    )


class Reader:
    """Reads reports. Call it with one text, or use :meth:`pipe` for many."""

    def __init__(self, language: Language, knowledge: Knowledge, gazetteer: Gazetteer) -> None:
        self.language = language
        self.knowledge = knowledge
        self.gazetteer = gazetteer
        self.maker: Maker = maker_of(language)

    def __call__(self, text: str | Article, *, published: datetime | date | str | None = None) -> Reading:
        """Read one report.

        Args:
            text: the report, or an article that carries its text.
            published: the day (or moment) it came out; anchors "today" and "next week".

        Raises:
            ValueError: `published` is a string that is no ISO date.
        """
        return next(self.pipe([_as_article(text, published)]))

    def pipe(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Read a stream of articles; readings come out in the order the articles went in.

        Articles are taken `TOGETHER` at a time. Each lot is read in a memory zone of
        spaCy's, which forgets its words afterwards: memory stays flat however long
        the stream is. Readings are handed out after the zone is closed, so whoever
        takes them may call the reader again.
        """
        for articles_together in batched(articles, TOGETHER):
            lot = [_with_dateline(article) for article in articles_together]
            with self.language.memory_zone(), _uncollected():
                docs = parse_many(self.language, [article.text for article in lot], map(_opening, lot))
                readings = [read_doc(doc, article, self) for doc, article in zip(docs, lot, strict=True)]
            _give_back()
            yield from readings


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python's collector of cycles away while a lot is read.

    It goes through all that was made, and again through the model's and the tables' objects,
    every few hundred new ones: 8 % of extraction. Readings are trees; what cycles there are
    wait for the end of the lot.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@cache
def _trimmer() -> Callable[[int], int] | None:
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # not glibc
        return None
    return trim


def _give_back() -> None:
    """Give the memory of parsed reports back to the system, which glibc otherwise keeps.

    Without it a process grew from 529 MB after 500 reports to 679 MB after 2,000,
    of which trimming gave all but 445 MB back; nothing had leaked.
    """
    if trim := _trimmer():
        trim(0)


def _with_dateline(article: Article) -> Article:
    found = article.dateline or find_dateline(article.text)
    return article if found is article.dateline else article.model_copy(update={"dateline": found})


# What parts a dateline from the report; it belongs to neither.
AFTER_DATELINE = re.compile(r"[^\S\n]*(?:--|[-–—])?[^\S\n]*")


def _opening(article: Article) -> int:
    """Return where the report begins after its dateline: "Norway" in "OSLO, Feb 10 (Reuters) - Norway"."""
    if article.dateline is None:
        return 0
    found = AFTER_DATELINE.match(article.text, article.dateline.span[1])
    return found.end() if found else 0


def _as_article(text: str | Article, published: datetime | date | str | None) -> Article:
    day = _moment(published) if isinstance(published, str) else published
    if isinstance(text, Article):
        return text if day is None else text.model_copy(update={"published": day})
    text = possible(text)
    return Article(id=content_id(text), text=text, published=day)


def _moment(text: str) -> datetime | date:
    return date.fromisoformat(text) if len(text) <= len("2022-02-10") else datetime.fromisoformat(text)


def read_doc(doc: Doc, article: Article, reader: Reader) -> Reading:
    """Read one parsed report: every step of the chain, in order."""
    heard = hear(doc, article, reader)
    setting, said, referents, times = heard.setting, heard.said, heard.referents, heard.times
    figures = resolve_figures(setting, find_figures(doc, heard.time_mentions), heard.places, times)
    facts = Facts(heard.statements, referents, times, heard.places, figures)
    events = resolve_events(setting, find_events(doc, said, heard.quotations), facts)
    positions = resolve_positions(setting, find_positions(doc, said), facts, events)
    actors = (*referents.actors, *unnamed_parties(setting, events, referents))
    actors = (*actors, *understood_actors(setting, positions, actors, reader.knowledge))
    return Reading(
        article=_placed(article, heard.places),
        actors=with_reporters(setting, heard.statements, actors),
        mentions=referents.mentions,
        statements=heard.statements,
        unattributed=unattributed_quotations(setting, said, heard.quotations),
        events=events,
        positions=positions,
        figures=figures,
        places=heard.places,
        times=times,
        notes=heard.notes,
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of a report once its speakers are: enough for its statements, not yet for its events."""

    setting: Setting
    quotations: tuple[Quotation, ...]
    said: tuple[StatementMention, ...]
    time_mentions: tuple[TimeMention, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    referents: Referents
    statements: tuple[Statement, ...]
    notes: tuple[str, ...]


def hear(
    doc: Doc, article: Article, reader: Reader | Listener, options: StatementOptions | None = None
) -> Heard:
    """Find who said what: the first half of the chain, which also serves those who want nothing else.

    Places are looked up even so, since people are told by where they live ("women in
    Ohio"): .015 of the parse.
    """
    quotations = find_quotations(doc)
    said = find_statements(doc, quotations, options=options or StatementOptions())
    time_mentions = find_times(doc)
    setting, notes = _setting(doc, article, time_mentions, reader.maker)
    times = resolve_times(setting, time_mentions)
    places = resolve_places(setting, find_places(doc, reader.gazetteer), reader.gazetteer)
    referents = resolve_actors(setting, find_actors(doc, reader.knowledge), said, places, reader.knowledge)
    statements = resolve_statements(setting, said, referents, times)
    return Heard(setting, quotations, said, time_mentions, times, places, referents, statements, notes)


@dataclass(frozen=True, slots=True)
class Listener:
    """What finding statements needs besides a parse that somebody else made."""

    knowledge: Knowledge
    gazetteer: Gazetteer
    maker: Maker


@cache
def listener(knowledge: tuple[Path, ...] = (), model: str = "a parse of the caller's") -> Listener:
    """Load the tables once for each choice of own ones: .2 seconds.

    Args:
        knowledge: as for :func:`load`.
        model: name and version of the pipeline that parses, for the records' `method`.
    """
    from chancery import __version__  # noqa: PLC0415 - the package's own root

    return Listener(load_knowledge(knowledge), load_gazetteer(), Maker(__version__, model))


def statements(
    doc: Doc,
    *,
    published: datetime | date | str | None = None,
    knowledge: Sequence[Path | str] = (),
    extra: bool = False,
) -> tuple[Statement, ...]:
    """Find who said what in a `Doc` of an English spaCy pipeline, and nothing else.

    Speakers are led back over the whole report with the package's knowledge, as
    :class:`Reader` does: "he", "the Secretary General" and "Jens Stoltenberg" are one id.
    For a `Doc` of :func:`chancery.language.parse` the statements are those of the whole
    reading. A pipeline of yours that parses a text in one piece should begin a sentence at
    every paragraph: add the component "chancery_paragraphs" before its parser.

    Args:
        doc: a parsed text, with tags, lemmas and names.
        published: the day it came out; anchors "on Thursday" and says who held which office.
        knowledge: CSV files of your own, as for :func:`load`.
        extra: add the classes of cues that attribution corpora count and an analyst does not
            ("wants", "loves", the narrator's "seems").

    Returns:
        Statements in the order of their first content word.

    Raises:
        ModelError: the `Doc` is not English, lacks annotation, or has other labels of dependency.
        KnowledgeError: a table of yours breaks its own rules.
        ValueError: `published` is a string that is no ISO date.
    """
    check_parse(doc)
    day = _moment(published) if isinstance(published, str) else published
    article = Article(id=content_id(doc.text), text=doc.text, published=day)
    known = listener(tuple(Path(path) for path in knowledge))
    return hear(doc, article, known, StatementOptions(extra=extra)).statements


def _placed(article: Article, places: Sequence[Place]) -> Article:
    """Say which place the dateline names: the first that was resolved inside it."""
    if article.dateline is None:
        return article
    start, end = article.dateline.span
    inside = [place.id for place in places if start <= place.span[0] and place.span[1] <= end]
    dateline = article.dateline.model_copy(update={"place": inside[0] if inside else None})
    return article.model_copy(update={"dateline": dateline})


def _setting(
    doc: Doc, article: Article, mentions: Sequence[TimeMention], maker: Maker
) -> tuple[Setting, tuple[str, ...]]:
    published = article.published.date() if isinstance(article.published, datetime) else article.published
    setting = Setting(doc, published, maker, publisher=article.publisher, title=article.title)
    if published is not None:
        return setting, ()
    found = document_day(setting, mentions)
    if found is None:
        return setting, ("no publication date: relative times stay open",)
    day, rule = found
    return replace(setting, published=day), (f"no publication date: {day} taken from the text ({rule})",)

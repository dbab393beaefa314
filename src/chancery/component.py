"""Chancery as spaCy components: `nlp.add_pipe("chancery")` and `nlp.add_pipe("chancery_statements")`.

For those who have a pipeline of their own. The components read the parse that
is there. ``chancery`` stores the reading as ``doc._.reading``;
``chancery_statements`` finds statements and their speakers only, and stores the
records as ``doc._.statements`` and ``doc._.unattributed``. Both fill ``doc.spans``
with one group per kind of span. Set ``doc._.published`` to a date before the
component runs (`nlp.make_doc`, then `nlp(doc)`) to anchor relative times.
``chancery_paragraphs``, added before the parser, makes paragraphs end sentences.

This module imports spaCy at its top because spaCy itself loads it, through the
entry point ``spacy_factories``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc, Span

from chancery import records
from chancery.articles.report import content_id
from chancery.extract.statements import StatementOptions
from chancery.knowledge.actors import load_knowledge
from chancery.knowledge.gazetteer import load_gazetteer
from chancery.language import check_parse, maker_of, mark_paragraphs, teach_titles
from chancery.reader import Reader, hear, listener, read_doc
from chancery.records import Article, Statement
from chancery.resolve.statements import unattributed_quotations

__all__ = [
    "GROUPS",
    "STATEMENT_GROUPS",
    "ChanceryComponent",
    "StatementsComponent",
    "create_chancery",
    "create_paragraphs",
    "create_statements",
]

# doc.spans["chancery_" + name]: the spans of these fields of a reading, labelled by what they are.
GROUPS = {
    "contents": "statements.content",
    "speakers": "statements.speaker.span",
    "cues": "statements.cue.span",
    "events": "events.anchor",
    "positions": "positions.issue",
    "figures": "figures.span",
    "places": "places.span",
    "times": "times.span",
    "mentions": "mentions.span",
}
STATEMENT_GROUPS = ("contents", "speakers", "cues")


class ChanceryComponent:
    """Reads a parsed `Doc`; see the module for what it fills."""

    def __init__(self, nlp: Language, knowledge: Sequence[str]) -> None:
        self.reader = Reader(nlp, load_knowledge([Path(path) for path in knowledge]), load_gazetteer())
        _extend("reading", "published")

    def __call__(self, doc: Doc) -> Doc:
        """Read the document and hand it on."""
        check_parse(doc)
        reading = read_doc(doc, _article(doc), self.reader)
        doc._.reading = reading
        _fill(doc, GROUPS, reading.spans())
        return doc


class StatementsComponent:
    """Finds statements and their speakers in a parsed `Doc`; see the module for what it fills."""

    def __init__(self, nlp: Language, knowledge: Sequence[str], *, extra: bool) -> None:
        self.listener = listener(tuple(Path(path) for path in knowledge), maker_of(nlp).model)
        self.options = StatementOptions(extra=extra)
        _extend("statements", "unattributed", "published")

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements and hand the document on."""
        check_parse(doc)
        heard = hear(doc, _article(doc), self.listener, self.options)
        doc._.statements = heard.statements
        doc._.unattributed = unattributed_quotations(heard.setting, heard.said, heard.quotations)
        _fill(doc, STATEMENT_GROUPS, _spans(heard.statements))
        return doc


def _article(doc: Doc) -> Article:
    published: datetime | date | None = doc._.published
    return Article(id=content_id(doc.text), text=doc.text, published=published)


def _extend(*names: str) -> None:
    for name in names:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def _spans(statements: Iterable[Statement]) -> Iterable[tuple[str, records.Span]]:
    for statement in statements:
        yield from ((GROUPS["contents"], span) for span in statement.content)
        if statement.speaker.span is not None:
            yield GROUPS["speakers"], statement.speaker.span
        if statement.cue is not None:
            yield GROUPS["cues"], statement.cue.span


def _fill(doc: Doc, groups: Iterable[str], spans: Iterable[tuple[str, records.Span]]) -> None:
    names = {GROUPS[group]: group for group in groups}
    filled: dict[str, list[Span]] = {group: [] for group in groups}
    for field, (start, end) in spans:
        if field in names:
            span = doc.char_span(start, end, label=names[field], alignment_mode="expand")
            assert span is not None  # expand finds tokens for any characters of the text
            filled[names[field]].append(span)
    for group, found in filled.items():
        doc.spans[f"chancery_{group}"] = found


@Language.factory("chancery", default_config={"knowledge": []}, assigns=["doc._.reading", "doc.spans"])
def create_chancery(nlp: Language, name: str, knowledge: Sequence[str]) -> ChanceryComponent:  # noqa: ARG001 - spaCy's form
    """Build the component; `knowledge` names CSV tables of your own, as `chancery.load` takes them."""
    return ChanceryComponent(nlp, knowledge)


@Language.factory(
    "chancery_statements",
    default_config={"knowledge": [], "extra": False},
    assigns=["doc._.statements", "doc._.unattributed", "doc.spans"],
)
def create_statements(nlp: Language, name: str, knowledge: Sequence[str], extra: bool) -> StatementsComponent:  # noqa: ARG001, FBT001 - spaCy's form
    """Build the component; `knowledge` and `extra` are those of `chancery.statements`."""
    return StatementsComponent(nlp, knowledge, extra=extra)


@Language.factory("chancery_paragraphs", assigns=["token.is_sent_start"])
def create_paragraphs(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy's form
    """Build the component; it goes before the parser (`first=True`), and teaches the tokenizer titles."""
    teach_titles(nlp)
    return mark_paragraphs


# A Doc is packed to travel between the processes of `nlp.pipe(texts, n_process=2)` and to be kept in a
# `DocBin`; srsly asks these what to do with values that it does not know.
PACKED = "__chancery__"


def _pack(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:  # noqa: ANN401 - any value of user data
    if isinstance(value, records.Record):
        return {PACKED: type(value).__name__, "json": value.model_dump_json()}
    if isinstance(value, date):
        return {PACKED: type(value).__name__, "json": value.isoformat()}
    return value if chain is None else chain(value)


def _unpack(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:  # noqa: ANN401 - as above
    name = value.get(PACKED) if isinstance(value, dict) else None
    if name in {"date", "datetime"}:
        return (datetime if name == "datetime" else date).fromisoformat(value["json"])
    if name in records.__all__:
        return getattr(records, name).model_validate_json(value["json"])
    return value if chain is None else chain(value)


srsly.msgpack_encoders.register("chancery", func=_pack)
srsly.msgpack_decoders.register("chancery", func=_unpack)

"""Chancery as a spaCy component: `nlp.add_pipe("chancery")`.

For those who have a pipeline of their own. The component reads the parse that
is there, stores the reading as ``doc._.reading``, and fills ``doc.spans`` with
one group per kind of span. Set ``doc._.published`` to a date before the
component runs (`nlp.make_doc`, then `nlp(doc)`) to anchor relative times.

This module imports spaCy at its top because spaCy itself loads it, through the
entry point ``spacy_factories``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from chancery.knowledge.actors import load_knowledge
from chancery.knowledge.gazetteer import load_gazetteer
from chancery.reader import Reader, read_doc
from chancery.records import Article, Reading

__all__ = ["GROUPS", "ChanceryComponent", "create_chancery"]

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


class ChanceryComponent:
    """Reads a parsed `Doc`; see the module for what it fills."""

    def __init__(self, nlp: Language, knowledge: Sequence[str]) -> None:
        self.reader = Reader(nlp, load_knowledge([Path(path) for path in knowledge]), load_gazetteer())
        for name in ("reading", "published"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document and hand it on."""
        published: date | None = doc._.published
        digest = hashlib.sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest()
        reading = read_doc(doc, Article(id=digest[:16], text=doc.text, published=published), self.reader)
        doc._.reading = reading
        for group, spans in _groups(doc, reading).items():
            doc.spans[f"chancery_{group}"] = spans
        return doc


def _groups(doc: Doc, reading: Reading) -> dict[str, list[Span]]:
    groups: dict[str, list[Span]] = {group: [] for group in GROUPS}
    names = {field: group for group, field in GROUPS.items()}
    for field, (start, end) in reading.spans():
        if field in names:
            span = doc.char_span(start, end, label=names[field], alignment_mode="expand")
            assert span is not None  # expand finds tokens for any characters of the text
            groups[names[field]].append(span)
    return groups


@Language.factory("chancery", default_config={"knowledge": []}, assigns=["doc._.reading", "doc.spans"])
def create_chancery(nlp: Language, name: str, knowledge: Sequence[str]) -> ChanceryComponent:  # noqa: ARG001 - spaCy's form
    """Build the component; `knowledge` names CSV tables of your own, as `chancery.load` takes them."""
    return ChanceryComponent(nlp, knowledge)

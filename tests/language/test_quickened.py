"""The quickened pipeline says what spaCy's own says, to the last bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chancery.language import load_language, paragraphs
from chancery.language.embedding import _different, embed_words_once
from chancery.language.remembering import RememberingLemmatizer, RememberingRuler, remember_rules

ANNOTATION = ["LEMMA", "TAG", "POS", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]

# Words that patterns of several tokens look at, blanks, odd signs, words that are in no vocabulary.
ODD = """There's no doubt, y'all: it ain't over and he's gonna go. Let's wait; c'm on, I gotta leave!
THERE ARE  two   spaces\tand a tab here\u00a0and a hard one. Got it. We got ta go.\x0b

Zxqv-7 and 3,000,000 Kwachas 🙂🙂 fled Kyiv\u2019s suburbs\u2014\u201cso what?\u201d he did not say.

the The THE that That got gets Gets been being be is was were am 's 're n't not to na ta
"""


@pytest.fixture(scope="module")
def stock():
    return load_language(quicken=False)


@pytest.fixture(scope="module")
def texts():
    report = Path(__file__).parents[2] / "examples/nato_2022-02-10.txt"
    return [*paragraphs(report.read_text(encoding="utf-8")), *paragraphs(ODD), "", " ", "\n", "x"]


def test_the_annotation_of_a_report_is_that_of_the_pipeline_as_spacy_loads_it(stock, reader, texts):
    pairs = zip(stock.pipe(texts), reader.language.pipe(texts), strict=True)
    for plain, quick in pairs:
        assert [token.lemma_ for token in plain] == [token.lemma_ for token in quick]
        assert (plain.to_array(ANNOTATION) == quick.to_array(ANNOTATION)).all()


def test_asked_again_it_says_the_same(stock, reader, texts):
    for _ in range(2):
        with reader.language.memory_zone():
            said = [[token.lemma_ for token in doc] for doc in reader.language.pipe(texts)]
        assert said == [[token.lemma_ for token in doc] for doc in stock.pipe(texts)]


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_the_vectors_of_words_are_the_same_to_the_last_bit(stock, reader, texts, name):
    plain, quick = (nlp.get_pipe(name).model for nlp in (stock, reader.language))
    if name == "ner":
        plain, quick = plain.get_ref("tok2vec"), quick.get_ref("tok2vec")
    for batch in (texts, texts[:1], texts[3:5], ["", "x"], ["a a a a"]):
        before = plain.predict([stock.make_doc(text) for text in batch])
        after = quick.predict([reader.language.make_doc(text) for text in batch])
        assert np.array_equal(np.vstack(before), np.vstack(after))


def test_rows_of_one_key_are_kept_apart():
    one = np.array([[2**63, 5], [2**63, 5], [0, 5]], dtype="uint64")
    first, places = _different(one)
    assert (one[first][places] == one).all()
    # factors are odd multiples of one number: these two rows add up to the same key
    twins = np.array([[3, 0], [0, 1]], dtype="uint64")
    first, places = _different(twins)
    assert list(first[places]) == [0, 1]


def test_words_embedded_once_are_not_for_training(reader):
    model = reader.language.get_pipe("tok2vec").model.get_ref("embed")
    docs = [reader.language.make_doc("Rain fell.")]
    _, backwards = model(docs, is_train=False)
    with pytest.raises(RuntimeError, match="spaCy loads it"):
        backwards([])
    _, backwards = model(docs, is_train=True)
    assert callable(backwards)


def test_components_of_other_kinds_are_left_alone():
    import spacy
    from spacy.pipeline import AttributeRuler

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"IS_TITLE": True}]], {"POS": "PROPN"})  # asks what the memory does not know
    remember_rules(nlp)
    assert type(nlp.get_pipe("attribute_ruler")) is AttributeRuler
    assert embed_words_once(nlp) == 0


def test_the_memories_are_bounded(reader, monkeypatch):
    ruler, lemmatizer = (reader.language.get_pipe(name) for name in ("attribute_ruler", "lemmatizer"))
    assert isinstance(ruler, RememberingRuler)
    assert isinstance(lemmatizer, RememberingLemmatizer)
    monkeypatch.setattr("chancery.language.remembering.MOST_ANSWERS", 10)
    for at in range(4):
        reader.language(" ".join(f"word{at}x{i}" for i in range(20)))
    assert len(ruler.words.known) <= 30
    assert len(lemmatizer.lemmas) <= 40

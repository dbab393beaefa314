"""The quickened pipeline says what spaCy's own says, to the last bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chancery.language import load_language, paragraphs
from chancery.language.embedding import _different, embed_words_once
from chancery.language.products import NumpyProducts, _product
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


def vectors(nlp, name, batch):
    model = nlp.get_pipe(name).model
    model = model.get_ref("tok2vec") if name == "ner" else model
    return np.vstack(model.predict([nlp.make_doc(text) for text in batch]))


@pytest.fixture(scope="module")
def embedding_once():
    nlp = load_language(quicken=False)
    assert embed_words_once(nlp) == 2
    return nlp


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_words_embedded_once_have_the_same_vectors_to_the_last_bit(stock, embedding_once, texts, name):
    for batch in (texts, texts[:1], texts[3:5], ["", "x"], ["a a a a"]):
        assert np.array_equal(vectors(stock, name, batch), vectors(embedding_once, name, batch))


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_products_of_numpy_give_the_same_vectors_but_for_the_last_bits(stock, reader, texts, name):
    assert np.allclose(vectors(stock, name, texts), vectors(reader.language, name, texts), atol=1e-4)


NEWEST = getattr(np._core._multiarray_umath, "__cpu_features__", {}).get("AVX512F", False)


@pytest.mark.skipif(not NEWEST, reason="kernels for older processors add up by the place in the block")
@pytest.mark.parametrize("width", [672, 480, 288])
def test_a_row_of_a_product_depends_on_no_other_row(width):
    chance = np.random.default_rng(0)
    rows = chance.standard_normal((1_000, width)).astype("f")
    weights = chance.standard_normal((width, 288)).astype("f")
    whole = _product(rows, weights)
    assert np.allclose(whole, rows @ weights, atol=1e-3)
    for many in (1, 2, 15, 63, 64, 65, 500):
        some = chance.integers(0, 1_000, many)
        assert np.array_equal(_product(rows[some], weights), whole[some])


def test_one_thread_multiplies_and_the_others_come_back():
    from threadpoolctl import threadpool_info

    def threads():
        return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]

    before = threads()
    ones = np.ones((3, 4), dtype="f")
    assert NumpyProducts().gemm(ones, ones, trans2=True).tolist() == [[4.0] * 3] * 3
    assert NumpyProducts().gemm(ones.T, ones, trans1=False, trans2=False).shape == (4, 4)
    assert threads() == before


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

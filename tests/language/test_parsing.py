"""What the parser is given, and what it gives back."""

from __future__ import annotations

import pytest

from chancery.language import parse


@pytest.mark.parametrize(
    ("text", "token", "lemma"),
    [
        ("We’ll host the summit.", "’ll", "will"),
        ("We’re ready to talk.", "’re", "be"),
        ("We won’t accept the vote.", "n’t", "not"),
        ("Malta’s army left.", "’s", "'s"),
        ("It’s late.\n\nThey’ve agreed to help.", "’ve", "have"),
    ],
)
def test_curly_apostrophes_are_read_as_straight_ones_and_kept_as_printed(reader, text, token, lemma):
    doc = parse(reader.language, text)
    assert doc.text == text
    assert next(word for word in doc if word.text == token).lemma_ == lemma


def test_what_a_curly_apostrophe_does_not_contract_is_left_alone(reader):
    text = "He said ‘no’ and left. The states’ plan failed."
    assert parse(reader.language, text).text == text


def test_names_and_sentences_survive_the_printed_words(reader):
    doc = parse(reader.language, "Russia’s army left Kyiv. Poland’s minister won’t go.\n\nIt rained.")
    assert [name.text for name in doc.ents][:2] == ["Russia", "Kyiv"]
    assert len([sentence for sentence in doc.sents if sentence.text.strip()]) == 3

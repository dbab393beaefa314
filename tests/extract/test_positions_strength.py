"""How strongly the words bind, told by real sentences."""

from __future__ import annotations

import pytest

from chancery.extract.positions import find_positions, strength_of
from chancery.language import parse


@pytest.mark.parametrize(
    ("sentence", "strength", "shown"),
    [
        ("We will reopen the embassy.", "firm", "will"),
        ("We will not recognise the vote.", "firm", "will"),
        ("We must reopen the embassy.", "firm", "must"),
        ("We are fully committed to the truce.", "firm", "committed"),
        ("We strongly condemn the raid.", "firm", "strongly"),
        ("Kenya reaffirmed its unwavering support for the truce.", "firm", "unwavering"),
        ("We demand an apology.", "firm", "demand"),
        ("We are ready to reopen the embassy.", "qualified", "ready"),
        ("We would reopen the embassy.", "qualified", "would"),
        ("We intend to reopen the embassy.", "qualified", "intend"),
        ("We want to reopen the embassy.", "qualified", "want"),
        ("We will reopen the embassy if the truce holds.", "qualified", "if the truce holds"),
        ("We may consider a new loan.", "tentative", "may"),
        ("We will consider a new loan.", "tentative", "consider"),
        ("We might impose new tariffs.", "tentative", "might"),
        ("We condemn the raid.", None, None),
        ("We welcome the truce.", None, None),
        ("We urge Chad to sign the treaty.", None, None),
    ],
)
def test_the_strength_of_a_commitment_is_what_its_words_show(reader, sentence, strength, shown):
    doc = parse(reader.language, sentence)
    mention = find_positions(doc, ())[-1]
    found = strength_of(doc, mention)
    words = doc[slice(*found[1])].text if found else None
    assert (found[0] if found else None, words) == (strength, shown)

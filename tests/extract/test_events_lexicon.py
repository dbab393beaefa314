"""The lexicon of acts: every pattern finds its own sentence, every entry is sound."""

import pytest

from chancery.extract.events.find import candidates_of
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.tree import tree_of
from chancery.language import parse_many
from chancery.ontology import OWN_ACTS, event_types, modes

# Modes of our own beside PLOVER's, as the gold has them.
OWN_MODES = {
    ("MESSAGE", "letter"),
    ("AID", "military"),
    ("AID", "humanitarian"),
    ("CONCEDE", "ceasefire"),
    ("AGREE", "offer"),
    ("STATE", "forces-on-alert"),
    ("STATE", "territorial-control"),
    ("STATE", "treaty-in-force"),
}


def patterns():
    found = {}
    for listed in load_lexicon().patterns.values():
        for pattern in listed:
            found.setdefault((pattern.entry.key, pattern.test), pattern)
    return list(found.values())


@pytest.fixture(scope="module")
def parsed(reader):
    tests = [pattern.test for pattern in patterns()]
    return dict(zip(tests, parse_many(reader.language, tests), strict=True))


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.entry.key)
def test_a_pattern_finds_its_own_sentence(pattern, parsed):
    found = candidates_of(tree_of(parsed[pattern.test]), load_lexicon())
    assert pattern.entry in [candidate.trigger.entry for candidate in found]


def test_every_entry_names_a_known_act_and_mode():
    lexicon = load_lexicon()
    words = (*lexicon.verbs.values(), *lexicon.nouns.values())
    entries = [*(entry for senses in words for entry in senses), *(pattern.entry for pattern in patterns())]
    for entry in entries:
        assert entry.act in event_types() or entry.act in OWN_ACTS, entry.key
        assert (
            entry.mode is None or (entry.act, entry.mode) in modes() or (entry.act, entry.mode) in OWN_MODES
        ), entry

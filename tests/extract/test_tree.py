"""The columns agree with what spaCy says token by token."""

import pytest

from chancery.extract.tree import tree_of

TEXTS = [
    "",
    "Lavrov said that Moscow’s envoys had hoped to meet Mr. Guterres in Zürich on Monday.\n\n“No,” he said.",
    "and " * 1500 + "so on",
]


@pytest.mark.parametrize("text", TEXTS, ids=["empty", "report", "one long chain"])
def test_the_columns_say_what_the_tokens_say(parse, text):
    doc = parse(text)
    tree = tree_of(doc)
    assert len(tree) == tree.size == len(doc)
    assert tree.head == [token.head.i for token in doc]
    assert tree.dep == [token.dep_ for token in doc]
    assert tree.pos == [token.pos_ for token in doc]
    assert tree.ent == [token.ent_type_ for token in doc]
    assert tree.lower == [token.lower_ for token in doc]
    assert tree.offset == [token.idx for token in doc]
    assert tree.sentence == [token.sent.start for token in doc]
    assert tree.kids == [[child.i for child in token.children] for token in doc]
    assert tree.entities == [(ent.start, ent.end, ent.label_) for ent in doc.ents]
    for token in doc:
        assert tree.last(token.i) == token.right_edge.i + 1
        assert tree.descendants(token.i) == {one.i for one in token.subtree}


def test_forms_are_folded_and_lemmas_mended(parse):
    tree = tree_of(parse("Ministers hoped to meet in Zürich."))
    assert tree.form[5] == "Zurich"
    assert tree.word[5] == "zurich"
    assert tree.lemma[1] == "hope"


def test_the_last_report_is_not_read_twice(parse):
    doc = parse("Lavrov left.")
    assert tree_of(doc) is tree_of(doc)

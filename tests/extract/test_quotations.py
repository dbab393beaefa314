"""Quotation marks of every sort, in and out of order."""

import itertools

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from chancery.extract.quotations import find_quotations

BLANK = spacy.blank("en")


def quotations(text):
    doc = BLANK(text)
    return [(doc[q.start : q.end].text, q.depth) for q in find_quotations(doc)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said, "We go."', ['"We go."']),
        ("He said, “We go.”", ["“We go.”"]),
        ("He said, ''We go.''", ["''We go.''"]),
        ("He said, ``We go.''", None),  # two kinds of mark for one pair
        ("She said ‘we go’ twice.", ["‘we go’"]),
        ("She said 'we go' twice.", ["'we go'"]),
        ("Il a dit «nous partons» hier.", ["«nous partons»"]),
        ("Er sagte „wir gehen“ und ging.", ["„wir gehen“"]),
        ("She said “we go“ twice.", ["“we go“"]),  # the opening glyph closes too
        ("It's the allies' plan, not Russia's.", []),
        ("It’s the allies’ plan, not Russia’s.", []),
        ("Rock 'n' roll of the '90s.", []),
        ("A ‘summit of the allies’ plan’ was mooted.", ["‘summit of the allies’ plan’"]),
        ('The gun is 5" long.', []),
    ],
)
def test_pairs_are_found_and_apostrophes_are_not(text, found):
    if found is None:
        assert len(quotations(text)) == 1
    else:
        assert [words for words, _ in quotations(text)] == found


def test_a_quotation_in_a_quotation_is_one_level_deeper():
    assert quotations("\"He told me, 'Go home,' and I went,\" she said.") == [
        ("\"He told me, 'Go home,' and I went,\"", 0),
        ("'Go home,'", 1),
    ]


def test_a_mark_that_stays_open_ends_with_its_paragraph():
    doc = BLANK('He said "we go.\n\nNobody went.')
    (quotation,) = find_quotations(doc)
    assert not quotation.closed
    assert doc[quotation.start : quotation.end].text == '"we go.'


def test_paragraphs_that_repeat_the_opening_mark_go_on():
    doc = BLANK("“We go.\n\n“We stay.\n\n“We rest,” he said.\n\n“New.”")
    assert [(q.closed, q.continues) for q in find_quotations(doc)] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]


def test_a_new_opening_mark_ends_the_one_never_closed():
    assert [words for words, _ in quotations("“We go, he said. “We must.”")] == [
        "“We go, he said.",
        "“We must.”",
    ]


def test_a_closing_mark_alone_is_reported():
    doc = BLANK("We go,” he said.")
    (quotation,) = find_quotations(doc)
    assert (doc[quotation.start].text, quotation.closed) == ("”", False)


MARKS = st.sampled_from([*list("\"“”'‘’„«»‹›`"), "''", "``", " ", "\n", "\n\n", "word", "s", ".", ","])


@given(st.lists(MARKS, max_size=40).map("".join))
def test_no_arrangement_of_marks_is_an_error(text):
    doc = BLANK(text)
    found = find_quotations(doc)
    assert all(0 <= q.start < q.end <= len(doc) for q in found)
    outer = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start or b.start < a.end for a, b in itertools.pairwise(outer))
    assert list(found) == sorted(found, key=lambda q: q.start)

"""Every quotation mark is accounted for: in a statement, or listed with the reason why in none."""

import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery import Article
from chancery.extract.quotations import find_quotations
from chancery.extract.syntax import characters
from chancery.reader import read_doc
from chancery.records import UnattributedQuotation

REASONS = set(get_args(UnattributedQuotation.model_fields["reason"].annotation))
# Single marks are apostrophes more often than not; a double one behind a digit is a length.
MARK = re.compile(r"``|''|(?<!\d)[\"“”„‟«»]")


@pytest.fixture(scope="session")
def account(reader, parse):
    """Read a text; return its outermost quotations in characters, and the reading."""

    def read(text):
        doc = parse(text)
        quoted = [characters(doc, (q.start, q.end)) for q in find_quotations(doc) if q.depth == 0]
        return quoted, read_doc(doc, Article(id="a", text=text), reader)

    return read


def check(text, quoted, reading):
    listed = {one.span for one in reading.unattributed}
    assert {one.reason for one in reading.unattributed} <= REASONS
    contents = [span for statement in reading.statements for span in statement.content]
    for start, end in quoted:
        told = any(first < end and start < last for first, last in contents)
        assert told or (start, end) in listed, text[start:end]
    for mark in MARK.finditer(text):
        assert any(start <= mark.start() < end for start, end in quoted), text[
            mark.start() - 30 : mark.end() + 30
        ]


WORDS = "he said that talks would go on Moscow denied a so-called safe zone Berg 5".split()
MARKS = ["“", "”", '"', "'", "‘", "’", "''", "``", "«", "»", "„", ",", ".", ":", "?", "\n", "\n\n", "—"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    pieces=st.lists(st.sampled_from(WORDS + MARKS), min_size=1, max_size=30), joint=st.sampled_from([" ", ""])
)
def test_every_mark_of_odd_text_is_accounted_for(account, pieces, joint):
    text = joint.join(pieces)
    if text.strip():
        check(text, *account(text))


def test_every_mark_of_the_open_articles_is_accounted_for(account, open_articles_of_the_corpora):
    for entry in open_articles_of_the_corpora:
        check(entry["text"], *account(entry["text"]))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The so-called “safe zone” was empty.", "scare quote"),
        ("She has seen “The Road to the North” in the cinema.", "title"),
        ("They marched under the slogan “No road through the north”.", "slogan"),
        ("The road is open. “Nobody who lives here will ever take it again.”", "no speaker found"),
    ],
)
def test_the_reason_is_named(account, text, reason):
    _, reading = account(text)
    assert [one.reason for one in reading.unattributed] == [reason]

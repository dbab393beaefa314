"""Statements: one table of sentences for each family of constructions."""

import pytest

from chancery.extract.quotations import find_quotations
from chancery.extract.statements import find_statements


@pytest.fixture(scope="session")
def said(parse):
    """Find the statements of a text as (speaker, cue, contents)."""

    def find(text):
        doc = parse(text)
        words = lambda run: None if run is None else doc[slice(*run)].text  # noqa: E731
        return [
            (words(m.speaker), words(m.cue), [words(run) for run in m.content])
            for m in find_statements(doc, find_quotations(doc))
        ]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said that talks would resume on Monday.",
            ("The minister", "said", ["talks would resume on Monday"]),
        ),
        (
            "Talks would resume on Monday, the minister said.",
            ("the minister", "said", ["Talks would resume on Monday"]),
        ),
        ("“We will stay,” the envoy told reporters.", ("the envoy", "told", ["We will stay"])),
        (
            "According to the ministry, two soldiers were killed.",
            ("the ministry", "According to", ["two soldiers were killed"]),
        ),
        ("Seoul vowed to answer any attack.", ("Seoul", "vowed", ["to answer any attack"])),
        ("Washington urged Moscow to withdraw.", ("Washington", "urged", ["to withdraw"])),
        ("Beijing called for restraint.", ("Beijing", "called for", ["restraint"])),
        ("Paris condemned the attack.", ("Paris", "condemned", ["the attack"])),
        (
            "The president did not rule out that troops would stay.",
            ("The president", "did not rule out", ["troops would stay"]),
        ),
    ],
)
def test_constructions(said, text, expected):
    assert expected in said(text)

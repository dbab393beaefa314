"""Statement records: ids, nesting, and every quotation accounted for."""

from datetime import date

import pytest

from chancery.extract.quotations import find_quotations
from chancery.extract.statements import find_statements
from chancery.language import Maker
from chancery.resolve.actors import Referents
from chancery.resolve.setting import Setting
from chancery.resolve.statements import resolve_statements, unattributed_quotations, with_reporters


@pytest.fixture(scope="session")
def resolved(parse):
    """Resolve the statements of a text without knowing any actor."""

    def resolve(text):
        doc = parse(text)
        quotations = find_quotations(doc)
        said = find_statements(doc, quotations)
        setting = Setting(doc, date(2022, 2, 10), Maker("0", "test"))
        statements = resolve_statements(setting, said, Referents(), ())
        return statements, unattributed_quotations(setting, said, quotations)

    return resolve


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("They watched “The Longest Day” in silence.", "title"),
        ("The so-called “safe zone” was empty.", "scare quote"),
        ("The square was full of banners reading “no more war”.", "slogan"),
        ("On the table lay a note: “we left early because of rain”.", "no speaker found"),
        ("The square was full.”", "unbalanced"),
    ],
)
def test_quotations_without_a_statement_are_listed_with_the_reason(resolved, text, reason):
    _, unattributed = resolved(text)
    assert [u.reason for u in unattributed] == [reason]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The ministry", "collective"),
        ("A military unit", "collective"),
        ("The rebels", "collective"),
        ("The minister", "role"),
        ("A spokesman", "role"),
        ("The communique", "document"),
    ],
)
def test_a_described_source_is_classed_by_its_noun(resolved, source, kind):
    (statement,), _ = resolved(f"{source} said that the road was open.")
    assert statement.speaker_is == kind


def test_statements_are_numbered_in_the_order_of_their_content(resolved):
    statements, _ = resolved("Kyiv said talks failed. Moscow denied that talks failed.")
    assert [s.id for s in statements] == ["s1", "s2"]
    assert [s.negated for s in statements] == [False, True]


def test_a_source_that_nobody_knows_stays_open_and_says_so(resolved):
    (statement,), _ = resolved("A senior official said that talks had failed.")
    assert statement.speaker.actor is None
    assert statement.speaker_is == "anonymous"
    assert "source not identified" in statement.method


def test_who_asks_in_a_transcript_is_a_reporter(parse, resolved):
    text = "MR. HALE: Good day.\n\nQ Did he resign?\n\nMR. HALE: He did not."
    statements, _ = resolved(text)
    assert [statement.speaker.actor for statement in statements] == [None, "?:reporter", None]
    setting = Setting(parse(text), date(2022, 2, 10), Maker("0", "test"))
    assert [actor.name for actor in with_reporters(setting, statements, ())] == ["a reporter"]


def test_two_who_speak_in_turns_address_each_other(reader):
    text = (
        "Anna Meier: Good afternoon, Mr Okello.\n\nJohn Okello: We have a plan for the town.\n\n"
        "Anna Meier: You know the region well, I hear."
    )
    hearers = [one.addressee.actor for one in reader(text).statements if one.addressee]
    assert hearers.count("person:john-okello") == 2
    assert hearers.count("person:anna-meier") == 1

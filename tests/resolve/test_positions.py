from __future__ import annotations

from types import SimpleNamespace

import pytest

from chancery.extract.positions import PositionMention
from chancery.language import Maker, parse
from chancery.reader import read_doc
from chancery.records import Article
from chancery.resolve.positions import resolve_positions
from chancery.resolve.setting import Setting

TEXT = "Minister Vella said Malta is ready to host talks. The Malta fleet will leave."
NAMES = {"Malta": "MLT", "The Malta fleet": "MLT:military", "Minister Vella": "person:vella"}


class Known:
    """Referents of one small report, by the words that name them."""

    mentions = ()
    issuer = None
    actors = (SimpleNamespace(id="media:herald", kind="media"), SimpleNamespace(id="MLT", kind="state"))

    def __init__(self, doc):
        self.doc = doc

    def mention(self, tokens):
        actor = self.of(tokens)
        return SimpleNamespace(actor=actor) if actor else None

    def of(self, tokens):
        return NAMES.get(self.doc[tokens[0] : tokens[1]].text)

    def within(self, *_):
        return ()

    def several(self, tokens):
        return tuple(filter(None, [self.of(tokens)]))

    def party(self, actor):
        return "MLT" if actor == "person:vella" else actor


@pytest.fixture
def doc(reader):
    return parse(reader.language, TEXT)


def resolve(doc, mention, speaker="person:vella", addressee=None, events=()):
    statement = SimpleNamespace(
        id="s1",
        kind="direct",
        content=(),
        speaker=SimpleNamespace(actor=speaker, actors=(), span=None),
        cue=None,
        addressee=SimpleNamespace(actor=addressee) if addressee else None,
    )
    facts = SimpleNamespace(statements=(statement,), referents=Known(doc))
    return resolve_positions(Setting(doc, None, Maker("0", "test")), (mention,), facts, events)


def mention(doc, issue, *, act="offer", bound="speaker", party=None, statement=0):
    def run(part):
        start = doc.text.index(part)
        span = doc.char_span(start, start + len(part))
        return span.start, span.end

    named = run(party) if party else None
    return PositionMention(act, run(issue), statement, bound, "test", 0.8, 0, party=named, toward=named)


def test_a_minister_binds_the_state(doc):
    (found,) = resolve(doc, mention(doc, "host talks"))
    assert (found.holder, found.act, found.statement) == ("MLT", "offer", "s1")
    assert TEXT[slice(*found.issue)] == "host talks"


def test_an_official_binds_the_state_that_the_report_names(doc):
    (found,) = resolve(doc, mention(doc, "host talks"), speaker="MLT:official")
    assert found.holder == "MLT"
    (found,) = resolve(doc, mention(doc, "host talks"), speaker="LBY:official")
    assert found.holder == "LBY:official"


def test_judgements_of_bystanders_are_no_positions(doc):
    assert resolve(doc, mention(doc, "host talks", act="assess"), speaker="person:passer-by") == ()


def test_a_commitment_of_the_speakers_own_side_is_kept(doc):
    (found,) = resolve(doc, mention(doc, "leave", act="commit", bound="self", party="The Malta fleet"))
    assert found.holder == "MLT"


def test_what_the_speaker_foretells_of_others_is_no_commitment(doc):
    own = mention(doc, "leave", act="commit", bound="self", party="The Malta fleet")
    assert resolve(doc, own, speaker="LBY") == ()


def test_a_demand_is_made_of_others_not_of_oneself(doc):
    demand = mention(doc, "leave", act="demand", bound="other", party="The Malta fleet")
    (found,) = resolve(doc, demand, speaker="LBY")
    assert (found.holder, found.toward) == ("LBY", "MLT:military")
    assert resolve(doc, demand) == ()


def test_the_stance_of_another_party_binds_that_party(doc):
    told = mention(doc, "host talks", bound="subject", party="Malta")
    (found,) = resolve(doc, told, speaker="LBY")
    assert (found.holder, found.toward) == ("MLT", None)


@pytest.mark.parametrize("speaker", [None, "media:herald"])
def test_nobody_and_newspapers_hold_no_positions(doc, speaker):
    assert resolve(doc, mention(doc, "host talks"), speaker=speaker) == ()


def test_an_official_text_without_a_known_issuer_binds_nobody(doc):
    assert resolve(doc, mention(doc, "host talks", statement=None)) == ()


def test_the_addressee_is_the_other_party(doc):
    (found,) = resolve(doc, mention(doc, "host talks"), addressee="LBY")
    assert found.toward == "LBY"


def test_an_event_inside_the_issue_is_named(doc):
    at = TEXT.index("talks")
    event = SimpleNamespace(id="e4", anchor=(at, at + len("talks")))
    (found,) = resolve(doc, mention(doc, "host talks"), events=(event,))
    assert found.event == "e4"


@pytest.mark.parametrize(
    ("publisher", "holders"),
    [("US Department of State", {"USA"}), ("The Herald", {"person:adam-wright"})],
)
def test_in_an_own_text_a_stranger_speaks_for_the_issuer(reader, publisher, holders):
    text = "Adam Wright noted the importance of free elections. Adam Wright thanked Denmark."
    article = Article(id="a", text=text, publisher=publisher)
    read = read_doc(parse(reader.language, text), article, reader)
    assert {one.holder for one in read.positions} == holders


def test_a_portfolio_is_nobody_who_could_be_bound(doc):
    assert resolve(doc, mention(doc, "host talks"), speaker="Interior") == ()

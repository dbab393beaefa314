"""How sure a statement is: what is seen of it, and what that is worth."""

import pytest

from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementOptions, find_statements
from chancery.extract.statements.weigh import features, load_weights, probability
from chancery.extract.tree import tree_of


@pytest.fixture
def found(parse):
    def find(text, **options):
        doc = parse(text)
        mentions = find_statements(doc, find_quotations(doc), options=StatementOptions(**options))
        return tree_of(doc), mentions

    return find


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Norway said that the road was open.",
            {"speaker=name", "cue=speech", "tag=VBD", "dep=ROOT", "length=to 5"},
        ),
        ("He denied that.  The envoy denied that Chad had left.", {"speaker=described", "negated"}),
        ("They feared that it would sink.", {"speaker=pronoun", "cue=thought"}),
        ("The road is believed to be open.", {"speaker=none"}),
        ('"We stay," Ine Berg said. "We have food."', {"several runs"}),
    ],
)
def test_what_is_seen_of_a_statement(found, text, names):
    tree, mentions = found(text)
    assert names <= set(features(tree, mentions[-1]))


def test_a_named_speaker_s_long_clause_is_surer_than_an_infinitive_nobody_is_named_for(found):
    _, (clause,) = found("Norway said that the road to the northern border had been open since the morning.")
    _, (wish,) = found("Residents hope to leave.", extra=True)
    assert clause.score > 0.9
    assert wish.score < 0.7


def test_the_share_of_the_construction_stands_without_weights(found):
    _, (mention,) = found("Norway said that the road was open.", weighed=False)
    assert mention.score == probability(0.85, ("any", "negated"), {}) == pytest.approx(0.85)


@pytest.mark.parametrize(("share", "least", "most"), [(0.0, 0.009, 0.011), (1.0, 0.989, 0.991)])
def test_nothing_is_certain(share, least, most):
    assert least < probability(share, (), {}) < most


def test_scores_change_no_statement(found):
    text = 'Norway said it had asked Mali to wait. Residents hope to leave. "It holds," she said.'
    plain, scored = (found(text, weighed=weighed)[1] for weighed in (False, True))
    assert [(one.cue, one.content, one.speaker) for one in plain] == [
        (one.cue, one.content, one.speaker) for one in scored
    ]


def test_every_weight_belongs_to_a_kind_of_feature_that_is_looked_for():
    kinds = {name.split("=")[0] for name in load_weights()}
    assert kinds == {"any", "cue", "dep", "length", "negated", "several runs", "speaker", "tag"}


@pytest.mark.parametrize(
    ("left_out", "lemmas"), [("object", ["say", "fear"]), ("clause.thought", ["say", "condemn"])]
)
def test_a_construction_or_a_class_of_cues_can_be_left_out(found, left_out, lemmas):
    text = "Norway said it left. Oslo condemned the attack. Residents feared that it would rain."
    _, mentions = found(text, without=frozenset({left_out}))
    assert [one.cue_lemma for one in mentions] == lemmas

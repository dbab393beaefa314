from __future__ import annotations

import pytest

from chancery.extract.positions import find_positions
from chancery.extract.positions.lexicon import load_lexicon
from chancery.extract.statements import StatementMention
from chancery.language import parse


@pytest.fixture
def language(reader):
    return reader.language


def words(doc, tokens):
    return doc[tokens[0] : tokens[1]].text if tokens else None


def said(doc, speaker, cue, content):
    """Make the statement that a sentence holds, from its words."""

    def run(part):
        start = doc.text.index(part)
        span = doc.char_span(start, start + len(part), alignment_mode="expand")
        return span.start, span.end

    return StatementMention(
        cue=run(cue),
        cue_lemma=doc[run(cue)[0]].lemma_,
        speaker=run(speaker),
        content=(run(content),),
        kind="indirect",
        negated=False,
        rule="test",
        score=1.0,
    )


def rules():
    lexicon = load_lexicon()
    frames = [frame for found in lexicon.frames.values() for frame in found]
    modals = [modal for found in lexicon.modals.values() for modal in found]
    every = [*frames, *modals, *lexicon.contents.values()]
    return list(dict.fromkeys((rule.test, rule.act, rule.finds) for rule in every))


@pytest.mark.parametrize(("sentence", "act", "issue"), rules())
def test_every_rule_finds_its_own_example(language, sentence, act, issue):
    doc = parse(language, sentence)
    statements = ()
    if sentence.startswith("We say that "):
        content = sentence.removeprefix("We say that ").rstrip(".")
        statements = (said(doc, "We", "say", content),)
    found = [(one.act, words(doc, one.issue)) for one in find_positions(doc, statements)]
    assert (act, issue) in found


@pytest.mark.parametrize(
    ("sentence", "content", "expected"),
    [
        (
            "The envoy said we are ready to talk about prisoners and are ready to open the road.",
            "we are ready to talk about prisoners and are ready to open the road",
            [("offer", "talk about prisoners", "speaker"), ("offer", "open the road", "speaker")],
        ),
        (
            "The envoy said Peru is ready to strike the camps.",
            "Peru is ready to strike the camps",
            [("threaten", "strike the camps", "self")],
        ),
        (
            "The envoy said Peru must release the crew.",
            "Peru must release the crew",
            [
                ("commit", "release the crew", "self"),
                ("demand", "release the crew", "other"),
                ("demand", "Peru must release the crew", "thing"),  # if "Peru" were no party
            ],
        ),
        (
            "The envoy said it will rain tomorrow.",
            "it will rain tomorrow",
            [("commit", "rain tomorrow", "self")],  # the resolver drops it: "it" is no party
        ),
        ("The envoy said three people have died.", "three people have died", []),
        ("The envoy said the talks would be held in May.", "the talks would be held in May", []),
    ],
)
def test_a_clause_commits_by_its_modal_and_subject(language, sentence, content, expected):
    doc = parse(language, sentence)
    found = find_positions(doc, (said(doc, "The envoy", "said", content),))
    assert [(one.act, words(doc, one.issue), one.bound) for one in found] == expected


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("the court ruled that the sale was legal", "ruling is not ruling out"),
        ("the firm will pay $5 million for the port", "a price paid is no threat"),
        ("young people can propose new songs", "an ability is no act"),
        ("we were going to sail", "a plan that failed binds nobody"),
        ("we will deliver it", "an issue without content"),
        ("I hope that we will meet again", "a hope is no promise"),
        ("that is how we will win", "the object stands before the clause"),
        ("gunmen killed two men", "an event, not a charge"),
        ("we offer our condolences", "a courtesy"),
        ("we thank you for your time", "a courtesy"),
        ("they were starving", "suffering is not doing"),
    ],
)
def test_what_only_looks_like_a_position_is_none(language, content, why):
    doc = parse(language, f"The envoy said {content}.")
    assert find_positions(doc, (said(doc, "The envoy", "said", content),)) == (), why


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "expected"),
    [
        ("Mali vowed to strike the camps.", "vowed", "to strike the camps", ("threaten", "strike the camps")),
        ("Mali rejected the allegations.", "rejected", "the allegations", ("deny", "the allegations")),
        (
            "Mali promised that it would not close the road.",
            "promised",
            "it would not close the road",
            ("commit", "it would not close the road"),
        ),
        (
            "Mali said it has no intention of leaving the bloc.",
            "said",
            "it has no intention of leaving the bloc",
            ("assure", "it has no intention of leaving the bloc"),
        ),
        (
            "Mali warned that famine was near.",
            "warned",
            "famine was near",
            ("warn", "famine was near"),
        ),
    ],
)
def test_the_act_follows_the_issue_and_the_negation(language, sentence, cue, content, expected):
    doc = parse(language, sentence)
    found = find_positions(doc, (said(doc, "Mali", cue, content),))
    # what stands inside the issue of another is for the resolver to drop
    assert expected in [(one.act, words(doc, one.issue)) for one in found]


def test_the_condition_is_kept_beside_the_threat(language):
    doc = parse(language, "The general said we will retaliate if the raids continue.")
    content = "we will retaliate if the raids continue"
    (found,) = find_positions(doc, (said(doc, "The general", "said", content),))
    assert (found.act, words(doc, found.issue)) == ("threaten", "retaliate")
    assert words(doc, found.condition) == "if the raids continue"


def test_readiness_under_a_condition_is_a_commitment(language):
    doc = parse(language, "The minister said that if Mali asks, we are ready to send doctors.")
    (found,) = find_positions(
        doc, (said(doc, "The minister", "said", "if Mali asks, we are ready to send doctors"),)
    )
    assert (found.act, words(doc, found.issue)) == ("commit", "send doctors")


def test_what_is_urged_names_the_other_party(language):
    doc = parse(language, "The council urged Eritrea to free the journalists.")
    (found,) = find_positions(doc, (said(doc, "The council", "urged", "to free the journalists"),))
    assert words(doc, found.toward) == "Eritrea"


def test_a_list_of_infinitives_is_one_position_each(language):
    doc = parse(language, "The council urged Eritrea to free the journalists and to reopen the port.")
    found = find_positions(
        doc, (said(doc, "The council", "urged", "to free the journalists and to reopen the port"),)
    )
    assert [words(doc, one.issue) for one in found] == ["free the journalists", "reopen the port"]


@pytest.mark.parametrize(
    "sentence",
    [
        "If Chad will not sign, the deal is dead.",
        "Will the minister resign?",
        "The ship was built in Gdansk.",
        "",
    ],
)
def test_conditions_questions_and_plain_facts_are_no_positions(language, sentence):
    doc = parse(language, sentence)
    assert find_positions(doc, ()) == ()


def test_a_passive_promise_is_a_commitment(language):
    doc = parse(language, "The ministry said that the answer would be delivered on Friday.")
    content = "the answer would be delivered on Friday"
    found = find_positions(doc, (said(doc, "The ministry", "said", content),))
    assert [(one.act, one.bound) for one in found] == [("commit", "thing")]


@pytest.mark.parametrize(
    ("sentence", "act", "party"),
    [
        ("The raid was condemned by Egypt.", "accuse", "Egypt"),
        ("The talks covered France's commitment to the treaty.", "commit", "France's"),
        ("The envoy recalled the commitment of Kenya to the truce.", "commit", "Kenya"),
        ("The two leaders vowed to rebuild the port.", "commit", "The two leaders"),
    ],
)
def test_the_bound_party_is_found_by_its_place(language, sentence, act, party):
    doc = parse(language, sentence)
    found = [(one.act, words(doc, one.party)) for one in find_positions(doc, ())]
    assert (act, party) in found


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("the situation in the camps remains difficult", "assess"),
        ("the new rules cost farmers a third of their income", "assess"),
        ("this country is a true friend of ours", "support"),
        ("the minister arrived on Monday", None),
        ("the vote is on Monday", None),
        ("they cost farmers a third of their income", None),
    ],
)
def test_judgements_are_found_where_nothing_else_is(language, content, act):
    doc = parse(language, f"The envoy said {content}.")
    found = find_positions(doc, (said(doc, "The envoy", "said", content),))
    assert [(one.act, words(doc, one.issue), one.yields) for one in found] == (
        [(act, content, True)] if act else []
    )


@pytest.mark.parametrize(
    ("content", "issue"),
    [
        ("Eritrea's unprovoked war against Chad goes on", "Eritrea's unprovoked war against Chad"),
        ("this shameful attack on the envoy will cost lives", "this shameful attack on the envoy"),
        (
            "nothing excuses Eritrea's failure to protect the envoys",
            "Eritrea's failure to protect the envoys",
        ),
        ("Eritrea's violations of the truce worry us", "Eritrea's violations of the truce"),
        ("Eritrea continues to undermine the truce", "undermine the truce"),
        ("two drivers were abducted by the Eritrean army", "were abducted by the Eritrean army"),
        ("the new law violates the treaty of 1994", "violates the treaty of 1994"),
        ("Eritrea's attempts to undermine the truce will fail", "undermine the truce"),
    ],
)
def test_charges_are_found_in_how_a_deed_is_called(language, content, issue):
    doc = parse(language, f"The envoy said {content}.")
    found = find_positions(doc, (said(doc, "The envoy", "said", content),))
    assert ("accuse", issue) in [(one.act, words(doc, one.issue)) for one in found]


@pytest.mark.parametrize(
    "content",
    [
        "a further Eritrean invasion of Chad would cost lives",
        "the stance taken by Chad is right",
        "the army faces terrorist attacks",
        "the war began in March",
        "the Eritrean invasion was years ago",
    ],
)
def test_a_deed_that_is_only_named_charges_nobody(language, content):
    doc = parse(language, f"The envoy said {content}.")
    found = find_positions(doc, (said(doc, "The envoy", "said", content),))
    assert "accuse" not in [one.act for one in found]


@pytest.mark.parametrize(
    ("sentence", "act", "issue"),
    [
        ("Chad is steadfast in its commitment to the truce.", "commit", "the truce"),
        ("Chad stands united with Mali.", "support", "Mali"),
        ("The minister described the raid as shameful.", "accuse", "the raid"),
        ("It is time for Eritrea to leave.", "request", "leave"),
        ("It is time to lift the blockade.", "request", "lift the blockade"),
        ("The minister called the raid an act of shameful brutality.", "accuse", "the raid"),
        ("There will be monthly updates on the search.", "commit", "monthly updates on the search"),
        ("It was agreed that Malta would host the summit.", "commit", "host the summit"),
        ("Kenya remains a friend of Mali.", "support", "Mali"),
    ],
)
def test_idioms_of_official_texts_take_positions(language, sentence, act, issue):
    doc = parse(language, sentence)
    found = [(one.act, words(doc, one.issue)) for one in find_positions(doc, ())]
    assert (act, issue) in found


def test_a_decision_that_is_praised_commits_nobody_anew(language):
    doc = parse(language, "The minister praised Chad's decision to reopen the road.")
    assert "commit" not in [one.act for one in find_positions(doc, ())]


def test_what_was_agreed_on_binds_whom_it_names(language):
    doc = parse(language, "It was agreed that Malta would host the summit.")
    (found,) = [one for one in find_positions(doc, ()) if one.act == "commit"]
    assert (found.bound, words(doc, found.party)) == ("subject", "Malta")


@pytest.mark.parametrize(
    "sentence",
    ["There will be no further talks.", "There will be rain on Monday.", "There were two updates."],
)
def test_what_there_will_not_be_is_no_commitment(language, sentence):
    assert not find_positions(parse(language, sentence), ())

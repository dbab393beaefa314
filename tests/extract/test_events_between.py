"""What one party does to another where both are given: by the rules, and with the second opinion."""

import pytest

from chancery.evaluate.given import answers, reading_of, types_given
from chancery.extract.events.between import Asked, candidates_between
from chancery.extract.events.lexicon import load_reading
from chancery.extract.events.second import TYPES, load_second, type_between
from chancery.extract.events.weigh import load_weights
from chancery.extract.tree import tree_of
from chancery.language import parse_many


@pytest.fixture(scope="module")
def ask(parse):
    def answer(text, actor, recipient, reading="own", **options):
        doc = parse(text)

        def tokens(words):
            span = doc.char_span(text.find(words), text.find(words) + len(words), alignment_mode="expand")
            return (span.start, span.end)

        asked = Asked((tokens(actor),) if actor else (), (tokens(recipient),) if recipient else ())
        return type_between(tree_of(doc), asked, reading, **options)

    return answer


CASES = [
    ("Mali condemned the decision of Niger.", "Mali", "Niger", "ACCUSE"),
    ("Norwegian police arrested a journalist in Bergen.", "Norwegian police", "a journalist", "COERCE"),
    ("Chad agreed to open its embassy in Togo.", "Chad", "Togo", "AGREE"),
    ("Peru refused to extradite the general to Chile.", "Peru", "Chile", "REJECT"),
    ("Japan will impose sanctions on Belarus.", "Japan", "Belarus", "THREATEN"),
    ("Fighter jets of Chad bombed rebels near the border with Niger.", "Chad", "rebels", "ASSAULT"),
    ("Kenya sent rice and medicine to Somalia.", "Kenya", "Somalia", "AID"),
    ("Nurses marched against the government in Lisbon.", "Nurses", "the government", "PROTEST"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "actor", "recipient", "kind"), CASES)
@pytest.mark.parametrize("learned", [False, True], ids=["rules", "both"])
def test_the_type_of_what_one_does_to_the_other(ask, text, actor, recipient, kind, learned):
    assert ask(text, actor, recipient, learned=learned).type == kind


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "own", "cameo"),
    [
        (
            "A court in Oslo convicted two smugglers.",
            "A court in Oslo",
            "two smugglers",
            "SANCTION",
            "ACCUSE",
        ),
        ("The army released forty farmers.", "The army", "forty farmers", "RETREAT", "YIELD"),
        ("The army will release forty farmers.", "The army", "forty farmers", "CONCEDE", "AGREE"),
        ("Laos signed a treaty with Vietnam.", "Laos", "Vietnam", "SUPPORT", "SUPPORT"),
        ("Norway imposed sanctions on a Syrian firm.", "Norway", "a Syrian firm", "SANCTION", "COERCE"),
    ],
)
def test_another_reading_of_plover_gives_other_types(ask, text, actor, recipient, own, cameo):
    found = [ask(text, actor, recipient, reading, learned=False).type for reading in ("own", "cameo")]
    assert found == [own, cameo]


def test_the_purpose_of_a_call_is_what_is_done(ask):
    text = "The premier of Fiji phoned the king of Tonga to congratulate him."
    assert ask(text, "The premier of Fiji", "the king of Tonga", learned=False).type == "SUPPORT"


def test_the_same_words_toward_another_are_another_act(ask):
    text = "Mali condemned Chad and thanked Togo."
    assert ask(text, "Mali", "Chad").type == "ACCUSE"
    assert ask(text, "Mali", "Togo").type == "SUPPORT"


def test_one_party_is_enough(ask):
    assert ask("Rebels bombed the village.", "", "the village").type == "ASSAULT"


def test_where_no_word_names_an_act_the_rules_are_silent_and_the_learned_part_guesses(ask):
    text = "Iceland is north of Ireland."
    assert ask(text, "Iceland", "Ireland", learned=False) is None
    guess = ask(text, "Iceland", "Ireland")
    assert guess.rules is None
    assert not guess.agree


def patterns():
    found = {}
    for listed in load_reading("cameo").values():
        for pattern in listed:
            found.setdefault(pattern.test, pattern)
    return list(found.values())


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.entry.key)
def test_a_pattern_of_another_reading_finds_its_own_sentence(pattern, parsed):
    found = candidates_between(tree_of(parsed[pattern.test]), load_weights(), "cameo")
    assert pattern.entry in [candidate.trigger.entry for candidate, _ in found]
    assert pattern.entry.act in TYPES["cameo"]


@pytest.fixture(scope="module")
def parsed(reader):
    tests = [pattern.test for pattern in patterns()]
    return dict(zip(tests, parse_many(reader.language, tests), strict=True))


def test_the_weights_name_known_types():
    for reading in ("own", "cameo"):
        second = load_second(reading)
        assert set(second.bias) == set(TYPES[reading])
        assert {kind for weights in second.words.values() for kind in weights} <= set(TYPES[reading])


def test_gold_of_either_format_is_answered_in_order(parse):
    text = "Mali condemned Niger and thanked Togo."
    gold = {
        "id": "x",
        "text": text,
        "events": [
            {"event_type": "ACCUSE", "source_text": ["Mali"], "target_text": ["Niger"]},
            {"event_type": "SUPPORT", "actor": [[0, 4]], "recipient": [[33, 37]]},
            {"event_type": "SUPPORT", "source_text": [], "target_text": []},
        ],
    }
    assert reading_of(gold) == "own"
    assert [event["type"] for event in types_given(gold, parse(text))["events"]] == [
        "ACCUSE",
        "SUPPORT",
        None,
    ]
    assert answers(gold, parse(text))[2] is None
    corpus = {
        "id": "y",
        "text": "The court convicted Lee.",
        "events": [
            {
                "event_type_file": "ACCUSE",
                "spans": [{"role": "SRC", "start": 0, "end": 9}, {"role": "TAR", "start": 20, "end": 23}],
            }
        ],
    }
    assert types_given(corpus, parse(corpus["text"]))["events"][0]["type"] == "ACCUSE"

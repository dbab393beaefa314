"""Every form of a statement that the project promises, by a sentence each."""

import pytest

from chancery.extract.quotations import find_quotations
from chancery.extract.statements import find_statements

# text, then what must be among its statements as (speaker, cue, contents)
FORMS = {
    "split quotation": (
        "“We will stay,” Ms Berg said. “Nobody can drive us out.”",
        ("Ms Berg", "said", ["We will stay", "Nobody can drive us out"]),
    ),
    "over paragraphs": (
        "“We stay,” said Ms Berg.\n\n“We will not leave the north.\n\n“We will not sell the port.”",
        ("Ms Berg", "said", ["We stay", "We will not leave the north", "We will not sell the port"]),
    ),
    "parenthetical cue": (
        "The talks, Ms Berg said, would go on in May.",
        ("Ms Berg", "said", ["The talks", "would go on in May"]),
    ),
    "between semicolons": (
        "The US, Berg said, “has no plans” to leave; Oslo, she added, does.",
        ("Berg", "said", ["The US", "“has no plans” to leave"]),
    ),
    "according to": (
        "According to a senior official, the road is open.",
        ("a senior official", "According to", ["the road is open"]),
    ),
    "infinitive": ("Norway vowed to send a ship.", ("Norway", "vowed", ["to send a ship"])),
    "request": ("Mali asked Niger to reopen the road.", ("Mali", "asked", ["to reopen the road"])),
    "preposition": (
        "The council called for an end to the war.",
        ("The council", "called for", ["an end to the war"]),
    ),
    "accusation": (
        "Oslo accused Minsk of shelling the port.",
        ("Oslo", "accused", ["Minsk of shelling the port"]),
    ),
    "noun": (
        "Oslo rejected Berg's claim that the road was open.",
        ("Berg", "claim", ["the road was open"]),
    ),
    "adjective": (
        "Berg is confident that the talks will go on.",
        ("Berg", "is confident", ["the talks will go on"]),
    ),
    "made it clear": (
        "Berg made it clear that the road would stay open.",
        ("Berg", "made it clear", ["the road would stay open"]),
    ),
    "passive without agent": (
        "Minsk was accused of shelling the port.",
        (None, "was accused of", ["Minsk", "shelling the port"]),
    ),
    "passive, expected": (
        "The road is expected to reopen in May.",
        (None, "is expected", ["to reopen in May"]),
    ),
    "passive with agent": (
        "The rebels are believed by diplomats to have left.",
        ("diplomats", "are believed", ["to have left"]),
    ),
    "saying": (
        "The minister left the hall, saying that talks were over.",
        ("The minister", "saying", ["talks were over"]),
    ),
    "adding": (
        "The minister praised the deal, adding that more was needed.",
        ("The minister", "adding", ["more was needed"]),
    ),
    "citing": (
        "The minister closed the road, citing the weather.",
        ("The minister", "citing", ["the weather"]),
    ),
    "headline": (
        "Berg: Norway will not leave the north",
        ("Berg", ":", ["Norway will not leave the north"]),
    ),
    "headline, source last": (
        "Norway to leave the north in May: minister",
        ("minister", ":", ["Norway to leave the north in May"]),
    ),
    "transcript by names": (
        "Vladimir Putin: Good day. The harvest was good.\n\nIvan Orlov: It was.\n\nVladimir Putin: Good.",
        ("Vladimir Putin", ":", ["Good day. The harvest was good"]),
    ),
    "signed on its own line": (
        "“The road to peace is long and we walk it slowly.”\n\n— Ine Berg, foreign minister",
        ("Ine Berg, foreign minister", "—", ["The road to peace is long and we walk it slowly"]),
    ),
    "signed behind a dash": (
        "“The road to peace is long and we walk it slowly.” — Ine Berg",
        ("Ine Berg", "—", ["The road to peace is long and we walk it slowly"]),
    ),
    "plan as a text": (
        "The plan envisages that troops leave in May.",
        ("The plan", "envisages", ["troops leave in May"]),
    ),
    "poll": (
        "A poll by Gallup shows that most voters want peace.",
        ("A poll by Gallup", "shows", ["most voters want peace"]),
    ),
    "poll with figures": (
        "The poll put support for the party at 40 percent.",
        ("The poll", "put", ["support for the party at 40 percent"]),
    ),
    "document": (
        "A report published on Monday said the dam was weak.",
        ("A report published on Monday", "said", ["the dam was weak"]),
    ),
    "belief": (
        "Tehran believes that the deal is dead.",
        ("Tehran", "believes", ["the deal is dead"]),
    ),
    "fear": ("Diplomats fear that the talks will fail.", ("Diplomats", "fear", ["the talks will fail"])),
    "plan": ("Oslo plans to close the port.", ("Oslo", "plans", ["to close the port"])),
    "judgement keeps both marks": (
        'Ine Berg called the terms "an insult".',
        ("Ine Berg", "called", ['the terms "an insult"']),
    ),
    "question keeps its mark": (
        "“Will Oslo pay?” the reporter asked.",
        ("the reporter", "asked", ["Will Oslo pay?"]),
    ),
    "day beside the source": (
        "The ministry on Monday said the road was open.",
        ("The ministry", "said", ["the road was open"]),
    ),
    "coach by name": (
        "According to the team's coach, Ali Reza, the robot was too slow.",
        ("the team's coach, Ali Reza", "According to", ["the robot was too slow"]),
    ),
}


@pytest.fixture(scope="session")
def found(parse):
    """Find the statements of a text, with the words of each."""

    def find(text):
        doc = parse(text)
        words = lambda run: None if run is None else doc[slice(*run)].text  # noqa: E731
        return [
            (m, (words(m.speaker), words(m.cue), [words(run) for run in m.content]), words)
            for m in find_statements(doc, find_quotations(doc))
        ]

    return find


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found(found, form):
    text, expected = FORMS[form]
    assert expected in [told for _, told, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Minsk denied that it had shelled the port.", "it had shelled the port"),
        ("Minsk denied shelling the port.", "shelling the port"),
        ("Minsk denied the accusations.", "the accusations"),
        ("Berg declined to say when the road would open.", "to say when the road would open"),
        ("Berg did not rule out a new mission.", "a new mission"),
        ("Berg did not rule out sending troops.", "sending troops"),
        ("Berg would not say whether she will go.", "whether she will go"),
        ("Oslo rejected Berg's claim that the road was open.", "Berg's claim that the road was open"),
    ],
)
def test_denials_and_negated_cues_are_negated_and_told_once(found, text, content):
    negated = [told[2] for m, told, _ in found(text) if m.negated]
    assert negated == [[content]]


def test_statements_nest_at_any_depth(found):
    told = found("Lavrov said Kyiv had told him that Berlin promised to pay.")
    assert [words(m.cue) for m, _, words in told] == ["said", "had told", "promised"]
    assert [m.within for m, _, _ in told] == [None, 0, 1]


@pytest.mark.parametrize(
    ("text", "addressee", "occasion", "day"),
    [
        ("Berg told Mr Xi that the road was open.", "Mr Xi", None, None),
        ("Asked whether Oslo would pay, Berg said it would.", "Berg", None, None),
        (
            "Berg said during a briefing with the envoy on Thursday that the road was open.",
            None,
            "during a briefing with the envoy on Thursday",
            "Thursday",
        ),
        ("The minister told the BBC on Monday that Chad would leave.", "the BBC", None, "Monday"),
        (
            "In a letter to the council, Berg wrote that it was late.",
            None,
            "In a letter to the council",
            None,
        ),
    ],
)
def test_hearer_occasion_and_day(found, text, addressee, occasion, day):
    first, _, words = found(text)[0]
    assert (words(first.addressee), words(first.occasion), words(first.said)) == (addressee, occasion, day)


@pytest.mark.parametrize(
    "text",
    [
        'He was reading "War and Peace" in the train.',
        "Tell me what the council wants.",
        "Talks went on, as predicted.",
        # a list of sources signs nothing
        '"Papers found in the street of the port"\n\nThe Star, August 15, 2008',
        "The deal does not affect plans to build a port.",
    ],
)
def test_what_no_form_covers(found, text):
    assert found(text) == []


@pytest.mark.xfail(strict=True, reason="the parser takes the demanded act for the subject of refusing")
def test_a_demand_that_is_refused(found):
    told = [told for _, told, _ in found("Oslo's demand that the ship leave was refused.")]
    assert told == [("Oslo", "demand", ["the ship leave"])]

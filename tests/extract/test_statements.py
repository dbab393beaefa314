"""Statements: one table of sentences for each family of constructions."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementOptions, find_statements


@pytest.fixture(scope="session")
def mentions(parse):
    """Find the statement mentions of a text, with the document."""

    def find(text, **options):
        doc = parse(text)
        return doc, find_statements(doc, find_quotations(doc), options=StatementOptions(**options))

    return find


@pytest.fixture(scope="session")
def said(mentions):
    """Find the statements of a text as (speaker, cue, contents)."""

    def find(text, **options):
        doc, found = mentions(text, **options)
        words = lambda run: None if run is None else doc[slice(*run)].text  # noqa: E731
        return [(words(m.speaker), words(m.cue), [words(run) for run in m.content]) for m in found]

    return find


CLAUSES = [
    (
        "The minister said that talks would resume on Monday.",
        ("The minister", "said", ["talks would resume on Monday"]),
    ),
    (
        "Talks would resume on Monday, the minister said.",
        ("the minister", "said", ["Talks would resume on Monday"]),
    ),
    (
        "In the past week two bridges were lost, and the army has cleared the road, the ministry said.",
        (
            "the ministry",
            "said",
            ["In the past week two bridges were lost, and the army has cleared the road"],
        ),
    ),
    (
        "The hashtag, the spokeswoman said, was even more popular.",
        ("the spokeswoman", "said", ["The hashtag", "was even more popular"]),
    ),
    (
        "The president said the army would stay, adding that no date was set.",
        ("The president", "adding", ["no date was set"]),
    ),
    (
        "The envoy assured the people that all of the prisoners are safe.",
        ("The envoy", "assured", ["all of the prisoners are safe"]),
    ),
    (
        "The president did not rule out that troops would stay.",
        ("The president", "did not rule out", ["troops would stay"]),
    ),
    ("Moscow denied that it had sent troops.", ("Moscow", "denied", ["it had sent troops"])),
    (
        "It is believed that two soldiers were captured.",
        (None, "is believed", ["two soldiers were captured"]),
    ),
]

FORMS = [
    # verbs with a noun
    ("The plan was condemned by Paris.", ("Paris", "was condemned", ["The plan"])),
    ("Minsk claimed responsibility for the attack.", ("Minsk", "claimed", ["responsibility for the attack"])),
    ("Oslo closed the port, citing safety.", ("Oslo", "citing", ["safety"])),
    (
        "The ministry attributed the blast to the rebels.",
        ("The ministry", "attributed", ["the blast to the rebels"]),
    ),
    ("Bern did not rule out talks with Minsk.", ("Bern", "did not rule out", ["talks with Minsk"])),
    ("Bern did not rule out sending troops.", ("Bern", "did not rule out", ["sending troops"])),
    (
        "Ine Berg expressed concern that Chad would leave.",
        ("Ine Berg", "expressed concern", ["Chad would leave"]),
    ),
    ("Both sides voiced support for the plan.", ("Both sides", "voiced support for", ["the plan"])),
    # lists and clauses that the parser hangs elsewhere
    (
        "Leaders agreed to continue with operations, bring the guilty to justice and to support the council.",
        (
            "Leaders",
            "agreed",
            ["to continue with operations, bring the guilty to justice and to support the council"],
        ),
    ),
    (
        "The minister added that he would not go; the spokeswoman gave no reason for the delay.",
        ("The minister", "added", ["he would not go"]),
    ),
    (
        "According to Ine Berg, an important task for the council is to open the road.",
        ("Ine Berg", "According to", ["an important task for the council is to open the road"]),
    ),
    # declarations of a body in its own text
    ("We urge Mali to hold elections.", ("We", "urge", ["to hold elections"])),
]

INFINITIVES = [
    ("Seoul vowed to answer any attack.", ("Seoul", "vowed", ["to answer any attack"])),
    ("Washington urged Moscow to withdraw.", ("Washington", "urged", ["to withdraw"])),
    ("Iran demanded from Interpol to publish a notice.", ("Iran", "demanded", ["to publish a notice"])),
    ("The ship is said to have left the port.", (None, "is said", ["to have left the port"])),
    ("The minister called on both sides to lay down arms.", None),
    ("Minsk suggested sending observers.", ("Minsk", "suggested", ["sending observers"])),
]

OBJECTS = [
    ("Beijing called for restraint.", ("Beijing", "called for", ["restraint"])),
    ("Paris condemned the attack.", ("Paris", "condemned", ["the attack"])),
    ("Ankara accused Athens of arming the islands.", None),
    (
        "He noted the importance of “finding a way”.",
        ("He", "noted", ["the importance of “finding a way”"]),
    ),
    ("Tehran called the sanctions a crime.", ("Tehran", "called", ["the sanctions a crime"])),
]

QUOTED = [
    (
        "Surveys did foresee the vote - Ine Berg: “One of the lessons was simple, and we learned it.”",
        ("Ine Berg", ":", ["One of the lessons was simple, and we learned it"]),
    ),
    (
        "The envoy waited, then leaned in and boomed: “Let us open the road in May.”",
        ("The envoy", "boomed", ["Let us open the road in May"]),
    ),
    ("The envoy turned when a man yelled “Stay there!” from the hall.", ("a man", "yelled", ["Stay there!"])),
    (
        "“The road is long and we walk slowly,” Berg notes.",
        ("Berg", "notes", ["The road is long and we walk slowly"]),
    ),
    (
        "“We find no letters that are missing.” Berg said.",
        ("Berg", "said", ["We find no letters that are missing"]),
    ),
    (
        "In a note to the paper, her adviser, Jan Sulo, said: “We believe in the road.”",
        ("her adviser, Jan Sulo", "said", ["We believe in the road"]),
    ),
    (
        "Asked about the road, “We will open it on Monday,” the minister said.",
        ("the minister", "said", ["We will open it on Monday"]),
    ),
    (
        "“We will stay in the north,” he said on “Meet the Press.”",
        ("he", "said", ["We will stay in the north"]),
    ),
    ("“We will stay,” the envoy told reporters.", ("the envoy", "told", ["We will stay"])),
    ("“We will stay,” said the envoy.", ("the envoy", "said", ["We will stay"])),
    (
        "“We will stay,” the envoy said. “Nobody can drive us out of here.”",
        ("the envoy", "said", ["We will stay", "Nobody can drive us out of here"]),
    ),
    (
        "“We will stay,” the envoy said as he left the hall, “and we will fight.”",
        ("the envoy", "said", ["We will stay", "and we will fight"]),
    ),
    (
        "“We stayed. We fought. We won,” the general said.",
        ("the general", "said", ["We stayed. We fought. We won"]),
    ),
    ("“Leave this country at once,” the guard barked.", ("the guard", "barked", None)),
    ('The envoy said: "We will stay."', ("The envoy", "said", ["We will stay"])),
    (
        "The minister told the council: “We need help.”",
        ("The minister", "told", ["We need help"]),
    ),
    (
        "He was too busy to answer: “I have no time for this,” he wrote.",
        ("he", "wrote", ["I have no time for this"]),
    ),
]

PHRASES = [
    (
        "According to the ministry, two soldiers were killed.",
        ("the ministry", "According to", ["two soldiers were killed"]),
    ),
    (
        "Two soldiers were killed, according to the ministry.",
        ("the ministry", "according to", ["Two soldiers were killed"]),
    ),
    (
        "In the opinion of some doctors, the wound was old.",
        ("some doctors", "In the opinion of", ["the wound was old"]),
    ),
    (
        "The council addressed the ministry with a proposal to hold a new meeting.",
        ("The council", "proposal", ["to hold a new meeting"]),
    ),
    (
        "Tokyo rejected the claim that the ship was armed.",
        None,
    ),
    ("The envoy made clear that talks were over.", ("The envoy", "made clear", ["talks were over"])),
]

TURNS = [
    ("Survey: Most voters want change in parliament", ("Survey", ":", None)),
    (
        "Talks went on for hours.\n\nMR. PRICE: Well, we have been clear about that.",
        ("MR. PRICE", ":", ["Well, we have been clear about that"]),
    ),
    (
        "The prime minister said:\n\nWe condemn the attack. We will help.\n\nOur friends can rely on us.",
        ("The prime minister", "said", None),
    ),
]


def check(said, text, expected):
    found = said(text)
    if expected is None:
        assert found
        return
    speaker, cue, content = expected
    assert (speaker, cue) in [(s, c) for s, c, _ in found]
    if content is not None:
        assert (speaker, cue, content) in found


@pytest.mark.parametrize(("text", "expected"), CLAUSES)
def test_verbs_with_a_clause(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_forms(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(("text", "expected"), INFINITIVES)
def test_verbs_with_an_infinitive(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(("text", "expected"), OBJECTS)
def test_verbs_with_a_noun_phrase(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_quotations(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_nouns_adjectives_and_phrases(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(("text", "expected"), TURNS)
def test_turns_and_blocks(said, text, expected):
    check(said, text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "The army has moved two brigades to the border.",
        "The so-called safe zone was empty.",
        "It is clear that the winter will be cold.",
        "“I think it is fair now,” he said.",  # the speaker's own voice: one statement, not two
        "The base, also called “Q-West”, lies in the north.",
        "The plan that the cabinet announced in May failed.",
        "The king ruled the country.",
        "The war has shown who the friends of the country are.",
        "As you know, the road is long.",
        "Open courts are critical to peace.",
        "The envoy congratulated Ms Berg.",
        "Finland not only defends its border but also patrols the sea.",
        "The new engines offer lower costs.",
        "“We want peace.” If the war begins, the bridge will be closed.",
    ],
)
def test_what_is_no_statement(said, text):
    assert len(said(text)) == text.count(" said")


def test_turns_of_a_transcript_go_on_over_paragraphs(said):
    text = "Q: Will you go?\n\nMR. PRICE: We will.\n\nIt is time.\n\nQ: When?\n\nMR. PRICE: We go soon."
    turns = [(speaker, content) for speaker, cue, content in said(text) if cue == ":"]
    assert [speaker for speaker, _ in turns] == ["Q", "MR. PRICE", "Q", "MR. PRICE"]
    assert turns[1][1] == ["We will.\n\nIt is time"]


def test_the_bracket_of_a_changed_letter_stays_with_its_word(said):
    assert said('He said, "[w]e have never met such a flood."') == [
        ("He", "said", ["[w]e have never met such a flood"])
    ]


def test_what_is_declared_to_be(said):
    assert said("On Monday, the ministry declared the bridge to be unsafe.") == [
        ("the ministry", "declared", ["the bridge to be unsafe"])
    ]


def test_questions_without_a_colon_are_not_put_in_the_spokesman_s_mouth(said):
    text = "MR. HALE: Good day.\n\nQ Did the minister resign?\n\nMR. HALE: He did not."
    assert [(speaker, content) for speaker, _, content in said(text)] == [
        ("MR. HALE", ["Good day"]),
        ("Q", ["Did the minister resign?"]),
        ("MR. HALE", ["He did not"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The road is open, press director Navy Capt. Jeff Davis said today.",  # no sentence after a title
        "Davis said the coalition\n conducted five strikes.",  # a stray line break
    ],
)
def test_sentences_that_layout_and_titles_would_cut(said, text):
    assert [cue for _, cue, _ in said(text)] == ["said"]


def test_open_marks_on_every_paragraph_are_one_statement(said):
    (found,) = said("“We go,” he said. “It is time.\n\n“We will not return.\n\n“We leave the keys.”")
    assert found == ("he", "said", ["We go", "It is time", "We will not return", "We leave the keys"]) or (
        found[0] == "he" and "We leave the keys" in " ".join(found[2])
    )


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Lavrov said that Kyiv had told him that talks were over.", {"told": "said"}),
        ("“They think they already have enough,” Johnson said.", {"think": "said"}),
        ("The agency quotes officials as saying that the strain is new.", {"saying": "quotes"}),
    ],
)
def test_inner_statements_stand_within_their_outer_one(mentions, text, cues):
    doc, found = mentions(text)
    of = lambda m: doc[m.cue[1] - 1].text  # noqa: E731
    assert {of(m): of(found[m.within]) for m in found if m.within is not None} == cues


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We will stay,” he said.", "direct"),
        ("He said they would “stay for good”.", "mixed"),
        ("He said they would stay.", "indirect"),
    ],
)
def test_the_kind_is_read_from_the_marks(mentions, text, kind):
    _, found = mentions(text)
    assert [m.kind for m in found] == [kind]


def test_what_is_ascribed_inside_a_direct_quotation_is_indirect(mentions):
    _, found = mentions("“They think they already have enough,” Johnson said.")
    assert sorted(m.kind for m in found) == ["direct", "indirect"]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("He denied that troops had left.", True),
        ("He did not rule out that troops had left.", True),
        ("He declined to say whether troops had left.", True),
        ("He dismissed the allegations.", True),
        ("He refused to say more.", False),
        ("He said that troops had not left.", False),
    ],
)
def test_a_negated_cue_is_told_from_a_negated_content(mentions, text, negated):
    _, found = mentions(text)
    assert negated in {m.negated for m in found if m.within is None}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Berlin told Paris that talks were over.", "Paris"),
        ("Berlin urged Paris to wait.", "Paris"),
        ("Berlin thanked Paris for its help.", "Paris"),
        ('Ana Lindt congratulated Ivan Petrov, saying, "You won the race."', "Ivan Petrov"),
        ("As the envoy reiterated in his call to King Felipe, the talks are over.", "King Felipe"),
        ("The envoy was clear with Paris that talks were over.", "Paris"),
        ("The envoy said to reporters that talks were over.", "reporters"),
    ],
)
def test_the_hearer_is_found(mentions, text, words):
    doc, found = mentions(text)
    assert words in {doc[slice(*m.addressee)].text for m in found if m.addressee}


def test_the_source_of_an_opinion_is_no_hearer(mentions):
    _, (found,) = mentions("According to her, the road is open.")
    assert found.addressee is None


def test_occasion_and_day_are_found(mentions):
    doc, (found,) = mentions("The envoy said on Thursday during a briefing in Rome that talks were over.")
    assert doc[slice(*found.occasion)].text.startswith("during a briefing")
    assert doc[slice(*found.said)].text == "Thursday"


def test_corpus_conventions_keep_that_and_the_hearer(said):
    text = "The minister said that Kyiv urged Moscow to wait."
    contents = [content for _, _, content in said(text, corpus=True)]
    assert ["that Kyiv urged Moscow to wait"] in contents
    assert ["Moscow to wait"] in contents


WORDS = "he said that talks would go on Moscow denied according to MR. PRICE called for"
MARKS = ["“", "”", '"', "'", "‘", "’", "''", ",", ".", ":", ";", "?", "\n", "\n\n"]
PIECES = st.sampled_from(WORDS.split() + MARKS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(words=st.lists(PIECES, max_size=30))
def test_odd_marks_never_break_anything(mentions, words):
    doc, found = mentions(" ".join(words))
    for mention in found:
        runs = [run for run in (mention.cue, mention.speaker, *mention.content) if run is not None]
        assert all(0 <= start < end <= len(doc) for start, end in runs)
        content = [set(range(*run)) for run in mention.content]
        assert all(not one & other for n, one in enumerate(content) for other in content[:n])
        assert mention.cue is None or not set(range(*mention.cue)) & set().union(*content)
        assert mention.within != found.index(mention)

"""Mentions of actors as their words stand: names, descriptions, pronouns."""

import pytest

from chancery.extract.actors import find_actors
from chancery.knowledge.actors import load_knowledge


@pytest.fixture(scope="session")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="session")
def found(parse, knowledge):
    """Find the mentions of a text, by their words."""

    def find(text):
        doc = parse(text)
        return {
            doc[start:end].text: mention
            for mention in find_actors(doc, knowledge)
            for start, end in [mention.tokens]
        }

    return find


@pytest.mark.parametrize(
    ("text", "words", "kind", "sort"),
    [
        ("Russia rejected the offer.", "Russia", "name", "state"),
        ("The U.S. rejected the offer.", "U.S.", "name", "state"),
        ("Hamas rejected the offer.", "Hamas", "name", "organization"),
        ("Jens Stoltenberg rejected the offer.", "Jens Stoltenberg", "name", "person"),
        ("Foreign Minister Marta Villanueva rejected the offer.", "Marta Villanueva", "name", "person"),
        ("French troops left the base.", "French", "demonym", "state"),
        ("The Ukrainians rejected the offer.", "Ukrainians", "demonym", "people"),
        ("Moscow rejected the offer.", "Moscow", "capital", "place"),
        ("A spokesman rejected the offer.", "A spokesman", "nominal", "person"),
        ("The rebels rejected the offer.", "The rebels", "nominal", "people"),
        ("The army rejected the offer.", "The army", "nominal", "body"),
        ("The company rejected the offer.", "The company", "nominal", "organization"),
        ("They rejected the offer.", "They", "pronoun", "3"),
        ("We rejected the offer.", "We", "pronoun", "1"),
    ],
)
def test_an_actor_is_found_with_its_kind(found, text, words, kind, sort):
    mention = found(text)[words]
    assert (mention.kind, mention.sort) == (kind, sort)


@pytest.mark.parametrize(
    ("text", "government"),
    [
        ("Moscow said the talks had failed.", True),
        ("Talks with Moscow have failed.", True),
        ("The note was shared with Moscow.", True),
        ("Beijing's decision surprised everyone.", True),
        ("Kyiv authorities closed the road.", True),
        ("He sent a warning to Tehran.", True),
        ("The talks in Moscow have failed.", False),
        ("They flew to Moscow.", False),
        ("The delegation visited Moscow.", False),
        ("Protesters marched through Tehran.", False),
    ],
)
def test_a_capital_is_a_government_by_its_place_in_the_sentence(found, text, government):
    mention = next(one for one in found(text).values() if one.kind == "capital")
    assert mention.government is government


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is what they said to us.", "us"),
        ("Who is it?", "Who"),
        ("The total cost of the meta study is known.", "meta"),
    ],
)
def test_small_words_are_no_names(found, text, words):
    mention = found(text).get(words)
    assert mention is None or not mention.names


def test_a_title_before_a_name_is_read_with_it(found):
    mentions = found("British Prime Minister Boris Johnson met Mrs Ada Example.")
    johnson = mentions["Boris Johnson"]
    assert "GBR:head_of_government" in johnson.titles
    assert "prime minister" in johnson.nouns
    assert mentions["British Prime Minister"].sort == "before name"
    assert mentions["Ada Example"].gender == "f"


def test_a_rank_with_a_full_stop_does_not_part_title_and_name(found):
    mentions = found("The attack failed, Pentagon press director Navy Capt. Jon Example said today.")
    assert "Capt" not in mentions
    assert "director" in mentions["Jon Example"].nouns


def test_a_former_office_is_marked(found):
    assert found("Former President Carlos Example spoke.")["Carlos Example"].former


@pytest.mark.parametrize(
    ("text", "words", "owner"),
    [
        ("The Russian foreign minister spoke.", "The Russian foreign minister", "Russian"),
        ("Russia's foreign minister spoke.", "Russia's foreign minister", "Russia"),
        ("The foreign minister of Russia spoke.", "The foreign minister", "Russia"),
        ("A spokesman for NATO spoke.", "A spokesman", "NATO"),
        ("The paper quotes WHO officials as saying so.", "officials", "WHO"),
    ],
)
def test_a_description_knows_whose_it_is(parse, knowledge, text, words, owner):
    doc = parse(text)
    mention = next(one for one in find_actors(doc, knowledge) if doc[slice(*one.tokens)].text == words)
    assert [doc[token].text for token in mention.modifiers] == [owner]


@pytest.mark.parametrize("noun", ["plan", "rocket", "meeting"])
def test_other_nouns_are_kept_as_things(found, noun):
    assert found(f"The {noun} failed.")[f"The {noun}"].sort == "thing"


def test_the_longest_name_wins(found):
    mentions = found("The Islamic State of Iraq and the Levant claimed the attack.")
    assert mentions["Islamic State of Iraq and the Levant"].names == (("organization", "ISIL"),)
    assert "Iraq" not in mentions


def test_a_name_of_a_state_and_a_common_noun_is_a_description(found):
    assert found("The UK Government apologised.")["The UK Government"].kind == "nominal"


def test_a_surname_that_the_model_overlooks_is_found_again(found):
    text = "Michael Whitfield spoke on Monday.\n\nWhitfield says the vote was fair."
    assert found(text)["Whitfield"].sort == "person"


@pytest.mark.parametrize("text", ["", " ", "\n", "?!", "“”", "the", "OF OF OF", "’s’s’s", "A" * 5000])
def test_odd_text_is_no_error(parse, knowledge, text):
    doc = parse(text)
    for mention in find_actors(doc, knowledge):
        assert 0 <= mention.tokens[0] < mention.tokens[1] <= len(doc)
        assert mention.tokens[0] <= mention.head < mention.tokens[1]


def test_mentions_come_in_order(parse, knowledge):
    doc = parse("The French president met Angela Merkel, who said she and her ministers would visit Paris.")
    starts = [mention.tokens[0] for mention in find_actors(doc, knowledge)]
    assert starts == sorted(starts)

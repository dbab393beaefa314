"""What a report costs grows with its length, and no sentence is too long or too deep."""

import time

import pytest

from chancery.reader import read_doc
from chancery.records import Article

# One sentence each, longer than any parser reads well; a walk that calls itself for each link breaks.
CHAINS = {
    "coordinated states": "France, Ghana, Peru and " * 300,
    "coordinated verbs": "attacked and bombed and " * 150,
    "contents in contents": "he said that she denied that " * 60,
    "infinitives": "agreed to try to ask to " * 80,
    "conditions": "if they attack unless we leave " * 80,
    "owners": "the envoy of the head of the office of " * 60,
    "participles": "the town attacked, burned and shelled by men armed by " * 60,
    "opening marks": "“ We will stay ( " * 120,
    "conjunctions": "that that that and " * 120,
    "numbers": "1,000 2 million $5 12% " * 80,
    "dates": "since Monday, June 9 at 11 a.m. until next year " * 40,
}


@pytest.mark.parametrize("text", CHAINS.values(), ids=CHAINS)
def test_no_chain_is_too_long(reader, text):
    assert reader(text.strip() + ".", published="2022-02-10").article.text


STORY = (
    "“We will never accept it,” Foreign Minister Jana Moreau told reporters in Geneva on {day} February.\n"
    "She said France had sent {day} armored vehicles to Estonia last week, and that we must talk.\n"
    "Moscow warned Paris that it would respond if troops crossed the border near Narva.\n"
    "We condemn the attack that killed {day} people in Kharkiv. Our partners support our position.\n"
    "The minister met Karl Brandt{day}, who told her that he had urged Iran to release the crew.\n\n"
)


def story(paragraphs):
    return "".join(STORY.format(day=1 + at % 27) for at in range(paragraphs))


def microseconds(reader, doc):
    """Return what reading a parsed report costs a token, without the parse."""
    article = Article(id="x", text=doc.text, published="2022-02-10")
    start = time.process_time()
    read_doc(doc, article, reader)
    return 1e6 * (time.process_time() - start) / len(doc)


@pytest.mark.slow
def test_a_word_of_a_long_report_costs_what_one_of_a_short_report_does(reader, parse):
    short, long = parse(story(12)), parse(story(160))
    microseconds(reader, short)  # tables and caches are filled once, not per report
    assert microseconds(reader, long) < 3 * min(microseconds(reader, short) for _ in range(3))

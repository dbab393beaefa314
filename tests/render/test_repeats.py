import pytest

from chancery.render.repeats import Passage


@pytest.mark.parametrize(
    ("short", "long", "told"),
    [
        (
            "the talks will go on next week in Geneva",
            "We think the talks will go on next week in Geneva, he said",
            True,
        ),
        (
            "the talks will not go on next week in Geneva",
            "the talks will go on next week in Geneva as before",
            False,
        ),
        ("the talks will go on next week in Geneva", "the talks will not go on next week in Geneva", False),
        (
            "twelve soldiers and 30 civilians were killed there",
            "twelve soldiers and 40 civilians were killed there",
            False,
        ),
        ("we will listen", "we will listen and talk", False),  # too short to be sure
        ("we will listen", "We will listen", True),
        ("Geneva in week next on go will talks the", "the talks will go on next week in Geneva", False),
        (
            "Kyiv is ready to discuss the ceasefire with Moscow",
            "Kyiv is ready to discuss the ceasefire with Moscow. But it will not give up land",
            True,  # the negation stands outside of what is repeated
        ),
    ],
)
def test_a_passage_is_told_again_when_its_words_numbers_and_negations_are(short, long, told):
    assert Passage(short).within(Passage(long)) is told

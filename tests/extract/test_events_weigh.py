"""What an event's score says."""

import pytest

from chancery.extract.events.weigh import chance


@pytest.mark.parametrize(("weighed", "right"), [(0.35, 0.42), (0.5, 0.57), (0.75, 0.8), (0.95, 0.96)])
def test_the_score_is_the_share_that_is_right_not_what_the_weigher_says(weighed, right):
    assert chance(weighed) == pytest.approx(right, abs=0.01)


def test_the_score_keeps_the_order_and_stays_a_probability():
    scores = [chance(step / 100) for step in range(101)]
    assert scores == sorted(scores)
    assert 0 <= scores[0] <= scores[-1] <= 1

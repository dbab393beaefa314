"""What numbers in words and figures are worth, and the bounds around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.extract.numbers import bounds, figures, number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ([("W", 50), ("W", 5)], 55),
        ([("W", 1), ("HUNDRED", 100), ("AND", "and"), ("W", 9)], 109),
        ([("W", 1), ("HUNDRED", 100), ("AND", "and"), ("W", 20), ("MULT", 1000000)], 120_000_000),
        ([("A", 1), ("DOZEN", 12)], 12),
        ([("HALF", 0.5), ("A", 1), ("MULT", 1000000)], 500_000),
        ([("W", 1), ("AND", "and"), ("A", 1), ("HALF", 0.5), ("MULT", 1000000)], 1_500_000),
        ([("NUM", 1.1), ("MULT", 1000000000)], 1_100_000_000),
        ([("W", 2), ("MULT", 1000), ("W", 3), ("HUNDRED", 100)], 2300),
        ([("A", 1)], None),
    ],
)
def test_a_number_has_a_value(words, value):
    assert number(words) == value


@pytest.mark.parametrize(
    ("text", "classed"),
    [
        ("1,500", ("NUM", 1500.0)),
        ("1.1bn", ("NUM", 1.1e9)),
        ("20m", ("NUM", 2e7)),
        ("15–20", ("NSPAN", "15–20")),
        ("007", None),
        ("A320", None),
        ("16:00", None),
        ("1,50", None),
    ],
)
def test_tokens_in_figures_are_classed(text, classed):
    assert figures(text) == classed


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["W", "NUM", "HUNDRED", "MULT", "DOZEN", "TO", "AND", "DASH"]), st.integers(0, 99)
        )
    )
)
def test_bounds_are_in_order(words):
    low, high = bounds(words)
    assert low is None or high is None or low <= high

"""Which records stand inside a run of characters, against asking every record."""

from hypothesis import given
from hypothesis import strategies as st

from chancery.resolve.spans import Spans

SPAN = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1]))


@given(spans=st.lists(SPAN, max_size=30), run=SPAN)
def test_the_index_answers_as_asking_every_span_does(spans, run):
    index, (start, end) = Spans(spans), run
    assert index.inside(*run) == [
        number for number, (first, last) in enumerate(spans) if start <= first and last <= end
    ]
    assert index.touching(*run) == [
        number for number, (first, last) in enumerate(spans) if first < end and start < last
    ]
    assert sorted(index.begun(*run)) == [
        number for number, (first, _) in enumerate(spans) if start <= first < end
    ]

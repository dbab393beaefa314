"""Scores against outcomes."""

import pytest

from chancery.evaluate.calibration import mark_statements, reliability, reliability_table, score_scores

TEXT = "Norway said the road was open. Mali feared a flood in the north."
ROAD, FLOOD = [[12, 29]], [[43, 63]]


def test_scores_that_are_shares_have_no_error():
    rows = [(0.75, True)] * 3 + [(0.75, False)]
    found = reliability(rows)
    assert found.ece == 0
    assert found.brier == pytest.approx(0.1875)
    assert found.auc == 0.5
    assert [(one.count, one.predicted, one.observed) for one in found.bins] == [(4, 0.75, 0.75)]


def test_auc_is_the_share_of_pairs_in_order():
    assert reliability([(0.9, True), (0.4, False), (0.8, True), (0.85, False)]).auc == 0.75


def test_no_findings_have_no_error():
    assert reliability([]).brier == 0


@pytest.mark.parametrize(
    "gold",
    [
        {"id": "a", "text": TEXT, "statements": [{"content": ROAD}]},
        {"id": "a", "text": TEXT, "attributions": [{"content": ROAD, "source": [[0, 6]], "cue": [[7, 11]]}]},
    ],
)
def test_a_statement_is_right_where_the_gold_has_its_content(gold):
    told = [{"content": [[12, 24]], "score": 0.9}, {"content": FLOOD, "score": 0.3}]
    assert mark_statements(gold, told) == [True, False]
    result = score_scores([gold], [{"id": "a", "statements": told}])
    assert result["n"] == 2
    assert result["auc"] == 1
    assert reliability_table(result).splitlines()[1:] == [
        "      0.00      1     0.300    0.000",
        "      0.90      1     0.900    1.000",
    ]


def test_what_annotators_differ_on_is_left_out():
    gold = {"id": "a", "text": TEXT, "statements": [{"content": ROAD, "optional": True}]}
    assert mark_statements(gold, [{"content": ROAD}, {"content": FLOOD}]) == [None, False]

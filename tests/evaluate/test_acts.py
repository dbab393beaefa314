"""Events act by act: rates, and what is taken for what."""

from chancery.evaluate.acts import acts_table, score_acts


def event(start, act, status="occurred", **more):
    return {"anchor": [start, start + 5], "act": act, "status": status, **more}


GOLD = [
    {
        "id": "a",
        "text": "...",
        "events": [
            event(0, "ASSAULT"),
            event(10, "ACCUSE"),
            event(20, "AID", "planned"),
            event(30, "CONSULT"),
            event(40, "PROTEST", optional=True),
        ],
    }
]
TOLD = [
    {
        "id": "a",
        "events": [
            event(2, "ASSAULT", score=0.9),
            event(10, "REJECT", score=0.4),
            event(20, "AID", score=0.7),
            event(40, "PROTEST", score=0.9),
            event(60, "COERCE", score=0.4),
        ],
    }
]


def test_an_act_is_found_where_its_words_touch():
    found = score_acts(GOLD, TOLD)
    assert found["act"]["gold"] == 4
    assert found["act"]["told"] == 4  # what one annotator alone has counts neither way
    assert found["act"]["f1"] == 0.5
    assert found["by act"]["ASSAULT"] == (1.0, 1.0, 1.0, 1, 1)
    assert found["by act"]["CONSULT"][3:] == (1, 0)
    assert "PROTEST" not in found["by act"]


def test_what_is_taken_for_what():
    found = score_acts(GOLD, TOLD)
    assert found["acts taken for"]["ACCUSE"] == {"REJECT": 1}
    assert found["acts taken for"]["CONSULT"] == {"nothing": 1}
    assert found["acts taken for"]["nothing"] == {"COERCE": 1}
    assert found["statuses taken for"]["planned"] == {"occurred": 1}
    assert found["unreal told as real"] == 1.0
    assert found["real told as unreal"] == 0.0


def test_scores_are_set_beside_what_is_right():
    found = score_acts(GOLD, TOLD)
    assert [(least, count, observed) for least, count, _, observed in found["by score"]] == [
        (0.4, 2, 0.0),
        (0.7, 1, 1.0),
        (0.9, 1, 1.0),
    ]


def test_the_tables_hold_every_act_and_status():
    table = acts_table(score_acts(GOLD, TOLD))
    assert "| ACCUSE | 1 | 0 |  | 0.00 | 0.00 |" in table
    assert "| planned | occurred 1 |" in table


def test_nothing_told_is_nothing_found():
    found = score_acts(GOLD, [])
    assert found["act"]["f1"] == 0
    assert found["status"] is None
    assert "| CONSULT | nothing 1 |" in acts_table(found)

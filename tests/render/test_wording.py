from typing import get_args

from chancery import records
from chancery.render.wording import wording


def values(alias):
    return set(get_args(alias.__value__))


def test_every_value_of_a_record_has_a_word():
    words = wording()
    assert set(words.act_tier) == values(records.Act)
    assert set(words.status) == values(records.Status)
    assert set(words.position) == values(records.PositionAct)
    assert set(words.figure) == values(records.FigureKind)
    assert set(words.change) == values(records.Change)


def test_sections_and_position_acts_are_known():
    words = wording()
    assert set(words.section.values()) == {"happened", "open", "denied"}
    assert set(words.said_by_position) <= set(words.act_tier)
    assert {act for acts in words.said_by_position.values() for act in acts} <= set(words.position)

"""Who is bound has a record, also where the report never names it."""

from chancery.records import Position
from chancery.resolve.setting import Setting
from chancery.resolve.understood import understood_actors


def position(holder, toward=None):
    return Position(id="p1", holder=holder, toward=toward, act="commit", issue=(0, 1), method="test", score=1)


def test_a_state_that_is_only_understood_gets_its_record(reader, parse):
    setting = Setting(parse("We will act."), None, reader.maker)
    actors = understood_actors(setting, [position("USA", "UKR"), position("USA")], (), reader.knowledge)
    assert [(actor.id, actor.name, actor.kind, actor.country) for actor in actors] == [
        ("USA", "United States", "state", "USA"),
        ("UKR", "Ukraine", "state", "UKR"),
    ]
    assert all(actor.resolved for actor in actors)


def test_a_party_with_a_record_gets_no_second_one(reader, parse):
    setting = Setting(parse("We will act."), None, reader.maker)
    once = understood_actors(setting, [position("USA")], (), reader.knowledge)
    assert understood_actors(setting, [position("USA")], once, reader.knowledge) == ()

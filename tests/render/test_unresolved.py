"""What is said to be open: names that no table has, not every word for people."""

from chancery.records import Reading
from chancery.render.unresolved import doubts


def actor(name, **more):
    made = {"id": f"?:{name}", "name": name, "kind": "person", "resolved": False, "method": "t", "score": 1}
    return made | more


def test_only_names_are_missed_in_the_tables():
    names = ["Ivo Lasko", "her child", "Q", "the Kerner Group"]
    actors = [actor(name) for name in names]
    actors += [actor("unknown", id="?:unknown"), actor("Lowland farmers", kind="population")]
    article = {"id": "x", "text": "", "credit": "Ana Ruiz for the agency"}
    reading = Reading.model_validate({"article": article, "actors": [*actors, actor("Ana Ruiz")]})
    found = {doubt.reason: [words for words, _ in doubt.items] for doubt in doubts(reading)}
    assert found == {"not in the actor tables": ["Ivo Lasko", "the Kerner Group"]}

import pytest

from chancery.records import Reading
from chancery.render.names import Names

SIGNED = {"method": "", "score": 1, "resolved": True}
READING = Reading.model_validate(
    {
        "article": {"id": "x", "text": "gunmen fired"},
        "actors": [
            {
                "id": "NATO",
                "name": "North Atlantic Treaty Organization",
                "kind": "international_organization",
                **SIGNED,
            },
            {"id": "EU", "name": "European Union", "kind": "international_organization", **SIGNED},
            {"id": "RUS", "name": "Russia", "kind": "state", **SIGNED},
            {
                "id": "person:jens-stoltenberg",
                "name": "Jens Stoltenberg",
                "kind": "person",
                "roles": [{"title": "Secretary General", "organization": "NATO"}],
                **SIGNED,
            },
            {
                "id": "person:sergey-lavrov",
                "name": "Sergey Lavrov",
                "kind": "person",
                "roles": [{"title": "Foreign Minister of Russia", "organization": "RUS"}],
                **SIGNED,
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        ("NATO", "NATO"),  # known by its short name
        ("EU", "European Union"),
        ("RUS", "Russia"),
        ("person:jens-stoltenberg", "Jens Stoltenberg"),
        ("person:ann-bo", "Ann Bo"),  # no record: spelled out
        ("?:witnesses", "witnesses"),
        ("FRA:foreign-ministry", "FRA foreign ministry"),
        ("?", "?"),
    ],
)
def test_actors_have_the_names_that_readers_know(actor, name):
    assert Names(READING).of(actor) == name


@pytest.mark.parametrize(
    ("actor", "title"),
    [
        ("person:jens-stoltenberg", "Jens Stoltenberg, Secretary General (NATO)"),
        ("person:sergey-lavrov", "Sergey Lavrov, Foreign Minister of Russia"),
        ("RUS", "Russia"),
    ],
)
def test_people_come_with_their_office(actor, title):
    assert Names(READING).titled(actor) == title


def test_several_parties_read_as_a_sentence_names_them():
    names = Names(READING)
    assert names.several(["Malaysia", "Indonesia", "Malaysia"]) == "Malaysia and Indonesia"
    assert names.several(["A", "B", "C"]) == "A, B and C"
    assert names.several([]) == "?"


def test_unknown_parties_are_quoted():
    assert Names(READING).quoted((0, 6)) == "“gunmen”"

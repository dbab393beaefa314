"""Where and when a figure holds."""

from datetime import date

import pytest

from chancery.extract.figures import find_figures
from chancery.extract.times import find_times
from chancery.language import Maker
from chancery.records import Place
from chancery.resolve.figures import resolve_figures
from chancery.resolve.setting import Setting
from chancery.resolve.times import resolve_times


def resolve(parse, text, *names):
    doc = parse(text)
    setting = Setting(doc, date(2022, 2, 11), Maker("0", "test"))
    mentions = find_times(doc)
    places = [
        Place(
            id=f"l{number}",
            span=(text.index(name), text.index(name) + len(name)),
            name=name,
            latitude=None,
            longitude=None,
            country=None,
            feature=None,
            geonameid=None,
            method="test",
            score=1,
        )
        for number, name in enumerate(names, start=1)
    ]
    return resolve_figures(setting, find_figures(doc, mentions), places, resolve_times(setting, mentions))


def test_a_figure_takes_the_one_place_and_time_of_its_sentence(parse):
    (figure,) = resolve(
        parse, "On Tuesday 40 tanks crossed into Belarus. Minsk was quiet.", "Belarus", "Minsk"
    )
    assert figure.place == "l1"
    assert str(figure.as_of.first) == "2022-02-08"


@pytest.mark.parametrize(
    "text",
    ["Some 40 tanks left Belarus for Ukraine.", "Belarus was quiet. Ukraine too. Some 40 tanks were seen."],
)
def test_a_figure_takes_no_place_where_the_sentence_names_two_or_none(parse, text):
    (figure,) = resolve(parse, text, "Belarus", "Ukraine")
    assert figure.place is None
    assert figure.as_of is None


def test_whole_numbers_are_whole(parse):
    first, second = resolve(parse, "They sent 40 tanks and 2.5 tonnes of food.")
    assert (repr(first.low), repr(second.high)) == ("40", "2.5")


def test_spans_slice_to_their_words(parse):
    text = "They sent at least 40 heavy tanks."
    (figure,) = resolve(parse, text)
    assert text[slice(*figure.span)] == "at least 40 heavy tanks"
    assert text[slice(*figure.what)] == "heavy tanks"


@pytest.mark.parametrize(
    "text",
    [
        "Milk costs $3 more since troops entered Chad.",
        "The panel got 90 letters, and we expect Chad to answer.",
        "They lost 200 homes; Chad lost none.",
    ],
)
def test_a_place_of_another_clause_is_not_where_a_figure_holds(parse, text):
    assert [figure.place for figure in resolve(parse, text, "Chad")] == [None]


def test_an_amount_that_is_compared_keeps_its_year_to_itself(parse):
    first, second = resolve(parse, "Oslo gave $20 million, up from $12 million in 2019.")
    assert first.as_of is None
    assert str(second.as_of.first) == "2019-01-01"

"""Which numbers measure something, and what."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.extract.figures import find_figures
from chancery.extract.times import find_times


def figures_of(parse, sentence):
    doc = parse(sentence)
    return doc, find_figures(doc, find_times(doc))


def rules():
    source = files("chancery.extract") / "data" / "figures_rules.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))["rule"]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["example"])
def test_every_rule_finds_its_own_example(parse, rule):
    _, mentions = figures_of(parse, f"They sent {rule['example']} the trucks .")
    assert rule["name"] in {mention.rule for mention in mentions}


@pytest.mark.parametrize(
    ("sentence", "low", "high", "unit", "kind"),
    [
        # bounds
        ("At least 20 soldiers crossed the river.", 20, None, "soldier", "troops"),
        ("More than 120 million birds have died.", 120_000_000, None, "bird", "other"),
        ("The army sent up to 50 tanks.", None, 50, "tank", "equipment"),
        ("The army sent as many as 50 tanks.", None, 50, "tank", "equipment"),
        ("The army sent no more than 50 tanks.", None, 50, "tank", "equipment"),
        ("No fewer than 30 ships left the port.", 30, None, "ship", "equipment"),
        ("Fewer than 30 ships left the port.", None, 30, "ship", "equipment"),
        ("Between 5 and 10 missiles were fired.", 5, 10, "missile", "equipment"),
        ("Some 15 to 20 missiles were fired.", 15, 20, "missile", "equipment"),
        ("Two or three missiles were fired.", 2, 3, "missile", "equipment"),
        ("About 100 soldiers crossed the river.", 100, 100, "soldier", "troops"),
        ("Nearly 100 soldiers crossed the river.", 100, 100, "soldier", "troops"),
        ("The militia has 3,000 or more fighters.", 3000, None, "fighter", "troops"),
        ("The state built 1.2m homes.", 1_200_000, 1_200_000, "home", "other"),
        ("Some 3.5m people fled.", 3_500_000, 3_500_000, "person", "other"),
        ("Ten of the hostages were freed.", 10, 10, "hostage", "other"),
        ("The militia killed 12 hostages.", 12, 12, "hostage", "casualties"),
        ("About a quarter of the troops left.", 25, 25, "percent", "share"),
        ("She won with 220 votes.", 220, 220, "vote", "other"),
        # words of size
        ("Dozens of rounds of artillery hit the town.", 24, 99, "round", "equipment"),
        ("Hundreds of refugees crossed the border.", 200, 999, "refugee", "other"),
        ("Thousands of refugees crossed the border.", 2000, 9999, "refugee", "other"),
        ("Tens of thousands of refugees crossed the border.", 20_000, 99_000, "refugee", "other"),
        ("Several hundred refugees crossed the border.", 200, 999, "refugee", "other"),
        ("A dozen refugees crossed the border.", 12, 12, "refugee", "other"),
        ("Half a million refugees crossed the border.", 500_000, 500_000, "refugee", "other"),
        ("One hundred and nine refugees crossed the border.", 109, 109, "refugee", "other"),
        ("Twenty-five refugees crossed the border.", 25, 25, "refugee", "other"),
        # money
        ("They pledged $5 billion.", 5e9, 5e9, "USD", "money"),
        ("They pledged over 9 billion euros.", 9e9, None, "EUR", "money"),
        ("They pledged £1.5m for the camps.", 1_500_000, 1_500_000, "GBP", "money"),
        ("They pledged US$ 300 to 350 million a year.", 300e6, 350e6, "USD", "money"),
        ("They pledged 20 million Canadian dollars.", 20e6, 20e6, "CAD", "money"),
        ("They lost between $5 million and $10 million.", 5e6, 10e6, "USD", "money"),
        ("They pledged UAH 20 thousand.", 20_000, 20_000, "UAH", "money"),
        # shares, distances, weights
        ("They hold 15 to 20 percent of the city.", 15, 20, "percent", "share"),
        ("They hold 30 per cent of the city.", 30, 30, "percent", "share"),
        ("They lost 25% of the ground.", 25, 25, "percent", "share"),
        ("They hold two-thirds of the city.", 66.7, 66.7, "percent", "share"),
        ("They hold more than half of the city.", 50, None, "percent", "share"),
        ("The convoy is 40 miles from the city.", 40, 40, "mile", "distance"),
        ("They took about 300 square miles.", 300, 300, "square mile", "other"),
        ("They sent 18 tonnes of food.", 18, 18, "ton", "other"),
        ("The dose was two times the normal level.", 2, 2, "times", "share"),
        # casualties
        ("The blast killed 12 people.", 12, 12, "person", "casualties"),
        ("The blast killed 12.", 12, 12, "person", "casualties"),
        ("The blast left 20 dead.", 20, 20, "person", "casualties"),
        ("The death toll rose to 152.", 152, 152, "person", "casualties"),
        ("At least one soldier was killed.", 1, None, "soldier", "casualties"),
        ("The shelling wounded scores of civilians.", 40, 99, "civilian", "casualties"),
        # numbers with another noun in sight, or none
        ("The number of shells now totals 6,602.", 6602, 6602, "shell", "equipment"),
        ("About 1,100 of its depots were shut.", 1100, 1100, "depot", "other"),
        ("The coalition's four airstrikes hit the camp.", 4, 4, "airstrike", "other"),
        ("The plant will make cuts of 10,000.", 10_000, 10_000, "number", "other"),
    ],
)
def test_a_figure_has_bounds_unit_and_kind(parse, sentence, low, high, unit, kind):
    _, (mention,) = figures_of(parse, sentence)
    assert (mention.low, mention.high, mention.unit, mention.kind) == (low, high, unit, kind)


@pytest.mark.parametrize(
    ("sentence", "span", "what"),
    [
        ("The army sent at least 20 light tanks north.", "at least 20 light tanks", "light tanks"),
        (
            "Dozens of rounds of artillery hit the town.",
            "Dozens of rounds of artillery",
            "rounds of artillery",
        ),
        ("They hold 15 to 20 percent of the city.", "15 to 20 percent", "the city"),
        ("They offered a $40 billion tanker contract.", "$40 billion", "tanker contract"),
        ("They offered $500 million in budget support.", "$500 million", "budget support"),
        ("The blast killed 12.", "12", None),
    ],
)
def test_a_figure_names_what_it_measures(parse, sentence, span, what):
    doc, (mention,) = figures_of(parse, sentence)
    assert doc[slice(*mention.tokens)].text == span
    assert (mention.what and doc[slice(*mention.what)].text) == what


@pytest.mark.parametrize(
    "sentence",
    [
        "They met on 10 February 2022.",
        "The ceasefire held for two hours.",
        "They met at 16:00.",
        "He is 51 years old.",
        "The general died at the age of 56.",
        "The council adopted resolution 2254.",
        "Flight 17 was shot down.",
        "They invoked Article 5.",
        "It was the second attack.",
        "The two leaders met in private.",
        "Both sides agreed.",
        "He is one of the negotiators.",
        "No one spoke.",
        "The home team won 3-1.",
        "The new Boeing 787 took off.",
        "A 63 nation coalition was formed.",
        "They met three times.",
    ],
)
def test_numbers_that_measure_nothing_are_left_alone(parse, sentence):
    assert figures_of(parse, sentence)[1] == ()


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("Trade grew by 34 percent.", "increase"),
        ("They cut costs by 25 percent.", "decrease"),
        ("Exports are worth 25 percent.", None),
        ("Fifteen shells fell near the post.", None),
        ("The garrison was reduced to 400 soldiers.", "decrease"),
    ],
)
def test_the_clause_says_whether_a_figure_grew(parse, sentence, change):
    assert [mention.change for mention in figures_of(parse, sentence)[1]] == [change]


WORDS = (
    "between 5 and 10 to - , half a dozen hundred million % $ US$ of the at least up more than thirds 0 007 €"
).split()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=40))
def test_no_text_breaks_the_search_and_bounds_are_in_order(parse, text):
    doc, mentions = figures_of(parse, text)
    for mention in mentions:
        assert 0 <= mention.tokens[0] < mention.tokens[1] <= len(doc)
        assert mention.low is not None or mention.high is not None
        assert mention.low is None or mention.high is None or mention.low <= mention.high
        assert mention.unit

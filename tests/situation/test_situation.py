"""The state of affairs between two sides, read off reports written for these tests."""

import json
from datetime import date

import pytest

from chancery.export import Links
from chancery.follow.found import Position, PositionChange, PositionLine, Source
from chancery.records import Article
from chancery.situation import Options, Side, Sides, brief, page, plain, situation
from chancery.situation.chart import chart
from chancery.situation.rhythm import CONFLICT, COOPERATION

RUS, UKR = Side("RUS", "Russia"), Side("UKR", "Ukraine")
SIDES = Sides(RUS, UKR)

PLAN = "Russia plans to withdraw its troops from Ukraine, Russian Foreign Minister Sergey Lavrov said."
REPORTS = (
    ("a", "Post", "2022-02-14", "Russia threatened Ukraine on Monday. Ukraine condemned Russia."),
    ("b", "Herald", "2022-02-15", f"{PLAN} Ukraine demanded that Russia withdraw its troops."),
    (
        "c",
        "Post",
        "2022-02-22",
        "Russia attacked Ukraine on Monday. Ukraine broke off relations with Russia.",
    ),
    ("d", "Herald", "2022-02-23", "Russia attacked Ukraine on Monday. Norway and Chad held talks in Oslo."),
    ("e", "Post", "2022-03-01", "Russia and Ukraine held talks in Belarus on Monday."),
    ("f", "Post", "2022-03-02", "Norway sent a ship to Chad on Tuesday."),
)


@pytest.fixture(scope="module")
def readings(reader):
    articles = [
        Article(id=name, publisher=who, published=date.fromisoformat(day), text=text, title=f"Report {name}")
        for name, who, day, text in REPORTS
    ]
    return list(reader.pipe(articles))


@pytest.fixture(scope="module")
def made(readings):
    return situation(readings, SIDES, Options(least_score=0))


def words(entries):
    return [entry.told.report.reading.words(entry.told.event.anchor) for entry in entries]


def test_it_says_how_much_was_read(made):
    seen = made.exposure
    assert (seen.reports, seen.naming_both) == (6, 5)
    assert dict(seen.publishers) == {"Post": 4, "Herald": 2}
    assert (seen.first, seen.last) == (date(2022, 2, 14), date(2022, 3, 2))


def test_acts_stand_under_the_side_that_acts(made):
    assert {entry.told.event.act for entry in made.done["RUS"].entries} >= {"THREATEN", "ASSAULT"}
    assert all(entry.told.source == UKR for entry in made.done["UKR"].entries)


def test_one_act_told_by_two_reports_is_one_entry_with_two_witnesses(made):
    attacks = [entry for entry in made.done["RUS"].entries if entry.told.event.act == "ASSAULT"]
    assert [(entry.reports, entry.publishers) for entry in attacks] == [(2, ("Post", "Herald"))]
    assert attacks[0].told.day == date(2022, 2, 21)


def test_talks_belong_to_both(made):
    assert [entry.told.event.act for entry in made.talks.entries] == ["CONSULT"]
    week = next(week for week in made.weeks if week.monday == date(2022, 2, 28))
    assert week.count("RUS", COOPERATION) == week.count("UKR", COOPERATION) == 1


def test_what_is_only_planned_is_open_and_not_done(made):
    assert any("withdraw" in text for text in words(made.open.entries))
    assert not any("withdraw" in text for text in words(made.done["RUS"].entries))


def test_what_was_done_later_is_open_no_more(reader):
    texts = (
        ("a", "2022-02-14", "Russia plans to attack Ukraine next week."),
        ("b", "2022-02-22", "Russia attacked Ukraine on Monday."),
    )
    readings = reader.pipe(
        Article(id=name, published=date.fromisoformat(day), text=text) for name, day, text in texts
    )
    made = situation(readings, SIDES, Options(least_score=0))
    assert made.open.entries == ()
    assert len(made.done["RUS"].entries) == 1


def test_an_act_on_the_others_soil_is_done_to_the_other(reader):
    text = "Russian troops attacked a power plant in Kharkiv on Monday. Ukraine asked for help."
    made = situation(
        reader.pipe([Article(id="a", published=date(2022, 3, 9), text=text)]), SIDES, Options(least_score=0)
    )
    assert [(entry.told.event.act, entry.told.target) for entry in made.done["RUS"].entries] == [
        ("ASSAULT", UKR)
    ]


def test_only_the_days_in_view_count(readings):
    made = situation(readings, SIDES, Options(since=date(2022, 3, 1), least_score=0))
    assert made.exposure.reports == 2
    assert made.done["RUS"].entries == ()


def test_copies_are_no_witnesses(readings):
    made = situation(readings, SIDES, Options(least_score=0), Links(copies={"d": "c"}))
    attacks = [entry for entry in made.done["RUS"].entries if entry.told.event.act == "ASSAULT"]
    assert [entry.reports for entry in attacks] == [1]


def test_what_is_left_out_is_counted(readings):
    made = situation(readings, SIDES, Options(most=1, least_score=0))
    everything = situation(readings, SIDES, Options(most=None, least_score=0))
    for side in ("RUS", "UKR"):
        shown, whole = made.done[side], everything.done[side]
        assert len(shown.entries) + shown.left_out == len(whole.entries)


def test_weeks_have_no_gaps_and_sum_up(made):
    mondays = [week.monday for week in made.weeks]
    assert mondays == [date(2022, 2, 14), date(2022, 2, 21), date(2022, 2, 28)]
    assert sum(week.reports for week in made.weeks) == 6
    drawn = chart(made.weeks, SIDES)
    counted = sum(count > 0 for week in made.weeks for _, count in week.counts)
    assert len(drawn.bars) == counted
    assert made.weeks[1].count("RUS", CONFLICT) == 1


def test_every_line_of_the_brief_names_its_source(made):
    text = brief(made, 80)
    assert text.startswith("Russia and Ukraine\n")
    assert max(map(len, text.splitlines())) <= 80
    for heading in ("TALKS AND MEETINGS", "WHAT RUSSIA DID TOWARD UKRAINE", "STILL OPEN", "SOURCES"):
        assert heading in text
    assert "2 reports, 2 publishers [" in " ".join(text.split())
    assert "Report c · Post · 22 Feb 2022" in text


def test_nothing_found_says_so():
    text = brief(situation([], SIDES))
    assert "No report of these days was found." in text
    assert "<h1>" in page(situation([], SIDES))


def test_the_page_lets_no_text_become_markup(reader):
    evil = "<script>alert(1)</script>"
    article = Article(
        id="x", title=evil, publisher=evil, url="javascript:alert(1)", published=date(2022, 2, 22),
        text=f"Russia attacked Ukraine on Monday {evil}.",
    )  # fmt: skip
    html = page(situation(reader.pipe([article]), SIDES, Options(least_score=0)))
    assert "<script" not in html
    assert "javascript:" not in html
    assert "&lt;script&gt;" in html


def test_json_holds_the_records_and_their_witnesses(made, readings):
    data = json.loads(json.dumps(plain(made)))
    texts = {reading.article.id: reading.article.text for reading in readings}
    entries = [entry for section in data["done"].values() for entry in section["entries"]]
    assert entries
    for entry in entries:
        start, end = entry["span"]
        assert texts[entry["report"]["id"]][start:end] == entry["words"]
        assert entry["report"]["id"] in {witness["id"] for witness in entry["witnesses"]}


def test_a_position_that_turned_is_told_with_both_wordings(reader):
    putin = "Russian President Vladimir Putin said."
    texts = (
        ("a", "2022-02-14", f"Russia is ready to withdraw its troops from Ukraine, {putin}"),
        ("b", "2022-03-01", f"Russia refuses to withdraw its troops from Ukraine, {putin}"),
    )
    articles = [Article(id=name, published=date.fromisoformat(day), text=text) for name, day, text in texts]
    readings = list(reader.pipe(articles))
    before, after = (told(reading) for reading in readings)
    change = PositionChange("withdrawn", before, after, "an offer, then a refusal")
    line = PositionLine("a/p1", "RUS", "UKR", before.issue, (before, after), (change,), "the same words")
    made = situation(readings, SIDES, Options(least_score=0), Links(positions=(line,)))
    acts = [(turned.holder, turned.before.position.act, turned.after.position.act) for turned in made.changes]
    assert acts == [(RUS, "offer", "refuse")]
    text = " ".join(brief(made).split())
    assert "Russia, withdrawn: → Ukraine: withdraw its troops from Ukraine" in text
    assert "before: → Ukraine: withdraw its troops from Ukraine" in text


def told(reading):
    position = reading.positions[0]
    day = str(reading.article.published)
    words = reading.words(position.issue)
    source = Source(day, reading.article.id, position.id, None, position.issue, words)
    return Position(source, position.act, words, None)

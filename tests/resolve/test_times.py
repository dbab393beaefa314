"""Which days a time expression names, seen from the report's day."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chancery.extract.times import find_times
from chancery.language import Maker
from chancery.resolve.setting import Setting
from chancery.resolve.times import document_day, resolve_times
from chancery.resolve.times.periods import Period, easter, month_of, shifted, stretch, unit_of

MAKER = Maker("0", "test")
FRIDAY = date(2022, 2, 11)


def resolve(parse, text, published=FRIDAY, **options):
    doc = parse(text)
    return resolve_times(Setting(doc, published, MAKER), find_times(doc), **options)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        # weekdays
        ("He said so on Tuesday.", "2022-02-08", "2022-02-08"),
        ("He said so on Friday.", "2022-02-11", "2022-02-11"),  # printed the same day
        ("He said so last Friday.", "2022-02-04", "2022-02-04"),
        ("They will meet on Tuesday.", "2022-02-15", "2022-02-15"),
        ("They will meet next Monday.", "2022-02-14", "2022-02-14"),
        ("The ceasefire has held since Tuesday.", "2022-02-08", None),
        ("Shells fell on Thursday night.", "2022-02-10", "2022-02-10"),
        ("The law funds it through September.", None, "2021-09-30"),
        ("He led the army until 2011.", None, "2011-12-31"),
        ("He is currently in Kyiv.", "2022-02-11", "2022-02-11"),
        ("In the evening he left.", "2022-02-11", "2022-02-11"),
        # what is on a timetable, arranged or put off lies ahead
        ("The talks begin on Tuesday.", "2022-02-15", "2022-02-15"),
        ("The vote is due on Saturday.", "2022-02-12", "2022-02-12"),
        ("The minister is flying to Oslo on Saturday.", "2022-02-12", "2022-02-12"),
        ("The summit is planned for Tuesday.", "2022-02-15", "2022-02-15"),
        ("The meeting was put off until Monday.", None, "2022-02-14"),
        ("Police fought rebels until Monday.", None, "2022-02-07"),
        ("He will travel on 30 December.", "2022-12-30", "2022-12-30"),
        ("He travelled on 30 December.", "2021-12-30", "2021-12-30"),
        ("He said he would travel on 30 December.", "2021-12-30", "2021-12-30"),
        ("From this month onwards they may call home.", "2022-02-01", None),
        # pieces of months and years
        ("They met in the second week of May 2021.", "2021-05-08", "2021-05-14"),
        ("They met in the last week of May 2021.", "2021-05-25", "2021-05-31"),
        ("They met in the first half of June 2021.", "2021-06-01", "2021-06-15"),
        ("Prices rose in the last three months of 2021.", "2021-10-01", "2021-12-31"),
        ("Prices rose in the first two weeks of 2021.", "2021-01-01", "2021-01-14"),
        ("The week of May 9, 2021, was quiet.", "2021-05-03", "2021-05-09"),
        # a month alone, also cut short
        ("Posted 5. Apr 2018 by the ministry.", "2018-04-01", "2018-04-30"),
        # counted from the report's day
        ("He arrived yesterday.", "2022-02-10", "2022-02-10"),
        ("He arrives tomorrow.", "2022-02-12", "2022-02-12"),
        ("He died last night.", "2022-02-10", "2022-02-10"),
        ("The guns were firing overnight.", "2022-02-10", "2022-02-11"),
        ("He spoke this morning.", "2022-02-11", "2022-02-11"),
        ("They meet the day after tomorrow.", "2022-02-13", "2022-02-13"),
        # calendar units
        ("They met last week.", "2022-01-31", "2022-02-06"),
        ("They will meet next week.", "2022-02-14", "2022-02-20"),
        ("They will meet this weekend.", "2022-02-12", "2022-02-13"),
        ("They met this weekend.", "2022-02-05", "2022-02-06"),  # printed before it began
        ("They met last month.", "2022-01-01", "2022-01-31"),
        ("They met earlier this month.", "2022-02-01", "2022-02-11"),
        ("They will meet later this year.", "2022-02-11", "2022-12-31"),
        ("They met last year.", "2021-01-01", "2021-12-31"),
        ("They met two years ago.", "2020-01-01", "2020-12-31"),
        ("They met three days ago.", "2022-02-08", "2022-02-08"),
        ("In the past 24 hours they met.", "2022-02-10", "2022-02-11"),
        ("Over the next two weeks they will meet.", "2022-02-11", "2022-02-25"),
        # months, seasons and quarters without a year
        ("They met in January.", "2022-01-01", "2022-01-31"),
        ("They met in December.", "2021-12-01", "2021-12-31"),
        ("They will meet in March.", "2022-03-01", "2022-03-31"),
        ("They met last June.", "2021-06-01", "2021-06-30"),
        ("They met last summer.", "2021-06-01", "2021-08-31"),
        ("They met on Tuesday, February 8 at 9 a.m. in Riga.", "2022-02-08", "2022-02-08"),
        ("They met on January 31 at 11 a.m. in Riga.", "2022-01-31", "2022-01-31"),
        ("At 7 p.m. on January 31 they met.", "2022-01-31", "2022-01-31"),
        ("They met last winter.", "2020-12-01", "2021-02-28"),  # that of this winter is not over
        ("They met in the fourth quarter.", "2021-10-01", "2021-12-31"),
        # dates without a year
        ("They met on December 11.", "2021-12-11", "2021-12-11"),
        ("They will meet on March 3.", "2022-03-03", "2022-03-03"),
        ("They met on Thursday, February 10.", "2022-02-10", "2022-02-10"),
        ("They met from May 15-24, 2015.", "2015-05-15", "2015-05-24"),
        # written dates
        ("They met on 7 October 2023.", "2023-10-07", "2023-10-07"),
        ("They met in October last year.", "2021-10-01", "2021-10-31"),
        ("They have fought since 2014.", "2014-01-01", None),
        ("They met in the summer of 2010.", "2010-06-01", "2010-08-31"),
        ("They met in the 1980s.", "1980-01-01", "1989-12-31"),
        ("They met in the 20th century.", "1900-01-01", "1999-12-31"),
        ("They met in the third quarter of 2009.", "2009-07-01", "2009-09-30"),
        ("It must be done by the end of the year.", "2022-12-31", "2022-12-31"),
        ("It has gone on since the start of the year.", "2022-01-01", None),
        ("They met in 2014-16.", "2014-01-01", "2016-12-31"),
        ("They met on Christmas Eve.", "2021-12-24", "2021-12-24"),
        ("They fasted during Ramadan.", None, None),  # a feast whose day moves is not New Year
        # left open
        ("Violence has grown in recent days.", None, None),
        ("They will meet in the coming days.", None, None),
        ("They met a few years ago.", None, None),
        ("It was quiet until the end of the Cold War.", None, None),
        ("They met on February 31.", None, None),
    ],
)
def test_an_expression_names_days(parse, sentence, first, last):
    (time,) = resolve(parse, sentence)
    assert (time.first and str(time.first), time.last and str(time.last)) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("They met on Tuesday morning.", "TIME", "2022-02-08TMO"),
        ("They met at 16:00 UTC on Tuesday.", "TIME", "2022-02-08T16:00Z"),
        ("They met at 5 p.m. on Tuesday.", "TIME", "2022-02-08T17:00"),
        ("They met last week.", "DATE", "2022-W05"),
        ("They will meet this weekend.", "DATE", "2022-W06-WE"),
        ("They met in the 1980s.", "DATE", "198"),
        ("They met in the third quarter of 2009.", "DATE", "2009-Q3"),
        ("They met in the summer of 2010.", "DATE", "2010-SU"),
        ("They have fought since 2014.", "DATE", "2014"),
        ("They met often in the past nine days.", "DURATION", "P9D"),
        ("They grew fast in fiscal 2007.", "DATE", "FY2007"),
    ],
)
def test_the_value_is_timex3(parse, sentence, kind, value):
    (time,) = resolve(parse, sentence)
    assert (time.type, time.value) == (kind, value)


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("The ceasefire held for two hours.", "DURATION", "PT2H"),
        ("It took two and a half years.", "DURATION", "P2.5Y"),
        ("It took a decade.", "DURATION", "P10Y"),
        ("They meet every Friday.", "SET", "XXXX-WXX-5"),
    ],
)
def test_lengths_of_time_are_returned_only_on_request(parse, sentence, kind, value):
    assert resolve(parse, sentence) == ()
    assert [(time.type, time.value) for time in resolve(parse, sentence, durations=True)] == [(kind, value)]


@pytest.mark.parametrize(
    "sentence",
    [
        "He said so on Tuesday.",
        "They meet today.",
        "They met last week.",
        "They met on June 3.",
        "They met in May.",
    ],
)
def test_without_the_reports_day_nothing_relative_is_resolved(parse, sentence):
    (time,) = resolve(parse, sentence, published=None)
    assert (time.first, time.last) == (None, None)
    assert "X" in time.value


def test_a_date_without_a_year_shares_that_of_the_date_before_it(parse):
    text = "He fell ill on November 1, 2006. By November 11 he was worse."
    assert [str(time.first) for time in resolve(parse, text, published=None)] == ["2006-11-01", "2006-11-11"]


def test_days_are_counted_from_the_day_last_named(parse):
    text = "They met on 28 February 2020. Two days later they signed, and the following day they left."
    assert [str(time.first) for time in resolve(parse, text)] == ["2020-02-28", "2020-03-01", "2020-03-02"]


def test_a_weekday_with_a_date_wins_over_the_nearest_year(parse):
    (time,) = resolve(parse, "They met on Friday, August 21.")
    assert str(time.first) == "2020-08-21"


def day_of(parse, text, **options):
    doc = parse(text)
    return document_day(Setting(doc, None, MAKER), find_times(doc), **options)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Talks fail\n\nFriday, August 21, 2015\n\nThe talks failed.", date(2015, 8, 21)),
        ("KYIV, 10 February 2022 (Agency) - The talks failed.", date(2022, 2, 10)),
        ("They met on Thursday, February 10. The army has grown since 2014.", date(2022, 2, 10)),
        ("They met on Thursday, February 10.", None),  # 2005, 2011, 2022, ...: nothing decides
        ("They met on Thursday, February 10, and it must be done by 2030.", None),
        ("A July 15, 2005 memo speaks of water.", None),
        ("Ilya Petrov, May 2, 1872 – November 23, 1896, was a poet.", None),
    ],
)
def test_the_reports_day_is_read_only_where_the_text_fixes_it(parse, text, day):
    found = day_of(parse, text)
    assert (found and found[0]) == day


def test_days_that_end_before_they_begin_stay_open(parse):
    (one,) = resolve(parse, "They met from May 24-15, 2015.")
    assert (one.first, one.last) == (None, None)


def test_the_rule_names_the_years_it_chose_from(parse):
    found = day_of(parse, "They met on Thursday, February 10. The army has grown since 2014.")
    assert found is not None
    assert "2005, 2011, 2022" in found[1]
    assert "2014" in found[1]


def test_terms_of_office_narrow_the_years(parse):
    text = "They met on Thursday, February 10. The army has grown since 2004."
    assert day_of(parse, text, terms=[(date(2014, 10, 1), None)])[0] == date(2022, 2, 10)


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
UNITS = st.sampled_from(["day", "week", "weekend", "month", "quarter", "year", "decade", "century"])


@given(UNITS, DAYS, st.integers(-20, 20))
def test_a_calendar_unit_is_in_order(unit, day, shift):
    period = unit_of(unit, day, shift if unit != "century" else 0)
    assert period.first <= period.last


@given(st.sampled_from(["day", "week", "month", "year"]), DAYS, st.integers(-40, 40))
def test_a_stretch_holds_both_its_ends(unit, day, count):
    first, last = stretch(unit, day, count)
    assert first <= last
    assert day in {first, last}


@given(DAYS)
def test_a_month_away_and_back_is_at_most_three_days_off(day):
    assert abs((shifted(shifted(day, "month", 1), "month", -1) - day).days) <= 3


@given(st.integers(1, 9998), st.integers(-30, 30))
def test_months_run_over_the_end_of_the_year(year, month):
    if 1 <= year + (month - 1) // 12 <= 9999:
        assert month_of(year, month).first.month == (month - 1) % 12 + 1


def test_clipping_outside_the_period_leaves_it_whole():
    may = month_of(2022, 5)
    assert may.clipped(last=date(2022, 4, 1)) == may
    assert may.clipped(last=date(2022, 5, 9)) == Period("2022-05", date(2022, 5, 1), date(2022, 5, 9))


@pytest.mark.parametrize(
    ("year", "day"), [(2022, date(2022, 4, 17)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))]
)
def test_easter(year, day):
    assert easter(year) == day


WORDS = (
    "since by the last next 31 30 February May 2014 9999 Friday ago two years decades centuries 100 weeks"
).split()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.none() | st.dates())
def test_no_text_breaks_the_resolver_and_intervals_are_in_order(parse, text, published):
    for time in resolve(parse, text, published=published, durations=True):
        assert time.first is None or time.last is None or time.first <= time.last
        assert time.value
        assert time.rule


def test_the_end_of_a_stretch_follows_its_beginning(parse):
    first, second = resolve(parse, "The talks will run from Monday to Friday.")
    assert (str(first.first), str(second.first)) == ("2022-02-14", "2022-02-18")


@pytest.mark.parametrize(
    "text", ["They signed the Good Friday Agreement.", "He worked three Christmas Days."]
)
def test_days_in_names_and_feasts_counted_in_number_are_no_day(parse, text):
    assert resolve(parse, text) == ()


def test_a_day_known_by_its_name_stays_open(parse):
    (found,) = resolve(parse, "It was Bloody Sunday again.")
    assert (found.first, found.last) == (None, None)

"""The Today page: what is new since a day, what went on, who turned, who fell silent."""

import csv
import io
from datetime import date, timedelta

import pytest

from chancery.situation.since import Days, _silent, last_days

START = date(2022, 2, 1)


def test_an_act_that_was_planned_before_went_on(made_client, soup):
    answer = made_client.get("/?since=2022-02-08")
    page = soup(answer)
    (line,) = page.xpath("//section[h2='Went on']//li")
    assert " ".join(line.text_content().split()).startswith(
        "planned → held Emmanuel Macron and Vladimir Putin"
    )
    found = made_client.get("/index.json?since=2022-02-08").json()
    assert [(one["before"], one["now"]) for one in found["moved"]] == [("planned", "held")]
    assert made_client.get(found["moved"][0]["record"]).status_code == 200


def test_what_went_on_is_not_new_as_well(made_client):
    assert made_client.get("/index.json?since=2022-02-08").json()["acts"] == []


def test_a_position_that_turned_shows_both_wordings(made_client, soup):
    page = soup(made_client.get("/?since=2022-02-08"))
    (line,) = page.xpath("//section[h2='Positions that differ from before']//li")
    assert "withdrawn" in line.text_content()
    assert [link.text_content().split()[1] for link in line.xpath(".//a[@class='plain']")] == [
        "offers",
        "refuses",
    ]
    (told,) = made_client.get("/index.json?since=2022-02-08").json()["positions"]
    assert (told["holder"], told["toward"], told["turn"]) == ("Poland", "Russia", "withdrawn")


def test_an_act_told_by_two_reports_is_one_line(made_client):
    found = made_client.get("/index.json?since=2022-02-04&until=2022-02-04").json()
    assert [(one["status"], one["reports"], one["publishers"]) for one in found["acts"]] == [
        ("planned", 2, "Wire | Herald")
    ]


def test_what_was_told_before_is_told_again(made_client):
    last = made_client.get("/index.json?since=2022-02-05&until=2022-02-07").json()
    assert (last["acts"], last["moved"], last["again"]) == ([], [], 0)


def test_real_acts_come_before_what_is_only_planned(client, soup):
    for row in client.get("/ledger/reports.json").json()["rows"][::9]:
        page = soup(client.get(f"/?since={row['published_day']}&until={row['published_day']}"))
        heads = page.xpath("//div[@class='today']//h2/text()")
        told = [head for head in heads if head in {"Planned, proposed, possible", "Denied, or not done"}]
        acts = heads[: heads.index("Against the usual")]
        assert acts[len(acts) - len(told) :] == told


def test_csv_has_the_lines_of_the_page(client):
    day = client.get("/index.json").json()["since"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/index.csv?since={day}").text)))
    assert rows == [] or {"act", "status", "reports", "record"} <= rows[0].keys()
    assert len(rows) == len(client.get(f"/index.json?since={day}").json()["acts"])


def test_without_a_day_it_shows_the_last_ones(made_client, soup):
    page = soup(made_client.get("/"))
    assert page.xpath("string(//h1)") == "Since 2 Feb 2022"


def test_an_empty_ledger_says_what_to_do(empty_client):
    answer = empty_client.get("/")
    assert "chancery ingest" in answer.text
    assert empty_client.get("/index.json").json()["acts"] == []
    assert empty_client.get("/?since=2022-01-01").status_code == 200


def test_every_link_of_the_page_is_good(made_client, soup):
    page = soup(made_client.get("/?since=2022-02-04"))
    for url in {
        link for link in page.xpath("//main//a/@href") if link.startswith(("/?", "/ledger", "/records"))
    }:
        assert made_client.get(url).status_code == 200, url


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("since=0001-01-01", 200),
        ("since=9999-12-31", 200),
        ("until=9999-12-31", 200),
        ("since=0001-01-01&until=9999-12-31", 200),
        ("until=0001-01-01", 200),
        ("since=2022-02-08&until=2022-02-01", 400),
        ("since=tomorrow", 422),
        ("since=", 200),
    ],
)
def test_any_day_of_the_calendar_may_be_asked_for(made_client, asked, status):
    assert made_client.get(f"/?{asked}").status_code == status


def test_the_last_days_are_those_with_as_many_reports_as_usual():
    busy = {START + timedelta(at): 12 for at in range(40)}
    end = max(busy)
    assert last_days(busy) == Days(end - timedelta(1))
    assert last_days(busy | {end + timedelta(1): 2}) == Days(end - timedelta(1))  # today has only begun
    strays = {end + timedelta(300): 1, end + timedelta(900): 1}
    assert last_days(busy | strays) == Days(end - timedelta(1), end)
    assert last_days({}) is None


@pytest.mark.parametrize(
    ("every", "silent_for", "told"),
    [
        (1, 3, False),  # a weekend
        (1, 4, True),
        (7, 14, False),
        (7, 15, True),
        (30, 90, False),  # too few days to have a rhythm
    ],
)
def test_a_source_is_silent_by_its_own_rhythm(every, silent_for, told):
    days = [START + timedelta(every * at) for at in range(120 // every)]
    found = _silent("Wire", days, days[-1] + timedelta(silent_for))
    assert (found is not None) == told
    if found:
        assert (found.days, found.rhythm) == (silent_for, every)

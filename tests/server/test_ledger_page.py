"""The Ledger page and its twins: what passes, how it is narrowed, and what a reader gets of it."""

import csv
import io
from datetime import date

import feedparser
import pytest

from chancery.ledger import Filter, Ledger
from chancery.ledger.queries.facets import count_by, periods
from chancery.ledger.queries.listing import find_entries
from chancery.server.listing import LONGEST, pieces

KINDS = ("statements", "events", "positions", "figures", "reports")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_page_with_a_table(client, soup, kind):
    answer = client.get(f"/ledger/{kind}")
    assert answer.status_code == 200
    page = soup(answer)
    total = client.get(f"/ledger/{kind}.json").json()["total"]
    assert page.xpath("string(//h1)").startswith(f"{total:,} {kind}")
    rows = page.xpath("//table/tbody/tr")
    assert len(rows) == min(total, 50)
    assert all(row.xpath("./th[@scope='row']") for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_links_of_a_page_are_good(client, soup, kind):
    page = soup(client.get(f"/ledger/{kind}?text=the"))
    urls = sorted({link for link in page.xpath("//a/@href") if link.startswith("/ledger/")})
    for url in urls[::3]:
        assert client.get(url).status_code == 200, url


def test_a_facet_counts_what_its_link_shows(client):
    for kind in KINDS:
        found = client.get(f"/ledger/{kind}.json").json()
        for facet, values in found["facets"].items():
            for one in values[:3]:
                narrowed = client.get(f"/ledger/{kind}.json", params={facet: one["value"], "limit": 1}).json()
                if facet in {"toward", "actor", "place"}:  # a state's filter takes in whoever belongs to it
                    assert narrowed["total"] >= one["count"] > 0
                else:
                    assert narrowed["total"] == one["count"], (kind, facet, one)


def test_a_chosen_value_still_shows_what_else_there_is(client):
    every = client.get("/ledger/events.json").json()["facets"]["status"]
    chosen = client.get("/ledger/events.json?status=planned").json()["facets"]["status"]
    assert chosen == every


def test_a_facet_adds_its_filter_and_a_chip_takes_it_away(client, soup):
    page = soup(client.get("/ledger/events?status=planned&offset=3&limit=5"))
    (chip,) = page.xpath("//ul[@class='chips']//a")
    assert chip.get("href") == "/ledger/events?limit=5"
    (more,) = page.xpath("//aside//a[.//span[normalize-space()='occurred']]/@href")
    assert more == "/ledger/events?limit=5&status=planned&status=occurred"
    (less,) = page.xpath("//aside//a[@class='chosen']/@href")
    assert less == "/ledger/events?limit=5"


def test_search_marks_where_it_hit(client, soup):
    page = soup(client.get("/ledger/statements?text=ukraine"))
    rows = page.xpath("//table/tbody/tr")
    assert rows
    for row in rows:
        assert {mark.text_content().lower() for mark in row.xpath(".//mark")} == {"ukraine"}


def test_reports_show_where_a_search_hit(client, soup):
    page = soup(client.get("/ledger/reports?text=ukraine"))
    assert page.xpath("//table//p[@class='snippet']//mark")


def test_rows_are_paged_with_addresses_of_the_next_and_the_last(client):
    first = client.get("/ledger/events.json?limit=7").json()
    second = client.get(first["next"]).json()
    assert (first["prev"], second["offset"], second["limit"]) == (None, 7, 7)
    assert client.get(second["prev"]).json()["rows"] == first["rows"]
    last = client.get(f"/ledger/events.json?limit=7&offset={first['total'] - 3}").json()
    assert len(last["rows"]) == 3
    assert last["next"] is None


def test_csv_holds_all_rows_unless_a_limit_is_given(client):
    total = client.get("/ledger/statements.json").json()["total"]
    every = list(csv.DictReader(io.StringIO(client.get("/ledger/statements.csv").text)))
    assert len(every) == total > 50
    some = list(csv.DictReader(io.StringIO(client.get("/ledger/statements.csv?limit=4&offset=2").text)))
    assert some == every[2:6]


def test_columns_are_chosen_in_the_address(client, soup):
    page = soup(client.get("/ledger/events?columns=day&columns=codes"))
    assert [cell.text_content().strip(" ↓") for cell in page.xpath("//thead//th")] == ["Day", "Codes"]
    rows = list(csv.DictReader(io.StringIO(client.get("/ledger/events.csv?columns=status&limit=3").text)))
    assert set(rows[0]) == {"version_key", "id", "status"}


def test_a_heading_sorts_and_turns_round(client, soup):
    page = soup(client.get("/ledger/events?sort=act&ascending=true"))
    (head,) = page.xpath("//thead//th[@aria-sort]")
    assert head.get("aria-sort") == "ascending"
    assert head.xpath("./a/@href") == ["/ledger/events?sort=act"]
    acts = [row["act"] for row in client.get("/ledger/events.json?sort=act&ascending=true").json()["rows"]]
    assert acts == sorted(acts)


def test_fields_of_a_form_that_were_left_alone_ask_for_nothing(client):
    left = "actor=&country=&toward=&act=&place=&publisher=&from=&to=&since=&until=&text="
    empty = client.get(f"/ledger/events.json?{left}").json()
    assert empty["total"] == client.get("/ledger/events.json").json()["total"]


def test_a_feed_has_the_newest_with_links_to_their_records(client):
    feed = feedparser.parse(client.get("/ledger/events.rss?status=occurred").text)
    assert not feed.bozo
    rows = client.get("/ledger/events.json?status=occurred&limit=100").json()["rows"]
    links = [entry.link for entry in feed.entries]
    assert links == [f"http://testserver/records/{row['version_key']}/{row['id']}" for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_feed(client, kind):
    feed = feedparser.parse(client.get(f"/ledger/{kind}.rss").text)
    assert not feed.bozo
    assert feed.entries
    assert all(entry.title for entry in feed.entries)


def test_what_somebody_checked_is_marked(own_ledger, client_of, soup):
    from chancery.ledger.corrections import Wish, correct

    with client_of(own_ledger) as client:
        row = client.get("/ledger/events.json?limit=1").json()["rows"][0]
        with Ledger.open(own_ledger, writing=True) as ledger, ledger.begin() as connection:
            correct(connection, row["version_key"], Wish("event", row["id"], "accept"))
        first = soup(client.get("/ledger/events?limit=1")).xpath("//tbody/tr")[0]
        assert "✓ accepted" in first.text_content()


def test_a_csv_of_a_whole_ledger_is_sent_in_lots(client):
    with client.stream("GET", "/ledger/statements.csv") as answer:
        assert answer.headers["content-disposition"] == 'attachment; filename="statements.csv"'
        assert "content-length" not in answer.headers
        lines = list(csv.reader(io.StringIO("".join(answer.iter_text()))))
    assert len({len(line) for line in lines}) == 1


def test_nothing_found_says_what_to_do(client, soup):
    page = soup(client.get("/ledger/statements?text=zzzz&publisher=Nobody"))
    assert "take all away" in page.xpath("string(//div[@class='empty'])")


def test_an_empty_ledger_says_how_to_fill_it(empty_client):
    for kind in KINDS:
        answer = empty_client.get(f"/ledger/{kind}")
        assert answer.status_code == 200
        assert "chancery ingest" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ledger/events?actor=Nobody%20at%20all", 400),
        ("/ledger/events?sort=colour", 400),
        ("/ledger/events?colour=red", 422),
        ("/ledger/events?limit=0", 422),
        ("/ledger/events?from=yesterday", 422),
        ("/ledger/wishes", 422),
        ("/ledger/wishes.rss", 422),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


ODD = [
    "a\0b",
    "\0",
    '"',
    'a"b*',
    "*",
    "OR",
    "NEAR(a b)",
    "-x",
    "{a}:b",
    "'; DROP TABLE events",
    "\u202e",
    "%",
]


@pytest.mark.parametrize("name", ["text", "actor", "act", "place", "publisher", "sort", "columns"])
@pytest.mark.parametrize("ending", ["", ".json", ".csv", ".rss"])
def test_odd_words_break_nothing(made_client, name, ending):
    for kind in ("statements", "reports"):
        for words in ODD:
            answer = made_client.get(f"/ledger/{kind}{ending}", params={name: words})
            assert answer.status_code in {200, 400}, (kind, words)


def test_every_record_is_listed_with_its_own_words(ledger_path):
    with Ledger.open(ledger_path) as ledger, ledger.connect() as connection:
        for kind in KINDS[:-1]:
            found = getattr(ledger, kind)(Filter())
            entries = find_entries(connection, kind, Filter())
            assert [entry.key for entry in entries] == [one.key for one in found]
            assert [entry.words for entry in entries] == [one.words for one in found]
            for entry, one in zip(entries, found, strict=True):
                if entry.main:
                    span = {"events": "anchor", "positions": "issue", "figures": "span"}[kind]
                    reading_words = entry.words[slice(*entry.main)]
                    start, end = getattr(one.record, span)
                    assert len(reading_words) == end - start


def test_counts_are_those_of_the_records(ledger_path):
    asked = Filter(statuses=("occurred",), text="ukraine")
    with Ledger.open(ledger_path) as ledger, ledger.connect() as connection:
        counts = count_by(connection, "events", asked)
        found = ledger.events(asked)
    assert counts.total == len(found)
    assert sum(bar.count for bar in counts.bars) + counts.undated == counts.total


@pytest.mark.parametrize(
    ("first", "last", "unit", "bars"),
    [
        (date(2022, 2, 1), date(2022, 2, 1), "day", 1),
        (date(2022, 2, 1), date(2022, 3, 1), "day", 29),
        (date(2022, 1, 1), date(2022, 6, 30), "week", 27),
        (date(2020, 1, 31), date(2022, 2, 1), "month", 26),
        (date(1990, 12, 31), date(2022, 1, 1), "year", 33),
    ],
)
def test_time_is_cut_into_as_many_bars_as_fit(first, last, unit, bars):
    found, made = periods({first: 1, last: 1})
    assert (found, len(made)) == (unit, bars)
    assert made[0].first <= first
    assert last <= made[-1].last


def test_long_words_are_shown_around_what_was_found():
    words = "Before. " * 60 + "the ceasefire held" + " After." * 90
    at = words.index("ceasefire")
    shown = pieces(words, None, [(at, at + 9)])
    assert [piece.text for piece in shown if piece.hit] == ["ceasefire"]
    assert sum(len(piece.text) for piece in shown) <= LONGEST + 4
    assert shown[0].text.startswith("…")
    assert shown[-1].text.endswith("…")


def test_what_turns_the_reading_direction_is_not_shown():
    shown = pieces("a\u202eb\x00c  d", (0, 1), [(2, 3)])
    assert [(piece.text, piece.main, piece.hit) for piece in shown] == [
        ("a", True, False), ("b", False, True), (" c d", False, False)
    ]  # fmt: skip

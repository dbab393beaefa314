"""The Report page, its twins, and the forms that correct an entry."""

import csv
import io
import re

import pytest

from chancery.ledger import Ledger
from chancery.records import Reading


@pytest.fixture
def own_client(own_ledger, client_of):
    with client_of(own_ledger) as made:
        yield made


def busiest(path, kind="events"):
    with Ledger.open(path) as ledger, ledger.connect() as connection:
        column = f"{kind.removesuffix('s')}_count"
        found = connection.exec_driver_sql(
            f"SELECT version_key FROM readings ORDER BY {column} DESC, version_key LIMIT 1"  # noqa: S608
        )
        return found.scalar_one()


def token(answer):
    return re.search(r'name="token" value="([0-9a-f]+)"', answer.text)[1]


def send(client, page, to, **fields):
    """Send a form as a browser would: from the page, with its token."""
    made = {"token": token(client.get(page))} | fields
    origin = {"origin": str(client.base_url), "accept": "text/html"}
    return client.post(to, data=made, headers=origin, follow_redirects=False)


def test_the_page_holds_every_entry_with_its_links(client, ledger_path, soup):
    key = busiest(ledger_path)
    page = soup(client.get(f"/reports/{key}"))
    with Ledger.open(ledger_path) as ledger:
        reading = ledger.reading(key)
    for kind in ("statement", "event", "position", "figure"):
        for record in getattr(reading, f"{kind}s"):
            (entry,) = page.xpath(f"//li[@id='{record.id}']")
            links = {a.get("href") for a in entry.xpath("./div[@class='line']//a")}
            assert f"/records/{key}/{record.id}" in links
            assert f"/reports/{key}/{kind}/{record.id}" in links
    words = "".join(page.xpath("//p[@class='words']//text()"))
    assert words.split() == reading.article.text.split()


def test_the_twins_hold_the_reading_and_a_row_an_entry(client, ledger_path):
    key = busiest(ledger_path)
    with Ledger.open(ledger_path) as ledger:
        reading = ledger.reading(key)
    data = client.get(f"/reports/{key}.json").json()
    assert {"version_key", "wordings", "copies", "corrections"} <= data.keys()
    assert Reading.model_validate({name: data[name] for name in Reading.model_fields}) == reading
    rows = list(csv.DictReader(io.StringIO(client.get(f"/reports/{key}.csv").text)))
    entries = sum(len(getattr(reading, kind)) for kind in ("statements", "events", "positions", "figures"))
    assert len(rows) == entries


@pytest.mark.parametrize("path", ["/reports/99999", "/reports/99999.json", "/reports/1/event/e9999"])
def test_what_is_not_there_is_said_so(client, path):
    assert client.get(path).status_code == 404


def test_an_entry_is_accepted_from_the_report(own_client, own_ledger, soup):
    key = busiest(own_ledger)
    answer = send(own_client, f"/reports/{key}", f"/reports/{key}/check", entry="event:e1")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/reports/{key}#e1")
    entry = soup(own_client.get(f"/reports/{key}")).xpath("//li[@id='e1']/div")[0].text_content()
    assert "✓ checked" in entry
    assert "✓ right" not in entry


def test_several_fields_are_changed_at_once_and_undone_one_by_one(own_client, own_ledger, soup):
    key = busiest(own_ledger)
    with Ledger.open(own_ledger) as ledger:
        before = ledger.reading(key)
    page = f"/reports/{key}/event/e1"
    form = soup(own_client.get(page)).forms[1]
    fields = {name: value or "" for name, value in form.form_values()} | {
        "status": "denied" if before.events[0].status != "denied" else "planned",
        f"recipient.{len(before.events[0].recipient)}": "nato",
        "who": "Ada",
        "why": "<b>as printed</b>",
        "do": "change",
    }
    assert send(own_client, page, page, **fields).status_code == 303
    with Ledger.open(own_ledger) as ledger:
        event = ledger.reading(key).events[0]
    assert event.status == fields["status"]
    assert event.recipient[-1].actor == "NATO"
    listed = own_client.get("/corrections.json").json()["rows"]
    assert [row["field"] for row in listed] == ["status", "recipient"]
    assert listed[0]["original"]["id"] == "e1"
    assert "&lt;b&gt;as printed&lt;/b&gt;" in own_client.get("/corrections").text
    for row in listed:
        to = f"/corrections/{row['correction_key']}/undo"
        answer = send(own_client, "/corrections", to, back=f"/reports/{key}")
        assert answer.headers["location"] == f"/reports/{key}"
    with Ledger.open(own_ledger) as ledger:
        assert ledger.reading(key) == before


def test_a_rejected_entry_leaves_the_page_and_is_listed_below(own_client, own_ledger, soup):
    key = busiest(own_ledger, "statements")
    page = f"/reports/{key}/statement/s1"
    answer = send(own_client, page, page, do="reject")
    assert answer.headers["location"] == f"/reports/{key}#corrections"
    shown = soup(own_client.get(f"/reports/{key}"))
    assert not shown.xpath("//li[@id='s1']")
    assert "rejected" in shown.xpath("//table[contains(@class, 'corrections')]")[0].text_content()
    assert own_client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"do": "change"}, "Nothing was changed"),
        ({"do": "change", "status": "maybe"}, "is no status of a event"),
        ({"do": "change", "actor.0": "Nobody Known"}, "nobody in the ledger or the tables is called"),
    ],
)
def test_what_cannot_be_saved_is_told_and_nothing_is_written(own_client, own_ledger, fields, complaint):
    key = busiest(own_ledger)
    page = f"/reports/{key}/event/e1"
    answer = send(own_client, page, page, **fields)
    assert answer.status_code == 400
    assert complaint in answer.text
    assert own_client.get("/corrections.json").json()["rows"] == []


def test_states_that_the_ledger_does_not_know_come_from_the_tables(own_client, own_ledger):
    key = busiest(own_ledger)
    page = f"/reports/{key}/event/e1"
    assert send(own_client, page, page, **{"do": "change", "actor.0": "tuvalu"}).status_code == 303
    data = own_client.get(f"/reports/{key}.json").json()
    assert data["events"][0]["actor"][0]["actor"] == "TUV"
    assert data["actors"][-1]["name"] == "Tuvalu"


def test_a_reworded_report_shows_what_changed(own_client, own_ledger, soup):
    with Ledger.open(own_ledger, writing=True) as ledger:
        reading = ledger.reading(busiest(own_ledger))
        text = reading.article.text
        article = reading.article.model_copy(update={"text": text + "\nA last word.", "title": "Another"})
        key = ledger.add(reading.model_copy(update={"article": article})).version_key
    page = soup(own_client.get(f"/reports/{key}"))
    changed = page.xpath("//ol[@class='wordings']")[0]
    assert "A last word." in [one.text_content() for one in changed.xpath(".//ins")]
    first = soup(own_client.get(changed.xpath(".//a/@href")[0]))
    assert first.xpath("//*[@class='asides']//a[contains(., 'last wording')]/@href") == [f"/reports/{key}"]


def test_a_long_report_comes_in_parts_and_every_entry_is_on_one(
    client, ledger_path, monkeypatch, client_of, soup
):
    monkeypatch.setattr("chancery.server.pages.reports.HEAVY", 4000)
    key = busiest(ledger_path)
    with client_of(ledger_path) as parted:
        first = soup(parted.get(f"/reports/{key}"))
        count = int(first.xpath("//article/@data-parts")[0])
        assert count > 1
        pages = [soup(parted.get(f"/reports/{key}?part={number}")) for number in range(1, count + 1)]
        ids = [one for page in pages for one in page.xpath("//li[contains(@class, 'entry')]/@id")]
        assert len(ids) == len(set(ids)) > 10
        last = ids[-1]
        assert soup(parted.get(f"/reports/{key}?at={last}")).xpath(f"//li[@id='{last}']")
    whole = soup(client.get(f"/reports/{key}"))
    assert sorted(whole.xpath("//li[contains(@class, 'entry')]/@id")) == sorted(ids)

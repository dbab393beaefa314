"""The Record page: the words in their sentence, all reports that tell it, how it went on, codes and why."""

import json

import pytest


def find(client, kind, title):
    """Return the address of the one record of a kind in a report of `made.py`."""
    rows = client.get(f"/ledger/{kind}.json").json()["rows"]
    (row,) = [row for row in rows if row["title"] == title]
    return f"/records/{row['version_key']}/{row['id']}"


def test_every_record_of_the_gold_has_a_page(client):
    for kind in ("statements", "events", "positions", "figures"):
        for row in client.get(f"/ledger/{kind}.json?limit=1000").json()["rows"][::7]:
            answer = client.get(f"/records/{row['version_key']}/{row['id']}")
            assert answer.status_code == 200, row


def test_the_words_stand_in_their_sentence(client, soup):
    for row in client.get("/ledger/events.json?limit=20").json()["rows"]:
        page = soup(client.get(f"/records/{row['version_key']}/{row['id']}"))
        (passage,) = page.xpath("//figure[@class='passage']/blockquote")
        assert " ".join(row["anchor"].split()) in " ".join(passage.xpath("string(.//b)").split())
        assert " ".join(row["sentence"].split()) in " ".join(passage.text_content().split())


def test_an_act_is_followed_from_plan_to_deed(made_client, soup):
    page = soup(made_client.get(find(made_client, "events", "Report 5")))
    stages = [" ".join(one.text_content().split()) for one in page.xpath("//ol[@class='stages']/li")]
    assert stages == ["planned 4 Feb 2022 Herald, Wire · 2 reports", "held 8 Feb 2022 Wire"]
    rows = page.xpath("//table//tbody/tr")
    assert [row.xpath("string(./th)") for row in rows] == [
        "4 Feb 2022, 09:00 UTC", "4 Feb 2022, 11:30 UTC", "8 Feb 2022, 08:00 UTC"
    ]  # fmt: skip
    assert [row.get("aria-current") for row in rows] == [None, None, "true"]


def test_who_had_it_first_is_said_to_the_minute_where_that_is_known(made_client):
    found = made_client.get(find(made_client, "events", "Report 5") + ".json").json()
    assert [one["publisher"] for one in found["first"]] == ["Wire"]
    assert [one["stage"] for one in found["stages"]] == ["planned", "held"]
    page = made_client.get(find(made_client, "events", "Report 2")).text
    assert "First: Wire, 4 Feb 2022, 09:00 UTC." in page


def test_a_claim_lists_its_witnesses(made_client, soup):
    page = soup(made_client.get(find(made_client, "statements", "Report 6")))
    assert len(page.xpath("//table//tbody/tr")) == 2
    assert "First: Wire, 6 Feb 2022." in page.text_content()


def test_a_position_that_turned_shows_both_wordings(made_client, soup):
    page = soup(made_client.get(find(made_client, "positions", "Report 7")))
    (turn,) = page.xpath("//div[@class='beside']")
    assert turn.xpath("string(.//b)") == "withdrawn"
    assert [one.text_content().split()[1] for one in turn.xpath("./p")[1:]] == ["offers", "refuses"]


def test_codes_come_with_their_reasons(made_client, soup):
    page = soup(made_client.get(find(made_client, "events", "Report 5")))
    facts = " ".join(page.xpath("//aside")[0].text_content().split())
    assert "CONSULT · visit a real act is published as itself" in facts
    assert "042 Make a visit" in facts
    assert "rule" in facts


def test_what_one_report_tells_alone_says_so(client):
    row = client.get("/ledger/figures.json?limit=1").json()["rows"][0]
    address = f"/records/{row['version_key']}/{row['id']}"
    assert "This report alone" in client.get(address).text
    assert [one["reason"] for one in client.get(address + ".json").json()["told"]] == ["told once"]


def test_csv_has_a_row_for_each_report_that_tells_it(made_client):
    told = made_client.get(find(made_client, "events", "Report 1") + ".csv").text.splitlines()
    assert told[0].startswith("version_key,record_id,published,publisher,")
    assert len(told) == 4


def test_the_annotation_is_the_one_that_is_exported(client, gold_readings):
    from chancery.export.annotations import annotate

    row = client.get("/ledger/statements.json?limit=1").json()["rows"][0]
    answer = client.get(f"/records/{row['version_key']}/{row['id']}.annotation.json")
    assert answer.headers["content-type"].startswith("application/ld+json")
    found = answer.json()
    exported = [one for reading in gold_readings for one in annotate(reading)]
    assert found.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
    assert json.loads(json.dumps(found)) in json.loads(json.dumps(exported))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/records/1/none", 404),
        ("/records/999999/e1", 404),
        ("/records/1/..%2f..%2fetc", 404),
        ("/records/1/none.annotation.json", 404),
        ("/records/0/e1", 422),
        ("/records/99999999999999999999/e1", 422),
        ("/records/one/e1", 422),
    ],
)
def test_what_is_not_there_is_not_found(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_the_links_of_the_list_lead_here(client, soup):
    page = soup(client.get("/ledger/events?limit=5"))
    for url in page.xpath("//table//th/a/@href"):
        assert client.get(url).status_code == 200

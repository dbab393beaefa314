"""Reading a pasted report: nothing is stored unless it is kept, and only its own browser sees it."""

import json
import re
from concurrent.futures import Future

import pytest

from chancery.ledger import Ledger
from chancery.server.room import LARGEST, Given, read_given

TEXT = (
    "KYIV, March 3 (Wire) - Ukraine will send 300 soldiers to Kherson if Russia attacks again, Defence "
    "Minister Oleksii Reznikov said on Thursday.\n\n“We will not give up any city,” he told reporters."
)


@pytest.fixture
def own_client(own_ledger, client_of):
    with client_of(own_ledger) as made:
        yield made


@pytest.fixture
def quick(monkeypatch, gold_readings):
    """Read nothing, and give a reading of the gold under the words that were given: no model is loaded."""
    from chancery.lots import Done

    given_so_far = []

    def submitted(_self, given):
        given_so_far.append(given)
        article = {"text": given.data.decode(), "title": given.title, "url": given.url, "id": "pasted"}
        reading = gold_readings[0].model_validate({"article": article})
        done = Future()
        done.set_result((Done("pasted text", None, reading, "chancery | a model"), False))
        return done

    monkeypatch.setattr("chancery.server.room.ReadingRoom._submitted", submitted)
    return given_so_far


def token(client):
    return re.search(r'name="token" value="([0-9a-f]+)"', client.get("/paste").text)[1]


def send(client, to, files=None, **fields):
    headers = {"origin": str(client.base_url), "accept": "text/html"}
    data = {"token": token(client)} | fields
    return client.post(to, data=data, files=files, headers=headers, follow_redirects=False)


def reports(path):
    with Ledger.open(path) as ledger:
        return len(ledger.reports())


def test_a_report_is_read_shown_and_kept(own_client, own_ledger):
    """The whole way, with the language model in a process of its own."""
    before = reports(own_ledger)
    answer = send(own_client, "/paste", text=TEXT, date="2022-03-03", publisher="Wire")
    assert answer.status_code == 303, answer.text
    place = answer.headers["location"]
    page = own_client.get(place).text
    assert "Reznikov" in page
    assert "Thursday, 3 Mar 2022" in page
    data = own_client.get(f"{place}.json").json()
    assert data["statements"]
    assert data["article"]["publisher"] == "Wire"
    assert reports(own_ledger) == before
    kept = send(own_client, f"{place}/keep")
    assert re.fullmatch(r"/reports/\d+", kept.headers["location"])
    assert "Reznikov" in own_client.get(kept.headers["location"]).text
    assert reports(own_ledger) == before + 1
    assert own_client.get(place).status_code == 404


@pytest.mark.usefixtures("quick")
def test_what_is_thrown_away_leaves_nothing(own_client, own_ledger):
    before = reports(own_ledger)
    place = send(own_client, "/paste", text=TEXT).headers["location"]
    assert own_client.get(place).status_code == 200
    assert send(own_client, f"{place}/discard").headers["location"] == "/paste"
    assert own_client.get(place).status_code == 404
    assert reports(own_ledger) == before


@pytest.mark.usefixtures("quick")
def test_another_browser_does_not_see_it(own_client):
    place = send(own_client, "/paste", text=TEXT).headers["location"]
    own_client.cookies.clear()
    for path in (place, f"{place}.json"):
        assert own_client.get(path).status_code == 404
    assert send(own_client, f"{place}/keep").status_code == 404


@pytest.mark.usefixtures("quick")
def test_a_report_that_the_ledger_has_is_not_added_twice(own_client):
    places = [send(own_client, "/paste", text=TEXT).headers["location"] for _ in range(2)]
    kept = [send(own_client, f"{place}/keep").headers["location"] for place in places]
    assert kept[0] == kept[1]


@pytest.mark.parametrize(
    ("fields", "status", "complaint"),
    [
        ({}, 400, "Nothing to read; paste a text, or choose a file."),
        ({"text": " \n "}, 400, "Nothing to read"),
        ({"text": TEXT, "date": "yesterday"}, 400, "is no date; write a day as 2022-02-10"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, 400, "begins with https:// or http://"),
        ({"text": TEXT, "publisher": "x" * 201}, 400, "longer than 200 characters"),
        ({"text": "x" * (LARGEST + 1)}, 413, "larger than 1,000,000 bytes"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_form(own_client, quick, fields, status, complaint):
    answer = send(own_client, "/paste", **fields)
    assert answer.status_code == status
    assert complaint in answer.text.replace("&#39;", "'")
    assert not quick
    if "text" in fields and status == 400:
        assert fields["text"].strip()[:40] in answer.text  # nobody has to paste it again


def test_a_huge_body_is_refused_before_it_is_looked_at(own_client):
    answer = send(own_client, "/paste", text="x" * 5_000_000)
    assert answer.status_code == 413
    assert "4,000,000 bytes" in answer.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Given(TEXT.encode(), "a.txt"), "Ukraine will send"),
        (Given(json.dumps({"text": TEXT, "title": "Old"}).encode(), "a.json", title="New"), "Ukraine will"),
        (Given(json.dumps({"text": TEXT}).encode()), "Ukraine will send"),
        (Given(TEXT.encode(), "../../etc/passwd"), "Ukraine will send"),
    ],
)
def test_files_go_through_the_readers_of_all_sources(given, words, monkeypatch):
    from chancery.lots import Done
    from chancery.records import Reading

    monkeypatch.setattr(
        "chancery.server.room.read_lot",
        lambda lot, _equipment: [Done(lot[0].source, None, Reading(article=lot[0].article))],
    )
    done, more = read_given(given, None)
    assert words in done.reading.article.text
    assert done.reading.article.title == given.title
    assert "/" not in done.file
    assert not more


def test_of_several_reports_in_a_file_the_first_is_read(monkeypatch):
    from chancery.lots import Done
    from chancery.records import Reading

    monkeypatch.setattr(
        "chancery.server.room.read_lot",
        lambda lot, _equipment: [Done(lot[0].source, None, Reading(article=lot[0].article))],
    )
    lines = "".join(json.dumps({"text": f"{TEXT} {number}"}) + "\n" for number in range(3))
    done, more = read_given(Given(lines.encode(), "a.jsonl"), None)
    assert done.reading.article.text.endswith("0")
    assert more


def test_foreign_reports_are_read_only_when_asked_for(own_client):
    text = "Der Minister sagte am Donnerstag, dass die Ukraine weitere Soldaten in die Stadt schicken werde."
    answer = send(own_client, "/paste", text=text)
    assert answer.status_code == 400
    assert "this is in German" in answer.text.replace("This", "this")

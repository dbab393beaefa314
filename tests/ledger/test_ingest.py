"""An ingest takes each report once, goes on where it was ended, and keeps what failed as rows."""

import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import kill_ingest
from chancery import ingest as package
from chancery import lots
from chancery.ingest import Plan, ingest, run
from chancery.ingest.sift import Sifter
from chancery.language import Maker
from chancery.ledger import Ledger
from chancery.ledger.checks import check
from chancery.records import Reading, Statement

WORDS = "The ministry said on day {} that the talks would go on, and that it had asked for more time."


@dataclass
class Stub:
    """Reads at once, and fails at what it is told to fail at."""

    maker: Maker = field(default_factory=lambda: Maker("0.1.0", "stub 1"))
    fails_at: str = "never"

    def pipe(self, articles):
        for article in articles:
            if self.fails_at in article.text:
                raise ZeroDivisionError
            said = Statement(
                id="s1", speaker={"span": (0, 12), "actor": None}, speaker_is="role", kind="indirect",
                cue={"span": (13, 17), "lemma": "say"}, content=((18, len(article.text)),), negated=False,
                method=self.maker.method("stub"), score=1,
            )  # fmt: skip
            yield Reading(article=article, statements=(said,))


@pytest.fixture(autouse=True)
def stub(monkeypatch):
    made = Stub()
    monkeypatch.setattr(lots, "load_reader", lambda _equipment: made)
    monkeypatch.setattr(run, "load_reader", lambda _equipment: made)
    return made


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "test.ledger") as opened:
        yield opened


def lines(path, days, **more):
    rows = [{"url": f"https://a.example/{day}", "text": WORDS.format(day)} | more for day in days]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def counts(tally):
    return {name: count for name, count in tally.counts().items() if count}


def take(ledger, *sources, **more):
    return ingest(ledger, Plan(tuple(sources), **more))


def test_a_second_run_finds_everything_known(ledger, tmp_path):
    source = lines(tmp_path / "a.jsonl", range(40))
    assert counts(take(ledger, source)) == {"added": 40}
    assert counts(take(ledger, source)) == {"known": 40}
    lines(tmp_path / "a.jsonl", range(45))
    assert counts(take(ledger, source)) == {"added": 5, "known": 40}


def test_a_report_that_comes_twice_in_one_run(ledger, tmp_path):
    assert counts(take(ledger, lines(tmp_path / "a.jsonl", [1, 1, 2, 1]))) == {"added": 2, "known": 2}


def test_other_words_are_a_version(ledger, tmp_path):
    take(ledger, lines(tmp_path / "a.jsonl", [1]))
    again = lines(tmp_path / "b.jsonl", [1], text=WORDS.format(1) + " It declined to say more.")
    assert counts(take(ledger, again)) == {"reworded": 1}


def wording(ledger):
    texts = [reading.article.text for _, reading in ledger.readings()]
    return [text.removeprefix(WORDS.format(1)) for text in texts]


def test_the_wording_that_came_last_is_the_current_one(ledger, tmp_path):
    first, second, third = (
        lines(tmp_path / f"{more}.jsonl", [1], text=WORDS.format(1) + f" It was {more}.")
        for more in ("early", "late", "over")
    )
    assert counts(take(ledger, first, second)) == {"added": 1, "reworded": 1}
    assert wording(ledger) == [" It was late."]
    take(ledger, first)  # it came back
    assert wording(ledger) == [" It was early."]
    take(ledger, first, second)  # an archive that is read again ends where it ended
    assert wording(ledger) == [" It was late."]
    take(ledger, third, first)  # new, and at once replaced by one of before
    assert wording(ledger) == [" It was early."]
    assert all(one.good for one in looked(ledger))


def test_failures_are_rows_and_go_once_they_are_mended(ledger, stub, tmp_path):
    source = lines(tmp_path / "a.jsonl", range(20))
    bad = tmp_path / "b.jsonl"
    bad.write_text('{"title": "x"}\n')
    stub.fails_at = "day 7 "
    assert counts(take(ledger, source, str(bad))) == {"added": 19, "failed": 2}
    fault, missing = ledger.failures()
    assert (fault["source"], fault["source_place"], fault["stage"]) == (source, "line 8", "read")
    assert "ZeroDivisionError" in fault["error"]
    assert (missing["source"], missing["stage"], missing["error"]) == (str(bad), "open", 'no field "text"')
    # It fails again only when asked to try.
    stub.fails_at = "never"
    assert counts(take(ledger, source)) == {"known": 19, "failed": 1}
    assert counts(take(ledger, source, retry=True)) == {"known": 19, "added": 1}
    lines(bad, [99])
    assert counts(take(ledger, str(bad))) == {"added": 1}
    assert ledger.failures() == []


def test_reading_anew_with_another_model(ledger, stub, tmp_path):
    source = lines(tmp_path / "a.jsonl", range(20))
    take(ledger, source)
    stub.maker = Maker("0.2.0", "stub 2")
    assert counts(take(ledger, source)) == {"known": 20}
    assert counts(take(ledger, source, reread=True)) == {"replaced": 20}
    assert counts(take(ledger, source, reread=True)) == {"known": 20}
    assert {row["maker"] for row in ledger.reports()} == {"chancery 0.2.0 | stub 2"}


def test_reading_anew_without_the_sources(ledger, stub, tmp_path):
    source = lines(tmp_path / "a.jsonl", range(100))
    take(ledger, source)
    before = dict(ledger.readings())
    stub.maker = Maker("0.2.0", "stub 2")
    assert counts(take(ledger, reread=True)) == {"replaced": 100}
    after = dict(ledger.readings())
    assert before.keys() == after.keys()
    assert {row["source"] for row in ledger.reports()} == {source}
    assert all(check.good for check in looked(ledger))


def looked(ledger):
    with ledger.connect() as connection:
        return list(check(connection))


def test_ended_anywhere_it_goes_on_to_the_same_ledger(ledger, stub, tmp_path):
    source = lines(tmp_path / "a.jsonl", [*range(60), 3, 50, *range(60, 100)])
    stub.fails_at = "day 33 "
    take(ledger, source)
    for ends_after in (0, 1, 3, 5):
        path = tmp_path / f"{ends_after}.ledger"
        with Ledger.create(path) as other:
            calls = iter(range(ends_after))

            def end(*_args, calls=calls):
                if next(calls, None) is None:
                    raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                ingest(other, Plan((source,)), end)
            take(other, source)
        assert kill_ingest.contents(path) == kill_ingest.contents(ledger.path)


def test_a_reading_that_the_ledger_refuses_is_a_failure_alone(ledger, tmp_path, monkeypatch):
    good = Stub.pipe

    def twice(self, articles):
        for reading in good(self, articles):
            is_bad = "day 5 " in reading.article.text
            yield reading.model_copy(update={"statements": reading.statements * 2}) if is_bad else reading

    monkeypatch.setattr(Stub, "pipe", twice)
    assert counts(take(ledger, lines(tmp_path / "a.jsonl", range(20)))) == {"added": 19, "failed": 1}
    (failure,) = ledger.failures()
    assert failure["stage"] == "store"


def test_what_the_doctor_finds(ledger, tmp_path):
    take(ledger, lines(tmp_path / "a.jsonl", range(20)))
    assert all(one.good for one in looked(ledger))
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("UPDATE statements SET cue_end = 99999 WHERE statement_key = 1")
        connection.execute("UPDATE readings SET statement_count = 7 WHERE version_key = 2")
        connection.execute("UPDATE statements SET within = 's99' WHERE statement_key = 3")
        connection.execute("DELETE FROM passages WHERE passage_key = 4")
        connection.commit()
    wrong = {one.name.split(" (")[0]: one.wrong for one in looked(ledger) if not one.good}
    assert "statements.cue.span [13, 99999] in a text of" in wrong["spans"][0]
    assert wrong["numbers of records"] == ("version 2: 7 statements told, 1 held",)
    assert "within of s1 is s99" in wrong["ids that point inside a report"][0]
    assert "passages" in wrong["references between tables"][0]
    assert "passage_search lists 20 of 19" in wrong["full text search"]


RSS = """<rss version="2.0"><channel><title>Wire</title><item><title>T</title><link>https://a.example/{0}</link>
<description>{1}</description></item></channel></rss>"""


class Feed(BaseHTTPRequestHandler):
    """Serves a feed with an ETag; counts how often it was sent whole."""

    def do_GET(self):
        day = self.server.day
        etag = f'"{day}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        self.server.sent += 1
        self.send_response(200)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(RSS.format(day, WORDS.format(day)).encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as made:
        made.day, made.sent = 1, 0
        threading.Thread(target=partial(made.serve_forever, poll_interval=0.01), daemon=True).start()
        yield made
        made.shutdown()


def test_a_feed_is_asked_only_for_what_is_new(ledger, server):
    url = f"http://127.0.0.1:{server.server_port}/feed"
    assert counts(take(ledger, url)) == {"added": 1}
    assert counts(take(ledger, url)) == {}
    assert server.sent == 1
    server.day = 2
    assert counts(take(ledger, url)) == {"added": 1}


def test_an_etag_is_kept_only_once_the_reports_are_in(ledger, server, monkeypatch):
    url = f"http://127.0.0.1:{server.server_port}/feed"
    with monkeypatch.context() as patched:
        patched.setattr(run, "add_lot", lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            take(ledger, url)
    assert counts(take(ledger, url)) == {"added": 1}


def test_an_address_that_cannot_be_had_is_a_failure(ledger, server):
    server.shutdown()
    server.server_close()
    assert counts(take(ledger, f"http://127.0.0.1:{server.server_port}/feed")) == {"failed": 1}
    (failure,) = ledger.failures()
    assert (failure["stage"], failure["retry"]) == (
        "fetch",
        "check the address and the network, and run it again",
    )


def test_names_of_the_package():
    assert package.ingest is ingest
    assert Sifter.__module__ == "chancery.ingest.sift"


@pytest.mark.slow
def test_killed_at_random_moments_it_ends_in_the_same_ledger(tmp_path):
    source = lines(tmp_path / "a.jsonl", range(60))
    result = kill_ingest.trial([source], tmp_path, kills=3, workers=1, seed=1)
    assert result.equal
    assert result.kills == 3

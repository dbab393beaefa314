"""The sample ledger: what it is made of, and that it is made once."""

import json

from chancery.ledger import Filter, Ledger
from chancery.server.demo import REPORTS, demo_ledger


def lines():
    return [json.loads(line) for line in REPORTS.read_text(encoding="utf-8").splitlines()]


def test_every_sample_report_may_be_shipped():
    open_licences = ("Public domain", "CC BY 4.0")
    assert len(lines()) > 100
    for report in lines():
        assert report["licence"].startswith(open_licences), report["url"]
        assert report["attribution"]
        assert report["published"][:7] in {"2022-02", "2022-03"}


def test_the_sample_is_read_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    few = tmp_path / "few.jsonl"
    few.write_text("".join(json.dumps(one) + "\n" for one in lines()[:3]), encoding="utf-8")
    monkeypatch.setattr("chancery.server.demo.REPORTS", few)
    steps = []
    made = demo_ledger(steps.append)
    assert steps[-1].tally.added == 3
    with Ledger.open(made) as ledger:
        assert len(ledger.reports()) == 3
        assert ledger.events(Filter(actors=("RUS",)))
    before = made.stat().st_mtime_ns
    assert demo_ledger(steps.append) == made
    assert made.stat().st_mtime_ns == before
    assert not list(made.parent.glob("tmp*"))

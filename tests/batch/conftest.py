"""What the tests of batch share: a reader that reads at once, and an archive of made-up reports."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chancery import lots
from chancery.batch import Settings, run_batch
from chancery.batch import work as work_module
from chancery.batch.engines.inline import InlineEngine
from chancery.language import Maker
from chancery.records import Reading, Statement

WORDS = (
    "The foreign ministry said on day {} that the talks with Norway would go on, and that it had asked "
    "the government in Oslo for more time to look at the proposals of the other side."
)
ALL_OFF = frozenset({"not_article", "not_english", "exact_duplicate", "near_duplicate", "not_international"})


@dataclass
class Stub:
    """Reads at once, and fails at what it is told to fail at."""

    maker: Maker = field(default_factory=lambda: Maker("0.1.0", "stub 1"))
    fails_at: str = "never"
    read: int = 0

    def pipe(self, articles):
        for article in articles:
            if self.fails_at in article.text:
                raise ZeroDivisionError
            self.read += 1
            said = Statement(
                id="s1", speaker={"span": (0, 20), "actor": None}, speaker_is="role", kind="indirect",
                cue={"span": (21, 25), "lemma": "say"}, content=((26, len(article.text)),), negated=False,
                method=self.maker.method("stub"), score=1 / 3,
            )  # fmt: skip
            yield Reading(article=article, statements=(said,))


@pytest.fixture
def stub(monkeypatch):
    made = Stub()
    monkeypatch.setattr(lots, "load_reader", lambda _equipment: made)
    monkeypatch.setattr(work_module, "load_reader", lambda _equipment: made)
    return made


def _lines(path, days, **more):
    rows = [
        {
            "url": f"https://a.example/{day}",
            "text": WORDS.format(day),
            "published": f"2022-02-{day % 4 + 10:02}",
        }
        | more
        for day in days
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


@dataclass
class Bench:
    """Runs batches in this process, and keeps what they told."""

    out: str
    events: list = field(default_factory=list)

    def settings(self, source, **more):
        more.setdefault("gates_off", ALL_OFF)
        here = {
            "out": self.out,
            "work": f"{self.out}/_chancery/work",
            "root": str(source),
            "made_by": "stub 1",
        }
        return Settings(**(here | more))

    def __call__(self, source, *, reports=1000, anew=False, **more):
        self.events = []
        return run_batch(
            self.settings(source, **more), InlineEngine, self.events.append, reports=reports, anew=anew
        )


@pytest.fixture
def batch(stub, tmp_path):  # noqa: ARG001 - it is in place of the reader
    return Bench(str(tmp_path / "out"))


def _rows_of(out, kind):
    import pyarrow.parquet as pq

    found = []
    for path in sorted(Path(out).glob(f"{kind}/**/*.parquet")):
        with path.open("rb") as file:
            found += pq.read_table(file).to_pylist()
    return sorted(found, key=lambda row: repr(sorted(row.items(), key=lambda item: item[0])))


@pytest.fixture
def lines():
    """Write a file of reports, one a day."""
    return _lines


@pytest.fixture
def rows_of():
    """Read all rows of a kind, in an order of their own."""
    return _rows_of


@pytest.fixture
def words():
    """The text of a report, with a place for the day."""
    return WORDS

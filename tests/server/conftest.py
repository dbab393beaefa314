"""A small ledger of gold readings, served: made without the language model, in a second or two."""

import importlib.util
import json
import shutil
import warnings
from pathlib import Path

import pytest

pytest.importorskip("fastapi")

ROOT = Path(__file__).parents[2]
# Own annotation of openly licensed reports; what a page shows of it a perfect reader would have found.
GOLD = [ROOT / "quality" / "gold" / f"dev_{name}.jsonl" for name in "ab"]


@pytest.fixture(scope="session")
def gold_readings():
    """The gold of the repository as readings."""
    spec = importlib.util.spec_from_file_location("gold_readings", ROOT / "tools" / "gold_readings.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    from chancery.knowledge.tables import package_rows

    names = {row["id"]: row["name"] for row in package_rows("states")}
    lines = [line for path in GOLD for line in path.read_text(encoding="utf-8").splitlines()]
    return [tool.reading(json.loads(line), names) for line in lines]


@pytest.fixture(scope="session")
def ledger_path(tmp_path_factory, gold_readings):
    """A ledger of them, followed; only to be read."""
    from chancery.follow.store import follow_ledger
    from chancery.ledger import Ledger

    path = tmp_path_factory.mktemp("server") / "gold.ledger"
    with Ledger.create(path) as ledger:
        ledger.add_all(gold_readings)
        follow_ledger(ledger)
    return path


@pytest.fixture
def own_ledger(ledger_path, tmp_path):
    """A copy of it that a test may write into."""
    return Path(shutil.copy(ledger_path, tmp_path / "own.ledger"))


@pytest.fixture(scope="session")
def client_of():
    """Return a function that serves a ledger."""
    with warnings.catch_warnings():
        # starlette would rather have a fork of httpx; both do here what is asked of them
        warnings.simplefilter("ignore")
        from fastapi.testclient import TestClient

    from chancery.server.app import create_app
    from chancery.server.settings import Settings

    def made(path, **settings):
        settings = {"hosts": ("testserver",), "fresh_for": 0.0} | settings
        return TestClient(create_app(Settings(path, **settings)))

    return made


@pytest.fixture(scope="session")
def client(ledger_path, client_of):
    """The small ledger, served."""
    with client_of(ledger_path) as made:
        yield made


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory, client_of):
    """A ledger without a report, served."""
    from chancery.ledger import Ledger

    path = tmp_path_factory.mktemp("empty") / "empty.ledger"
    Ledger.create(path).close()
    with client_of(path) as made:
        yield made


@pytest.fixture(scope="session")
def soup():
    """Parse a page."""
    from lxml import html

    return lambda answer: html.fromstring(answer.text)


@pytest.fixture(scope="session")
def made_client(tmp_path_factory, client_of):
    """Reports written so that they are followed: see made.py."""
    from chancery.follow.store import follow_ledger
    from chancery.ledger import Ledger

    spec = importlib.util.spec_from_file_location("made", Path(__file__).parent / "made.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    path = tmp_path_factory.mktemp("made") / "made.ledger"
    with Ledger.create(path) as ledger:
        ledger.add_all(list(made.readings()))
        follow_ledger(ledger)
    with client_of(path) as client:
        yield client

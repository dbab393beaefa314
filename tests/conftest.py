"""What many tests share: the reader, which takes seconds to load, once a session."""

import json
import os
from pathlib import Path

import pytest

import chancery

SHARED = Path(os.environ.get("CHANCERY_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def reader():
    return chancery.load()


@pytest.fixture(scope="session")
def parse(reader):
    """Parse a text as the reader does."""
    from chancery.language import parse as parse_text

    return lambda text: parse_text(reader.language, text)


@pytest.fixture(scope="session")
def shared():
    """The folder of gold and corpora beside the repository; tests that need it are skipped elsewhere."""
    if not (SHARED / "corpora").is_dir():
        pytest.skip(f"no corpora at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def open_articles_of_the_corpora(shared):
    """The openly licensed articles of the corpora, as their file has them."""
    path = shared / "corpora/articles/articles.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

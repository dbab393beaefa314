"""What must always hold: spans are the text's, records fit the schema, equal input gives equal output."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chancery.records import Article, Reading

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def lines(path, limit=None):
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in islice(handle, limit)]


def check_spans(reading):
    text = reading.article.text
    for name, (start, end) in reading.spans():
        assert 0 <= start < end <= len(text), name
        words = text[start:end]
        assert words == words.strip(), f"{name} has blanks at its edges: {words!r}"
        assert words, name


def check_links(reading):
    ids = {
        kind: {record.id for record in getattr(reading, kind)}
        for kind in ("actors", "mentions", "statements", "events", "positions", "figures", "places", "times")
    }
    for kind, found in ids.items():
        assert len(found) == len(getattr(reading, kind)), f"{kind}: an id is given twice"
    for statement in reading.statements:
        assert statement.within in ids["statements"] | {None}
        assert statement.within != statement.id
        named = [statement.speaker.actor, *statement.speaker.actors, *statement.about]
        named += [statement.addressee.actor] if statement.addressee else []
        assert {actor for actor in named if actor} <= ids["actors"]
    for event in reading.events:
        assert event.reported_by in ids["statements"] | {None}
        assert event.condition in ids["events"] | {None}
        assert set(event.figures) <= ids["figures"]
        assert {slot.actor for slot in event.actor + event.recipient if slot.actor} <= ids["actors"]
        assert event.place is None or event.place.place in ids["places"] | {None}
        assert event.actor
    for position in reading.positions:
        assert position.statement in ids["statements"] | {None}
        assert position.event in ids["events"] | {None}
        assert {position.holder} | ({position.toward} - {None}) <= ids["actors"]
    for figure in reading.figures:
        assert figure.event in ids["events"] | {None}
        assert figure.place in ids["places"] | {None}
    for mention in reading.mentions:
        assert mention.actor in ids["actors"] | {None}
        assert mention.place in ids["places"] | {None}


def check(reading):
    check_spans(reading)
    check_links(reading)
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_span_of_the_examples_is_words_of_the_text(reader, path):
    text = path.read_text(encoding="utf-8")
    reading = reader(text)
    assert reading.article.text == text
    check(reading)


@pytest.fixture(scope="module")
def open_articles(reader, shared):
    """The open articles of the corpora with their readings, read once for all tests of this file."""
    articles = lines(shared / "corpora/articles/articles.jsonl")
    readings = list(reader.pipe(Article(id=a["id"], text=a["text"]) for a in articles))
    return list(zip(articles, readings, strict=True))


def test_every_span_of_the_open_articles_is_words_of_the_text(open_articles):
    for entry, reading in open_articles:
        assert reading.article.text == entry["text"]
        check(reading)


@pytest.mark.slow
def test_every_span_of_a_thousand_reports_of_the_stream_is_words_of_the_text(reader, shared):
    names = (
        "us_state",
        "us_white_house",
        "kremlin",
        "president_ua",
        "uk_government",
        "australia_pm",
        "wikinews",
    )
    entries = [entry for name in names for entry in lines(shared / f"corpora/stream/{name}.jsonl", 150)]
    articles = (Article(id=e["id"], text=e["text"], published=e["published"]) for e in entries[:1000])
    count = 0
    for reading in reader.pipe(articles):
        check(reading)
        count += 1
    assert count == 1000


# Words that wake the rules, marks that break them, and characters that are longer than they look.
PIECES = st.sampled_from(
    [
        *"said says told denied warned according to that if in the event of".split(),
        *"would will not never ready".split(),
        *"Russia Russian Moscow NATO Lavrov Stoltenberg he she they we it who".split(),
        *"troops talks invasion sanctions".split(),
        *"Monday February 10 2022 next week 100,000 $5 billion 12% U.S. Mr. Sept. 10:30".split(),
        *"“ ” \" ' ‘ ’ « » „ `` '' : , . ; ? ! ... … — -- ( ) [ ] & ' 's n't Q: MR. PRICE: “We “No,”".split(),
        *["\n", "\n\n", "\t", "   ", "\r\n", "\u200b", "\ufeff", "\u2028", "\x00", "\xa0", "\u0085"],
        *["🇺🇦", "é", "e\u0301", "مرحبا", "你好", "<script>alert(1)</script>", "Путин"],
    ]
)
# Found by `make fuzz`: a run of blanks taken for a name, and an auxiliary behind its verb.
BLANK_NAME = (
    "““We will not lea\U0010311fRve,” Foreign Minister Jana Moreau told reporters in "
    "Gen     d Russian  border.\n"
)
LATE_MODAL = (
    "““We will not leave,” Foreign Minister Janl not leave,” Foreign Minister Jana M \x00 e said, “will our "
    "partners: ‘never’ means never.”\n\nMoscow denied that its troops had crossed the border.\n"
)

HOSTILE = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=20).map("".join),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=HOSTILE)
@example(text="\x0c:'0")
@example(text=BLANK_NAME)
@example(text=LATE_MODAL)
def test_any_text_is_read_and_every_span_is_words_of_it(reader, text):
    reading = reader(text, published="2022-02-10")
    assert reading.article.text == text
    check(reading)


def test_every_record_fits_the_published_schema(open_articles):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(Reading.model_json_schema(mode="serialization"))
    for _, reading in open_articles:
        validator.validate(reading.model_dump(mode="json"))


READ = """
import sys, chancery
from pathlib import Path
nlp = chancery.load()
for path in sys.argv[1:]:
    print(nlp(Path(path).read_text(encoding="utf-8")).model_dump_json())
"""


@pytest.fixture(scope="session")
def outputs():
    return {
        seed: subprocess.run(
            [sys.executable, "-c", READ, *map(str, EXAMPLES)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
        ).stdout
        for seed in ("0", "1", "2")
    }


def test_output_is_the_same_for_every_hash_seed(outputs):
    assert len(set(outputs.values())) == 1
    assert outputs["0"].count(b"\n") == len(EXAMPLES)


def test_a_report_reads_the_same_alone_and_in_a_stream(reader):
    articles = [Article(id=path.stem, text=path.read_text(encoding="utf-8")) for path in EXAMPLES] * 2
    together = list(reader.pipe(articles))
    assert together == [reader(article) for article in articles]


def test_a_day_is_read_back_as_a_day():
    for published in (date(2022, 2, 10), datetime(2022, 2, 10, 8, 30, tzinfo=UTC)):
        reading = Reading(article=Article(id="x", text="", published=published))
        again = Reading.model_validate_json(reading.model_dump_json())
        assert again.article.published == published
        assert type(again.article.published) is type(published)

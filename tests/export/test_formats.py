"""Each format, read back with the tool that its users read it with."""

import csv
import json
import re
import warnings
from datetime import date
from pathlib import Path

import pytest

from chancery.export import FORMATS, Feed, Links, Witnesses, export
from chancery.export.dictionaries import columns
from chancery.records import Article

EXAMPLE = Path(__file__).parents[2] / "examples" / "nato_2022-02-10.txt"
ANNO = Path(__file__).parent / "data" / "anno_terms.json"


@pytest.fixture(scope="module")
def nato(reader):
    return reader(
        Article(
            id="nato",
            url="https://example.org/nato?a=1&b=2",
            publisher="Example",
            text=EXAMPLE.read_text(encoding="utf-8"),
            published=date(2022, 2, 10),
        )
    )


@pytest.fixture(scope="module")
def hostile(nato):
    """A report whose fields hold what would break a format that does not escape it."""
    evil = '"]]>\t\n</item><script>alert(1)</script>\x00\ud800;|=cmd()'
    article = nato.article.model_copy(
        update={"id": "evil/ü:1", "title": evil, "publisher": evil, "url": None}
    )
    return nato.model_copy(update={"article": article})


@pytest.fixture
def written(nato, hostile, tmp_path):
    def write(name, links=None, readings=None):
        target = tmp_path / f"out{FORMATS[name].suffix}"
        count = export(
            name, [nato, hostile] if readings is None else readings, target, links, Feed("Saved & kept")
        )
        return target, count

    return write


def published(*readings):
    return [event for reading in readings for event in reading.events if event.plover]


# --- tables


@pytest.mark.parametrize("name", ["parquet", "csv"])
def test_tables_hold_every_record_and_join_by_their_keys(name, written, nato, hostile):
    import duckdb

    folder, reports = written(name)
    assert reports == 2
    read = "read_parquet" if name == "parquet" else "read_csv"
    with duckdb.connect() as db:
        for table in ("articles", "statements", "events", "positions", "figures", "places", "times"):
            records = 2 if table == "articles" else len(getattr(nato, table)) + len(getattr(hostile, table))
            path = folder / f"{table}.{name}"
            assert db.execute(f"select count(*) from {read}('{path}')").fetchone() == (records,)  # noqa: S608
        joined = db.execute(
            f"select count(*) from {read}('{folder / f'events.{name}'}') e "  # noqa: S608
            f"join {read}('{folder / f'articles.{name}'}') a using (article)"
        ).fetchone()
        assert joined == (len(nato.events) + len(hostile.events),)


def test_parquet_is_typed_as_pandas_expects(written, nato):
    import pandas as pd

    folder, _ = written("parquet", readings=[nato])
    events = pd.read_parquet(folder / "events.parquet")
    statements = pd.read_parquet(folder / "statements.parquet")
    assert list(events["id"]) == [event.id for event in nato.events]
    assert events["published_day"].iloc[0] == date(2022, 2, 10)
    assert statements["negated"].dtype == bool
    text = nato.article.text
    for row in events.itertuples():
        assert text[row.start : row.end] == row.anchor


def test_parquet_carries_the_codes_of_conflict_data(written, nato):
    import pandas as pd

    folder, _ = written("parquet", readings=[nato])
    positions = pd.read_parquet(folder / "positions.parquet")
    british = positions[positions["holder"] == "GBR"].iloc[0]
    assert (british["holder_iso3"], british["holder_cow"], british["holder_gw"]) == ("GBR", 200, 200)
    actors = pd.read_parquet(folder / "actors.parquet").set_index("actor")
    assert actors.loc["RUS", "cow"] == 365


@pytest.mark.parametrize("name", ["parquet", "csv"])
def test_every_column_is_in_the_dictionary_beside_the_tables(name, written):
    import duckdb

    folder, _ = written(name)
    with (folder / "columns.csv").open(encoding="utf-8") as file:
        described = [(row["table"], row["column"]) for row in csv.DictReader(file) if row["description"]]
    found = []
    with duckdb.connect() as db:
        for table in dict.fromkeys(table for table, _ in described):
            cursor = db.execute(f"select * from '{folder / f'{table}.{name}'}' limit 0")  # noqa: S608
            found += [(table, column[0]) for column in cursor.description]
    assert found == described
    assert all(re.fullmatch("[a-z][a-z0-9_]*", column) for _, column in found)


# --- events in other people's columns


def test_gdelt_has_sixty_one_columns_and_a_header_beside_it(written, nato, hostile):
    import pandas as pd

    path, count = written("gdelt")
    names = (path.parent / "gdelt.header.tsv").read_text(encoding="utf-8").rstrip("\n").split("\t")
    assert len(names) == 61
    table = pd.read_csv(path, sep="\t", names=names, dtype=str, quoting=csv.QUOTE_NONE, keep_default_na=False)
    coded = [event for event in (*nato.events, *hostile.events) if event.cameo]
    assert len(table) == count == len(coded)
    assert list(table["EventCode"]) == [event.cameo.code for event in coded]
    assert table["GLOBALEVENTID"].is_unique
    first = table.iloc[0]
    assert first["SQLDATE"] == "20220210"
    assert first["FractionDate"] == f"{2022 + (30 + 10) / 365:.4f}"
    unknown = [name for name in names if columns("gdelt_columns")[name]["filled"].startswith("empty")]
    assert (table[unknown] == "").all(axis=None)


def test_gdelt_codes_the_first_party_of_each_side(written, nato):
    path, _ = written("gdelt", readings=[nato])
    names = (path.parent / "gdelt.header.tsv").read_text(encoding="utf-8").split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=False)) for line in path.read_text("utf-8").splitlines()]
    aid = next(row for row in rows if row["Actor1Code"] == "GBR" and row["Actor2Code"] == "UKR")
    assert (aid["Actor1Name"], aid["Actor2CountryCode"], aid["QuadClass"]) == ("UNITED KINGDOM", "UKR", "1")


def test_polecat_has_forty_columns(written, nato, hostile):
    import pandas as pd

    path, count = written("polecat")
    table = pd.read_csv(path, sep="\t", dtype=str, quoting=csv.QUOTE_NONE, keep_default_na=False)
    assert len(table.columns) == 40
    assert len(table) == count == len(published(nato, hostile))
    row = table[
        (table["Actor Country"] == "United Kingdom") & (table["Recipient Country"] == "Ukraine")
    ].iloc[0]
    assert (row["Actor COW"], row["Recipient COW"]) == ("200", "369")
    assert row["Publication Date"] == "2022-02-10"


def test_plover_records_hold_their_words(written, nato, hostile):
    path, count = written("plover")
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(records) == count == len(published(nato, hostile))
    for record in records[: len(published(nato))]:
        start, end = record["text_info"]["span"]
        assert nato.article.text[start:end] == record["text"]
        assert f"(EVT: {record['event_text']})" in record["text_info"]["markup"]
        marks = re.sub(
            r"\((?:SRC|TAR|EVT|LOC): (.*?)\)", r"\1", record["text_info"]["markup"], flags=re.DOTALL
        )
        assert marks == record["text"]


def test_geojson_is_read_by_ogr(written, nato):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of numpy, in pyogrio's own code
        import pyogrio.raw as pyogrio

        path, count = written("geojson", readings=[nato])
        meta, _, geometry, fields = pyogrio.read(path)
    assert len(geometry) == count > 0
    assert "4326" in meta["crs"]
    acts = fields[list(meta["fields"]).index("act")]
    assert set(acts) <= {event.act for event in nato.events}


def test_geojson_leaves_out_what_has_no_point(nato, written):
    nowhere = nato.model_copy(update={"places": ()})
    path, count = written("geojson", readings=[nowhere])
    assert count == 0
    assert json.loads(path.read_text(encoding="utf-8")) == {"type": "FeatureCollection", "features": []}


# --- evidence


def test_annotations_expand_as_linked_data(written, nato):
    from pyld import jsonld

    path, count = written("annotations", readings=[nato])
    document = json.loads(path.read_text(encoding="utf-8"))
    terms = json.loads(ANNO.read_text(encoding="utf-8"))

    def offline(url, _options):
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": terms}

    quads = jsonld.to_rdf(document, {"documentLoader": offline})["@default"]
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    found = {
        quad["subject"]["value"]
        for quad in quads
        if quad["predicate"]["value"] == kind
        and quad["object"]["value"] == "http://www.w3.org/ns/oa#Annotation"
    }
    assert len(found) == count
    assert f"urn:chancery:{nato.article.id}:{nato.statements[0].id}" in found


def test_selectors_find_the_words_again(written, nato):
    path, _ = written("annotations")
    text = nato.article.text
    for annotation in json.loads(path.read_text(encoding="utf-8"))["first"]["items"]:
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            words, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == words["exact"]
            assert text[:start].endswith(words["prefix"])
            assert text[end:].startswith(words["suffix"])


def test_a_record_comes_back_whole_from_its_annotation(written, nato):
    path, _ = written("annotations", readings=[nato])
    items = json.loads(path.read_text(encoding="utf-8"))["first"]["items"]
    bodies = [
        json.loads(item["body"][1]["value"]) for item in items if item["body"][0]["value"] == "statement"
    ]
    assert bodies == [statement.model_dump(mode="json") for statement in nato.statements]


def test_the_feed_is_read_by_feed_readers(written):
    import feedparser

    path, count = written("rss")
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "Saved & kept"
    assert len(feed.entries) == count
    assert feed.entries[0].link == "https://example.org/nato?a=1&b=2"
    assert feed.entries[0].published.startswith("Thu, 10 Feb 2022")
    assert len({entry.id for entry in feed.entries}) == count


def test_a_feed_is_no_longer_than_readers_keep(nato, written):
    many = [
        nato.model_copy(update={"article": nato.article.model_copy(update={"id": f"r{number}"})})
        for number in range(10)
    ]
    _, count = written("rss", readings=many)
    assert count == 200


# --- many reports


def test_an_event_told_twice_counts_once_with_its_witnesses(nato, written):
    again = nato.model_copy(update={"article": nato.article.model_copy(update={"id": "again"})})
    event = next(event for event in nato.events if event.cameo)
    keys = [(nato.article.id, event.id), ("again", event.id)]
    links = Links(
        happenings=dict.fromkeys(keys, "h1"), witnesses={"h1": Witnesses(reports=2, publishers=1, mentions=2)}
    )
    path, count = written("gdelt", links=links, readings=[nato, again])
    coded = sum(event.cameo is not None for event in nato.events)
    assert count == 2 * coded - 1
    names = (path.parent / "gdelt.header.tsv").read_text(encoding="utf-8").split("\t")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row[names.index("NumArticles")] for row in rows].count("2") == 1


@pytest.mark.parametrize("name", FORMATS)
def test_equal_readings_make_equal_files(name, nato, tmp_path):
    if name == "parquet":
        pytest.skip("compared by its rows above")
    for turn in ("a", "b"):
        export(name, [nato], tmp_path / turn / "out")
    files = [
        {
            path.relative_to(tmp_path / turn): path.read_bytes()
            for path in (tmp_path / turn).rglob("*")
            if path.is_file()
        }
        for turn in ("a", "b")
    ]
    assert files[0] == files[1]


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_makes_an_empty_but_whole_file(name, tmp_path):
    assert export(name, [], tmp_path / "out") == 0
    assert (tmp_path / "out").exists()

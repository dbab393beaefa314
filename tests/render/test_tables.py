import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.render import tables
from chancery.render.rows import TABLES, cell

NAMES = "articles actors mentions statements events positions figures places times".split()


def parsed(text):
    return list(csv.reader(io.StringIO(text)))


def section(text, name):
    body = text.partition(f"# {name}\n")[2].partition("\n\n#")[0]
    header, *rows = parsed(body)
    return [dict(zip(header, row, strict=True)) for row in rows]


def sections(*readings):
    file = io.StringIO()
    tables.write_sections(readings, file)
    return file.getvalue()


def test_there_is_a_table_for_every_kind_of_record():
    assert [table.name for table in TABLES] == NAMES


def test_rows_have_the_declared_columns_in_their_order(nato):
    for table in TABLES:
        for row in table.rows(nato):
            assert tuple(row) == table.columns


def test_every_column_is_documented():
    documented = tables.__doc__
    shared = {"id", "start", "end", "method", "score", "article"}
    for table in TABLES:
        assert f"\n{table.name}\n" in documented
        for column in set(table.columns) - shared:
            base = column.removesuffix("_start").removesuffix("_end")
            assert any(name in documented for name in (column, base)), f"{table.name}.{column}"


def test_words_stand_beside_their_spans(nato):
    rows = section(sections(nato), "statements")
    assert len(rows) == len(nato.statements)
    row = next(row for row in rows if row["id"] == "s15")
    assert row["cue"] == "did not rule out"
    assert nato.article.text[int(row["cue_start"]) : int(row["cue_end"])] == "did not rule out"
    assert (row["speaker"], row["speaker_name"], row["negated"]) == (
        "person:boris-johnson",
        "Boris Johnson",
        "true",
    )


def test_events_name_their_parties_and_days(nato):
    row = next(row for row in section(sections(nato), "events") if row["id"] == "e17")
    assert row["actor"] == "person:sergey-lavrov|person:liz-truss"
    assert row["actor_names"] == "Sergey Lavrov|Liz Truss"
    assert (row["first"], row["last"], row["place_words"]) == ("2022-02-10", "2022-02-10", "Moscow")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("a=b", "a=b"),
        ("–10 degrees", "–10 degrees"),  # a dash is no minus sign
        (-33.2, "-33.2"),  # a number is a number
        (None, ""),
        (True, "true"),
        (date(2022, 2, 10), "2022-02-10"),
        (("a", "b"), "a|b"),
        (("=a", "b"), "'=a|b"),
        ("nul\x00", "nul\ufffd"),
    ],
)
def test_a_cell_is_safe_to_open_in_a_spreadsheet(value, written):
    assert cell(value) == written


def test_a_folder_gets_one_file_a_table_over_all_readings(nato, empty, tmp_path):
    tables.write_tables(iter([nato, empty, nato]), tmp_path / "new" / "folder")
    files = {
        path.stem: parsed(path.read_text(encoding="utf-8")) for path in (tmp_path / "new/folder").iterdir()
    }
    assert sorted(files) == sorted(NAMES)
    assert [len(files[name]) - 1 for name in ("articles", "statements")] == [3, 34]
    assert all(tuple(rows[0]) == tables.columns(name) for name, rows in files.items())


def test_sections_hold_what_the_files_hold(nato, tmp_path):
    tables.write_tables([nato], tmp_path)
    text = sections(nato)
    for name in NAMES:
        assert f"# {name}\n" + (tmp_path / f"{name}.csv").read_text(encoding="utf-8") in text


def test_rows_come_as_a_stream(nato):
    endless = iter(lambda: nato, None)
    rows = tables.rows("times", endless)
    assert next(rows)[0] == "nato_2022-02-10"


def test_nothing_read_is_all_headers(empty):
    text = sections()
    assert text.count("# ") == len(NAMES)
    assert sections(empty).count("\n") == text.count("\n") + 1  # its row among the articles


@settings(deadline=None)
@given(data=st.data())
def test_hostile_text_comes_back_as_it_went_in_and_never_as_a_formula(hostile, data):
    reading = data.draw(hostile)
    written = io.StringIO(newline="")
    tables.write_sections([reading], written)
    written.getvalue().encode("utf-8")
    for table in TABLES:
        for row in table.cells(reading):
            for column, value in zip(table.header, row, strict=True):
                number = column in {"low", "high", "score", "latitude", "longitude", "intensity"}
                assert number or not value.startswith(("=", "+", "-", "@", "\t", "\r"))

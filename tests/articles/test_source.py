"""What users hand over, the bad with the good: one line for each bad one, and the others are read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

from chancery.articles import Options, Report, content_id, count_reports, read_reports
from chancery.errors import InputError

ENGLISH = "The ministry said on Thursday that the talks would go on, and that it had asked for more time.\n"
RUSSIAN = "Министр иностранных дел заявил в четверг, что переговоры будут продолжены.\n"


def put(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def one(path, options=None):
    (found,) = read_reports([path], options)
    return found


BAD = {
    "an empty file": ("a.txt", b"", "empty, there is nothing to read"),
    "white space alone": ("a.txt", b" \n\t\n", "empty, there is nothing to read"),
    "no words": ("a.txt", b"1234 !? ---\n", "no words in it"),
    "zero-width signs alone": ("a.txt", "\u200b\ufeff\u2060".encode(), "no words in it"),
    "a PDF": ("a.txt", b"%PDF-1.7\n%\xe2\xe3", "this is a PDF, not text; save its text first"),
    "a picture": ("a.html", b"\x89PNG\r\n\x1a\n\x00\x00", "this is a PNG picture, not text"),
    "zero bytes": ("a.txt", bytes(512), "binary data, not text"),
    "Russian": ("a.txt", RUSSIAN.encode("cp1251"), "this is in Russian, and Chancery reads English"),
    "a page of links": ("a.html", b"<html><body><a href='/'>Home</a></body></html>", "no article found"),
    "broken JSON": ("a.json", b'{"text":\n\n oops}', "line 3, column 2: broken JSON"),
    "JSON without text": ("a.json", b'{"title": "Talks"}', 'no field "text"'),
    "text that is a number": ("a.json", b'{"text": 3}', 'the field "text" is a number, not a string'),
    "empty text": ("a.json", b'{"text": ""}', "empty, there is nothing to read"),
    "an empty feed": (
        "a.rss",
        b'<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>',
        "a feed without entries",
    ),
    "a zip that is none": ("a.zip", b"PK\x03\x04 and no more", "a zip archive that cannot be unpacked"),
    "a tar that is none": ("a.tar", b"no tar at all" * 100, "a tar archive that cannot be unpacked"),
    "a Parquet that is none": ("a.parquet", b"PAR1 and no more PAR1", "a broken Parquet file"),
    "broken gzip": ("a.txt.gz", gzip.compress(ENGLISH.encode() * 50, mtime=0)[:-20], "broken gzip"),
    "gzip with a wrong sum": (
        "a.txt.gz",
        gzip.compress(ENGLISH.encode(), mtime=0)[:-8] + bytes(8),
        "broken gzip",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gives_one_line_with_its_name_and_the_others_are_read(tmp_path, case):
    name, data, said = BAD[case]
    bad = put(tmp_path, name, data)
    good = put(tmp_path, "good.txt", ENGLISH)
    error, report = read_reports([bad, good])
    assert isinstance(error, InputError)
    assert str(error).startswith(bad)
    assert said in str(error)
    assert "; " in str(error)  # and what would mend it
    assert "\n" not in str(error)
    assert isinstance(report, Report)
    assert report.article.text == ENGLISH


def test_a_missing_file_is_named_with_the_nearest_name(tmp_path):
    put(tmp_path, "report.txt", ENGLISH)
    missing = str(tmp_path / "reprot.txt")
    assert str(one(missing)) == (
        f"{missing}: no such file or directory; did you mean {str(tmp_path / 'report.txt')!r}?"
    )
    assert "there is no directory" in str(one(str(tmp_path / "no" / "a.txt")))
    assert "curl --output page.html" in str(one("https://post.example/a.html"))
    assert "check the spelling" in str(one(str(tmp_path / "quite-another.html")))


def test_a_directory_without_reports_says_what_a_report_is(tmp_path):
    put(tmp_path, "README.md", "# Notes on these reports")
    put(tmp_path, "photo.png", b"\x89PNG")
    put(tmp_path, ".hidden.txt", ENGLISH)
    assert str(one(str(tmp_path))) == (
        f"{tmp_path}: no reports in this directory; known by their suffix are "
        ".txt .text .html .htm .xhtml .json .jsonl .ndjson .rss .atom .xml .warc .wet .parquet .zip .tar .tgz"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "permission denied; change its permissions"),
        (OSError(5, "Input/output error"), "cannot be read (input/output error); check the file"),
    ],
)
def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch, error, said):
    closed = put(tmp_path, "closed.txt", ENGLISH)
    good = put(tmp_path, "good.txt", ENGLISH)
    opened = Path.open

    def refuse(path, *args, **kwargs):
        if path.name == "closed.txt":
            raise error
        return opened(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    first, second = read_reports([closed, good])
    assert str(first).startswith(f"{closed}: {said}")
    assert second.article.text == ENGLISH


def test_a_folder_that_cannot_be_listed(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert str(one(str(tmp_path))).startswith(f"{tmp_path}: permission denied; ")


def test_a_folder_is_read_through_all_its_levels_by_name(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/y.html", "c.jsonl", "c.jsonl.gz", ".git/x.txt", "n.md", "p.pdf"):
        data = ENGLISH
        if "jsonl" in name:
            data = json.dumps({"text": ENGLISH})
        put(tmp_path, name, gzip.compress(data.encode(), mtime=0) if name.endswith(".gz") else data)
    found = [getattr(report, "source", str(report)) for report in read_reports([tmp_path])]
    assert [Path(name.split(",")[0]).name for name in found] == [
        "b.txt",
        "c.jsonl",
        "c.jsonl.gz",
        "y.html",
        "z.txt",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report", ENGLISH),
        ("report.eml", ENGLISH),
        ("lines", json.dumps({"text": ENGLISH}) + "\n" + json.dumps({"text": ENGLISH})),
        ("document", json.dumps({"text": ENGLISH}, indent=2)),
        ("array", json.dumps([{"text": ENGLISH}])),
        ("lines.json", json.dumps({"text": ENGLISH}) + "\n" + json.dumps({"text": ENGLISH})),
        ("marked", "\ufeff" + json.dumps({"text": ENGLISH})),
        ("long", json.dumps({"text": ENGLISH, "more": "x" * 10_000})),
        ("packed", gzip.compress(ENGLISH.encode(), mtime=0)),
        ("wide.jsonl", json.dumps({"text": ENGLISH}).encode("utf-16")),
    ],
)
def test_the_format_is_known_without_a_suffix(tmp_path, name, data):
    found = list(read_reports([put(tmp_path, name, data)]))
    assert {report.article.text for report in found} == {ENGLISH}


def test_a_page_is_known_without_a_suffix(tmp_path):
    found = one(put(tmp_path, "page", f"<!DOCTYPE html><html><body><p>{ENGLISH}</p></body></html>"))
    assert found.article.text == ENGLISH.strip()


def test_standard_input_is_read_once(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENGLISH.encode())))
    report, again = read_reports(["-", "-"])
    assert (report.article.text, report.source) == (ENGLISH, "standard input")
    assert str(again).startswith("standard input: ")


GOOD = {
    "UTF-16": (ENGLISH.encode("utf-16"), ENGLISH, "encoding: read as UTF-16"),
    "Latin-1": ((ENGLISH + "Café.\n").encode("latin-1"), ENGLISH + "Café.\n", "read as ISO-8859-1 (Latin-1)"),
    "Windows-1251": ((ENGLISH + RUSSIAN).encode("cp1251"), ENGLISH + RUSSIAN, "read as Windows-1251"),
    "broken UTF-8": (
        (ENGLISH + "“Oui”").encode()[:-1],
        ENGLISH + "“Oui\ufffd\ufffd",
        "broken UTF-8, 2 bytes",
    ),
    "a NUL inside": (ENGLISH.encode() + b"a\x00b\n", ENGLISH + "a\ufffdb\n", "1 sign that no text can hold"),
    "zero-width signs": (
        (ENGLISH + "Mos\u200bcow").encode(),
        ENGLISH + "Mos\u200bcow",
        "1 invisible sign inside",
    ),
    "a mark in the middle": ((ENGLISH + "\ufeff" + ENGLISH).encode(), ENGLISH + "\ufeff" + ENGLISH, None),
    "only a title": (b"Talks in Vienna to go on", "Talks in Vienna to go on", "perhaps a title alone"),
    "no punctuation at all": (b"talks go on in vienna\nthe minister said so\n" * 3, None, None),
    "odd quotation marks": ("„Wir“, «nous», ‹us›, ‚it‘, ``so'' the minister said.\n".encode(), None, None),
    "unbalanced quotation marks": ("The minister said: “We will go on.\n".encode(), None, None),
    "one Russian line": ((ENGLISH * 3 + RUSSIAN).encode(), ENGLISH * 3 + RUSSIAN, None),
    "a long line": ((ENGLISH.strip() + " ").encode() * 55_000, None, None),  # 5 MB
}


@pytest.mark.parametrize("case", GOOD)
def test_odd_input_is_read_whole_and_noted(tmp_path, case):
    data, text, note = GOOD[case]
    report = one(put(tmp_path, "a.txt", data))
    assert isinstance(report, Report), str(report)
    assert report.article.text == (data.decode() if text is None else text)
    if note is None:
        assert report.notes == ()
    else:
        assert note in report.notes[0]


@pytest.mark.parametrize(
    ("spelled", "text", "notes"),
    [
        (
            r"the talks of the \ud800 two and the rest of it",
            "the talks of the \ufffd two and the rest of it",
            2,
        ),
        (r"the \u0000 of it.", "the \ufffd of it.", 1),
        ("the end\\r\\nof\\u2028the\\u0085day.", "the end\r\nof\u2028the\x85day.", 0),
    ],
)
def test_what_json_can_spell_keeps_its_length(tmp_path, spelled, text, notes):
    report = one(put(tmp_path, "a.json", f'{{"text": "{spelled}"}}'))
    assert report.article.text == text
    assert len(report.notes) == notes


def test_a_text_in_another_language_is_read_by_force(tmp_path):
    report = one(put(tmp_path, "a.txt", RUSSIAN), Options(force=True))
    assert report.article.language == "ru"
    assert "this is in Russian" in report.notes[0]


def test_ids_come_from_the_source_or_from_the_words(tmp_path):
    given = put(tmp_path, "a.jsonl", json.dumps({"text": ENGLISH, "id": "x1"}))
    bare = put(tmp_path, "b.txt", ENGLISH)
    found = [report.article.id for report in read_reports([given, bare, bare])]
    assert found == ["x1", content_id(ENGLISH), content_id(ENGLISH)]


def test_a_file_too_large_to_be_a_report(tmp_path, monkeypatch):
    monkeypatch.setattr("chancery.articles.source.LARGEST", 1000)
    error = one(put(tmp_path, "a.txt", ENGLISH * 50))
    assert "larger than 1,000 bytes; split it" in str(error)
    lines = list(read_reports([put(tmp_path, "a.jsonl", (json.dumps({"text": ENGLISH}) + "\n") * 50)]))
    assert len(lines) == 50  # an archive may be of any size


def test_two_hundred_thousand_words_are_one_report(tmp_path):
    text = ENGLISH * 11_000
    assert one(put(tmp_path, "a.txt", text)).article.text == text


def test_reports_are_counted_without_reading_them(tmp_path):
    put(tmp_path, "a.txt", ENGLISH)
    lines = put(tmp_path, "b.jsonl", (json.dumps({"text": ENGLISH}) + "\n") * 5)
    assert count_reports([tmp_path]) == 6
    assert count_reports([lines, str(tmp_path / "missing.txt")]) == 6
    assert count_reports([put(tmp_path, "c.jsonl.gz", b"")]) is None

"""Feeds, archives and tables of reports: each report comes out with its place, its day and its words."""

import gzip
import io
import json
import tarfile
import zipfile
from datetime import UTC, date, datetime

import pytest

from chancery.articles import Options, Report, read_bytes, read_reports
from chancery.articles.markup import text_of_markup
from chancery.errors import InputError

FIRST = "The ministry said on Thursday that the talks would go on, and that it had asked for more time."
SECOND = "The two ministers met in Oslo on Friday, and neither of them would say what they had agreed."

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example &#8211; Wire</title><link>https://wire.example</link>
<item><title>Talks &amp; time</title><link>https://wire.example/1</link>
<pubDate>Thu, 10 Feb 2022 13:32:26 +0000</pubDate><description>Short.</description>
<content:encoded>
<![CDATA[<p>{FIRST}</p><script>x()</script><p>It was <b>late</b>.<br>Very late.</p>]]>
</content:encoded></item>
<item><title>A meeting</title><link>https://wire.example/2</link>
<description>{SECOND} And [...]</description></item>
<item><title>Nothing</title><link>https://wire.example/3</link></item>
</channel></rss>""".encode()

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>x</id>
<entry><title>Talks</title><id>tag:1</id><link href="https://wire.example/1"/>
<updated>2022-02-10T09:00:00Z</updated><author><name>Ada Brun</name></author>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;</content></entry></feed>""".encode()


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return str(path)


def articles(path):
    found = list(read_reports([path]))
    assert all(isinstance(one, Report) for one in found), [str(one) for one in found]
    return found


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml", "feed"])
def test_a_feed_gives_its_entries(tmp_path, name):
    first, second, third = read_reports([put(tmp_path, name, RSS)])
    article = first.article
    assert article.text == f"{FIRST}\n\nIt was late.\nVery late."
    assert (article.title, article.publisher) == ("Talks & time", "Example – Wire")
    assert (article.url, article.published) == (
        "https://wire.example/1",
        datetime(2022, 2, 10, 13, 32, 26, tzinfo=UTC),
    )
    assert first.place == "entry 1"
    assert any("a summary alone" in note for note in second.notes)
    assert isinstance(third, InputError)
    assert "entry 3: an entry without words" in str(third)


def test_atom(tmp_path):
    (report,) = articles(put(tmp_path, "feed.atom", ATOM))
    assert (report.article.text, report.article.credit) == (FIRST, "Ada Brun")
    assert report.article.published == datetime(2022, 2, 10, 9, tzinfo=UTC)


def test_an_xml_file_that_is_a_page_is_read_as_one(tmp_path):
    page = f"<html><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    (report,) = articles(put(tmp_path, "page.xml", page.encode()))
    assert FIRST in report.article.text


MARKUP = [
    ("<p>One</p><p>two</p>", "One\n\ntwo"),
    ("One<br/>two", "One\ntwo"),
    ("<ul><li>One</li><li>two</li></ul>", "One\n\ntwo"),
    ("a <em>b</em>\n c", "a b c"),
    ("<style>p {}</style><p>One</p><!-- two -->", "One"),
    ("plain words", "plain words"),
    ("  ", ""),
    ("<p></p>", ""),
    ("<div>" * 3000 + "deep" + "</div>" * 3000, "deep"),
]


@pytest.mark.parametrize(("markup", "text"), MARKUP)
def test_markup(markup, text):
    found = text_of_markup(markup)
    assert found == text or "deep" in markup  # the parser may cut what is nested absurdly deep


def warc(*pages):
    out = io.BytesIO()
    for address, kind, status, content in pages:
        answer = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            f"WARC-Date: 2022-02-10T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        ).encode()
        out.write(head + answer + b"\r\n\r\n")
    return out.getvalue()


PAGE = (
    "<html><head><title>Talks</title></head><body><article>"
    f"<p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
)
PAGES = (
    ("https://a.example/1", "text/html; charset=utf-8", 200, PAGE.encode()),
    ("https://a.example/logo.png", "image/png", 200, b"\x89PNG"),
    ("https://a.example/gone", "text/html", 404, b"<html>gone</html>"),
    (
        "https://a.example/feed",
        "application/rss+xml",
        200,
        RSS.split(b"<item><title>A meeting")[0] + b"</channel></rss>",
    ),
    ("https://a.example/login", "text/html", 200, b"<html><body><a href='/'>Home</a></body></html>"),
)


@pytest.mark.parametrize(("name", "packed"), [("a.warc", False), ("a.warc.gz", True), ("archive", False)])
def test_a_warc_gives_the_pages_that_hold_reports(tmp_path, name, packed):
    data = warc(*PAGES)
    page, entry, login = read_reports([put(tmp_path, name, gzip.compress(data) if packed else data)])
    assert FIRST in page.article.text
    assert (page.article.url, page.place) == ("https://a.example/1", "https://a.example/1")
    assert entry.place == "https://a.example/feed, entry 1"
    assert "https://a.example/login: no article found" in str(login)


def test_a_warc_that_is_cut_gives_what_came_before(tmp_path):
    data = warc(*PAGES[:1]) * 2
    found = list(read_reports([put(tmp_path, "a.warc", data[: len(data) // 2 + 40])]))
    assert isinstance(found[0], Report)


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(**files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(data)
            archive.addfile(about, io.BytesIO(data))
    return out.getvalue()


LINES = f'{{"text": "{FIRST}"}}\n{{"text": "{SECOND}"}}\n{{"title": "x"}}\n'.encode()


@pytest.mark.parametrize(
    ("name", "pack"), [("a.zip", zipped), ("a.tar.gz", tarred), ("a.tgz", tarred), ("packed", zipped)]
)
def test_an_archive_gives_its_files_in_order(tmp_path, name, pack):
    files = {
        "march/a.txt": FIRST.encode(), "march/b.jsonl.gz": gzip.compress(LINES),
        "march/photo.png": b"\x89PNG", "__MACOSX/._a.txt": b"\x00", "notes.md": b"# Notes",
    }  # fmt: skip
    found = list(read_reports([put(tmp_path, name, pack(**files))]))
    assert [one.place for one in found] == [
        "march/a.txt", "march/b.jsonl.gz, line 1", "march/b.jsonl.gz, line 2", "march/b.jsonl.gz, line 3",
    ]  # fmt: skip
    assert [one.article.text for one in found[:3]] == [FIRST, FIRST, SECOND]
    assert isinstance(found[3], InputError)


def test_an_office_document_is_no_archive_of_reports(tmp_path):
    (found,) = read_reports([put(tmp_path, "a.docx", zipped(**{"[Content_Types].xml": b"<x/>"}))])
    assert "an office document" in str(found)


def test_an_archive_without_reports(tmp_path):
    (found,) = read_reports([put(tmp_path, "a.zip", zipped(**{"photo.png": b"\x89PNG"}))])
    assert "no reports in this archive" in str(found)


def test_parquet_gives_a_report_a_row(tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    day = date(2022, 2, 10)
    pq.write_table(
        pa.table(
            {
                "text": [FIRST, SECOND, None],
                "published": [day, None, day],
                "link": ["https://a.example", None, None],
            }
        ),
        path,
    )
    first, second, third = read_reports([str(path)])
    assert (first.article.text, first.article.published, first.article.url) == (
        FIRST,
        day,
        "https://a.example",
    )
    assert (second.article.text, second.place) == (SECOND, "row 2")
    assert 'row 3: the field "text" is null' in str(third)


def test_parquet_without_texts(tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"body": [FIRST]}), path)
    (found,) = read_reports([str(path)])
    assert 'no column "text" (there are: body)' in str(found)


def test_the_wordings_of_a_report_are_reports_of_one_address(tmp_path):
    versions = [{"title": "T", "text": FIRST}, {"text": SECOND}]
    line = json.dumps({"url": "https://a.example", "versions": versions}) + "\n"
    found = articles(put(tmp_path, "a.jsonl", line.encode()))
    assert [(one.article.url, one.article.text, one.place) for one in found] == [
        ("https://a.example", FIRST, "line 1, version 1"),
        ("https://a.example", SECOND, "line 1, version 2"),
    ]


def test_what_an_address_sent():
    (report, *_rest) = read_bytes(RSS, "https://wire.example/feed", Options(), "application/rss+xml")
    assert report.article.title == "Talks & time"
    (page,) = read_bytes(PAGE.encode(), "https://a.example/1", Options(), "text/html")
    assert FIRST in page.article.text

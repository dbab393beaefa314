from __future__ import annotations

import pickle
from datetime import UTC, date, datetime

import pytest

from chancery.articles import Options, html
from chancery.articles.html import draft_of_html
from chancery.articles.report import finish
from chancery.errors import InputError, NotEnglishError

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Talks in Vienna fail - The Daily Post</title><meta property="og:site_name" content="The Daily Post">
<meta name="author" content="Ann Miller">{published}
<link rel="canonical" href="https://post.example/talks"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Talks in Vienna fail</h1>
<p>The talks in Vienna failed on Thursday, officials said, after ten hours of negotiation on the terms.</p>
<p>“We will not give up,” the minister told Le Monde’s café reporter. He said a new round would be held.</p>
</article><footer>All rights reserved</footer></body></html>"""
MOMENT = '<meta property="article:published_time" content="2022-02-10T12:00:00Z">'
DAY = '<meta name="date" content="2022-02-10">'


def page(charset="utf-8", published=MOMENT):
    return PAGE.format(charset=charset, published=published).encode(charset)


def test_the_article_is_taken_out_of_its_page():
    draft = draft_of_html(page(), "talks.html")
    assert draft.text.startswith("Talks in Vienna fail\nThe talks in Vienna failed on Thursday")
    assert "Home" not in draft.text
    assert "All rights" not in draft.text
    assert (draft.title, draft.publisher, draft.credit, draft.url) == (
        "Talks in Vienna fail",
        "The Daily Post",
        "Ann Miller",
        "https://post.example/talks",
    )


@pytest.mark.parametrize(
    ("published", "day"),
    [(MOMENT, datetime(2022, 2, 10, 12, tzinfo=UTC)), (DAY, date(2022, 2, 10)), ("", None)],
)
def test_a_page_is_as_old_as_it_says(published, day):
    assert draft_of_html(page(published=published), "talks.html").published == day


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_the_page_states_its_encoding(charset):
    assert (
        "“We will not give up,” the minister told Le Monde’s café"
        in draft_of_html(page(charset), "a.html").text
    )


def test_one_paragraph_is_an_article():
    draft = draft_of_html(b"<p>Moscow said on Thursday that the talks would go on.</p>", "a.html")
    assert draft.text == "Moscow said on Thursday that the talks would go on."


LINKS = "".join(f'<li><a href="/{n}">Press briefing {n}, East Room</a></li>' for n in range(200))


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Empty</title></head><body></body></html>",
        f"<html><body><h1>Briefings</h1><ul>{LINKS}</ul><p>Next page</p></body></html>",
        "<html><body><script>var a = 'It is a sentence in a script, not in a page.';</script></body></html>",
        "<" * 5000,
        "",
    ],
)
def test_a_page_without_sentences_has_no_article(page):
    with pytest.raises(
        InputError, match=r"^a\.html: no article found in this page; give the page of one report"
    ):
        draft_of_html(page.encode(), "a.html")


GERMAN = (
    "<p>Der Minister sagte am Donnerstag, dass die Gespräche in Wien weitergehen, und bat um Zeit.</p>"
    "<p>Er hoffe auf eine Einigung noch vor dem Sommer, sagte er den Journalisten in der Stadt am Abend.</p>"
)
MENU = "<nav>" + "<a href='/'>Startseite</a> " * 40 + "</nav>"


def foreign(paragraphs=GERMAN * 3):
    article = f"{MENU}<article>{paragraphs}</article>"
    return f"<html><head><title>Wien</title></head><body>{article}</body></html>".encode()


def test_a_page_in_another_language_is_told_before_its_article_is_looked_for(monkeypatch):
    monkeypatch.setattr(html, "_article", lambda *_: pytest.fail("the article was looked for"))
    with pytest.raises(NotEnglishError, match="this is in German"):
        finish(draft_of_html(foreign(), "wien.html"), "wien.html", Options())


def test_a_page_in_another_language_can_be_had_all_the_same():
    draft = pickle.loads(pickle.dumps(draft_of_html(foreign(), "wien.html")))  # noqa: S301 - as between workers
    report = finish(draft, "wien.html", Options(force=True))
    assert report.article.text.startswith("Der Minister sagte")
    assert (report.article.title, report.article.language) == ("Wien", "de")


def test_an_english_article_among_foreign_paragraphs_is_read():
    point = "<p>The talks on point {} failed on Thursday, said the officials of both sides.</p>"
    english = "".join(point.format(number) for number in range(9))
    text = finish(draft_of_html(foreign(english + GERMAN), "a.html"), "a.html", Options()).article.text
    assert "The talks on point 3 failed" in text


def test_an_article_that_the_fast_way_cuts_short_is_found_by_the_slow_one(monkeypatch):
    ways = []

    def extracted(_tree, *, fast):
        ways.append(fast)
        return (
            "The talks failed on Thursday." if fast else "The talks failed on Thursday, officials said. " * 9
        )

    monkeypatch.setattr(html, "_extracted", extracted)
    words = b"The talks failed on Thursday, officials said. " * 9
    long = b"<html><body><div><p>" + words + b"</p></div></body></html>"
    assert len(draft_of_html(long, "a.html").text) > 300
    assert ways == [True, False]


def test_hostile_nesting_is_survived():
    nested = "<div>" * 20_000 + "The talks failed on Thursday, officials said." + "</div>" * 20_000
    with pytest.raises(InputError, match=r"^a\.html: "):
        draft_of_html(f"<html><body>{nested}</body></html>".encode(), "a.html")

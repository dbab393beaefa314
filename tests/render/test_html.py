import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chancery.records import Reading
from chancery.render.html import page

VOID = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """Elements with their attributes and the text inside, and whether every tag is closed."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.source = source
        self.elements = []
        self.open = []
        self.unclosed = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "text": "", "path": tuple(e["tag"] for e in self.open), **dict(attrs)}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if self.open and self.open[-1]["tag"] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)

    def handle_data(self, data):
        for element in self.open:
            element["text"] += data

    def all(self, tag=None, **attrs):
        return [
            element
            for element in self.elements
            if tag in {None, element["tag"]}
            and all(element.get(name.rstrip("_")) == value for name, value in attrs.items())
        ]

    def of_class(self, name, tag=None):
        return [e for e in self.all(tag) if name in (e.get("class") or "").split()]

    def by_id(self, name):
        found = self.all(id=name)
        assert len(found) == 1, f"{name}: {len(found)} elements"
        return found[0]


@pytest.fixture(scope="module")
def seed(nato):
    return Page(page(nato))


def marked(seed, entry):
    """Return the words that light up with an entry."""
    return [e["text"] for e in seed.elements if entry in (e.get("data-marks") or "").split()]


def test_the_text_is_all_there_and_unchanged(nato, seed):
    shown = [e["text"] for e in seed.of_class("words", "p")]
    assert shown == [line for line in nato.article.text.split("\n") if line.strip()]


def test_every_record_has_one_card_in_text_order(nato, seed):
    cards = seed.of_class("entry", "li")
    records = [*nato.statements, *nato.events, *nato.positions, *nato.figures]
    assert Counter(card["id"] for card in cards) == Counter(record.id for record in records)
    beside = [card for card in cards if card["path"].count("li") == 0]
    lines = [int(re.search(r"(\d+):\d+", card["text"])[1]) for card in beside]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("e17", "held talksMoscow"),  # with its place
        ("f1", "100,000 units"),
        ("l15", "Moscow"),
        ("t3", "next week"),
        ("p13", "NATO poses no threat to Russia"),
        ("s5", "Henotedthe importance of “finding a diplomatic way forward”"),
    ],
)
def test_an_entry_lights_its_words(seed, entry, words):
    assert "".join(marked(seed, entry)) == words


def test_overlapping_words_name_every_entry_that_covers_them_narrowest_first(seed):
    segment = next(e for e in seed.elements if e["text"] == "think" and e.get("data-marks"))
    assert segment["data-marks"].split()[:2] == ["s17", "s16"]
    assert {"cue", "content", "direct"} <= set(segment["class"].split())


def test_every_link_in_the_page_leads_somewhere(seed):
    ids = {e["id"] for e in seed.elements if e.get("id")}
    assert not [e["href"] for e in seed.all("a") if e["href"].startswith("#") and e["href"][1:] not in ids]


def test_ids_are_unique_and_permalinks_are_record_ids(seed):
    ids = [e["id"] for e in seed.elements if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert {"s5", "s5-w", "e1", "p1", "f1", "l1", "t1", "L9"} <= set(ids)


def test_pointers_are_those_of_the_brief_and_lead_to_the_words(seed):
    card = seed.by_id("e17")
    assert "14:19" in card["text"]
    text = seed.source
    assert text.index('id="e17-w"') < text.index(">held talks<")


def test_cards_say_in_words_what_colours_say(seed):
    assert "✗ denial" in seed.by_id("s15")["text"]
    assert "quoted" in seed.by_id("s4")["text"]
    assert "reported" in seed.by_id("s1")["text"]
    assert "conditional" in seed.by_id("e16")["text"]
    assert "if invasion of Ukraine (Russia)" in seed.by_id("e16")["text"]


def test_what_a_statement_tells_hangs_on_its_card(seed):
    assert {"e15", "e16", "p18"} <= set(re.findall(r'id="(\w+)" class="entry', card_source(seed, "s15")))


def card_source(seed, entry):
    start = seed.source.index(f'<li id="{entry}"')
    depth, at = 0, start
    for found in re.finditer(r"<li\b|</li>", seed.source[start:]):
        depth += 1 if found[0] == "<li" else -1
        if depth == 0:
            at = start + found.end()
            break
    return seed.source[start:at]


def test_the_page_has_landmarks_a_language_and_one_main_heading(seed):
    assert seed.all("html")[0]["lang"] == "en"
    assert {"header", "main", "article", "aside", "footer"} <= {e["tag"] for e in seed.elements}
    assert len(seed.all("main")) == len(seed.all("h1")) == 1
    assert all(e.get("aria-label") or e.get("aria-labelledby") for e in seed.all("aside"))
    levels = [int(e["tag"][1]) for e in seed.elements if re.fullmatch("h[1-6]", e["tag"])]
    assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]


def test_every_checkbox_has_a_label_and_every_table_a_head(seed):
    labels = {e["for"] for e in seed.all("label")}
    assert {e["id"] for e in seed.all("input")} == labels
    assert len(seed.all("table")) == len(seed.all("thead"))


def test_every_tag_is_closed(seed):
    assert not seed.unclosed
    assert not seed.open


def test_nothing_is_loaded_from_anywhere(seed):
    for element in seed.elements:
        for name in ("src", "href"):
            assert (element.get(name) or "#").startswith(("#", "data:,")), element
    style = seed.all("style")[0]["text"]
    assert "@import" not in style
    assert "url(" not in style
    assert not [e for e in seed.elements if e.get("style") or any(str(name).startswith("on") for name in e)]


def test_the_policy_lets_through_these_styles_and_this_script_alone(seed):
    policy = seed.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(seed.all(tag)[0]["text"].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_script_and_the_styles_know_nothing_of_the_report(empty, seed):
    other = Page(page(empty))
    for tag in ("style", "script"):
        assert [e["text"] for e in seed.all(tag)] == [e["text"] for e in other.all(tag)]


def test_several_readings_have_contents_and_ids_of_their_own(nato, empty):
    both = Page(page([nato, empty, nato]))
    ids = [e["id"] for e in both.elements if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert {"r1-s5", "r3-s5"} <= set(ids)
    assert len(both.all("nav")) == 1
    assert len(both.all("article")) == 3


def test_an_empty_text_and_a_title_alone_are_pages(empty):
    assert "The report has no text." in page(empty)
    title = Reading.model_validate({"article": {"id": "x", "title": "Talks fail", "text": "Talks fail"}})
    assert Page(page(title)).all("h1")[0]["text"] == "Talks fail"


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b&c", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(nato, url, linked):
    reading = nato.model_copy(update={"article": nato.article.model_copy(update={"url": url})})
    assert [e["href"] for e in Page(page(reading)).all("a") if e["text"] == "source"] == (
        [url] if linked else []
    )


HOSTILE = '<script>alert(1)</script> " onmouseover="alert(1) \' {{ 7*7 }} </title></style>'


def test_hostile_text_is_shown_and_never_run():
    article = {
        "id": HOSTILE,
        "title": HOSTILE,
        "publisher": HOSTILE,
        "credit": HOSTILE,
        "text": f"{HOSTILE}\n{HOSTILE}",
    }
    shown = Page(page(Reading.model_validate({"article": article, "notes": [HOSTILE]})))
    assert shown.all("h1")[0]["text"] == HOSTILE
    assert [e["text"] for e in shown.of_class("words")] == [HOSTILE, HOSTILE]
    assert len(shown.all("script")) == 1
    assert not shown.unclosed


@settings(deadline=None)
@given(data=st.data())
def test_no_reading_can_add_an_element_an_id_or_a_handler(hostile, data):
    reading = data.draw(hostile)
    source = page(reading)
    source.encode("utf-8")
    shown = Page(source)
    assert not shown.unclosed
    assert not shown.open
    assert len(shown.all("script")) == len(shown.all("style")) == 1
    assert not {e["tag"] for e in shown.elements} & {"img", "iframe", "object", "svg", "form", "base"}
    ids = [e["id"] for e in shown.elements if e.get("id")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) for name in ids)
    assert not [e for e in shown.elements if any(str(name).startswith("on") for name in e)]


@settings(deadline=None)
@given(data=st.data())
def test_the_words_of_the_text_survive_any_spans(hostile, data):
    reading = data.draw(hostile)
    shown = "".join(e["text"] for e in Page(page(reading)).of_class("words"))
    letters = "".join(re.findall("[a-zA-Z0-9]", reading.article.text))
    assert "".join(re.findall("[a-zA-Z0-9]", shown)) == letters

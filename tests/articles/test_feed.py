"""Feeds that are broken: an error in words, not one of the parser's."""

from __future__ import annotations

import pytest

from chancery.articles import Options, read_bytes
from chancery.errors import InputError

FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item>{}</item></channel></rss>'


# Found by tools/fuzz.py pages; feedparser raises UnicodeEncodeError, or gives an entry without its summary.
@pytest.mark.parametrize(
    "item",
    [
        "<title>Talks</title><description>They &#xD800; met.</description>",
        "<description/>",
        "<summary><title>A<description><summary>",
    ],
)
def test_a_broken_feed_is_an_input_error(item):
    for broken in (FEED.format(item), FEED.format(item)[:-20], FEED.format(item).replace("</item>", "")):
        found = list(read_bytes(broken.encode(), "feed.xml", Options()))
        assert found
        assert all(isinstance(one, InputError) for one in found)

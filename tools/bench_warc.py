"""From a WARC archive to gated articles, without the parser: pages per second of processor time.

    PYTHONPATH=src python tools/bench_warc.py [--articles 300] [--pages FOLDER] [--profile] [--texts FILE]

The archive is made of the reports of quality/international.jsonl in three layouts of pages, 60 to 140 kB
each, and of what a crawler brings home with them: requests, redirects, pages not found, pictures,
style sheets, robots.txt, revisits, lists of links, pages in other languages, copies. --pages adds pages of
your own, such as saved ones. Beside it stands trafilatura alone, on the same pages, with metadata: the ratio
of the two holds on any machine. --texts writes the text of each page, to compare two versions.
"""

# ruff: noqa: E501, ISC004, S311 - markup is not cut well; nothing here is to be kept secret

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import html
import io
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from chancery.articles import Report, read_reports
from chancery.batch.duplicates import signature
from chancery.batch.gates import load_gates
from chancery.errors import InputError

SEED = 20_261_124
LABELLED = Path(__file__).parent.parent / "quality" / "international.jsonl"

# Of a hundred pages that are articles; after the shares of crawls of news sites, as they are told of.
LISTS, FOREIGN, COPIES, REDIRECTS, MISSING, PICTURES, STYLES, ROBOTS, REVISITS = (
    10,
    12,
    6,
    14,
    8,
    60,
    15,
    2,
    6,
)

FOREIGN_TEXTS = (
    "Der Minister sagte am Donnerstag, dass die Gespräche in Wien fortgesetzt werden. Er hoffe auf eine Einigung "
    "noch vor dem Sommer. Die andere Seite habe um zwei Wochen Zeit gebeten, um die Vorschläge zu prüfen.",
    "Le ministre a déclaré jeudi que les pourparlers se poursuivraient à Vienne. Il espère un accord avant l'été. "
    "L'autre partie a demandé deux semaines pour examiner les propositions du gouvernement.",
    "Министр заявил в четверг, что переговоры в Вене будут продолжены. Он надеется на соглашение до лета. "
    "Другая сторона попросила две недели, чтобы изучить предложения правительства.",
    "El ministro dijo el jueves que las conversaciones continuarán en Viena. Espera un acuerdo antes del verano. "
    "La otra parte pidió dos semanas para estudiar las propuestas del gobierno.",
)
WORDS = re.findall(
    r"\w+",
    "world politics economy business culture sport weather video live opinion science health travel newsletter "
    "subscribe contact about careers privacy cookies terms archive region city council markets energy climate",
)

type Made = tuple[str, str, str, str]
"""Address, title, day, text."""


def links(rng: random.Random, count: int) -> str:
    """Make a list of links."""
    return "".join(
        f'<li class="menu-item menu-item-{at} level-{at % 3}"><a href="/{rng.choice(WORDS)}/{at}" data-track="nav-{at}">'
        f"<span>{rng.choice(WORDS).title()} {rng.choice(WORDS)}</span></a></li>"
        for at in range(count)
    )


def teasers(rng: random.Random, count: int) -> str:
    """Make teasers of other articles."""
    return "".join(
        f'<div class="card teaser teaser--{at}"><a href="/{at}"><img alt="" src="/i/{at}.jpg" srcset="/i/{at}-2.jpg 2x" '
        f'width="300" height="200"/><h3>{" ".join(rng.choices(WORDS, k=8)).capitalize()}</h3></a>'
        f'<p class="summary">{" ".join(rng.choices(WORDS, k=18)).capitalize()}</p><time>2 hours ago</time></div>'
        for at in range(count)
    )


def head(made: Made, rng: random.Random, layout: int) -> str:
    """Make the head of a page: what search engines and social networks are told, styles and scripts."""
    address, title, day, _ = made
    title = html.escape(title)
    script = "".join(f"window.q{at}=window.q{at}||[];q{at}.push({{id:{rng.random()}}});" for at in range(250))
    style = "".join(f".c{at}{{margin:{at}px;color:#{at:06x}}}" for at in range(300))
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": made[1],
        "datePublished": f"{day}T10:00:00Z",
        "author": [{"@type": "Person", "name": "Ann Miller"}],
        "publisher": {"@type": "Organization", "name": "The Daily Post"},
    }
    linked = f'<script type="application/ld+json">{json.dumps(about)}</script>' if layout != 1 else ""
    author = '<meta name="author" content="Ann Miller"/>' if layout == 0 else ""
    stated = f'<meta property="article:published_time" content="{day}T10:00:00Z"/>' if layout != 2 else ""
    icons = "".join(f'<link rel="icon" sizes="{at}x{at}" href="/icon-{at}.png"/>' for at in range(16, 60, 4))
    return (
        f'<head><meta charset="utf-8"/><title>{title} - The Daily Post</title>{icons}{author}{stated}{linked}'
        f'<meta property="og:title" content="{title}"/><meta property="og:site_name" content="The Daily Post"/>'
        f'<meta property="og:url" content="{address}"/><meta name="description" content="{title}"/>'
        f'<meta property="og:type" content="article"/><meta name="twitter:card" content="summary"/>'
        f'<link rel="canonical" href="{address}"/><style>{style}</style><script>{script}</script></head>'
    )


def page(made: Made, rng: random.Random, layout: int) -> str:
    """Lay an article out as one of three kinds of sites does."""
    _, title, day, text = made
    paragraphs = [f"<p>{html.escape(one)}</p>" for one in text.split("\n") if one.strip()]
    advert = '<div class="ad-slot" data-slot="mid"><script>show("mid")</script></div>'
    body = "".join(part + (advert if at % 5 == 4 else "") for at, part in enumerate(paragraphs))
    top = f'<header><nav class="main-nav"><ul>{links(rng, 120)}</ul></nav></header>'
    bottom = f'<footer class="site-footer"><ul>{links(rng, 80)}</ul><p>© 2022 The Daily Post</p></footer>'
    byline = f'<div class="byline">By <span class="author">Ann Miller</span> <time datetime="{day}">{day}</time></div>'
    share = f'<ul class="share-tools">{links(rng, 6)}</ul>'
    article = {
        0: f'<main><article class="post"><h1>{html.escape(title)}</h1>{byline}{share}'
        f'<div class="entry-content">{body}</div></article><aside class="sidebar">{teasers(rng, 30)}</aside></main>',
        1: f'<div id="wrapper"><div class="col-8"><h1 class="headline">{html.escape(title)}</h1>{byline}'
        f'<div class="story-body"><div class="text">{body}</div></div>{share}<div class="related">{teasers(rng, 20)}'
        f'</div></div><div class="col-4">{teasers(rng, 20)}</div></div>',
        2: f'<div class="panel-pane"><div class="field-items"><h1>{html.escape(title)}</h1>{byline}'
        f'<div class="forall-body field-item">{body}</div></div></div><div id="comments">'
        + "".join(
            f'<div class="comment"><p>{" ".join(rng.choices(WORDS, k=25))}</p></div>' for _ in range(25)
        )
        + "</div>",
    }[layout]
    scripts = "".join(f"<script>track({at},'{rng.random()}')</script>" for at in range(60))
    return f'<!DOCTYPE html><html lang="en">{head(made, rng, layout)}<body class="page">{top}{article}{bottom}{scripts}</body></html>'


def list_page(rng: random.Random) -> str:
    """Make a page that lists others."""
    made = ("https://post.example/list", "All briefings", "2022-02-10", "")
    return (
        f'<!DOCTYPE html><html lang="en">{head(made, rng, 1)}<body><nav><ul>{links(rng, 150)}</ul></nav><main><h1>All</h1>'
        f"<ul>{links(rng, 200)}</ul></main><footer>{links(rng, 60)}</footer></body></html>"
    )


def record(kind: str, address: str, block: bytes, about: str) -> bytes:
    """Make a record of an archive, packed by itself as crawlers do."""
    name = hashlib.sha1(f"{kind}{address}".encode() + block, usedforsecurity=False).hexdigest()[:32]
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name[:8]}-{name[8:12]}-4{name[13:16]}-8{name[17:20]}"
        f"-{name[20:]}>\r\nWARC-Date: 2022-02-10T10:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: {about}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6)


def answer(
    address: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK"
) -> bytes:
    """Make the records of a request and its answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    asked = f"GET {address} HTTP/1.1\r\nHost: post.example\r\nUser-Agent: crawler\r\n\r\n"
    return record("request", address, asked.encode(), "application/http; msgtype=request") + record(
        "response", address, head.encode() + body, "application/http; msgtype=response"
    )


def articles(count: int) -> list[Made]:
    """Take reports from the labelled ones, as often as need be."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    made = []
    for at in range(count):
        row = rows[at % len(rows)]
        title = row["title"] or row["text"].split("\n")[0][:80]
        day = (row["published"] or "2022-02-10")[:10]
        made.append((f"https://post.example/{at}", title, day, row["text"]))
    return made


def archive(count: int, own: Sequence[bytes]) -> tuple[bytes, list[bytes]]:
    """Make the archive; return it, and its pages."""
    rng = random.Random(SEED)
    pages = [page(made, rng, at % 3).encode() for at, made in enumerate(articles(count))]
    share = count / 100
    pages += [list_page(rng).encode() for _ in range(round(LISTS * share))]
    for at in range(round(FOREIGN * share)):
        made = (
            f"https://post.example/f{at}",
            "Wien",
            "2022-02-10",
            "\n".join([rng.choice(FOREIGN_TEXTS)] * 1 * 8),
        )
        pages.append(page(made, rng, at % 3).encode())
    pages += [pages[rng.randrange(count)] for _ in range(round(COPIES * share))]
    pages += own
    records = [answer(f"https://post.example/p{at}", data) for at, data in enumerate(pages)]
    records += list(_rest(rng, share))
    rng.shuffle(records)
    return b"".join(records), pages


def _rest(rng: random.Random, share: float) -> Iterator[bytes]:
    for at in range(round(REDIRECTS * share)):
        yield answer(f"https://post.example/r{at}", b"<html>moved</html>", status="301 Moved Permanently")
    for at in range(round(MISSING * share)):
        yield answer(f"https://post.example/m{at}", list_page(rng).encode(), status="404 Not Found")
    for at in range(round(PICTURES * share)):
        yield answer(f"https://post.example/i{at}.jpg", rng.randbytes(20_000), "image/jpeg")
    for at in range(round(STYLES * share)):
        yield answer(f"https://post.example/s{at}.css", b".a{margin:0}" * 2000, "text/css")
    for at in range(round(ROBOTS * share)):
        yield answer(f"https://p{at}.example/robots.txt", b"User-agent: *\nDisallow: /search\n", "text/plain")
    for at in range(round(REVISITS * share)):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        yield record("revisit", f"https://post.example/v{at}", head, "application/http; msgtype=response")


def gated(path: Path) -> Iterator[tuple[str, Report | None]]:
    """Sift an archive as a worker of `chancery batch` does; yield what became of each page."""
    gates = load_gates(frozenset())
    for found in read_reports([path]):
        if isinstance(found, InputError):
            yield type(found).__name__, None
        elif verdict := gates.judge(found):
            yield verdict.gate, found
        else:
            signature(found.article.text)
            yield "passed", found


def alone(pages: Sequence[bytes]) -> float:
    """Measure trafilatura on the pages, decoded; return seconds of processor time."""
    import trafilatura  # noqa: PLC0415 - it is measured, not used

    texts = [data.decode("utf-8", "replace") for data in pages]
    start = time.process_time()
    for text in texts:
        with contextlib.suppress(Exception):  # some of your pages it cannot read
            trafilatura.bare_extraction(text, with_metadata=True)
    return time.process_time() - start


def main() -> None:
    """Make the archive and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--texts", type=Path)
    given = parser.parse_args()
    own = [path.read_bytes() for path in sorted(given.pages.rglob("*.htm*"))] if given.pages else []
    data, pages = archive(given.articles, own)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.warc.gz"
        path.write_bytes(archive(6, ())[0])
        list(gated(path))  # loads what is loaded once
        path.write_bytes(data)
        if given.profile:
            _profiled(path)
            return
        start = time.process_time()
        found = list(gated(path))
        seconds = time.process_time() - start
    if given.texts:
        kept = [
            [one.article.text, one.article.title, str(one.article.published)] if one else None
            for _, one in found
        ]
        given.texts.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    other = alone(pages)
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} kB: {dict(sorted(Counter(what for what, _ in found).items()))}")
    print(f"archive to gated articles  {len(pages) / seconds:6.1f} pages a second of processor time")
    print(f"trafilatura alone          {len(pages) / other:6.1f}")
    print(f"ratio                      {other / seconds:6.2f}")


def _profiled(path: Path) -> None:
    import cProfile  # noqa: PLC0415 - on request
    import pstats  # noqa: PLC0415 - as above

    profile = cProfile.Profile()
    profile.runcall(lambda: list(gated(path)))
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("cumulative").print_stats(60)
    print(told.getvalue())


if __name__ == "__main__":
    main()

"""Feed hostile texts, pages and archives to the reader.

    make fuzz                                    # all of it
    python tools/fuzz.py ENGINE --count N --seed S

Four engines, one check. A case passes if nothing but an error of Chancery's own comes
out of the articles, reading it takes under ten seconds, every span is words of its
text, every id that a record names is there, and the JSON reads back as the same record.

    strategies  texts of hypothesis: any Unicode, and words and marks that wake the rules
    mutations   seeds of tests/fuzz/corpus/texts, cut, doubled, spliced and salted
    coverage    texts that atheris (libFuzzer) breeds for the lines of chancery they reach
    pages       seeds of tests/fuzz/corpus/pages, damaged as bytes, as files of their kind (gzip, too)

The texts are short, so that there can be many, and are read whole, parse and all; of a
page's article the first 1,500 characters are. A case that fails is written to --keep
with the traceback beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import batched, islice
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.articles import Report, read_reports
from chancery.articles.report import possible
from chancery.records import Article, Reading

if TYPE_CHECKING:
    from chancery.reader import Reader

__all__ = ["PIECES", "Fuzzer", "check", "damaged", "mutated", "seeds"]

CORPUS = Path(__file__).parent.parent / "tests/fuzz/corpus"

SLOWEST = 10.0  # seconds of the processor for one case
TOGETHER = 32  # cases read in one call; one that fails is read again alone
LONGEST_TEXT = 400
LONGEST_ARTICLE = 1_500
DAY = date(2022, 2, 10)

# Words that wake the rules, marks that break them, and characters that are longer than they look;
# for pages, what breaks markup, headers and encodings (a character is a byte).
_PIECES = json.loads((CORPUS / "pieces.json").read_text(encoding="utf-8"))
PIECES: tuple[str, ...] = tuple(_PIECES["texts"])
BYTES = tuple(piece.encode("latin-1") for piece in _PIECES["pages"])


class TooSlowError(Exception):
    """A case took longer than it may."""


def check(reading: Reading) -> None:
    """Raise AssertionError where a reading breaks what must always hold."""
    text = reading.article.text
    for name, (start, end) in reading.spans():
        assert 0 <= start < end <= len(text), f"{name} [{start}, {end}] is not inside the text"
        assert not text[start].isspace(), f"{name} begins with a blank: {text[start:end]!r}"
        assert not text[end - 1].isspace(), f"{name} ends with a blank: {text[start:end]!r}"
    for name, missing in _dangling(reading):
        raise AssertionError(f"{name} names {missing!r}, which is no record")
    again = Reading.model_validate_json(reading.model_dump_json())
    assert again == reading, "the JSON reads back as another record"


def _dangling(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield each id that a record names and that no record has."""
    ids = {
        kind: {record.id for record in getattr(reading, kind)}
        for kind in ("actors", "statements", "events", "figures", "places")
    }
    for kind, name, named in _named(reading):
        if named is not None and named not in ids[kind]:
            yield name, named


def _named(reading: Reading) -> Iterator[tuple[str, str, str | None]]:
    for mention in reading.mentions:
        yield "actors", "mention.actor", mention.actor
        yield "places", "mention.place", mention.place
    for statement in reading.statements:
        yield "statements", "statement.within", statement.within
        for actor in (statement.speaker.actor, *statement.speaker.actors, *statement.about):
            yield "actors", "statement.speaker", actor
    for event in reading.events:
        yield "statements", "event.reported_by", event.reported_by
        yield "events", "event.condition", event.condition
        for slot in event.actor + event.recipient:
            yield "actors", "event.actor", slot.actor
    for position in reading.positions:
        yield "actors", "position.holder", position.holder
        yield "actors", "position.toward", position.toward
        yield "events", "position.event", position.event
    for figure in reading.figures:
        yield "places", "figure.place", figure.place
        yield "events", "figure.event", figure.event


# --- cases


def seeds(folder: str) -> list[bytes]:
    """Return the seeds of a folder of the corpus, by name."""
    return [path.read_bytes() for path in sorted((CORPUS / folder).iterdir())]


def mutated(texts: Sequence[str], chance: random.Random) -> str:
    """Make a hostile text of the seeds."""
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 8)):
        at, to = sorted(chance.choices(range(len(text) + 1), k=2))
        other = chance.choice(texts)
        text = chance.choice(
            (
                text[:at] + text[to:],
                text[:to] + text[at:],
                text[:at] + chance.choice(PIECES) + text[at:],
                text[:at] + " " + chance.choice(PIECES) + " " + text[to:],
                text[:at] + other[chance.randrange(len(other)) :],
                text[:at] + chr(chance.randrange(chance.choice((256, 0x11_0000)))) + text[at:],
                text[:at] + text[at:to].swapcase() + text[to:],
                text[:at] + text[at:to][::-1] + text[to:],
            )
        )
    return text[:LONGEST_TEXT]


def damaged(pages: Sequence[bytes], chance: random.Random) -> bytes:
    """Make a hostile file of the seeds; one in eight is packed, half of those badly."""
    data = chance.choice(pages)
    for _ in range(chance.randint(1, 12)):
        at, to = sorted(chance.choices(range(len(data) + 1), k=2))
        other = chance.choice(pages)
        data = chance.choice(
            (
                data[:at] + data[min(to, at + 40) :],
                data[:at] + chance.choice(BYTES) + data[at:],
                data[:at] + chance.choice(BYTES) + data[min(to, at + 12) :],
                data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
                data[:to] + data[max(at, to - 200) :],
                data[:at] + other[chance.randrange(len(other)) :],
                data[:at] + chance.choice(PIECES).encode("utf-8", "surrogatepass") + data[at:],
            )
        )
    if chance.random() < 1 / 8:
        data = gzip.compress(data, mtime=0)
        data = data[: chance.randrange(1, len(data))] if chance.random() < 1 / 2 else data
    return data


def _of_strategies(number: int, seed: int) -> Iterator[str]:
    """Yield texts of hypothesis; a new run every 2,000, since it remembers all of one."""
    from hypothesis import HealthCheck, Phase, given, settings  # noqa: PLC0415 - one engine's
    from hypothesis import seed as seeded  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    pieces = st.sampled_from(PIECES)
    hostile = st.one_of(
        st.text(max_size=200),
        st.lists(pieces, max_size=40).map(" ".join),
        st.lists(pieces, max_size=20).map("".join),
        st.lists(st.one_of(pieces, st.text(max_size=10)), max_size=30).map(" ".join),
    )
    found: list[str] = []

    def take(text: str) -> None:
        found.append(text)

    for at in range(0, number, 2_000):
        found.clear()
        most = min(2_000, number - at)
        calm = settings(
            max_examples=most,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        seeded(seed + at)(calm(given(text=hostile)(take)))()
        yield from found[:most]


# --- reading them


@dataclass
class Fuzzer:
    """Reads cases and keeps what fails."""

    reader: Reader
    keep: Path
    cases: int = 0
    read: int = 0
    refused: int = 0
    failures: int = 0
    slowest: float = 0.0
    started: float = field(default_factory=time.monotonic)

    def texts(self, texts: Iterable[str]) -> None:
        """Read texts, many together; where one breaks, each alone."""
        for lot in batched(map(possible, texts), TOGETHER):
            self._try(lot, self._read_texts)

    def pages(self, pages: Iterable[bytes]) -> None:
        """Read files through the articles and, what comes out, through the reader."""
        with tempfile.TemporaryDirectory() as folder:
            for lot in batched(pages, TOGETHER):
                self._try(lot, lambda lot: self._read_pages(lot, Path(folder)))

    def _try[Case](self, lot: Sequence[Case], read: Callable[[Sequence[Case]], None]) -> None:
        try:
            with _at_most(SLOWEST):
                read(lot)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            for case in lot:
                self._alone(case, read)
        self.cases += len(lot)

    def _alone[Case](self, case: Case, read: Callable[[Sequence[Case]], None]) -> None:
        start = time.process_time()
        try:
            with _at_most(SLOWEST):
                read([case])
        except Exception:  # noqa: BLE001 - see above
            self.failures += 1
            self._keep(case, traceback.format_exc())
        self.slowest = max(self.slowest, time.process_time() - start)

    def _keep(self, case: object, why: str) -> None:
        self.keep.mkdir(parents=True, exist_ok=True)
        data = case if isinstance(case, bytes) else str(case).encode("utf-8", "surrogatepass")
        path = self.keep / f"{self.failures:04}"
        path.with_suffix(".case").write_bytes(data)
        path.with_suffix(".why").write_text(why, encoding="utf-8", errors="backslashreplace")
        print(f"FAILED {path}: {why.strip().splitlines()[-1][:200]}", flush=True)

    def _read_texts(self, texts: Sequence[str]) -> None:
        articles = [Article(id=f"t{at}", text=text, published=DAY) for at, text in enumerate(texts)]
        self._check(articles)

    def _read_pages(self, pages: Sequence[bytes], folder: Path) -> None:
        articles = []
        for at, data in enumerate(pages):
            path = folder / f"{at}{_suffix(data)}"
            path.write_bytes(data)
            for found in read_reports([path]):
                if isinstance(found, Report):
                    text = found.article.text[:LONGEST_ARTICLE]
                    articles.append(found.article.model_copy(update={"text": text, "dateline": None}))
                else:
                    self.refused += 1
        self._check(articles)

    def _check(self, articles: Sequence[Article]) -> None:
        start = time.process_time()
        for article, reading in zip(articles, self.reader.pipe(articles), strict=True):
            assert reading.article.text == article.text, "the text is not the one that was given"
            check(reading)
            self.read += 1
        if len(articles):
            self.slowest = max(self.slowest, (time.process_time() - start) / len(articles))

    def report(self, engine: str) -> None:
        """Print what was done so far."""
        seconds = time.monotonic() - self.started
        print(
            f"{engine}: {self.cases:,} cases, {self.read:,} read whole, "
            f"{self.refused:,} refused with a reason, "
            f"{self.failures} failed, slowest {self.slowest:.2f} s a case, {seconds:.0f} s",
            flush=True,
        )


def _suffix(data: bytes) -> str:
    """Give a file a name by what it began as; half-broken ones keep the name of their kind."""
    packed = ".gz" if data.startswith(b"\x1f\x8b") else ""
    head = data[:400]
    for mark, suffix in ((b"WARC/", ".warc"), (b"<rss", ".xml"), (b'{"id"', ".json")):
        if mark in head:
            return suffix + packed
    return (".html" if not packed else ".warc") + packed


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Stop what takes so many seconds of the processor, or thirty times as many of a busy machine's clock."""

    def stop(*_: object) -> None:
        raise TooSlowError(f"over {seconds:g} seconds")

    timers = (
        (signal.ITIMER_PROF, signal.SIGPROF, seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, 30 * seconds),
    )
    for timer, number, limit in timers:
        signal.signal(number, stop)
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer, _, _ in timers:
            signal.setitimer(timer, 0)


# --- engines


def _random_texts(number: int, seed: int) -> Iterator[str]:
    texts = [data.decode("utf-8") for data in seeds("texts")]
    return (mutated(texts, random.Random(seed + at)) for at in range(number))  # noqa: S311 - no secret


def _random_pages(number: int, seed: int) -> Iterator[bytes]:
    pages = seeds("pages")
    return (damaged(pages, random.Random(seed + at)) for at in range(number))  # noqa: S311 - no secret


def _in_rounds[Case](
    fuzzer: Fuzzer, engine: str, cases: Iterator[Case], read: Callable[[Iterable[Case]], None]
) -> None:
    before = -1
    while fuzzer.cases > before:
        before = fuzzer.cases
        read(islice(cases, 5_000))
        fuzzer.report(engine)


def _bred(number: int, seed: int, keep: Path) -> None:
    """Let atheris breed texts by the lines of Chancery that they reach."""
    import atheris  # noqa: PLC0415 - one engine's, and not everywhere to be had

    with atheris.instrument_imports(include=["chancery"]):
        import chancery  # noqa: PLC0415
        import chancery.reader  # noqa: PLC0415
    fuzzer = Fuzzer(chancery.load(), keep)

    def one(data: bytes) -> None:
        fuzzer.texts([data.decode("utf-8", "replace")[:LONGEST_TEXT]])
        if fuzzer.cases % 5_000 == 0 or fuzzer.cases == number:
            fuzzer.report("coverage")

    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words"
        words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in PIECES if piece.isprintable()))
        bred = Path(folder) / "bred"
        bred.mkdir()
        limits = [f"-runs={number}", f"-seed={seed}", f"-dict={words}", f"-max_len={LONGEST_TEXT}"]
        atheris.Setup([sys.argv[0], *limits, str(bred), str(CORPUS / "texts")], one)
        atheris.Fuzz()


def _escaped(piece: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in piece.encode())


def main(argv: Sequence[str] | None = None) -> int:
    """Run an engine; return 1 where a case failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("engine", choices=["strategies", "mutations", "coverage", "pages"])
    parser.add_argument("--count", type=int, default=1_000, help="how many cases")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for cases that fail")
    options = parser.parse_args(argv)
    if options.engine == "coverage":
        _bred(options.count, options.seed, options.keep)
        return 0
    from chancery.reader import load  # noqa: PLC0415 - atheris has to come first where it is used

    fuzzer = Fuzzer(load(), options.keep)
    if options.engine == "pages":
        _in_rounds(fuzzer, "pages", _random_pages(options.count, options.seed), fuzzer.pages)
    else:
        make = _of_strategies if options.engine == "strategies" else _random_texts
        _in_rounds(fuzzer, options.engine, make(options.count, options.seed), fuzzer.texts)
    return fuzzer.failures > 0


if __name__ == "__main__":
    sys.exit(main())

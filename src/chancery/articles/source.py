"""Paths -> reports: files, directories, compressed files and standard input.

Nothing that is wrong with one file keeps the others from being read: what
cannot be read comes out as an `InputError` in its place.
"""

from __future__ import annotations

import difflib
import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from chancery.articles.archive import drafts_of_tar, drafts_of_zip, is_office
from chancery.articles.feed import drafts_of_feed
from chancery.articles.html import draft_of_html
from chancery.articles.json_ import drafts_of_json
from chancery.articles.jsonl import drafts_of_lines
from chancery.articles.parquet import drafts_of_parquet
from chancery.articles.report import Draft, Options, Report, finish
from chancery.articles.text import draft_of_text
from chancery.articles.warc import drafts_of_warc
from chancery.errors import InputError

__all__ = [
    "LARGEST",
    "STDIN",
    "Hands",
    "Part",
    "count_reports",
    "drafts_of_bytes",
    "form_of_name",
    "read_bytes",
    "read_opened",
    "read_reports",
    "readable_files",
    "unreadable",
]

STDIN = "-"

# The longest speeches run to 200 kB, books to 5 MB; what is larger is no report but an archive of them.
LARGEST = 64 << 20

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".wet": "warc",
    ".parquet": "parquet",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
}
# What holds files of its own is not looked for inside such another.
ARCHIVES = frozenset({"zip", "tar"})
# In a folder of reports the Markdown is about the reports.
NOT_IN_FOLDERS = frozenset({".md"})

GZIP = b"\x1f\x8b"
PEEK = 1 << 12

PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|section|p|h1)\b", re.IGNORECASE
)
# The root of a feed, after at most a prologue and comments; its entries may hold whole pages.
FEED = re.compile(rb"\A[^<]*(?:<[?!][^>]*>\s*)*<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)

type Stream = io.BufferedReader | gzip.GzipFile

TAR_MARK = slice(257, 262)


def read_reports(
    paths: Iterable[str | Path], options: Options | None = None
) -> Iterator[Report | InputError]:
    """Read reports from files, folders and standard input ("-"), in the order given.

    Folders are read through all their levels, by name. The suffix tells the
    format (.txt .html .json .jsonl, and each with .gz); other files are known
    by how they begin.

    Yields a report, or the error that stands in its place.
    """
    for path in paths:
        for file in readable_files(path):
            if isinstance(file, InputError):
                yield file
            else:
                yield from _from_file(file, options or Options())


def count_reports(paths: Iterable[str | Path]) -> int | None:
    """Count the reports without reading them; None where only reading would tell."""
    total = 0
    for path in paths:
        for file in readable_files(path):
            if file == STDIN or str(file).lower().endswith(".gz"):
                return None
            if isinstance(file, InputError) or not Path(file).is_file():
                total += 1
            else:
                form = SUFFIXES.get(_suffix(file), "text")
                if form not in {"text", "html", "json", "lines"}:
                    return None
                total += _lines(file) if form == "lines" else 1
    return total


def _lines(file: str) -> int:
    try:
        with Path(file).open("rb") as opened:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: opened.read(LARGEST), b"")) or 1
    except OSError:
        return 1


def readable_files(path: str | Path) -> Iterator[str | InputError]:
    """List the files that a path stands for: itself, or the reports in a folder, by name."""
    if str(path) == STDIN or not Path(path).is_dir():
        yield str(path)
        return
    found = False
    try:
        for name in _walk(Path(path)):
            found = True
            yield name
    except OSError as error:
        yield unreadable(str(path), error)
        return
    if not found:
        known = " ".join(suffix for suffix in SUFFIXES if suffix not in NOT_IN_FOLDERS)
        yield InputError(str(path), "no reports in this directory", f"known by their suffix are {known}")


def _walk(folder: Path) -> Iterator[str]:
    def refuse(error: OSError) -> None:
        raise error

    for root, folders, names in folder.walk(on_error=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _suffix(name) in SUFFIXES.keys() - NOT_IN_FOLDERS:
                yield str(root / name)


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def form_of_name(name: str) -> str | None:
    """Tell the format by the suffix; None where no suffix tells it."""
    return SUFFIXES.get(_suffix(name))


def drafts_of_bytes(
    data: bytes, form: str, called: str, content_type: str | None = None
) -> Iterator[Draft | InputError]:
    """Read what has to be in memory to be understood: a page, a feed, JSON or text."""
    if form == "json":
        yield from _json(data, called)
    elif form == "lines":
        yield from drafts_of_lines(io.BytesIO(data), called, LARGEST)
    elif form == "feed":
        yield from drafts_of_feed(data, called, content_type)
    else:
        yield draft_of_html(data, called) if form == "html" else draft_of_text(data, called)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the two things at which a page can bring down its reader, and not only fail.

    Attributes:
        open: takes bytes, their format, what to call them and their content type, and finds drafts.
        finish: makes a report of a draft.
    """

    open: Callable[[bytes, str, str, str | None], Iterable[Draft | InputError]] = drafts_of_bytes
    finish: Callable[[Draft, str, Options], Report] = finish


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a file is read: what is after `before` lines, or `rows` from one to before another."""

    before: int = 0
    rows: tuple[int, int] | None = None


# The most usual: whole files, read in this process.
OWN_HANDS = Hands()
WHOLE = Part()


def _from_file(name: str, options: Options) -> Iterator[Report | InputError]:
    called = "standard input" if name == STDIN else name
    try:
        with _open(name) as file:
            yield from read_opened(file, name, options)
    except InputError as error:
        yield error
    except OSError as error:
        yield unreadable(called, error)


def read_opened(
    file: io.BufferedReader, name: str, options: Options, hands: Hands = OWN_HANDS, part: Part = WHOLE
) -> Iterator[Report | InputError]:
    """Read the reports of an opened file, or of a part of one.

    Args:
        file: at its beginning; compressed or not.
        name: its name, whose suffix tells the format.
        options: what the user says of the reports beforehand.
        hands: who opens pages and finishes drafts.
        part: which part of the file this is.

    Yields a report, or the error that stands in its place.
    """
    called = "standard input" if name == STDIN else name
    try:
        for draft in _drafts(_unpacked(file), name, called, hands, part):
            yield _finished(draft, called, options, hands)
    except InputError as error:
        yield error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield InputError(called, f"broken gzip ({error})", "compress it again, or give it unpacked")
    except OSError as error:
        yield unreadable(called, error)


def _finished(
    draft: Draft | InputError, called: str, options: Options, hands: Hands = OWN_HANDS
) -> Report | InputError:
    if isinstance(draft, InputError):
        return draft
    try:
        return hands.finish(draft, called, options)
    except InputError as error:
        return error


def _open(name: str) -> io.BufferedReader:
    if name != STDIN:
        return Path(name).open("rb")
    if sys.stdin.closed:
        raise InputError("standard input", "it was read to its end already", 'name "-" once')
    # A pipe has `peek` already, what tests put in its place has not.
    return io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer))


def _unpacked(file: io.BufferedReader) -> Stream:
    return gzip.GzipFile(fileobj=file) if file.peek(2).startswith(GZIP) else file


def _drafts(
    file: Stream, name: str, called: str, hands: Hands = OWN_HANDS, part: Part = WHOLE
) -> Iterator[Draft | InputError]:
    head = file.peek(PEEK)[:PEEK]
    form = _form_of(name, head)
    stream = cast("BinaryIO", file)
    if form == "lines":
        yield from drafts_of_lines(stream, called, LARGEST, part.before)
    elif form == "warc":
        yield from drafts_of_warc(stream, called, LARGEST, partial(_pages, hands=hands))
    elif form == "tar":
        yield from drafts_of_tar(stream, called, _in_archive, _member)
    elif form == "zip" and not is_office(stream):
        yield from drafts_of_zip(stream, called, _in_archive, _member)
    elif form == "parquet":
        table = io.BytesIO(file.read()) if name == STDIN else stream
        yield from drafts_of_parquet(table, called, part.rows)
    else:
        yield from _whole(stream, form, called, hands)


def _whole(file: BinaryIO, form: str, called: str, hands: Hands) -> Iterator[Draft | InputError]:
    """Read what has to be in memory to be understood."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(
            called, f"larger than {LARGEST:,} bytes", "split it, or give one report a line as .jsonl"
        )
    yield from hands.open(data, form, called, None)


def read_bytes(
    data: bytes, called: str, options: Options, content_type: str | None = None
) -> Iterator[Report | InputError]:
    """Read the reports in what an address sent: a page, a feed, JSON or text.

    Yields a report, or the error that stands in its place.
    """
    try:
        for draft in _pages(data, called, content_type):
            yield _finished(draft, called, options)
    except InputError as error:
        yield error


def _pages(
    data: bytes, called: str, content_type: str | None, hands: Hands = OWN_HANDS
) -> Iterator[Draft | InputError]:
    """Read one answer of a server; what it says of its kind only helps where the content does not tell."""
    form = _form(data[:PEEK])
    if form == "text" and content_type and "html" in content_type.lower():
        form = "html"
    yield from hands.open(
        data, "text" if form in ARCHIVES or form == "parquet" else form, called, content_type
    )


def _in_archive(name: str) -> bool:
    """Tell whether a member of an archive may hold reports; what systems leave behind does not."""
    known = SUFFIXES.get(_suffix(name)) not in {None, *ARCHIVES} and _suffix(name) not in NOT_IN_FOLDERS
    return known and not any(part.startswith((".", "__MACOSX")) for part in Path(name).parts)


def _member(file: BinaryIO, name: str, called: str) -> Iterator[Draft | InputError]:
    # Read whole: members cannot be read twice, and none is larger than a file may be.
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(called, f"larger than {LARGEST:,} bytes", "unpack the archive, and give the folder")
    try:
        yield from _drafts(_unpacked(io.BufferedReader(io.BytesIO(data))), name, called)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(
            called, f"broken gzip ({error})", "compress it again, or give it unpacked"
        ) from error


def _form_of(name: str, head: bytes) -> str:
    """Tell the format by the suffix, or else by the first bytes; XML may be a page as well as a feed."""
    form = SUFFIXES.get(_suffix(name))
    return _form(head) if form is None or _suffix(name) == ".xml" else form


def _form(head: bytes) -> str:
    """Tell the format by the first bytes, where no suffix tells it."""
    for begins, form in ((b"WARC/", "warc"), (b"PAR1", "parquet"), (b"PK\x03\x04", "zip")):
        if head.startswith(begins):
            return form
    if head[TAR_MARK] == b"ustar":
        return "tar"
    start = re.sub(
        rb"[\x00\xef\xbb\xbf\xff\xfe\s]", b"", head[:64]
    )  # marks, white space, the zeros of UTF-16
    if start.startswith((b"{", b"[")):
        return "json" if start.startswith(b"[") or not _is_line(head) else "lines"
    if start.startswith(b"<") and FEED.search(head):
        return "feed"
    return "html" if start.startswith(b"<") and PAGE.search(head) else "text"


def _is_line(head: bytes) -> bool:
    """Tell JSON Lines from a JSON document: its first line is a whole object, or longer than we look."""
    first, _, rest = head.partition(b"\n")
    return first.rstrip().endswith(b"}") or (not rest and len(first) > PEEK // 2)


def _json(data: bytes, called: str) -> Iterator[Draft | InputError]:
    """Read a JSON document, or JSON Lines under the name of one."""
    try:
        yield from drafts_of_json(data, called)
    except InputError as error:
        if "extra data" not in error.problem:
            raise
        yield from drafts_of_lines(io.BytesIO(data), called, LARGEST)


def unreadable(name: str, error: OSError) -> InputError:
    """Say why a file cannot be read, and what would mend it."""
    if isinstance(error, FileNotFoundError):
        return InputError(name, "no such file or directory", _nearest(name))
    if isinstance(error, PermissionError):
        return InputError(
            name, "permission denied", "change its permissions, or copy it to where you may read it"
        )
    reason = error.strerror or str(error)
    return InputError(
        name, f"cannot be read ({reason[:1].lower()}{reason[1:]})", "check the file and its disk"
    )


def _nearest(name: str) -> str:
    if re.match(r"https?://", name):
        return "Chancery reads files; save the page first, for example with curl --output page.html ADDRESS"
    path = Path(name)
    try:
        close = difflib.get_close_matches(path.name, sorted(held.name for held in path.parent.iterdir()), n=1)
    except OSError:
        return f"there is no directory {str(path.parent)!r} either"
    return f"did you mean {str(path.parent / close[0])!r}?" if close else "check the spelling of the path"

"""The reading room: pasted reports are read by a process of its own, and lie on a desk until kept.

The language model is loaded once, at the first report, by that process; pages
are served meanwhile. What was read is in memory only, and only the browser that
sent it sees it.
"""

from __future__ import annotations

import io
import multiprocessing
import secrets
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from chancery.articles import Options, Report, read_bytes
from chancery.articles.source import read_opened
from chancery.errors import ChanceryError, InputError
from chancery.lots import Done, Equipment, begin_work, deaf_to_interrupts, read_lot

__all__ = ["LARGEST", "PASTED", "Given", "Lying", "ReadingRoom", "read_given"]

# A book-length report; what is larger is an archive, and takes an ingest.
LARGEST = 1_000_000  # bytes, or characters of the text that was found in a file
PASTED = "pasted text"

WAITING = 4  # reports that wait for the reader
LYING = 40
LONGEST_STAY = 4 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody pasted or dropped, and what they say of it.

    `name` is the name of a file, whose suffix tells its format; None for pasted text.
    """

    data: bytes
    name: str | None = None
    published: datetime | date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Lying:
    """A report that was read and not kept yet: whose it is, and whether the file held more."""

    done: Done
    more: bool
    browser: str
    since: float


def read_given(given: Given, equipment: Equipment) -> tuple[Done, bool]:
    """Read what was given, in the reader's process; of several reports in a file, the first.

    Raises:
        InputError: it holds no report that can be read.
        ReadingError: a fault in Chancery kept it from being read.
    """
    options = Options(published=given.published, force=given.force)
    if given.name is None:
        found = read_bytes(given.data, PASTED, options)
    else:
        name = PurePath(given.name.replace("\\", "/")).name or "file"
        found = read_opened(io.BufferedReader(io.BytesIO(given.data)), name, options)
    first = next(found, None)
    if first is None:
        raise InputError(given.name or PASTED, "no report in it", "give a report in English")
    if isinstance(first, InputError):
        raise first
    if len(first.article.text) > LARGEST:
        raise InputError(first.source, f"longer than {LARGEST:,} characters", "read it with: chancery ingest")
    (outcome,) = read_lot([_described(first, given)], equipment)
    if not isinstance(outcome, Done):
        assert isinstance(outcome, ChanceryError)
        raise outcome
    return outcome, next(found, None) is not None


def _described(report: Report, given: Given) -> Report:
    """Put what the person says of a report in the place of what it says itself."""
    said = {"publisher": given.publisher, "title": given.title, "url": given.url}
    article = report.article.model_copy(update={name: value for name, value in said.items() if value})
    return Report(article, report.notes, report.source, report.place)


class ReadingRoom:
    """Reads what is given to it, one report after the other, and keeps it at hand for a while."""

    def __init__(self, model: str | None) -> None:
        self.equipment = Equipment(model)
        self._pool: ProcessPoolExecutor | None = None
        self._lying: OrderedDict[str, Lying] = OrderedDict()
        self._lock = threading.Lock()
        self._waiting = 0

    def read(self, given: Given, browser: str) -> str:
        """Read a report, and return the name under which it lies here; takes seconds.

        Raises:
            InputError: it holds no report that can be read.
            ChanceryError: too many wait, or the reader's process died.
        """
        with self._lock:
            if self._waiting >= WAITING:
                raise ChanceryError("several reports are being read; try again in a minute")
            self._waiting += 1
        try:
            done, more = self._submitted(given).result()
        except BrokenProcessPool as error:
            self.close()
            raise ChanceryError(
                "the process that reads died over this report, perhaps for want of memory"
            ) from error
        finally:
            with self._lock:
                self._waiting -= 1
        return self._lay(Lying(done, more, browser, time.monotonic()))

    def _submitted(self, given: Given) -> Future[tuple[Done, bool]]:
        with self._lock, deaf_to_interrupts():
            if self._pool is None:
                # Spawned, not forked: this process has threads that hold locks.
                self._pool = ProcessPoolExecutor(
                    1, mp_context=multiprocessing.get_context("spawn"), initializer=begin_work
                )
            return self._pool.submit(read_given, given, self.equipment)

    def _lay(self, lying: Lying) -> str:
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._lying[name] = lying
            while len(self._lying) > LYING:
                self._lying.popitem(last=False)
        return name

    def lying(self, name: str, browser: str) -> Lying | None:
        """Return a report that was read here, to the browser that sent it."""
        with self._lock:
            found = self._lying.get(name)
        if found is None or found.browser != browser or time.monotonic() - found.since > LONGEST_STAY:
            return None
        return found

    def forget(self, name: str) -> None:
        """Throw a report away."""
        with self._lock:
            self._lying.pop(name, None)

    def close(self) -> None:
        """End the reader's process."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

"""What every page needs: the ledger, the state it is in, and pages that were made in that state."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from chancery.ledger import Ledger
from chancery.server.room import ReadingRoom
from chancery.server.settings import Settings

__all__ = ["Desk", "OnDesk", "Page"]

# Pages kept: at 100 kB or so each, a few dozen megabytes.
PAGES = 400
# Connections to the ledger that stay open; each may hold 64 MB of it.
READERS = 4
# Bytes of an answer that is not kept: long lists in JSON and CSV, which programs ask for once.
LARGE = 500_000

type State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it is sent: bytes, type, and the digest that a browser asks by the next time."""

    body: bytes
    media_type: str
    etag: str
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class _Kept:
    page: object
    state: State
    made: float


class Desk:
    """The ledger that is read here, and what was made from it.

    Attributes:
        ledger: open for reading; :meth:`writing` opens it for a correction.
        settings: how the application was set up.
        room: where pasted reports are read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ledger = Ledger.open(settings.ledger, readers=READERS)
        self.room = ReadingRoom(settings.model)
        self._kept: OrderedDict[object, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[object, threading.Lock] = {}
        self._writings = 0

    def state(self) -> State:
        """Say which state the ledger's file is in: another number after every commit."""
        found: list[int] = []
        for path in (self.settings.ledger, Path(f"{self.settings.ledger}-wal")):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            found += (status.st_mtime_ns, status.st_size)
        return tuple(found)

    def kept[T](self, key: object, make: Callable[[], T], *, fresh_for: float | None = None) -> T:
        """Return what was made under a key while the ledger has not changed since, or make it.

        While an ingest commits every few seconds, what was made within the last
        `fresh_for` seconds serves too (those of the settings if left out). Of several
        who ask at once, one makes it.
        """
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            found = self._found(key, self.settings.fresh_for if fresh_for is None else fresh_for)
            if found is None:
                state, writings = self.state(), self._writings
                found = _Kept(make(), state, time.monotonic())
                if writings == self._writings:  # else it may show what was before a correction
                    self._keep(key, found)
            return found.page  # type: ignore[return-value] # the key's own maker made it

    def _found(self, key: object, fresh_for: float) -> _Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
        fresh = time.monotonic() - found.made < fresh_for
        return found if fresh or found.state == self.state() else None

    def _keep(self, key: object, made: _Kept) -> None:
        if isinstance(made.page, Page) and len(made.page.body) > LARGE:
            return
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > PAGES:
                old, _ = self._kept.popitem(last=False)
                self._making.pop(old, None)

    def forget(self) -> None:
        """Make every page anew: something was written here."""
        with self._lock:
            self._kept.clear()
            self._writings += 1

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Open the ledger for a correction; all pages are made anew afterwards."""
        try:
            with Ledger.open(self.settings.ledger, writing=True) as ledger:
                yield ledger
        finally:
            self.forget()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open one state of the ledger for the queries of a page."""
        with self.ledger.connect() as connection:
            yield connection


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


OnDesk = Annotated[Desk, Depends(_desk)]

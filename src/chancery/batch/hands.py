"""Who touches the pages: the worker itself, or a process that may die in its place.

A page can do worse than raise an error: it can crash a parser written in C,
take all memory, or take for ever. The first two times such a page costs its
worker, and the shard is given to another. The third worker is careful: every
page is opened, and every lot read, in a process of its own; what that dies of
is found by giving it the pages one at a time, and becomes a failure like any other.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from chancery.articles import Draft, Options, Report
from chancery.articles.report import finish
from chancery.articles.source import Hands as PageHands
from chancery.articles.source import drafts_of_bytes
from chancery.batch.duplicates import Signature, signature
from chancery.batch.engine import Settings
from chancery.batch.gates import Gated, load_gates
from chancery.batch.parents import end_with_parent
from chancery.errors import InputError, ReadingError
from chancery.lots import Item, Outcome, Passed, deaf_to_interrupts, hush, load_reader, read_lot

__all__ = ["CarefulHands", "Hands", "OwnHands", "judged", "late_mark"]

# Signs a second at the very least; 40,000 are usual. So that a lot of books is not taken for one that hangs.
SLOWEST = 2_000

# A lot that took too long though none of its reports does is given this much more time.
MORE = 10

MEND = "leave it out, and please report it"

type Judged = Gated | Signature


class Hands(Protocol):
    """What is done with pages."""

    @property
    def pages(self) -> PageHands:
        """Opens pages, and makes reports of what is found in them."""
        ...

    def judge(self, report: Report) -> Judged:
        """Say which gate keeps a report, or by what it is compared with others. Raises InputError."""
        ...

    def read(self, lot: list[Item]) -> list[Outcome]:
        """Read a lot."""
        ...

    def close(self) -> None:
        """Let go of what was needed for it."""
        ...


def late_mark(work: str, shard: str) -> Path:
    """Name the file in which a worker that took too long leaves where it was."""
    return Path(work) / f"{shard}.late"


def judged(report: Report, off: frozenset[str]) -> Judged:
    """Judge a report by the gates that look at it alone."""
    return load_gates(off).judge(report) or signature(report.article.text)


def _opened(data: bytes, form: str, called: str, kind: str | None) -> list[Draft | InputError]:
    return list(drafts_of_bytes(data, form, called, kind))


def _time_for(lot: list[Item], patience: float) -> float:
    signs = sum(len(one.article.text) for one in lot if isinstance(one, Report))
    return patience + signs / SLOWEST


class OwnHands:
    """The worker's own, with a watch that ends the worker where a page takes too long.

    Args:
        settings: of the run.
        mark: where to leave the place in the code before the end; None sets no watch.
    """

    def __init__(self, settings: Settings, mark: Path | None = None) -> None:
        self._settings = settings
        self._mark = mark.open("w") if mark and settings.patience else None

    @property
    def pages(self) -> PageHands:
        """Open and finish pages here."""
        return PageHands(self._open, self._finish)

    def _open(self, data: bytes, form: str, called: str, kind: str | None) -> Iterable[Draft | InputError]:
        with self._watched(self._settings.patience):
            return _opened(data, form, called, kind)

    def _finish(self, draft: Draft, called: str, options: Options) -> Report:
        with self._watched(self._settings.patience):
            return finish(draft, called, options)

    def judge(self, report: Report) -> Judged:
        """Judge a report here."""
        with self._watched(self._settings.patience):
            return judged(report, self._settings.gates_off)

    def read(self, lot: list[Item]) -> list[Outcome]:
        """Read a lot here."""
        with self._watched(_time_for(lot, self._settings.patience)):
            return read_lot(lot, self._settings.equipment)

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        """End the process if this takes longer, even where C code lets no other thread run."""
        if self._mark is None:
            yield
            return
        faulthandler.dump_traceback_later(seconds, file=self._mark, exit=True)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    def close(self) -> None:
        """Take the mark away, which says that this worker took too long."""
        if self._mark:
            self._mark.close()
            Path(self._mark.name).unlink(missing_ok=True)


class _FellError(Exception):
    """The helper died, or took too long; the message says which."""


def _doing() -> dict[str, Callable[..., Any]]:
    return {"open": _opened, "finish": finish, "judge": judged, "read": read_lot}


def _help(connection: Connection, settings: Settings, reads: bool) -> None:  # noqa: FBT001 - a process's target
    """Load what is needed, say so, and do what is asked until nobody is there to ask."""
    end_with_parent()
    hush()
    load_gates(settings.gates_off)
    if reads:
        load_reader(settings.equipment)
    else:
        import trafilatura  # noqa: F401, PLC0415 - else the first page is charged with it
    connection.send(None)
    while True:
        try:
            name, arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = True, _doing()[name](*arguments)
        except Exception as error:  # noqa: BLE001 - raised again by whoever asked
            answer = False, error
        connection.send(answer)


class CarefulHands:
    """Another process', which is replaced when it dies.

    It is spawned and not forked: nothing of this process, of its threads and locks,
    is carried over.

    Args:
        settings: of the run.
        reads: whether it will be asked to read, and has to load the model.
    """

    def __init__(self, settings: Settings, *, reads: bool) -> None:
        self._settings = settings
        self._reads = reads
        self._process: Any = None
        self._connection: Connection | None = None

    @property
    def pages(self) -> PageHands:
        """Open and finish pages in the other process."""
        return PageHands(self._open, self._finish)

    def _open(self, data: bytes, form: str, called: str, kind: str | None) -> Iterable[Draft | InputError]:
        try:
            found: list[Draft | InputError] = self._ask_twice("open", data, form, called, kind)
        except _FellError as error:
            raise InputError(called, f"opening this page {error}", MEND) from error
        return found

    def _finish(self, draft: Draft, called: str, options: Options) -> Report:
        try:
            report: Report = self._ask_twice("finish", draft, called, options)
        except _FellError as error:
            raise InputError(called, f"looking at this page {error}", MEND, place=draft.place) from error
        return report

    def judge(self, report: Report) -> Judged:
        """Judge a report in the other process."""
        try:
            found: Judged = self._ask_twice("judge", report, self._settings.gates_off)
        except _FellError as error:
            raise InputError(report.source, f"judging this {error}", MEND, place=report.place) from error
        return found

    def read(self, lot: list[Item]) -> list[Outcome]:
        """Read a lot in the other process; where that dies, find out of what, and read the lot without it."""
        with suppress(_FellError):
            return self._lot(lot, 1)
        alone = [self._alone(one) for one in lot]
        without: list[Item] = [
            Passed(len(one.article.text))
            if isinstance(one, Report) and isinstance(found, ReadingError)
            else one
            for one, found in zip(lot, alone, strict=True)
        ]
        with suppress(_FellError):
            read = self._lot(without, MORE)
            return [
                found if isinstance(found, ReadingError) else one
                for one, found in zip(read, alone, strict=True)
            ]
        return alone

    def _lot(self, lot: list[Item], times: int) -> list[Outcome]:
        seconds = times * _time_for(lot, self._settings.patience)
        read: list[Outcome] = self._ask("read", lot, self._settings.equipment, seconds=seconds)
        return read

    def _alone(self, one: Item) -> Outcome:
        if not isinstance(one, Report):
            return one
        try:
            return self._lot([one], 1)[0]
        except _FellError as error:
            failure = ReadingError(f"{one.where}: reading this report {error}; {MEND}")
            failure.source, failure.place = one.source, one.place
            return failure

    def _ask_twice(self, name: str, *arguments: Any) -> Any:  # noqa: ANN401 - any answer
        """Ask again where the other process died: once may be chance."""
        with suppress(_FellError):
            return self._ask(name, *arguments)
        return self._ask(name, *arguments)

    def _ask(self, name: str, *arguments: Any, seconds: float | None = None) -> Any:  # noqa: ANN401 - any answer
        try:
            connection = self._connected()
            connection.send((name, arguments))
            if not connection.poll(seconds or self._settings.patience):
                self.close()
                raise _FellError("took too long")
            good, answer = connection.recv()
        except (EOFError, OSError) as error:
            raise _FellError(self._ending()) from error
        if not good:
            raise answer
        return answer

    def _connected(self) -> Connection:
        if self._connection is None:
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_help, args=(theirs, self._settings, self._reads))
            with deaf_to_interrupts():
                self._process.start()
            theirs.close()
            self._connection.recv()  # it is ready; loading is not on the pages' time
        return self._connection

    def _ending(self) -> str:
        """Say how the other process ended."""
        process = self._process
        process.join(1)
        code = process.exitcode
        self.close()
        if code is not None and code < 0:
            return f"ended the process ({signal.Signals(-code).name})"
        return f"ended the process (status {code})"

    def close(self) -> None:
        """End the other process."""
        if self._connection is not None:
            self._connection.close()
            self._process.kill()
            self._process.join()
        self._process = self._connection = None

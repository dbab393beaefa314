"""Reports -> readings, in lots: in this process or in several, with the same result.

A parser adds numbers up batch by batch, and sums of floats depend on what is
added beside them. The lots are therefore cut before anybody reads them, by
count and length alone: whoever reads a lot, and beside whatever others, gets
the same readings. They come out in the order the reports went in.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from chancery.cli.endings import hush
from chancery.errors import ChanceryError, InputError, ReadingError

if TYPE_CHECKING:
    from chancery.articles import Report
    from chancery.reader import Reader
    from chancery.records import Reading

__all__ = ["Done", "Equipment", "load_reader", "read_all", "read_lot"]

# As many as the reader takes together; long reports fill a lot sooner.
REPORTS_IN_LOT = 16
SIGNS_IN_LOT = 100_000

# Lots waiting for each worker: enough never to be idle, few enough to hold in memory.
LOTS_AHEAD = 3

type Lot = list[Report | InputError]


@dataclass(frozen=True, slots=True)
class Done:
    """A report that was read: the file, where in it the report stood if it holds many, and the reading."""

    file: str
    place: str | None
    reading: Reading


type Outcome = Done | InputError | ReadingError


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a reader is loaded with, in this process or in a worker."""

    model: str | None = None
    knowledge: tuple[str, ...] = ()


@cache
def load_reader(equipment: Equipment) -> Reader:
    """Load the reader once a process."""
    from chancery.reader import load  # noqa: PLC0415 - spaCy takes a second

    return load(equipment.model, knowledge=equipment.knowledge)


def read_all(
    reports: Iterable[Report | InputError], equipment: Equipment, *, workers: int = 1
) -> Iterator[Outcome]:
    """Read a stream of reports in order; what cannot be read keeps its place as an error.

    Memory stays flat: only a few lots are under way at a time.

    Raises:
        ModelError: the language model is missing or unfit.
        KnowledgeError: a table of the user's is.
        ChanceryError: a worker process died.
    """
    lots = _lots(reports)
    done = (
        _in_workers(lots, equipment, workers) if workers > 1 else (read_lot(lot, equipment) for lot in lots)
    )
    for lot in done:
        yield from lot


def _lots(reports: Iterable[Report | InputError]) -> Iterator[Lot]:
    """Cut the stream; the first lot is one report, so that the first brief comes at once."""
    lot: Lot = []
    size, most = 0, 1
    for report in reports:
        lot.append(report)
        size += 0 if isinstance(report, InputError) else len(report.article.text)
        if len(lot) >= most or size >= SIGNS_IN_LOT:
            yield lot
            lot, size, most = [], 0, REPORTS_IN_LOT
    if lot:
        yield lot


def read_lot(lot: Lot, equipment: Equipment) -> list[Outcome]:
    """Read the reports of a lot; where one makes the reader fail, the others are read without it."""
    reports = [one for one in lot if not isinstance(one, InputError)]
    if not reports:
        return [one for one in lot if isinstance(one, InputError)]
    reader = load_reader(equipment)
    try:
        read: Iterator[Outcome] = iter(_read(reader, reports))
    except Exception:  # noqa: BLE001 - whatever an extractor raises; looked at one by one below
        read = (_read_one(reader, report) for report in reports)
    return [one if isinstance(one, InputError) else next(read) for one in lot]


def _read(reader: Reader, reports: list[Report]) -> list[Done]:
    readings = reader.pipe(report.article for report in reports)
    return [
        Done(
            report.source,
            report.place,
            reading.model_copy(update={"notes": (*report.notes, *reading.notes)})
            if report.notes
            else reading,
        )
        for report, reading in zip(reports, readings, strict=True)
    ]


def _read_one(reader: Reader, report: Report) -> Outcome:
    try:
        return _read(reader, [report])[0]
    except Exception as error:  # noqa: BLE001 - the fault of one report must not end the run
        return ReadingError.of(report.where, error)


def _in_workers(lots: Iterator[Lot], equipment: Equipment, workers: int) -> Iterator[list[Outcome]]:
    """Hand lots to worker processes, and take them back in order, only a few being under way."""
    # Spawned, not forked: a fork copies locks that threads of numpy and lingua may hold.
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=hush)
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        for lot in lots:
            with _deaf_to_interrupts():
                waiting.append(pool.submit(read_lot, lot, equipment))
            if len(waiting) > workers * LOTS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise ChanceryError(
            "a worker process died, perhaps for want of memory; use fewer --workers"
        ) from error
    except BaseException:  # Ctrl-C or a closed pipe: nobody waits for what is under way
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that leave Ctrl-C to this one, which ends them without their tracebacks.

    Blocked, not ignored: a process inherits either, but a signal that comes
    while this one is deaf is kept for later only if it is blocked.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows has neither
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""Reports -> readings, in lots: in this process or in several, with the same result.

A parser adds numbers up batch by batch, and sums of floats depend on what is
added beside them. The lots are therefore cut before anybody reads them, by
count and length alone: whoever reads a lot, and beside whatever others, gets
the same readings. They come out in the order the reports went in.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING

from chancery.errors import ChanceryError, InputError, ReadingError

if TYPE_CHECKING:
    from chancery.articles import Report
    from chancery.reader import Reader
    from chancery.records import Reading

__all__ = [
    "Done",
    "Equipment",
    "Item",
    "Outcome",
    "Passed",
    "begin_work",
    "cut",
    "deaf_to_interrupts",
    "hush",
    "load_reader",
    "read_all",
    "read_lot",
    "read_lots",
]

# As many as the reader takes together; long reports fill a lot sooner.
REPORTS_IN_LOT = 16
SIGNS_IN_LOT = 100_000

# Lots waiting for each worker: enough never to be idle, few enough to hold in memory.
LOTS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Passed:
    """Something in the stream that is not to be read and keeps its place, such as a report that is known.

    `size` is the length of its text: lots are cut as if it were read, so that what
    is read beside it is read in the same company whether it is known or not.
    """

    size: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A report that was read: the file, where in it the report stood if it holds many, and the reading."""

    file: str
    place: str | None
    reading: Reading
    maker: str = ""


type Outcome = Done | InputError | ReadingError | Passed

# What was read already, as by a batch, and what cannot be read, only keeps its place.
type Item = Report | Outcome
type Lot = list[Item]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a reader is loaded with, in this process or in a worker."""

    model: str | None = None
    knowledge: tuple[str, ...] = ()


def hush() -> None:
    """Keep what dependencies log and warn of from standard error, where only our own lines belong."""
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def begin_work() -> None:
    """Begin a worker process, which ends with the one that started it.

    Whoever is killed cannot end its workers, and each holds the other's end of the
    pipe that it waits at: two orphans of 700 MB each would stay for ever.
    """
    hush()
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@cache
def load_reader(equipment: Equipment) -> Reader:
    """Load the reader once a process."""
    from chancery.reader import load  # noqa: PLC0415 - spaCy takes a second

    return load(equipment.model, knowledge=equipment.knowledge)


def read_all(reports: Iterable[Item], equipment: Equipment, *, workers: int = 1) -> Iterator[Outcome]:
    """Read a stream of reports in order; what cannot be read keeps its place as an error.

    Memory stays flat: only a few lots are under way at a time.

    Raises:
        ModelError: the language model is missing or unfit.
        KnowledgeError: a table of the user's is.
        ChanceryError: a worker process died.
    """
    for lot in read_lots(reports, equipment, workers=workers):
        yield from lot


def read_lots(reports: Iterable[Item], equipment: Equipment, *, workers: int = 1) -> Iterator[list[Outcome]]:
    """Read a stream of reports in order, as :func:`read_all` does, and hand them out a lot at a time."""
    lots = cut(reports)
    if workers > 1:
        return _in_workers(lots, equipment, workers)
    return (read_lot(lot, equipment) for lot in lots)


def cut(reports: Iterable[Item]) -> Iterator[Lot]:
    """Cut the stream; the first lot is one report, so that the first brief comes at once."""
    lot: Lot = []
    size, most = 0, 1
    for report in reports:
        lot.append(report)
        size += _size(report)
        if len(lot) >= most or size >= SIGNS_IN_LOT:
            yield lot
            lot, size, most = [], 0, REPORTS_IN_LOT
    if lot:
        yield lot


def _size(item: Item) -> int:
    if isinstance(item, InputError | ReadingError | Done):
        return 0
    return item.size if isinstance(item, Passed) else len(item.article.text)


def read_lot(lot: Lot, equipment: Equipment) -> list[Outcome]:
    """Read the reports of a lot; where one makes the reader fail, the others are read without it."""
    reports = [one for one in lot if not isinstance(one, InputError | ReadingError | Passed | Done)]
    if not reports:
        return [one for one in lot if isinstance(one, InputError | ReadingError | Passed | Done)]
    reader = load_reader(equipment)
    try:
        read: Iterator[Outcome] = iter(_read(reader, reports))
    except Exception:  # noqa: BLE001 - whatever an extractor raises; looked at one by one below
        read = (_read_one(reader, report) for report in reports)
    return [one if isinstance(one, InputError | ReadingError | Passed | Done) else next(read) for one in lot]


def _read(reader: Reader, reports: list[Report]) -> list[Done]:
    readings = reader.pipe(report.article for report in reports)
    return [
        Done(
            report.source,
            report.place,
            reading.model_copy(update={"notes": (*report.notes, *reading.notes)})
            if report.notes
            else reading,
            f"chancery {reader.maker.chancery} | {reader.maker.model}",
        )
        for report, reading in zip(reports, readings, strict=True)
    ]


def _read_one(reader: Reader, report: Report) -> Outcome:
    try:
        return _read(reader, [report])[0]
    except Exception as error:  # noqa: BLE001 - the fault of one report must not end the run
        return ReadingError.of(report.source, error, report.place)


def _in_workers(lots: Iterator[Lot], equipment: Equipment, workers: int) -> Iterator[list[Outcome]]:
    """Hand lots to worker processes, and take them back in order, only a few being under way."""
    # Spawned, not forked: a fork copies locks that threads of numpy and lingua may hold.
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=begin_work
    )
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        for lot in lots:
            with deaf_to_interrupts():
                waiting.append(_submitted(pool, lot, equipment))
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


def _submitted(pool: ProcessPoolExecutor, lot: Lot, equipment: Equipment) -> Future[list[Outcome]]:
    """Hand a lot over, unless there is nothing to read in it: a run that goes on has many such."""
    if any(not isinstance(one, InputError | ReadingError | Passed | Done) for one in lot):
        return pool.submit(read_lot, lot, equipment)
    done: Future[list[Outcome]] = Future()
    done.set_result(read_lot(lot, equipment))
    return done


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Start processes that leave Ctrl-C to this one, which ends them without their tracebacks.

    Blocked, not ignored: a process inherits either, but a signal that comes
    while this one is deaf is kept for later only if it is blocked.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows has neither
        yield
        return
    # Started on the way, this process of multiprocessing's own would let interrupts in again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

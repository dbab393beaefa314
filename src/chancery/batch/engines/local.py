"""The engine of one machine: processes that are forked from one that has loaded the reader.

A process of its own, the nursery, loads the reader once and does nothing else.
Workers are forked from it: they start in milliseconds with the model in memory
that they share, also when one that died is replaced. A fork copies locks that
other threads may hold, so the nursery is forked only where it has a single
thread, and only on Linux; elsewhere each worker is spawned and loads for itself.

Each worker is at one end of a pipe; that it died shows at the other.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import select
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from threading import Thread

from chancery.batch.engine import Died, Ended, Progress, Settings, Task
from chancery.batch.parents import end_with_parent
from chancery.errors import ChanceryError
from chancery.lots import deaf_to_interrupts, hush

__all__ = ["LocalEngine"]

# One thread a worker: several workers with several threads each are slower than either.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")

# A process that loads the model and is killed is started again: once may be chance, three times is not.
LOADED_AT_MOST = 3

# Seconds that the nursery may take to tell how a worker ended.
LAST_WORD = 2.0


@dataclass
class _Worker:
    number: int
    connection: Connection
    task: Task | None = None
    process: int | None = None


class LocalEngine:
    """Runs tasks in processes of this machine.

    Args:
        settings: what every worker has to know.
        workers: how many.

    Raises:
        ModelError, KnowledgeError: the reader cannot be loaded.
    """

    def __init__(self, settings: Settings, workers: int) -> None:
        self.workers = workers
        self._settings = settings
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._endings: dict[int, int | None] = {}
        self._started = 0
        self._nursery = _Nursery(settings)

    def submit(self, task: Task) -> None:
        """Give a task to an idle worker, or to a new one."""
        while True:
            worker = self._idle.pop() if self._idle else self._new()
            try:
                worker.connection.send(task)
            except OSError:  # it died while it had nothing to do
                worker.connection.close()
                continue
            worker.task = task
            self._busy.append(worker)
            return

    def _new(self) -> _Worker:
        self._started += 1
        return _Worker(self._started, self._nursery.start_worker(self._started))

    def wait(self, seconds: float) -> Sequence[Ended | Died | Progress]:
        """Collect what workers say, and which died."""
        by_connection = {worker.connection: worker for worker in self._busy}
        told: list[Ended | Died | Progress] = []
        for ready in wait(list(by_connection), seconds):
            assert isinstance(ready, Connection)  # nothing else is waited for
            told += self._heard(by_connection[ready])
        return told

    def _heard(self, worker: _Worker) -> list[Ended | Died | Progress]:
        told: list[Ended | Died | Progress] = []
        try:
            while worker.connection.poll():
                message = worker.connection.recv()
                if isinstance(message, int):
                    worker.process = message
                    continue
                told.append(message)
                if isinstance(message, Ended):
                    worker.task = None
                    self._busy.remove(worker)
                    self._idle.append(worker)
                    break
        except (EOFError, OSError):
            self._busy.remove(worker)
            worker.connection.close()
            assert worker.task is not None  # it was busy
            told.append(Died(worker.task, self._nursery.ending(worker.number)))
        return told

    def close(self) -> None:
        """End the workers at once; what they have written so far is whole, or cleared by the next run."""
        for worker in (*self._busy, *self._idle):
            if worker.process is not None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(worker.process, signal.SIGTERM)
            worker.connection.close()
        self._nursery.close()


class _Nursery:
    """This side of the process that has loaded the reader, and starts workers."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._endings: dict[int, int | None] = {}
        self._start()

    def _start(self) -> None:
        for _ in range(LOADED_AT_MOST):
            if self._loaded():
                return
        raise ChanceryError(
            "the process that loads the model died, perhaps for want of memory; free some and try again"
        )

    def _loaded(self) -> bool:
        """Start the process; tell whether it lived to say that all is loaded."""
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_nurse, args=(theirs, self._settings))
        with deaf_to_interrupts():
            self._process.start()
        try:
            theirs.close()
            error = self._connection.recv()
        except EOFError:
            self.close()
            return False
        except BaseException:  # Ctrl-C: nobody waits for it, and at exit Python would
            self.close()
            raise
        if error is not None:
            self.close()
            raise error
        return True

    def start_worker(self, number: int) -> Connection:
        """Start a worker; return the pipe to it. A nursery that was killed is replaced."""
        while True:
            ours, theirs = multiprocessing.get_context("spawn").Pipe()
            try:
                self._connection.send(number)
                assert self._process.pid is not None  # it was started
                send_handle(self._connection, theirs.fileno(), self._process.pid)
            except OSError:
                ours.close()
                self.close()
                self._start()
                continue
            finally:
                theirs.close()
            return ours

    def ending(self, number: int) -> str:
        """Say how a worker ended."""
        with contextlib.suppress(EOFError, OSError):
            while number not in self._endings and self._connection.poll(LAST_WORD):
                at, code = self._connection.recv()
                self._endings[at] = code
        code = self._endings.pop(number, None)
        if code is None:
            return "its worker died"
        if code < 0:
            return f"its worker was ended by {signal.Signals(-code).name}"
        return f"its worker ended with status {code}"

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self._process.terminate()
        self._process.join(LAST_WORD)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _nurse(connection: Connection, settings: Settings) -> None:
    """Load the reader, then start a worker whenever told to, and tell how each ended."""
    end_with_parent()
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    hush()
    from chancery.batch.work import prepare  # noqa: PLC0415 - numpy must not be loaded before the lines above

    try:
        prepare(settings)
    except ChanceryError as error:
        connection.send(error)
        return
    gc.collect()
    gc.freeze()  # what is shared stays so only while nobody counts references in it
    connection.send(None)
    children: dict[int, BaseProcess] = {}
    while True:
        ready = wait([connection, *(child.sentinel for child in children.values())])
        for number in [number for number, child in children.items() if child.sentinel in ready]:
            child = children.pop(number)
            child.join()
            with contextlib.suppress(OSError):
                connection.send((number, child.exitcode))
        if connection in ready:
            try:
                number = connection.recv()
                pipe = Connection(recv_handle(connection))
            except (EOFError, OSError):
                os._exit(0)  # nobody is there any more; workers see for themselves
            children[number] = _start_worker(pipe, connection, settings)


def _may_fork() -> bool:
    tasks = Path("/proc/self/task")
    return sys.platform == "linux" and len(list(tasks.iterdir())) == 1


def _start_worker(pipe: Connection, nursery: Connection, settings: Settings) -> BaseProcess:
    """Fork a worker, or spawn it where a fork would not be safe."""
    if _may_fork():
        fork = multiprocessing.get_context("fork")
        process: BaseProcess = fork.Process(target=_work, args=(pipe, settings, nursery))
    else:
        process = multiprocessing.get_context("spawn").Process(target=_work, args=(pipe, settings, None))
    process.start()
    pipe.close()
    return process


def _work(pipe: Connection, settings: Settings, nursery: Connection | None) -> None:
    """Do task after task, until nobody asks."""
    end_with_parent()
    if nursery is not None:
        nursery.close()
    hush()
    from chancery.batch.work import perform, prepare  # noqa: PLC0415 - loaded by the nursery already

    prepare(settings)
    Thread(target=_end_with, args=(pipe.fileno(),), daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(os.getpid())
        while True:
            task: Task = pipe.recv()
            pipe.send(perform(task, settings, pipe.send))


def _end_with(handle: int) -> None:
    """End this process when the other end of its pipe is gone: whoever asked was killed."""
    if not hasattr(select, "poll"):
        return
    watch = select.poll()
    watch.register(handle, 0)  # nothing but that the other end hung up
    watch.poll()
    os._exit(1)

"""Workers of a Ray cluster, or of a Ray started on this machine for the run.

Each worker is a Ray actor that loads the reader once and performs task after task by the
same function as everywhere (`chancery.batch.work.perform`). Ray places the actors on the
machines that have a core to give, and says when one died, be it killed, out of memory or
gone with its machine; a new one is asked for in its place, and the driver gives the task
out again. Why these are actors and not a Ray Data pipeline is told in
`docs/decisions/0008-ray-actors.md`.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from chancery.batch.engine import Died, Ended, Progress, Settings, Task
from chancery.errors import ChanceryError, MissingExtraError

if TYPE_CHECKING:
    import ray

__all__ = ["RayEngine"]

# A pause where no task is under way, so that a driver that waits does not spin.
PAUSE = 0.05  # seconds

# Actors in a row that die before they begin: then it is the set-up that is at fault.
STILLBORN = 3


class _Worker:
    """What runs in the actor: prepared once, then one task at a time."""

    def __init__(self, settings: Settings) -> None:
        from chancery.batch.work import prepare  # noqa: PLC0415 - in the worker

        self.settings = settings
        prepare(settings)

    def begun(self) -> None:
        """Answer, which shows that the worker is there and prepared."""

    def perform(self, task: Task) -> Iterator[Progress | Ended]:
        """Do a task in a thread beside, so that what it says of its progress goes out at once."""
        from chancery.batch.work import perform  # noqa: PLC0415 - in the worker

        told: SimpleQueue[Progress | Ended] = SimpleQueue()
        Thread(target=lambda: told.put(perform(task, self.settings, told.put)), daemon=True).start()
        while True:
            one = told.get()
            yield one
            if isinstance(one, Ended):
                return


class RayEngine:
    """Runs tasks in actors of a Ray cluster.

    Args:
        settings: of the run; its folder for what waits must be seen by all machines.
        workers: actors at a time; 0 for as many as the cluster has cores.

    The variable RAY_ADDRESS, which Ray's own commands set and know, names the cluster
    ("auto", "10.0.0.1:6379"); without it a Ray of its own is started on this machine.

    Raises:
        MissingExtraError: Ray is not installed.
        ChanceryError: the cluster cannot be reached.
    """

    def __init__(self, settings: Settings, workers: int = 0) -> None:
        address = os.environ.get("RAY_ADDRESS")
        self._ray = _started(address, workers)
        self._settings = settings
        self.workers = workers or max(int(self._ray.cluster_resources().get("CPU", 1)), 1)
        self._class = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Worker)
        # An actor for which the cluster has no core begins when it has one again, or never:
        # tasks are given to actors that have begun, whichever they are.
        self._beginning: dict[Any, Any] = {}
        self._idle: deque[Any] = deque()
        self._at_work: dict[Any, tuple[Any, Task]] = {}
        self._tasks: deque[Task] = deque()
        self._stillborn = 0

    def submit(self, task: Task) -> None:
        """Have a task done by the next actor that has nothing to do."""
        self._tasks.append(task)
        self._hand_out()

    def _hand_out(self) -> None:
        while self._tasks and self._idle:
            actor, task = self._idle.popleft(), self._tasks.popleft()
            self._at_work[actor.perform.options(num_returns="streaming").remote(task)] = actor, task
        wanted = min(self.workers, len(self._at_work) + len(self._tasks))
        while len(self._beginning) + len(self._at_work) < wanted:
            actor = self._class.remote(self._settings)
            self._beginning[actor.begun.remote()] = actor

    def wait(self, seconds: float) -> Sequence[Ended | Died | Progress]:
        """Return what happened since the last call; wait for something to happen, at most so long."""
        awaited = [*self._beginning, *self._at_work]
        if not awaited:
            time.sleep(min(seconds, PAUSE))
            return []
        self._ray.wait(awaited, num_returns=1, timeout=seconds, fetch_local=False)
        # Whoever else has something to say is heard in the same call.
        ready, _ = self._ray.wait(awaited, num_returns=len(awaited), timeout=0, fetch_local=False)
        told = [self._heard(news) for news in ready if news in self._at_work]
        for news in ready:
            if news in self._beginning:
                self._begun(news)
        self._hand_out()
        return told

    def _begun(self, news: Any) -> None:  # noqa: ANN401 - Ray's handle
        """Take an actor that has loaded the reader; where none can, say so instead of trying for ever."""
        actor = self._beginning.pop(news)
        try:
            self._ray.get(news)
        except self._ray.exceptions.RayError as error:
            self._ray.kill(actor, no_restart=True)
            self._stillborn += 1
            if self._stillborn >= STILLBORN:
                raise ChanceryError(f"no worker on Ray could begin: {_how(error)}; see Ray's logs") from error
            return
        self._stillborn = 0
        self._idle.append(actor)

    def _heard(self, news: ray.ObjectRefGenerator) -> Ended | Died | Progress:
        actor, task = self._at_work[news]
        try:
            told: Progress | Ended = self._ray.get(next(news))
        except self._ray.exceptions.RayError as error:
            del self._at_work[news]
            self._ray.kill(actor, no_restart=True)
            return Died(task, _how(error))
        if isinstance(told, Ended):
            del self._at_work[news]
            self._idle.append(actor)
        return told

    def close(self) -> None:
        """End all actors, also those that are at work, and leave the cluster."""
        at_work = (actor for actor, _ in self._at_work.values())
        for actor in (*self._idle, *self._beginning.values(), *at_work):
            self._ray.kill(actor, no_restart=True)
        for kept in (self._idle, self._beginning, self._at_work, self._tasks):
            kept.clear()
        self._ray.shutdown()


def _started(address: str | None, workers: int) -> Any:  # noqa: ANN401 - the module
    """Connect to a cluster, or start a Ray on this machine that nothing outside can reach."""
    # Nothing is reported to anybody, and a warning of Ray's about its own settings is no news to the user.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("--engine ray", "ray") from error
    logging.getLogger("ray").setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": False}
    try:
        if address:
            ray.init(address=address, **quiet)
        else:
            ray.init(num_cpus=workers or None, include_dashboard=False, _node_ip_address="127.0.0.1", **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ChanceryError(f"{address or 'Ray'}: no Ray cluster can be reached there ({error})") from error
    return ray


def _how(error: Exception) -> str:
    """Say in one line how an actor died."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = next((line for line in lines if "SYSTEM_ERROR" in line or "exit" in line.lower()), "")
    return " ".join((told or (lines[-1] if lines else type(error).__name__)).split())[:300]

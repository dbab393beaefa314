"""The engine without workers: tasks are done in this process, one after another; for tests and debuggers."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from chancery.batch.engine import Died, Ended, Progress, Settings, Task
from chancery.batch.work import perform

__all__ = ["InlineEngine"]


class InlineEngine:
    """Does each task when it is waited for."""

    def __init__(self, settings: Settings, workers: int = 1) -> None:
        self.workers = workers
        self._settings = settings
        self._tasks: deque[Task] = deque()

    def submit(self, task: Task) -> None:
        """Keep a task until it is waited for."""
        self._tasks.append(task)

    def wait(self, seconds: float) -> Sequence[Ended | Died | Progress]:  # noqa: ARG002 - it never waits
        """Do the next task."""
        told: list[Ended | Died | Progress] = []
        if self._tasks:
            task = self._tasks.popleft()
            told.append(perform(task, self._settings, told.append, watched=False))
        return told

    def close(self) -> None:
        """Drop what was not done."""
        self._tasks.clear()

"""How far a batch is: a bar on a terminal, else a line now and then; and each thing that went wrong, once."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from chancery.cli.endings import complain, one_line

if TYPE_CHECKING:
    from chancery.batch.run import Event

__all__ = ["Board"]

# Seconds between two lines where there is no terminal to show a bar on.
LINE_EVERY = 30.0

# Failures that are named one by one; all of them are in the output.
MOST_NAMED = 100


class Board:
    """Shows shards, pages and reports a second, the time left, and memory; use it as a context."""

    def __init__(self, *, bar: bool) -> None:
        self._bar: Any = _bar() if bar else None
        self._task: Any = None
        self._started = self._said = time.monotonic()
        self._total = self._done = self._size = self._read_size = 0
        self._pages = self._reports = self._named = 0
        self._memory = 0
        self._now = (0, 0)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
            self._task = self._bar.add_task("planning", total=None, state="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    @property
    def shards(self) -> str:
        """How many shards are done, in words."""
        return f"{self._done:,} of {self._total:,} shards"

    def show(self, event: Event) -> None:
        """Take in what happened."""
        from chancery.batch.run import Planned, Progressed, Step  # noqa: PLC0415 - loaded by then

        if isinstance(event, Planned):
            self._total, self._done, self._size = event.shards, event.done, event.size
            for problem in event.errors:
                self._name(str(problem))
        elif isinstance(event, Progressed):
            self._now, self._memory = (event.pages, event.reports), event.memory
        elif isinstance(event, Step):  # what is tried again is no failure yet, and stands in the log alone
            self._step(event)
        self._draw()

    def _step(self, event: Any) -> None:  # noqa: ANN401 - a step
        self._read_size += event.shard.size
        if event.finished is None:
            self._name(event.problem)
            return
        self._done += 1
        self._pages += event.finished.pages
        self._reports += event.finished.read
        for line in event.finished.failures:
            self._name(line)
        if more := event.finished.failed - len(event.finished.failures):
            self._name(f"shard {event.shard.name}: {more:,} more failures, listed in failures/")

    def _name(self, problem: str) -> None:
        """Name what went wrong; a broken archive of a million pages is not a million lines."""
        self._named += 1
        if self._named > MOST_NAMED:
            return
        if self._bar:
            self._bar.console.print(
                f"chancery: {one_line(problem)}", markup=False, highlight=False, soft_wrap=True
            )
        else:
            complain(problem)
        if self._named == MOST_NAMED:
            complain("more went wrong; all of it is in failures/ and in report.json")

    def _draw(self) -> None:
        if self._bar:
            total = max(self._size, 1)
            self._bar.update(
                self._task,
                description=self.shards,
                total=total,
                completed=self._read_size,
                state=self._state(),
            )
        elif time.monotonic() - self._said >= LINE_EVERY:
            self._said = time.monotonic()
            complain(f"{self.shards}, {self._state()}{self._left()}")

    def _state(self) -> str:
        seconds = max(time.monotonic() - self._started, 1e-3)
        pages, reports = self._pages + self._now[0], self._reports + self._now[1]
        return (
            f"{pages / seconds:,.1f} pages/s, {reports / seconds:,.1f} reports/s, {self._memory >> 20:,} MB"
        )

    def _left(self) -> str:
        from chancery.batch.report import clock  # noqa: PLC0415 - loaded by then

        if not self._read_size:
            return ""
        seconds = time.monotonic() - self._started
        return f", {clock(seconds / self._read_size * (self._size - self._read_size))} left"


def _bar() -> Any:  # noqa: ANN401 - rich's
    from rich.console import Console  # noqa: PLC0415 - 70 ms that only a bar costs
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[state]}"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    )

"""What is said on standard error while reports are read: errors, each once, and how far things are."""

from __future__ import annotations

import sys
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

from chancery.cli.endings import complain, one_line
from chancery.errors import ChanceryError, InputError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Watch"]

# A file of a thousand objects that are no reports is one mistake, not a thousand.
MOST_ALIKE = 3


class Watch:
    """Counts reports and says what went wrong with them; shows a bar if asked to.

    Use as a context: at its end it says what it held back, and sums up.
    """

    def __init__(self, total: int | None = None, *, bar: bool = False, rate: bool = False) -> None:
        self.read = 0
        self.failed = 0
        self._alike: Counter[tuple[str, str]] = Counter()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        if bar:
            self._bar = _bar(rate=rate)
            self._task = self._bar.add_task("reading", total=total)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
        for (source, problem), count in self._alike.items():
            if count > MOST_ALIKE:
                complain(f"{source}: {count - MOST_ALIKE} more with the same: {problem}")
        if kind is None and self.failed and self.read + self.failed > 1:
            complain(f"{self.failed} of {self.read + self.failed} reports could not be read")

    def done(self) -> None:
        """Count a report that was read."""
        self.read += 1
        self._advance()

    def miss(self, error: ChanceryError) -> None:
        """Count a report that was not, and say why, unless the same was said often enough."""
        self.failed += 1
        self._advance()
        if isinstance(error, InputError):
            alike = (error.source, error.problem)
            self._alike[alike] += 1
            if self._alike[alike] > MOST_ALIKE:
                return
        if self._bar:
            # Printed by the bar, it moves out of the way.
            self._bar.console.print(
                f"chancery: {one_line(error)}", markup=False, highlight=False, soft_wrap=True
            )
        else:
            complain(error)

    def advance_to(self, count: int) -> None:
        """Set the bar to a count of reports."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=count)

    def _advance(self) -> None:
        if self._bar and self._task is not None:
            self._bar.advance(self._task)


def _bar(*, rate: bool) -> Progress:
    from rich.console import Console  # noqa: PLC0415 - 70 ms that only a bar costs
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text  # noqa: PLC0415 - as above

    class Rate(ProgressColumn):
        """Reports a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    if rate:
        columns.insert(3, Rate())
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)

"""What an engine is: it has workers, hands them tasks, and says which tasks ended and how.

That is all it does. In which order shards are sifted and read, what is tried
again, what is a duplicate of what and what is reported is decided by the
driver (`chancery.batch.run`), so that all engines give the same rows. A worker
does a task by :func:`chancery.batch.work.perform`, in whatever process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from chancery.articles import Options
from chancery.batch.gates import Gated
from chancery.batch.shards import Shard
from chancery.batch.tallies import Result
from chancery.lots import Equipment

__all__ = ["Died", "Ended", "Engine", "Progress", "Settings", "Task"]

PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """What every worker has to know; the same for all tasks of a run.

    Attributes:
        out: the folder of the output, or its address.
        work: a folder on this machine, or one that all machines see, for what waits between two steps.
        equipment: what the reader is loaded with.
        options: what the user says of the reports beforehand.
        gates_off: gates that let everything pass.
        patience: seconds that one page may take.
        partition: what the files are parted by: "day", "month", "year" of publication, or "none".
        made_by: versions of all that the rows depend on, as the manifest keeps them.
        root: what the run was asked to read.
    """

    out: str
    work: str
    equipment: Equipment = field(default_factory=Equipment)
    options: Options = field(default_factory=Options)
    gates_off: frozenset[str] = frozenset()
    patience: float = PATIENCE
    partition: str = "day"
    made_by: str = ""
    root: str = ""

    def stated(self) -> dict[str, str | bool | list[str] | None]:
        """State what the rows depend on besides the versions, as the manifest keeps it."""
        published = self.options.published
        return {
            "gates_off": sorted(self.gates_off),
            "published": published.isoformat() if published else None,
            "force": self.options.force,
            "partition": self.partition,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """One step of the work on one shard.

    "sift" turns pages into texts, judges each by the gates, and keeps what passed
    in `Settings.work`; "read" reads what passed there and writes the shard's files
    and its row of the manifest.

    Attributes:
        step: which.
        shard: of what.
        verdicts: to "read": for each report that was sifted, what it is a duplicate of.
        careful: pages are opened and read in a process of their own, which may die in the worker's place.
    """

    step: Literal["sift", "read"]
    shard: Shard
    verdicts: tuple[Gated | None, ...] = ()
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: pages sifted, or reports read; and the worker's memory in bytes."""

    task: Task
    done: int
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """A task that was done, or at which something was raised that is no fault of a page's.

    Attributes:
        task: which.
        result: what came of it; None where it failed.
        problem: why it failed, in one line.
        storage: it failed because nothing could be written: a full disk, a folder without permission.
    """

    task: Task
    result: Result | None = None
    problem: str | None = None
    storage: bool = False


@dataclass(frozen=True, slots=True)
class Died:
    """A task whose worker died: killed, out of memory, or by a page that ends the process."""

    task: Task
    how: str


class Engine(Protocol):
    """Runs tasks in workers.

    A worker loads the reader once (`chancery.batch.work.prepare`) and then performs
    task after task. An engine replaces workers that died; it does not try their
    tasks again.
    """

    @property
    def workers(self) -> int:
        """How many tasks can be under way at a time; the driver submits no more."""
        ...

    def submit(self, task: Task) -> None:
        """Have a task done, by whichever worker is idle."""
        ...

    def wait(self, seconds: float) -> Sequence[Ended | Died | Progress]:
        """Return what happened since the last call; wait for something to happen, at most so long."""
        ...

    def close(self) -> None:
        """End all workers, also those that are at work."""
        ...

"""The driver: which shard is sifted, decided on and read when, and what is tried again.

Shards are sifted and read by whichever worker is idle, and in between decided
on in their order: what a report repeats is asked of the shards before it, so
that the answer is the same with one worker and with forty. A few shards are
sifted ahead. Whenever the driver is killed, what is in the manifest is done,
and the next run goes on from there.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from chancery.batch.columns import columns_text
from chancery.batch.duplicates import DuplicateIndex
from chancery.batch.engine import Died, Ended, Engine, Progress, Settings, Task
from chancery.batch.folder import LocalFolder, RemoteFolder, folder_of
from chancery.batch.gates import Gated
from chancery.batch.hands import late_mark
from chancery.batch.manifest import Row, clear_shard, read_manifest, write_row
from chancery.batch.only import only_one
from chancery.batch.plan import plan_shards
from chancery.batch.shards import Shard
from chancery.batch.spool import spool_path
from chancery.batch.storage import digest_of_shard
from chancery.batch.tallies import Finished, Sifted
from chancery.errors import InputError

__all__ = ["Event", "Planned", "Progressed", "Run", "Step", "Told", "run_batch"]

# Shards that are sifted, or wait for it, for each worker: none is idle, and the disk holds few texts.
AHEAD = 2

# A worker that dies once may have been killed; at the second time, or when it took
# too long, the next one is careful. What then still dies is given up.
CARELESS = 2
MOST_TRIES = 10

# So many shards in a row of which nothing could be written: the disk is full, and it is useless to go on.
MOST_UNWRITTEN = 3

WAIT = 0.5  # seconds

DUPLICATE_GATES = frozenset({"exact_duplicate", "near_duplicate"})


@dataclass(frozen=True, slots=True)
class Step:
    """A shard that was done, or given up: with its counts, or with why."""

    shard: Shard
    finished: Finished | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened on the way: a worker that died, a shard that is tried again."""

    shard: Shard
    what: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far things are: pages sifted and reports read in all tasks that are under way, memory by worker."""

    pages: int
    reports: int
    memory: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What there is to do: shards in all, those that are done, bytes to be read, what cannot be looked at."""

    shards: int
    done: int
    size: int
    errors: tuple[InputError, ...] = ()


type Event = Planned | Step | Told | Progressed
type Watch = Callable[[Event], None]


@dataclass
class Run:
    """What became of a run.

    Attributes:
        rows: the manifest at the end, also of shards that earlier runs did.
        shards: how many the archive has.
        skipped: how many were done already.
        done: shard -> counts of those that were done in this run.
        given_up: shard -> why.
        errors: files that could not be looked at.
        cleared: shards whose files are gone from the archive, and so from the output.
        stopped: why it ended early.
        seconds: that it took.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    shards: int = 0
    skipped: int = 0
    done: dict[str, Finished] = field(default_factory=dict)
    given_up: dict[str, str] = field(default_factory=dict)
    errors: tuple[InputError, ...] = ()
    cleared: list[str] = field(default_factory=list)
    stopped: str | None = None
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether anything could not be read."""
        return bool(
            self.given_up or self.errors or self.stopped or any(one.failed for one in self.done.values())
        )


type Start = Callable[[Settings], Engine]


def run_batch(settings: Settings, start: Start, watch: Watch, *, reports: int, anew: bool = False) -> Run:
    """Read an archive into a folder of Parquet, as far as that is not done.

    Args:
        settings: what to read (`root`), into which folder (`out`), and how.
        start: starts the engine; called only if there is something to do.
        watch: told what happens.
        reports: about how many a shard is to hold.
        anew: read also what is done.

    Raises:
        InputError: there is nothing to read.
        OutputError: the folder cannot be written, or another run is writing it.
        ModelError, KnowledgeError: the reader cannot be loaded.
    """
    began = time.monotonic()
    folder = folder_of(settings.out)
    planned = plan_shards(settings.root, settings.out, reports)
    shards = [replace(one, number=at) for at, one in enumerate(planned) if isinstance(one, Shard)]
    errors = tuple(one for one in planned if isinstance(one, InputError))
    folder.begin()
    with only_one(settings.work), _index(settings) as index:
        rows = read_manifest(folder)
        run = Run(shards=len(shards), errors=errors)
        run.cleared = _clear_gone(folder, rows, shards, index, settings.root)
        _mark_outdated(folder, rows, index)
        todo = [one for one in shards if anew or not _is_done(folder, one, rows.get(one.name), settings)]
        run.skipped = len(shards) - len(todo)
        watch(Planned(len(shards), run.skipped, sum(one.size for one in todo), errors))
        folder.write({"columns.csv": columns_text().encode()})
        if todo:
            with contextlib.closing(start(settings)) as engine:
                while todo and not run.stopped:
                    _Driver(settings, engine, index, watch, run, deque(todo)).go()
                    outdated = _mark_outdated(folder, read_manifest(folder), index)
                    todo = [one for one in shards if one.name in outdated - run.given_up.keys()]
        run.rows = read_manifest(folder)
    run.seconds = time.monotonic() - began
    return run


def _index(settings: Settings) -> AbstractContextManager[DuplicateIndex | None]:
    if settings.gates_off >= DUPLICATE_GATES:
        return nullcontext()
    return DuplicateIndex.open(Path(settings.work).parent / "duplicates")


def _mark_outdated(
    folder: LocalFolder | RemoteFolder, rows: dict[str, Row], index: DuplicateIndex | None
) -> set[str]:
    """Take back the rows of shards of which a report was said to repeat one that is gone since.

    Before they are decided on anew: a run that is killed then must not take them for done.
    """
    outdated = {name for name in index.outdated() if name in rows} if index else set()
    for name in sorted(outdated):
        rows[name] = replace(rows[name], made_by="to be read again")
        write_row(folder, rows[name])
    return outdated


def _clear_gone(
    folder: LocalFolder | RemoteFolder,
    rows: dict[str, Row],
    shards: list[Shard],
    index: DuplicateIndex | None,
    root: str,
) -> list[str]:
    """Remove shards of this archive that it no longer has; those of other archives stay."""
    there = {shard.name for shard in shards}
    gone = sorted(name for name, row in rows.items() if row.root == root and name not in there)
    for name in gone:
        if index:
            index.decide(name, ())  # what repeated its reports is asked of anew
        clear_shard(folder, name)
        del rows[name]
    return gone


def _is_done(folder: LocalFolder | RemoteFolder, shard: Shard, row: Row | None, settings: Settings) -> bool:
    """Tell whether a shard was read as it is now, by this version, with these options."""
    if row is None or row.made_by != settings.made_by or row.options != settings.stated():
        return False
    if row.stamp == shard.stamp:
        return True
    if digest_of_shard(shard) != row.digest:
        return False
    write_row(folder, replace(row, stamp=shard.stamp))  # copied or touched: its bytes are the same
    return True


@dataclass
class _Driver:
    """The work that is left, and where each shard stands."""

    settings: Settings
    engine: Engine
    index: DuplicateIndex | None
    watch: Watch
    run: Run
    waiting: deque[Shard]
    order: deque[Shard] = field(init=False)
    sifted: dict[str, Sifted] = field(default_factory=dict)
    again: deque[Task] = field(default_factory=deque)
    ready: deque[Task] = field(default_factory=deque)
    under_way: dict[tuple[str, str], Progress] = field(default_factory=dict)
    tries: Counter[tuple[str, str]] = field(default_factory=Counter)
    unwritten: int = 0

    def __post_init__(self) -> None:
        self.order = deque(self.waiting)

    def go(self) -> None:
        """Have everything done."""
        while self._hand_out():
            for event in self.engine.wait(WAIT):
                self._heard(event)
            self._decide()
            self._say()

    def _hand_out(self) -> bool:
        """Keep all workers busy; False when nothing is left."""
        while len(self.under_way) < self.engine.workers and (task := self._next()):
            self.under_way[task.shard.name, task.step] = Progress(task, 0)
            self.engine.submit(task)
        return bool(self.under_way)

    def _next(self) -> Task | None:
        """Choose: what died, then what can be read, then what can be sifted without running far ahead."""
        if self.run.stopped:
            return None
        if self.again:
            return self.again.popleft()
        if self.ready:
            return self.ready.popleft()
        sifting = sum(step == "sift" for _, step in self.under_way)
        if self.waiting and sifting + len(self.sifted) < AHEAD * self.engine.workers:
            return Task("sift", self.waiting.popleft())
        return None

    def _heard(self, event: Ended | Died | Progress) -> None:
        key = event.task.shard.name, event.task.step
        if isinstance(event, Progress):
            self.under_way[key] = event
            return
        self.under_way.pop(key, None)
        if isinstance(event, Died):
            self._died(event, key)
        elif isinstance(event.result, Sifted):
            self.sifted[event.task.shard.name] = event.result
        elif isinstance(event.result, Finished):
            self._finished(event.task.shard, event.result)
        else:
            self._failed(event)

    def _died(self, event: Died, key: tuple[str, str]) -> None:
        """Try again, more carefully at the third time or where a page took too long."""
        self.tries[key] += 1
        late = self._was_late(event.task.shard)
        how = "a page took too long" if late else event.how
        self.watch(Told(event.task.shard, f"{event.task.step}: {how}; try {self.tries[key] + 1}"))
        if self.tries[key] >= MOST_TRIES:
            self._give_up(event.task.shard, f"{how}, {self.tries[key]} times")
            return
        careful = event.task.careful or late or self.tries[key] >= CARELESS
        self.again.append(replace(event.task, careful=careful))

    def _was_late(self, shard: Shard) -> bool:
        mark = late_mark(self.settings.work, shard.name)
        try:
            return mark.stat().st_size > 0
        except OSError:
            return False
        finally:
            mark.unlink(missing_ok=True)

    def _failed(self, event: Ended) -> None:
        self.unwritten = self.unwritten + 1 if event.storage else 0
        problem = event.problem or "no result"
        if self.unwritten >= MOST_UNWRITTEN:
            self.run.stopped = (
                f"nothing can be written ({problem}); free space or mend rights, and run it again"
            )
        self._give_up(event.task.shard, problem)

    def _give_up(self, shard: Shard, problem: str) -> None:
        self.run.given_up[shard.name] = problem
        self._forget(shard)
        self.watch(Step(shard, problem=problem))

    def _finished(self, shard: Shard, finished: Finished) -> None:
        self.unwritten = 0
        self.run.done[shard.name] = finished
        self._forget(shard)
        self.watch(Step(shard, finished))

    def _forget(self, shard: Shard) -> None:
        with contextlib.suppress(OSError):
            spool_path(self.settings.work, shard.name).unlink(missing_ok=True)

    def _decide(self) -> None:
        """Find the duplicates of every shard whose turn it is, and let it be read."""
        while self.order:
            shard = self.order[0]
            if shard.name not in self.sifted and shard.name not in self.run.given_up:
                return
            self.order.popleft()
            if (found := self.sifted.pop(shard.name, None)) is not None:
                self.ready.append(Task("read", shard, tuple(self._verdicts(shard, found))))

    def _verdicts(self, shard: Shard, found: Sifted) -> Iterator[Gated | None]:
        if self.index is None:
            yield from [None] * len(found.entries)
            return
        for verdict in self.index.decide(shard.name, found.entries):
            yield None if verdict and verdict.gate in self.settings.gates_off else verdict

    def _say(self) -> None:
        every = list(self.under_way.values())
        pages = sum(one.done for one in every if one.task.step == "sift")
        reports = sum(one.done for one in every if one.task.step == "read")
        self.watch(Progressed(pages, reports, sum(one.memory for one in every)))

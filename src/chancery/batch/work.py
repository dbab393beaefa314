"""One task, done in whatever process: the same function for every engine."""

from __future__ import annotations

import errno
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from chancery.articles import Report, content_id
from chancery.batch.duplicates import Entry
from chancery.batch.engine import Ended, Progress, Settings, Task
from chancery.batch.folder import folder_of
from chancery.batch.gates import Gated, load_gates
from chancery.batch.hands import CarefulHands, Hands, OwnHands, late_mark
from chancery.batch.manifest import Row, publish
from chancery.batch.memory import memory_now
from chancery.batch.pages import read_pages
from chancery.batch.shards import Shard
from chancery.batch.spool import Page, Spooled, read_spool, spool_path, write_spool
from chancery.batch.storage import digest_of_shard
from chancery.batch.tables import Place, Tables
from chancery.batch.tallies import Finished, Result, Sifted
from chancery.errors import ChanceryError, InputError, NoArticleError, NotEnglishError, ReadingError
from chancery.lots import Done, Item, Outcome, Passed, cut, load_reader

__all__ = ["entries_of", "perform", "prepare"]

type Tell = Callable[[Progress], None]

# Seconds between two words of how far a task is.
TOLD_EVERY = 1.0

# A disk that is full, a quota that is used up, a folder that may not be written.
STORAGE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG})

# Failures of a shard that are told one by one while it runs; all of them are in its file.
TOLD_FAILURES = 20


def prepare(settings: Settings) -> None:
    """Load what every task needs, once in a process.

    Raises:
        ModelError: the language model is missing or unfit.
        KnowledgeError: a table of the user's is.
    """
    load_reader(settings.equipment)
    load_gates(settings.gates_off)


def perform(task: Task, settings: Settings, tell: Tell, *, watched: bool = True) -> Ended:
    """Do a task; whatever is raised in it comes back as what ended it.

    Args:
        task: what to do.
        settings: of the run.
        tell: told now and then how far it is.
        watched: end this process where a page takes longer than the settings allow;
            off where the process is nobody's worker.
    """
    try:
        with _hands(task, settings, watched=watched) as hands:
            step = _sift if task.step == "sift" else _read
            return Ended(task, step(task, settings, hands, tell))
    except OSError as error:
        return Ended(task, problem=_told(task, error), storage=error.errno in STORAGE)
    except Exception as error:  # noqa: BLE001 - the shard has failed, and not the run
        return Ended(task, problem=_told(task, error))


@contextmanager
def _hands(task: Task, settings: Settings, *, watched: bool) -> Iterator[Hands]:
    mark = late_mark(settings.work, task.shard.name)
    if watched:
        mark.parent.mkdir(parents=True, exist_ok=True)
    hands: Hands = (
        CarefulHands(settings, reads=task.step == "read")
        if task.careful
        else OwnHands(settings, mark if watched else None)
    )
    try:
        yield hands
    finally:
        hands.close()


def _told(task: Task, error: Exception) -> str:
    if isinstance(error, ChanceryError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    at = "".join(f" at {Path(frame.filename).name}, line {frame.lineno}" for frame in last)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else f"{error}"
    return f"shard {task.shard.name}: {type(error).__name__}: {reason}{at}"


class _Clock:
    """Tells how far a task is, but not at every page."""

    def __init__(self, task: Task, tell: Tell) -> None:
        self.started = self._told = time.monotonic()
        self._task, self._tell = task, tell

    def at(self, done: int) -> None:
        if time.monotonic() - self._told >= TOLD_EVERY:
            self._told = time.monotonic()
            self._tell(Progress(self._task, done, memory_now()))

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.started, 3)


def _sift(task: Task, settings: Settings, hands: Hands, tell: Tell) -> Result:
    clock, shard = _Clock(task, tell), task.shard
    digest = digest_of_shard(shard)
    pages: list[Page] = []
    entries: list[Entry] = []
    for found in read_pages(shard, settings.options, hands.pages):
        page, entry = _judged(found, settings, hands)
        pages.append(page)
        entries += [entry] if entry else []
        clock.at(len(pages))
    write_spool(spool_path(settings.work, shard.name), Spooled(pages, digest, clock.seconds))
    gated = Counter(page.gated.gate for page in pages if page.gated)
    failed = sum(isinstance(page.found, InputError) and page.gated is None for page in pages)
    return Sifted(tuple(entries), len(pages), failed, dict(gated), clock.seconds)


def _judged(found: Report | InputError, settings: Settings, hands: Hands) -> tuple[Page, Entry | None]:
    if isinstance(found, InputError):
        return Page(found, _kept_by(found, settings.gates_off)), None
    try:
        verdict = hands.judge(found)
    except InputError as error:
        return Page(error), None
    if isinstance(verdict, Gated):
        return Page(found, verdict), None
    return Page(found), Entry(found.where, content_id(found.article.text), verdict)


def _kept_by(error: InputError, off: frozenset[str]) -> Gated | None:
    """Say which gate a page without a report in English stands before; None where that is off: it failed."""
    gate = {NoArticleError: "not_article", NotEnglishError: "not_english"}.get(type(error), "")
    return Gated(gate, error.problem) if gate and gate not in off else None


def entries_of(pages: list[Page]) -> list[int]:
    """Return which pages passed the gates that look at one alone, in the order of their entries."""
    return [at for at, page in enumerate(pages) if isinstance(page.found, Report) and page.gated is None]


def _read(task: Task, settings: Settings, hands: Hands, tell: Tell) -> Result:
    clock, shard = _Clock(task, tell), task.shard
    spooled = read_spool(spool_path(settings.work, shard.name))
    pages = list(spooled.pages)
    for at, verdict in zip(entries_of(pages), task.verdicts, strict=True):
        if verdict is not None:
            pages[at] = Page(pages[at].found, verdict)
    tables = Tables(settings.partition)
    failures: list[str] = []
    counts: Counter[str] = Counter()
    number = 0
    for lot in cut(_item(page) for page in pages):
        for outcome in hands.read(lot):
            _enter(tables, Place(shard.name, number), outcome, pages[number])
            if isinstance(outcome, InputError | ReadingError):
                failures.append(str(outcome))
            counts[type(outcome).__name__] += 1
            number += 1
        clock.at(counts["Done"])
    finished = Finished(
        pages=len(pages),
        read=counts["Done"],
        failed=len(failures),
        gated=dict(Counter(page.gated.gate for page in pages if page.gated)),
        seconds=round(spooled.seconds + clock.seconds, 3),
        memory=memory_now(),
        failures=tuple(failures[:TOLD_FAILURES]),
    )
    files = dict(tables.files(shard.name))
    publish(folder_of(settings.out), _row(shard, settings, spooled, finished, clock), files)
    return finished


def _item(page: Page) -> Item:
    """Keep the place of what is not read, so that lots are cut alike whatever a gate keeps."""
    if page.gated is None:
        return page.found
    return Passed(len(page.found.article.text) if isinstance(page.found, Report) else 0)


def _enter(tables: Tables, place: Place, outcome: Outcome, page: Page) -> None:
    if isinstance(outcome, Done):
        tables.read(place, outcome)
    elif isinstance(outcome, InputError | ReadingError):
        tables.failed(place, outcome, page.found.article if isinstance(page.found, Report) else None)
    elif page.gated:
        tables.gated(place, page.found, page.gated)


def _row(shard: Shard, settings: Settings, spooled: Spooled, finished: Finished, clock: _Clock) -> Row:
    return Row(
        shard=shard.name,
        root=settings.root,
        number=shard.number,
        files=len(shard.pieces),
        first=shard.pieces[0].path,
        stamp=shard.stamp,
        digest=spooled.digest,
        made_by=settings.made_by,
        options=settings.stated(),
        pages=finished.pages,
        read=finished.read,
        failed=finished.failed,
        gated=finished.gated,
        seconds={"sift": spooled.seconds, "read": clock.seconds},
        memory=finished.memory,
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )

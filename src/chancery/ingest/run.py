"""One run of an ingest: one writer, and readers in this process or in several.

Every lot of reports is one transaction: its readings, its failures, and the
ETags of feeds whose last report is in it. Whenever the run is ended, all lots
that were committed are in the ledger whole, and the next run begins after them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from chancery.articles import Options
from chancery.articles.fetch import is_address
from chancery.errors import ChanceryError, InputError, ReadingError
from chancery.ingest.sift import FAILED_BY, FeedEnd, Known, Sifter
from chancery.ledger import Entry, Ledger
from chancery.ledger.adding import Added, add_lot, make_current, now
from chancery.ledger.schema.reports import failures, feeds, ingests
from chancery.lots import Done, Equipment, Outcome, load_reader, read_lots

__all__ = ["Plan", "Step", "Tally", "ingest"]

AGAIN = "it is tried again with another version of Chancery, or with --retry"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ingest, and how.

    Attributes:
        sources: files, folders, addresses, "-"; none reads the ledger's own reports anew.
        options: what the user says of the reports beforehand.
        equipment: what the readers are loaded with.
        workers: processes that read.
        reread: read reports anew that another Chancery or another model read.
        retry: try reports again that failed.
    """

    sources: tuple[str, ...]
    options: Options = field(default_factory=Options)
    equipment: Equipment = field(default_factory=Equipment)
    workers: int = 1
    reread: bool = False
    retry: bool = False


@dataclass
class Tally:
    """What became of the reports of a run; `writing` are the seconds that the ledger took."""

    added: int = 0
    reworded: int = 0
    replaced: int = 0
    known: int = 0
    failed: int = 0
    writing: float = 0.0

    @property
    def done(self) -> int:
        """How many reports came by."""
        return self.added + self.reworded + self.replaced + self.known + self.failed

    def counts(self) -> dict[str, int]:
        """Return the counts by the names of their columns."""
        names = ("added", "reworded", "replaced", "known", "failed")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Step:
    """A lot that is in the ledger: how far the run is, and what failed in the lot."""

    tally: Tally
    failed: tuple[ChanceryError, ...] = ()


@dataclass
class _Run:
    ledger: Ledger
    sifter: Sifter
    tally: Tally = field(default_factory=Tally)
    key: int = 0

    def begin(self, plan: Plan) -> None:
        row = {"started_at": now(), "sources": list(plan.sources), **self.tally.counts()}
        with self.ledger.begin() as connection:
            put = insert(ingests).values(row).returning(ingests.c.ingest_key)
            self.key = connection.execute(put).scalar_one()

    def end(self) -> None:
        with self.ledger.begin() as connection:
            for identity, digest in self.sifter.came_back.items():
                make_current(connection, identity, digest)
            self._count(connection, ended_at=now())

    def _count(self, connection: Connection, **more: Any) -> None:  # noqa: ANN401 - values of columns
        mine = ingests.c.ingest_key == self.key
        connection.execute(update(ingests).where(mine).values(self.tally.counts() | more))

    def commit(self, lot: list[Outcome]) -> Step:
        """Write one lot, whole, and count it."""
        started = time.perf_counter()
        before = self.tally.counts()
        wrong: list[ChanceryError] = [one for one in lot if isinstance(one, InputError | ReadingError)]
        self.tally.known += sum(isinstance(one, Known) and not one.failed for one in lot)
        self.tally.failed += sum(isinstance(one, Known) and one.failed for one in lot)
        if any(not isinstance(one, Known) for one in lot):
            try:
                with self.ledger.begin() as connection:
                    wrong += self._write(connection, lot)
            except BaseException:
                for name, count in before.items():
                    setattr(self.tally, name, count)
                raise
        self.tally.writing += time.perf_counter() - started
        return Step(self.tally, tuple(wrong))

    def _write(self, connection: Connection, lot: list[Outcome]) -> list[ChanceryError]:
        done = [one for one in lot if isinstance(one, Done)]
        refused = self._add(connection, done)
        for one in lot:
            if isinstance(one, InputError | ReadingError):
                self._fail(connection, one)
            elif isinstance(one, FeedEnd):
                row = {
                    "url": one.url,
                    "etag": one.etag,
                    "last_modified": one.last_modified,
                    "checked_at": now(),
                }
                put = upsert(feeds).values(row).on_conflict_do_update(index_elements=["url"], set_=row)
                connection.execute(put)
        self._count(connection, maker=done[-1].maker) if done else self._count(connection)
        return refused

    def _add(self, connection: Connection, done: list[Done]) -> list[ChanceryError]:
        """Add readings; where the ledger refuses one, the others are added without it."""
        entries = [self._entry(one) for one in done]
        refused: list[ChanceryError] = []
        try:
            with connection.begin_nested():
                added = add_lot(connection, entries)
        except IntegrityError:
            added = []
            for entry in entries:
                try:
                    with connection.begin_nested():
                        added += add_lot(connection, [entry])
                except IntegrityError as error:
                    failure = ReadingError.of(entry.source or "", error, entry.place)
                    self._fail(connection, failure, stage="store")
                    refused.append(failure)
        self._land(added, done)
        return refused

    def _entry(self, one: Done) -> Entry:
        again = self.sifter.maker is not None
        if one.file == str(self.ledger.path):  # read anew from the ledger itself: its source stays
            return Entry(one.reading, maker=one.maker, replace=again)
        return Entry(one.reading, one.file, one.place, one.maker, replace=again)

    def _land(self, added: list[Added], done: list[Done]) -> None:
        for one in added:
            setattr(self.tally, one.outcome, getattr(self.tally, one.outcome) + 1)
        for report in done:
            self.sifter.landed(report.file, report.place)

    def _fail(self, connection: Connection, error: InputError | ReadingError, stage: str = "") -> None:
        identity, digest = self.sifter.landed(error.source, error.place)
        default, problem, mend = _told(error)
        row = {
            "source": error.source,
            "source_place": error.place or "",
            "identity": identity,
            "content_digest": digest,
            "stage": stage or default,
            "error": problem,
            "retry": mend,
            "maker": FAILED_BY,
            "attempts": 1,
            "failed_at": now(),
        }
        put = upsert(failures).values(row)
        again = row | {"attempts": failures.c.attempts + 1}
        connection.execute(put.on_conflict_do_update(index_elements=["source", "source_place"], set_=again))
        self.tally.failed += 1


def _told(error: InputError | ReadingError) -> tuple[str, str, str]:
    """Say at which stage a report failed, why, and how to try again."""
    if isinstance(error, ReadingError):
        return "read", str(error), AGAIN
    stage = "fetch" if is_address(error.source) and not error.place else "open"
    return stage, error.problem, error.mend


def ingest(ledger: Ledger, plan: Plan, watch: Callable[[Step], None] = lambda _step: None) -> Tally:
    """Read all reports of some sources into a ledger.

    Reports that the ledger has are passed over. What cannot be read becomes a row
    of `failures`, and the others are read.

    Args:
        ledger: opened for writing.
        plan: what to read, and how.
        watch: told after every lot that is committed.

    Raises:
        ModelError: the language model is missing or unfit.
        KnowledgeError: a table of the user's is.
        ChanceryError: a worker process died; what was committed is kept.
    """
    maker = _maker(plan.equipment) if plan.reread else None
    sifter = Sifter(ledger, plan.options, maker, plan.retry)
    run = _Run(ledger, sifter)
    run.begin(plan)
    for lot in read_lots(sifter.stream(plan.sources), plan.equipment, workers=plan.workers):
        watch(run.commit(lot))
    run.end()
    return run.tally


def _maker(equipment: Equipment) -> str:
    maker = load_reader(equipment).maker
    return f"chancery {maker.chancery} | {maker.model}"

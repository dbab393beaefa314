"""The ledger: one file that keeps the records of many reports."""

from __future__ import annotations

import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, select

from chancery.errors import LedgerError
from chancery.ledger.adding import Added, Entry, add_lot
from chancery.ledger.opening import open_engine, prepare
from chancery.ledger.queries import Filter, Found, find_actors, find_records, find_reports
from chancery.ledger.rebuilding import readings_of
from chancery.ledger.schema.reports import failures, readings, report_versions
from chancery.records import Event, Figure, Position, Reading, Statement

__all__ = ["Ledger"]

# Readings that are put together at a time: some megabytes.
TOGETHER = 32

EVERYTHING = Filter()


class Ledger:
    """A file of reports and what was read in them.

    >>> with Ledger.open("crisis.ledger", writing=True) as ledger:
    ...     ledger.add(reading)

    Many may read at once, also while one writes. Adding the same report again
    adds nothing; a report that comes back with other words is kept as a new
    version of the same report.
    """

    def __init__(self, path: Path, engine: Engine, *, readers: int = 0) -> None:
        self.path = path
        self.engine = engine
        # Who only looks never takes the place of the writer, also in a ledger opened for writing.
        self._looking = open_engine(path, writing=False, kept=readers)
        # Connections that are kept are closed with the ledger, also where nobody closes it.
        weakref.finalize(self, self._looking.dispose)

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """Make a new ledger, and open it for writing.

        Raises:
            LedgerError: there is a file of that name, or no directory for it.
        """
        path = Path(path)
        if path.exists():
            raise LedgerError(f"{path}: exists already; open it, or name another file")
        if not path.absolute().parent.is_dir():
            raise LedgerError(f"{path}: there is no directory {str(path.parent)!r}; make it first")
        return cls._opened(path, writing=True, new=True)

    @classmethod
    def open(cls, path: Path | str, *, writing: bool = False, readers: int = 0) -> Self:
        """Open a ledger, to read it or to add to it.

        Args:
            path: the file.
            writing: whether it is added to.
            readers: connections that stay open between looks at it, for servers.

        Raises:
            LedgerError: there is no such file, or it is no ledger of this version.
        """
        path = Path(path)
        if not path.is_file():
            raise LedgerError(
                f"{path}: there is no such ledger; make one with: chancery ingest {path} SOURCE"
            )
        new = path.stat().st_size == 0 and writing
        return cls._opened(path, writing=writing, new=new, readers=readers)

    @classmethod
    def _opened(cls, path: Path, *, writing: bool, new: bool, readers: int = 0) -> Self:
        engine = open_engine(path, writing=writing)
        prepare(engine, path, writing=writing, new=new)
        return cls(path, engine, readers=readers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self.engine.dispose()
        self._looking.dispose()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open one state of the ledger, for queries of your own with `chancery.ledger.schema`."""
        with self._looking.connect() as connection:
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction: all that is written in it is kept, or nothing."""
        with self.engine.begin() as connection:
            yield connection

    def add(self, reading: Reading, *, source: str | None = None, replace: bool = False) -> Added:
        """Add one reading, in a transaction of its own; see :meth:`add_all` for many.

        Args:
            reading: what was read.
            source: where the report came from.
            replace: put it in the place of what was read in the same words before.
        """
        return self.add_all([Entry(reading, source=source, replace=replace)])[0]

    def add_all(self, entries: Iterable[Entry | Reading]) -> list[Added]:
        """Add readings in one transaction, in order: all or none."""
        with self.begin() as connection:
            return add_lot(connection, [one if isinstance(one, Entry) else Entry(one) for one in entries])

    def reading(self, version_key: int) -> Reading:
        """Return the reading of a version of a report, equal to the one that was added.

        Raises:
            LedgerError: there is no such version, or it was never read.
        """
        for _, reading in self.readings([version_key]):
            return reading
        raise LedgerError(f"{self.path}: no reading of a report version {version_key}")

    def readings(
        self, version_keys: Sequence[int] | None = None, *, without: Collection[str] = ()
    ) -> Iterator[tuple[int, Reading]]:
        """Yield readings with the keys of their versions, by key; memory stays flat.

        Args:
            version_keys: which; all current wordings of all reports if left out.
            without: record kinds to leave empty, such as "mentions".
        """
        with self.connect() as connection:
            wanted = self.current_versions(connection) if version_keys is None else sorted(version_keys)
            for keys in batched(wanted, TOGETHER):
                yield from readings_of(connection, keys, without=without)

    def statements(self, asked: Filter = EVERYTHING) -> list[Found[Statement]]:
        """Return the statements that a filter lets pass, each with its report and its words.

        Raises:
            LedgerError: the order asked for is none.
        """
        with self.connect() as connection:
            return find_records(connection, "statements", asked)

    def events(self, asked: Filter = EVERYTHING) -> list[Found[Event]]:
        """Return events, as :meth:`statements` does statements."""
        with self.connect() as connection:
            return find_records(connection, "events", asked)

    def positions(self, asked: Filter = EVERYTHING) -> list[Found[Position]]:
        """Return positions, as :meth:`statements` does statements."""
        with self.connect() as connection:
            return find_records(connection, "positions", asked)

    def figures(self, asked: Filter = EVERYTHING) -> list[Found[Figure]]:
        """Return figures, as :meth:`statements` does statements."""
        with self.connect() as connection:
            return find_records(connection, "figures", asked)

    def actors(self, asked: Filter = EVERYTHING) -> list[dict[str, Any]]:
        """Return who is named, one row an actor, most reports first."""
        with self.connect() as connection:
            return find_actors(connection, asked)

    def reports(self, asked: Filter = EVERYTHING) -> list[dict[str, Any]]:
        """Return the reports, one row each, latest first."""
        with self.connect() as connection:
            return find_reports(connection, asked)

    def failures(self) -> list[dict[str, Any]]:
        """Return what could not be taken in: source, place, stage, error, how to try again."""
        with self.connect() as connection:
            query = select(failures).order_by(failures.c.source, failures.c.failure_key)
            return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - a row's names

    def current_versions(self, connection: Connection) -> Sequence[int]:
        """List the keys of the last wording of every report that was read."""
        query = (
            select(report_versions.c.version_key)
            .join(readings, readings.c.version_key == report_versions.c.version_key)
            .where(report_versions.c.is_current)
            .order_by(report_versions.c.version_key)
        )
        return connection.execute(query).scalars().all()

"""Opening the file of a ledger: how SQLite is set, and what is refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, QueuePool

from chancery.errors import LedgerError
from chancery.ledger.migrations import VERSION, create, migrate, version_of

__all__ = ["open_engine", "prepare"]

# Milliseconds that one writer waits for another: an ingest commits every few seconds.
PATIENCE = 30_000
CACHE = 64 << 10  # KiB
MAPPED = 256 << 20  # bytes
MANY = 100  # connections beside those that are kept


def open_engine(path: Path, *, writing: bool, kept: int = 0) -> Engine:
    """Make SQLAlchemy's engine for a file; nothing is opened yet.

    Each connection sees one state of the file from its first query to its end;
    those for writing take the file's one place for writers at their beginning.

    Args:
        path: the file.
        writing: whether it may be written.
        kept: connections that stay open for the next who asks: a page of the web
            application costs 12 ms less than with one that is opened for it.
    """
    query = "" if writing else "?mode=ro"
    address = f"file:{_quoted(path)}{query}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=PATIENCE / 1000, isolation_level=None, check_same_thread=False
        )

    if kept:
        engine = create_engine(
            "sqlite://",
            creator=connect,
            poolclass=QueuePool,
            pool_size=kept,
            max_overflow=MANY,
            pool_use_lifo=True,
        )
    else:
        engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "connect", _set_writer if writing else _set_reader)
    event.listen(engine, "begin", _begin_writing if writing else _begin_reading)
    return engine


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _set_reader(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    connection.execute(f"PRAGMA mmap_size = {MAPPED}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _set_writer(connection: Any, record: object) -> None:  # noqa: ANN401 - as above
    _set_reader(connection, record)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    # Every commit is on the disk when it returns, also should the power fail. Commits
    # are of many reports, so that this costs one flush every few seconds.
    connection.execute("PRAGMA synchronous = FULL")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def prepare(engine: Engine, path: Path, *, writing: bool, new: bool) -> None:
    """Make the tables of a new ledger, or bring those of an old one up to date.

    Raises:
        LedgerError: the file is no ledger, is damaged, or is of another version.
    """
    try:
        with engine.begin() as connection:
            if new:
                create(connection)
            version = version_of(connection)
        _check(version, path, writing=writing)
        while version < VERSION:
            with engine.begin() as connection:
                migrate(connection)
                version = version_of(connection)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise LedgerError(f"{path}: cannot be opened as a ledger ({_reason(error)})") from error


def _check(version: int, path: Path, *, writing: bool) -> None:
    if version == 0:
        raise LedgerError(f"{path}: an SQLite file, but no ledger; name another")
    if version > VERSION:
        raise LedgerError(
            f"{path}: a ledger of version {version}, made by a later Chancery; this one reads up to {VERSION}"
        )
    if version < VERSION and not writing:
        raise LedgerError(
            f"{path}: a ledger of version {version}, made by an earlier Chancery; "
            f"bring it to version {VERSION} with: chancery doctor {path} --migrate"
        )


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error)

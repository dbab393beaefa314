"""Which report repeats which: an index on disk, asked shard by shard, with one answer for one question.

What a shard was told is kept in the same transaction as what it added to the
index. Asked again with the same reports, as by a run that was killed, the same
is told; asked with other reports, because the shard has changed, what it added
is forgotten first. Only reports that repeat nothing are kept: all copies of a
report are told the same first one.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from chancery.batch.duplicates.signatures import DIGEST, LENGTH, Entry, Kept
from chancery.batch.gates import Gated
from chancery.errors import OutputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from chancery.batch.duplicates.deciding import Decided

__all__ = ["DuplicateIndex"]

# Of another version, the numbers in the files mean other things.
VERSION = 1

RECORD = DIGEST + LENGTH

# Files of a size are merged when there are so many: ten million reports lie in some twenty.
TOGETHER = 4

# Names of reports lie packed together: so many, and so many such packs stay at hand.
NAMES_TOGETHER, AT_HAND = 64, 1024

SCHEMA = """
BEGIN;
CREATE TABLE shards (
    shard INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, asked BLOB, told BLOB,
    first INTEGER NOT NULL, last INTEGER NOT NULL, kept BLOB NOT NULL);
CREATE INDEX shards_by_first ON shards (first);
CREATE TABLE names (first INTEGER PRIMARY KEY, names BLOB NOT NULL);
CREATE TABLE leans (shard INTEGER NOT NULL, upon INTEGER NOT NULL, PRIMARY KEY (upon, shard)) WITHOUT ROWID;
CREATE TABLE forgotten (first INTEGER PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE numbers (next INTEGER NOT NULL);
INSERT INTO numbers VALUES (0);
CREATE TABLE files (name TEXT PRIMARY KEY, level INTEGER NOT NULL);
PRAGMA user_version = 1;
COMMIT;
"""


class DuplicateIndex:
    """Remembers the reports of all shards; one process at a time may have it open."""

    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self._path = path
        self._base = base
        # numpy takes a tenth of a second, which `chancery --help` has not to spare.
        from chancery.batch.duplicates.postings import Postings  # noqa: PLC0415

        self._records = os.open(path / "records.bin", os.O_RDWR | os.O_CREAT, 0o644)
        self._postings = Postings()
        self._names = lru_cache(AT_HAND)(self._names_from)
        self._tidy()

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open the index in a folder, made if there is none.

        Raises:
            OutputError: the folder cannot be written, or holds the index of another version.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
            base = sqlite3.connect(path / "index.sqlite", isolation_level=None)
            _prepare(base, path)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"{path}: the index of duplicates cannot be opened ({error}); remove it, and run again"
            ) from error
        index = cls(path, base)
        try:
            yield index
        finally:
            index.close()

    def close(self) -> None:
        """Close the files."""
        self._postings.open(())
        os.close(self._records)
        self._base.close()

    def outdated(self) -> tuple[str, ...]:
        """List the shards some of whose reports were told to repeat one that is gone: ask of them again."""
        rows = self._base.execute("SELECT name FROM shards WHERE asked IS NULL ORDER BY name")
        return tuple(name for (name,) in rows)

    def decide(self, shard: str, entries: Sequence[Entry]) -> list[Gated | None]:
        """Say of each report of a shard what it repeats: of the shard, or of those that were asked of before.

        Args:
            shard: its name.
            entries: its reports, in order.

        Returns:
            For each report None, or the gate exact_duplicate or near_duplicate with the first such report.

        Raises:
            OutputError: the answer could not be written.
        """
        asked = _digest_of(entries)
        row = self._base.execute("SELECT asked, told FROM shards WHERE name = ?", (shard,)).fetchone()
        if row and row[0] == asked:
            return [Gated(*gated) if gated else None for gated in _unpack(row[1])]
        try:
            return self._decided(shard, entries, asked)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"{self._path}: the index of duplicates cannot be written ({error}); make room on its disk"
            ) from error

    def _decided(self, shard: str, entries: Sequence[Entry], asked: bytes) -> list[Gated | None]:
        from chancery.batch.duplicates.deciding import Earlier, decide  # noqa: PLC0415 - as above
        from chancery.batch.duplicates.postings import MOST_REPORTS  # noqa: PLC0415 - as above

        old = self._base.execute(
            "SELECT shard, first, last, kept FROM shards WHERE name = ?", (shard,)
        ).fetchone()
        first = self._next()
        own = (old[1], old[2]) if old else (0, 0)
        earlier = Earlier(lambda keys: self._find(keys, own), self._kept, self._name)
        decided = decide(entries, first, earlier)
        if first + len(decided.kept) > MOST_REPORTS:
            raise OutputError(f"{self._path}: more than {MOST_REPORTS:,} reports; part the archive")
        file = self._write(decided) if decided.kept else None
        with self._transaction():
            number = self._enter(shard, old, asked, decided, [entries[at] for at in decided.places])
            upon = {self._shard_of(number) for number in decided.leaning}
            self._base.executemany("INSERT INTO leans VALUES (?, ?)", [(number, one) for one in sorted(upon)])
            if file:
                self._base.execute("INSERT INTO files VALUES (?, 0)", (file,))
        self._merge()
        return decided.told

    def _next(self) -> int:
        """Number the next report: as none is or was."""
        return int(self._base.execute("SELECT next FROM numbers").fetchone()[0])

    def _enter(
        self, name: str, old: Sequence[Any] | None, asked: bytes, decided: Decided, new: Sequence[Entry]
    ) -> int:
        """Put a shard's answer and reports in the place of what was there under its name."""
        told = _pack([[gated.gate, gated.reason, gated.of] if gated else None for gated in decided.told])
        kept = b"".join(_digest_of((replace(entry, signature=b""),))[:8] for entry in new)
        first = self._next()
        values = (asked, told, first, first + len(new), kept)
        self._base.execute("UPDATE numbers SET next = ?", (first + len(new),))
        packs = [
            (first + at, _pack([entry.id for entry in new[at : at + NAMES_TOGETHER]]))
            for at in range(0, len(new), NAMES_TOGETHER)
        ]
        self._base.executemany("INSERT INTO names VALUES (?, ?)", packs)
        if old is None:
            cursor = self._base.execute(
                "INSERT INTO shards (asked, told, first, last, kept, name) VALUES (?, ?, ?, ?, ?, ?)",
                (*values, name),
            )
            return int(cursor.lastrowid or 0)
        shard = int(old[0])
        self._base.execute(
            "UPDATE shards SET asked = ?, told = ?, first = ?, last = ?, kept = ? WHERE shard = ?",
            (*values, shard),
        )
        self._base.execute("DELETE FROM leans WHERE shard = ?", (shard,))
        lost = not _eights(old[3]) <= _eights(kept)
        self._forget(shard, old[1], old[2], lost=lost)
        return shard

    def _forget(self, shard: int, first: int, last: int, *, lost: bool) -> None:
        """Leave reports out from now on; where some are lost, ask again of who repeated one."""
        if last > first:
            self._base.execute("INSERT INTO forgotten VALUES (?, ?)", (first, last))
        if lost:
            self._base.execute(
                "UPDATE shards SET asked = NULL WHERE shard != ? AND shard IN"
                " (SELECT shard FROM leans WHERE upon = ?)",
                (shard, shard),
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    # Files

    def _write(self, decided: Decided) -> str:
        """Bring what is new to the disk; it counts when the transaction says so."""
        from chancery.batch.duplicates.postings import packed, write_sorted  # noqa: PLC0415 - as above

        records = b"".join(one.digest + one.signature.ljust(LENGTH, b"\0") for one in decided.kept)
        os.pwrite(self._records, records, decided.kept[0].number * RECORD)
        os.fsync(self._records)
        name = f"0-{self._number()}.keys"
        write_sorted(self._path / name, iter((packed(*decided.postings()),)))
        return name

    def _number(self) -> int:
        """Number the next file: as none was that a killed run may have left."""
        return 1 + max((int(path.stem.partition("-")[2]) for path in self._path.glob("*-*.keys")), default=0)

    def _tidy(self) -> None:
        """Open the files that count, and remove what a killed run left beside them."""
        known = {self._path / name for (name,) in self._base.execute("SELECT name FROM files ORDER BY name")}
        for path in {*self._path.glob("*.keys"), *self._path.glob("*.tmp")} - known:
            path.unlink()
        self._reopen()

    def _reopen(self) -> None:
        import numpy as np  # noqa: PLC0415 - as above

        rows = self._base.execute("SELECT name FROM files ORDER BY name").fetchall()
        self._postings.open([self._path / name for (name,) in rows])
        self._dead = np.array(
            self._base.execute("SELECT first, last FROM forgotten ORDER BY first").fetchall(), np.uint64
        ).reshape(-1, 2)

    def _merge(self) -> None:
        """Merge files of one size where they are many, and go on with the next size."""
        from chancery.batch.duplicates.postings import merged, write_sorted  # noqa: PLC0415 - as above

        level = 0
        while True:
            rows = self._base.execute("SELECT name FROM files WHERE level = ? ORDER BY name", (level,))
            names = [name for (name,) in rows]
            if len(names) < TOGETHER:
                break
            new = f"{level + 1}-{self._number()}.keys"
            paths = [self._path / name for name in names]
            write_sorted(self._path / new, merged(paths, [(int(a), int(b)) for a, b in self._dead]))
            with self._transaction():
                self._base.execute("DELETE FROM files WHERE level = ?", (level,))
                self._base.execute("INSERT INTO files VALUES (?, ?)", (new, level + 1))
            self._reopen()
            for path in paths:
                path.unlink()
            level += 1
        self._reopen()

    # What is asked of it

    def _find(
        self, keys: NDArray[np.uint64], own: tuple[int, int]
    ) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """Find reports by keys, less those that were forgotten, and the shard's own of another time."""
        import numpy as np  # noqa: PLC0415 - as above

        places, reports = self._postings.find(keys)
        alive = (reports < own[0]) | (reports >= own[1])
        if len(self._dead):
            at = np.searchsorted(self._dead[:, 0], reports, side="right") - 1
            alive &= (at < 0) | (reports >= self._dead[np.maximum(at, 0), 1])
        return places[alive], reports[alive]

    def _kept(self, number: int) -> Kept:
        data = os.pread(self._records, RECORD, number * RECORD)
        signature = data[DIGEST:]
        return Kept(number, data[:DIGEST], signature if any(signature) else b"")

    def _name(self, number: int) -> str:
        query = "SELECT max(first) FROM names WHERE first <= ?"
        first = int(self._base.execute(query, (number,)).fetchone()[0])
        return self._names(first)[number - first]

    def _names_from(self, first: int) -> list[str]:
        row = self._base.execute("SELECT names FROM names WHERE first = ?", (first,)).fetchone()
        return [str(name) for name in _unpack(row[0])]

    def _shard_of(self, number: int) -> int:
        query = "SELECT shard FROM shards WHERE first <= ? AND last > ? ORDER BY first DESC LIMIT 1"
        return int(self._base.execute(query, (number, number)).fetchone()[0])


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    """Make the tables where there are none."""
    if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'shards'").fetchone():
        base.executescript(SCHEMA)
    found = base.execute("PRAGMA user_version").fetchone()
    if found != (VERSION,):
        base.close()
        raise OutputError(
            f"{path}: the index of duplicates was made by another version; remove it, and run again"
        )


def _digest_of(entries: Sequence[Entry]) -> bytes:
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(f"{entry.id}\0{entry.digest}\0".encode("utf-8", "surrogatepass") + entry.signature)
    return digest.digest()


def _eights(data: bytes) -> set[bytes]:
    return {data[at : at + 8] for at in range(0, len(data), 8)}


def _pack(value: object) -> bytes:
    return zlib.compress(json.dumps(value).encode(), 1)


def _unpack(data: bytes) -> Any:  # noqa: ANN401 - what was packed
    return json.loads(zlib.decompress(data))

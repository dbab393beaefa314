"""The manifest: one small JSON file a shard, written last, by which a run goes on where another ended.

A shard is done when its row is there. Before its files are put in place, their
names are noted down; so whoever reads the shard again, for whatever reason,
knows every file that ever came of it, and removes what is no longer right.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any

from chancery.batch.folder import OWN, Folder

__all__ = ["MANIFEST", "Row", "clear_shard", "publish", "read_manifest", "write_row"]

MANIFEST = f"{OWN}/manifest"
WRITING = f"{OWN}/writing"

# Reading 10,000 small files from an object store, one after another, takes minutes.
TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of a shard that is done.

    Attributes:
        shard: its name.
        root: what the run was asked to read, so that shards that are gone from there are found.
        number: its place in the archive when it was read, from 0.
        files: how many input files it is made of, and the first.
        stamp: the state of its files, without reading them.
        digest: SHA-256 of its bytes.
        made_by: versions of all that the rows depend on.
        options: gates that were off, and what else was asked for.
        pages, read, failed: counts; what is missing was gated.
        gated: count by gate.
        seconds: of work, by step.
        memory: of the worker at the end, in bytes.
        written: kind of record -> values of the partition that it has a file in.
        finished_at: the moment, in UTC.
    """

    shard: str
    root: str = ""
    number: int = 0
    files: int = 0
    first: str = ""
    stamp: str = ""
    digest: str = ""
    made_by: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    pages: int = 0
    read: int = 0
    failed: int = 0
    gated: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    memory: int = 0
    written: Mapping[str, list[str]] = field(default_factory=dict)
    finished_at: str = ""

    def paths(self) -> set[str]:
        """Name all its files in the output."""
        return {
            "/".join(part for part in (kind, folder, f"{self.shard}.parquet") if part)
            for kind, folders in self.written.items()
            for folder in folders
        }


def _name(shard: str) -> str:
    return f"{MANIFEST}/{shard}.json"


def read_manifest(folder: Folder) -> dict[str, Row]:
    """Read all rows; what is no row, as a disk may leave it that failed, counts as not done."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        rows = list(pool.map(lambda name: _row(folder, name), folder.names(MANIFEST)))
    return {row.shard: row for row in rows if row}


def _row(folder: Folder, name: str) -> Row | None:
    try:
        return Row(**json.loads(folder.read(name)))
    except (OSError, ValueError, TypeError):
        return None


def write_row(folder: Folder, row: Row) -> None:
    """Write the row of a shard, whole or not at all."""
    folder.write({_name(row.shard): (json.dumps(asdict(row), ensure_ascii=False) + "\n").encode()})


def publish(folder: Folder, row: Row, files: Mapping[str, bytes]) -> None:
    """Put the files of a shard in place of those that it had before, and its row last.

    Args:
        folder: of the output.
        row: of the shard; what it says of its files is filled in here.
        files: path in the folder -> bytes.

    Raises:
        OSError: they cannot be written; the shard is as it was, or counts as not done.
    """
    before = set(_files_of(folder, row.shard))
    if before or files:
        _note(folder, row.shard, before | files.keys())
    folder.write(files)
    folder.remove(sorted(before - files.keys()))
    written: dict[str, list[str]] = {}
    for path in files:
        kind, _, rest = path.partition("/")
        written.setdefault(kind, []).append(rest.rpartition("/")[0])
    write_row(folder, _with(row, written))
    folder.remove([f"{WRITING}/{row.shard}.json"])


def _with(row: Row, written: Mapping[str, list[str]]) -> Row:
    return Row(**(asdict(row) | {"written": written}))


def _note(folder: Folder, shard: str, paths: set[str]) -> None:
    folder.write({f"{WRITING}/{shard}.json": json.dumps(sorted(paths)).encode()})


def _files_of(folder: Folder, shard: str) -> Iterator[str]:
    """Name every file that came of a shard, by its row and by the note of a run that was killed."""
    if row := _row(folder, _name(shard)):
        yield from row.paths()
    with contextlib.suppress(OSError, ValueError):
        yield from json.loads(folder.read(f"{WRITING}/{shard}.json"))


def clear_shard(folder: Folder, shard: str) -> None:
    """Remove a shard from the output, with all its files."""
    files = sorted(_files_of(folder, shard))
    folder.remove([_name(shard)])
    folder.remove([*files, f"{WRITING}/{shard}.json"])

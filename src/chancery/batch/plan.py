"""Which shards an archive is made of: files that hold many reports by themselves, small files gathered.

The order is that of names, as in an ingest of the same files. Where gathered
files are parted is decided by their names and not by counting, so that a new
file changes the shard it falls into and no other; a file that grows changes
its last part.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from chancery.articles.source import NOT_IN_FOLDERS, SUFFIXES, form_of_name, readable_files, unreadable
from chancery.batch.shards import Piece, Shard, shard_of
from chancery.batch.split import cuts
from chancery.batch.storage import is_remote, matching, remote, stamp_of
from chancery.errors import InputError

__all__ = ["REPORTS_IN_SHARD", "plan_shards"]

# Two to three minutes of one worker's work: what a worker that dies costs at most.
REPORTS_IN_SHARD = 1000

# What holds many reports; the rest is gathered.
MANY = frozenset({"lines", "warc", "parquet", "zip", "tar"})

# Gathered files may be large, and are not to make a shard a day's work.
MOST_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    stamp: str
    size: int


def plan_shards(source: str, apart: str = "", reports: int = REPORTS_IN_SHARD) -> list[Shard | InputError]:
    """Lay out the shards of an archive, in order; what cannot be looked at stands there as an error.

    Args:
        source: a file, a folder or a pattern, on this machine or by address.
        apart: a folder that is left out: the output, where it lies inside the archive.
        reports: about how many reports a shard is to hold.

    Raises:
        InputError: nothing is there.
    """
    found = list(_gathered(_files(source, apart), reports))
    if not any(isinstance(one, Shard) for one in found):
        for one in found:
            if isinstance(one, InputError):
                raise one
        raise InputError(source, "nothing to read", f"known by their suffix are {' '.join(SUFFIXES)}")
    return found


def _files(source: str, apart: str) -> Iterator[_Found | InputError]:
    for name in matching(source):
        for path in _inside(name):
            if isinstance(path, InputError):
                yield path
            elif not _lies_in(path, apart):
                try:
                    yield _Found(path, *stamp_of(path))
                except OSError as error:
                    yield unreadable(path, error)


def _lies_in(path: str, folder: str) -> bool:
    if not folder or is_remote(path) != is_remote(folder):
        return False
    if is_remote(path):
        return path.startswith(folder.rstrip("/") + "/")
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def _inside(name: str) -> Iterator[str | InputError]:
    """List the files of a folder by name, or the file itself."""
    if not is_remote(name):
        yield from readable_files(name)
        return
    system, path = remote(name)
    # A server of pages has no folders; whether there is such a page shows when it is opened.
    listed: list[str] = []
    if not name.lower().startswith("http"):
        with suppress(OSError):
            listed = sorted(system.find(path)) if system.isdir(path) else []
    for one in listed:
        if SUFFIXES.keys() & _suffixes(one) and not NOT_IN_FOLDERS & _suffixes(one):
            yield system.unstrip_protocol(one)
    if not listed:
        yield name


def _suffixes(name: str) -> set[str]:
    return {Path(name.lower().removesuffix(".gz")).suffix}


def _gathered(files: Iterable[_Found | InputError], reports: int) -> Iterator[Shard | InputError]:
    waiting: list[_Found] = []
    for file in files:
        if isinstance(file, _Found) and form_of_name(file.path) not in MANY:
            waiting.append(file)
            if _full(waiting, reports):
                yield _together(waiting)
                waiting = []
            continue
        if waiting:
            yield _together(waiting)
            waiting = []
        if isinstance(file, InputError):
            yield file
        else:
            yield from _parts(file, reports)
    if waiting:
        yield _together(waiting)


def _full(files: list[_Found], reports: int) -> bool:
    """Tell where a gathered shard ends: mostly by the name of its last file, which no other file changes."""
    if len(files) >= 4 * reports or sum(file.size for file in files) >= MOST_BYTES:
        return True
    name = files[-1].path.rsplit("/", 1)[-1]
    mark = int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:4])
    return len(files) >= max(reports // 4, 1) and mark % max(reports * 3 // 4, 1) == 0


def _together(files: list[_Found]) -> Shard:
    pieces = [Piece(file.path) for file in files]
    state = "\n".join(f"{file.path} {file.stamp}" for file in files)
    stamp = hashlib.sha256(state.encode("utf-8", "surrogateescape")).hexdigest()
    return shard_of(pieces, f"{_full_name(files[0].path)}+", sum(file.size for file in files), stamp)


def _parts(file: _Found, reports: int) -> Iterator[Shard | InputError]:
    try:
        pieces = cuts(file.path, file.size, reports)
    except OSError as error:
        yield unreadable(file.path, error)
        return
    for piece in pieces:
        part = "" if piece.whole else f" {piece.start}"
        size = file.size // len(pieces)
        yield shard_of([piece], _full_name(file.path) + part, size, file.stamp)


def _full_name(path: str) -> str:
    """Name a file so that it is known again from wherever the command is given."""
    return path if is_remote(path) else str(Path(path).resolve())

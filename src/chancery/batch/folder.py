"""The folder of the output: whole files or none, on this machine or in an object store.

On this machine a file is written under a temporary name in a folder beside,
brought to the disk, and renamed; in an object store a file appears when it was
sent whole, and needs no renaming.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from chancery.batch.storage import is_remote, remote
from chancery.errors import OutputError

__all__ = ["OWN", "Folder", "LocalFolder", "RemoteFolder", "folder_of"]

# More files than this are brought to the disk by one call.
MANY = 16

# What is ours and no table; engines and readers of Parquet pass over names with this beginning.
OWN = "_chancery"


class Folder(Protocol):
    """A place for files, named by their paths in it with "/"."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files, each whole; the ones that are there are replaced. Raises OSError."""
        ...

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises FileNotFoundError."""
        ...

    def names(self, folder: str) -> list[str]:
        """List the files in a folder, by name; none where there is no such folder."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, those that are not there in silence."""
        ...


class LocalFolder:
    """A folder on this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write all under temporary names, then rename all, so that a full disk leaves the old files."""
        staged: list[tuple[Path, Path]] = []
        at_once = len(files) > MANY and _syncfs() is not None
        aside = self.path / OWN / "tmp"
        aside.mkdir(parents=True, exist_ok=True)
        try:
            for name, data in files.items():
                temporary = aside / f"{os.getpid()}-{secrets.token_hex(6)}"
                staged.append((temporary, self.path / name))
                with temporary.open("wb") as file:
                    file.write(data)
                    file.flush()
                    if not at_once:
                        os.fsync(file.fileno())
            if at_once:
                _bring_all(self.path)
            folders = {final.parent for _, final in staged}
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            for temporary, final in staged:
                temporary.replace(final)
            if at_once:
                _bring_all(self.path)
            for folder in () if at_once else folders:
                _bring_to_disk(folder)
        except BaseException:
            for temporary, _ in staged:
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)
            raise

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return (self.path / name).read_bytes()

    def names(self, folder: str) -> list[str]:
        """List the files in a folder."""
        if not (self.path / folder).is_dir():
            return []
        return sorted(f"{folder}/{one.name}" for one in (self.path / folder).iterdir() if one.is_file())

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and folders that are empty without them."""
        for name in names:
            path = self.path / name
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # others are in it
                path.parent.rmdir()

    def begin(self) -> None:
        """Make the folder where there is none, and clear what a run that was killed left half written.

        Raises:
            OutputError: it cannot be made or written.
        """
        try:
            shutil.rmtree(self.path / OWN / "tmp", ignore_errors=True)
            (self.path / OWN / "tmp").mkdir(parents=True, exist_ok=True)
            self.write({f"{OWN}/README": ABOUT})
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written ({error.strerror or error}); name one that you may write"
            ) from error


ABOUT = b"""This folder was written by `chancery batch`. manifest/ has one file a shard: what was
read, by which version, with which options; a run that is given again goes by it.
While nothing runs, work/ and tmp/ may be removed.
"""


@cache
def _syncfs() -> Callable[[int], int] | None:
    try:
        call: Callable[[int], int] = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError, TypeError):  # Linux alone has it
        return None
    return call


def _bring_all(folder: Path) -> None:
    """Bring all that was written to the disk of a folder at once.

    A shard of reports of many days is some thousand small files, and a call for
    each takes longer than reading the reports.

    Raises:
        OSError: it could not be written.
    """
    call = _syncfs()
    assert call is not None  # asked before
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def _bring_to_disk(folder: Path) -> None:
    """Make renamings last: they are kept in the folder, which is a file of its own."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class RemoteFolder:
    """A folder in an object store, or whatever else fsspec writes to."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._system, self._root = self._opened()

    def _opened(self) -> tuple[Any, str]:
        system, root = remote(self.address)
        return system, root.rstrip("/")

    def _full(self, name: str) -> str:
        return f"{self._root}/{name}"

    def write(self, files: Mapping[str, bytes]) -> None:
        """Send files, one by one."""
        for name, data in files.items():
            self._system.makedirs(str(PurePosixPath(self._full(name)).parent), exist_ok=True)
            self._system.pipe_file(self._full(name), data)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return bytes(self._system.cat_file(self._full(name)))

    def names(self, folder: str) -> list[str]:
        """List the files in a folder."""
        try:
            listed = self._system.ls(self._full(folder), detail=False)
        except FileNotFoundError:
            return []
        return sorted(f"{folder}/{name.rstrip('/').rsplit('/', 1)[-1]}" for name in listed)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files."""
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                self._system.rm_file(self._full(name))

    def begin(self) -> None:
        """Write a note, which shows whether writing is allowed.

        Raises:
            OutputError: it is not.
        """
        try:
            self.write({f"{OWN}/README": ABOUT})
        except Exception as error:  # every store has errors of its own
            raise OutputError(f"{self.address}: cannot be written ({error}); check your rights") from error


def folder_of(out: str) -> LocalFolder | RemoteFolder:
    """Open the folder of an output by its path or address."""
    return RemoteFolder(out) if is_remote(out) else LocalFolder(Path(out))

"""Where bytes are: files of this machine by their paths, all else through fsspec by address.

An address has a scheme ("s3://bucket/march/*.parquet"); fsspec and what it
needs for the scheme come with the extra ``chancery[batch]``, or are named in the error.
"""

from __future__ import annotations

import glob
import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from chancery.articles.source import form_of_name
from chancery.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from chancery.batch.shards import Piece, Shard

__all__ = ["Stretch", "digest_of_shard", "is_remote", "matching", "opened", "remote", "stamp_of"]

SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
PATTERN = re.compile(r"[*?\[]")
CHUNK = 1 << 20

# What fsspec's file systems raise for want of a package ends in its name.
MEND = "check the address and your rights, and run it again"


def is_remote(path: str) -> bool:
    """Tell an address from the path of a file on this machine."""
    return bool(SCHEME.match(path))


def remote(path: str) -> tuple[Any, str]:
    """Open the file system of an address.

    Returns:
        fsspec's file system, and the path in it.

    Raises:
        MissingExtraError: fsspec is not installed.
        InputError: nothing is known that reads such addresses.
    """
    try:
        import fsspec  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("reading addresses", "batch") from error
    try:
        found: tuple[Any, str] = fsspec.core.url_to_fs(path)
    except (ImportError, ValueError) as error:
        raise InputError(path, f"no way to read it ({error})", "install what the message names") from error
    return found


def matching(pattern: str) -> list[str]:
    """List the files and folders that a pattern stands for, by name; without a wildcard, itself."""
    if not PATTERN.search(pattern) or (not is_remote(pattern) and Path(pattern).exists()):
        return [pattern]
    if not is_remote(pattern):
        return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - pathlib has none for whole paths
    system, path = remote(pattern)
    return sorted(system.unstrip_protocol(name) for name in system.glob(path))


def stamp_of(path: str) -> tuple[str, int]:
    """Tell a state of a file from another without reading it.

    Returns:
        what changes whenever the file is written: size and moment, or the tag that a server gives it;
        and the size in bytes.

    Raises:
        OSError: there is no such file, or it may not be looked at.
    """
    if not is_remote(path):
        found = Path(path).stat()
        return f"{found.st_size}-{found.st_mtime_ns}", found.st_size
    system, name = remote(path)
    about = system.info(name)
    tags = [str(about[key]) for key in ("ETag", "etag", "LastModified", "mtime", "created") if about.get(key)]
    size = int(about.get("size") or 0)
    return "-".join([str(size), *tags[:1]]), size


@dataclass
class Stretch(io.RawIOBase):
    """A part of a file, from one byte to before another, as a file of its own."""

    file: BinaryIO
    start: int
    end: int

    def __post_init__(self) -> None:
        self.file.seek(self.start)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be read from any place."""
        return True

    def tell(self) -> int:
        """Return the place in the part."""
        return self.file.tell() - self.start

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the part."""
        base = {io.SEEK_SET: self.start, io.SEEK_CUR: self.file.tell(), io.SEEK_END: self.end}[whence]
        return self.file.seek(base + offset) - self.start

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any writable buffer
        """Fill a buffer, at most to the end of the part."""
        data = self.file.read(max(min(len(buffer), self.end - self.file.tell()), 0))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file as well."""
        self.file.close()
        super().close()


@contextmanager
def opened(piece: Piece, *, rows: bool = False) -> Iterator[BinaryIO]:
    """Open the bytes of a piece; what is not on this machine is fetched whole first.

    Args:
        piece: which file, and which part of it.
        rows: the part is counted in rows; the whole file is opened.

    Raises:
        OSError: it cannot be read.
    """
    if not is_remote(piece.path):
        with Path(piece.path).open("rb") as file:
            yield file if piece.whole or rows else _part(file, piece)
        return
    system, name = remote(piece.path)
    with system.open(name, "rb") as file:
        if rows:
            yield file
            return
        with tempfile.TemporaryFile(buffering=0) as raw, io.BufferedReader(raw) as copy:
            shutil.copyfileobj(file if piece.whole else _part(file, piece), raw, CHUNK)
            copy.seek(0)
            yield cast("BinaryIO", copy)


def _part(file: BinaryIO, piece: Piece) -> BinaryIO:
    end = piece.end if piece.end is not None else file.seek(0, os.SEEK_END)
    return cast("BinaryIO", io.BufferedReader(Stretch(file, piece.start, end), CHUNK))


def digest_of_shard(shard: Shard) -> str:
    """Make a digest of what a shard is made of: SHA-256 over the bytes of its pieces, in order.

    Of a file that cannot be read, the name counts.
    """
    digest = hashlib.sha256()
    for piece in shard.pieces:
        try:
            if form_of_name(piece.path) == "parquet" and not piece.whole:
                digest.update(_state_of_rows(piece))
                continue
            with opened(piece) as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
        except OSError as error:
            digest.update(f"{piece.path} {error.errno}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _state_of_rows(piece: Piece) -> bytes:
    """Tell by the state of the file: rows lie in it by columns, and each part would have to read it all."""
    return f"{stamp_of(piece.path)[0]} {piece.start} {piece.end}".encode()

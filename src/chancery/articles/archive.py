"""Zip and tar archives -> the files in them, one by one, in their order, nothing written to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from chancery.articles.placed import placed
from chancery.articles.report import Draft
from chancery.errors import InputError

__all__ = ["drafts_of_tar", "drafts_of_zip", "is_office"]

# Opens a member: its bytes, its name, what to call the archive in an error.
type Reading = Callable[[BinaryIO, str, str], Iterator[Draft | InputError]]
type Wanted = Callable[[str], bool]

BROKEN = "pack it again, or unpack it and give the folder"


def is_office(file: BinaryIO) -> bool:
    """Tell office documents and e-books, which are zip archives, from archives of reports."""
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    finally:
        file.seek(0)
    return bool(names & {"[Content_Types].xml", "mimetype", "META-INF/container.xml"})


def drafts_of_zip(file: BinaryIO, name: str, wanted: Wanted, read: Reading) -> Iterator[Draft | InputError]:
    """Read the files in a zip archive by name; those that cannot be reports are passed over."""
    found = False
    try:
        with zipfile.ZipFile(file) as archive:
            for member in sorted(archive.namelist()):
                if not wanted(member):
                    continue
                found = True
                with archive.open(member) as opened:
                    yield from placed(read(cast("BinaryIO", opened), member, name), member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        # RuntimeError: it is encrypted; NotImplementedError: packed in a way of its own.
        yield InputError(name, f"a zip archive that cannot be unpacked ({error})", BROKEN)
        return
    if not found:
        yield _nothing(name)


def drafts_of_tar(file: BinaryIO, name: str, wanted: Wanted, read: Reading) -> Iterator[Draft | InputError]:
    """Read the files in a tar archive in their order, as a stream."""
    found = False
    try:
        with tarfile.open(fileobj=file, mode="r|*") as archive:
            for member in archive:
                opened = archive.extractfile(member) if member.isfile() and wanted(member.name) else None
                if opened is None:
                    continue
                found = True
                yield from placed(read(cast("BinaryIO", opened), member.name, name), member.name)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        yield InputError(name, f"a tar archive that cannot be unpacked ({error})", BROKEN)
        return
    if not found:
        yield _nothing(name)


def _nothing(name: str) -> InputError:
    return InputError(name, "no reports in this archive", "known by their suffix are text, HTML, JSON, feeds")

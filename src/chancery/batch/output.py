"""What a batch wrote -> readings again, exactly as they were, in the order of the archive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chancery.batch.folder import OWN, Folder, folder_of
from chancery.batch.manifest import MANIFEST, Row, read_manifest
from chancery.batch.storage import is_remote
from chancery.errors import InputError, MissingExtraError, ReadingError
from chancery.lots import Done
from chancery.records import Reading

__all__ = ["Failure", "contents_of", "is_output", "reading_of"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that could not be read; `identity` and `digest` are its report's, where one was found in it."""

    error: InputError | ReadingError
    identity: str = ""
    digest: str = ""


def is_output(path: str) -> bool:
    """Tell whether a folder was written by a batch. Pages on the web are none."""
    if path.lower().startswith(("http://", "https://")):
        return False
    if is_remote(path):
        return bool(folder_of(path).names(MANIFEST))
    return (Path(path) / OWN).is_dir() and (Path(path) / MANIFEST).is_dir()


def reading_of(text: str, reading: str) -> Reading:
    """Put a reading together again from the columns `text` and `reading` of the table `reports`.

    Raises:
        ValueError: the columns are of another version, or of something else.
    """
    fields = json.loads(reading)
    fields["article"]["text"] = text
    return Reading.model_validate(fields)


def contents_of(out: str) -> Iterator[Done | Failure]:
    """Yield all reports of an output, and what failed, in the order of the archive; a shard at a time.

    Raises:
        MissingExtraError: pyarrow is not installed.
        InputError: a file that the manifest names is missing or broken.
    """
    folder = folder_of(out)
    rows = sorted(read_manifest(folder).values(), key=lambda row: (row.root, row.number, row.shard))
    for row in rows:
        entries = [*_table(folder, out, row, "reports"), *_table(folder, out, row, "failures")]
        entries.sort(key=lambda entry: int(entry["number"]))
        for entry in entries:
            yield _done(entry) if "reading" in entry else _failure(entry)


def _table(folder: Folder, out: str, row: Row, kind: str) -> list[dict[str, Any]]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("reading what a batch wrote", "batch") from error
    found: list[dict[str, Any]] = []
    for path in sorted(path for path in row.paths() if path.startswith(f"{kind}/")):
        try:
            found += pq.read_table(pa.BufferReader(folder.read(path))).to_pylist()
        except (OSError, pa.ArrowException) as error:
            raise InputError(
                f"{out.rstrip('/')}/{path}", f"cannot be read ({error})", "run the same batch again"
            ) from error
    return found


def _done(entry: dict[str, Any]) -> Done:
    reading = reading_of(entry["text"], entry["reading"])
    return Done(entry["source"], entry["source_place"], reading, entry["maker"])


def _failure(entry: dict[str, Any]) -> Failure:
    error: InputError | ReadingError
    if entry["stage"] == "read":
        error = ReadingError(entry["problem"])
        error.source, error.place = entry["source"], entry["source_place"]
    else:
        error = InputError(entry["source"], entry["problem"], entry["mend"], place=entry["source_place"])
    return Failure(error, entry["identity"] or "", entry["digest"] or "")

"""Readings -> output: one writer a format, each taking one reading at a time."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from chancery.errors import OutputError

if TYPE_CHECKING:
    from chancery.records import Reading

__all__ = ["Format", "Writer", "chosen_format", "open_writer"]


class Format(StrEnum):
    """How readings are printed."""

    json = "json"
    jsonl = "jsonl"


class Writer(Protocol):
    """Takes readings one by one, so that memory stays flat."""

    def write(self, reading: Reading) -> None:
        """Write one reading."""

    def close(self, *, failed: int) -> None:
        """Write what closes the output; `failed` reports could not be read."""


def chosen_format(asked: Format | None, output: Path | None) -> Format:
    """Take what was asked for, or what the output's suffix says, or what suits where it goes."""
    if asked is not None:
        return asked
    if output is not None and output.suffix[1:] in Format:
        return Format(output.suffix[1:])
    return Format.json if output is None and sys.stdout.isatty() else Format.jsonl


def open_writer(form: Format, output: Path | None) -> Writer:
    """Open the output for writing.

    Raises:
        OutputError: it cannot be written.
    """
    file = _opened(output)
    return _MAKERS[form](file)


def _opened(output: Path | None) -> TextIO:
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            # Records are UTF-8 with LF everywhere, whatever a system's consoles use.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        return sys.stdout
    try:
        return output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(output, error) from error


def unwritable(output: Path, error: OSError) -> OutputError:
    """Say why a path cannot be written, and what would help."""
    if isinstance(error, FileNotFoundError):
        return OutputError(f"{output}: there is no directory {str(output.parent)!r}; make it first")
    if isinstance(error, IsADirectoryError):
        return OutputError(f"{output}: this is a directory; name a file in it")
    return OutputError(f"{output}: cannot be written ({error.strerror}); name another place with --output")


@dataclass
class JsonLines:
    """One reading a line."""

    file: TextIO

    def write(self, reading: Reading) -> None:
        """Write one line; it leaves at once, so that whoever reads the pipe need not wait."""
        self.file.write(reading.model_dump_json() + "\n")
        self.file.flush()

    def close(self, *, failed: int) -> None:
        """Lines need no end."""


SPAN = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")


@dataclass
class Json:
    """Indented JSON: one report is an object, several are an array of objects.

    A report that could not be read counts among the several, so that the form
    depends on what was asked for, not on what went wrong.
    """

    file: TextIO
    held: Reading | None = field(default=None, init=False)
    several: bool = field(default=False, init=False)

    def write(self, reading: Reading) -> None:
        """Write the reading before this one, now known not to be the only one."""
        if self.held is not None:
            self._put(self.held)
        self.held = reading

    def _put(self, reading: Reading) -> None:
        self.file.write(",\n" if self.several else "[\n")
        self.several = True
        self.file.write(pretty(reading))

    def close(self, *, failed: int) -> None:
        """Write the last reading and the end of the array, if it is one."""
        if self.held is not None and (self.several or failed):
            self._put(self.held)
            self.file.write("\n]\n")
        elif self.held is not None:
            self.file.write(pretty(self.held) + "\n")
        elif failed > 1:
            self.file.write("[]\n")
        self.file.flush()


def pretty(reading: Reading) -> str:
    """Indent a reading, each span kept on one line."""
    # Raw line breaks cannot stand in a JSON string, so nothing but spans can match.
    return SPAN.sub(r"[\1, \2]", reading.model_dump_json(indent=2))


_MAKERS: dict[Format, Callable[[TextIO], Writer]] = {Format.json: Json, Format.jsonl: JsonLines}

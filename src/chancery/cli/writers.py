"""Readings -> output: one writer a format, each taking one reading at a time.

All but the page of several reports forget a reading once it is written, so
that memory stays flat however many there are.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from chancery.errors import OutputError

if TYPE_CHECKING:
    from chancery.lots import Done
    from chancery.records import Reading
    from chancery.render.tables import SectionWriter, TableWriter

__all__ = ["Briefs", "Json", "JsonLines", "Page", "Pages", "Sections", "Tables", "Writer", "unwritable"]


class Writer(ABC):
    """Takes readings one by one."""

    @abstractmethod
    def write(self, done: Done) -> None:
        """Write one reading."""

    def miss(self) -> None:  # noqa: B027 - most formats need no mark where a report is missing
        """Take note that a report could not be read."""

    def close(self) -> None:  # noqa: B027 - and no end
        """Write what ends the output."""


def unwritable(output: Path, error: OSError) -> OutputError:
    """Say why a path cannot be written, and what would help."""
    if isinstance(error, FileNotFoundError):
        return OutputError(f"{output}: there is no directory {str(output.parent)!r}; make it first")
    if isinstance(error, IsADirectoryError):
        return OutputError(f"{output}: this is a directory; name a file in it")
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return OutputError(f"{output}: there is a file where a directory is needed; name another place")
    return OutputError(f"{output}: cannot be written ({error.strerror}); name another place with --output")


@dataclass
class JsonLines(Writer):
    """One reading a line."""

    file: TextIO

    def write(self, done: Done) -> None:
        """Write one line; it leaves at once, so that whoever reads the pipe need not wait."""
        self.file.write(done.reading.model_dump_json() + "\n")
        self.file.flush()


SPAN = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")


@dataclass
class Json(Writer):
    """Indented JSON: one report is an object, several are an array of objects.

    A report that could not be read counts among the several, so that the form
    depends on what was asked for, not on what went wrong.
    """

    file: TextIO
    held: Reading | None = field(default=None, init=False)
    several: bool = field(default=False, init=False)
    missing: int = field(default=0, init=False)

    def miss(self) -> None:
        """Count what will be missing from the array."""
        self.missing += 1

    def write(self, done: Done) -> None:
        """Write the reading before this one, now known not to be the only one."""
        if self.held is not None:
            self._put(self.held)
        self.held = done.reading

    def _put(self, reading: Reading) -> None:
        self.file.write(",\n" if self.several else "[\n")
        self.several = True
        self.file.write(_indented(reading))

    def close(self) -> None:
        """Write the last reading and the end of the array, if it is one."""
        if self.held is not None and (self.several or self.missing):
            self._put(self.held)
            self.file.write("\n]\n")
        elif self.held is not None:
            self.file.write(_indented(self.held) + "\n")
        elif self.missing > 1:
            self.file.write("[]\n")


def _indented(reading: Reading) -> str:
    # Raw line breaks cannot stand in a JSON string, so nothing but spans can match.
    return SPAN.sub(r"[\1, \2]", reading.model_dump_json(indent=2))


@dataclass
class Briefs(Writer):
    """The brief of each report, in colours where a terminal shows them."""

    file: TextIO
    full: bool
    begun: bool = field(default=False, init=False)

    def write(self, done: Done) -> None:
        """Write one brief, parted from the one before it by a line."""
        from chancery.render.brief import DEFAULT_WIDTH, BriefOptions, brief, styled_brief  # noqa: PLC0415

        if self.begun:
            self.file.write("\n")
        self.begun = True
        name = Path(done.file).name.encode("utf-8", "replace").decode("utf-8")
        if not self.file.isatty():
            self.file.write(brief(done.reading, BriefOptions(DEFAULT_WIDTH, self.full, name)))
            return
        from rich.console import Console  # noqa: PLC0415 - terminals only

        console = Console(file=self.file, highlight=False)
        options = BriefOptions(console.width, self.full, name)
        console.print(styled_brief(done.reading, options), end="", soft_wrap=True)


@dataclass
class Page(Writer):
    """One page of HTML with every report on it; holds all readings until the end."""

    file: TextIO
    held: list[Reading] = field(default_factory=list, init=False)

    def write(self, done: Done) -> None:
        """Keep the reading."""
        self.held.append(done.reading)

    def close(self) -> None:
        """Write the page, if anything was read."""
        from chancery.render.html import page  # noqa: PLC0415 - jinja2 takes 60 ms

        if self.held:
            self.file.write(page(self.held if len(self.held) > 1 else self.held[0]))


@dataclass
class Pages(Writer):
    """A page of HTML a report, in a folder, named after the file it came from."""

    folder: Path
    names: Counter[str] = field(default_factory=Counter, init=False)

    def write(self, done: Done) -> None:
        """Write one page."""
        from chancery.render.html import page  # noqa: PLC0415 - as above

        path = self.folder / f"{self._name(done)}.html"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(page(done.reading), encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable(path, error) from error

    def _name(self, done: Done) -> str:
        """Take the file's name, or the report's id where a file held many; never the same twice."""
        name = done.reading.article.id if done.place else Path(done.file).name.split(".")[0]
        name = re.sub(r"[^\w.-]+", "-", name)[:80].strip("-.") or "report"
        self.names[name] += 1
        return name if self.names[name] == 1 else f"{name}-{self.names[name]}"


@dataclass
class Tables(Writer):
    """CSV: a file a record kind, in a folder."""

    folder: Path
    inner: TableWriter = field(init=False)

    def __post_init__(self) -> None:
        from chancery.render.tables import TableWriter  # noqa: PLC0415 - pydantic, by the records

        try:
            self.inner = TableWriter(self.folder)
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def write(self, done: Done) -> None:
        """Add the records of one reading to every table."""
        self.inner.write(done.reading)

    def close(self) -> None:
        """End the files."""
        self.inner.close()


@dataclass
class Sections(Writer):
    """CSV: a section a record kind, in one file."""

    file: TextIO
    inner: SectionWriter = field(init=False)

    def __post_init__(self) -> None:
        from chancery.render.tables import SectionWriter  # noqa: PLC0415 - as above

        self.inner = SectionWriter(self.file)

    def write(self, done: Done) -> None:
        """Add the records of one reading to every section."""
        self.inner.write(done.reading)

    def close(self) -> None:
        """Write the sections."""
        self.inner.close()

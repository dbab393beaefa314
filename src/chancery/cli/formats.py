"""Which format to write, and where to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from chancery.cli.writers import (
    Briefs,
    Json,
    JsonLines,
    Page,
    Pages,
    Sections,
    Tables,
    Writer,
    unwritable,
)

__all__ = ["Format", "chosen_format", "open_writer"]


class Format(StrEnum):
    """How readings are written."""

    brief = "brief"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


def chosen_format[F: StrEnum](asked: F | None, output: Path | None, on_terminal: F, piped: F) -> F:
    """Take what was asked for, or what the output's suffix says, or what suits where it goes."""
    if asked is not None:
        return asked
    known = type(on_terminal)
    if output is not None and output.suffix[1:] in known:
        return known(output.suffix[1:])
    return on_terminal if output is None and sys.stdout.isatty() else piped


@contextmanager
def open_writer(form: Format, output: Path | None, *, full: bool = False) -> Iterator[Writer]:
    """Open the output, and close it at the end.

    CSV and HTML go into a folder, a file a table or a report, where the output
    is one or has no suffix.

    Args:
        form: the format.
        output: a file or folder; None is standard output.
        full: whether briefs show every entry.

    Raises:
        OutputError: the output cannot be written.
    """
    if output is not None and form in {Format.csv, Format.html} and (output.is_dir() or not output.suffix):
        yield Tables(output) if form is Format.csv else Pages(output)
        return
    with _opened(output) as file:
        yield _writer(form, file, full=full)


def _writer(form: Format, file: TextIO, *, full: bool) -> Writer:
    match form:
        case Format.brief:
            return Briefs(file, full)
        case Format.json:
            return Json(file)
        case Format.jsonl:
            return JsonLines(file)
        case Format.csv:
            return Sections(file)
        case Format.html:
            return Page(file)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            # Records are UTF-8 with LF everywhere, whatever a system's consoles use.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    try:
        file = output.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise unwritable(output, error) from error
    with file:
        yield file

"""How commands end: quietly when the user or the reader of a pipe has had enough, with one line on errors."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from chancery.errors import ChanceryError
from chancery.lots import hush

__all__ = ["complain", "hush", "one_line", "quiet_endings"]

# What shells report for a process ended by that signal: 128 and its number.
INTERRUPTED = 130  # SIGINT
PIPE_CLOSED = 141  # SIGPIPE


def complain(message: object) -> None:
    """Say on standard error, in one line, what went wrong."""
    typer.echo(f"chancery: {one_line(message)}", err=True)


def one_line(message: object) -> str:
    """Put a message on one line, without what a terminal would obey: file names may hold anything."""
    return "".join(sign if sign.isprintable() else "?" for sign in " ".join(str(message).split()))


@contextmanager
def quiet_endings() -> Iterator[None]:
    """End on Ctrl-C, on a closed pipe and on errors of our own without a traceback."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except ChanceryError as error:
        complain(error)
        raise typer.Exit(1) from None
    except OSError as error:
        if error.errno not in {errno.EPIPE, errno.EINVAL, errno.ENOSPC}:
            raise
        if error.errno == errno.ENOSPC:
            complain("the disk is full; what was written so far is incomplete")
            raise typer.Exit(1) from None
        _forget_output()
        raise typer.Exit(PIPE_CLOSED) from None


def _forget_output() -> None:
    """Let what is still buffered go nowhere: at exit Python would try to write it, and complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file, as in tests
        return

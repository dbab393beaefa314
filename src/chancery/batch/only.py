"""One run at a time in one folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chancery.errors import OutputError

__all__ = ["only_one"]


@contextmanager
def only_one(work: str) -> Iterator[None]:
    """Keep other runs out as long as this lasts; the system lets go of it however this process ends.

    Args:
        work: the folder for what waits between two steps; made if missing, and cleared.

    Raises:
        OutputError: another run is under way, or the folder cannot be written.
    """
    folder = Path(work)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("w", encoding="ascii")
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written ({error.strerror}); name one that you may write"
        ) from error
    with handle:
        try:
            import fcntl  # noqa: PLC0415 - Windows has none
        except ImportError:
            yield
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(f"{folder}: another run is writing here; wait for it, or end it") from error
        for left in folder.iterdir():
            if left.suffix in {".sifted", ".part", ".late"}:
                with suppress(OSError):
                    left.unlink()
        yield

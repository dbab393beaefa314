"""How the application is set up, decided before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["LOOPBACK", "Settings"]

# What a browser on this machine calls it.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the application serves, and to whom.

    Attributes:
        ledger: the file.
        hosts: names by which it may be called; a page elsewhere that points a name of
            its own at this machine (DNS rebinding) is refused.
        token: what a reader has to show once; None lets everybody in who can reach it.
        model: the language model that pasted reports are read with; None for the default.
        fresh_for: seconds for which a page may be shown again while the ledger is being
            written. A page of a ledger that nobody writes to is never made twice.
        warm: make charts and their bundle at the start, in a thread beside, so that the
            first reader does not wait three seconds for them.
    """

    ledger: Path
    hosts: tuple[str, ...] = LOOPBACK
    token: str | None = None
    model: str | None = None
    fresh_for: float = 10.0
    warm: bool = False

"""What comes of a task: counts, and what the driver needs to go on."""

from __future__ import annotations

from dataclasses import dataclass, field

from chancery.batch.duplicates import Entry

__all__ = ["Finished", "Result", "Sifted"]


@dataclass(frozen=True, slots=True)
class Sifted:
    """A shard whose pages were opened and judged; `entries` are the reports that passed, in order.

    `failed` and `gated` count pages; `seconds` is the time it took.
    """

    entries: tuple[Entry, ...]
    pages: int
    failed: int
    gated: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Finished:
    """A shard whose files are written: the counts of its row in the manifest.

    `failures` are the first of them, a line each; `memory` is the worker's, in bytes.
    """

    pages: int
    read: int
    failed: int
    gated: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    memory: int = 0
    failures: tuple[str, ...] = ()


type Result = Sifted | Finished

"""What a user asks for -> the settings of a run, checked before anything is loaded."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from chancery.articles import Options
from chancery.batch.engine import PATIENCE, Settings
from chancery.batch.engines import ENGINES
from chancery.batch.gates import GATES
from chancery.batch.storage import is_remote
from chancery.batch.tables import PARTITIONS
from chancery.batch.versions import made_by
from chancery.errors import ChanceryError, InputError
from chancery.lots import Equipment

__all__ = ["Asked", "settings_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks for; the names are those of the command's options."""

    source: str
    out: str
    engine: str = "local"
    partition: str = "day"
    work: Path | None = None
    model: str | None = None
    knowledge: tuple[str, ...] = ()
    force: bool = False
    published: datetime | date | None = None
    gates: bool = True
    gates_off: tuple[str, ...] = ()
    patience: float = PATIENCE


def settings_of(asked: Asked) -> Settings:
    """Check what was asked for, and lay it out for the workers.

    Raises:
        ChanceryError: there is no such engine, gate or partition, or OUT is an address without `work`.
        InputError: a table of the user's cannot be read.
    """
    _known("engine", [asked.engine], ENGINES)
    _known("partition", [asked.partition], PARTITIONS)
    _known("gate", asked.gates_off, GATES)
    if is_remote(asked.out) and asked.work is None:
        raise ChanceryError(
            f"{asked.out} is an address, and what waits there needs a folder; name one with --work"
        )
    equipment = Equipment(asked.model, asked.knowledge)
    off = frozenset(asked.gates_off) if asked.gates else frozenset(GATES)
    try:
        made = made_by(equipment)
    except OSError as error:
        raise InputError(
            str(error.filename), f"cannot be read ({error.strerror})", "check the path"
        ) from error
    return Settings(
        out=asked.out if is_remote(asked.out) else str(Path(asked.out)),
        work=str(asked.work or Path(asked.out) / "_chancery" / "work"),
        equipment=equipment,
        options=Options(published=asked.published, force=asked.force),
        gates_off=off | {"not_english"} if asked.force else off,
        patience=asked.patience,
        partition=asked.partition,
        made_by=made,
        root=asked.source,
    )


def _known(what: str, asked: Sequence[str], names: Collection[str]) -> None:
    for one in asked:
        if one not in names:
            close = difflib.get_close_matches(one, names, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(names)}"
            raise ChanceryError(f"no {what} {one!r}; {hint}")

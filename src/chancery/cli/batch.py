"""``chancery batch IN OUT``: an archive into Parquet, by many workers."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chancery.cli.endings import complain, quiet_endings
from chancery.cli.progress import Board
from chancery.cli.read import Force, Knowledge, Model, Published, day_of

if TYPE_CHECKING:
    from chancery.batch import Run, Settings
    from chancery.batch.run import Event

__all__ = ["batch"]

LOG_EVERY = 10.0  # seconds between two lines on how far things are


Source = Annotated[
    str,
    typer.Argument(
        metavar="IN",
        help="WARC, Parquet or JSON Lines files, folders of pages, or a pattern in quotation marks; "
        "paths or addresses (s3://, https://)",
        show_default=False,
    ),
]
Out = Annotated[
    str, typer.Argument(metavar="OUT", help="the folder to write, made if missing", show_default=False)
]
EngineName = Annotated[str, typer.Option("--engine", help="who does the work: local, ray")]
Count = Annotated[int | None, typer.Option("--workers", "-w", min=1, help="how many; default: one a core")]
Resume = Annotated[
    bool, typer.Option("--resume/--anew", help="pass over what is done, or read all of it again")
]
GateOff = Annotated[
    list[str] | None,
    typer.Option(
        "--gate-off",
        metavar="GATE",
        help="let all pass that this gate would keep from being read: not_article, not_english, "
        "not_international, exact_duplicate, near_duplicate; may be repeated",
    ),
]
AllGates = Annotated[bool, typer.Option("--gates/--no-gates", help="keep the gates, or open them all")]
Partition = Annotated[
    str, typer.Option("--partition", help="what the files are parted by: day, month, year, none")
]
ShardSize = Annotated[int, typer.Option("--shard-size", min=1, help="about how many reports are read as one")]
Patience = Annotated[
    float, typer.Option("--patience", min=1, metavar="SECONDS", help="how long one page may take")
]
Work = Annotated[
    Path | None,
    typer.Option(
        "--work",
        help="folder for what waits between two steps, with the index of duplicates beside it; "
        "needed where OUT is an address; default: OUT/_chancery/work",
    ),
]
Log = Annotated[
    Path | None,
    typer.Option("--log", metavar="FILE", help="add what happens to this file, a JSON object a line"),
]


def batch(
    source: Source,
    out: Out,
    *,
    engine: EngineName = "local",
    workers: Count = None,
    resume: Resume = True,
    gate_off: GateOff = None,
    gates: AllGates = True,
    published: Published = None,
    model: Model = None,
    knowledge: Knowledge = None,
    force: Force = False,
    partition: Partition = "day",
    shard_size: ShardSize = 1000,
    patience: Patience = 60,
    work: Work = None,
    log: Log = None,
) -> None:
    """Read an archive of any size into Parquet, by many workers.

    OUT gets one file a shard, kind of record and day of publication, and a
    manifest: the same command, given again, goes on where it was ended, and
    reads anew what changed. What the gates keep from being read is listed in
    `gated`, what cannot be read in `failures`; the exit status is then 1.
    """
    with quiet_endings():
        from chancery.batch.settings import Asked, settings_of  # noqa: PLC0415 - pydantic takes 100 ms

        settings = settings_of(
            Asked(
                source, out, engine=engine, partition=partition, work=work, model=model, force=force,
                patience=patience, knowledge=tuple(str(path) for path in knowledge or ()), gates=gates,
                gates_off=tuple(gate_off or ()), published=None if published is None else day_of(published),
            )
        )  # fmt: skip
        count = workers or _cores()
        with _log(log) as write:
            run, report = _run(settings, engine, count, reports=shard_size, anew=not resume, write=write)
        if run.stopped:
            complain(run.stopped)
        typer.echo(report, err=True)
        if run.failed:
            raise typer.Exit(1)


def _cores() -> int:
    """Count the cores that this process may use, which may be fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _log(path: Path | None) -> Iterator[Callable[[dict[str, Any]], object]]:
    """Open the log; what is written is there at once, however the run ends."""
    if path is None:
        yield lambda _record: None
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", buffering=1) as file:
        yield lambda record: file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _run(
    settings: Settings,
    engine: str,
    workers: int,
    *,
    reports: int,
    anew: bool,
    write: Callable[[dict[str, Any]], object],
) -> tuple[Run, str]:
    from chancery.batch import run_batch, start_engine  # noqa: PLC0415 - as above
    from chancery.batch.folder import folder_of  # noqa: PLC0415 - as above
    from chancery.batch.report import log_record, report_of, report_text  # noqa: PLC0415 - as above

    board = Board(bar=sys.stderr.isatty())
    logged = time.monotonic()

    def watch(event: Event) -> None:
        nonlocal logged
        board.show(event)
        record = log_record(event)
        if record["event"] == "progress" and time.monotonic() - logged < LOG_EVERY:
            return
        logged = time.monotonic()
        write(record)

    try:
        with board:
            run = run_batch(
                settings,
                lambda asked: start_engine(engine, asked, workers),
                watch,
                reports=reports,
                anew=anew,
            )
    except KeyboardInterrupt:
        complain(f"ended; {board.shards}; the same command goes on from here")
        raise
    report = report_of(run, settings, engine, workers)
    write({"event": "report"} | report)
    folder_of(settings.out).write(
        {"report.json": (json.dumps(report, indent=2, ensure_ascii=False) + "\n").encode()}
    )
    return run, report_text(report)

"""``chancery ingest LEDGER SOURCE...``: whatever came in goes into a ledger, once."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chancery.cli.endings import complain, quiet_endings
from chancery.cli.read import Force, Knowledge, Model, Published, Workers, day_of
from chancery.cli.watch import Watch

if TYPE_CHECKING:
    from chancery.ingest import Plan, Step, Tally
    from chancery.ledger import Ledger

__all__ = ["ingest"]

# Seconds between two lines where there is no terminal to show a bar on.
LINE_EVERY = 30

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE...",
        help="files, folders and archives of reports, what a batch wrote, feeds by file or address, "
        "or - for standard input",
        show_default=False,
    ),
]


def ingest(
    ledger: Annotated[Path, typer.Argument(metavar="LEDGER", help="the ledger; made if there is none")],
    sources: Sources = None,
    *,
    published: Published = None,
    model: Model = None,
    knowledge: Knowledge = None,
    force: Force = False,
    workers: Workers = 1,
    reread: Annotated[
        bool,
        typer.Option(
            "--reread",
            help="read anew what another version of Chancery or another model read; "
            "without SOURCE, all that is in the ledger",
        ),
    ] = False,
    retry: Annotated[
        bool, typer.Option("--retry", help="try reports again at which Chancery failed")
    ] = False,
    follow: Annotated[
        bool,
        typer.Option(
            "--follow/--no-follow",
            help="link the new reports to the others at the end: copies, claims, events, threads, positions",
        ),
    ] = True,
) -> None:
    """Read reports into a ledger: text, HTML, JSON, feeds, WARC, Parquet, folders, zip and tar.

    What the ledger has is passed over, so that a run that was ended is given
    again and goes on. What cannot be read is named here and listed by
    `chancery failures`; the others are read, and the exit status is 1.
    """
    with quiet_endings():
        from chancery.articles import Options  # noqa: PLC0415 - pydantic takes 100 ms
        from chancery.ingest import Plan  # noqa: PLC0415 - SQLAlchemy as much again
        from chancery.lots import Equipment  # noqa: PLC0415 - as above

        if not sources and not reread:
            raise typer.BadParameter(
                "name a file, a folder or an address, or give --reread", param_hint="SOURCE"
            )
        plan = Plan(
            sources=tuple(sources or ()),
            options=Options(published=None if published is None else day_of(published), force=force),
            equipment=Equipment(model, tuple(str(path) for path in knowledge or ())),
            workers=workers,
            reread=reread,
            retry=retry,
        )
        with _opened(ledger) as opened:
            failed = _run(opened, plan)
            if follow:
                _follow(opened)
        if failed:
            raise typer.Exit(1)


@contextmanager
def _opened(path: Path) -> Iterator[Ledger]:
    from chancery.ledger import Ledger  # noqa: PLC0415 - as above

    opened = Ledger.open(path, writing=True) if path.is_file() else Ledger.create(path)
    with opened:
        yield opened


def _run(ledger: Ledger, plan: Plan) -> bool:
    """Run the ingest under a bar or with a line now and then; say at the end what became of the reports."""
    from chancery.articles import count_reports  # noqa: PLC0415 - as above
    from chancery.articles.fetch import is_address  # noqa: PLC0415 - as above
    from chancery.ingest import Tally, ingest  # noqa: PLC0415 - as above

    files = [source for source in plan.sources if not is_address(source)]
    total = count_reports(files) if files and len(files) == len(plan.sources) else None
    progress = _Progress(total)
    tally = Tally()

    def watch(step: Step) -> None:
        nonlocal tally
        tally = step.tally
        progress.show(step)

    try:
        with progress.watch:
            tally = ingest(ledger, plan, watch)
    except KeyboardInterrupt:
        complain(f"ended; {_sum(tally)}; the same command goes on from here")
        raise
    typer.echo(f"{ledger.path}: {_sum(tally)}; {progress.rate(tally)}, {progress.share(tally)}", err=True)
    return bool(tally.failed)


def _follow(ledger: Ledger) -> None:
    """Link what was not linked yet, also where an earlier run was ended before it came to that."""
    from chancery.follow.store import follow_ledger  # noqa: PLC0415 - as above

    watch = Watch(None, bar=sys.stderr.isatty(), rate=True)
    done = 0

    def show(count: int) -> None:
        nonlocal done
        done += count
        watch.advance_to(done)

    started = time.monotonic()
    try:
        with watch:
            linked = follow_ledger(ledger, show)
    except KeyboardInterrupt:
        complain("ended while following; every report is kept, and the next ingest follows the rest")
        raise
    if linked:
        seconds = time.monotonic() - started
        typer.echo(f"{ledger.path}: {linked:,} reports compared with the others in {seconds:.0f} s", err=True)


class _Progress:
    """How far a run is: a bar on a terminal, else a line now and then."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self.bar = sys.stderr.isatty()
        self.watch = Watch(total, bar=self.bar, rate=True)
        self.started = self.said = time.monotonic()

    def show(self, step: Step) -> None:
        for error in step.failed:
            self.watch.miss(error)
        self.watch.advance_to(step.tally.done)
        self.watch.read = step.tally.done - self.watch.failed
        if not self.bar and time.monotonic() - self.said >= LINE_EVERY:
            self.said = time.monotonic()
            of = f" of {self.total:,}" if self.total else ""
            complain(f"{step.tally.done:,}{of} reports, {self.rate(step.tally)}{self._left(step.tally)}")

    def rate(self, tally: Tally) -> str:
        seconds = time.monotonic() - self.started
        return f"{tally.done / max(seconds, 0.001):,.1f} reports/s"

    def share(self, tally: Tally) -> str:
        seconds = time.monotonic() - self.started
        return f"{tally.writing / max(seconds, 0.001):.0%} of the time for the ledger"

    def _left(self, tally: Tally) -> str:
        if not self.total or not tally.done:
            return ""
        seconds = (time.monotonic() - self.started) / tally.done * max(self.total - tally.done, 0)
        return f", {_clock(seconds)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _sum(tally: Tally) -> str:
    told = {"new": tally.added, "reworded": tally.reworded, "read anew": tally.replaced, "known": tally.known}
    told |= {"failed": tally.failed}
    return ", ".join(f"{count:,} {name}" for name, count in told.items() if count or name == "new")

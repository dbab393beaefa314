"""What a run tells: one record an event for a log, and at its end a report as JSON and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from chancery.batch.engine import Settings
from chancery.batch.manifest import Row
from chancery.batch.run import Event, Planned, Progressed, Run, Told
from chancery.batch.tallies import Finished

__all__ = ["clock", "log_record", "report_of", "report_text"]

MEGABYTE = 1 << 20


def log_record(event: Event) -> dict[str, Any]:
    """Make the record of an event: "event" names it, "at" is the moment in UTC."""
    record: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="milliseconds")}
    if isinstance(event, Planned):
        errors = [str(error) for error in event.errors]
        return record | {"event": "planned", "shards": event.shards, "done": event.done, "errors": errors}
    if isinstance(event, Progressed):
        memory = event.memory // MEGABYTE
        return record | {
            "event": "progress",
            "pages": event.pages,
            "reports": event.reports,
            "memory_mb": memory,
        }
    record["shard"] = event.shard.name
    if isinstance(event, Told):
        return record | {"event": "trouble", "problem": event.what}
    if event.finished is None:
        return record | {"event": "given_up", "problem": event.problem}
    return record | {"event": "done"} | _counts(event.finished)


def _counts(done: Finished) -> dict[str, Any]:
    return {
        "pages": done.pages,
        "read": done.read,
        "failed": done.failed,
        "gated": dict(done.gated),
        "seconds": done.seconds,
        "memory_mb": done.memory // MEGABYTE,
        "failures": list(done.failures),
    }


def report_of(run: Run, settings: Settings, engine: str, workers: int) -> dict[str, Any]:
    """Make the report of a run, and of all that is in the output, as it is written to `report.json`.

    "run" counts what this run did, "output" what the manifest says is there.
    """
    this = _sum(run.done.values())
    seconds = round(run.seconds, 3)
    rates = {
        f"{name}_per_second": round(this[name] / max(run.seconds, 1e-3), 2) for name in ("pages", "read")
    }
    return {
        "input": settings.root,
        "output": settings.out,
        "engine": engine,
        "workers": workers,
        "made_by": settings.made_by,
        "options": settings.stated(),
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "shards": {
            "all": run.shards,
            "done_before": run.skipped,
            "done": len(run.done),
            "given_up": len(run.given_up),
            "cleared": len(run.cleared),
        },
        "run": this | {"seconds": seconds} | rates,
        "output_holds": _sum(run.rows.values()) | {"shards": len(run.rows)},
        "memory_mb": max((one.memory for one in run.done.values()), default=0) // MEGABYTE,
        "stopped": run.stopped,
        "given_up": dict(sorted(run.given_up.items())),
        "unreadable": [str(error) for error in run.errors],
        "failures": [line for one in run.done.values() for line in one.failures],
    }


def _sum(counted: Iterable[Finished | Row]) -> dict[str, Any]:
    pages = read = failed = 0
    gated: Counter[str] = Counter()
    for one in counted:
        pages, read, failed = pages + one.pages, read + one.read, failed + one.failed
        gated.update(one.gated)
    return {"pages": pages, "read": read, "failed": failed, "gated": dict(sorted(gated.items()))}


def report_text(report: Mapping[str, Any]) -> str:
    """Write the report for people: what was read, what was gated, what failed."""
    shards, run, holds = report["shards"], report["run"], report["output_holds"]
    by = f"{report['workers']} {report['engine']} workers"
    before = f"{shards['done_before']:,} of {shards['all']:,} were done before"
    most = f"memory at most {report['memory_mb']:,} MB a worker"
    lines = [
        f"{report['input']} -> {report['output']}",
        f"shards   {shards['done']:>10,} done in {clock(run['seconds'])} by {by}; {before}",
        f"pages    {run['pages']:>10,} {run['pages_per_second']:,.1f}/s",
        f"read     {run['read']:>10,} {run['read_per_second']:,.1f}/s, {most}",
        f"gated    {sum(run['gated'].values()):>10,} {_listed(run['gated'])}".rstrip(),
        f"failed   {run['failed']:>10,} {'listed in failures/' if run['failed'] else ''}".rstrip(),
        f"output   {holds['read']:>10,} reports in {holds['shards']:,} shards",
    ]
    if shards["cleared"]:
        lines.append(f"cleared  {shards['cleared']:>10,} shards whose files are gone from the archive")
    if shards["given_up"]:
        lines.append(f"given up {shards['given_up']:>10,} shards; the same command tries them again")
    return "\n".join(lines)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def clock(seconds: float) -> str:
    """Write a length of time as a clock does: 1:02:03, 2:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""``chancery statements | events | positions | figures | actors | reports``: what a ledger holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chancery.cli.answers import Answer, show
from chancery.cli.endings import quiet_endings
from chancery.cli.formats import chosen_format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

__all__ = ["actors", "events", "figures", "positions", "reports", "statements"]

# Rows that a terminal shows unless told otherwise; files and pipes get all.
ON_TERMINAL = 50

LedgerFile = Annotated[Path, typer.Argument(metavar="LEDGER", help="the ledger", show_default=False)]


def _many(flag: str, short: str | None, metavar: str, about: str) -> Any:  # noqa: ANN401 - typer's own
    names = (flag, short) if short else (flag,)
    return typer.Option(*names, metavar=metavar, help=about, show_default=False)


ActorOption = Annotated[
    list[str] | None,
    _many("--actor", "-a", "WHO", "who speaks, acts or holds: an id or a name; may be repeated"),
]
Country = Annotated[
    list[str] | None, _many("--country", "-c", "STATE", "whoever belongs to a state: ISO code or name")
]
Organization = Annotated[
    list[str] | None, _many("--organization", None, "WHO", "a body, its organs and who holds office in it")
]
Members = Annotated[
    bool, typer.Option("--members", help="count whoever belongs to a member state of the --organization, too")
]
Toward = Annotated[
    list[str] | None,
    _many("--toward", "-t", "WHO", "who is spoken to or about, or acted on; a state: whoever belongs to it"),
]
Act = Annotated[
    list[str] | None,
    _many("--act", None, "ACT", "CONSULT, ASSAULT ... of events; demand, refuse ... of positions"),
]
StatusOption = Annotated[
    list[str] | None,
    _many(
        "--status",
        "-s",
        "STATUS",
        "occurred, ongoing, planned, proposed, conditional, possible, denied or negated",
    ),
]
Kind = Annotated[
    list[str] | None,
    _many(
        "--kind",
        "-k",
        "KIND",
        "troops, money ... of figures; direct, indirect ... of statements; state, person ... of actors",
    ),
]
PlaceOption = Annotated[
    list[str] | None, _many("--place", "-p", "PLACE", "a place by name, or a country by ISO code")
]
First = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="first day of the event"),
]
Last = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DAY", help="last day of the event")
]
Since = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="first day of publication")
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="last day of publication")
]
Publisher = Annotated[list[str] | None, _many("--publisher", None, "NAME", "who put the report out")]
Words = Annotated[
    str | None,
    typer.Option(
        "--text", "-x", metavar="WORDS", help='words in it: all of them, "a phrase", begin*, this OR that'
    ),
]
Real = Annotated[bool, typer.Option("--real-only", help="only what occurred or is going on")]
Every = Annotated[bool, typer.Option("--every-version", help="also wordings that later ones replaced")]
Sort = Annotated[
    str | None,
    typer.Option(
        metavar="BY", help="published, day, score, publisher, act; of actors: reports, mentions, name"
    ),
]
Ascending = Annotated[bool, typer.Option("--ascending", help="smallest or earliest first")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="at most so many; on a terminal 50 unless told"),
]
Form = Annotated[
    Answer | None,
    typer.Option(
        "--format",
        "-f",
        help="default: by the suffix of --output, else table on a terminal and jsonl in a pipe",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="write to this file")]


def statements(
    ledger: LedgerFile,
    *,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    toward: Toward = None,
    kind: Kind = None,
    first: First = None,
    last: Last = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    every_version: Every = False,
    sort: Sort = None,
    ascending: Ascending = False,
    limit: Limit = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Say who said what to whom, over all reports of a ledger."""
    _answer("statements", locals())


def events(
    ledger: LedgerFile,
    *,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    toward: Toward = None,
    act: Act = None,
    status: StatusOption = None,
    real_only: Real = False,
    place: PlaceOption = None,
    first: First = None,
    last: Last = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    every_version: Every = False,
    sort: Sort = None,
    ascending: Ascending = False,
    limit: Limit = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Say who did what to whom, where and when, and how real it is."""
    _answer("events", locals())


def positions(
    ledger: LedgerFile,
    *,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    toward: Toward = None,
    act: Act = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    every_version: Every = False,
    sort: Sort = None,
    ascending: Ascending = False,
    limit: Limit = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Say what each party offers, demands, refuses, threatens ..."""
    _answer("positions", locals())


def figures(
    ledger: LedgerFile,
    *,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    toward: Toward = None,
    act: Act = None,
    status: StatusOption = None,
    real_only: Real = False,
    kind: Kind = None,
    place: PlaceOption = None,
    first: First = None,
    last: Last = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    every_version: Every = False,
    sort: Sort = None,
    ascending: Ascending = False,
    limit: Limit = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Say how many of what; parties, act and status are those of the event that a figure measures."""
    _answer("figures", locals())


def actors(
    ledger: LedgerFile,
    *,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    every_version: Every = False,
    sort: Sort = None,
    ascending: Ascending = False,
    limit: Limit = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Say who is named, in how many reports; --text looks in names."""
    _answer("actors", locals())


def reports(
    ledger: LedgerFile,
    *,
    actor: ActorOption = None,
    country: Country = None,
    organization: Organization = None,
    members: Members = False,
    place: PlaceOption = None,
    since: Since = None,
    until: Until = None,
    publisher: Publisher = None,
    text: Words = None,
    reworded: Annotated[
        bool, typer.Option("--reworded", help="only reports whose words changed, with what changed")
    ] = False,
    every_version: Every = False,
    sort: Sort = None,
    ascending: Ascending = False,
    limit: Limit = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """List the reports; those that name somebody, lie somewhere, or hold some words."""
    _answer("reports", locals())


COLUMNS = {
    "statements": ("published", "speaker", "cue", "content", "about", "publisher"),
    "events": ("day", "act", "status", "actor", "recipient", "words", "publisher"),
    "positions": ("published", "holder", "act", "toward", "issue", "publisher"),
    "figures": ("published", "figure", "what", "kind", "place_name", "words", "publisher"),
    "actors": ("actor", "name", "kind", "country", "report_count", "mention_count"),
    "reports": ("published", "publisher", "title", "word_count", "version"),
}


def _answer(kind: str, options: dict[str, Any]) -> None:
    """Ask the ledger, and write what it says."""
    with quiet_endings():
        from chancery.ledger import Ledger  # noqa: PLC0415 - SQLAlchemy takes 200 ms

        form = chosen_format(options["form"], options["output"], Answer.table, Answer.jsonl)
        if form is Answer.table and options["limit"] is None:
            options["limit"] = ON_TERMINAL
        with Ledger.open(options["ledger"]) as ledger, ledger.connect() as connection:
            rows = _found(connection, kind, options, form)
        columns: Sequence[str] = COLUMNS[kind]
        if options.get("reworded"):
            columns = ("published", "publisher", "title", "change")
        show(rows, columns, form, options["output"])
        if form is Answer.table and not rows:
            typer.echo("nothing found", err=True)
        elif form is Answer.table and len(rows) == options["limit"]:
            typer.echo(f"the first {len(rows)}; --limit shows more", err=True)


def _found(connection: Connection, kind: str, options: dict[str, Any], form: Answer) -> list[dict[str, Any]]:
    from chancery.asking import asked_for  # noqa: PLC0415 - as above
    from chancery.ledger.queries import find_actors, find_records, find_reports, find_rows  # noqa: PLC0415
    from chancery.ledger.revisions import find_revisions  # noqa: PLC0415 - as above

    asked = asked_for(connection, options)
    if kind == "actors":
        return find_actors(connection, asked)
    if kind == "reports":
        rows = find_revisions(connection, asked) if options["reworded"] else find_reports(connection, asked)
        return [row | {"version": row["version_number"]} for row in rows] if form is Answer.table else rows
    if form is Answer.jsonl:
        return [_whole(one) for one in find_records(connection, kind, asked)]
    rows = find_rows(connection, kind, asked)
    return [_for_people(row) for row in rows] if form is Answer.table else rows


def _whole(found: Any) -> dict[str, Any]:  # noqa: ANN401 - a Found of any record
    report = {name: getattr(found.report, name) for name in type(found.report).__slots__}
    return {"report": report, "words": found.words, **found.record.model_dump(mode="json")}


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    """Add to a row of a view the columns that a terminal shows in fewer words."""
    first, last = row.get("first_day"), row.get("last_day")
    days = first if first == last else f"{first or ''}–{last or ''}"
    more = {"published": row["published_day"], "day": days or f"({row['published_day'] or '?'})"}
    more["words"] = row.get("sentence") or row.get("content")
    if "speaker" in row and row["speaker"] is None:
        more["speaker"] = f"“{row['speaker_words']}”" if row["speaker_words"] else "?"
    if row.get("negated"):
        more["cue"] = f"✗ {row['cue'] or ''}"
    return row | more

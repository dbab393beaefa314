"""``chancery evaluate``: precision, recall and F1 of a task against gold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chancery.cli.endings import complain, quiet_endings

if TYPE_CHECKING:
    from chancery.evaluate.matching import Entry
    from chancery.evaluate.tasks import Task

__all__ = ["evaluate"]


class TaskName(StrEnum):
    """The tasks of `chancery.evaluate.tasks`, named here so that help need not load them."""

    records = "records"
    statements = "statements"
    attributions = "attributions"
    said_cues = "said-cues"
    scores = "scores"
    events = "events"
    acts = "acts"
    types_given = "types_given"
    types_given_rules = "types_given_rules"
    times = "times"
    places = "places"
    names = "names"
    coreference = "coreference"
    duplicates = "duplicates"
    stories = "stories"
    pairs = "pairs"
    crossdoc = "crossdoc"


def evaluate(
    task: Annotated[TaskName, typer.Argument(help="what to compare", show_default=False)],
    gold: Annotated[Path, typer.Argument(help="gold, as JSON Lines", show_default=False)],
    predicted: Annotated[
        Path | None,
        typer.Argument(help="predictions, as JSON Lines; without it the gold's texts are read now"),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="print every figure, as JSON")] = False,
    errors: Annotated[
        bool,
        typer.Option("--errors", help="count what became of the gold's statements, by pattern and length"),
    ] = False,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="an installed English spaCy pipeline to read with")
    ] = None,
) -> None:
    """Compare records with gold: precision, recall and F1 of one task.

    The gold of `records` is in the format of the codebook, that of the other
    tasks in the format of the project's scorers, as are the predictions.
    """
    import json  # noqa: PLC0415 - with the next, kept from those who only want help

    from chancery.evaluate.matching import read_lines  # noqa: PLC0415
    from chancery.evaluate.tasks import TASKS  # noqa: PLC0415

    with quiet_endings():
        chosen = TASKS[task.value]
        entries = read_lines(gold)
        if errors:
            typer.echo(_errors(chosen, entries, model))
            return
        told = read_lines(predicted) if predicted else _read(chosen, entries, model, gold)
        try:
            result = chosen.score(entries, told)
        except (KeyError, TypeError) as error:
            complain(
                f"{gold}: not in the format of the task {task.value}, lacks {error}; see the documentation"
            )
            raise typer.Exit(1) from error
        typer.echo(json.dumps(result, indent=1) if as_json else _table(chosen, result))


def _read(task: Task, gold: list[dict[str, Any]], model: str | None, path: Path) -> list[Entry]:
    from chancery.evaluate.tasks import predict  # noqa: PLC0415 - as above
    from chancery.reader import load  # noqa: PLC0415 - as above

    return list(predict(task, gold, load(model), path))


def _errors(task: Task, gold: list[dict[str, Any]], model: str | None) -> str:
    from chancery.evaluate.misses import statement_misses  # noqa: PLC0415 - as above
    from chancery.language import load_language, parse_many  # noqa: PLC0415 - as above

    if task.statements is None:
        raise typer.BadParameter(f"errors are counted of statements, not of {task.name}")
    docs = parse_many(load_language(model), [entry["text"] for entry in gold])
    return statement_misses(gold, docs, task.statements).table()


def _table(task: Task, result: dict[str, Any]) -> str:
    rows = []
    for name, path in task.headline.items():
        value: Any = result
        for step in path:
            value = value[step]
        rows.append(f"{name:28} {'-' if value is None else format(value, '.3f')}")
    return "\n".join([*rows, *([task.table(result)] if task.table else [])])

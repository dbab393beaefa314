"""The evaluation tasks by name: what is read, how it is compared, which figures are the headline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from chancery.evaluate import many, predictions
from chancery.evaluate.acts import acts_table, score_acts
from chancery.evaluate.calibration import reliability_table, score_scores
from chancery.evaluate.coreference import score_coreference
from chancery.evaluate.events import score_events, score_given
from chancery.evaluate.given import rules_given, types_given
from chancery.evaluate.matching import Entry
from chancery.evaluate.names import score_names
from chancery.evaluate.pairs import judge_pairs, score_pairs
from chancery.evaluate.places import score_places
from chancery.evaluate.records import score_records
from chancery.evaluate.said import SAID_FORMS, said_forms
from chancery.evaluate.statements import score_statements
from chancery.evaluate.times import score_times
from chancery.extract.statements import StatementOptions
from chancery.language import parse_many
from chancery.records import Article, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["TASKS", "Reads", "Task", "predict"]

# What re3d calls the two sorts of figures.
MEASURED = ("Quantity", "Money")

NAMED = ("person", "organization", "place")


class Reads(Protocol):
    """Whatever reads a stream of articles."""

    language: Language

    def pipe(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Read the articles in order."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to measure.

    `yardstick` is the file of the project's own scorer and `flags` its options
    that match ours; `headline` picks the figures worth a line out of its answer.
    `predict` answers from a reading, `from_parse` from the parse alone where a corpus
    has conventions of its own. A task without a yardstick is measured by our own scorer alone;
    `table` sets more of its answer than the headline; `statements` says which statements a task
    looks for whose misses can be counted by class. `from_gold` answers from the whole of the
    gold, its file and the reader, where an answer is not about one text.
    """

    name: str
    summary: str
    score: Callable[[Sequence[Entry], Sequence[Entry]], dict[str, Any]]
    predict: Callable[[Entry, Reading], Entry]
    yardstick: str | None
    headline: Mapping[str, tuple[str | int, ...]]
    flags: tuple[str, ...] = field(default=())
    from_parse: Callable[[Entry, Doc], Entry] | None = None
    table: Callable[[dict[str, Any]], str] | None = None
    statements: StatementOptions | None = None
    from_gold: Callable[[Sequence[Entry], Path, Reads], Iterable[Entry]] | None = None


def predict(task: Task, gold: Sequence[Entry], reader: Reads, path: Path | None = None) -> Iterator[Entry]:
    """Read the texts of a gold file, which lies at `path`, and yield predictions in its order."""
    if task.from_gold is not None:
        yield from task.from_gold(gold, path or Path(), reader)
        return
    if task.from_parse is not None:
        for entry, doc in zip(gold, parse_many(reader.language, (e["text"] for e in gold)), strict=True):
            yield task.from_parse(entry, doc)
        return
    for entry, reading in zip(gold, reader.pipe(_article(entry) for entry in gold), strict=True):
        yield task.predict(entry, reading)


def _article(entry: Entry) -> Article:
    return Article(
        id=str(entry["id"]),
        title=entry.get("title"),
        text=entry["text"],
        publisher=entry.get("publisher") or entry.get("source"),
        published=_moment(entry.get("published") or entry.get("date")),
    )


def _moment(text: str | None) -> datetime | date | None:
    """Read a gold file's date; a month or nothing anchors nothing."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


_LAYER_FIGURES = {
    "statements F1": ("statements", "f1"),
    "speaker": ("statements", "speaker"),
    "speaker, full id": ("statements", "speaker_full_id"),
    "nested": ("statements", "nested"),
    "negated": ("statements", "negated"),
    "addressee": ("statements", "addressee"),
    "events F1": ("events", "f1"),
    "event status": ("events", "status"),
    "unreal told as real": ("events", "unreal_told_as_real"),
    "positions F1": ("positions", "f1"),
    "figures F1": ("figures", "f1"),
    "times F1": ("times", "f1"),
    "places F1": ("places", "f1"),
}

_STATEMENT_FIGURES = {
    "end-to-end F1": ("all", "end-to-end", 2),
    "direct": ("direct", "end-to-end", 2),
    "mixed": ("mixed", "end-to-end", 2),
    "indirect": ("indirect", "end-to-end", 2),
    "content segment F1": ("all", "segment content", 2),
    "source segment F1": ("all", "segment source", 2),
    "speaker accuracy, sourced": ("all", "speaker accuracy, sourced"),
}

_SAID_FIGURES = {
    f"said-cues: {name}": _STATEMENT_FIGURES[name]
    for name in ("end-to-end F1", "content segment F1", "speaker accuracy, sourced")
}


_GIVEN_FIGURES = {
    "type accuracy": ("type accuracy",),
    "macro F1": ("macro F1",),
    "quad accuracy": ("quad accuracy",),
}

TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task(
            "records",
            "whole records of reports against gold",
            score_records,
            predictions.as_records,
            "score_records.py",
            _LAYER_FIGURES,
            statements=StatementOptions(),
        ),
        Task(
            "statements",
            "statements with speakers, on PolNeAR's format",
            score_statements,
            predictions.as_statements,
            "score_quotes.py",
            _STATEMENT_FIGURES,
            statements=StatementOptions(nested=False),
        ),
        Task(
            "attributions",
            "statements by PolNeAR's conventions, without the rest of the reading",
            score_statements,
            predictions.as_statements,
            "score_quotes.py",
            _STATEMENT_FIGURES,
            from_parse=predictions.attributions,
            statements=predictions.POLNEAR,
        ),
        Task(
            "said-cues",
            "as attributions, of cues such as said and told only",
            lambda gold, told: score_statements(gold, told, forms=said_forms()),
            predictions.as_statements,
            "score_quotes.py",
            _SAID_FIGURES,
            ("--cues", str(SAID_FORMS)),
            from_parse=predictions.attributions,
        ),
        Task(
            "scores",
            "whether the scores of statements are probabilities",
            score_scores,
            predictions.as_scores,
            None,
            {"Brier score": ("brier",), "calibration error": ("ece",), "AUC": ("auc",)},
            table=reliability_table,
        ),
        Task(
            "events",
            "published PLOVER events with parties, on PLV's format",
            score_events,
            predictions.as_events,
            "score_events.py",
            {"type F1": ("type", 2), "type and parties F1": ("type+dyad", 2), "macro F1": ("macro F1",)},
        ),
        Task(
            "acts",
            "acts and statuses word by word: rates of each, and what is taken for what",
            score_acts,
            predictions.as_acts,
            None,
            {
                "act F1": ("act", "f1"),
                "status": ("status",),
                "unreal told as real": ("unreal told as real",),
                "score error": ("score error",),
            },
            table=acts_table,
        ),
        Task(
            "types_given",
            "types of events whose parties are given, by rules and second opinion",
            score_given,
            predictions.as_events,
            "score_events.py",
            _GIVEN_FIGURES,
            ("--given",),
            from_parse=types_given,
        ),
        Task(
            "types_given_rules",
            "types of events whose parties are given, by the rules alone",
            score_given,
            predictions.as_events,
            "score_events.py",
            _GIVEN_FIGURES,
            ("--given",),
            from_parse=rules_given,
        ),
        Task(
            "times",
            "time expressions",
            score_times,
            predictions.as_times,
            "score_times.py",
            {
                "strict F1": ("strict_f1",),
                "relaxed F1": ("relaxed_f1",),
                "value F1": ("value_f1",),
                "interval accuracy": ("interval_acc",),
            },
        ),
        Task(
            "places",
            "place names and coordinates",
            lambda gold, told: score_places(gold, told, overlapping=True),
            predictions.as_places,
            "score_places.py",
            {"F1": ("f1",), "within 161 km": ("acc161",), "within 161 km, end to end": ("acc161_all",)},
            ("--overlap",),
        ),
        Task(
            "figures",
            "numbers that measure: found anywhere in the words that the gold marks",
            lambda gold, told: score_names(gold, told, types=MEASURED),
            predictions.as_figures,
            "score_entities.py",
            {
                "precision": ("any type", "overlap", 0),
                "recall": ("any type", "overlap", 1),
            },
            ("--types", ",".join(MEASURED)),
        ),
        Task(
            "names",
            "names of people, organizations and places",
            lambda gold, told: score_names(gold, told, types=NAMED, named=True),
            predictions.as_names,
            "score_entities.py",
            {"strict F1": ("all", "strict", 2), "overlap F1": ("all", "overlap", 2)},
            ("--named", "--types", ",".join(NAMED)),
        ),
        Task(
            "coreference",
            "pronouns and descriptions led back to a name",
            lambda gold, told: score_coreference(gold, told, types=NAMED),
            predictions.as_coreference,
            "score_coref.py",
            {"F1": ("all", "f1"), "precision": ("all", "precision"), "recall": ("all", "recall")},
            ("--types", ",".join(NAMED)),
        ),
        Task(
            "duplicates",
            "pairs of texts: the same report, a passage of one in the other, or two reports",
            many.score_duplicates,
            many.no_single_text,
            "score_dedup.py",
            {
                "duplicate F1": ("duplicate", 2),
                "partial F1": ("partial", 2),
                "different pairs merged": ("merged",),
            },
            from_gold=lambda gold, path, _: many.tell_duplicates(gold, path),
        ),
        Task(
            "stories",
            "reports of one story, among reports of stories alike",
            many.score_stories,
            many.no_single_text,
            "score_dedup.py",
            {"B-cubed F1": ("b-cubed", 2), "pairs F1": ("pairs", 2)},
            from_gold=lambda gold, _, __: many.tell_stories(gold),
        ),
        Task(
            "pairs",
            "pairs of records of two reports: one act or two, one claim or two",
            score_pairs,
            many.no_single_text,
            None,
            {
                f"{kind}s, {name}": (kind, name)
                for kind in ("act", "claim")
                for name in ("precision", "recall", "f1")
            },
            from_gold=lambda gold, _, __: judge_pairs(gold),
        ),
        Task(
            "crossdoc",
            "events that several reports tell, found as one",
            many.score_crossdoc,
            many.no_single_text,
            None,
            {"found": ("found",)},
            from_gold=many.tell_crossdoc,
        ),
    )
}

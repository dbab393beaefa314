"""Measure events by fold: every text read with weights fitted to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chancery.evaluate.events import score_events
from chancery.evaluate.predictions import as_events, as_records
from chancery.evaluate.records import UNREAL, score_records
from chancery.extract.events import find
from chancery.language import parse_many
from chancery.reader import Reader, read_doc
from chancery.records import Article
from event_roles import Choice, fit_roles, role_examples
from passage_examples import examples, pattern_examples
from report_examples import report_choices, report_examples

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from chancery.records import Reading

type Record = dict[str, Any]
type Text = tuple[Record, Article, Doc]
type Row = tuple[int, frozenset[str], float]
ALWAYS = -1  # the number of what is in no fold
type Fit = Callable[[Sequence[Row]], dict[str, float]]


def parsed(gold: Sequence[Record], reader: Reader) -> list[Text]:
    """Parse the texts of gold records."""
    articles = [Article(id=one["id"], text=one["text"], published=_day(one)) for one in gold]
    docs = parse_many(reader.language, [one.text for one in articles])
    return list(zip(gold, articles, docs, strict=True))


def _day(record: Record) -> date | None:
    day = (record.get("published") or record.get("date") or "")[:10]
    return date.fromisoformat(day) if len(day) == len("2022-02-10") else None


def _gold_and_docs(texts: Sequence[Text]) -> tuple[list[Record], list[Doc]]:
    return [record for record, _, _ in texts], [doc for _, _, doc in texts]


@dataclass(frozen=True)
class Material:
    """Passages and reports with their parses, and what the models learn from them."""

    reader: Reader
    passages: list[Text]
    reports: list[Text]
    also: list[Text] = field(default_factory=list)  # learned from in every fold, never measured

    @cached_property
    def rows(self) -> list[Row]:
        """Every candidate with its features, and whether it is an event."""
        gold, docs = [one[0] for one in self.passages], [one[2] for one in self.passages]
        return [
            *examples(gold, docs),
            *((ALWAYS, names, label) for _, names, label in examples(*_gold_and_docs(self.also))),
            *report_examples(self._reports, self.reader, len(gold)),
            *pattern_examples(self.reader),
        ]

    @cached_property
    def choices(self) -> list[Choice]:
        """Every noun phrase beside an annotated act, and whether it is a party of it."""
        gold, docs = [one[0] for one in self.passages], [one[2] for one in self.passages]
        readings = (read_doc(doc, article, self.reader) for _, article, doc in self.passages)
        others = (read_doc(doc, article, self.reader) for _, article, doc in self.also)
        return [
            *role_examples(gold, docs, readings),
            *(replace(one, passage=ALWAYS) for one in role_examples(*_gold_and_docs(self.also), others)),
            *report_choices(self._reports, self.reader, len(gold)),
        ]

    @property
    def _reports(self) -> list[tuple[Record, Doc]]:
        return [(record, doc) for record, _, doc in self.reports]

    def read(self, folds: int, fit: Fit) -> Iterator[tuple[int, Reading]]:
        """Yield the number of every text with its reading by weights fitted to the other folds."""
        texts = [*self.passages, *self.reports]
        first = len(self.passages)

        def fold(number: int) -> int:
            return number if number < 0 else (number if number < first else number - first) % folds

        kept = {name: getattr(find, name) for name in ("load_weights", "load_roles")}
        for left in range(folds):
            weights = fit([row for row in self.rows if fold(row[0]) != left])
            roles = fit_roles([one for one in self.choices if fold(one.passage) != left])
            # the finder looks its weights up by these names
            setattr(find, "load_weights", lambda weights=weights: weights)  # noqa: B010
            setattr(find, "load_roles", lambda roles=roles: roles)  # noqa: B010
            for number, (_, article, doc) in enumerate(texts):
                if fold(number) == left:
                    yield number, read_doc(doc, article, self.reader)
        for name, load in kept.items():
            setattr(find, name, load)


def measure(material: Material, folds: int, fit: Fit) -> dict[int, Reading]:
    """Read everything by fold and print the figures."""
    readings = dict(material.read(folds, fit))
    first = len(material.passages)
    gold = [one[0] for one in material.passages]
    told = [as_events(record, readings[number]) for number, record in enumerate(gold)]
    found = score_events(gold, told)
    for level in ("type", "dyad", "type+dyad"):
        rates = found[level]
        print(f"passages {level}: P {rates.precision:.3f} R {rates.recall:.3f} F1 {rates.f1:.3f}")
    pairs = [pair for number, record in enumerate(gold) for pair in statuses(record, readings[number])]
    unreal = [one for wanted, one in pairs if wanted in UNREAL]
    print(
        f"passages status: {sum(a == b for a, b in pairs) / len(pairs):.3f} of {len(pairs)} found;", end=" "
    )
    print(
        f"unreal told as real: {sum(one not in UNREAL for one in unreal) / len(unreal):.3f} of {len(unreal)}"
    )
    reports = [one[0] for one in material.reports]
    if reports:
        told = [as_records(record, readings[first + number]) for number, record in enumerate(reports)]
        print("reports:", score_records(reports, told)["events"])
    return readings


def statuses(record: Record, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the annotated and the told status of every event found by its act and words."""
    used: set[str] = set()
    for event in record["events"]:
        first, last = event["anchor"]
        for one in reading.events:
            if (
                one.id not in used
                and one.act == event["act"]
                and one.anchor[0] < last
                and first < one.anchor[1]
            ):
                used.add(one.id)
                yield event["status"], one.status
                break

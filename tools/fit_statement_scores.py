"""Fit the scores of statements to annotated reports, and say how they do on reports left out.

usage: fit_statement_scores.py REPORTS.jsonl [...] [--gum GUM.conllu ...] [--out .../statements_weights.tsv]

A logistic regression whose offset is the share that each construction's author gave
it, with an L2 penalty, by Newton's method in numpy. A statement of a report is right
where the annotation has its content (half of the words shared); what only one of two
annotators has is left out. From GUM come statements of clauses only, right where the
cue stands in a unit of discourse that attributes (`Discourse=attribution-*`); they count
little, since GUM attributes what an analyst would not, and says nothing of contents.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from chancery.evaluate.calibration import mark_statements, reliability
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementOptions, find_statements
from chancery.extract.statements.weigh import features, probability
from chancery.extract.syntax import characters
from chancery.extract.tree import tree_of
from chancery.language import load_language, parse_many

# Swept by leaving out one set of reports at a time (Brier score): penalties 2, 4, 8, 16, 32; weight of
# GUM 0, .1, .2. Flat around these; no GUM costs .004, a weight of .2 .001.
PENALTY = 4.0
GUM_WEIGHT = 0.1
# Constructions whose cue GUM would mark, and genres near enough to reports whose texts are no share-alike.
GUM_RULES = frozenset({"clause", "parenthesis", "according"})
GUM_GENRES = frozenset({"news", "interview", "speech", "textbook"})
UNWEIGHED = StatementOptions(weighed=False)
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5)
FOLDS = 10

HEAD = """# Weights of the logistic model that says how sure a statement is: feature, weight.
# Fitted by tools/fit_statement_scores.py to {statements} statements of {reports} annotated reports and
# {gum} of GUM (CC BY 4.0, Amir Zeldes and others; texts CC BY or public domain). The reports: Wikinews
# (CC BY 2.5), governments and international organizations (public domain, OGL, CC BY), annotated for
# Chancery. Licence of the weights: CC BY 4.0. Date: {date}.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One statement that the rules found: where, what is seen of it, whether it is right."""

    part: str
    document: str
    names: tuple[str, ...]
    share: float
    right: bool
    weight: float = 1.0


@dataclass(slots=True)
class Gold:
    """The examples of all reports, and how many statements each set has to find."""

    examples: list[Example] = field(default_factory=list)
    wanted: dict[str, int] = field(default_factory=dict)


def of_reports(paths: Sequence[Path]) -> Gold:
    """Read the annotated reports and mark what the rules find in them."""
    gold, nlp = Gold(), load_language()
    for path in paths:
        entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        docs = parse_many(nlp, [entry["text"] for entry in entries])
        for entry, doc in zip(entries, docs, strict=True):
            mentions = find_statements(doc, find_quotations(doc), options=UNWEIGHED)
            told = [{"content": [characters(doc, run) for run in one.content]} for one in mentions]
            tree = tree_of(doc)
            for one, right in zip(mentions, mark_statements(entry, told), strict=True):
                if right is not None:
                    gold.examples.append(
                        Example(
                            path.stem, f"{path.stem}/{entry['id']}", features(tree, one), one.score, right
                        )
                    )
            optional = sum(bool(one.get("optional")) for one in entry["statements"])
            gold.wanted[path.stem] = gold.wanted.get(path.stem, 0) + len(entry["statements"]) - optional
    return gold


def of_gum(paths: Sequence[Path]) -> list[Example]:
    """Read GUM and mark the clauses that the rules find in it by its attribution relations."""
    documents = [one for path in paths for one in gum_documents(path) if _genre(one[0]) in GUM_GENRES]
    rows = []
    for (name, _, units), doc in zip(
        documents, parse_many(load_language(), [text for _, text, _ in documents]), strict=True
    ):
        mentions = find_statements(doc, find_quotations(doc), options=UNWEIGHED)
        tree = tree_of(doc)
        rows += [
            Example(
                "gum",
                name,
                features(tree, one),
                one.score,
                _attributes(units, doc[one.cue[0]].idx),
                GUM_WEIGHT,
            )
            for one in mentions
            if one.cue is not None and one.rule in GUM_RULES
        ]
    return rows


def _genre(name: str) -> str:
    return name.split("_")[1]


def _attributes(units: Sequence[tuple[int, str]], at: int) -> bool:
    number = bisect_right([start for start, _ in units], at) - 1
    return number >= 0 and units[number][1].startswith("attribution")


def gum_documents(path: Path) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    """Yield name, text and (start, relation) of the units of discourse of each document."""
    for document in path.read_text("utf-8").split("# newdoc id = ")[1:]:
        name, _, lines = document.partition("\n")
        text, units = "", list[tuple[int, str]]()
        for sentence in lines.split("\n\n"):
            if "# newpar" in sentence:
                text = text.rstrip() + ("\n\n" if text else "")
            for form, misc in _words(sentence):
                units += [
                    (len(text), part.removeprefix("Discourse="))
                    for part in misc.split("|")
                    if part.startswith("Discourse=")
                ]
                text += form + ("" if "SpaceAfter=No" in misc else " ") * bool(form)
        yield name, text, units


def _words(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the words as written with their notes; the parts of "don't" give their notes and no letters."""
    inside = 0
    for line in sentence.splitlines():
        if not line[:1].isdigit():
            continue
        number, form, *_, misc = line.split("\t")
        if "-" in number:
            inside = int(number.split("-")[1])
            yield form, misc
        elif "." not in number:  # words with a point are in the enhanced tree only
            yield (form if int(number) > inside else ""), misc


def fit(rows: Sequence[Example], penalty: float = PENALTY) -> dict[str, float]:
    """Fit the weights; deterministic, less than a second."""
    names = sorted({name for row in rows for name in row.names})
    column = {name: at for at, name in enumerate(names)}
    seen = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        seen[number, [column[name] for name in row.names]] = 1
    offset = np.array([math.log(row.share / (1 - row.share)) for row in rows])
    right, weight = np.array([float(row.right) for row in rows]), np.array([row.weight for row in rows])
    held = np.array([penalty * (0.1 if name == "any" else 1.0) for name in names])
    found = np.zeros(len(names))
    for _ in range(30):
        told = 1 / (1 + np.exp(-(offset + seen @ found)))
        slope = seen.T @ (weight * (told - right)) + held * found
        bend = (seen.T * (weight * told * (1 - told))) @ seen + np.diag(held)
        found -= np.linalg.solve(bend, slope)
    return {name: round(float(found[at]), 3) for name, at in column.items()}


def held_out(gold: Gold, gum: Sequence[Example], groups: dict[str, Any]) -> list[float]:
    """Score every example by weights fitted to the reports of all other groups."""
    fitted = {
        group: fit([row for row in gold.examples if groups[row.document] != group] + list(gum))
        for group in sorted(set(groups.values()))
    }
    return [probability(row.share, row.names, fitted[groups[row.document]]) for row in gold.examples]


def report(gold: Gold, gum: Sequence[Example]) -> None:
    """Print how the scores do on reports left out, one in ten and one set at a time."""
    documents = sorted({row.document for row in gold.examples})
    random.Random(0).shuffle(documents)  # noqa: S311 - folds, no secrets
    folds = {document: number % FOLDS for number, document in enumerate(documents)}
    sets = {row.document: row.part for row in gold.examples}
    right = [row.right for row in gold.examples]
    table = {
        "by construction": [row.share for row in gold.examples],
        "fitted, reports left out": held_out(gold, gum, folds),
        "fitted, a set left out": held_out(gold, gum, sets),
        "fitted, without GUM, reports left out": held_out(gold, [], folds),
        "fitted, without GUM, a set left out": held_out(gold, [], sets),
    }
    for name, scores in table.items():
        found = reliability(zip(scores, right, strict=True))
        print(f"{name:40} n {found.count}  Brier {found.brier:.4f}  ECE {found.ece:.4f}  AUC {found.auc:.3f}")
    print(reliability(zip(table["fitted, reports left out"], right, strict=True)).table())
    print("\nas a filter, by weights of other reports and of other sets: F1 of statements")
    for part in (*gold.wanted, None):
        for name in ("fitted, reports left out", "fitted, a set left out"):
            print(f"{part or 'all':12} {name:28}", *_filtered(gold, table[name], part))


def _filtered(gold: Gold, scores: Sequence[float], part: str | None) -> Iterator[str]:
    rows = [
        (score, row.right)
        for score, row in zip(scores, gold.examples, strict=True)
        if part in (None, row.part)
    ]
    wanted = gold.wanted[part] if part else sum(gold.wanted.values())
    for least in (0.0, *THRESHOLDS):
        kept = [right for score, right in rows if score >= least]
        yield f"{least:g}: {2 * sum(kept) / (len(kept) + wanted):.3f}"


def main() -> None:
    """Fit, say how well, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--gum", type=Path, nargs="*", default=[])
    parser.add_argument("--date", default="2026-11-24")
    parser.add_argument("--out", type=Path, default=Path("src/chancery/extract/data/statements_weights.tsv"))
    args = parser.parse_args()
    gold, gum = of_reports(args.reports), of_gum(args.gum)
    report(gold, gum)
    weights = fit([*gold.examples, *gum])
    head = HEAD.format(
        statements=len(gold.examples),
        reports=len({row.document for row in gold.examples}),
        gum=len(gum),
        date=args.date,
    )
    args.out.write_text(head + "".join(f"{name}\t{weight:g}\n" for name, weight in weights.items()), "utf-8")
    print(f"{len(weights)} weights written to {args.out}")


if __name__ == "__main__":
    main()

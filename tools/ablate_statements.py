"""Leave out one construction or class of cues at a time, and print what statements lose by it.

usage: ablate_statements.py GOLD.jsonl [--limit N]

GOLD is in PolNeAR's format or in that of the codebook. PolNeAR is scored end to end, by
its conventions; reports are scored by their contents, as the product reads them.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chancery.evaluate.calibration import mark_statements
from chancery.evaluate.predictions import POLNEAR
from chancery.evaluate.statements import score_statements
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementOptions, find_statements
from chancery.extract.statements.merge import ORDER
from chancery.extract.syntax import characters
from chancery.language import load_language, parse_many

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST = 0.0005


def figure(gold: Sequence[dict[str, Any]], docs: Sequence[Doc], options: StatementOptions) -> float:
    """Score the statements found with some options."""
    told = [list(_told(doc, options)) for doc in docs]
    if "attributions" in gold[0]:
        entries = [{"id": entry["id"], "statements": said} for entry, said in zip(gold, told, strict=True)]
        return float(score_statements(gold, entries)["all"]["end-to-end"].f1)
    right = found = wanted = 0
    for entry, said in zip(gold, told, strict=True):
        marks = [mark for mark in mark_statements(entry, said) if mark is not None]
        right, found = right + sum(marks), found + len(marks)
        wanted += sum(not one.get("optional") for one in entry["statements"])
    return 2 * right / (found + wanted)


def _told(doc: Doc, options: StatementOptions) -> Iterator[dict[str, Any]]:
    for one in find_statements(doc, find_quotations(doc), options=options):
        speaker = [characters(doc, one.speaker)] if one.speaker else None
        yield {"content": [characters(doc, run) for run in one.content], "speaker": speaker}


def classes() -> list[str]:
    """Name the classes of cues of every construction that has several."""
    text = files("chancery.extract").joinpath("data/cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return [f"{name}.{key}" for name, table in tables.items() if len(table) > 1 for key in table]


def main() -> None:
    """Ablate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--limit", type=int)
    args = parser.parse_args()
    gold = [json.loads(line) for line in args.gold.read_text("utf-8").splitlines()[: args.limit]]
    docs = list(parse_many(load_language(), [entry["text"] for entry in gold]))
    base = POLNEAR if "attributions" in gold[0] else StatementOptions()
    whole = figure(gold, docs, base)
    print(f"{args.gold.stem}, {len(gold)} texts: F1 {whole:.3f}")
    rows = []
    for name in (*ORDER, *classes()):
        lost = whole - figure(gold, docs, replace(base, without=frozenset({name})))
        if abs(lost) >= LEAST:
            rows.append((-lost, name))
    for gain, name in sorted(rows):
        print(f"without {name:24} {gain:+.3f}")


if __name__ == "__main__":
    main()

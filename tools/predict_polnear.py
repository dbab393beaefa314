"""Find the statements of a PolNeAR file and print them for score_quotes.py, one JSON object an article.

usage: predict_polnear.py GOLD.jsonl > PRED.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementMention, StatementOptions, find_statements
from chancery.extract.syntax import Tokens, characters
from chancery.language import load_language, parse_many

if TYPE_CHECKING:
    from spacy.tokens import Doc

# PolNeAR counts narrators' impressions and outermost attributions, and lets
# content begin at "that".
CONVENTIONS = StatementOptions(extra=True, nested=False, corpus=True)


def predictions(rows: Iterable[Mapping[str, Any]], docs: Iterable[Doc]) -> Iterator[dict[str, Any]]:
    """Yield what score_quotes.py reads for every article."""
    for row, doc in zip(rows, docs, strict=True):
        found = find_statements(doc, find_quotations(doc), options=CONVENTIONS)
        yield {"id": row["id"], "statements": [_statement(doc, mention) for mention in found]}


def _statement(doc: Doc, mention: StatementMention) -> dict[str, Any]:
    return {
        "content": _spans(doc, *mention.content),
        "speaker": _spans(doc, mention.speaker) or None,
        "cue": _spans(doc, mention.cue) or None,
        "kind": mention.kind,
        "rule": mention.rule,
        "lemma": mention.cue_lemma,
    }


def _spans(doc: Doc, *runs: Tokens | None) -> list[tuple[int, int]]:
    return [characters(doc, run) for run in runs if run is not None]


def main(path: str) -> None:
    """Parse the articles of a gold file and print their statements in its order."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    docs = parse_many(load_language(), (row["text"] for row in rows))
    for prediction in predictions(rows, docs):
        print(json.dumps(prediction))


if __name__ == "__main__":
    main(sys.argv[1])

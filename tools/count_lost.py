"""Count texts lost to odd quotation marks or anything else, and quotations that nothing accounts for.

usage: count_lost.py TEXTS.jsonl [...]

Each line has `text`. A text is lost where finding its statements raises an error. A
quotation is accounted for where a statement holds it or it is listed as unattributed with
a reason; a mark is stray where it opens or closes no quotation (inches, typing errors).
"""

from __future__ import annotations

import json
import sys
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.articles.report import possible
from chancery.extract.syntax import characters
from chancery.language import load_language, maker_of, parse_many
from chancery.reader import Heard, hear, listener
from chancery.records import Article
from chancery.resolve.statements import unattributed_quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc

MARKS = frozenset('"“”„«»')
COLUMNS = (
    "texts",
    "lost",
    "statements",
    "quotations",
    "in statements",
    "listed",
    "unaccounted",
    "marks",
    "stray",
)


def count(docs: Iterable[Doc], model: str) -> Counter[str]:
    """Find the statements of parsed texts and count what is accounted for."""
    total, known = Counter[str](), listener(model=model)
    for doc in docs:
        total["texts"] += 1
        try:
            heard = hear(doc, Article(id="text", text=doc.text), known)
        except Exception:  # noqa: BLE001 - every text lost is counted, whatever lost it
            total["lost"] += 1
            traceback.print_exc()
            continue
        total.update(_accounted(doc, heard))
    return total


def _accounted(doc: Doc, heard: Heard) -> Counter[str]:
    # two marks in a row can make one and the same empty quotation twice
    outer = {(one.start, one.end): one for one in heard.quotations if one.depth == 0}.values()
    said = {i for one in heard.said for run in one.content for i in range(*run)}
    listed = {one.span for one in unattributed_quotations(heard.setting, heard.said, heard.quotations)}
    held = [not said.isdisjoint(range(one.start, one.end)) for one in outer]
    spans = [characters(doc, (max(one.start - 1, 0), min(one.end + 1, len(doc)))) for one in heard.quotations]
    marks = [at for at, char in enumerate(doc.text) if char in MARKS]
    return Counter(
        {
            "statements": len(heard.said),
            "quotations": len(outer),
            "in statements": sum(held),
            "listed": len(listed),
            "unaccounted": len(outer) - sum(held) - len(listed),
            "marks": len(marks),
            "stray": sum(not any(start <= at < end for start, end in spans) for at in marks),
        }
    )


def main() -> None:
    """Count."""
    nlp = load_language()
    model = maker_of(nlp).model
    print("| corpus | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 1))
    for path in map(Path, sys.argv[1:]):
        with path.open(encoding="utf-8") as lines:
            texts = (possible(json.loads(line)["text"]) for line in lines)
            found = count(parse_many(nlp, texts), model)
        print(f"| {path.stem} | " + " | ".join(f"{found[name]:,}" for name in COLUMNS) + " |", flush=True)


if __name__ == "__main__":
    main()

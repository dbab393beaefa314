"""Read every report of a gold file and print the readings, one JSON object a line.

usage: predict_gold.py GOLD.jsonl > PRED.jsonl
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import chancery


def main(path: str) -> None:
    """Read the texts of a gold file in its order."""
    nlp = chancery.load()
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            print(nlp(gold["text"], published=gold.get("published")).model_dump_json())


if __name__ == "__main__":
    main(sys.argv[1])

"""Count in how many sentences of the stream each word stands: the weights of `chancery.follow`.

    PYTHONPATH=src python tools/build_word_weights.py ../shared/corpora/stream

A fixed table, and not counts over the ledger at hand, makes every decision of
`follow` the same whatever came in before.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from chancery.follow.terms import stems

OUT = Path("src/chancery/follow/data/word_weights.tsv")
LEAST = 4
HEAD = """\
# In how many sentences of 100,000 a word stands (stemmed as by follow/terms.py); words in fewer
# than {least} sentences are left out. Counted over the development half of the stream
# (corpora/stream: US Department of State, The White House, President of Russia, President of
# Ukraine, UK Government, Prime Minister of Australia, Wikinews): counts of words, no text.
# Made by tools/build_word_weights.py. Licence: CC BY 4.0, with the attributions of the stream
# (NOTICE). 2026-11-24. Sentences: {sentences}.
"""


def main() -> None:
    """Count, and write the table."""
    counts: Counter[str] = Counter()
    sentences = 0
    for path in sorted(Path(sys.argv[1]).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for sentence in re.split(r"(?<=[.!?])\s+|\n+", json.loads(line).get("text", "")):
                if words := set(stems(sentence)):
                    counts.update(words)
                    sentences += 1
    rows = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    OUT.write_text(
        HEAD.format(least=LEAST, sentences=sentences)
        + "word\tcount\n"
        + "".join(f"{word}\t{count * 100_000 / sentences:.2f}\n" for word, count in rows),
        encoding="utf-8",
    )
    print(f"{OUT}: {len(rows)} words of {sentences} sentences")


if __name__ == "__main__":
    main()

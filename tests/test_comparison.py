"""The sentences on which tools are compared: what is said in them is words of theirs."""

import json
import re
from pathlib import Path

SENTENCES = Path(__file__).parent.parent / "tools" / "data" / "compared_sentences.json"


def test_speakers_and_contents_are_words_of_their_sentence():
    rows = json.loads(SENTENCES.read_text(encoding="utf-8"))
    assert len({row["form"] for row in rows}) == len(rows)
    for row in rows:
        for one in row["said"]:
            for words in [*one["content"], *([one["speaker"]] if one["speaker"] else [])]:
                assert re.search(rf"\b{re.escape(words)}\b", row["text"]), (row["form"], words)

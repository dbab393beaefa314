"""From candidates to statements: one per cue, whole quotations, nothing told twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chancery.extract.quotations import Quotation
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene

__all__ = ["merge"]

# Constructions from the surest reading of a cue to the least sure.
ORDER = (
    "attributed", "according", "appeal", "clause", "block", "colon", "parenthesis", "quote",
    "quotative", "label", "infinitive", "request", "reported", "gerund", "predicate", "poll",
    "adjective-that", "noun-that", "preposition", "object", "passive", "noun-to", "adjective-to",
    "adjective-of", "noun-of", "headline", "turn",
)  # fmt: skip
RANK = {rule: number for number, rule in enumerate(ORDER)}

# These take the whole of a quotation that they touch.
WHOLE = frozenset({"clause", "parenthesis", "quote", "colon", "according", "quotative"})
# After these a further quotation of the paragraph goes on speaking.
LEADING = frozenset({"clause", "parenthesis", "quote", "colon", "according", "quotative", "label"})
SPOKEN = frozenset({"according", "quotative", "label"})
# A quotation this short is a term, not an utterance.
SHORT_QUOTATION = 4
# Words between a cue phrase and the quotation that completes its clause.
GAP = 4
# Two contents that share this much of the smaller and of both together are one.
SAME_PART, SAME_WHOLE = 0.9, 0.5
# How far from a quotation a cue of its own may stand.
OWN = 12


def merge(scene: Scene, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Choose among the candidates of a report; the result is in order of the cues."""
    chosen = _best_per_cue(candidates)
    for candidate in chosen:
        _take_whole_quotations(scene, candidate)
        _take_next_quotation(scene, candidate, chosen)
        _give_back(candidate)
    kept = _without_doubles([c for c in chosen if c.content])
    if not scene.options.nested:
        kept = _outermost(scene, kept)
    kept.sort(key=lambda c: c.head)
    _join_further_quotations(scene, kept)
    _carry_over_paragraphs(scene, kept)
    return kept


def _preference(candidate: Candidate) -> float:
    return candidate.score - 0.02 * RANK[candidate.rule]


def _best_per_cue(candidates: Iterable[Candidate]) -> list[Candidate]:
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        other = best.get(candidate.head)
        if candidate.content and (other is None or _preference(candidate) > _preference(other)):
            best[candidate.head] = candidate
    return list(best.values())


def _take_whole_quotations(scene: Scene, candidate: Candidate) -> None:
    own = scene.quoted[candidate.head]
    for number in {scene.quoted[i] for i in candidate.content} - {NOT_QUOTED, own}:
        candidate.content |= set(range(scene.outer[number].start, scene.outer[number].end))


def _take_next_quotation(scene: Scene, candidate: Candidate, others: Sequence[Candidate]) -> None:
    """Add the quotation right after a cue phrase that stands behind its clause: '..., he said. "..."'."""
    tree, head = scene.tree, candidate.head
    speech = tree.lemma[head] in scene.lexicon["quote.speech"]
    if (
        candidate.rule not in {"clause", "parenthesis", "quote"}
        or not speech
        or scene.quoted[head] != NOT_QUOTED
    ):
        return
    after = max(head, candidate.speaker[1] - 1 if candidate.speaker else 0) + 1
    for i in range(after, min(tree.sentence_end(head) + 1, scene.paragraph(head)[1])):
        if scene.quoted[i] == NOT_QUOTED or i in candidate.content:
            continue
        quotation = scene.outer[scene.quoted[i]]
        goes_on = _goes_on(scene, candidate, quotation)
        if any(_claims(scene, o, quotation, head, standing=not goes_on) for o in others):
            return
        gap = sum(tree.lower[k].isalpha() for k in range(after, quotation.start))
        if candidate.rule != "clause" or gap <= GAP or goes_on:
            candidate.content |= set(range(quotation.start, quotation.end))
        return


def _goes_on(scene: Scene, candidate: Candidate, quotation: Quotation) -> bool:
    """Tell a quotation that goes on in mid-sentence: '"We stay," he said as he left, "and fight."'."""
    first = scene.doc[quotation.start + 1].text if quotation.end - quotation.start > 1 else ""
    before = [scene.quotation(i) for i in candidate.content if i < candidate.head]
    paused = any(q is not None and scene.tree.lower[q.end - 2] == "," for q in before)
    return paused and first[:1].islower()


def _claims(scene: Scene, other: Candidate, quotation: Quotation, head: int, *, standing: bool) -> bool:
    """Tell whether a later cue outside quotations stands before a quotation or has it for content."""
    if other.head <= head or scene.quoted[other.head] != NOT_QUOTED:
        return False
    return (standing and other.head < quotation.start) or any(
        quotation.start <= i < quotation.end for i in other.content
    )


def _give_back(candidate: Candidate) -> None:
    """Take cue and speaker out of the content."""
    if candidate.speaker and candidate.rule in WHOLE:
        candidate.content -= set(range(*candidate.speaker))
    if candidate.cue:
        candidate.content -= set(range(*candidate.cue))


def _without_doubles(candidates: list[Candidate]) -> list[Candidate]:
    """Keep one statement for one content: two cues on the same quoted words are one telling."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-_preference(c), -len(c.content), c.head)):
        if not any(_double(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _double(candidate: Candidate, other: Candidate) -> bool:
    """Tell whether two cues ascribe the same words; a cue inside the other's content is nested instead."""
    if candidate.head in other.content or other.head in candidate.content:
        return False
    return _same(candidate.content, other.content)


def _same(one: set[int], other: set[int]) -> bool:
    shared = len(one & other)
    return shared > SAME_PART * min(len(one), len(other)) and shared > SAME_WHOLE * len(one | other)


def _outermost(scene: Scene, candidates: list[Candidate]) -> list[Candidate]:
    def outer(candidate: Candidate) -> bool:
        return scene.length(candidate.head) <= SHORT_QUOTATION and not any(
            other is not candidate
            and candidate.head in other.content
            and other.head not in candidate.content
            and len(other.content) >= len(candidate.content)
            for other in candidates
        )

    return [c for c in candidates if outer(c)]


def _join_further_quotations(scene: Scene, candidates: Sequence[Candidate]) -> None:
    """Give a sentence-like quotation without a cue to the speaker before it in the paragraph."""
    taken = {scene.quoted[i] for c in candidates for i in c.content}
    for number, quotation in enumerate(scene.outer):
        if (
            number in taken
            or quotation.end - quotation.start <= SHORT_QUOTATION
            or not _stands_alone(scene, quotation)
        ):
            continue
        paragraph, _ = scene.paragraph(quotation.start)
        earlier = (c for c in candidates if paragraph <= c.head < quotation.start)
        before = [c for c in earlier if _leads(scene, c, quotation)]
        quoting = [c for c in before if any(scene.quoted[i] != NOT_QUOTED for i in c.content)]
        if before and not _has_own_cue(scene, quotation, candidates):
            (quoting or before)[-1].content |= set(range(quotation.start, quotation.end))


def _stands_alone(scene: Scene, quotation: Quotation) -> bool:
    lower = scene.tree.lower
    start = scene.tree.sentence[quotation.start]
    opens = not any(lower[i].isalpha() for i in range(start, quotation.start))
    return opens or (quotation.start > 0 and lower[quotation.start - 1] in {".", "?", "!", ","})


def _leads(scene: Scene, candidate: Candidate, quotation: Quotation) -> bool:
    spoken = scene.tree.lemma[candidate.head] in scene.lexicon["quote.speech"] or candidate.rule in SPOKEN
    if candidate.rule not in LEADING or not spoken:
        return False
    if scene.quoted[candidate.head] != NOT_QUOTED:
        return False
    quoted = any(scene.quoted[i] != NOT_QUOTED for i in candidate.content)
    return quoted or quotation.start - max(candidate.content | {candidate.head}) <= SHORT_QUOTATION


def _has_own_cue(scene: Scene, quotation: Quotation, candidates: Sequence[Candidate]) -> bool:
    sentences = {scene.tree.sentence[i] for i in range(quotation.start, quotation.end)}
    return any(
        scene.quoted[c.head] == NOT_QUOTED
        and quotation.start - OWN < c.head < quotation.end + OWN
        and scene.tree.sentence[c.head] in sentences
        for c in candidates
    )


def _carry_over_paragraphs(scene: Scene, candidates: Sequence[Candidate]) -> None:
    """Give paragraphs that are all quotation to the speaker whose quotation ends the one before."""
    last: Candidate | None = None
    for start, end in scene.paragraphs():
        here = [c for c in candidates if start <= c.head < end and scene.quoted[c.head] == NOT_QUOTED]
        quotations = [q for q in scene.outer if start <= q.start < end]
        words = {i for q in quotations for i in range(q.start, q.end)}
        if last is not None and not here and quotations and _is_all(scene, words, start, end):
            last.content |= words
        else:
            last = _last_speaker(here, quotations)


def _is_all(scene: Scene, words: set[int], start: int, end: int) -> bool:
    return all(i in words or scene.tree.pos[i] in {"SPACE", "PUNCT"} for i in range(start, end))


def _last_speaker(here: Sequence[Candidate], quotations: Sequence[Quotation]) -> Candidate | None:
    """Return the statement that holds the last quotation of a paragraph."""
    if not quotations:
        return None
    holders = [c for c in here if quotations[-1].start in c.content]
    return holders[-1] if holders else None

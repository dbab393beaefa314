"""Quotations that belong to a cue beyond its clause: the whole, the next one, those of the next paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from chancery.extract.quotations import Quotation
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene

__all__ = [
    "ByHead",
    "carry_over_paragraphs",
    "join_further_quotations",
    "take_next_quotation",
    "take_whole_quotations",
]

# After these a further quotation of the paragraph goes on speaking.
LEADING = frozenset({"clause", "parenthesis", "quote", "colon", "according", "quotative", "label"})
SPOKEN = frozenset({"according", "quotative", "label"})
# After these a quotation completes a phrase.
NAMING = frozenset({"ADP", "DET", "ADJ", "NUM"})
# A quotation this short is a term, not an utterance.
SHORT_QUOTATION = 4
# Words between a cue phrase and the quotation that completes its clause.
GAP = 4
# How far from a quotation a cue of its own may stand.
OWN = 12
# How far behind a quotation a cue that has it for content may stand.
BEHIND = 60
# How far before a quotation the cue that goes on speaking may stand.
REACH = 400


class ByHead:
    """Candidates in the order of their cues, so that neighbours are found without asking all of them."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = sorted(candidates, key=lambda c: c.head)
        self.heads = [c.head for c in self.candidates]

    def between(self, start: int, end: int) -> list[Candidate]:
        """Return the candidates whose cue stands from token `start` up to `end`, left out."""
        return self.candidates[bisect_left(self.heads, start) : bisect_left(self.heads, end)]


def take_whole_quotations(scene: Scene, candidate: Candidate) -> None:
    """Let a content that touches a quotation hold all of it; a cue inside it keeps to its clause."""
    own = scene.quoted[candidate.head]
    for number in {scene.quoted[i] for i in candidate.content} - {NOT_QUOTED, own}:
        candidate.content |= set(range(scene.outer[number].start, scene.outer[number].end))


def take_next_quotation(scene: Scene, candidate: Candidate, others: ByHead) -> None:
    """Add the quotation right after a cue phrase that stands behind its clause: '..., he said. "..."'."""
    tree, head = scene.tree, candidate.head
    speech = tree.lemma[head] in scene.lexicon["quote.speech"] and scene.quoted[head] == NOT_QUOTED
    if not speech or candidate.rule not in {"clause", "parenthesis", "quote"}:
        return
    after = max(head, candidate.speaker[1] - 1 if candidate.speaker else 0) + 1
    for i in range(after, min(tree.sentence_end(head) + 1, scene.paragraph(head)[1])):
        if scene.quoted[i] == NOT_QUOTED or i in candidate.content:
            continue
        quotation = scene.outer[scene.quoted[i]]
        if _names(scene, quotation):
            continue
        goes_on = _goes_on(scene, candidate, quotation)
        near = others.between(head + 1, quotation.end + BEHIND)
        if any(_claims(scene, o, quotation, standing=not goes_on) for o in near):
            return
        gap = sum(tree.lower[k].isalpha() for k in range(after, quotation.start))
        if candidate.rule != "clause" or gap <= GAP or goes_on:
            candidate.content |= set(range(quotation.start, quotation.end))
        return


def _names(scene: Scene, quotation: Quotation) -> bool:
    """Tell a title or a term in a phrase of the report ('said on "Meet the Press"') from an utterance."""
    tree, before = scene.tree, quotation.start - 1
    return tree.pos[before] in NAMING or tree.tag[before] in {"PRP$", "POS"}


def _goes_on(scene: Scene, candidate: Candidate, quotation: Quotation) -> bool:
    """Tell a quotation that goes on in mid-sentence: '"We stay," he said as he left, "and fight."'."""
    first = scene.doc[quotation.start + 1].text if quotation.end - quotation.start > 1 else ""
    before = [scene.quotation(i) for i in candidate.content if i < candidate.head]
    paused = any(q is not None and scene.tree.lower[q.end - 2] == "," for q in before)
    return paused and first[:1].islower()


def _claims(scene: Scene, other: Candidate, quotation: Quotation, *, standing: bool) -> bool:
    """Tell whether a later cue outside quotations stands before a quotation or has it for content."""
    if scene.quoted[other.head] != NOT_QUOTED:
        return False
    return (standing and other.head < quotation.start) or any(
        quotation.start <= i < quotation.end for i in other.content
    )


def join_further_quotations(scene: Scene, candidates: ByHead) -> None:
    """Give a sentence-like quotation without a cue to the speaker before it in the paragraph."""
    taken = {scene.quoted[i] for c in candidates.candidates for i in c.content}
    for number, quotation in enumerate(scene.outer):
        long = quotation.end - quotation.start > SHORT_QUOTATION
        if number in taken or not long or not _stands_alone(scene, quotation):
            continue
        first = max(scene.paragraph(quotation.start)[0], quotation.start - REACH)
        before = [c for c in candidates.between(first, quotation.start) if _leads(scene, c, quotation)]
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


def _has_own_cue(scene: Scene, quotation: Quotation, candidates: ByHead) -> bool:
    sentences = {scene.tree.sentence[i] for i in range(quotation.start, quotation.end)}
    near = candidates.between(quotation.start - OWN + 1, quotation.end + OWN)
    return any(scene.quoted[c.head] == NOT_QUOTED and scene.tree.sentence[c.head] in sentences for c in near)


def carry_over_paragraphs(scene: Scene, candidates: ByHead) -> None:
    """Give paragraphs that are all quotation to the speaker whose quotation ends the one before."""
    last: Candidate | None = None
    starts = [q.start for q in scene.outer]
    signed = {i for c in candidates.candidates if c.rule == "signed" for i in c.content}
    for start, end in scene.paragraphs():
        here = [c for c in candidates.between(start, end) if scene.quoted[c.head] == NOT_QUOTED]
        quotations = scene.outer[bisect_left(starts, start) : bisect_left(starts, end)]
        words = {i for q in quotations for i in range(q.start, q.end)}
        own = not words.isdisjoint(signed)
        if last is not None and not here and quotations and not own and _is_all(scene, words, start, end):
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

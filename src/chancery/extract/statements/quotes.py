"""Quotations beside a cue: where the parser saw no clause, the marks decide."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.quotations import Quotation
from chancery.extract.statements.quotatives import cue_behind, ends_in_pause, parts
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import cue_run, speaker_of
from chancery.extract.syntax import Tokens

__all__ = ["colons", "quotes"]

# How far a cue may stand behind a quotation that ends in the sentence before.
NEAR = 8
# How far a colon may stand behind its cue ("said in a letter to the council:").
COLON_WINDOW = 14
SHORTEST = 3
# Tokens from a cue to the end of a sentence that holds the cue phrase only.
BARE = 3
# "the so-called 'safe zone'" says nothing
EMBEDDING = frozenset({"DET", "ADP", "ADJ", "NUM"})
ATTRIBUTIVE = frozenset({"amod", "compound"})


def quotes(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find a verb of saying or judging with a quotation in its sentence, or just before it."""
    tree, words = scene.tree, scene.lexicon
    lemma = tree.lemma[v]
    if lemma not in words["quote"] or scene.quoted[v] != NOT_QUOTED or tree.dep[v] in ATTRIBUTIVE:
        return
    speech, plain = lemma in words["quote.speech"], tree.child(v, "dobj") is None
    below = tree.children(v, "xcomp", "oprd")
    bound = below and (lemma in words["predicate"] or any(_is_a_term(scene, v, c) for c in below))
    if bound or (not speech and not plain):
        return
    objects = set().union(*(tree.descendants(o) for o in tree.children(v, "dobj")))
    speaker = speaker_of(scene, v)
    content: set[int] = set()
    for quotation in _beside(scene, v):
        long = quotation.end - quotation.start > SHORTEST + 1
        mine = quotation.start not in objects and not _nearer_cue(scene, v, quotation)
        mine = mine and not (quotation.start > v and _is_embedded(scene, quotation))
        mine = mine and (quotation.start > v or _leans_on_cue(scene, quotation, v))
        if mine and _overlap(quotation, speaker) and quotation.end <= v:
            speaker = None  # a noun phrase that reaches into the quotation is a parse gone wrong
        if mine and (long or (speech and plain)) and not _overlap(quotation, speaker):
            content |= set(range(quotation.start, quotation.end))
    yield Candidate(v, "quote", cue_run(tree, v), content, speaker, 0.9 if speech else 0.6)


def _leans_on_cue(scene: Scene, quotation: Quotation, v: int) -> bool:
    """Tell an utterance before its cue from a term in another clause ('forms "in English", he wrote to')."""
    tree, after = scene.tree, min(quotation.end, v)
    paused = ends_in_pause(scene, quotation) or tree.pos[after] == "PUNCT" or tree.sentence[after] == after
    return (
        paused or any(i in tree.kids[v] for i in range(quotation.start, quotation.end)) or v - after <= NEAR
    )


def _is_a_term(scene: Scene, v: int, c: int) -> bool:
    """Tell a quoted word in a complement from a short cry right behind its verb (yelled "Stay there!")."""
    quotation = scene.quotation(c)
    cried = quotation is not None and quotation.start - v <= 2 and _is_sentence_like(scene, quotation)
    return scene.length(c) <= SHORTEST and not cried


def _is_sentence_like(scene: Scene, quotation: Quotation) -> bool:
    """Tell whether a quotation begins as a sentence does."""
    first = scene.doc[min(quotation.start + 1, quotation.end - 1)].text
    return first[:1].isupper()


def _beside(scene: Scene, v: int) -> Iterator[Quotation]:
    first, last = scene.paragraph(v)
    start, end = scene.tree.sentence[v], scene.tree.sentence_end(v)
    numbers = {scene.quoted[i] for i in range(max(start - 1, first), min(end + 1, last))} - {NOT_QUOTED}
    for number in sorted(numbers):
        quotation = scene.outer[number]
        if quotation.start >= end:
            continue
        if quotation.end - 1 > start + 1 or quotation.start > start or _leads_to(scene, quotation, v):
            yield quotation


def _leads_to(scene: Scene, quotation: Quotation, v: int) -> bool:
    """Tell whether a quotation that ends where the sentence begins is this cue's ("...?" he asked).

    A stop within the marks (“We stay.” Ms Berg said.) is let pass where the cue phrase is all
    of its sentence.
    """
    if not 0 <= v - quotation.end < NEAR:
        return False
    bare = (
        scene.tree.sentence_end(v) - v <= BARE and scene.tree.pos[min(v + 1, scene.tree.size - 1)] == "PUNCT"
    )
    return bare or ends_in_pause(scene, quotation)


def _is_embedded(scene: Scene, quotation: Quotation) -> bool:
    """Tell a quotation that completes a phrase ("his 'wise' plan", "boasting about 'winning'")."""
    before = quotation.start - 1
    return scene.tree.pos[before] in EMBEDDING or scene.tree.tag[before] in {"PRP$", "POS"}


def _nearer_cue(scene: Scene, v: int, quotation: Quotation) -> bool:
    """Tell whether another verb of saying stands between a cue and a quotation."""
    tree = scene.tree
    between = range(v + 1, quotation.start) if quotation.start > v else range(quotation.end, v)
    return any(
        tree.pos[i] == "VERB" and scene.quoted[i] == NOT_QUOTED and tree.lemma[i] in scene.lexicon["quote"]
        for i in between
    )


def _overlap(quotation: Quotation, run: Tokens | None) -> bool:
    return run is not None and quotation.start < run[1] and run[0] < quotation.end


def colons(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find a verb of saying whose content follows a colon, in its sentence or in the next paragraph."""
    tree = scene.tree
    if tree.lemma[v] not in scene.lexicon["colon"] or scene.quoted[v] != NOT_QUOTED:
        return
    last = min(v + COLON_WINDOW, tree.size - 1)
    colon = next((i for i in range(v + 1, last) if tree.lower[i] == ":"), None)
    if colon is None or tree.sentence[colon] != tree.sentence[v]:
        return
    if any(parts(scene, i) for i in range(v + 1, colon)):
        return  # what stands between the dash and the colon is the speaker
    first = colon + 1
    while first < tree.size - 1 and tree.pos[first] == "SPACE":
        first += 1
    quotation = scene.quotation(first)
    if quotation is not None and cue_behind(scene, quotation) is not None:
        return
    end = tree.sentence_end(first) if quotation is None else quotation.end
    speaker = speaker_of(scene, v)
    yield Candidate(v, "colon", cue_run(tree, v), set(range(first, end)), speaker, 0.9)

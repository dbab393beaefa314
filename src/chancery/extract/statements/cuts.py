"""Where a content ends: what the parser hung into it goes back to the cue that goes on reporting."""

from __future__ import annotations

from chancery.extract.statements.scene import NOT_QUOTED, Scene
from chancery.extract.statements.speakers import FINITE, speaker_of

__all__ = ["clause_tokens"]

BREAKS = frozenset({",", "”", '"', "''", "’", "'"})
JOINING = frozenset({"and", "but", "or", "while"})


def clause_tokens(scene: Scene, v: int, c: int) -> set[int]:
    """Return the words of a complement, less what goes on reporting after it.

    The parser hangs ", adding that ..." and "and insisted ..." inside the clause
    before; both are cut off and given back to the outer speaker. So is ", and
    others said ...", which has a speaker of its own.
    """
    tree = scene.tree
    content = tree.descendants(c)
    for x in sorted(content):
        if x <= c or x <= v or scene.quoted[x] != NOT_QUOTED or tree.pos[x] != "VERB":
            continue
        if tree.child(x, "nsubj", "nsubjpass") is not None:
            cut = _other_speaker(scene, v, x)
        else:
            cut = _same_speaker(scene, v, x)
            if cut is not None:
                scene.moved[x] = speaker_of(scene, v)
        if cut is not None:
            return {i for i in content if i < cut}
    return content


def _same_speaker(scene: Scene, v: int, x: int) -> int | None:
    """Return where a later reporting verb begins that the outer speaker must own, or None."""
    tree = scene.tree
    if tree.lemma[x] not in scene.lexicon["late"] or tree.child(x, "mark") is not None:
        return None
    first = tree.subtree(x)[0]
    before = tree.lower[first - 1] if first else ""
    if tree.dep[x] == "conj":
        return _conjunct(scene, v, x, first) if tree.tag[x] in FINITE else None
    participle = tree.tag[x] == "VBG" and tree.dep[x] in {"advcl", "acl"}
    told = scene.lexicon["noun_that"] | scene.lexicon["documents.text"]
    loose = before in BREAKS or (tree.dep[x] == "acl" and tree.lemma[tree.head[x]] in told)
    return first if participle and loose else None


def _conjunct(scene: Scene, v: int, x: int, first: int) -> int | None:
    tree = scene.tree
    before = tree.lower[first - 1] if first else ""
    same = tree.tag[x] == tree.tag[v]
    owns = tree.tag[tree.head[x]] != tree.tag[x]
    speaks = tree.tag[x] == "VBD" and before in JOINING and tree.lemma[x] in scene.lexicon["clause.speech"]
    if not (same or (speaks and tree.tag[v] not in FINITE)) or not (owns or speaks):
        return None
    return first - 1 if before in JOINING else first


def _other_speaker(scene: Scene, v: int, x: int) -> int | None:
    """Return where a coordinated clause begins in which somebody else speaks ("..., and Paris said ...")."""
    tree = scene.tree
    speaks = tree.lemma[x] in scene.lexicon["clause.speech"] or tree.lemma[x] in scene.lexicon["infinitive"]
    if tree.dep[x] != "conj" or not speaks or tree.tag[x] != tree.tag[v] or tree.tag[x] not in FINITE:
        return None
    told = tree.child(x, "ccomp", "xcomp") is not None
    if not told or tree.lemma[tree.head[x]] in scene.lexicon["clause.speech"]:
        return None
    first = tree.subtree(x)[0]
    return first - 1 if first and tree.lower[first - 1] in JOINING else first

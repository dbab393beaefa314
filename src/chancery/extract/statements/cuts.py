"""Where a content ends: what the parser hung into it goes back to the cue that goes on reporting."""

from __future__ import annotations

from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.speakers import FINITE, speaker_of

__all__ = ["clause_tokens", "without_asides"]

CUTTING = frozenset(
    {
        "clause",
        "infinitive",
        "request",
        "object",
        "preposition",
        "appeal",
        "noun-that",
        "adjective-that",
        "gerund",
    }
)
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
        if x <= c or x <= v or scene.quoted[x] != scene.quoted[v] or tree.pos[x] != "VERB":
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


def without_asides(scene: Scene, candidate: Candidate) -> None:
    """Cut from an indirect content what the report adds at its end on its own account.

    A clause behind a semicolon with a subject of its own, and the occasion behind a quotation ('would
    not take "that", in an interview with the paper'). Annotators of corpora also take a relative
    clause behind a comma for the report's own; most in official texts are not ("the launches, which
    violated several resolutions").
    """
    if candidate.rule == "parenthesis" and candidate.content and not scene.options.corpus:
        _between_semicolons(scene, candidate)
    if candidate.rule not in CUTTING or not candidate.content:
        return
    content = candidate.content
    rules = (_relative,) if scene.options.corpus else (_semicolon, _occasion)
    for cut in [rule(scene, candidate) for rule in rules]:
        if cut is not None and cut > candidate.head:
            content = {i for i in content if i < cut}
    if any(scene.is_word[i] for i in content):
        candidate.content = content


def _between_semicolons(scene: Scene, candidate: Candidate) -> None:
    """Keep a content around its cue to its part of the sentence: "Oslo left; Bern, she said, did not"."""
    tree, here = scene.tree, scene.quoted[candidate.head]
    marks = [i for i in candidate.content if tree.lower[i] == ";" and scene.quoted[i] == here]
    first = max((i for i in marks if i < candidate.head), default=-1)
    last = min((i for i in marks if i > candidate.head), default=tree.size)
    kept = {i for i in candidate.content if first < i < last}
    if any(scene.is_word[i] for i in kept):
        candidate.content = kept


def _semicolon(scene: Scene, candidate: Candidate) -> int | None:
    tree, here = scene.tree, scene.quoted[candidate.head]
    for i in sorted(candidate.content):
        if tree.lower[i] == ";" and scene.quoted[i] == here and i > candidate.head:
            rest = range(i + 1, tree.sentence_end(i))
            own = next((k for k in rest if tree.tag[k] in FINITE or tree.tag[k] == "MD"), None)
            mark = tree.lower[i + 1] in {"that", "and", "but"} if i + 1 < tree.size else True
            if own is not None and not mark:
                return i
    return None


def _relative(scene: Scene, candidate: Candidate) -> int | None:
    tree, last = scene.tree, max(candidate.content)
    here = scene.quoted[candidate.head]
    while last > candidate.head and not scene.is_word[last]:
        last -= 1
    if scene.quoted[last] != here:
        return None
    for x in sorted(candidate.content):
        if tree.dep[x] != "relcl" or x < candidate.head or scene.quoted[x] != here:
            continue
        start, end = tree.subtree(x)
        if end > last and tree.lower[start - 1] == "," and tree.tag[start] in {"WDT", "WP", "WRB"}:
            return start - 1
    return None


def _occasion(scene: Scene, candidate: Candidate) -> int | None:
    tree, here = scene.tree, scene.quoted[candidate.head]
    for i in sorted(candidate.content):
        if i <= candidate.head or scene.quoted[i] != here or tree.lower[i] not in {"in", "during", "at"}:
            continue
        before = scene.quotation(i - 1)
        noun = tree.child(i, "pobj")
        behind = before is not None and scene.quoted[i - 1] != here
        if behind and noun is not None and tree.lemma[noun] in scene.lexicon["occasion.event"]:
            return i
    return None

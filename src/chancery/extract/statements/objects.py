"""Verbs with a noun phrase or a preposition: "condemned the attack", "called for talks"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.cuts import clause_tokens
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import cue_run, is_passive, phrase, source, speaker_of, subject
from chancery.extract.syntax import Tokens

__all__ = ["objects"]

SCORES = {"object": 0.6, "passive": 0.6, "preposition": 0.6, "predicate": 0.65, "poll": 0.8, "appeal": 0.85}


def objects(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find every statement whose content is a noun phrase of the verb."""
    passive = is_passive(scene.tree, v)
    yield from _predicates(scene, v, passive=passive)
    if passive:
        yield from _passives(scene, v) if not scene.options.extra else ()
    else:
        yield from _direct(scene, v)
        yield from _polls(scene, v)
        yield from _appeals(scene, v)
        yield from _calls_for(scene, v)
    yield from _prepositions(scene, v, passive=passive)


def _candidate(scene: Scene, v: int, rule: str, content: set[int], *, until: int | None = None) -> Candidate:
    cue = cue_run(scene.tree, v)
    if until is not None and until - cue[1] <= 1:
        cue = cue[0], until
    speaker = speaker_of(scene, v)
    return Candidate(v, rule, cue, content, speaker, SCORES[rule])


def _preps(scene: Scene, v: int, *names: str) -> list[int]:
    tree = scene.tree
    return [k for k in tree.children(v, "prep") if k > v and tree.lower[k] in names]


def _predicates(scene: Scene, v: int, *, passive: bool) -> Iterator[Candidate]:
    """Yield "called it a mistake" and "described it as a mistake"; the object is part of the content."""
    tree, words = scene.tree, scene.lexicon
    lemma = tree.lemma[v]
    about = subject(tree, v) if passive else tree.child(v, "dobj")
    if about is None and lemma == "refer":
        about = next((o for to in _preps(scene, v, "to") for o in tree.children(to, "pobj")), None)
    if lemma in words["predicate"]:
        for c in tree.children(v, "oprd"):
            yield _candidate(
                scene, v, "predicate", tree.descendants(c) | _object_tokens(scene, about, passive=passive)
            )
        if about is not None and not passive and _is_renamed(scene, about):
            yield _candidate(scene, v, "predicate", tree.descendants(about))
        for c in tree.children(v, "ccomp", "xcomp"):
            small = tree.pos[c] in {"NOUN", "ADJ", "PROPN"} and not tree.children(c, "cop", "aux", "mark")
            if (small or _is_to_be(scene, c)) and c > v:
                yield _candidate(scene, v, "predicate", tree.descendants(c))
    if lemma in words["predicate_as"]:
        for prep in _preps(scene, v, "as") if about is not None else ():
            yield _candidate(
                scene, v, "predicate", tree.descendants(prep) | _object_tokens(scene, about, passive=passive)
            )


def _is_to_be(scene: Scene, c: int) -> bool:
    """Tell "declared the ports to be closed" from "declared that the ports were closed"."""
    tree = scene.tree
    infinitive = tree.lemma[c] == "be" and any(tree.tag[k] == "TO" for k in tree.kids[c])
    return infinitive and tree.child(c, "nsubj") is not None


def _is_renamed(scene: Scene, about: int) -> bool:
    """Tell an object that holds its new name: "calls the plan 'a mistake'", read as an apposition."""
    tree = scene.tree
    return any(scene.quoted[tree.subtree(k)[0]] != NOT_QUOTED for k in tree.children(about, "appos"))


def _object_tokens(scene: Scene, about: int | None, *, passive: bool) -> set[int]:
    if about is None:
        return set()
    return set(range(*phrase(scene.tree, about))) if passive else scene.tree.descendants(about)


def _direct(scene: Scene, v: int) -> Iterator[Candidate]:
    tree = scene.tree
    if tree.lemma[v] not in scene.lexicon["object"]:
        return
    for o in tree.children(v, "dobj"):
        content = clause_tokens(scene, v, o)
        for prep in _preps(scene, v, "for", "of", "as", "over"):
            content |= tree.descendants(prep)
        yield _candidate(scene, v, "object", content)


def _passives(scene: Scene, v: int) -> Iterator[Candidate]:
    tree = scene.tree
    about = subject(tree, v)
    if tree.lemma[v] not in scene.lexicon["passive"] or about is None or tree.dep[v] == "acl":
        return
    if tree.lemma[v] != "accuse" and source(tree, v) is None:
        return
    content = tree.descendants(about) - tree.descendants(v)
    for prep in _preps(scene, v, "of", "for", "as"):
        content |= tree.descendants(prep)
    yield _candidate(scene, v, "passive", content)


def _prepositions(scene: Scene, v: int, *, passive: bool) -> Iterator[Candidate]:
    tree = scene.tree
    wanted = scene.lexicon.prepositions.get(tree.lemma[v])
    if wanted is None:
        return
    for prep in tree.children(v, "prep"):
        if prep < v or tree.lower[prep] not in wanted or not tree.children(prep, "pobj", "pcomp", "prep"):
            continue
        content = tree.descendants(prep) - {prep}
        about = tree.child(v, "dobj") if not passive else subject(tree, v)
        hearer = None
        if about is not None and tree.lemma[v] in scene.lexicon["addressing"] and not scene.options.corpus:
            hearer = phrase(tree, about)
        elif about is not None and tree.lemma[v] in scene.lexicon["object"] | scene.lexicon["passive"]:
            content |= set(range(*phrase(tree, about))) | {prep}
        found = _candidate(scene, v, "preposition", content, until=prep + 1)
        found.hearer = hearer
        yield found


def _polls(scene: Scene, v: int) -> Iterator[Candidate]:
    """Yield what a poll or study shows, whatever form it has."""
    tree, words = scene.tree, scene.lexicon
    who = subject(tree, v)
    if tree.lemma[v] not in words["poll"] or who is None or tree.lemma[who] not in words["documents.poll"]:
        return
    content: set[int] = set()
    for kid in tree.children(v, "dobj", "xcomp", "prep", "acomp", "advcl"):
        if kid > v and tree.child(v, "ccomp") is None:
            content |= tree.descendants(kid)
    yield _candidate(scene, v, "poll", content)


def _appeals(scene: Scene, v: int) -> Iterator[Candidate]:
    """Yield "called on Kyiv to wait", whatever the parser hangs the infinitive on."""
    tree = scene.tree
    if tree.lemma[v] not in scene.lexicon["appeal"]:
        return
    for prep in _preps(scene, v, "on", "to", "with", "for", "upon"):
        hearer = tree.child(prep, "pobj")
        if hearer is None:
            continue
        below = (
            tree.children(v, "xcomp", "advcl", "ccomp")
            + tree.children(prep, "pcomp")
            + tree.children(hearer, "acl", "relcl")
        )
        for c in below:
            to = [k for k in tree.kids[c] if tree.tag[k] == "TO"]
            if c > hearer and to:
                content, run = tree.descendants(c), _before(phrase(tree, hearer), to[0])
                if scene.options.corpus:
                    content |= set(range(*run))
                found = _candidate(scene, v, "appeal", content, until=prep + 1)
                found.hearer = run
                yield found
                return


def _calls_for(scene: Scene, v: int) -> Iterator[Candidate]:
    """Yield "called for Kyiv to wait" and "called on Kyiv to wait" where Kyiv is the subject of waiting."""
    tree = scene.tree
    if tree.lemma[v] not in scene.lexicon["appeal"]:
        return
    for c in tree.children(v, "advcl", "ccomp", "xcomp"):
        who, to = tree.child(c, "nsubj", "nsubjpass"), [k for k in tree.kids[c] if tree.tag[k] == "TO"]
        if who is None or not to or c < v:
            continue
        mark = tree.child(c, "mark")
        content = clause_tokens(scene, v, c)
        if mark is not None and tree.lower[mark] == "for":
            yield _candidate(scene, v, "appeal", content - {mark}, until=mark + 1)
        elif tree.child(v, "prep") is not None and tree.lower[v + 1] in {"on", "upon"}:
            if not scene.options.corpus:
                content = {i for i in content if i >= to[0]}
            found = _candidate(scene, v, "appeal", content, until=v + 2)
            found.hearer = phrase(tree, who)
            yield found


def _before(run: Tokens, limit: int) -> Tokens:
    return run[0], max(run[0] + 1, min(run[1], limit))

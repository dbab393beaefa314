"""Verbs with a noun phrase or a preposition: "condemned the attack", "called for talks"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.cuts import clause_tokens
from chancery.extract.statements.reach import trailing
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import cue_run, is_passive, phrase, source, speaker_of, subject
from chancery.extract.syntax import Tokens

__all__ = ["objects"]

# Words from "expressed" to the noun of feeling: "its strong and continued support".
LONGEST_VOICED = 5
VOICE_PREPOSITIONS = frozenset({"about", "at", "for", "in", "of", "on", "over", "to", "with", "that"})
SCORES = {
    "object": 0.6,
    "voiced": 0.65,
    "passive": 0.6,
    "preposition": 0.6,
    "predicate": 0.65,
    "poll": 0.8,
    "appeal": 0.85,
}


def objects(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find every statement whose content is a noun phrase of the verb."""
    passive = is_passive(scene.tree, v)
    yield from _predicates(scene, v, passive=passive)
    yield from _voiced(scene, v)
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


def _voiced(scene: Scene, v: int) -> Iterator[Candidate]:
    """Yield "expressed concern that", "voiced support for": what the noun leads to is the content."""
    tree, words = scene.tree, scene.lexicon
    noun = tree.child(v, "dobj")
    if tree.lemma[v] not in words["voicing"] or noun is None or not v < noun <= v + LONGEST_VOICED:
        return
    content: set[int] = set()
    end = noun + 1
    for c in tree.children(noun, "acl", "relcl", "ccomp", "xcomp", "prep"):
        if c > noun and tree.subtree(c)[0] == end and _is_voice(scene, c):
            content |= clause_tokens(scene, v, c) - ({c} if tree.dep[c] == "prep" else set())
            break
    if content:
        found = _candidate(scene, v, "object", content, until=min(content))
        if tree.dep[v] == "xcomp" or is_passive(tree, v):
            return
        found.score = SCORES["voiced"]
        found.cue = cue_run(tree, v)[0], min(i for i in content)
        yield found


def _is_voice(scene: Scene, c: int) -> bool:
    """Tell what is thought from what only names its holder ("the concern that was raised")."""
    tree = scene.tree
    if tree.dep[c] == "prep":
        return tree.lower[c] in VOICE_PREPOSITIONS and bool(tree.children(c, "pobj", "pcomp"))
    mark = tree.child(c, "mark")
    return (mark is not None and tree.lower[mark] in {"that", "whether"}) or any(
        tree.tag[k] == "TO" for k in tree.kids[c]
    )


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
    tree, words, lemma = scene.tree, scene.lexicon, scene.tree.lemma[v]
    claims = lemma == "claim" and any(tree.lemma[o] in words["claimed"] for o in tree.children(v, "dobj"))
    if not (lemma in words["object"] or claims) or not _has_particle(scene, v):
        return
    if lemma in words["addressing"] and not scene.options.corpus:
        return  # its object is the hearer: "thanked Oslo for its help" has a preposition
    linking = ("to",) if lemma in words["ascribing"] else ("for", "of", "as", "over")
    for o in tree.children(v, "dobj"):
        content = clause_tokens(scene, v, o)
        for prep in _preps(scene, v, *linking):
            content |= tree.descendants(prep)
        yield _candidate(scene, v, "object", content | trailing(scene, v, content))


def _has_particle(scene: Scene, v: int) -> bool:
    """Tell "ruled out talks" from "ruled the country"; verbs that need no particle pass."""
    tree, wanted = scene.tree, scene.lexicon.particles.get(scene.tree.lemma[v])
    return wanted is None or any(tree.lower[k] in wanted for k in tree.children(v, "prt"))


def _passives(scene: Scene, v: int) -> Iterator[Candidate]:
    tree = scene.tree
    about = subject(tree, v)
    if tree.lemma[v] not in scene.lexicon["passive"]:
        return
    reduced = tree.dep[v] == "acl"  # "the plan announced by the ministry"
    if reduced:
        about = tree.head[v]
    if about is None or ((tree.lemma[v] != "accuse" or reduced) and source(tree, v) is None):
        return
    content = set(range(*phrase(tree, about))) - tree.descendants(v) if reduced else tree.descendants(about)
    for prep in _preps(scene, v, "of", "for", "as"):
        content |= tree.descendants(prep)
    yield _candidate(scene, v, "passive", content)


def _prepositions(scene: Scene, v: int, *, passive: bool) -> Iterator[Candidate]:
    tree = scene.tree
    wanted = scene.lexicon.prepositions.get(tree.lemma[v])
    if wanted is None:
        return
    for prep in _leading(scene, v, passive=passive):
        if prep < v or tree.lower[prep] not in wanted or not tree.children(prep, "pobj", "pcomp", "prep"):
            continue
        content = tree.descendants(prep) - {prep}
        about = tree.child(v, "dobj") if not passive else subject(tree, v)
        hearer = None
        if about is not None and tree.lemma[v] in scene.lexicon["addressing"] and not scene.options.corpus:
            hearer = phrase(tree, about)
        elif about is not None and tree.lemma[v] in scene.lexicon["object"] | scene.lexicon["passive"]:
            content |= set(range(*phrase(tree, about))) | {prep}
        content |= trailing(scene, v, content)
        found = _candidate(scene, v, "preposition", content, until=prep + 1)
        found.hearer = hearer
        yield found


def _leading(scene: Scene, v: int, *, passive: bool) -> list[int]:
    """Return the prepositions of a verb, also those hung on the hearer ("assured Kyiv of support")."""
    tree = scene.tree
    found = tree.children(v, "prep")
    hearer = None if passive else tree.child(v, "dobj")
    hears = scene.lexicon["telling"] | scene.lexicon["addressing"]
    if hearer is not None and hearer > v and tree.lemma[v] in hears and tree.pos[hearer] in {"PROPN", "PRON"}:
        found += [prep for prep in tree.children(hearer, "prep") if tree.lower[prep] != "from"]
    return found


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

"""Nouns and adjectives as cues: "the claim that", "his support for", "confident that"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.speakers import cue_run, phrase, source
from chancery.extract.syntax import Tokens

__all__ = ["adjectives", "nouns"]

COMPLEMENTS = ("ccomp", "xcomp", "csubj", "advcl")
VERBAL = frozenset({"VERB", "AUX"})
SCORES = {
    "noun-that": 0.65,
    "noun-to": 0.55,
    "noun-of": 0.5,
    "adjective-that": 0.65,
    "adjective-to": 0.5,
    "adjective-of": 0.5,
}


def nouns(scene: Scene, n: int) -> Iterator[Candidate]:
    """Find nouns with a clause, an infinitive or a preposition that leads to content."""
    tree, words = scene.tree, scene.lexicon
    lemma = tree.lemma[n]
    if lemma not in words["noun_that"] and lemma not in words["noun_to"] and lemma not in words.nouns:
        return
    speaker = _source(scene, n)
    for c in tree.children(n, "acl", "relcl", "ccomp", "xcomp"):
        mark = tree.child(c, "mark")
        if mark is not None and tree.lower[mark] in {"that", "whether"} and lemma in words["noun_that"]:
            yield _candidate(n, "noun-that", tree.descendants(c), speaker)
        elif (
            speaker
            and lemma in words["noun_to"]
            and not _is_told(scene, n)
            and any(tree.tag[k] == "TO" for k in tree.kids[c])
        ):
            yield _candidate(n, "noun-to", tree.descendants(c), speaker)
    for prep in tree.children(n, "prep"):
        near = prep == n + 1 and tree.lower[prep] in words.nouns.get(lemma, ())
        if near and tree.children(prep, "pobj", "pcomp"):
            yield _candidate(n, "noun-of", tree.descendants(prep) - {prep}, speaker)


def _is_told(scene: Scene, n: int) -> bool:
    """Tell whether a verb that is a cue itself has the noun for object: "announced plans to leave"."""
    tree = scene.tree
    return tree.dep[n] == "dobj" and tree.lemma[tree.head[n]] in scene.lexicon["object"]


def _candidate(n: int, rule: str, content: set[int], speaker: Tokens | None) -> Candidate:
    return Candidate(n, rule, (n, n + 1), content, speaker, SCORES[rule])


def _source(scene: Scene, n: int) -> Tokens | None:
    """Find whose claim it is: the possessor, a "by" phrase, or the subject of the verb it belongs to."""
    tree = scene.tree
    owner = tree.child(n, "poss")
    if owner is not None:
        by_name = _owner_by_name(scene, n, owner) if scene.options.corpus else None
        return by_name or _without_possessive(scene, phrase(tree, owner))
    for prep in tree.children(n, "prep"):
        by = tree.child(prep, "pobj")
        if tree.lower[prep] in {"by", "from"} and by is not None:
            return phrase(tree, by)
    if tree.dep[n] in {"dobj", "attr", "pobj"}:
        verb = tree.head[tree.head[n]] if tree.dep[n] == "pobj" else tree.head[n]
        owned = tree.lemma[n] not in scene.lexicon["hearsay"]
        light = scene.options.corpus or tree.lemma[n] not in scene.lexicon["noun_to"]
        light = light or tree.lemma[verb] in scene.lexicon["making"]
        if tree.pos[verb] in VERBAL and owned and light and tree.lemma[verb] not in scene.lexicon["causing"]:
            return source(tree, verb)
    return None


def _owner_by_name(scene: Scene, n: int, owner: int) -> Tokens | None:
    """Return the subject whose own words are meant: "*Berg* repeated his criticism of"."""
    tree = scene.tree
    verb = tree.head[tree.head[n]] if tree.dep[n] == "pobj" else tree.head[n]
    if tree.pos[owner] != "PRON" or tree.dep[n] not in {"dobj", "pobj"} or tree.pos[verb] not in VERBAL:
        return None
    who = source(tree, verb)
    own = who is not None and tree.lemma[verb] not in scene.lexicon["causing"]
    plain = own and tree.lemma[verb] not in scene.lexicon["object.judgement"]
    return who if plain and tree.lower[owner] not in {"my", "your", "our"} else None


def _without_possessive(scene: Scene, run: Tokens) -> Tokens:
    return (run[0], run[1] - 1) if run[1] - run[0] > 1 and scene.tree.tag[run[1] - 1] == "POS" else run


def adjectives(scene: Scene, a: int) -> Iterator[Candidate]:
    """Find predicates of feeling and stance: "is confident that", "made it clear that", "critical of"."""
    tree, words = scene.tree, scene.lexicon
    lemma, head = tree.lemma[a], tree.head[a]
    verb = (
        head
        if tree.dep[a] in {"acomp", "ccomp", "oprd", "attr", "conj"} and tree.pos[head] in VERBAL
        else None
    )
    speaker = source(tree, verb) if verb is not None else None
    if speaker is None and tree.dep[a] in {"amod", "appos"}:
        speaker = phrase(tree, head)
    if lemma in words["adjective_clause"] or lemma in words["adjective_to"]:
        holders = [a] if verb is None else [a, verb]
        for c in [c for h in holders for c in tree.children(h, *COMPLEMENTS) if c > a]:
            infinitive = tree.dep[c] == "xcomp"
            mark = tree.child(c, "mark")
            if tree.dep[c] in {"csubj", "advcl"} and (mark is None or tree.lower[mark] != "that"):
                continue
            if lemma in words["adjective_to" if infinitive else "adjective_clause"]:
                rule = "adjective-to" if infinitive else "adjective-that"
                yield Candidate(a, rule, _cue(scene, a, verb), tree.descendants(c), speaker, SCORES[rule])
    if lemma in words["adjective_of"]:
        for prep in tree.children(a, "prep"):
            leads = {"about", "in", "of"} if scene.options.extra else {"about", "of"}
            if tree.lower[prep] in leads and tree.children(prep, "pobj", "pcomp"):
                content = tree.descendants(prep) - {prep}
                yield Candidate(
                    a, "adjective-of", _cue(scene, a, verb), content, speaker, SCORES["adjective-of"]
                )


def _cue(scene: Scene, a: int, verb: int | None) -> Tokens:
    """Let the cue reach back to its verb: "was clear", "made it clear"."""
    near = verb is not None and verb < a <= verb + 3
    return (cue_run(scene.tree, verb)[0], a + 1) if near and verb is not None else (a, a + 1)

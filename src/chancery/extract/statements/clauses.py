"""Verbs with a clause: "said that", "X, he said", "vowed to", "urged Kyiv to", "is said to"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import cue_run, is_passive, phrase, speaker_of, subject
from chancery.extract.syntax import Tokens

__all__ = ["clauses", "infinitives", "parentheses", "to_clause_start"]

SCORES = {
    "clause": 0.85,
    "parenthesis": 0.9,
    "infinitive": 0.65,
    "request": 0.7,
    "gerund": 0.55,
    "reported": 0.65,
}
CONDITIONS = frozenset({"because", "if", "unless", "until", "so", "since", "when", "where"})
OPENERS = frozenset({"if", "whether", "that", "how"})


def clauses(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find verbs with a finite clause for object."""
    tree, words = scene.tree, scene.lexicon
    lemma = tree.lemma[v]
    if lemma not in words["clause"]:
        return
    for c in tree.children(v, "ccomp", "advcl"):
        if tree.dep[c] == "advcl":
            mark = tree.child(c, "mark", "advmod")
            opens = mark is not None and tree.lower[mark] in OPENERS
            if lemma not in words["clause.speech"] or not opens or c < v or tree.child(v, "ccomp", "xcomp"):
                continue
        if _has_to(scene, c) and tree.child(c, "nsubj", "nsubjpass") is not None:
            yield from _request(scene, v, c)
            continue
        content = clause_tokens(scene, v, c) | _conditions(scene, v, c)
        # a clause before its verb is content with verbs of saying only, unless marks say so
        if c < v and lemma not in words["parenthesis"] and not any(scene.quoted[i] >= 0 for i in content):
            continue
        yield _candidate(scene, v, "clause", content)


def _candidate(scene: Scene, v: int, rule: str, content: set[int], hearer: Tokens | None = None) -> Candidate:
    speaker = speaker_of(scene, v)
    return Candidate(v, rule, cue_run(scene.tree, v), content, speaker, SCORES[rule], hearer)


def clause_tokens(scene: Scene, v: int, c: int) -> set[int]:
    """Return the words of a complement, less what goes on reporting after it.

    The parser hangs ", adding that ..." and "and insisted ..." inside the clause
    before; both are cut off and given back to the outer speaker.
    """
    tree = scene.tree
    content = tree.descendants(c)
    for x in sorted(content):
        if x <= c or x <= v or scene.quoted[x] != NOT_QUOTED or tree.lemma[x] not in scene.lexicon["late"]:
            continue
        cut = _cut(scene, v, x)
        if cut is not None:
            content = {i for i in content if i < cut}
            scene.moved[x] = speaker_of(scene, v)
            break
    return content


def _cut(scene: Scene, v: int, x: int) -> int | None:
    """Return where a later reporting verb begins that the outer speaker must own, or None."""
    tree = scene.tree
    if tree.dep[x] not in {"conj", "advcl", "acl"} or tree.children(x, "nsubj", "nsubjpass", "mark"):
        return None
    first = tree.subtree(x)[0]
    before = tree.lower[first - 1] if first else ""
    if tree.dep[x] == "conj":
        finite = tree.tag[x] == tree.tag[v] and tree.tag[x] in {"VBD", "VBZ", "VBP"}
        owns = tree.tag[tree.head[x]] != tree.tag[x]
        again = (
            tree.tag[x] == "VBD"
            and before in {"and", "but"}
            and tree.lemma[x] in scene.lexicon["clause.speech"]
        )
        if not finite or not (owns or again):
            return None
        return first - 1 if before in {"and", "but", "or"} else first
    return first if tree.tag[x] == "VBG" and before in {",", "”", '"', "''"} else None


def _conditions(scene: Scene, v: int, c: int) -> set[int]:
    """Return adverbial clauses behind a complement that the parser hung on the cue: "..., because ..."."""
    tree, found = scene.tree, set[int]()
    end = tree.subtree(c)[1]
    for kid in tree.children(v, "advcl"):
        mark = tree.child(kid, "mark", "advmod")
        if (
            kid > c > v
            and mark is not None
            and tree.lower[mark] in CONDITIONS
            and tree.subtree(kid)[0] - end <= 1
        ):
            found |= tree.descendants(kid)
            end = tree.subtree(kid)[1]
    return found


def _has_to(scene: Scene, c: int) -> bool:
    return any(scene.tree.tag[k] == "TO" for k in scene.tree.kids[c])


def to_clause_start(scene: Scene, c: int) -> int:
    """Return the index of an infinitive's "to"."""
    return next((k for k in scene.tree.kids[c] if scene.tree.tag[k] == "TO"), c)


def parentheses(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find cues inside or after their content: "talks, he said, would go on", "as he put it"."""
    tree = scene.tree
    lemma, head = tree.lemma[v], tree.head[v]
    if head == v or lemma not in scene.lexicon["parenthesis"] or tree.child(v, "ccomp") is not None:
        return
    own = tree.child(v, "nsubj", "nsubjpass")
    aside = tree.dep[v] == "parataxis" and own is not None
    as_said = tree.dep[v] == "advcl" and any(
        tree.lower[k] == "as" and tree.dep[k] in {"mark", "advmod", "prep"} for k in tree.kids[v]
    )
    if not aside and not as_said:
        return
    if (
        aside
        and lemma in scene.lexicon["parenthesis.thought"]
        and own is not None
        and tree.lower[own] in {"i", "you", "we"}
    ):
        return
    content = tree.descendants(head) - tree.descendants(v)
    yield _candidate(scene, v, "parenthesis", content)


def infinitives(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find verbs with an infinitive or -ing clause, with or without a hearer."""
    tree, words = scene.tree, scene.lexicon
    lemma, passive = tree.lemma[v], is_passive(tree, v)
    for c in tree.children(v, "xcomp"):
        content = tree.descendants(c)
        if passive:
            yield from _passive(scene, v, c)
        elif _has_to(scene, c):
            hearer = tree.child(v, "dobj", "dative")
            if hearer is not None and hearer < c:
                yield from _request_of(scene, v, c, hearer)
            elif lemma in words["infinitive"]:
                yield _candidate(scene, v, "infinitive", content)
        elif tree.tag[c] == "VBG" and lemma in words["gerund"]:
            yield _candidate(scene, v, "gerund", content)


def _passive(scene: Scene, v: int, c: int) -> Iterator[Candidate]:
    """Yield "is said to have left" and "was urged to leave"."""
    tree, words = scene.tree, scene.lexicon
    if not _has_to(scene, c):
        return
    about = subject(tree, v)
    if tree.lemma[v] in words["reported"]:
        content = tree.descendants(c)
        if scene.options.corpus and about is not None:
            content |= set(range(*phrase(tree, about)))
        yield _candidate(scene, v, "reported", content)
    elif tree.lemma[v] in words["request"]:
        hearer = None if about is None else phrase(tree, about)
        yield _candidate(scene, v, "request", _with_hearer(scene, c, hearer), hearer)


def _request_of(scene: Scene, v: int, c: int, hearer: int) -> Iterator[Candidate]:
    if scene.tree.lemma[v] in scene.lexicon["request"]:
        run = phrase(scene.tree, hearer)
        yield _candidate(scene, v, "request", _with_hearer(scene, c, run), run)


def _request(scene: Scene, v: int, c: int) -> Iterator[Candidate]:
    """Yield "urged Kyiv to wait" where the parser makes Kyiv the subject of waiting."""
    tree, lemma = scene.tree, scene.tree.lemma[v]
    who = tree.child(c, "nsubj", "nsubjpass")
    assert who is not None  # asked before the call
    if lemma in scene.lexicon["request.speech"]:
        run = phrase(tree, who)
        start = to_clause_start(scene, c)
        content = tree.descendants(c)
        if not scene.options.corpus:
            content = {i for i in content if i >= start}
        yield _candidate(scene, v, "request", content, run)
    elif lemma in scene.lexicon["request"]:
        yield _candidate(scene, v, "request", tree.descendants(c))


def _with_hearer(scene: Scene, c: int, hearer: Tokens | None) -> set[int]:
    content = scene.tree.descendants(c)
    if hearer is not None and scene.options.corpus:
        content |= set(range(*hearer))
    return content

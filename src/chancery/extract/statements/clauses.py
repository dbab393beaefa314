"""Verbs with a clause: "said that", "X, he said", "vowed to", "urged Kyiv to", "is said to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chancery.extract.quotations import Quotation
from chancery.extract.statements.cuts import clause_tokens
from chancery.extract.statements.quotatives import spoken_before
from chancery.extract.statements.reach import beyond, listed
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import FINITE, cue_run, is_passive, phrase, speaker_of, subject
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
    """Find verbs with a finite clause for object, on either side."""
    if scene.tree.lemma[v] not in scene.lexicon["clause"]:
        return
    before: list[int] = []
    after: list[int] = []
    for c in _complements(scene, v):
        if _has_to(scene, c) and scene.tree.child(c, "nsubj", "nsubjpass") is not None:
            yield from _request(scene, v, c)
        elif not _is_set_apart(scene, v, c):
            (before if c < v else after).append(c)
    if before and (after or _is_said_to(scene, v)) and _is_cue(scene, before[-1]):
        yield from _told_by(scene, v, before[-1])
        before = []
    content = _left(scene, v, before) | _right(scene, v, after)
    if after and not before:
        content |= beyond(scene, v, content)
    if not content:
        return
    found = _candidate(scene, v, "clause", content)
    if found.speaker is None and before and after and not is_passive(scene.tree, v):
        _split_off_source(scene, found, before[0])
    yield found


def _split_off_source(scene: Scene, found: Candidate, c: int) -> None:
    """Take a "clause" before a cue with content behind it for what it is: a long subject.

    "Activists hoping to stop the vote say ..." is read as if the activists hoped.
    """
    tree = scene.tree
    who = tree.child(c, "nsubj", "nsubjpass")
    head = who if who is not None else c if tree.pos[c] in {"NOUN", "PROPN", "NUM"} else None
    if head is not None and not any(scene.quoted[i] != NOT_QUOTED for i in range(tree.subtree(c)[0], c)):
        found.speaker = phrase(tree, head)
        found.content = {i for i in found.content if i > found.head}


def _is_set_apart(scene: Scene, v: int, c: int) -> bool:
    """Tell whether a semicolon parts a clause from the cue behind it."""
    end = scene.tree.subtree(c)[1]
    return c < v and (scene.tree.lower[end - 1] == ";" or scene.tree.lower[min(end, v)] == ";")


def _complements(scene: Scene, v: int) -> Iterator[int]:
    """Yield the heads of a verb's object clauses, also "whether" clauses taken for adverbial ones."""
    tree = scene.tree
    yield from tree.children(v, "ccomp")
    bare = tree.child(v, "xcomp") is None and not any(c > v for c in tree.children(v, "ccomp"))
    if tree.lemma[v] in scene.lexicon["clause.speech"] and bare:
        for c in tree.children(v, "advcl"):
            mark = tree.child(c, "mark", "advmod")
            asks = tree.lemma[v] in scene.lexicon["asking"]
            if (
                c > v
                and mark is not None
                and tree.lower[mark] in OPENERS
                and (asks or tree.lower[mark] != "if")
            ):
                yield c
        yield from _hung_on_nouns(scene, v)


def _hung_on_nouns(scene: Scene, v: int) -> Iterator[int]:
    """Yield the clause of "told the people that ..." and "said at a briefing that ...", hung on the noun."""
    tree = scene.tree
    holders = tree.children(v, "dobj")
    for prep in tree.children(v, "prep"):
        holders += tree.children(prep, "pobj")
    for noun in holders:
        for c in tree.children(noun, "relcl", "acl", "ccomp"):
            mark = tree.child(c, "mark")
            that = mark is not None and tree.lower[mark] == "that"
            if that and c > v and tree.lemma[noun] not in scene.lexicon["noun_that"]:
                yield c


def _is_said_to(scene: Scene, v: int) -> bool:
    return scene.tree.lemma[v] in scene.lexicon["reported"] and any(
        _has_to(scene, c) for c in scene.tree.children(v, "xcomp")
    )


def _is_cue(scene: Scene, c: int) -> bool:
    """Tell a cue from content: "Reuters reported on Monday" before "a source said"."""
    tree = scene.tree
    speaks = tree.lemma[c] in scene.lexicon["parenthesis.speech"] and scene.quoted[c] == NOT_QUOTED
    return speaks and tree.child(c, "dobj", "xcomp") is None and tree.pos[c] == "VERB"


def _told_by(scene: Scene, v: int, cue: int) -> Iterator[Candidate]:
    """Turn round a parse that has the outer cue for the content of the inner one."""
    if scene.tree.child(cue, "ccomp") is None:
        start = scene.tree.subtree(cue)[1]
        content = {i for i in scene.tree.descendants(v) if i >= start}
        yield _candidate(scene, cue, "clause", content)


def _left(scene: Scene, v: int, before: Sequence[int]) -> set[int]:
    """Return the content in front of its cue: one run, however many clauses the parser cut it into.

    A clause before its verb is content with verbs of saying only, unless marks
    say so. What else of the sentence stands before the clause belongs to it
    ("In the past week, two people died, he said").
    """
    tree = scene.tree
    if not before:
        return set()
    introduced = _behind_colon(scene, v) or spoken_before(scene, v)
    if introduced is not None:
        return set(range(introduced.start, introduced.end))
    first = min(tree.subtree(c)[0] for c in before)
    last = max(tree.subtree(c)[1] for c in before)
    content = set(range(first, min(last, v)))
    quoted = any(scene.quoted[i] != NOT_QUOTED for i in content)
    if tree.lemma[v] not in scene.lexicon["parenthesis"] and not quoted:
        return set()
    if not quoted:
        content |= set(range(tree.subtree(v)[0], first))
    return content.union(*(clause_tokens(scene, v, c) for c in before))


def _behind_colon(scene: Scene, v: int) -> Quotation | None:
    """Return the quotation right before a cue phrase when a colon sets it off."""
    own = scene.tree.child(v, "nsubj")
    start = min(v, v if own is None else scene.tree.subtree(own)[0])
    quotation = scene.quotation(start - 1) if start else None
    if quotation is None or not quotation.start or scene.tree.lower[quotation.start - 1] != ":":
        return None
    return quotation


def _right(scene: Scene, v: int, after: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for c in after:
        found |= clause_tokens(scene, v, c) | _conditions(scene, v, c) | _stray_subject(scene, v, c)
    return found


def _stray_subject(scene: Scene, v: int, c: int) -> set[int]:
    """Return the words between a cue and a clause whose subject the parser hung on the cue."""
    tree = scene.tree
    first = tree.subtree(c)[0]
    bare = tree.tag[c] in FINITE and tree.child(c, "nsubj", "nsubjpass", "csubj", "expl", "mark") is None
    own = tree.child(v, "dobj", "nsubj")
    if not bare or own is None or not v < own < first or tree.lemma[v] in scene.lexicon["telling"]:
        return set()
    return set(range(tree.subtree(own)[0], first)) - {v}


def _candidate(scene: Scene, v: int, rule: str, content: set[int], hearer: Tokens | None = None) -> Candidate:
    speaker = speaker_of(scene, v)
    return Candidate(v, rule, cue_run(scene.tree, v), content, speaker, SCORES[rule], hearer)


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
    spoken = spoken_before(scene, v)
    if spoken is not None:
        content = {i for i in content if i > v} | set(range(spoken.start, spoken.end))
    yield _candidate(scene, v, "parenthesis", content)


def infinitives(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find verbs with an infinitive or -ing clause, with or without a hearer."""
    tree, words = scene.tree, scene.lexicon
    lemma, passive = tree.lemma[v], is_passive(tree, v)
    for c in _infinitival(scene, v):
        content = clause_tokens(scene, v, c) | _conditions(scene, v, c) | listed(scene, v, c)
        if passive:
            yield from _passive(scene, v, c)
        elif lemma in words["seeming"]:
            yield from _seeming(scene, v, c)
        elif _has_to(scene, c):
            hearer = tree.child(v, "dobj", "dative")
            if hearer is not None and hearer < c:
                yield from _request_of(scene, v, c, hearer)
            elif lemma in words["infinitive"]:
                yield _candidate(scene, v, "infinitive", content)
        elif tree.tag[c] == "VBG" and lemma in words["gerund"]:
            yield _candidate(scene, v, "gerund", content)


def _infinitival(scene: Scene, v: int) -> Iterator[int]:
    """Yield infinitive complements, also the one that the parser took for a purpose after "from X"."""
    tree = scene.tree
    yield from tree.children(v, "xcomp")
    if tree.lemma[v] in scene.lexicon["infinitive.claim"] and tree.child(v, "xcomp", "dobj", "ccomp") is None:
        yield from (c for c in tree.children(v, "advcl") if c > v and _has_to(scene, c))


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


def _seeming(scene: Scene, v: int, c: int) -> Iterator[Candidate]:
    """Yield "the talks seem to have failed": told by nobody, so the subject is part of the content."""
    about = subject(scene.tree, v)
    if _has_to(scene, c) and about is not None:
        content = scene.tree.descendants(c) | set(range(*phrase(scene.tree, about)))
        yield Candidate(v, "reported", cue_run(scene.tree, v), content, None, SCORES["reported"])


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
        content = clause_tokens(scene, v, c)
        if not scene.options.corpus:
            content = {i for i in content if i >= start}
        yield _candidate(scene, v, "request", content, run)
    elif lemma in scene.lexicon["request"]:
        yield _candidate(scene, v, "request", tree.descendants(c))


def _with_hearer(scene: Scene, c: int, hearer: Tokens | None) -> set[int]:
    v = scene.tree.head[c]
    content = clause_tokens(scene, v, c) | listed(scene, v, c)
    if hearer is not None and scene.options.corpus:
        content |= set(range(*hearer))
    return content

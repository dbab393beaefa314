"""Who says it: from the cue to the noun phrase of the source."""

from __future__ import annotations

from chancery.extract.statements.lexicon import load_lexicon
from chancery.extract.statements.scene import NOT_QUOTED, Scene
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree

__all__ = [
    "FINITE",
    "cue_run",
    "is_negated",
    "is_passive",
    "phrase",
    "source",
    "speaker_of",
    "subject",
    "without_edges",
]

# A chain of infinitives and coordinations longer than this is a parse gone wrong.
DEEPEST_CHAIN = 6

# The longest run of words between a quotation and its cue that is taken for the source.
LONGEST_SOURCE = 12
# The same with an office in commas ("Trump, the front-runner in the polls after ..., said").
LONGEST_APPOSED = 32

CLAUSES = frozenset({"relcl", "advcl", "parataxis", "ccomp", "punct"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
OPENS_NAME = frozenset({"PROPN", "NOUN", "DET", "ADJ", "PRON"})
PERSONS = frozenset({"he", "she", "they", "i", "we"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
ADDING = frozenset({"only", "just", "merely", "simply"})
NEGATIVES = frozenset({"not", "n't", "n’t", "never", "nt", "hardly", "neither", "nor"})


def is_passive(tree: Tree, v: int) -> bool:
    """Tell whether a verb is passive, also where its auxiliary is shared or left out."""
    kids = tree.kids[v]
    if any(tree.dep[k] in {"nsubjpass", "auxpass"} for k in kids):
        return True
    if tree.tag[v] != "VBN":
        return False
    if tree.dep[v] in {"advcl", "acl", "ROOT"}:  # "Asked about it, he ...", "plans criticized by"
        return not tree.children(v, "aux", "nsubj")
    shared = tree.dep[v] == "conj" and tree.child(tree.head[v], "auxpass") is not None
    return shared and not tree.children(v, "nsubj", "aux")


def subject(tree: Tree, v: int, depth: int = 0) -> int | None:
    """Return the head of a verb's subject, looked for up the chain of verbs that share it."""
    own = tree.child(v, "nsubj", "nsubjpass")
    if own is not None:
        return _antecedent(tree, v, own)
    head, dep = tree.head[v], tree.dep[v]
    if depth > DEEPEST_CHAIN or head == v or tree.child(v, "expl") is not None:
        return None
    verbal = tree.pos[head] in {"VERB", "AUX"}
    if dep in {"conj", "dep", "parataxis"} and verbal:
        return subject(tree, _finite_head(tree, v, head), depth + 1)
    if dep in {"xcomp", "ccomp"} and (verbal or tree.pos[head] == "ADJ"):
        return _controller(tree, v, depth)
    if dep == "advcl":
        return subject(tree, head, depth + 1)
    if dep == "acl":
        return _of_noun(tree, v, head, depth)
    if dep == "acomp":
        return subject(tree, head, depth + 1)
    if dep == "pcomp" and tree.dep[head] == "prep":
        return _of_preposition(tree, head, depth)
    return None


def _finite_head(tree: Tree, v: int, head: int) -> int:
    """Climb from an infinitive to the finite verb that a finite conjunct must belong to.

    "pressed for Russia to use its influence and underlined ...": who underlined
    is not Russia.
    """
    while tree.tag[v] in FINITE and tree.tag[head] == "VB" and tree.dep[head] != "ROOT":
        head = tree.head[head]
        while tree.pos[head] not in {"VERB", "AUX"} and tree.head[head] != head:
            head = tree.head[head]
    return head


def _of_noun(tree: Tree, v: int, noun: int, depth: int) -> int | None:
    """Find the subject of a clause on a noun: the noun in "a man saying", not in "the resolve to fight"."""
    if tree.tag[v] != "VB":
        return noun
    owner = tree.child(noun, "poss")
    if owner is None and tree.dep[noun] == "dobj" and tree.pos[tree.head[noun]] == "VERB":
        return subject(tree, tree.head[noun], depth + 1)
    return owner


def _antecedent(tree: Tree, v: int, own: int) -> int:
    """Look through a relative pronoun to the noun that it stands for."""
    if tree.lower[own] in RELATIVES:
        while tree.dep[v] == "conj":
            v = tree.head[v]
        if tree.dep[v] == "relcl":
            return tree.head[v]
    return own


def _controller(tree: Tree, v: int, depth: int) -> int | None:
    """Find whose infinitive it is: the hearer's in "told him to say", else the subject's."""
    if tree.tag[v] not in {"VB", "VBG"}:
        return None
    head = tree.head[v]
    hearer = tree.child(head, "dobj", "dative")
    asked = tree.lemma[head] in load_lexicon()["request"]
    if hearer is not None and asked and tree.tag[v] == "VB" and tree.dep[v] == "xcomp":
        return hearer
    return subject(tree, head, depth + 1)


def _of_preposition(tree: Tree, prep: int, depth: int) -> int | None:
    """Find the subject of "by saying": that of the verb, or the possessor of the noun, before it."""
    governor = tree.head[prep]
    if tree.pos[governor] in {"VERB", "AUX"}:
        return subject(tree, governor, depth + 1)
    owner = tree.child(governor, "poss")
    if owner is None and tree.dep[governor] == "dobj":
        return subject(tree, tree.head[governor], depth + 1)
    return owner


def source(tree: Tree, v: int) -> Tokens | None:
    """Return the noun phrase that a verbal cue names as its source, or None."""
    if is_passive(tree, v):
        agent = tree.child(v, "agent")
        by = None if agent is None else tree.child(agent, "pobj")
        return None if by is None else phrase(tree, by)
    head = subject(tree, v)
    return None if head is None else phrase(tree, head)


def speaker_of(scene: Scene, v: int) -> Tokens | None:
    """Return the source of a verbal cue, with what the report's surface tells better than the parse."""
    return _undated(scene.tree, _speaker_of(scene, v))


def _undated(tree: Tree, run: Tokens | None) -> Tokens | None:
    """Leave the day out of a source ("the ministry on Monday said"); a day alone is none."""
    if run is None or tree.ent[run[1] - 1] != "DATE":
        return run
    start = run[1] - 1
    while start > run[0] and tree.ent[start - 1] == "DATE":
        start -= 1
    if start == run[0]:
        return None if tree.pos[start] != "PROPN" or start + 1 == run[1] else run
    prep = start - 1
    beside = prep > run[0] and tree.dep[prep] == "prep" and tree.pos[tree.head[prep]] != "VERB"
    return (run[0], prep) if beside else run


def _speaker_of(scene: Scene, v: int) -> Tokens | None:
    if v in scene.moved:
        return scene.moved[v]
    tree = scene.tree
    relative = _relative(tree, v) if scene.options.corpus else None
    if relative is not None:
        return relative, relative + 1
    found = source(tree, v)
    if found is None or (scene.quoted[v] == NOT_QUOTED and scene.quoted[found[0]] != NOT_QUOTED):
        if found is None and is_passive(tree, v):
            return None
        return _inverted(scene, v) or _after_quotation(scene, v) or _right_before(scene, v) or found
    return _issuer(scene, v) or found


def _relative(tree: Tree, v: int) -> int | None:
    """Return the relative pronoun that a verb, or the verb it is coordinated with, has for subject."""
    while tree.dep[v] == "conj" and tree.child(v, "nsubj", "nsubjpass") is None:
        v = tree.head[v]
    own = tree.child(v, "nsubj")
    return own if own is not None and tree.lower[own] in RELATIVES else None


def _inverted(scene: Scene, v: int) -> Tokens | None:
    """Find the source behind its cue ('"...", says the envoy') where the parser saw an object."""
    tree = scene.tree
    if v + 1 >= tree.size or v == 0 or tree.pos[v - 1] != "PUNCT":
        return None
    for kid in tree.kids[v]:
        if (
            kid > v
            and tree.pos[kid] in {"PROPN", "NOUN", "PRON", "NUM"}
            and tree.dep[kid] not in {"prep", "dative"}
        ):
            run = phrase(tree, kid)
            if run[0] == v + 1:
                return run
    return None


def _after_quotation(scene: Scene, v: int) -> Tokens | None:
    """Take the words between a quotation and its cue for the source ('..." the envoy told Reuters')."""
    tree, start = scene.tree, v
    while (
        start > scene.paragraph(v)[0] and scene.quoted[start - 1] == NOT_QUOTED and v - start < LONGEST_SOURCE
    ):
        start -= 1
    before = range(start, v)
    if (
        not start
        or scene.quoted[start - 1] == NOT_QUOTED
        or any(tree.pos[i] in {"VERB", "AUX"} and tree.dep[i] != "relcl" for i in before)
    ):
        return None
    named = any(tree.pos[i] in {"PROPN", "PRON", "NOUN"} for i in before)
    return without_edges(tree, (start, v)) if named else None


def _right_before(scene: Scene, v: int) -> Tokens | None:
    """Take the words right before a finite cue for its source where the parser gave it no subject at all."""
    tree = scene.tree
    end = v
    while end > tree.sentence[v] and tree.dep[end - 1] in {"aux", "neg", "advmod"}:
        end -= 1
    if end > tree.sentence[v] + 1 and tree.lower[end - 1] == ",":
        return _apposed(scene, v, end - 1)
    start = end
    while start > tree.sentence[v] and _may_name(scene, start - 1) and end - start < LONGEST_SOURCE:
        start -= 1
    while start < end and tree.pos[start] in {"CCONJ", "SCONJ", "ADV", "PUNCT"}:
        start += 1
    named = any(tree.pos[i] in {"PROPN", "NOUN"} or tree.lower[i] in PERSONS for i in range(start, end))
    return (start, end) if named and tree.tag[v] in FINITE else None


def _apposed(scene: Scene, v: int, comma: int) -> Tokens | None:
    """Take a name and the offices set off by commas behind it for the source ("Ana Lind, the envoy, said").

    The parser hangs both on what stands before, a quotation or "in a statement".
    """
    tree, start, end = scene.tree, comma, comma
    while start > tree.sentence[v] and comma - start < LONGEST_APPOSED:
        first = start
        while (
            first > tree.sentence[v]
            and tree.lower[first - 1] != ","
            and scene.quoted[first - 1] == NOT_QUOTED
        ):
            first -= 1
        if first == start or tree.pos[first] not in OPENS_NAME or tree.tag[first] in {"WDT", "WP"}:
            break
        start = first
        if first == tree.sentence[v] or tree.lower[first - 1] != ",":
            break
        start -= 1
    if start < end and tree.lower[start] == ",":
        start += 1
    finite = any(tree.tag[i] in FINITE and tree.dep[i] != "relcl" for i in range(start, end))
    named = any(tree.pos[i] in {"PROPN", "NOUN"} for i in range(start, end))
    return (start, end) if named and not finite and tree.tag[v] in FINITE else None


def _may_name(scene: Scene, i: int) -> bool:
    tree = scene.tree
    verbal = tree.pos[i] in {"VERB", "AUX", "SCONJ"}
    return not verbal and tree.lower[i] not in {",", ";", ":", "."} and scene.quoted[i] == NOT_QUOTED


def _issuer(scene: Scene, v: int) -> Tokens | None:
    """Find who put out the text in "X issued a statement saying ..."."""
    tree = scene.tree
    text = tree.head[v]
    issued = scene.lexicon["documents.text"] | scene.lexicon["noun_that"]
    if tree.dep[v] != "acl" or tree.lemma[text] not in issued:
        return None
    verb = tree.head[text]
    if tree.dep[text] == "pobj":
        verb = tree.head[verb]
    elif tree.dep[text] != "dobj":
        return None
    return source(tree, verb) if tree.pos[verb] in {"VERB", "AUX"} and not is_passive(tree, verb) else None


def phrase(tree: Tree, i: int) -> Tokens:
    """Return the noun phrase of a head noun without the clauses that say more about it."""
    first = last = i
    todo = [i]
    while todo:
        head = todo.pop()
        if head < first:
            first = head
        elif head > last:
            last = head
        todo += [kid for kid in tree.kids[head] if tree.dep[kid] not in CLAUSES and not _is_aside(tree, kid)]
    return without_edges(tree, (first, last + 1))


def _is_aside(tree: Tree, kid: int) -> bool:
    """Tell a participle set off by a comma ("Stoltenberg, speaking in Brussels,") from a defining one."""
    if tree.dep[kid] != "acl":
        return False
    first = tree.subtree(kid)[0]
    return first > 0 and tree.lower[first - 1] in {",", "-", "–", "—"}


def without_edges(tree: Tree, run: Tokens) -> Tokens:
    """Trim punctuation and white space from both ends of a run, but never to nothing."""
    first, end = run
    while end - 1 > first and tree.pos[end - 1] in {"PUNCT", "SPACE"}:
        end -= 1
    while first < end - 1 and tree.pos[first] in {"PUNCT", "SPACE"}:
        first += 1
    return first, end


def cue_run(tree: Tree, v: int) -> Tokens:
    """Return a verb with the auxiliaries, negation and particle that stand directly beside it."""
    first = end = v
    while first and tree.head[first - 1] == v and tree.dep[first - 1] in {"aux", "auxpass", "neg"}:
        first -= 1
    end = v + 1
    while end < tree.size and tree.head[end] == v and tree.dep[end] in {"prt", "neg"}:
        end += 1
    return first, end


def is_negated(tree: Tree, v: int) -> bool:
    """Tell whether a verb, or the verb whose infinitive it is, is negated."""
    for kid in tree.kids[v]:
        negative = tree.dep[kid] == "neg" or (
            tree.dep[kid] in {"advmod", "cc", "preconj"} and tree.lower[kid] in NEGATIVES
        )
        # "not only said" adds to what was said
        if negative and (kid + 1 >= tree.size or tree.lower[kid + 1] not in ADDING):
            return True
    return False

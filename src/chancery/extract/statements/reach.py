"""What belongs to a content although the parser hung it elsewhere: the rest of a list, a further clause."""

from __future__ import annotations

from chancery.extract.statements.scene import NOT_QUOTED, Scene
from chancery.extract.statements.speakers import FINITE

# Prepositions that complete an object rather than tell about the saying.
COMPLETING = frozenset(
    {"against", "among", "as", "between", "for", "in", "of", "over", "to", "toward", "towards"}
)
# Words that open a clause which goes on with what is said.
GOING_ON = frozenset({"so", "but", "and", "therefore", "thus", "whereas", "while"})

__all__ = ["beyond", "listed", "trailing"]


def listed(scene: Scene, v: int, c: int) -> set[int]:
    """Return the further infinitives of a list: "agreed to stay, *bring help* and *to train the army*".

    The parser hangs the second on the cue; a bare infinitive cannot be coordinated with a finite verb.
    """
    tree, found, end = scene.tree, set[int](), scene.tree.subtree(c)[1]
    for kid in tree.kids[v]:
        start, last = tree.subtree(kid)
        if kid <= c or not 0 <= start - end <= 2 or scene.quoted[kid] != scene.quoted[v]:
            continue
        bare = tree.dep[kid] == "conj" and tree.tag[kid] == "VB" and tree.tag[v] in FINITE
        goes_on = tree.dep[kid] == "advcl" and tree.tag[start] == "TO" and tree.lower[start - 1] == ","
        if bare or goes_on:
            found |= set(range(end, last))
            end = last
    return found


def trailing(scene: Scene, v: int, content: set[int]) -> set[int]:
    """Return the phrases right behind an object that the parser hung on its cue: "predicted wins *in May*".

    What tells when, where and to whom it was said stays with the cue.
    """
    tree, found = scene.tree, set[int]()
    if not content:
        return found
    end = max(content) + 1
    for kid in tree.kids[v]:
        start, last = tree.subtree(kid)
        if kid < v or start != end:
            continue
        if not _completes(scene, kid) or scene.quoted[kid] != scene.quoted[v]:
            break
        found |= set(range(start, last))
        end = last
    return found


def _completes(scene: Scene, kid: int) -> bool:
    tree = scene.tree
    if tree.dep[kid] in {"xcomp", "advcl"}:
        # "cited safety to close the port": in general the aim is the speaker's
        return tree.dep[kid] == "xcomp" or (scene.options.corpus and tree.tag[tree.subtree(kid)[0]] == "TO")
    noun = tree.child(kid, "pobj")
    if tree.dep[kid] != "prep" or noun is None or tree.lower[kid] not in COMPLETING:
        return False
    words = scene.lexicon
    aside = words["occasion.event"] | words["occasion.hearers"] | words["medium"]
    return tree.ent[noun] not in {"DATE", "TIME", "PERSON"} and tree.lemma[noun] not in aside


def beyond(scene: Scene, v: int, content: set[int]) -> set[int]:
    """Return the rest of a sentence whose main clause the parser takes a cue phrase to be part of.

    In "The minister stressed that the road is open, so there can be no question of closing it" it makes
    the cue the complement of what is said last.
    """
    tree, head = scene.tree, scene.tree.head[v]
    if (
        not content
        or tree.dep[v] not in {"ccomp", "advcl"}
        or head <= max(content)
        or tree.lower[max(content)] == "."
    ):
        return set()
    rest = range(max(content) + 1, tree.subtree(head)[1])
    words = [i for i in rest if scene.is_word[i]]
    if (
        not words
        or tree.lower[words[0]] not in GOING_ON
        or scene.quoted[v] != scene.quoted[head]
        or scene.quoted[max(content)] != scene.quoted[v]
    ):
        return set()
    told = any(tree.lemma[i] in scene.lexicon["parenthesis"] and tree.pos[i] == "VERB" for i in words)
    quoted = any(scene.quoted[i] not in {NOT_QUOTED, scene.quoted[v]} for i in words)
    parted = any(tree.lower[i] in {";", ":", "—", "–"} for i in rest)
    return set() if told or quoted or parted else set(rest)

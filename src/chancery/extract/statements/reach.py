"""What belongs to a content although the parser hung it elsewhere: the rest of a list, a further clause."""

from __future__ import annotations

from chancery.extract.statements.scene import NOT_QUOTED, Scene
from chancery.extract.statements.speakers import FINITE

# Words that open a clause which goes on with what is said.
GOING_ON = frozenset({"so", "but", "and", "therefore", "thus", "whereas", "while"})

__all__ = ["beyond", "listed"]


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

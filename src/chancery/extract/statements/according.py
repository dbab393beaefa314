"""Attribution by a phrase without a verb: "according to", "in the words of"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.speakers import phrase

__all__ = ["according_to"]

CLAUSAL = frozenset({"VERB", "AUX"})


def according_to(scene: Scene, i: int) -> Iterator[Candidate]:
    """Find "according to X": its content is the clause it modifies, or the whole sentence."""
    tree = scene.tree
    if i + 1 >= tree.size or tree.lower[i + 1] != "to":
        return
    to = i + 1
    who = tree.child(to, "pobj") or tree.child(i, "pobj")
    speaker = None if who is None else phrase(tree, who)
    own = tree.descendants(i) | tree.descendants(to)
    content = _clause(scene, i, own) - own
    yield Candidate(i, "according", (i, to + 1), content, speaker, 0.95)


def _clause(scene: Scene, i: int, own: set[int]) -> set[int]:
    tree = scene.tree
    head = tree.head[i]
    while tree.pos[head] not in CLAUSAL and tree.head[head] != head and tree.dep[head] != "relcl":
        head = tree.head[head]
    start, end = tree.sentence[i], tree.sentence_end(i)
    at_edge = min(own) <= start + 1 or max(own) >= end - 3
    if tree.head[head] == head or head == i or (at_edge and tree.dep[head] != "ccomp"):
        return set(range(start, end))
    return tree.descendants(head)

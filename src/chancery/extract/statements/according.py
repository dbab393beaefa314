"""Attribution by a phrase without a verb: "according to", "in the opinion of"."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.speakers import phrase, without_edges
from chancery.extract.syntax import Tokens

__all__ = ["according_to", "in_the_opinion_of"]

CLAUSAL = frozenset({"VERB", "AUX"})
# A source longer than this is a parse gone wrong.
LONGEST_SOURCE = 12


def according_to(scene: Scene, i: int) -> Iterator[Candidate]:
    """Find "according to X": its content is the clause it modifies, or the whole sentence."""
    tree = scene.tree
    if i + 1 >= tree.size or tree.lower[i + 1] != "to":
        return
    to = i + 1
    who = tree.child(to, "pobj") or tree.child(i, "pobj")
    speaker = _words_after(scene, to) if who is None else _up_to_clause(scene, i, phrase(tree, who))
    own = tree.descendants(i) | tree.descendants(to) | (set(range(*speaker)) if speaker else set())
    if speaker is not None:
        named = _named_behind(scene, speaker[1])
        speaker = (speaker[0], named)
        own |= set(range(*speaker))
    if speaker is not None and who is not None and speaker[1] < phrase(tree, who)[1]:
        own = {k for k in own if k < speaker[1]}
    content = _clause(scene, i, own) - own
    yield Candidate(i, "according", (i, to + 1), content, speaker, 0.95)


def in_the_opinion_of(scene: Scene, i: int) -> Iterator[Candidate]:
    """Find "in the opinion of X", "in the words of X"."""
    tree = scene.tree
    if i < 2 or tree.lower[i - 2 : i] != ["in", "the"] or i + 1 >= tree.size or tree.lower[i + 1] != "of":
        return
    who = tree.child(i + 1, "pobj")
    if who is not None:
        own = tree.descendants(i) | {i - 2}
        yield Candidate(
            i, "according", (i - 2, i + 2), _clause(scene, i - 2, own) - own, phrase(tree, who), 0.85
        )


def _up_to_clause(scene: Scene, i: int, run: Tokens) -> Tokens:
    """Give the clause back its subject: "According to Ine Berg, an important task is to ...".

    The parser reads it as an apposition; one would end with a comma, too.
    """
    tree = scene.tree
    opens = not any(scene.is_word[k] for k in range(tree.sentence[i], i))
    comma = next((k for k in range(*run) if tree.lower[k] == ","), None)
    verb = run[1] < tree.size and tree.pos[run[1]] in CLAUSAL
    return (run[0], comma) if opens and verb and comma is not None else run


def _named_behind(scene: Scene, end: int) -> int:
    """Return where a source with its name behind it ends: "the team's coach, *Ali Reza*, the robot ..."."""
    tree, i = scene.tree, end + 1
    if end >= tree.size or tree.lower[end] != ",":
        return end
    while i < tree.size and tree.pos[i] == "PROPN":
        i += 1
    person = tree.ent[min(end + 1, tree.size - 1)] == "PERSON"
    return i if i > end + 1 and person and i < tree.size and tree.lower[i] == "," else end


def _words_after(scene: Scene, to: int) -> Tokens | None:
    """Take the words up to the next comma or verb for the source where the parser hung them elsewhere."""
    tree, end = scene.tree, to + 1
    last = min(tree.sentence_end(to), to + LONGEST_SOURCE)
    while end < last and tree.lower[end] not in {",", ".", ";", ":"} and tree.pos[end] not in CLAUSAL:
        end += 1
    return without_edges(tree, (to + 1, end)) if end > to + 1 else None


def _clause(scene: Scene, i: int, own: set[int]) -> set[int]:
    tree = scene.tree
    head = tree.head[i]
    while tree.pos[head] not in CLAUSAL and tree.head[head] != head and tree.dep[head] != "relcl":
        head = tree.head[head]
    start, end = tree.sentence[i], tree.sentence_end(i)
    if min(own) <= start + 1:
        return set(range(start, end))
    at_end = max(own) >= end - 3
    if tree.head[head] == head or head == i or (at_end and tree.dep[head] != "ccomp"):
        return set(range(start, end))
    return tree.descendants(head)

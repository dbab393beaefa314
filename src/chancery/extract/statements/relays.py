"""One source through another: "the agency quotes officials as saying that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.cuts import clause_tokens
from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.speakers import cue_run, speaker_of, without_edges

__all__ = ["relays"]

# Words between "quotes" and "as saying": a source with its office.
LONGEST_SOURCE = 12


def relays(scene: Scene, v: int) -> Iterator[Candidate]:
    """Find "quotes X as saying Y": Y is told by X, and passed on by the subject of quoting."""
    tree = scene.tree
    if tree.lemma[v] not in scene.lexicon["relaying"]:
        return
    for i in range(v + 2, min(v + LONGEST_SOURCE, tree.size - 1)):
        s = i + 1
        if (
            tree.lower[i] != "as"
            or tree.tag[s] != "VBG"
            or tree.lemma[s] not in scene.lexicon["clause.speech"]
        ):
            continue
        content = set().union(*(clause_tokens(scene, s, c) for c in tree.children(s, "ccomp")))
        scene.moved[s] = without_edges(tree, (v + 1, i))
        yield Candidate(v, "relayed", cue_run(tree, v), content, speaker_of(scene, v), 0.9, relays=s)
        return

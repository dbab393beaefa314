"""Turns: "Poll: Voters want change" in a headline, "MR. PRICE:" in a transcript."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene

__all__ = ["turns"]

# A speaker's label is short; longer phrases before a colon announce a list.
LONGEST_LABEL = 8
LONGEST_NAME = 5


def turns(scene: Scene) -> Iterator[Candidate]:
    """Find paragraphs that open with a source and a colon."""
    ends = [*scene.breaks[1:], scene.tree.size]
    for number, (start, end) in enumerate(zip(scene.breaks, ends, strict=True)):
        colon = next(
            (i for i in range(start + 1, min(end, start + LONGEST_LABEL + 1)) if scene.tree.lower[i] == ":"),
            None,
        )
        if colon is not None and colon < end - 2 and scene.quoted[colon] == NOT_QUOTED:
            yield from _turn(scene, start, colon, end, headline=number == 0)


def _turn(scene: Scene, start: int, colon: int, end: int, *, headline: bool) -> Iterator[Candidate]:
    tree = scene.tree
    if any(tree.pos[i] in {"VERB", "AUX"} for i in range(start, colon)):
        return
    named = colon - start <= LONGEST_NAME and tree.pos[colon - 1] == "PROPN"
    if headline or named:
        content = set(range(colon + 1, end))
        score = 0.9 if headline else 0.8
        yield Candidate(
            colon, "headline" if headline else "turn", (colon, colon + 1), content, (start, colon), score
        )

"""Signed quotations: a quoted sentence, and behind it, after a dash or on a line of its own, who said it."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.quotations import Quotation
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import FINITE, without_edges
from chancery.extract.syntax import Tokens

__all__ = ["headlines_ending_in_source", "signed"]

# Words of a quotation that can stand for itself, and of a name with an office behind it.
SHORTEST, LONGEST = 5, 14
# Words of the source behind a headline's colon.
LONGEST_SOURCE = 5

DASHES = frozenset({"—", "–", "-", "--", "―"})
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def signed(scene: Scene) -> Iterator[Candidate]:
    """Find '"We walk slowly." — Ine Berg' and a paragraph of quotation with a name under it."""
    for quotation in scene.outer:
        if quotation.end - quotation.start <= SHORTEST or not quotation.closed:
            continue
        line = _signature(scene, quotation)
        if line is not None:
            start, end = line
            dash = scene.tree.lower[start] in DASHES
            run = without_edges(scene.tree, (start + dash, end))
            content = set(range(quotation.start, quotation.end))
            yield Candidate(start, "signed", (start, start + 1) if dash else None, content, run, 0.75)


def _signature(scene: Scene, quotation: Quotation) -> Tokens | None:
    """Return the tokens of a signature with its dash: the rest of the paragraph, or the whole next one."""
    tree, start = scene.tree, quotation.end
    first, end = scene.paragraph(quotation.start)
    alone = not any(scene.is_word[i] for i in range(first, quotation.start))
    while start < end and tree.pos[start] == "SPACE":
        start += 1
    if start >= end and alone and end < tree.size:
        start, end = scene.paragraph(end)
    while end > start and tree.pos[end - 1] == "SPACE":
        end -= 1
    if not alone or not 1 < end - start + 1 <= LONGEST:
        return None
    return (start, end) if _is_signature(scene, start, end) else None


def _is_signature(scene: Scene, start: int, end: int) -> bool:
    tree, words = scene.tree, range(start, end)
    plain = not any(tree.tag[i] in FINITE or tree.tag[i] == "MD" or tree.lower[i] == ":" for i in words)
    if not plain or any(scene.quoted[i] != NOT_QUOTED for i in words):
        return False
    dash = tree.lower[start] in DASHES
    first = start + dash
    if (
        first >= end
        or tree.pos[first] not in {"PROPN", "NOUN", "ADJ"}
        or len(scene.doc[first].text) <= len("X.")
    ):
        return False
    if any(tree.ent[i] == "DATE" for i in words) and tree.ent[first] != "PERSON":
        return False  # a list of sources: '"Papers found on street" The Star, 15 August'
    # without a dash it must be somebody's name, or a heading would sign the quotation above it
    return dash or (
        tree.ent[first] in NAMED and (tree.ent[first] == "PERSON" or "," in tree.lower[start:end])
    )


def headlines_ending_in_source(scene: Scene) -> Iterator[Candidate]:
    """Find "Norway to leave the north: minister", a first line without a stop that names its source last."""
    runs = scene.paragraphs()
    if scene.options.corpus or len(runs) < 1:
        return
    tree, (start, end) = scene.tree, runs[0]
    while end > start and tree.pos[end - 1] == "SPACE":
        end -= 1
    colon = next((i for i in range(end - 1, start, -1) if tree.lower[i] == ":"), None)
    if colon is None or not 1 <= end - colon - 1 <= LONGEST_SOURCE or colon - start < SHORTEST - 1:
        return
    behind = range(colon + 1, end)
    nominal = all(tree.pos[i] in {"NOUN", "PROPN", "ADJ", "DET", "ADP", "PART"} for i in behind)
    told = any(tree.pos[i] in {"VERB", "AUX"} for i in range(start, colon))
    if nominal and told and any(tree.pos[i] in {"NOUN", "PROPN"} for i in behind):
        yield Candidate(
            colon, "headline", (colon, colon + 1), set(range(start, colon)), (colon + 1, end), 0.7
        )

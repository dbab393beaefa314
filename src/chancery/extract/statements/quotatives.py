"""Quotations whose cue no list holds: any verb can quote ("...," she barked), and so can a name and a colon.

Looked for from the quotation outward, so that the cost does not grow with the
verbs of a report.
"""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.quotations import Quotation
from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import cue_run, speaker_of, subject, without_edges
from chancery.extract.syntax import Tokens

__all__ = ["cue_behind", "ends_in_pause", "parts", "quotatives", "spoken_before"]

PAUSES = frozenset({",", "?", "!", "--", "—", "–", "-", "…", "..."})

# Fewer words are a term that the report picks up.
SHORTEST_UTTERANCE = 4
# Words between a quotation and the verb behind it: a source with its office.
BEHIND = 12
# Words between a verb and the comma or the colon before a quotation.
BEFORE_COMMA, BEFORE_COLON = 5, 14
# Words of a label: "Foreign Minister Sergey Lavrov:".
LONGEST_LABEL = 8

ENDS = frozenset({".", ";", ":", "according", "which", "who", "you", "we", "i"})
CLOSING = frozenset({'"', "''", "”", "’", "'", "»", "›"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
LABEL_BOUNDS = frozenset({".", ";", "-", "–", "—", "!", "?"})


def quotatives(scene: Scene) -> Iterator[Candidate]:
    """Find the verb or label that a quotation leans on, where the cue lists do not know it."""
    for quotation in scene.outer:
        if not _is_utterance(scene, quotation):
            continue
        content = set(range(quotation.start, quotation.end))
        v = cue_behind(scene, quotation)
        if v is None:
            v = _before(scene, quotation)
        if v is not None:
            if scene.tree.pos[v] == "NOUN" or scene.tree.lemma[v] not in scene.lexicon["quote"]:
                yield Candidate(v, "quotative", cue_run(scene.tree, v), content, speaker_of(scene, v), 0.75)
            continue
        label = _label(scene, quotation)
        if label is not None:
            colon = label[1]
            run = without_edges(scene.tree, label)
            yield Candidate(colon, "label", (colon, colon + 1), content, run, 0.75)


def _is_utterance(scene: Scene, quotation: Quotation) -> bool:
    words = range(quotation.start + 1, quotation.end)
    return len(words) > SHORTEST_UTTERANCE and any(scene.tree.pos[i] in {"VERB", "AUX"} for i in words)


def _is_finite(scene: Scene, i: int) -> bool:
    tree = scene.tree
    return tree.pos[i] == "VERB" and tree.tag[i] in FINITE and scene.quoted[i] == NOT_QUOTED


def _is_misread(scene: Scene, i: int) -> bool:
    """Tell a cue that the tagger takes for a plural ('...," Viguerie notes.')."""
    tree = scene.tree
    plural = tree.tag[i] in {"NNS", "NNPS"} and tree.lemma[i] in scene.lexicon["quote.speech"]
    ends = i + 1 >= tree.size or tree.pos[i + 1] in {"PUNCT", "SPACE"}
    return plural and ends and tree.pos[i - 1] == "PROPN"


def spoken_before(scene: Scene, v: int) -> Quotation | None:
    """Return the quoted sentence that ends where a cue phrase begins: the whole of what is said.

    'Asked about the road, "We will open it," he said': what leads to the quoted sentence, however
    the parser hangs it, is the report's own.
    """
    tree, own = scene.tree, scene.tree.child(v, "nsubj")
    start = v if own is None else min(v, tree.subtree(own)[0])
    quotation = scene.quotation(start - 1) if start else None
    if quotation is None or quotation.end - quotation.start <= SHORTEST_UTTERANCE or quotation.end > v:
        return None
    before = quotation.start - 1
    apart = before < 0 or tree.pos[before] in {"PUNCT", "SPACE"}
    return quotation if apart and _is_sentence(scene, quotation) and ends_in_pause(scene, quotation) else None


def ends_in_pause(scene: Scene, quotation: Quotation) -> bool:
    """Tell whether a quotation's last mark, inner quotation marks aside, is one that a cue can follow."""
    last = quotation.end - 1
    while last > quotation.start and scene.tree.lower[last] in CLOSING:
        last -= 1
    return scene.tree.lower[last] in PAUSES


def cue_behind(scene: Scene, quotation: Quotation) -> int | None:
    """Return the finite verb of the cue phrase behind a quotation that ends in a pause."""
    tree, end = scene.tree, quotation.end
    if not quotation.closed or not ends_in_pause(scene, quotation):
        return None
    for i in range(end, min(end + BEHIND, scene.paragraph(quotation.start)[1])):
        if scene.quoted[i] != NOT_QUOTED or tree.lower[i] in ENDS:
            return None
        if _is_finite(scene, i) or _is_misread(scene, i):
            named = any(tree.pos[k] in NOMINAL for k in range(end, i))
            inverted = i == end and i + 1 < tree.size and tree.pos[i + 1] in {*NOMINAL, "DET", "ADJ"}
            return i if named or inverted else None
    return None


def _before(scene: Scene, quotation: Quotation) -> int | None:
    """Return the finite verb before the comma or colon that leads to a quoted sentence."""
    tree, mark = scene.tree, _mark_before(scene, quotation)
    if mark is None or not _is_sentence(scene, quotation):
        return None
    window = BEFORE_COLON if tree.lower[mark] == ":" else BEFORE_COMMA
    for i in range(mark - 1, max(mark - 1 - window, tree.sentence[mark] - 1), -1):
        if scene.quoted[i] != NOT_QUOTED or parts(scene, i):
            return None
        if _is_finite(scene, i):
            who = subject(tree, i)
            return i if who is not None and tree.lower[who] not in ENDS else None
    return None


def parts(scene: Scene, i: int) -> bool:
    """Tell a dash between a heading and a name ("Polls were right - Ine Berg: ...") from a hyphen."""
    return scene.tree.lower[i] in {"-", "–", "—", "--"} and i > 0 and bool(scene.doc[i - 1].whitespace_)


def _mark_before(scene: Scene, quotation: Quotation) -> int | None:
    i = quotation.start - 1
    while i > 0 and scene.tree.pos[i] == "SPACE":
        i -= 1
    return i if i > 0 and scene.tree.lower[i] in {",", ":"} else None


def _is_sentence(scene: Scene, quotation: Quotation) -> bool:
    first = scene.doc[quotation.start + 1].text
    return first[:1].isupper()


def _label(scene: Scene, quotation: Quotation) -> Tokens | None:
    """Return the words of "Sergey Lavrov:" or "From the report:" before a quotation."""
    tree, colon = scene.tree, _mark_before(scene, quotation)
    if colon is None or tree.lower[colon] != ":" or not _is_sentence(scene, quotation):
        return None
    start = colon
    floor = max(scene.paragraph(colon)[0], colon - LONGEST_LABEL)
    while (
        start > floor and tree.lower[start - 1] not in LABEL_BOUNDS and scene.quoted[start - 1] == NOT_QUOTED
    ):
        start -= 1
    words = range(start, colon)
    if any(tree.pos[i] == "VERB" for i in words) or not any(tree.pos[i] in NOMINAL for i in words):
        return None
    if tree.lower[start] in {"from", "here", "per", "via"}:
        start += 1 + (tree.pos[min(start + 1, colon)] == "AUX")
    return (start, colon) if start < colon else None

"""Which candidates are no statements after all."""

from __future__ import annotations

from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene

__all__ = ["accepted"]

FIRST_PERSON = frozenset({"i", "we"})
# A quotation this short is a term: a cue in it is the report's own.
SHORT_QUOTATION = 5


def accepted(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether a candidate ascribes content to a source.

    Inside a quotation "I think" and "we hope" are the speaker's own voice, not a
    statement within the statement; "we urged" and "they think" are.
    """
    if scene.quoted[candidate.head] == NOT_QUOTED or scene.length(candidate.head) <= SHORT_QUOTATION:
        return True
    if not scene.options.nested:
        return False
    return not (_first_person(scene, candidate) and not _speech(scene, candidate))


def _first_person(scene: Scene, candidate: Candidate) -> bool:
    run = candidate.speaker
    return run is not None and any(scene.tree.lower[i] in FIRST_PERSON for i in range(*run))


def _speech(scene: Scene, candidate: Candidate) -> bool:
    words = scene.lexicon
    lemma = scene.tree.lemma[candidate.head]
    return lemma in words["late"] or lemma in words["request.speech"] or lemma in words["appeal"]

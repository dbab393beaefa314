"""What else a cue phrase tells: to whom, on what occasion, when."""

from __future__ import annotations

from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.speakers import phrase, subject
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree

__all__ = ["addressee", "occasion", "said"]

VERBAL = frozenset({"VERB", "AUX"})
# "According to him" and "attributable to the spokesman" name the speaker.
SOURCE_AFTER_TO = frozenset({"according", "attributed"})
OCCASION_PREPOSITIONS = frozenset({"in", "during", "at", "on", "after", "before", "following"})


def _verb(scene: Scene, candidate: Candidate) -> int | None:
    """Return the verb of a cue: its head, or the verb that a cue noun belongs to."""
    tree, head = scene.tree, candidate.head
    if tree.pos[head] in VERBAL:
        return head
    for _ in range(3):
        head = tree.head[head]
        if tree.pos[head] in VERBAL:
            return head
    return None


def addressee(scene: Scene, candidate: Candidate) -> Tokens | None:
    """Return the hearer: of a request, the object of telling, or "to" after a verb of saying."""
    if candidate.hearer is not None:
        return candidate.hearer
    tree, v = scene.tree, _verb(scene, candidate)
    if v is None or candidate.rule in SOURCE_AFTER_TO:
        return None
    if tree.lemma[v] in scene.lexicon["telling"]:
        hearer = tree.child(v, "dobj", "dative")
        if (
            hearer is not None
            and hearer not in candidate.content
            and tree.pos[hearer] in {"PROPN", "NOUN", "PRON"}
        ):
            return phrase(tree, hearer)
    greeted = _greeted(scene, v) or _called(scene, v) or _asked(scene, v)
    if greeted is not None and greeted not in candidate.content and tree.tag[greeted] not in {"WDT", "WP"}:
        return phrase(tree, greeted)
    below = tree.children(v, "prep", "dative")
    if candidate.head != v:
        below += tree.children(candidate.head, "prep")
    for prep in below:
        hearer = tree.child(prep, "pobj")
        if (
            tree.lower[prep] not in _hearer_prepositions(candidate)
            or hearer is None
            or prep in candidate.content
        ):
            continue
        if tree.pos[hearer] in {"PROPN", "PRON"} or tree.lemma[hearer] in scene.lexicon["occasion.hearers"]:
            return phrase(tree, hearer)
    return None


def _greeted(scene: Scene, v: int) -> int | None:
    """Return who is greeted while something is said: "congratulated her, saying"."""
    tree, above = scene.tree, scene.tree.head[v]
    greets = (
        tree.dep[v] == "advcl" and tree.tag[v] == "VBG" and tree.lemma[above] in scene.lexicon["greeting"]
    )
    hearer = tree.child(above, "dobj") if greets else None
    # "praised the deal, adding" greets nobody
    return hearer if hearer is not None and tree.pos[hearer] in {"PROPN", "PRON"} else None


def _asked(scene: Scene, v: int) -> int | None:
    """Return who was asked: the subject of "Asked whether Oslo would pay, *the minister* said"."""
    tree = scene.tree
    opens = tree.dep[v] == "advcl" and tree.tag[v] == "VBN" and tree.lemma[v] in {"ask", "question", "press"}
    return subject(tree, tree.head[v]) if opens and tree.child(v, "nsubj", "nsubjpass") is None else None


def _called(scene: Scene, v: int) -> int | None:
    """Return who is on the other end: "reiterated in his call to King Salman"."""
    tree = scene.tree
    for prep in tree.children(v, "prep"):
        noun = tree.child(prep, "pobj")
        if noun is None or tree.lower[prep] not in {"in", "during"}:
            continue
        if tree.lemma[noun] not in scene.lexicon["occasion.exchange"]:
            continue
        for hearer in tree.objects(noun, {"to", "with"}):
            if tree.pos[hearer] in {"PROPN", "PRON"}:
                return hearer
    return None


def _hearer_prepositions(candidate: Candidate) -> frozenset[str]:
    """Return what leads to the hearer: "said to", "demanded from", "was clear with"."""
    if candidate.rule.startswith("adjective"):
        return frozenset({"with", "to"})
    return frozenset({"to", "from"}) if candidate.rule == "infinitive" else frozenset({"to"})


def occasion(scene: Scene, candidate: Candidate) -> Tokens | None:
    """Return the phrase that names the occasion or the medium: "during a briefing with Mr Johnson"."""
    tree, v = scene.tree, _verb(scene, candidate)
    if v is None:
        return None
    for prep in tree.children(v, "prep"):
        if tree.lower[prep] not in OCCASION_PREPOSITIONS or prep in candidate.content:
            continue
        noun = tree.child(prep, "pobj", "pcomp")
        if noun is not None and tree.lemma[noun] in scene.lexicon["occasion.event"]:
            return prep, phrase(tree, noun)[1]
    return None


def _time_phrases(tree: Tree, v: int) -> list[int]:
    return tree.children(v, "npadvmod", "prep", "nmod", "tmod", "advmod", "dobj", "pobj")


def _in_occasion(scene: Scene, candidate: Candidate) -> list[int]:
    """Return what the parser hung on the occasion: "said during a briefing with the envoy *on Thursday*"."""
    run = occasion(scene, candidate)
    return [] if run is None else [i for i in range(*run) if scene.tree.dep[i] in {"prep", "npadvmod"}]


def said(scene: Scene, candidate: Candidate) -> Tokens | None:
    """Return the words that say on which day: "said on Thursday", "said Thursday"."""
    tree, v = scene.tree, _verb(scene, candidate)
    if v is None:
        return None
    for kid in [*_time_phrases(tree, v), *_in_occasion(scene, candidate)]:
        noun = tree.child(kid, "pobj") if tree.dep[kid] == "prep" else kid
        if noun is None or noun in candidate.content or scene.doc[noun].ent_type_ not in {"DATE", "TIME"}:
            continue
        run = phrase(tree, noun)
        if run[0] > v or run[1] <= v:
            return run
    return None

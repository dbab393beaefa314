"""Which candidates are no statements after all."""

from __future__ import annotations

from chancery.extract.statements.scene import NOT_QUOTED, Candidate, Scene
from chancery.extract.statements.speakers import FINITE, is_passive
from chancery.extract.syntax import Tokens

__all__ = ["accepted", "is_own_voice", "without_own_turns"]

WITHHOLDING = frozenset({"decline", "refuse"})
FIRST_PERSON = frozenset({"i", "we", "my", "our"})
# A quotation this short is a term: a cue in it is the report's own.
SHORT_QUOTATION = 5

# Constructions that are statements only when somebody is there to make them.
WEAK = frozenset({"object", "preposition", "predicate", "gerund", "infinitive", "request"})
NON_FINITE = frozenset({"VB", "VBG"})
THIRD = frozenset({"he", "she", "they", "who"})
IMPERSONAL = frozenset({"it", "this", "that", "which", "what"})
NOBODY = frozenset({"you", "that", "which", "what", "one"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
TERRITORY = frozenset({"GPE", "LOC"})
TIMING = frozenset({"if", "when", "whenever", "after", "before", "until", "once"})
PURPOSE = frozenset({"advcl", "acl", "relcl"})


def accepted(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether a candidate ascribes content to a source."""
    tree = scene.tree
    if candidate.rule == "adjective-that" and not _is_felt(scene, candidate):
        return False
    if not scene.options.corpus and any(refused(scene, candidate) for refused in REFUSED):
        return False
    if not scene.options.corpus and _is_empty(scene, candidate):
        return False
    if scene.options.tail and candidate.rule in WEAK:
        return scene.length(candidate.head) <= SHORT_QUOTATION and _is_counted(scene, candidate)
    if candidate.rule in WEAK and tree.lemma[candidate.head] in scene.lexicon["main_only"]:
        return _is_main(scene, candidate) and scene.quoted[candidate.head] == NOT_QUOTED
    if candidate.rule in WEAK and not _is_made(scene, candidate):
        return False
    if not scene.options.extra and (is_own_voice(scene, candidate) or _is_a_meeting(scene, candidate)):
        return False
    if scene.quoted[candidate.head] == NOT_QUOTED or scene.length(candidate.head) <= SHORT_QUOTATION:
        return True
    unowned = candidate.rule.startswith("noun") and candidate.speaker is None
    return scene.options.nested and not unowned


def _is_empty(scene: Scene, candidate: Candidate) -> bool:
    """Tell cues with nothing said: a bare relative, a thing given or fought for, a clause of time.

    "The plan that he announced" has the plan only by its pronoun; "defended its territory" and
    "offers lower costs" are deeds; in "if the war begins" before a quotation nobody speaks.
    """
    tree, head, words = scene.tree, candidate.head, scene.lexicon
    if candidate.rule in {"object", "passive"}:
        if all(tree.tag[i] in RELATIVE or tree.pos[i] == "PRON" for i in candidate.content):
            return True
        given = tree.child(head, "dobj")
        if given is None or given not in candidate.content:
            return False
        if tree.lemma[head] == "offer":
            return tree.lemma[given] not in words["offered"]
        return tree.lemma[head] == "defend" and (
            tree.lemma[given] in words["defended"] or scene.doc[given].ent_type_ in TERRITORY
        )
    if candidate.rule == "quotative":
        return any(tree.lower[kid] in TIMING for kid in tree.children(head, "mark", "advmod"))
    return False


def _is_withheld(scene: Scene, candidate: Candidate) -> bool:
    """Tell the inner verb of "declined *to say* when", which is told once, by its negated outer one."""
    tree, head = scene.tree, candidate.head
    return tree.dep[head] == "xcomp" and tree.tag[head] == "VB" and tree.lemma[tree.head[head]] in WITHHOLDING


def _is_named(scene: Scene, candidate: Candidate) -> bool:
    """Tell a title right behind its verb (was reading "War and Peace") from an utterance."""
    tree, after = scene.tree, candidate.head + 1
    quotation = scene.quotation(after)
    if candidate.rule != "quote" or quotation is None or quotation.start != after:
        return False
    if candidate.content != set(range(quotation.start, quotation.end)):
        return False
    words = [i for i in range(quotation.start, quotation.end) if scene.is_word[i]]
    heavy = [i for i in words if tree.pos[i] not in {"ADP", "DET", "CCONJ", "PART", "PRON"}]
    capital = all(scene.doc[i].text[0].isupper() or scene.doc[i].text[0].isdigit() for i in heavy)
    stopped = quotation.end < 2 or tree.lower[quotation.end - 2] in {"!", "?", "."}
    return (
        len(words) > 1 and capital and not stopped and tree.lemma[candidate.head] in scene.lexicon["titling"]
    )


def _is_evidence(scene: Scene, candidate: Candidate) -> bool:
    """Tell a thing that shows something ("the war has shown that") from a source that does."""
    tree, run = scene.tree, candidate.speaker
    if tree.lemma[candidate.head] not in scene.lexicon["showing"] or run is None:
        return False
    last = run[1] - 1
    head = next((i for i in range(*run) if not run[0] <= tree.head[i] <= last), last)
    if tree.pos[head] == "PRON":
        return tree.lower[head] in IMPERSONAL
    source = scene.lexicon["documents"] | scene.lexicon["anonymous"]
    plain = tree.pos[head] == "NOUN" and tree.lemma[head] not in source and not tree.ent[head]
    return plain and tree.tag[head] != "NNS"


def _is_a_meeting(scene: Scene, candidate: Candidate) -> bool:
    """Tell "spoke with the president about grain", an event, from "spoke about grain"."""
    tree, head = scene.tree, candidate.head
    met = any(tree.lower[k] == "with" for k in tree.children(head, "prep"))
    return candidate.rule == "preposition" and tree.lemma[head] in {"speak", "talk"} and met


def _is_felt(scene: Scene, candidate: Candidate) -> bool:
    """Tell "they are certain that" from "it is clear that" and "make sure that", which nobody says."""
    tree, run = scene.tree, candidate.speaker
    if tree.lemma[candidate.head] == "sure" and tree.lemma[tree.head[candidate.head]] == "make":
        return False
    return run is not None and (run[1] - run[0] > 1 or tree.lower[run[0]] not in IMPERSONAL)


def _is_main(scene: Scene, candidate: Candidate) -> bool:
    """Tell a finite main verb whose source is a name, people, or he, she, they."""
    tree, head, run = scene.tree, candidate.head, candidate.speaker
    if run is None or tree.tag[head] not in FINITE or tree.dep[head] not in {"ROOT", "conj"}:
        return False
    words = range(*run)
    return any(tree.pos[i] == "PROPN" or tree.tag[i] == "NNS" or tree.lower[i] in THIRD for i in words)


def _is_counted(scene: Scene, candidate: Candidate) -> bool:
    """Tell what annotators of corpora count: also in relative and purpose clauses, also of nobody."""
    tree, head = scene.tree, candidate.head
    if tree.lemma[head] in scene.lexicon["finite_only"]:
        return _is_main(scene, candidate)
    unowned = tree.dep[head] in {"acl", "pcomp"} and tree.tag[head] != "VBG"
    return not unowned or candidate.speaker is not None


def _is_ordered(scene: Scene, candidate: Candidate) -> bool:
    """Tell an imperative ("Tell me what is important"), by which nobody is said to say anything."""
    tree, head = scene.tree, candidate.head
    bare = tree.tag[head] == "VB" and tree.dep[head] == "ROOT"
    return bare and tree.child(head, "nsubj", "aux", "auxpass", "nsubjpass", "csubj") is None


def _is_nobodys(scene: Scene, candidate: Candidate) -> bool:
    """Tell "as predicted" and "this plan to build", which name no source but something."""
    tree, run = scene.tree, candidate.speaker
    if candidate.rule == "parenthesis":
        return run is None and tree.dep[candidate.head] == "advcl"
    if not candidate.rule.startswith("noun") or run is None:
        return False
    return run[1] - run[0] == 1 and tree.lower[run[0]] in IMPERSONAL - {"it"}


def _is_made(scene: Scene, candidate: Candidate) -> bool:
    """Tell an act of speech from one that is only spoken of: "time for warning about an attack"."""
    tree, head = scene.tree, candidate.head
    if candidate.rule == "predicate" and tree.lemma[head] in NAMING and is_passive(tree, head):
        return tree.child(head, "agent") is not None  # "called" as "known by the name of"
    run = candidate.speaker
    if run is not None and run[1] - run[0] == 1 and tree.lower[run[0]] in NOBODY:
        return False
    if candidate.rule != "infinitive" and tree.dep[head] == "acl" and tree.tag[head] != "VBG":
        return candidate.speaker is not None and tree.tag[head] == "VBN" and candidate.rule == "object"
    if tree.tag[head] not in NON_FINITE or is_passive(tree, head):
        return True
    if candidate.speaker is None:
        return False
    return not (tree.tag[head] == "VB" and tree.dep[head] in PURPOSE and tree.child(head, "nsubj") is None)


NAMING = frozenset({"call", "dub", "find", "label", "name"})


def _is_declared(scene: Scene, candidate: Candidate, run: Tokens) -> bool:
    tree, head = scene.tree, candidate.head
    plain = run[1] - run[0] == 1 and tree.lower[run[0]] == "we" and scene.quoted[head] == NOT_QUOTED
    acts = tree.lemma[head] in scene.lexicon["declaring"]
    return plain and acts and tree.tag[head] in FINITE and tree.dep[head] in {"ROOT", "conj"}


def without_own_turns(scene: Scene, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out what the speaker of a turn declares in the turn itself: it is the turn."""
    turns = [c for c in candidates if c.rule == "turn"]
    if not turns or scene.options.corpus:
        return candidates

    def is_own(candidate: Candidate) -> bool:
        run = candidate.speaker
        declared = run is not None and _is_declared(scene, candidate, run)
        return declared and any(candidate.head in turn.content for turn in turns)

    return [c for c in candidates if not is_own(c)]


def is_own_voice(scene: Scene, candidate: Candidate) -> bool:
    """Tell whether a cue is the voice of the text or the speaker itself: "I think", "we condemn".

    Only what was said at another time is a statement in the statement: "we have
    urged them", "I told everyone". So is what a body declares in its own text
    ("We welcome the agreement"), for a reporter does not. "As you know" tells nothing.
    """
    run, tree = candidate.speaker, scene.tree
    if run is None:
        return False
    own = any(tree.lower[i] in FIRST_PERSON for i in range(*run))
    if own and _is_declared(scene, candidate, run):
        return False
    if not own and not (run[1] - run[0] == 1 and tree.lower[run[0]] == "you"):
        return False
    spoken = tree.lemma[candidate.head] in scene.lexicon["late"] | scene.lexicon["request.speech"]
    past = tree.tag[candidate.head] in {"VBD", "VBN"}
    return not (spoken and past)


# What the report tells that is no statement for an analyst, though corpora may count it.
REFUSED = (_is_evidence, _is_withheld, _is_named, _is_ordered, _is_nobodys)

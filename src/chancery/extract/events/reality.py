"""What a verb itself, and the noun or adjective above a clause, say of how real an act is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.tree import Tree
from chancery.records import Status

__all__ = ["SUBJECTS", "UNREAL", "UNSURE", "VERBS", "Condition", "Found", "Reality"]

type Found = tuple[Status, str]

NOUN_CLIMB = 4  # steps from a noun of action up to its verb

VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
UNSURE = frozenset({"planned", "possible", "conditional"})
UNREAL = UNSURE | {"proposed", "denied", "negated"}


class Condition(NamedTuple):
    """The head of a condition, and the token below which all its words stand."""

    head: int
    top: int


class Reality:
    """Reads auxiliaries, negation and conditions of a verb, and the words that govern it."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.verbs = lexicon.status["verbs"]
        self.nouns = lexicon.status["nouns"]
        self.adjectives = lexicon.status["adjectives"]
        self.modals = lexicon.status["modals"]
        self.sets = lexicon.sets
        self.act = ""  # the act that is being read

    def _own(self, verb: int) -> Found | None:
        """Read the auxiliaries and negation of a verb itself."""
        tree = self.tree
        if self._in_condition(verb):
            return "possible", "if"
        helps = tree.some(verb, {"aux", "auxpass"})
        modal = next((kid for kid in helps if tree.word[kid] in self.modals and tree.tag[kid] == "MD"), None)
        going = tree.head[verb] if tree.dep[verb] == "xcomp" and self._is_going(verb) else None
        late = going is not None and any(tree.word[kid] == "yet" for kid in tree.kids[going])
        if late or self.negated(verb):
            return "negated", "not"
        if modal is not None:
            return self._by_modal(verb, modal)
        if going is not None:
            return "planned", tree.word[going]
        return ("planned", "to") if self._is_headline(verb) else None

    def _is_going(self, verb: int) -> bool:
        """Tell whether what holds an infinitive puts it off: "is *going* to", "*is* to", "*has* to"."""
        tree, head = self.tree, self.tree.head[verb]
        if tree.word[head] == "going" and tree.some(head, {"aux"}):
            return True
        return tree.lemma[head] in {"be", "have"} and not self._judged(head) and self._is_infinitive(verb)

    def _by_modal(self, verb: int, modal: int) -> Found:
        """Read a modal; what will be, and hangs on something, is conditional."""
        status = self.modals[self.tree.word[modal]]
        if status in {"conditional", "planned"}:
            status = "conditional" if self.condition(verb) is not None else "planned"
        return status, self.tree.word[modal]

    def _judged(self, verb: int) -> bool:
        """Tell whether "be" judges what follows: "it is *unlawful* to", "it is an *honour* to"."""
        tree = self.tree
        nouns = tree.some(verb, {"attr"})
        return bool(tree.some(verb, {"acomp"})) or any(
            tree.lemma[at] in self.sets["honours"] or self._numbered(at) for at in nouns
        )

    def _numbered(self, noun: int) -> bool:
        """Tell whether a noun is one of a row: "the *first* to leave", "the *latest* state to join"."""
        return any(
            self.tree.ent[kid] == "ORDINAL" or self.tree.lemma[kid] in {"last", "latest", "only"}
            for kid in self.tree.some(noun, {"amod", "compound"})
        )

    def _is_headline(self, verb: int) -> bool:
        """Tell whether an infinitive has a subject of its own: "Chad and Niger *to reopen* road"."""
        tree = self.tree
        told = tree.dep[verb] == "ROOT" or (tree.dep[verb] == "ccomp" and verb < tree.head[verb])
        return told and bool(tree.some(verb, SUBJECTS)) and self._is_infinitive(verb)

    def negated(self, verb: int) -> bool:
        """Tell whether a verb is negated, by itself or by its subject ("no one", "not a shot")."""
        tree = self.tree
        return any(
            (tree.dep[kid] == "neg" and not self._merely(kid))
            or (
                tree.dep[kid] in SUBJECTS
                and any(tree.word[det] in {"no", "not", "neither"} for det in tree.kids[kid])
            )
            for kid in tree.kids[verb]
        )

    def _merely(self, negation: int) -> bool:
        """Tell whether a negation denies only that this is all: "*not just* bombed the town"."""
        after = negation + 1
        return after < self.tree.size and self.tree.word[after] in {"just", "only", "merely", "simply"}

    def condition(self, at: int) -> Condition | None:
        """Return what an act depends on: "if ...", "provided that ...", "in the event of ..."."""
        tree = self.tree
        for _ in range(NOUN_CLIMB):
            if tree.pos[at] in VERBS or tree.head[at] == at:
                break
            at = tree.head[at]
        while True:
            found = next((one for kid in tree.kids[at] for one in self._conditions(kid)), None)
            head = tree.head[at]
            if found is not None:
                return found
            if tree.dep[at] not in {"conj", "xcomp"} or tree.pos[head] not in {"VERB", "AUX", "ADJ"}:
                return None
            at = tree.head[head] if tree.pos[head] == "ADJ" else head

    def _conditions(self, kid: int) -> Iterator[Condition]:
        """Yield the condition that a dependent of a verb is, with the token that holds its words."""
        tree, word = self.tree, self.tree.word[kid]
        if self._in_condition(kid):
            yield Condition(kid, kid)
        elif word == "long":  # "as *long* as the truce holds"
            clauses = tree.some(kid, {"advcl", "ccomp"})
            yield from (Condition(clause, kid) for clause in clauses if clause > kid)
        elif word in self.sets["providing"] and tree.pos[kid] == "VERB":
            yield from (Condition(clause, kid) for clause in tree.some(kid, {"ccomp", "pcomp"}))
        elif tree.dep[kid] == "prep":
            yield from self._in_case(kid)

    def _in_case(self, preposition: int) -> Iterator[Condition]:
        """Yield the condition in a phrase: "*in the event of* war", "*on condition that* they leave"."""
        tree = self.tree
        word = tree.word[preposition]
        for noun in tree.some(preposition, {"pobj"}):
            stated = word in {"on", "under"} and tree.lemma[noun] == "condition"
            if stated or (word == "in" and tree.lemma[noun] in self.sets["phrases"]):
                clauses = tree.some(noun, {"acl", "relcl"})
                yield Condition(clauses[0] if clauses else noun, preposition)

    def _in_condition(self, verb: int) -> bool:
        """Tell whether a verb heads a condition: "*if* it attacks", "*once* signed", "*should* it attack"."""
        tree = self.tree
        if tree.dep[verb] != "advcl":
            return False
        if tree.word[tree.head[verb]] == "long":
            return True  # "as *long* as it holds"
        marks = {tree.word[mark] for mark in tree.some(verb, {"mark", "advmod"})}
        if marks & self.sets["marks"] or ("once" in marks and self._is_present(verb)):
            return True
        return self._inverted(verb) is not None

    def _inverted(self, verb: int) -> int | None:
        """Return the auxiliary that opens a condition without "if": "*should* they attack"."""
        tree = self.tree
        subjects = tree.some(verb, SUBJECTS)
        first = min((kid for kid in tree.kids[verb] if tree.dep[kid] != "punct"), default=None)
        if first is None or not subjects or tree.dep[verb] != "advcl" or first > subjects[0]:
            return None
        return first if tree.word[first] in {"should", "were", "had"} else None

    def _is_present(self, verb: int) -> bool:
        tree = self.tree
        helps = [tree.tag[kid] for kid in tree.some(verb, {"aux", "auxpass"})]
        return (helps[0] if helps else tree.tag[verb]) in {"VBZ", "VBP"}

    def _is_infinitive(self, verb: int) -> bool:
        """Tell whether a verb is an infinitive with "to": "to *free*", "to be *freed*"."""
        tree = self.tree
        bare = tree.tag[verb] == "VB" or any(tree.word[kid] == "be" for kid in tree.some(verb, {"auxpass"}))
        return bare and any(tree.word[kid] == "to" for kid in tree.some(verb, {"aux"}))

    def _courteous(self, verb: int) -> bool:
        """Tell whether a wish is how one politely does the thing: "I *would like* to welcome"."""
        tree = self.tree
        first = any(tree.word[kid] in {"i", "we"} for kid in tree.some(verb, {"nsubj"}))
        return first and tree.lemma[verb] in {"want", "like", "wish"}

    def _adjective(self, adjective: int) -> Found | None:
        tree = self.tree
        lemma = tree.lemma[adjective]
        if lemma in self.sets["ready"] or lemma in self.sets["bound"]:
            return "planned", tree.word[adjective]
        if lemma in self.sets["due"] or lemma == "interested":
            return "proposed", tree.word[adjective]
        if lemma == "able" and tree.tag[tree.head[adjective]] == "VBD":
            return None  # "were able to recapture the town"
        enough = any(tree.word[kid] == "enough" for kid in tree.kids[adjective])
        if enough or lemma in {"possible", "likely", "able", "capable", "unlikely", "enough"}:
            return "possible", tree.word[adjective]
        if lemma in {"unable", "unwilling", "reluctant", "impossible"}:
            return "negated", tree.word[adjective]
        return None

    def _nearer(self, preposition: int) -> int:
        """Return what a preposition hangs on: the object before it, where that is a noun of plans or wishes.

        The parser hangs "reaffirmed their commitment *to* strengthening" on the verb.
        """
        tree, above, noun = self.tree, self.tree.head[preposition], preposition - 1
        stands = noun >= 0 and tree.dep[noun] == "dobj" and tree.head[noun] == above
        return noun if stands and tree.lemma[noun] in self.nouns else above

    def _governing_noun(self, noun: int) -> Found | None:
        tree = self.tree
        status = self.nouns.get(tree.lemma[noun])
        if tree.lemma[noun] in self.sets["phrases"] and tree.word[tree.head[noun]] != "in":
            status = None  # "*cases* of abuse" are real, "in *case* of attack" is none
        if tree.lemma[noun] in self.sets["topics"] and self.act not in self.sets["topical"]:
            status = None  # "the *issue* of attacks on shipping"
        for kid in tree.kids[noun]:
            if tree.dep[kid] in {"amod", "det"}:
                said = self.adjectives.get(tree.lemma[kid])
                if said == "negated" and status is not None:  # "no plans to fight"
                    return "negated", tree.word[kid]
                if said in {"possible", "proposed"} and status is None:
                    return said, tree.word[kid]
        return None if status is None else (status, tree.word[noun])

"""What a verb itself, and the noun or adjective above a clause, say of how real an act is."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.tree import Tree
from chancery.records import Status

__all__ = ["SUBJECTS", "UNREAL", "UNSURE", "VERBS", "Found", "Reality"]

type Found = tuple[Status, str]

VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
UNSURE = frozenset({"planned", "possible", "conditional"})
UNREAL = UNSURE | {"proposed", "denied", "negated"}


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
        modal = going = None
        for kid in tree.kids[verb]:
            if tree.dep[kid] in {"aux", "auxpass"}:
                modal = modal or (kid if tree.word[kid] in self.modals and tree.tag[kid] == "MD" else None)
        negated = self.negated(verb)
        if (
            tree.dep[verb] == "xcomp"
            and tree.word[tree.head[verb]] == "going"
            and tree.some(tree.head[verb], {"aux"})
        ):
            going = tree.head[verb]
        if (
            tree.dep[verb] == "xcomp"
            and tree.lemma[tree.head[verb]] in {"be", "have"}
            and not self._judged(tree.head[verb])
            and self._is_infinitive(verb)
        ):
            going = tree.head[verb]
        if negated or (going is not None and any(tree.word[kid] == "yet" for kid in tree.kids[going])):
            return "negated", "not"
        if modal is not None:
            status = self.modals[tree.word[modal]]
            if status == "conditional":
                status = "conditional" if self.condition(verb) is not None else "planned"
            elif status == "planned" and self.condition(verb) is not None:
                status = "conditional"
            return status, tree.word[modal]
        if going is not None:
            return "planned", tree.word[going]
        return ("planned", "to") if self._is_headline(verb) else None

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

    def condition(self, verb: int) -> int | None:
        """Return the head of what a verb depends on: "if ...", "in the event of ..."."""
        tree = self.tree
        while True:
            found = next((at for kid in tree.kids[verb] for at in self._conditions(kid)), None)
            head = tree.head[verb]
            if found is not None:
                return found
            if tree.dep[verb] not in {"conj", "xcomp"} or tree.pos[head] not in {"VERB", "AUX", "ADJ"}:
                return None
            verb = tree.head[head] if tree.pos[head] == "ADJ" else head

    def _conditions(self, kid: int) -> Iterator[int]:
        """Yield the head of a condition that a dependent of a verb is."""
        tree = self.tree
        if self._in_condition(kid):
            yield kid
        elif tree.dep[kid] == "prep" and tree.word[kid] == "in":
            yield from (noun for noun in tree.some(kid, {"pobj"}) if tree.lemma[noun] in self.sets["phrases"])

    def _in_condition(self, verb: int) -> bool:
        tree = self.tree
        return tree.dep[verb] == "advcl" and any(
            tree.word[mark] in self.sets["marks"] for mark in tree.some(verb, {"mark", "advmod"})
        )

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
        if lemma in {"possible", "likely", "able", "capable", "unlikely"}:
            return "possible", tree.word[adjective]
        if lemma in {"unable", "unwilling", "reluctant", "impossible"}:
            return "negated", tree.word[adjective]
        return None

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

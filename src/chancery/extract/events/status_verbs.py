"""How real a verb is by the clauses that hold it."""

from __future__ import annotations

from chancery.extract.events.reality import UNREAL, UNSURE, VERBS, Found, Reality
from chancery.records import Status

__all__ = ["DEEPEST", "VerbStatus"]

DEEPEST = 6
OWN_CLAUSE = frozenset({"nsubj", "nsubjpass", "aux"})
# What negation makes of verbs that would have made an act unreal ("did not rule out", "does not refuse").
FLIPPED: dict[Status, Status] = {"negated": "possible", "denied": "possible"}


class VerbStatus(Reality):
    """Climbs from a verb through the clauses that hold it to the nearest word that speaks of reality."""

    def _governing_verb(self, verb: int, depth: int) -> Found | None:
        tree = self.tree
        lemma = tree.lemma[verb]
        if lemma in self.sets["announcing"] and not depth:
            return "planned", lemma
        status = self.verbs.get(lemma)
        if status in {None, "occurred", "ongoing"} or (depth and lemma in self.sets["infinitive"]):
            return None
        if self.negated(verb):
            return FLIPPED.get(status, "negated"), tree.word[verb]
        return status, tree.word[verb]

    def _of_verb(self, verb: int, depth: int = 0) -> Found | None:
        tree = self.tree
        if depth > DEEPEST:
            return None
        own = self._own(verb)
        if own is not None:
            return own
        head, dep = tree.governor(verb)
        if self._in_condition(verb):
            return "possible", "if"
        if dep == "acl" and tree.tag[verb] == "VBG" and tree.dep[head] == "dobj":
            above = self._own(tree.head[head])  # "will sign a decree *declaring* an emergency"
            return above if above is not None and above[0] in UNSURE else None
        if dep in {"xcomp", "ccomp", "pcomp", "acl"} and head != verb:
            return self._clause(verb, head, dep, depth)
        if dep == "conj" and tree.pos[head] in VERBS and not tree.some(verb, OWN_CLAUSE):
            if self._courteous(head):
                return None
            return self._of_verb(head, depth + 1) if tree.tag[verb] == tree.tag[head] else None
        if dep == "advcl" and self._is_infinitive(verb):
            return self._purpose(head, depth)
        if dep == "advcl" and tree.tag[verb] == "VBG" and verb > head and not tree.some(verb, {"mark"}):
            above = self._own(head)  # "will open embassies, recognizing the city"
            return above if above is not None and above[0] in UNSURE else None
        return None

    def _purpose(self, head: int, depth: int) -> Found | None:
        """Read an infinitive that hangs loosely on a verb: asked for ("calls for Iran to stop"), or meant."""
        tree = self.tree
        if tree.lemma[head] == "go" and any(tree.word[kid] == "on" for kid in tree.kids[head]):
            return None  # "went on to *meet* him"
        if self.verbs.get(tree.lemma[head]) == "proposed":
            return self._governing_verb(head, depth) or ("planned", "to")
        return "planned", "to"

    def _clause(self, verb: int, head: int, dep: str, depth: int) -> Found | None:
        """Read the status that a governing word gives to a clause."""
        tree = self.tree
        if dep == "pcomp":
            preposition = head
            above = tree.head[preposition]
            if tree.word[preposition] in self.sets["factual"]:
                if tree.word[preposition] in {"by", "in"} and tree.pos[above] in VERBS:
                    found = self._of_verb(above, depth + 1)  # "asked Togo to join Mali in *condemning* it"
                    return found if found is not None and found[0] in UNREAL else None
                return None
            head = above
            if tree.pos[head] in {"NOUN", "PROPN"}:
                return self._governing_noun(head)
            if tree.lemma[head] in self.sets["judged"]:
                return None
            if found := self._to_come(head, tree.word[preposition]):
                return found
        if tree.pos[head] in {"NOUN", "PROPN"}:
            return self._noun_clause(head, depth) if self._is_infinitive(verb) else None
        if tree.pos[head] == "ADJ":
            return self._adjective(head)
        return self._verb_clause(verb, head, depth)

    def _noun_clause(self, noun: int, depth: int) -> Found | None:
        """Read an infinitive on a noun: "no plans to fight", "an effort to recognize"."""
        tree = self.tree
        found = self._governing_noun(noun)
        if tree.dep[noun] in {"dobj", "attr"} and self.negated(tree.head[noun]):
            return self._of_verb(tree.head[noun], depth + 1)
        if found is None and tree.lemma[noun] not in self.sets["deeds"]:
            return "planned", "to"
        return found

    def _verb_clause(self, verb: int, head: int, depth: int) -> Found | None:
        tree = self.tree
        if self._courteous(head):
            return None  # "I want to convey my condolences" conveys them
        status = self.verbs.get(tree.lemma[head])
        finite = not self._is_infinitive(verb) and tree.tag[verb] != "VBG"
        if tree.tag[verb] in {"VBZ", "VBD"} and not tree.some(verb, {"nsubj", "nsubjpass", "mark", "expl"}):
            return (
                None  # "demands a release, *asks* members to resign": side by side, whatever the parser says
            )
        if finite and verb < head and not tree.some(verb, {"mark"}):
            return None  # "soldiers *shot* a man, demands say": quoted or told beside it
        if finite and (status in {"planned", "negated"} or tree.lemma[head] in self.sets["telling"]):
            return None
        if status in {None, "occurred", "ongoing"}:
            return None if finite else self._of_verb(head, depth + 1)
        if self.negated(head):
            return FLIPPED.get(status, "negated"), tree.word[head]
        above = self._own(head)
        if above is not None and above[0] in {"possible", "conditional"}:
            return above
        return status, tree.word[head]

    def _to_come(self, verb: int, preposition: str) -> Found | None:
        """Read what is awaited, or follows if something else happens: "will lead to a greater presence"."""
        tree = self.tree
        if tree.lemma[verb] == "look" and any(tree.word[kid] == "forward" for kid in tree.kids[verb]):
            return "planned", "look forward"
        own = (
            self._own(verb)
            if tree.lemma[verb] in self.sets["causes"] and preposition in {"to", "in"}
            else None
        )
        if own is None or own[0] not in UNSURE:
            return None
        return ("conditional" if own[0] == "planned" else own[0]), tree.word[verb]

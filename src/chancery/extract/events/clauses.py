"""Subjects and objects of clauses: voice, agents, relatives, control, coordination."""

from __future__ import annotations

from chancery.extract.events.names import RELATIVE, Names

__all__ = ["Clauses"]

SUBJECTS = frozenset({"nsubj"})
PLACED = frozenset({"GPE", "LOC", "FAC"})
DASHES = frozenset({"-", "--", "\u2013", "\u2014", ":"})
LONGEST_DATELINE = 8  # tokens into its sentence at which a dateline may end
DEEPEST = 6  # steps up a chain of clauses in search of a subject


class Clauses(Names):
    """Finds who is the logical subject and the logical object of a verb, wherever the clause names them."""

    def subject(self, verb: int, depth: int = 0) -> list[int]:
        """Return the nouns that are the logical subject of a verb; empty when it has none."""
        tree = self.tree
        if depth > DEEPEST:
            return []
        agents = list(tree.objects(verb, {"by"})) if self.is_passive(verb) else []
        if agents:
            return agents
        if self.is_passive(verb):
            return []
        own = tree.some(verb, SUBJECTS)
        if own:
            if len(own) > 1 and tree.ent[own[0]] in PLACED and tree.word[own[0] + 1] in DASHES:
                own = own[1:]  # "Kolkata: *the government* said"
            return [self._past_dateline(at) for at in self._antecedents(own)]
        return self._inherited(verb, depth)

    def _antecedents(self, nouns: list[int]) -> list[int]:
        """Put what a relative pronoun stands for in its place: "the men *who* fled"."""
        tree = self.tree
        return [
            tree.head[tree.head[at]]
            if tree.word[at] in RELATIVE and tree.dep[tree.head[at]] == "relcl"
            else at
            for at in nouns
        ]

    def _past_dateline(self, at: int) -> int:
        """Return who acts where the parser takes a dateline for the subject: "Cairo -- *The army* said"."""
        tree = self.tree
        if tree.ent[at] in PLACED and tree.pos[at] == "PROPN" and at - tree.sentence[at] < LONGEST_DATELINE:
            for kid in tree.some(at, {"appos", "conj", "dep", "parataxis"}):
                if any(tree.word[one] in DASHES for one in range(at + 1, kid)):
                    return kid
        return at

    def is_passive(self, verb: int) -> bool:
        """Tell whether a verb form is passive: by its relations, or as a bare participle on a noun."""
        tree = self.tree
        while not tree.some(verb, {"nsubjpass", "auxpass"}):
            if tree.tag[verb] != "VBN":
                return False
            if tree.dep[verb] == "acl":
                return True
            active = tree.some(verb, {"nsubj", "aux", "dobj"})
            if tree.dep[verb] != "conj" or active:
                return tree.dep[verb] == "advcl" and not active
            verb = tree.head[verb]
        return True

    def _inherited(self, verb: int, depth: int) -> list[int]:
        """Find the subject of a clause without one, by the relation that it hangs on."""
        tree = self.tree
        head, dep = tree.governor(verb)
        if dep in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"} and tree.pos[head] in {
            "VERB",
            "AUX",
        }:
            if dep in {"xcomp", "ccomp", "advcl"} and tree.lemma[head] in self.lexicon.sets["object"]:
                patients = self.patient(head)
                if patients and dep != "advcl":
                    return patients
            if dep == "advcl" and self.is_passive(head) and not list(tree.objects(head, {"by"})):
                return []  # "18 were killed ... , injuring": the doer is not told
            if dep == "conj" and self.is_passive(head):
                return self.patient(head) if not self.is_passive(verb) else []
            return self.subject(head, depth + 1) or (self.patient(head) if dep == "xcomp" else [])
        if dep in {"xcomp", "acl", "ccomp"} and tree.pos[head] == "ADJ":
            return tree.some(tree.head[head], {"nsubj"})
        if dep == "relcl":
            return [] if tree.some(verb, {"nsubj"}) else [head]
        if dep == "acl":
            return self._of_noun(verb, head, depth)
        if dep == "pcomp":
            return self._of_gerund(head, depth)
        return []

    def _of_noun(self, verb: int, noun: int, depth: int) -> list[int]:
        tree = self.tree
        if tree.tag[verb] == "VBG" and self.is_party(noun):
            return [noun]
        owners = list(self.owners(noun))
        if owners:
            return owners
        above = noun
        while tree.pos[above] not in {"VERB", "AUX"} and tree.head[above] != above:
            above = tree.head[above]
        if tree.pos[above] in {"VERB", "AUX"} and tree.dep[noun] != "nsubj":
            if tree.dep[noun] == "pobj" and tree.lemma[above] in self.lexicon.sets["judged"]:
                return self.patient(above)  # "thanked *Mali* for its readiness to send aid"
            return self.subject(above, depth + 1)
        return [noun] if self.is_party(noun) else []

    def _of_gerund(self, preposition: int, depth: int) -> list[int]:
        """Find who does a gerund after a preposition: "accused *Iran* of sending", "*he* began by asking"."""
        tree = self.tree
        above = tree.head[preposition]
        if tree.pos[above] in {"VERB", "AUX"}:
            if tree.lemma[above] in self.lexicon.sets["judged"]:
                return self.patient(above)
            return self.subject(above, depth + 1)
        judge = self._judge(above) if tree.word[preposition] == "for" else None
        if judge is not None:  # "*they* were sentenced to years in prison for shooting a man"
            return self.patient(judge)
        if tree.pos[above] == "ADJ":
            return tree.some(tree.head[above], {"nsubj"})
        if tree.pos[above] in {"NOUN", "PROPN"}:
            owners = list(self.owners(above))
            if owners:
                return owners
            if tree.dep[above] in {"dobj", "attr"}:
                return self.subject(tree.head[above], depth + 1)
        return []

    def _judge(self, at: int) -> int | None:
        """Return the judging verb whose phrases hold a noun: "*sentenced* to years in prison"."""
        tree = self.tree
        for _ in range(DEEPEST):
            if tree.pos[at] == "VERB":
                return at if tree.lemma[at] in self.lexicon.sets["judged"] else None
            if tree.dep[at] not in {"pobj", "prep"}:
                return None
            at = tree.head[at]
        return None

    def patient(self, verb: int) -> list[int]:
        """Return the logical objects of a verb, passive or active, relative clauses included."""
        tree = self.tree
        while self.is_passive(verb):
            own = tree.some(verb, {"nsubjpass"})
            if own:
                return self._antecedents(own)
            if tree.dep[verb] == "acl":
                return [tree.head[verb]]
            if tree.dep[verb] in {"advcl", "xcomp"}:
                return tree.some(tree.head[verb], {"nsubj", "nsubjpass"})
            if tree.dep[verb] == "pcomp":  # "*he* died after being shot"
                return tree.some(tree.head[tree.head[verb]], {"nsubj", "nsubjpass"})
            if tree.dep[verb] != "conj":
                return []
            verb = tree.head[verb]
        own = tree.some(verb, {"dobj"})
        if not own:  # "attacked and robbed *the driver*"
            own = [
                one
                for kid in tree.some(verb, {"conj"})
                if not self.subject_of(kid)
                for one in tree.some(kid, {"dobj"})
            ]
        if not own and tree.dep[verb] == "relcl" and tree.some(verb, {"nsubj"}):
            subject = tree.some(verb, {"nsubj"})[0]
            if tree.word[subject] not in RELATIVE:
                return [tree.head[verb]]
        return own

    def subject_of(self, verb: int) -> bool:
        """Tell whether a verb has a subject of its own."""
        return bool(self.tree.some(verb, {"nsubj", "nsubjpass"}))

"""How real a noun of action is by what governs it."""

from __future__ import annotations

from chancery.extract.events.reality import UNREAL, UNSURE, VERBS, Found
from chancery.extract.events.status_verbs import DEEPEST, VerbStatus
from chancery.extract.events.triggers import Trigger

__all__ = ["TO_COME", "NounStatus"]

ABOUT = frozenset({"of", "for", "about", "on", "in", "to", "with", "out"})
ORDERS = frozenset({"order", "announce", "direct"})
# What is announced or ordered is still to come; other acts (a ban, a closure) are done by announcing them.
TO_COME = frozenset({"RETREAT", "CONSULT", "AID", "COOPERATE", "MOBILIZE"})
MODIFIERS = frozenset({"amod", "compound", "det", "advmod"})


class NounStatus(VerbStatus):
    """Reads nouns of action: "*threat* of an invasion", "*possible* attack", "talks *will be held*"."""

    def _of_noun(self, trigger: Trigger) -> Found | None:
        tree, noun = self.tree, trigger.at
        words = {tree.word[kid] for kid in tree.kids[noun]}
        for kid in tree.kids[noun]:
            if tree.dep[kid] in MODIFIERS:
                status = self.adjectives.get(tree.lemma[kid])
                if status is not None and not (status == "possible" and words & {"all", "every"}):
                    if status == "ongoing":  # "pledged *continued* support" is no support yet
                        above = self._governed_noun(noun, 0)
                        return above if above is not None and above[0] in UNREAL else (status, tree.word[kid])
                    return status, tree.word[kid]
        if self._presumed(trigger):
            return None
        found = self._governed_noun(noun, 0)
        if found is None and trigger.carrier is not None:  # "urges him to engage in talks"
            found = self._of_verb(trigger.carrier)
        if found is not None and tree.lemma[tree.head[noun]] in ORDERS and tree.dep[noun] == "dobj":
            return self._ordered(trigger, found)
        return found

    def _presumed(self, trigger: Trigger) -> bool:
        """Tell whether a noun's verb takes it for granted: "to quell the *fighting*"."""
        tree, head = self.tree, self.tree.head[trigger.at]
        if tree.dep[trigger.at] == "pobj":
            preposition, head = head, tree.head[head]
            if tree.dep[trigger.at] == "pobj" and tree.lemma[preposition] not in {"to", "against"}:
                return False
        elif tree.dep[trigger.at] != "dobj":
            return False
        return tree.lemma[head] in self.sets["presuming"] and trigger.entry.act in self.sets["presumed"]

    def _ordered(self, trigger: Trigger, found: Found) -> Found | None:
        """Read what an authority orders or announces: a withdrawal is to come, a closure is done with it."""
        if found[0] == "proposed" or found[1] in self.sets["announcing"]:
            coming = trigger.entry.act in TO_COME or self.tree.lemma[trigger.at] in self.sets["coming"]
            return ("planned", found[1]) if coming else None
        return found

    def _governed_noun(self, noun: int, depth: int) -> Found | None:
        tree = self.tree
        if depth > DEEPEST:
            return None
        head, dep = tree.head[noun], tree.dep[noun]
        if dep in {"conj", "appos"}:
            return self._governed_noun(head, depth + 1)
        if dep == "compound":
            return self._governing_noun(head)
        if dep == "pobj" and tree.dep[head] == "prep":
            return self._prepositional(head, depth)
        if dep == "dobj" and tree.tag[head] == "NN" and tree.lemma[head] in self.verbs:
            # a verb taken for a noun: "States *pledge* aid"
            return self.verbs[tree.lemma[head]], tree.word[head]
        if dep in {"dobj", "nsubjpass", "attr", "dative"} and tree.pos[head] in VERBS:
            return self._governing_verb(head, depth) or self._of_verb(head, depth + 1)
        if dep == "nsubj" and tree.pos[head] in VERBS:
            return self._as_subject(head)
        return None

    def _prepositional(self, preposition: int, depth: int) -> Found | None:
        tree = self.tree
        above = tree.head[preposition]
        word = tree.word[preposition]
        if found := self._by_preposition(preposition, above, depth):
            return found
        if tree.pos[above] in {"NOUN", "PROPN"} and word in ABOUT:
            found = self._governing_noun(above)
            if found is None and word == "of" and tree.lemma[above] in self.sets["parts"]:
                return self._governed_noun(above, depth + 1)  # "preparations for a package of sanctions"
            return found
        if tree.pos[above] in VERBS and (found := self._to_come(above, word)):
            return found
        if tree.pos[above] in VERBS and word in ABOUT:
            status = self.verbs.get(tree.lemma[above])
            if word in {"for", "of", "about"} or status in {"possible", "planned", "proposed"}:
                found = self._governing_verb(above, depth)
                if found is not None:
                    return found
        if tree.pos[above] in VERBS and word in {"for", "at"}:
            if any(tree.lemma[kid] in {"invitation", "request"} for kid in tree.some(preposition, {"pobj"})):
                return None  # who comes "at the *invitation*" of somebody was invited
            own = self._own(above)  # "will travel to London for consultations"
            return own if own is not None and own[0] in UNSURE else None
        return None

    def _by_preposition(self, preposition: int, above: int, depth: int) -> Found | None:
        """Read prepositions that say by themselves how real what they govern is."""
        tree, word = self.tree, self.tree.word[preposition]
        if word in {"toward", "towards"}:  # "a step *towards* a ceasefire"
            return "possible", word
        if word == "of" and tree.word[above] == "ahead":  # "*ahead of* the talks"
            return "planned", "ahead of"
        if word == "for" and tree.lemma[above] in {"exchange", "return"} and tree.dep[above] == "pobj":
            # "offers X *in exchange for* a release"
            return self._of_verb(tree.head[tree.head[above]], depth + 1)
        if word == "including" and tree.pos[above] in {"NOUN", "PROPN"}:  # "steps, including a withdrawal"
            return self._governed_noun(above, depth + 1)
        return None

    def _as_subject(self, verb: int) -> Found | None:
        """Read a noun of action that is a subject: "the talks will be held", "aggression would lead to"."""
        tree = self.tree
        own = self._own(verb)
        if tree.lemma[verb] == "be":  # "the meeting was to take place"
            due = [kid for kid in tree.some(verb, {"xcomp"}) if self._is_infinitive(kid)]
            if any(tree.lemma[kid] in self.sets["happen"] for kid in due):
                return "planned", "to"
        if own is not None and own[0] == "planned" and tree.lemma[verb] in self.sets["causes"]:
            return "possible", own[1]
        if (
            own is not None
            and own[0] in {"planned", "negated"}
            and tree.lemma[verb] not in self.sets["happen"]
        ):
            return None
        return own

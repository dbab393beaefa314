"""Status: how real the words make an act.

From the act upward through the clauses that hold it; the nearest word that
speaks of reality decides: a modal or negation on the verb, a governing verb
("plans to"), a governing noun ("threat of"), an adjective ("possible attack").
"""

from __future__ import annotations

from chancery.extract.events.reality import UNREAL, VERBS, Found
from chancery.extract.events.status_nouns import NounStatus
from chancery.extract.events.status_verbs import TO_COME
from chancery.extract.events.triggers import Trigger
from chancery.records import Status

__all__ = ["StatusFinder"]

TEMPORAL = frozenset({"amid", "amidst"})
# What goes on while something else happens; a meeting during which something is said is told as over.
LASTING = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "SANCTION"})


class StatusFinder(NounStatus):
    """Reads the status of acts in one report."""

    def of(self, trigger: Trigger) -> Found:
        """Return the status of an act and the word that decides it ("" for tense alone)."""
        self.act = trigger.entry.act
        if trigger.rule == "stance":
            return ("conditional", "if") if self.condition(trigger.at) is not None else ("occurred", "")
        if not trigger.is_noun and self._fought_for(trigger):
            return "ongoing", self.tree.word[self.tree.head[trigger.at]]
        found = self._of_noun(trigger) if trigger.is_noun else self._of_verb(trigger.at)
        if found is not None and found[0] == "planned" and self.condition(trigger.at) is not None:
            return "conditional", found[1]
        return found or self._announced(trigger) or self._hanging(trigger) or (self._real(trigger), "")

    def _hanging(self, trigger: Trigger) -> Found | None:
        """Read a deed in the present tense that hangs on an "if": "they *face violence* if denied entry"."""
        tree, at = self.tree, trigger.at
        verb = tree.head[at] if trigger.is_noun else at
        if trigger.entry.act not in TO_COME | LASTING or (trigger.is_noun and tree.dep[at] != "dobj"):
            return None
        if tree.pos[verb] not in VERBS or not self._is_present(verb) or self.condition(verb) is None:
            return None
        return "conditional", "if"

    def _announced(self, trigger: Trigger) -> Found | None:
        """Read a pattern whose verb only announces the act: "*announced* an aid package"."""
        tree, act = self.tree, trigger.entry.act
        if trigger.noun is None or trigger.rule != "pattern":
            return None
        lemma, noun = tree.lemma[trigger.at], tree.lemma[trigger.noun]
        if lemma in self.sets["scheduling"]:
            return "planned", tree.word[trigger.at]
        if lemma == "offer" and act == "SUPPORT":
            return None  # "*offer* their support" gives it
        if lemma in self.sets["promising"] and act not in {"AGREE", "REJECT", "REQUEST", "CONCEDE"}:
            return "planned", tree.word[trigger.at]
        coming = act in TO_COME or noun in self.sets["coming"]
        return ("planned", tree.word[trigger.at]) if coming and lemma in self.sets["announcing"] else None

    def _fought_for(self, trigger: Trigger) -> bool:
        """Tell whether an act is what a campaign is for: "the campaign to *liberate* the city" goes on."""
        tree, head = self.tree, self.tree.head[trigger.at]
        if (
            trigger.entry.act not in {"ASSAULT", "SUPPORT", "AID"}
            or tree.dep[trigger.at] not in {"acl", "relcl", "conj"}
            or not self._is_infinitive(trigger.at)
            or tree.lemma[head] not in self.sets["campaigns"]
        ):
            return False
        above = self._governed_noun(head, 0)
        return above is None or above[0] not in UNREAL

    # --- real acts

    def _real(self, trigger: Trigger) -> Status:
        """Tell what goes on from what is over, by aspect; reports narrate, so what is not marked is over."""
        tree = self.tree
        if trigger.entry.act == "STATE":
            return "ongoing"
        if trigger.is_noun:
            return self._real_noun(trigger)
        verb = trigger.at
        head = tree.head[verb]
        inside = tree.dep[verb] in {"xcomp", "advcl"}
        if self._progressive(verb) or (inside and self.verbs.get(tree.lemma[head]) == "ongoing"):
            return "ongoing"
        begun = inside and tree.tag[verb] == "VBG" and tree.lemma[head] in self.sets["setting_in"]
        carried = trigger.rule == "pattern" and tree.lemma[verb] in self.sets["setting_in"]
        return "ongoing" if begun or carried else "occurred"

    def _real_noun(self, trigger: Trigger) -> Status:
        tree, noun = self.tree, trigger.at
        head = tree.head[noun]
        if any(self.adjectives.get(tree.lemma[kid]) == "ongoing" for kid in tree.kids[noun]):
            return "ongoing"
        if trigger.entry.key in self.sets["lasting"]:
            return "ongoing"
        first = noun
        while tree.dep[first] == "conj":
            first = tree.head[first]
        if (
            tree.dep[first] == "pobj"
            and tree.word[tree.head[first]] in TEMPORAL
            and trigger.entry.act in LASTING
        ):
            return "ongoing"
        if trigger.carrier is not None and tree.lemma[trigger.carrier] in self.sets["setting_in"]:
            return "ongoing"
        if tree.dep[noun] in {"dobj", "nsubj"} and (
            self.verbs.get(tree.lemma[head]) == "ongoing" or self._progressive(head)
        ):
            return "ongoing"
        return "occurred"

    def _progressive(self, verb: int) -> bool:
        tree = self.tree
        if any(tree.word[kid] == "being" for kid in tree.some(verb, {"auxpass"})):
            return True  # "is *being charged*"
        return tree.tag[verb] == "VBG" and bool(tree.some(verb, {"aux"}))

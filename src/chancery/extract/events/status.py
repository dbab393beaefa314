"""Status: how real the words make an act.

From the act upward through the clauses that hold it; the nearest word that
speaks of reality decides: a modal or negation on the verb, a governing verb
("plans to"), a governing noun ("threat of"), an adjective ("possible attack").
"""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.events.triggers import Trigger
from chancery.extract.tree import Tree
from chancery.records import Status

__all__ = ["StatusFinder"]

type Found = tuple[Status, str]

DEEPEST = 6
VERBS = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OWN_CLAUSE = frozenset({"nsubj", "nsubjpass", "aux"})
ABOUT = frozenset({"of", "for", "about", "on", "in", "to", "with", "out"})
ORDERS = frozenset({"order", "announce", "direct"})
# What is announced or ordered is still to come; other acts (a ban, a closure) are done by announcing them.
TO_COME = frozenset({"RETREAT", "CONSULT", "AID", "COOPERATE", "MOBILIZE"})
UNSURE = frozenset({"planned", "possible", "conditional"})
UNREAL = UNSURE | {"proposed", "denied", "negated"}
MODIFIERS = frozenset({"amod", "compound", "det", "advmod"})
# What negation makes of verbs that would have made an act unreal ("did not rule out", "does not refuse").
FLIPPED: dict[Status, Status] = {"negated": "possible", "denied": "possible"}
TEMPORAL = frozenset({"amid", "amidst"})
# What goes on while something else happens; a meeting during which something is said is told as over.
LASTING = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "SANCTION"})


class StatusFinder:
    """Reads the status of acts in one report."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.verbs = lexicon.status["verbs"]
        self.nouns = lexicon.status["nouns"]
        self.adjectives = lexicon.status["adjectives"]
        self.modals = lexicon.status["modals"]
        self.sets = lexicon.sets

    def of(self, trigger: Trigger) -> Found:
        """Return the status of an act and the word that decides it ("" for tense alone)."""
        if trigger.rule == "stance":
            return ("conditional", "if") if self.condition(trigger.at) is not None else ("occurred", "")
        if not trigger.is_noun and self._fought_for(trigger):
            return "ongoing", self.tree.word[self.tree.head[trigger.at]]
        found = self._of_noun(trigger) if trigger.is_noun else self._of_verb(trigger.at)
        if found is not None and found[0] == "planned" and self.condition(trigger.at) is not None:
            return "conditional", found[1]
        return found or self._announced(trigger) or (self._real(trigger), "")

    def _announced(self, trigger: Trigger) -> Found | None:
        """Read a pattern whose verb only announces the act: "*announced* an aid package"."""
        tree, act = self.tree, trigger.entry.act
        if trigger.noun is None or trigger.rule != "pattern":
            return None
        lemma, noun = tree.lemma[trigger.at], tree.lemma[trigger.noun]
        if lemma in self.sets["promising"] and act not in {"AGREE", "REJECT", "REQUEST", "CONCEDE"}:
            return "planned", tree.word[trigger.at]
        coming = act in TO_COME or noun in self.sets["coming"]
        return ("planned", tree.word[trigger.at]) if coming and lemma in self.sets["announcing"] else None

    # --- nouns

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

    def _governing_noun(self, noun: int) -> Found | None:
        tree = self.tree
        status = self.nouns.get(tree.lemma[noun])
        for kid in tree.kids[noun]:
            if tree.dep[kid] in {"amod", "det"}:
                said = self.adjectives.get(tree.lemma[kid])
                if said == "negated" and status is not None:  # "no plans to fight"
                    return "negated", tree.word[kid]
                if said in {"possible", "proposed"} and status is None:
                    return said, tree.word[kid]
        return None if status is None else (status, tree.word[noun])

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

    # --- verbs

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

    def _fought_for(self, trigger: Trigger) -> bool:
        """Tell whether an attack is what a campaign is fought for: "the campaign to *liberate* the city"."""
        tree, head = self.tree, self.tree.head[trigger.at]
        return (
            trigger.entry.act == "ASSAULT"
            and tree.dep[trigger.at] in {"acl", "conj"}
            and self._is_infinitive(trigger.at)
            and tree.lemma[head] in self.sets["campaigns"]
        )

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
        if lemma in self.sets["due"]:
            return "proposed", tree.word[adjective]
        if lemma == "able" and tree.tag[tree.head[adjective]] == "VBD":
            return None  # "were able to recapture the town"
        if lemma in {"possible", "likely", "able", "capable", "unlikely"}:
            return "possible", tree.word[adjective]
        if lemma in {"unable", "unwilling", "reluctant", "impossible"}:
            return "negated", tree.word[adjective]
        return None

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

    def _is_headline(self, verb: int) -> bool:
        """Tell whether an infinitive has a subject of its own: "Chad and Niger *to reopen* road"."""
        tree = self.tree
        own = bool(tree.some(verb, SUBJECTS)) and tree.dep[verb] in {"ROOT", "ccomp"}
        return own and self._is_infinitive(verb)

    def negated(self, verb: int) -> bool:
        """Tell whether a verb is negated by itself or by its subject ("no one", "neither side")."""
        tree = self.tree
        return any(
            tree.dep[kid] == "neg"
            or (
                tree.dep[kid] == "nsubj"
                and any(tree.word[det] in {"no", "neither"} for det in tree.kids[kid])
            )
            for kid in tree.kids[verb]
        )

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
        tree = self.tree
        return tree.tag[verb] == "VB" and any(tree.word[kid] == "to" for kid in tree.some(verb, {"aux"}))

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

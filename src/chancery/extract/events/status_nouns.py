"""How real a noun of action is by what governs it."""

from __future__ import annotations

from chancery.extract.events.reality import UNREAL, UNSURE, VERBS, Found
from chancery.extract.events.status_verbs import DEEPEST, TO_COME, VerbStatus
from chancery.extract.events.triggers import Trigger

__all__ = ["NounStatus"]

ABOUT = frozenset({"of", "for", "about", "on", "in", "to", "with", "out"})
ORDERS = frozenset({"order", "announce", "direct"})
MODIFIERS = frozenset({"amod", "compound", "det", "advmod"})


class NounStatus(VerbStatus):
    """Reads nouns of action: "*threat* of an invasion", "*possible* attack", "talks *will be held*"."""

    def _of_noun(self, trigger: Trigger) -> Found | None:
        tree, noun = self.tree, trigger.at
        modified = self._modified(noun)
        if modified is not None:
            return modified
        if found := self._postponed(noun):
            return found
        if self._presumed(trigger):
            return None
        found = self._governed_noun(noun, 0)
        if found is None and trigger.carrier is not None:  # "urges him to engage in talks"
            found = self._of_verb(trigger.carrier)
        if found is not None and tree.lemma[tree.head[noun]] in ORDERS and tree.dep[noun] == "dobj":
            return self._ordered(trigger, found)
        return found

    def _modified(self, noun: int) -> Found | None:
        """Read the adjectives of a noun: "a *possible* attack".

        What governs the noun goes before "any" and "continued".
        """
        tree = self.tree
        words = {tree.word[kid] for kid in tree.kids[noun]}
        for kid in tree.kids[noun]:
            word = tree.word[kid]
            status = self.adjectives.get(tree.lemma[kid]) or self.adjectives.get(word)
            if tree.dep[kid] not in MODIFIERS or status is None:
                continue
            if status == "possible" and words & {"all", "every"}:
                continue
            above = self._governed_noun(noun, 0)
            # "pledged *continued* support" is no support yet, a *planned* meeting may be cancelled
            over = UNREAL if status == "ongoing" or word == "any" else {"negated", "denied"}
            return above if above is not None and above[0] in over else (status, word)
        return None

    def _postponed(self, noun: int) -> Found | None:
        """Read a clause that puts a noun off: "talks *that will be held*", "a visit *planned for* May"."""
        tree = self.tree
        for kid in tree.kids[noun]:
            if tree.dep[kid] == "relcl" and tree.lemma[kid] in self.sets["happen"]:
                subjects = tree.some(kid, {"nsubj", "nsubjpass"})
                if subjects and tree.word[subjects[0]] in {"that", "which"}:
                    own = self._own(kid)
                    if own is not None and own[0] in UNREAL:
                        return own
            if tree.dep[kid] == "acl" and tree.tag[kid] == "VBN" and tree.word[kid] in self.sets["awaited"]:
                return "planned", tree.word[kid]
        return None

    def _presumed(self, trigger: Trigger) -> bool:
        """Tell whether what governs a noun takes it for granted: "to quell the *fighting*"."""
        tree, act = self.tree, trigger.entry.act
        at = trigger.at
        while tree.dep[at] in {"conj", "compound"}:
            at = tree.head[at]
        head, dep = tree.head[at], tree.dep[at]
        if dep == "pobj":
            preposition, head = tree.word[head], tree.head[head]
            if preposition == "on" and act == "ACCUSE":
                return True
            if preposition in {"for", "of"} and tree.lemma[head] == "support":
                standing = tree.lemma[at] in self.sets["standing"] and self._definite(at)
                return standing or act == "CONSULT" or act in self.sets["presumed"]
            if preposition not in {"to", "against"}:
                return False
        elif dep not in {"dobj", "nsubjpass"}:
            return False
        return self._taken_for_granted(at, head)

    def _taken_for_granted(self, at: int, head: int) -> bool:
        """Tell whether a verb takes its object for granted: whoever quells, discusses or answers it."""
        tree, act, lemma = self.tree, self.act, self.tree.lemma[head]
        if act in self.sets["spoken"] and lemma in self.sets["discussing"]:
            return True
        if act in self.sets["spoken"] and lemma in self.sets["answering"]:
            return lemma != "face" or tree.lemma[at] == "charge"  # a *trial* that one must face is to come
        if lemma in self.sets["discussing"]:
            return act in self.sets["going_on"] and not self._open(at)
        if lemma == "join" and self._own(head) is not None:
            return False  # "could join the war" is not in it
        return lemma in self.sets["presuming"] and act in self.sets["presumed"]

    def _indefinite(self, noun: int) -> bool:
        return any(self.tree.word[kid] in {"a", "an", "any"} for kid in self.tree.kids[noun])

    def _definite(self, noun: int) -> bool:
        """Tell whether a noun means one thing that is known: "the", "this", "our", "their"."""
        tree = self.tree
        return any(
            tree.dep[kid] == "poss" or tree.word[kid] in self.sets["definite"] for kid in tree.kids[noun]
        )

    def _open(self, noun: int) -> bool:
        """Tell whether a noun means none in particular, or more of the kind: "a", "further", "new"."""
        return any(self.tree.lemma[kid] in self.sets["further"] for kid in self.tree.kids[noun])

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
        if dep == "dobj" and tree.lemma[head] == "include" and tree.dep[head] == "relcl":
            return self._governed_noun(
                tree.head[head], depth + 1
            )  # "will pass a package that *includes a ban*"
        if dep in {"dobj", "nsubjpass", "attr", "dative"} and tree.pos[head] in VERBS:
            return self._governing_verb(head, depth) or self._of_verb(head, depth + 1)
        if dep == "nsubj" and tree.pos[head] in VERBS:
            return self._as_subject(noun, head)
        return None

    def _prepositional(self, preposition: int, depth: int) -> Found | None:
        tree = self.tree
        word = tree.word[preposition]
        above = self._nearer(preposition) if word in {"to", "for", "of"} else tree.head[preposition]
        if found := self._by_preposition(preposition, above, depth):
            return found
        if word == "of" and tree.pos[above] == "PROPN" and tree.dep[above] == "dobj":
            above = tree.head[above]  # "*assured* Togo of its support": the parser hangs it on the name
        if tree.pos[above] in {"NOUN", "PROPN"} and word in ABOUT:
            found = self._governing_noun(above)
            shared = word == "of" and tree.lemma[above] in self.sets["parts"]
            if found is None and (shared or (word in {"in", "of"} and self.act in {"CONSULT", "AID"})):
                # "preparations for a *package of* sanctions", "asked her to be a *mediator in* the talks"
                return self._governed_noun(above, depth + 1)
            return found
        if tree.lemma[above] in self.sets["ready"] and word in {"for", "to"}:
            return self._adjective(above)  # "is *ready for* talks"
        if tree.pos[above] not in VERBS:
            return None
        if word == "as" and tree.lemma[above] in {"serve", "act"}:
            return self._of_verb(above, depth + 1)  # "asked her *to serve as* mediator in the talks"
        noun = next(iter(tree.some(preposition, {"pobj"})), None)
        if noun is not None and self._indefinite(noun) and (found := self._by_mark(above)):
            return found  # "whether it happened during *a* clash"
        return self._under_verb(preposition, above, depth)

    def _under_verb(self, preposition: int, verb: int, depth: int) -> Found | None:
        """Read a noun that hangs on a verb by a preposition: "*calls for* talks"."""
        tree, word = self.tree, self.tree.word[preposition]
        if found := self._to_come(verb, word):
            return found
        if (word, tree.lemma[verb]) in {("to", "call"), ("on", "set")}:
            return None  # "*calls* attention *to* the crackdown", "*set on* fire"
        weak = self.verbs.get(tree.lemma[verb]) in {"possible", "planned", "proposed"}
        if word in {"for", "of", "about"} or (word in ABOUT and weak):
            found = self._governing_verb(verb, depth)
            if found is not None:
                return found
        led = word == "to" and tree.lemma[verb] in self.sets["leading_to"]
        if word not in {"for", "at"} and (word, self.act) != ("in", "CONSULT") and not led:
            return None
        if any(tree.lemma[kid] in {"invitation", "request"} for kid in tree.some(preposition, {"pobj"})):
            return None  # who comes "at the *invitation*" of somebody was invited
        if self._is_infinitive(verb):  # "travels to Lima to join him at a forum"
            return self._of_verb(verb, depth + 1)
        return self._shared(verb, UNSURE)  # "will travel to London for consultations"

    def _by_preposition(self, preposition: int, above: int, depth: int) -> Found | None:
        """Read prepositions that say by themselves how real what they govern is."""
        tree, word = self.tree, self.tree.word[preposition]
        if word in {"after", "through"} and any(
            tree.word[kid] == "only" and kid < preposition
            for kid in (*tree.kids[preposition], preposition - 1)
            if kid >= 0
        ):
            return "possible", f"only {word}"  # "possible *only after* a withdrawal"
        known = word in self.sets["meanwhile"] or (self.act == "CONSULT" and word in {"after", "following"})
        if known and tree.pos[above] in VERBS and self._ahead(above):
            return "planned", word  # "*during* her visit, she will meet"
        if word in {"toward", "towards"}:  # "a step *towards* a ceasefire"
            return "possible", word
        if word == "of" and tree.word[above] == "ahead":  # "*ahead of* the talks"
            return "planned", "ahead of"
        if word == "for" and tree.lemma[above] in {"exchange", "return"} and tree.dep[above] == "pobj":
            # "offers X *in exchange for* a release"
            return self._of_verb(tree.head[tree.head[above]], depth + 1)
        if word == "pending":  # "suspended attacks *pending* a meeting"
            return "planned", word
        if word == "behind" and tree.lemma[above] == "be":  # "denies that it is *behind* the attack"
            return self._of_verb(above, depth + 1)
        if word == "including" and tree.pos[above] in {"NOUN", "PROPN"}:  # "steps, including a withdrawal"
            return self._governed_noun(above, depth + 1)
        return None

    def _ahead(self, verb: int) -> bool:
        """Tell whether a clause speaks of what is to come: "will meet", "intend to discuss"."""
        tree = self.tree
        own = self._own(verb)
        if own is not None:
            return own[0] in UNSURE
        infinitive = any(self._is_infinitive(kid) for kid in tree.some(verb, {"xcomp"}))
        return (
            infinitive
            and self.verbs.get(tree.lemma[verb]) == "planned"
            and tree.tag[verb] in {"VBP", "VBZ", "VBN"}
        )

    def _as_subject(self, noun: int, verb: int) -> Found | None:
        """Read a noun of action that is a subject: "the talks will be held", "aggression would lead to"."""
        tree = self.tree
        own = self._own(verb)
        if tree.lemma[verb] in self.sets["nearing"]:
            return "possible", tree.word[verb]  # "as the withdrawal *approaches*"
        if self._indefinite(noun) and any(tree.tag[kid] == "MD" for kid in tree.some(verb, {"aux"})):
            return "possible", "a"  # "*a* deal must not keep him in office"
        if tree.lemma[verb] in self.sets["presuming"] and self.act in self.sets["presumed"]:
            return None  # "want the *war* to end"
        if own is None and self._is_infinitive(verb) and tree.lemma[verb] != "be":
            return self._of_verb(verb, 1)  # "will allow the *talks* to begin"
        judged = tree.lemma[verb] == "be" and tree.some(verb, {"attr", "acomp", "prep"})
        if judged and own is not None and own[0] != "planned" and self._definite(noun):
            return None  # "*the* ban is not unconstitutional", "*our* alliance can be a model"
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

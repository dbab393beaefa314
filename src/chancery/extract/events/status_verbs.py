"""How real a verb is by the clauses that hold it."""

from __future__ import annotations

from collections.abc import Container

from chancery.extract.events.reality import SUBJECTS, UNREAL, UNSURE, VERBS, Found, Reality
from chancery.records import Status

__all__ = ["DEEPEST", "TO_COME", "VerbStatus"]

DEEPEST = 6
OWN_CLAUSE = frozenset({"nsubj", "nsubjpass", "aux"})
# What is announced or ordered is still to come; other acts (a ban, a closure) are done by announcing them.
TO_COME = frozenset({"RETREAT", "CONSULT", "AID", "COOPERATE", "MOBILIZE"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
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
        return self._undone(verb, depth) or (status, tree.word[verb])

    def _of_verb(self, verb: int, depth: int = 0) -> Found | None:
        if depth > DEEPEST:
            return None
        own = self._own(verb)
        if own is not None:
            return own
        return self._by_mark(verb) or self._held(verb, depth)

    def _held(self, verb: int, depth: int) -> Found | None:
        """Read a verb by the word that holds its clause, according to how it hangs on it."""
        tree = self.tree
        head, dep = tree.governor(verb)
        if dep == "acl" and tree.tag[verb] == "VBG" and tree.dep[head] == "dobj":
            if tree.lemma[head] in self.sets["laws"]:
                return self._of_verb(tree.head[head], depth + 1)  # "failed to pass a *law lifting* the ban"
            # "will sign a decree *declaring* an emergency"
            above = self._of_verb(tree.head[head], depth + 1)
            return above if above is not None and above[0] in UNSURE | {"proposed"} else None
        if dep == "relcl" and self._is_infinitive(verb):
            dep = "acl"  # "ways *to deepen* cooperation": the parser calls some a relative clause
        if dep in {"xcomp", "ccomp", "pcomp", "acl"} and head != verb:
            return self._clause(verb, head, dep, depth)
        if dep == "csubj":  # "*recognizing* them could mean war"
            return self._shared(head, {"possible", "conditional"})
        if dep == "conj" and tree.pos[head] in VERBS:
            return self._coordinated(verb, head, depth)
        if dep == "advcl" and self._is_infinitive(verb):
            return self._purpose(verb, head, depth)
        if dep == "advcl" and tree.tag[verb] == "VBG" and verb > head and not tree.some(verb, {"mark"}):
            return self._shared(head, UNSURE)  # "will open embassies, recognizing the city"
        return None

    def _shared(self, verb: int, statuses: Container[str]) -> Found | None:
        """Return a verb's own status where it is one of those that pass to what hangs on it."""
        own = self._own(verb)
        return own if own is not None and own[0] in statuses else None

    def _coordinated(self, verb: int, head: int, depth: int) -> Found | None:
        """Read a verb by the one that it is coordinated with: "asked Togo to withdraw and *disarm*"."""
        tree = self.tree
        infinitive = self._is_infinitive(verb)
        bare = tree.some(verb, {"nsubjpass"}) and not tree.some(verb, {"aux", "auxpass"})
        if bare and tree.tag[verb] == tree.tag[head] == "VBN":
            above = self._shared(head, UNSURE)  # "schools will be closed and matches *suspended*"
            if above is not None:
                return above
        if (tree.some(verb, OWN_CLAUSE) and not infinitive) or self._courteous(head):
            return None
        tags = tree.tag[verb], tree.tag[head]
        if tree.word[verb] == tree.lemma[verb] and tags[1] == "VB" and not tree.some(verb, SUBJECTS):
            tags = ("VB", "VB")  # "plans to close shops and *cut* jobs", taken for a past tense
        if not infinitive and (tags[0] == tags[1] or tags == ("VBP", "VB")):
            found = self._of_verb(head, depth + 1)
            # "is not commercial and *forbids* it": a finite verb is negated by itself
            return None if found == ("negated", "not") and tags[0] in FINITE else found
        if tags[0] != "VB" or tree.some(verb, SUBJECTS):
            return None
        # a bare infinitive goes with the last infinitive, wherever the parser hangs it
        before = (at for at in range(verb - 1, head, -1) if tree.tag[at] == "VB" and self._is_infinitive(at))
        first = next(before, None)
        if first is None and infinitive:
            return self._verb_clause(verb, head, depth)  # "agreed to talks, and *to attend* a summit"
        return self._of_verb(head if first is None else first, depth + 1)

    def _by_mark(self, verb: int) -> Found | None:
        """Read a clause left open by its first word: "*whether* it attacked", "*until* they are freed"."""
        tree = self.tree
        marks = {tree.word[kid] for kid in tree.some(verb, {"mark", "advmod"})}
        if "whether" in marks and tree.dep[verb] in {"ccomp", "pcomp", "acl", "advcl"}:
            return "possible", "whether"
        to_come = marks & self.sets["awaiting"]
        if tree.dep[verb] != "advcl" or not self._is_present(verb):
            return None
        if to_come:
            return "possible", min(to_come)
        if (
            marks & {"before", "after", "when"} and self.act in TO_COME
        ):  # "will stay *after* the troops withdraw"
            above = self._of_verb(tree.head[verb], 1)
            return ("planned", min(marks)) if above is not None and above[0] in UNSURE else None
        return None

    def _purpose(self, verb: int, head: int, depth: int) -> Found | None:
        """Read an infinitive that hangs loosely on a verb: asked for ("calls for Iran to stop"), or meant."""
        tree = self.tree
        if tree.lemma[head] == "go" and any(tree.word[kid] == "on" for kid in tree.kids[head]):
            return None  # "went on to *meet* him"
        if self.verbs.get(tree.lemma[head]) == "proposed":
            return self._governing_verb(head, depth) or ("planned", "to")
        enacted = tree.lemma[head] in self.sets["enacting"] and self.act in self.sets["decreed"]
        if enacted or self._shown(verb):
            return self._of_verb(head, depth + 1)  # "*voted* to repeal the law" repealed it
        return "planned", "to"

    def _shown(self, verb: int) -> bool:
        """Tell whether an act is done by the deed that is meant for it: "gathered *to protest*"."""
        showing = self.act == "SUPPORT" and self.tree.lemma[verb] in self.sets["showing"]
        return showing or self.act == "PROTEST"

    def _clause(self, verb: int, head: int, dep: str, depth: int) -> Found | None:
        """Read the status that a governing word gives to a clause."""
        tree = self.tree
        if dep == "pcomp":
            return self._gerund(verb, head, depth)
        if tree.pos[head] in {"NOUN", "PROPN"}:
            if self._is_infinitive(verb):
                return self._noun_clause(head, depth, shown=self._shown(verb))
            return self._told_noun(verb, head)
        if tree.pos[head] == "ADJ":
            return self._adjective(head)
        if tree.lemma[head] == "be" and (adjectives := tree.some(head, {"acomp"})):
            return self._adjective(adjectives[0])  # "it is *right* that both talk"
        return self._verb_clause(verb, head, depth)

    def _gerund(self, verb: int, preposition: int, depth: int) -> Found | None:
        """Read a gerund by the preposition that governs it and the word above: "*interest in* buying"."""
        tree, word = self.tree, self.tree.word[preposition]
        above = self._nearer(preposition)
        if word in {"toward", "towards"}:
            return "possible", word  # "efforts *towards* achieving a truce"
        if tree.pos[above] in {"NOUN", "PROPN"}:
            found = self._denied_noun(above) or self._governing_noun(above)
            # "jailed by a *decision* for arson"
            return None if word == "for" and tree.lemma[above] == "decision" else found
        if tree.pos[above] == "ADJ":
            return self._adjective(above)
        if word in self.sets["factual"] and tree.pos[above] in VERBS:
            # "asked Togo to join Mali in *condemning* it"
            found = self._of_verb(above, depth + 1) if word in {"by", "in"} else None
            return found if found is not None and found[0] in UNREAL else None
        if word == "from" and self.verbs.get(tree.lemma[above]) == "negated":
            # "is prevented *from visiting* him"
            return ("possible" if self.negated(above) else "negated"), tree.word[above]
        if tree.lemma[above] in self.sets["judged"]:
            return None
        return self._to_come(above, word) or self._verb_clause(verb, above, depth)

    def _noun_clause(self, noun: int, depth: int, *, shown: bool) -> Found | None:
        """Read an infinitive on a noun: "no plans to fight", "an effort to recognize"."""
        tree = self.tree
        if tree.lemma[noun] == "order" and tree.word[tree.head[noun]] == "in":
            return (
                self._of_verb(tree.head[tree.head[noun]], depth + 1) if shown else ("planned", "in order to")
            )
        if self._numbered(noun):
            return None  # "the *seventh* state to sign"
        if self.act in self.sets["decreed"] and self._enacted(noun):
            return self._of_verb(tree.head[noun], depth + 1)  # "*passed a law* to ban the party"
        found = self._governing_noun(noun)
        if tree.dep[noun] in {"dobj", "attr"} and self.negated(tree.head[noun]):
            return self._of_verb(tree.head[noun], depth + 1)
        if found is None and tree.lemma[noun] not in self.sets["deeds"] | self.sets["honours"]:
            return "planned", "to"
        return found

    def _enacted(self, noun: int) -> bool:
        """Tell whether a noun is a law or order that is passed, which does what it says."""
        tree = self.tree
        passed = (
            tree.dep[noun] in {"dobj", "nsubjpass"} and tree.lemma[tree.head[noun]] in self.sets["passing"]
        )
        return passed and tree.lemma[noun] in self.sets["laws"]

    def _told_noun(self, verb: int, noun: int) -> Found | None:
        """Read a finite clause on a noun of telling: "the *pretext* that they fired"."""
        tree = self.tree
        if tree.tag[verb] == "VBG" and tree.lemma[noun] in self.sets["valued"]:
            return "proposed", tree.word[noun]  # "the *importance* of both *working* together"
        if not tree.some(verb, {"mark"}) or tree.dep[verb] == "pcomp":
            return None
        helps = [tree.word[kid] for kid in tree.some(verb, {"aux", "auxpass"})]
        if helps == ["be"] or (tree.tag[verb] == "VB" and not helps):
            return self._governing_noun(noun)  # "the *demand* that they be *barred*"
        if tree.lemma[noun] in self.sets["false"]:
            return "denied", tree.word[noun]
        return self._denied_noun(noun)

    def _denied_noun(self, noun: int) -> Found | None:
        """Read what hangs on a denied noun of telling: "denies *claims* that", "denies *involvement* in"."""
        tree = self.tree
        while tree.dep[noun] == "pobj" and tree.pos[tree.head[tree.head[noun]]] == "NOUN":
            noun = tree.head[tree.head[noun]]  # "denies the *accusation* of involvement in"
        above = tree.head[noun]
        denied = self.verbs.get(tree.lemma[above]) == "denied" and tree.dep[noun] == "dobj"
        if denied and not self.negated(above) and tree.lemma[noun] in self.sets["claims"]:
            return "denied", tree.word[above]
        return None

    def _verb_clause(self, verb: int, head: int, depth: int) -> Found | None:
        tree = self.tree
        if self._courteous(head) and not tree.some(verb, SUBJECTS):
            return None  # "I want to convey my condolences" conveys them
        status = self.verbs.get(tree.lemma[head])
        bare = tree.tag[verb] == "VB" and not tree.some(verb, OWN_CLAUSE)  # "to help *fund* it"
        finite = not (bare or self._is_infinitive(verb) or tree.tag[verb] == "VBG")
        if tree.tag[verb] in {"VBZ", "VBD"} and not tree.some(verb, {"nsubj", "nsubjpass", "mark", "expl"}):
            return (
                None  # "demands a release, *asks* members to resign": side by side, whatever the parser says
            )
        if finite and verb < head and not tree.some(verb, {"mark"}):
            return None  # "soldiers *shot* a man, demands say": quoted or told beside it
        if finite and (status in {"planned", "negated"} or tree.lemma[head] in self.sets["telling"]):
            return None
        if tree.lemma[head] in self.sets["enacting"] and self.act not in self.sets["decreed"] and not finite:
            return "planned", tree.word[head]  # "voted to *send* troops"
        if tree.lemma[head] in self.sets["discussing"] and tree.tag[verb] == "VBG":
            return "possible", tree.word[head]  # "discussed *sending* troops"
        if status in {None, "occurred", "ongoing"}:
            return None if finite else self._of_verb(head, depth + 1)
        if self.negated(head):
            return FLIPPED.get(status, "negated"), tree.word[head]
        above = self._own(head)
        if above is not None and above[0] in {"possible", "conditional"}:
            return above
        return self._undone(head, depth) or (status, tree.word[head])

    def _undone(self, verb: int, depth: int) -> Found | None:
        """Tell whether a governing verb is itself denied or prevented: "denies *having requested* help"."""
        outer = self._of_verb(verb, depth + 1)
        return outer if outer is not None and outer[0] in {"denied", "negated"} else None

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

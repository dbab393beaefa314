"""Parties: who does what to whom, read off the tree.

Verbs by their frames, nouns by their owners and prepositions; what the words
themselves leave open (pronouns, roles, "the alliance") is left to `resolve`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chancery.extract.events.clauses import Clauses
from chancery.extract.events.triggers import Trigger

__all__ = ["Parties", "PartyFinder"]

ON_WAY = frozenset({"on", "during", "while", "for"})
PARTICIPLES = frozenset({"VBN", "VBG"})
FOR_DEEDS = frozenset({"of", "for", "with", "over"})
# Nouns for somebody's share in a deed, and the verbs by which somebody owns up to it.
SHARES = frozenset({"role", "part", "involvement", "complicity", "participation", "responsibility"})
CLAIMING = frozenset({"claim", "take", "accept", "admit", "acknowledge"})
# Acts that nobody does to himself: "opened fire at *his* workplace" names no other.
MATERIAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "AID", "PROTEST", "CONSULT"})
ASCRIBING = frozenset({"attribute", "ascribe", "blame", "pin"})
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(slots=True)
class Parties:
    """Token indices of the nouns that name the actors and recipients of an act.

    `subjectless`: the clause names no doer; `nobody`: it names one that is no party.
    """

    actor: list[int] = field(default_factory=list)
    recipient: list[int] = field(default_factory=list)
    subjectless: bool = False
    nobody: bool = False

    def add(self, role: str, found: Iterable[int]) -> None:
        """Add parties to a role, each once and in one role only."""
        into: list[int] = getattr(self, role)
        into += [at for at in dict.fromkeys(found) if at not in self.actor and at not in self.recipient]


class PartyFinder(Clauses):
    """Finds the parties of acts in one report."""

    def of(self, trigger: Trigger) -> Parties:
        """Find the parties of an act."""
        return self._of_noun_act(trigger) if trigger.is_noun else self._of_verb_act(trigger)

    def _of_verb_act(self, trigger: Trigger) -> Parties:
        verb, entry = trigger.at, trigger.entry
        found = Parties()
        subjects = self.subject(verb)
        found.subjectless = not subjects and not self.is_passive(verb)
        for subject in subjects:
            if self._may_act(subject, entry.act):
                found.add("actor", self.parties(subject))
        found.nobody = bool(subjects) and not found.actor
        if entry.mutual:
            self._add_mutual(trigger, found)
        if not found.recipient:
            found.add("actor" if entry.mutual else "recipient", self._recipients(trigger))
        return found

    def _may_act(self, subject: int, act: str) -> bool:
        """Tell whether a subject can do an act of this kind.

        A state speaks through its reports and moves, but it is not its
        storms that attack: in material acts only arms stand for their owner.
        """
        if act in VERBAL or self.is_party(subject) or self.tree.lemma[subject] in self.instruments:
            return True
        named = any(True for _ in self.named_beside(subject))
        return named or self.tree.lemma[subject] in self.lexicon.nouns

    def _add_mutual(self, trigger: Trigger, found: Parties) -> None:
        tree = self.tree
        verb, noun = trigger.at, trigger.noun
        patients = [at for at in self.patient(verb) if at != noun or self.is_party(at)]
        for patient in patients:
            # "met the envoy", but not "discussed the envoy's report"
            if self.is_passive(verb) or (noun is None and self.is_party(patient)):
                found.add("actor", self.parties(patient))
        for at in [verb] if noun is None else [verb, noun]:
            for with_ in tree.objects(at, {"with", "between", "alongside"}):
                if not self._counted_force(with_):
                    found.add("actor", self.parties(with_))
        if noun is not None:
            found.add("actor", self.owners(noun))

    def _counted_force(self, at: int) -> bool:
        """Tell what is counted of an army from who talks: "discussed the buildup *with 100,000 troops*"."""
        tree = self.tree
        return tree.lemma[at] in self.lexicon.classes["force"] and bool(tree.some(at, {"nummod"}))

    def _recipients(self, trigger: Trigger) -> list[int]:
        """Find the first place of the frame where a recipient stands."""
        own = trigger.entry.act in MATERIAL
        for place in trigger.entry.frame:
            found = [one for one in self._place(trigger, place) if not (own and self.tree.tag[one] == "PRP$")]
            if found:
                return found
        return []

    def _place(self, trigger: Trigger, place: str) -> Iterator[int]:
        """Yield the parties that stand in one place of a frame."""
        patients = [at for at in self.patient(trigger.at) if at != trigger.noun or self.is_party(at)]
        things = [trigger.noun] if trigger.noun is not None else patients
        match place:
            case "obj":
                yield from self._sufferers(trigger, patients)
            case "of":
                for at in dict.fromkeys([*patients, *things]):
                    if at != trigger.noun and self.is_party(at):  # "rejected *the envoy of Mali*"
                        yield from self.parties(at)
                    else:
                        yield from (one for one in self.owners(at) if self._another(trigger, at, one))
            case "dat":
                for kid in self.tree.some(trigger.at, {"dative"}):
                    yield from self.parties(kid) if self.tree.pos[kid] != "ADP" else ()
            case "comp":
                yield from self._asked(trigger)
            case "xc":
                yield from self._aimed_at(trigger)
            case _:
                for at in [trigger.at, *things, *self._told_more(things)]:
                    beyond = self._beyond(at, place, struck=trigger.entry.act == "ASSAULT")
                    yield from (
                        one for one in beyond if not (trigger.entry.mutual and self._counted_force(one))
                    )

    def _told_more(self, things: list[int]) -> list[int]:
        """List the participles that say more of a thing: "lifted the ban *imposed* on Mali"."""
        return [
            kid for at in things for kid in self.tree.some(at, {"acl"}) if self.tree.tag[kid] in PARTICIPLES
        ]

    def _asked(self, trigger: Trigger) -> Iterator[int]:
        """Yield who is to do what a verb asks for: "demanded that *Mali* withdraw"."""
        verb = trigger.at
        if trigger.noun is not None:  # "expressed concern that *Mali* ..."
            for kid in self.tree.some(trigger.noun, {"acl"}):
                for subject in self.tree.some(kid, {"nsubj", "nsubjpass"}):
                    yield from self.parties(subject)
        clauses = self.tree.some(verb, {"ccomp", "xcomp"})
        clauses += [kid for kid in self.tree.some(verb, {"advcl"}) if self.tree.tag[kid] == "VB"]
        for kid in clauses:
            for subject in self.tree.some(kid, {"nsubj", "nsubjpass"}):
                yield from self.parties(subject)

    def _aimed_at(self, trigger: Trigger) -> Iterator[int]:
        """Yield at whom the infinitive aims: "refused to talk to *Mali*", "is ready to help *Mali*"."""
        inner = [trigger.noun] if trigger.rule == "stance" else self.tree.some(trigger.at, {"xcomp", "ccomp"})
        for kid in inner:
            if kid is not None:
                for patient in self.patient(kid):
                    yield from self.parties(patient)
                for clause in self.tree.some(kid, {"ccomp", "xcomp"}):  # "refused to let *Mali* attend"
                    for subject in self.tree.some(clause, {"nsubj", "nsubjpass"}):
                        yield from self.parties(subject)
                at_inner = [kid, *self.patient(kid)]
                for preposition in ("with", "to", "against", "from", "on"):
                    for at in at_inner:
                        yield from self._beyond(at, preposition)

    def _struck(self, at: int) -> Iterator[int]:
        """Yield whom or what an attack strikes: places and buildings by their own words."""
        for one in self.tree.coordinated(at):
            if not self.is_party(one) and self.tree.lemma[one] in self.targets:
                yield one
            else:
                yield from self.alone(one)

    def _beyond(self, at: int, preposition: str, *, struck: bool = False) -> Iterator[int]:
        """Yield the parties that a preposition governs, those beyond a border included."""
        for governed in self.tree.objects(at, {preposition}):
            yield from self._struck(governed) if struck else self.parties(governed)
            if self.tree.lemma[governed] == "border":  # "on the border with Ukraine"
                for beyond in self.tree.objects(governed, {"with"}):
                    yield from self.parties(beyond)

    def _another(self, trigger: Trigger, thing: int, owner: int) -> bool:
        """Tell whether a thing's owner is another: "rejected their demands", not "opened its border"."""
        if self.tree.tag[owner] != "PRP$":
            return True
        return trigger.entry.act in {"REJECT", "ACCUSE"} and thing != trigger.noun

    def _sufferers(self, trigger: Trigger, patients: list[int]) -> Iterator[int]:
        for patient in patients:
            if trigger.entry.act == "AID" and self.tree.lemma[patient] in self.lexicon.classes["aid"]:
                continue  # "sent a team of doctors to Mali"
            if trigger.entry.act == "ASSAULT" and self.tree.lemma[patient] in self.targets:
                yield from self._struck(patient)
            elif self.is_party(patient) or self.tree.lemma[patient] in self.instruments:
                yield from self.parties(patient)
            elif trigger.entry.act == "ACCUSE":  # "condemned the attack by *the rebels*"
                for by in self.tree.objects(patient, {"by"}):
                    yield from self.parties(by)

    def _of_noun_act(self, trigger: Trigger) -> Parties:
        tree, entry, noun = self.tree, trigger.entry, trigger.at
        found = Parties()
        # "*his* arrest", but "the *police* killing of a driver"
        suffers = entry.patient and not any(True for _ in tree.objects(noun, {"of"}))
        owner_role = "recipient" if suffers else "actor"
        for kid in tree.kids[noun]:
            if tree.dep[kid] == "poss" and self.is_owner(kid):
                named = self._judged(noun) if tree.tag[kid] == "PRP$" and not suffers else ()
                # "thanked *Mali* for its help"
                found.add(
                    owner_role, list(named) or (one for one in tree.coordinated(kid) if self.is_owner(one))
                )
            elif tree.dep[kid] in {"compound", "amod", "nmod"} and (
                self.is_named(kid) or (tree.lemma[kid] in self.words and tree.dep[kid] != "amod")
            ):
                role = "recipient" if suffers and tree.lemma[kid] in self.words else "actor"
                found.add(
                    role,
                    (one for one in [*self.compounds(kid), *tree.coordinated(kid)] if self.is_party(one)),
                )
        self._add_governed(trigger, noun, found)
        for kid in tree.some(noun, {"acl"}):  # "attacks carried out by", "talks held between"
            if tree.tag[kid] == "VBN" and tree.lemma[kid] in self.lexicon.sets["light"]:
                found.add(
                    "actor", (one for agent in tree.objects(kid, {"by"}) for one in self.parties(agent))
                )
                self._add_governed(trigger, kid, found)
        if not found.actor:
            found.add("actor", self._judged(noun))
            found.add("actor", self._travelling(trigger))
        elif entry.mutual:
            found.add("actor", self._attending(noun))
        if trigger.carrier is not None:
            self._add_carried(trigger, trigger.carrier, found)
        elif (
            tree.dep[noun] in {"nsubj", "nsubjpass"}
            and tree.lemma[tree.head[noun]] in self.lexicon.sets["happen"]
        ):
            self._add_governed(trigger, tree.head[noun], found)
        return found

    def _attending(self, noun: int) -> Iterator[int]:
        """Yield who does something at a meeting with somebody: "during talks with Mali, *Chad* said"."""
        tree = self.tree
        preposition = tree.head[noun]
        if tree.dep[noun] == "pobj" and tree.word[preposition] in {
            "during",
            "at",
            "in",
            "after",
            "following",
        }:
            verb = tree.head[preposition]
            if tree.pos[verb] in {"VERB", "AUX"} and any(True for _ in tree.objects(noun, {"with"})):
                for subject in self.subject(verb):
                    yield from self.parties(subject)

    def _travelling(self, trigger: Trigger) -> Iterator[int]:
        """Yield who travels: "*the envoy* arrived on a visit", "*she* saw it during a visit"."""
        tree, noun = self.tree, trigger.at
        preposition = tree.head[noun]
        if trigger.entry.mode != "visit" or tree.dep[noun] != "pobj" or tree.word[preposition] not in ON_WAY:
            return
        verb = tree.head[preposition]
        if tree.pos[verb] in {"VERB", "AUX"}:
            for subject in self.subject(verb):
                yield from self.parties(subject)

    def _judged(self, noun: int) -> Iterator[int]:
        """Yield to whom a deed is laid: "sentenced *him* for murder", "*he* was convicted of torture"."""
        tree = self.tree
        above = tree.head[noun]
        if tree.dep[noun] in {"dobj", "nsubjpass"} and tree.lemma[above] in ASCRIBING:
            for doer in tree.objects(above, {"to", "on"}):  # "attributed the bombing to *rebels*"
                yield from self.parties(doer)
        if tree.dep[noun] != "pobj":
            return
        if tree.lemma[tree.head[above]] in SHARES and tree.word[above] in {"in", "for"}:
            yield from self._sharing(tree.head[above])
            return
        verb = tree.head[above]
        if tree.word[above] in FOR_DEEDS and self._charges(verb):
            for patient in self.patient(verb):
                yield from self.parties(patient)

    def _sharing(self, share: int) -> Iterator[int]:
        """Yield who has a share in a deed: "*his* role in", "*the group* claimed responsibility for"."""
        tree = self.tree
        owners = [kid for kid in tree.some(share, {"poss"}) if self.is_owner(kid)]
        verb = tree.head[share]
        if owners:
            yield from owners
        elif tree.lemma[verb] in CLAIMING and not tree.some(verb, {"neg"}):
            for subject in self.subject(verb):
                yield from self.parties(subject)
        elif tree.dep[share] == "pobj" and self._charges(tree.head[verb]):
            for patient in self.patient(tree.head[verb]):
                yield from self.parties(patient)

    def _charges(self, verb: int) -> bool:
        return self.tree.pos[verb] == "VERB" and self.tree.lemma[verb] in self.lexicon.sets["charging"]

    def _add_governed(self, trigger: Trigger, at: int, found: Parties) -> None:
        """Add what the prepositions of a noun of action, or of the verb that carries it, govern."""
        tree, entry = self.tree, trigger.entry
        for kid in tree.kids[at]:
            if tree.dep[kid] not in {"prep", "agent"}:
                continue
            word = tree.word[kid]
            name = self._struck if entry.act == "ASSAULT" and word != "by" else self.parties
            governed = [one for pobj in tree.some(kid, {"pobj"}) for one in name(pobj)]
            if word == "by" or (entry.mutual and word in {"between", "with", "of", "among"}):
                found.add("actor", governed)
            elif word == "of" and at == trigger.at:
                if entry.patient or "of" in entry.frame:
                    found.add("recipient", governed)
                    for pobj in tree.some(kid, {"pobj"}):  # "the arrest of the leader by the police"
                        found.add(
                            "actor", (one for by in tree.objects(pobj, {"by"}) for one in self.parties(by))
                        )
                elif not found.actor:  # "the withdrawal of troops", but "Spain's deployment of troops"
                    found.add("actor", governed)
            elif word in entry.frame:
                found.add("recipient", governed)

    def _add_carried(self, trigger: Trigger, verb: int, found: Parties) -> None:
        subjects = [one for subject in self.subject(verb) for one in self.parties(subject)]
        if trigger.entry.mutual or not found.actor:
            found.add("actor", subjects)
        elif not found.actor:
            found.subjectless = not subjects
        self._add_governed(trigger, verb, found)
        if not found.recipient and not trigger.entry.mutual:
            for kid in self.tree.some(verb, {"dative"}):
                if self.tree.pos[kid] != "ADP":
                    found.add("recipient", self.parties(kid))

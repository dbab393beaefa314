"""Who of a sentence is who in an act: the learned second opinion on the parties that the rules found.

The rules read the commonest constructions; what they miss (owners further up, agents of
nouns, "restrictions in parts of Kashmir") is decided by two conditional logistic models,
one for the doers and one for those acted upon, over every noun phrase of the
sentence and the choice of nobody. What the rules say is one of their features, so that
agreement is what counts most. Fitted to gold/events_train.jsonl by tools/train_events.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chancery.extract.events.parties import Parties, PartyFinder
from chancery.extract.events.triggers import Trigger
from chancery.extract.tree import Tree

__all__ = ["ACTOR", "RECIPIENT", "Around", "RoleFinder", "load_roles"]

ACTOR, RECIPIENT = "A", "R"
NOBODY = -1
# What weighs so much less than the likeliest noun is a party too: coordinated with it, or not.
COORDINATED, BESIDE = -1.5, -0.5
# What the rules found is worth this much beyond its weight: passages, to which the models are fitted,
# are less like reports than the rules are.
FOUND = 1.0
# Noun phrases of very long sentences beyond this many tokens from the act are not looked at.
FARTHEST = 40
PEOPLES = frozenset({"NORP", "GPE"})
NAMED = frozenset({"PERSON", "NORP", "GPE", "ORG"})
PROPER = frozenset({"PERSON", "ORG"})
HANGING = frozenset({"prep", "agent", "dative", "mark"})

type Path = tuple[str, int, str]


@cache
def load_roles() -> Mapping[str, tuple[float, float]]:
    """Read the weights: feature -> weight as doer, weight as one acted upon."""
    text = (files("chancery.extract") / "data" / "events_roles.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: (float(doer), float(other)) for name, doer, other in rows}


@dataclass(frozen=True, slots=True)
class Around:
    """The noun phrases that may be parties of an act, with their features; the first stands for nobody."""

    nouns: list[int]
    features: list[list[str]]


class RoleFinder:
    """Decides who is who in the acts of one report."""

    def __init__(self, tree: Tree, finder: PartyFinder) -> None:
        self.tree = tree
        self.finder = finder
        self._nouns: dict[int, list[int]] = {}
        self._said: dict[int, tuple[str, str, str]] = {}

    def of(self, trigger: Trigger, parties: Parties, weights: Mapping[str, tuple[float, float]]) -> Parties:
        """Return the parties of an act: the likeliest of each role, with those that stand beside it."""
        if parties.actor and (parties.recipient or trigger.entry.mutual):
            return self._named(parties)
        around = self.around(trigger, parties)
        sums = [[0.0, 0.0] for _ in around.nouns]
        for total, names in zip(sums, around.features, strict=True):
            for name in names:
                weight = weights.get(name)
                if weight is not None:
                    total[0] += weight[0]
                    total[1] += weight[1]
        self._lean(sums, around.nouns, parties)
        doers, others = (self._likeliest([total[role] for total in sums], around.nouns) for role in (0, 1))
        # the rules are seldom wrong about a doer whom they find
        actor = parties.actor or [at for at, share in doers.items() if share >= others.get(at, 0.0)]
        recipient = parties.recipient or [at for at in others if at not in actor]
        if trigger.entry.mutual and trigger.entry.act == "CONSULT":
            actor, recipient = sorted({*actor, *recipient}), []
        found = Parties(subjectless=parties.subjectless, nobody=parties.nobody)
        found.add("actor", self._outermost(actor))
        found.add("recipient", self._outermost(recipient))
        return self._named(found)

    def _named(self, parties: Parties) -> Parties:
        """Return parties, each by the name beside its description."""
        found = Parties(subjectless=parties.subjectless, nobody=parties.nobody)
        found.add("actor", map(self._by_name, parties.actor))
        found.add("recipient", map(self._by_name, parties.recipient))
        return found

    def _by_name(self, at: int) -> int:
        """Prefer the name that stands beside a description: "his rival, *Joe Biden*"."""
        tree = self.tree
        if tree.pos[at] != "NOUN" or tree.tag[at] == "NNS":
            return at
        beside = [*tree.some(at, {"appos"}), *self.finder.named_beside(at)]
        names = [kid for kid in beside if tree.ent[kid] in PROPER and tree.pos[kid] == "PROPN"]
        head = tree.head[at]
        if tree.dep[at] == "appos" and tree.ent[head] in PROPER and tree.pos[head] == "PROPN":
            names.append(head)
        return names[0] if names else at

    def _lean(self, sums: Sequence[list[float]], nouns: Sequence[int], parties: Parties) -> None:
        """Lean towards what the rules say, beyond what they weigh in the models."""
        for total, at in zip(sums, nouns, strict=True):
            for role, held in enumerate((parties.actor, parties.recipient)):
                if at in held:
                    total[role] += FOUND
                elif at == NOBODY and not held:
                    total[role] += FOUND / 2

    def _likeliest(self, sums: Sequence[float], nouns: Sequence[int]) -> dict[int, float]:
        """Return the likeliest noun and those coordinated with it; empty where nobody is likeliest."""
        best = max(range(len(sums)), key=lambda k: sums[k])
        if best == 0:
            return {}
        first = self._first(nouns[best])
        return {
            at: math.exp(total - sums[best])
            for at, total in zip(nouns, sums, strict=True)
            if at != NOBODY and total - sums[best] >= self._least(at, first)
        }

    def _least(self, at: int, first: int) -> float:
        """Return how much less than the likeliest noun another may weigh that is a party too."""
        if self._first(at) == first:
            return COORDINATED
        return 1.0 if self.tree.pos[at] == "PRON" and at != first else BESIDE

    def _first(self, at: int) -> int:
        """Return the first of what a noun is coordinated with."""
        while self.tree.dep[at] == "conj":
            at = self.tree.head[at]
        return at

    def _outermost(self, nouns: Sequence[int]) -> list[int]:
        """Leave out what is part of another's name: "*Donald* Trump", "the *Iraqi* army"."""
        runs = {at: self.tree.name(at) for at in nouns}
        found = [
            at
            for at in nouns
            if not any(other != at and first <= at < last for other, (first, last) in runs.items())
        ]
        # "called for *Ghana* to open *its* border": the possessive means one of the others
        return [at for at in found if self.tree.tag[at] != "PRP$"] or found

    def around(self, trigger: Trigger, parties: Parties) -> Around:
        """List the noun phrases around an act with their features."""
        roles = dict.fromkeys(parties.recipient, RECIPIENT) | dict.fromkeys(parties.actor, ACTOR)
        held = "".join(sorted(set(roles.values())))
        sentence = self._of_sentence(trigger.at)
        nouns = sorted({*roles, *(at for at in sentence if abs(at - trigger.at) <= FARTHEST)} - {trigger.at})
        view = _View(self.tree, self.finder, trigger, roles, held)
        features = [list(view.nobody(len(nouns)))]
        features += [list(view.features(at, *self._kind(at))) for at in nouns]
        return Around([NOBODY, *nouns], features)

    def _of_sentence(self, at: int) -> list[int]:
        tree = self.tree
        start = tree.sentence[at]
        if start not in self._nouns:
            self._nouns[start] = [i for i in range(start, tree.sentence_end(at)) if self._may_be(i)]
        return self._nouns[start]

    def _may_be(self, i: int) -> bool:
        tree = self.tree
        if tree.pos[i] not in {"NOUN", "PROPN", "PRON", "NUM"}:
            return tree.pos[i] == "ADJ" and tree.ent[i] in PEOPLES
        if not self.finder.is_party(i) and tree.lemma[i] not in self.finder.targets:
            return False
        if tree.dep[i] in {"compound", "nmod"} and tree.head[i] > i:
            # "*Foreign* Minister", "*Donald* Trump" name nobody apart from their head
            return tree.ent[i] in NAMED and tree.ent[i] != tree.ent[tree.head[i]]
        return True

    def _kind(self, i: int) -> tuple[str, str, str]:
        """Return what sort of phrase a noun heads: its kind, whether it is a party, its class."""
        if i not in self._said:
            tree, finder = self.tree, self.finder
            kind = tree.ent[i] or (tree.word[i] if tree.pos[i] == "PRON" else tree.pos[i])
            party = "P" if finder.is_party(i) else "N"
            lemma = tree.lemma[i]
            sort = "T" if lemma in finder.targets else "I" if lemma in finder.instruments else party
            self._said[i] = kind, party, sort
        return self._said[i]


class _View:
    """One act as seen from the noun phrases around it."""

    def __init__(
        self, tree: Tree, finder: PartyFinder, trigger: Trigger, roles: Mapping[int, str], held: str
    ) -> None:
        self.tree = tree
        self.trigger = trigger
        self.roles = roles
        self.held = held
        self.act = trigger.entry.act
        self.key = f"{trigger.entry.key}:{self.act}"
        self.voice = "noun" if trigger.is_noun else "passive" if finder.is_passive(trigger.at) else "active"
        self.inside = {
            one: f"in{role}"
            for at, role in roles.items()
            for one in range(*tree.name(at))
            if one not in roles
        }
        self.starts = {"v": _ancestors(tree, trigger.at)}
        if trigger.noun is not None:
            self.starts["n"] = _ancestors(tree, trigger.noun)
        if trigger.carrier is not None:
            self.starts["c"] = _ancestors(tree, trigger.carrier)

    def nobody(self, beside: int) -> Iterator[str]:
        """Yield the features of the choice that nobody is named."""
        tree, trigger, held = self.tree, self.trigger, self.held
        tag, dep = tree.tag[trigger.at], tree.dep[trigger.at]
        yield "no"
        yield f"no|{self.act}|{held}"
        yield f"no|{self.key}"
        yield f"no|{self.key}|{held}"
        yield f"no|{trigger.rule}|{held}"
        yield f"no|{trigger.rule}|{self.act}|{held}"
        yield f"no|{tag}|{held}"
        yield f"no|{dep}|{held}"
        yield f"no|{self.act}|{dep}"
        yield f"no|{self.voice}|{self.act}|{held}"
        yield f"no|{min(beside, 5)}|{held}"

    def features(self, at: int, kind: str, party: str, sort: str) -> Iterator[str]:
        """Yield the features of one noun phrase."""
        tree, act, voice = self.tree, self.act, self.voice
        rule = self.roles.get(at) or self.inside.get(at, "-")
        before = "<" if at < self.trigger.at else ">"
        path, up, last = _path(tree, self.starts["v"], at)
        yield f"r={rule}|{act}"
        yield f"r={rule}|{party}|{self.held}"
        yield f"r={rule}|{path}"
        yield f"r={rule}|{self.key}"
        yield f"p={path}|{voice}"
        yield f"p={path}|{voice}|{act}"
        yield f"p={path}|{voice}|{party}"
        yield f"p={path}|{self.held}|{party}"
        yield f"p={path}|{self.key}"
        yield f"c={sort}|{act}|{path}"
        yield f"d={last}|{up}|{before}"
        yield f"d={last}|{act}|{kind}|{before}"
        yield f"l={tree.lemma[at]}|{act}"
        yield f"o={tree.dep[at]}|{kind}|{act}"
        far = abs(at - self.trigger.at)
        near = 0 if far <= 2 else 1 if far <= 5 else 2 if far <= 12 else 3
        yield f"f={near}|{before}|{party}"
        for name, start in self.starts.items():
            if name != "v":
                along = _path(tree, start, at)[0]
                yield f"{name}={along}"
                yield f"{name}={along}|{act}"


def _ancestors(tree: Tree, at: int) -> dict[int, int]:
    """Return a token and what it hangs on, up to the root, each with its distance."""
    found = {at: 0}
    while tree.head[at] != at:
        at = tree.head[at]
        found[at] = len(found)
    return found


def _path(tree: Tree, start: Mapping[int, int], at: int) -> Path:
    """Return the way through the tree from an act to a noun: whole, its steps up, its last step down.

    A coordinated noun has the way of the first; prepositions stand as words.
    """
    down: list[str] = []
    seen = at
    while seen not in start:
        step = tree.dep[seen]
        if step in HANGING and tree.pos[seen] == "ADP":
            step = tree.word[seen]
        if not (step == "conj" and not down) and step != "pobj":
            down.append(step)
        if tree.head[seen] == seen:
            return "?", 9, "?"
        seen = tree.head[seen]
    steps = start[seen]
    up = [tree.dep[one] for one, far in start.items() if far < steps]
    down.reverse()
    return f"{'^'.join(up)}/{'>'.join(down)}", min(steps, 4), down[-1] if down else ""

"""Candidates: the words of a report that name an act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.extract.events.lexicon import Entry, Lexicon, Pattern
from chancery.extract.events.tree import Tree
from chancery.extract.syntax import Tokens

__all__ = ["Trigger", "find_triggers"]

# An anchor is "one or few words": a verb further than this from its object is the anchor alone.
LONGEST_ANCHOR = 6
PARTICLES = frozenset({"prt", "prep", "advmod", "agent", "dative"})
OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that names an act, with the light verb that carries it or the object that its pattern took."""

    at: int
    entry: Entry
    anchor: Tokens
    is_noun: bool
    rule: str
    carrier: int | None = None
    noun: int | None = None


def find_triggers(tree: Tree, lexicon: Lexicon) -> list[Trigger]:
    """Find every word that names an act, in the order of the text.

    Verbs go first: a pattern takes its object with it ("imposed sanctions" is
    one act), and what is taken names no act of its own.
    """
    found: list[Trigger] = []
    taken: set[int] = set()
    for at, pos in enumerate(tree.pos):
        if pos in {"VERB", "AUX"} and (trigger := _verb(tree, at, lexicon)):
            found.append(trigger)
            if trigger.noun is not None and not _asked_for(tree, trigger, lexicon):
                taken.update(tree.coordinated(trigger.noun))
    for at, pos in enumerate(tree.pos):
        if pos in {"NOUN", "PROPN"} and at not in taken and (trigger := _noun(tree, at, lexicon)):
            found.append(trigger)
    return sorted(found, key=lambda trigger: trigger.at)


def _asked_for(tree: Tree, trigger: Trigger, lexicon: Lexicon) -> bool:
    """Tell whether a pattern's object is an act of somebody else: "called for a ceasefire"."""
    noun = lexicon.nouns.get(tree.lemma[trigger.noun]) if trigger.noun is not None else None
    return trigger.entry.act == "REQUEST" and noun is not None and noun.act != "REQUEST"


def _verb(tree: Tree, at: int, lexicon: Lexicon) -> Trigger | None:
    lemma = tree.lemma[at]
    for pattern in lexicon.patterns.get(lemma, ()):
        matched = _match(tree, at, pattern)
        if matched is not None:
            noun = next(iter(matched.nouns), None)
            last = max([at, *matched.particles, *matched.nouns])
            first = min([at, *matched.nouns])
            anchor = (first, last + 1) if last - first < LONGEST_ANCHOR else (at, at + 1)
            return Trigger(at, pattern.entry, anchor, is_noun=False, rule="pattern", noun=noun)
    entry = lexicon.verbs.get(lemma)
    if entry is None or tree.pos[at] == "AUX" or tree.dep[at] in {"amod", "compound"}:
        return None
    return Trigger(at, entry, (at, at + 1), is_noun=False, rule="verb")


@dataclass(frozen=True, slots=True)
class _Match:
    particles: list[int]
    nouns: list[int]


def _match(tree: Tree, at: int, pattern: Pattern) -> _Match | None:
    """Match a pattern against a verb; None is no match."""
    particles: list[int] = []
    if pattern.particles:
        particles = [
            kid for kid in tree.kids[at] if tree.word[kid] in pattern.particles and tree.dep[kid] in PARTICLES
        ]
        if not particles and not pattern.optional:
            return None
    if not pattern.objects:
        return _Match(particles[:1], [])
    nouns = _object_nouns(tree, at, particles)
    hits = [noun for noun in nouns if _named(tree, noun, pattern.objects)]
    return _Match(particles[:1], hits[:1]) if hits else None


def _object_nouns(tree: Tree, at: int, particles: list[int]) -> Iterator[int]:
    for kid in tree.some(at, OBJECTS):
        yield from tree.coordinated(kid)
    for particle in particles:
        for kid in tree.some(particle, {"pobj"}):
            yield from tree.coordinated(kid)
    if tree.dep[at] == "relcl" and tree.pos[tree.head[at]] == "NOUN" and not tree.some(at, {"dobj"}):
        yield tree.head[at]  # "the letter that he sent"
    elif tree.dep[at] == "acl" and tree.tag[at] == "VBN":
        yield tree.head[at]  # "sanctions imposed by"


def _named(tree: Tree, noun: int, objects: frozenset[str]) -> bool:
    if tree.lemma[noun] in objects:
        return True
    for kid in tree.kids[noun]:
        if tree.dep[kid] in {"compound", "amod"} and f"{tree.lemma[kid]}_{tree.lemma[noun]}" in objects:
            return True
    # "several batches of weapons", "a package of sanctions"
    return any(tree.lemma[inner] in objects for inner in tree.objects(noun, {"of"}))


def _noun(tree: Tree, at: int, lexicon: Lexicon) -> Trigger | None:
    lemma = tree.lemma[at]
    entry = lexicon.nouns.get(lemma)
    first = at
    for kid in tree.kids[at]:
        if tree.dep[kid] in {"compound", "amod", "nmod"}:
            longer = lexicon.nouns.get(f"{tree.lemma[kid]}_{lemma}")
            if longer is not None:
                entry, first = longer, min(kid, at)
    if entry is None:
        return None
    if tree.dep[at] in {"compound", "npadvmod", "nmod"} and tree.head[at] > at:
        return None  # "attack aircraft", "protest leader": a kind of thing, not an act
    if tree.ent[at] in {"ORG", "LAW", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT"}:
        return None
    carrier = _carrier(tree, at, lexicon)
    anchor = (first, at + 1)
    if carrier is not None and 0 < at - carrier < LONGEST_ANCHOR:
        anchor = (carrier, at + 1)
    return Trigger(
        at, entry, anchor, is_noun=True, rule="light verb" if carrier is not None else "noun", carrier=carrier
    )


def _carrier(tree: Tree, at: int, lexicon: Lexicon) -> int | None:
    """Return the light verb that a noun of action is the object of, if any."""
    head = tree.head[at]
    if tree.dep[at] == "conj":
        return None
    if tree.dep[at] == "pobj" and tree.word[head] in {"in", "with", "out", "on", "for", "to"}:
        if tree.dep[head] != "prep":
            return None
        verb = tree.head[head]
        return (
            verb
            if tree.lemma[verb]
            in {
                "engage",
                "participate",
                "respond",
                "enter",
                "take",
                "involve",
                "retaliate",
                "prepare",
                "call",
                "carry",
            }
            - {"call"}
            else None
        )
    if tree.dep[at] in {"dobj", "nsubjpass"} and tree.lemma[head] in lexicon.sets["light"]:
        return head
    return None

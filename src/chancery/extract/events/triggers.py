"""Candidates: the words of a report that name an act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.extract.events.lexicon import Entry, Lexicon, Pattern
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree

__all__ = ["Matched", "Trigger", "find_triggers", "match_pattern", "pattern_trigger"]

# An anchor is "one or few words": a verb further than this from its object is the anchor alone.
LONGEST_ANCHOR = 6
PARTICLES = frozenset({"prt", "prep", "advmod", "agent", "dative", "mark"})
CLAUSES = frozenset({"advcl", "ccomp", "xcomp"})
OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "acomp"})
MODALS = frozenset({"will", "would", "wo", "'ll", "can", "ca"})
DOING = frozenset({"do", "does", "did"})
NAMED_THINGS = frozenset({"ORG", "LAW", "PERSON", "WORK_OF_ART", "FAC", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word in one sense as an act, with the light verb that carries it or the object of its pattern."""

    at: int
    entry: Entry
    anchor: Tokens
    is_noun: bool
    rule: str
    carrier: int | None = None
    noun: int | None = None


def find_triggers(tree: Tree, lexicon: Lexicon) -> list[Trigger]:
    """Find every word that may name an act, once for each act that it may name, in the order of the text."""
    found: list[Trigger] = []
    for at, pos in enumerate(tree.pos):
        if pos in {"VERB", "AUX"}:
            found += _verb(tree, at, lexicon)
            found += _stance(tree, at, lexicon)
        elif pos in {"NOUN", "PROPN"} and tree.lemma[at] in lexicon.heads:
            found += _noun(tree, at, lexicon)
    return found


def _verb(tree: Tree, at: int, lexicon: Lexicon) -> Iterator[Trigger]:
    lemma = tree.lemma[at]
    for pattern in lexicon.patterns.get(lemma, ()):
        if lemma == "tell" and not _to_do(tree, at):
            break  # "told reporters that ..." orders nobody
        matched = match_pattern(tree, at, pattern)
        if matched is not None:
            yield pattern_trigger(at, pattern, matched)
            break
    if tree.pos[at] == "AUX" or tree.dep[at] in {"amod", "compound"}:
        return
    things = {tree.lemma[kid] for kid in tree.some(at, {"dobj", "nsubjpass"})}
    if any(f"{lemma}_{thing}" in lexicon.classes["other"] for thing in things):
        return
    if lemma == "deploy" and not lexicon.classes["civil"].isdisjoint(things):
        return
    for entry in lexicon.verbs.get(lemma, ()):
        yield Trigger(at, entry, (at, at + 1), is_noun=False, rule="verb")


def pattern_trigger(at: int, pattern: Pattern, matched: Matched) -> Trigger:
    """Return the trigger of a matched pattern, anchored at verb, particle and object if they are near."""
    noun = next(iter(matched.nouns), None)
    last = max([at, *(kid for kid in matched.particles if kid == at + 1), *matched.nouns])
    first = min([at, *matched.nouns])
    anchor = (first, last + 1) if last - first < LONGEST_ANCHOR else (at, at + 1)
    return Trigger(at, pattern.entry, anchor, is_noun=False, rule="pattern", noun=noun)


def _to_do(tree: Tree, verb: int) -> bool:
    """Tell whether a verb has an infinitive: "told them *to leave*"."""
    clauses = tree.some(verb, CLAUSES)
    return any(tree.word[kid] == "to" for one in clauses for kid in tree.some(one, {"aux"}))


def _stance(tree: Tree, at: int, lexicon: Lexicon) -> Iterator[Trigger]:
    """Find readiness ("is ready to listen") and refusal ("will not compromise"), whatever the verb."""
    kids = tree.kids[at]
    if tree.lemma[at] in lexicon.sets["will_not"] and any(tree.dep[kid] == "neg" for kid in kids):
        refusing = MODALS | DOING if tree.lemma[at] in lexicon.sets["does_not"] else MODALS
        modals = [kid for kid in kids if kid <= at and tree.word[kid] in refusing]
        if modals:
            yield Trigger(at, lexicon.verbs["not+will"][0], (modals[0], at + 1), is_noun=False, rule="stance")
    for ready in kids:
        if tree.dep[ready] == "acomp" and tree.lemma[ready] in lexicon.sets["ready"]:
            for inner in tree.some(ready, {"xcomp"}):
                if tree.lemma[inner] not in lexicon.sets["dialogue"]:
                    continue  # readiness to act is the act, planned
                anchor = (ready, inner + 1) if 0 < inner - ready < LONGEST_ANCHOR else (ready, ready + 1)
                yield Trigger(
                    at, lexicon.verbs["be+ready"][0], anchor, is_noun=False, rule="stance", noun=inner
                )


@dataclass(frozen=True, slots=True)
class Matched:
    """What a pattern found beside its verb."""

    particles: list[int]
    nouns: list[int]


def match_pattern(tree: Tree, at: int, pattern: Pattern) -> Matched | None:
    """Match a pattern against a verb; None is no match."""
    particles: list[int] = []
    if pattern.particles:
        # the parser often hangs the preposition on the object: "cleared the town *of* militants"
        near = [
            *tree.kids[at],
            *(kid for noun in tree.some(at, {"dobj"}) for kid in tree.some(noun, {"prep"})),
            # "called *for* the parties to meet": the parser makes it the mark of the infinitive
            *(kid for clause in tree.some(at, CLAUSES) for kid in tree.some(clause, {"mark"})),
        ]
        particles = [
            kid for kid in near if tree.word[kid] in pattern.particles and tree.dep[kid] in PARTICLES
        ]
        if not particles and not pattern.optional:
            return None
    if not pattern.objects:
        return Matched(particles[:1], [])
    nouns = _object_nouns(tree, at, particles)
    hits = [noun for noun in nouns if _named(tree, noun, pattern.objects)]
    return Matched(particles[:1], hits[:1]) if hits else None


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
    if "*" in objects or tree.lemma[noun] in objects or f"#{tree.ent[noun]}" in objects:
        return True
    for kid in tree.kids[noun]:
        if tree.dep[kid] in {"compound", "amod"} and f"{tree.lemma[kid]}_{tree.lemma[noun]}" in objects:
            return True
    # "several batches of weapons", "a package of sanctions"
    return any(tree.lemma[inner] in objects for inner in tree.objects(noun, {"of"}))


def _noun(tree: Tree, at: int, lexicon: Lexicon) -> Iterator[Trigger]:
    if tree.ent[at] in NAMED_THINGS or (
        tree.dep[at] in {"compound", "npadvmod", "nmod"} and tree.head[at] > at
    ):
        return  # "attack aircraft", "protest leader": a kind of thing, not an act
    lemma = tree.lemma[at]
    if _shows_or_sets_up(tree, at, lexicon):
        return
    senses, first = lexicon.nouns.get(lemma, ()), at
    for kid in tree.kids[at]:
        if tree.dep[kid] in {"compound", "amod", "nmod"}:
            if f"{tree.lemma[kid]}_{lemma}" in lexicon.classes["other"]:
                return
            longer = lexicon.nouns.get(f"{tree.lemma[kid]}_{lemma}")
            if longer is not None:
                senses, first = longer, min(kid, at)
    carrier = _carrier(tree, at, lexicon)
    anchor = (first, at + 1)
    if carrier is not None and 0 < at - carrier < LONGEST_ANCHOR:
        anchor = (carrier, at + 1)
    rule = "noun" if carrier is None else "light verb"
    for entry in senses:
        yield Trigger(at, entry, anchor, is_noun=True, rule=rule, carrier=carrier)


def _shows_or_sets_up(tree: Tree, at: int, lexicon: Lexicon) -> bool:
    """Tell "a demonstration of our resolve" and "the deployment of a reactor" from protests and troops."""
    if tree.lemma[at] not in {"demonstration", "deployment"}:
        return False
    things = {tree.lemma[thing] for thing in tree.objects(at, {"of"})}
    if tree.lemma[at] == "deployment":
        return not lexicon.classes["civil"].isdisjoint(things)
    people = lexicon.classes["crowd"] | lexicon.classes["party"]
    return bool(things) and people.isdisjoint(things)


def _carrier(tree: Tree, at: int, lexicon: Lexicon) -> int | None:
    """Return the light verb that a noun of action is the object of, if any."""
    head = tree.head[at]
    while (
        tree.dep[at] == "pobj"
        and tree.word[head] == "of"
        and tree.lemma[tree.head[head]] in lexicon.sets["parts"]
    ):
        at = tree.head[head]
        head = tree.head[at]
    if tree.dep[at] == "conj":
        return None
    if tree.dep[at] == "pobj" and tree.word[head] in {"in", "with", "out", "on", "for", "to"}:
        if tree.dep[head] != "prep":
            return None
        verb = tree.head[head]
        return verb if tree.lemma[verb] in lexicon.sets["engaging"] else None
    if tree.dep[at] in {"dobj", "nsubjpass"} and tree.lemma[head] in lexicon.sets["light"]:
        return head
    return None

"""Acts that are parts of one another: a promise and what is promised, an attack and whom it killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chancery.extract.events.features import Candidate
from chancery.extract.events.lexicon import Lexicon
from chancery.extract.events.mention import EventMention
from chancery.extract.tree import Tree
from chancery.ontology import threat

__all__ = ["absorb", "harmed"]

# Harm done by an act that the sentence names besides ("an attack kills four", "opened fire, wounding two").
TALKS = frozenset({"discuss", "talk", "negotiate", "consult", "confer", "speak + with|to"})
PURPOSE = frozenset({"advcl", "acl", "xcomp", "relcl"})
HARM = frozenset({"kill", "wound", "injure"})
# What a request or refusal of an act is in PLOVER's words.
ASKED = {
    "CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist",
    "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
LONGEST_ANCHOR = 8
WITHIN = frozenset({"xcomp", "dobj", "ccomp", "prep", "pobj", "pcomp", "acl", "acomp"})


def absorb(tree: Tree, mentions: Sequence[EventMention], lexicon: Lexicon) -> Iterator[EventMention]:
    """Yield the mentions that stand for an act of their own, with what they took over from the others."""
    at = {mention.at: mention for mention in mentions}
    gone: set[int] = set()
    for mention in mentions:
        outer = _outer(tree, mention, at)
        if outer is not None and outer.at not in gone:
            if outer.act in {"REQUEST", "REJECT"} and at[outer.at].mode is None:
                at[outer.at] = replace(at[outer.at], mode=ASKED.get(mention.act))
            _settle(tree, outer, mention, at, gone, lexicon)
    for mention in mentions:
        if mention.act == "CONSULT" and mention.at not in gone:
            _met_to_talk(tree, mention, at, gone)
        if mention.entry in HARM:
            _harm(tree, mention, at, gone)
        if mention.taken is not None and mention.at not in gone:
            gone.update(
                one for one in tree.coordinated(mention.taken) if one in at and _is_part(mention, at[one])
            )
    for mention in mentions:
        if mention.at not in gone:
            yield _widened(tree, at[mention.at], lexicon)


def _is_part(mention: EventMention, noun: EventMention) -> bool:
    """Tell whether a pattern's object is part of its act: not in "called for a *ceasefire*"."""
    return mention.act != "REQUEST" or noun.act in {"REQUEST", "THREATEN"}


def _outer(tree: Tree, mention: EventMention, at: dict[int, EventMention]) -> EventMention | None:
    """Return the mention whose complement or object this one is."""
    index = mention.at
    for _ in range(4):
        head, dep = tree.head[index], tree.dep[index]
        if head == index or dep not in WITHIN:
            return None
        if head in at:
            return at[head]
        index = head
    return None


def _settle(
    tree: Tree,
    outer: EventMention,
    inner: EventMention,
    at: dict[int, EventMention],
    gone: set[int],
    lexicon: Lexicon,
) -> None:
    """Decide what is left of an act and the act that it governs."""
    if outer.rule.startswith("stance") and outer.act == "AGREE":
        # readiness to talk is an offer; readiness to give aid is aid, planned
        gone.add(inner.at if inner.act in {"CONSULT", "AGREE"} else outer.at)
    elif outer.act == "AGREE" and tree.lemma[outer.at] in lexicon.sets["promising"]:
        gone.add(outer.at)
        if inner.act in COOPERATIVE:
            start = outer.anchor[0]
            anchor = (
                (start, inner.anchor[1]) if 0 < inner.anchor[1] - start <= LONGEST_ANCHOR else inner.anchor
            )
            actor = inner.actor or outer.actor
            at[inner.at] = replace(
                inner, anchor=anchor, actor=actor, recipient=inner.recipient or outer.recipient
            )
        elif tree.lemma[outer.at] in {"vow", "pledge", "promise"} and inner.status == "planned":
            at[inner.at] = replace(inner, act="THREATEN", mode=None, status="occurred")
    elif (
        outer.act in {"THREATEN", "REJECT"}
        and tree.lemma[outer.at]
        in {
            "threaten",
            "refuse",
            "decline",
            "reject",
            "issue",
            "pose",
            "rule",
        }
        and tree.dep[inner.at] in {"xcomp", "dobj", "pobj", "acl"}
    ):
        gone.add(inner.at)
        told = at[outer.at]
        mode = told.mode or (threat(inner.act, inner.mode) if told.act == "THREATEN" else None)
        at[outer.at] = replace(told, mode=mode, recipient=told.recipient or inner.recipient)


def _met_to_talk(tree: Tree, mention: EventMention, at: dict[int, EventMention], gone: set[int]) -> None:
    """Drop the talk for which a meeting is held: "met the envoy *to discuss* trade"."""
    index = mention.at
    infinitive = tree.tag[index] == "VB" and any(tree.word[kid] == "to" for kid in tree.some(index, {"aux"}))
    if not infinitive or mention.entry not in TALKS:
        return
    for _ in range(3):
        if tree.dep[index] not in PURPOSE:
            return
        index = tree.head[index]
        held = next((kid for kid in (index, *tree.some(index, {"dobj", "nsubjpass"})) if kid in at), None)
        if held is not None and held not in gone:
            if at[held].act == "CONSULT":
                gone.add(mention.at)
            return


def _widened(tree: Tree, mention: EventMention, lexicon: Lexicon) -> EventMention:
    """Let the anchor of a promised act begin at the promise: "*pledged to send aid*"."""
    head, (start, end) = tree.head[mention.at], mention.anchor
    promised = tree.dep[mention.at] in {"xcomp", "dobj"} and tree.lemma[head] in lexicon.sets["promising"]
    if promised and mention.act in COOPERATIVE and head < start and end - head <= LONGEST_ANCHOR:
        return replace(mention, anchor=(head, end))
    return mention


def harmed(tree: Tree, candidates: Sequence[Candidate]) -> None:
    """Give whom an attack killed to the attack, where the killing hangs on it or it on the killing."""
    attacks = {one.trigger.at: one for one in candidates if one.trigger.entry.act == "ASSAULT"}
    for candidate in candidates:
        if candidate.trigger.entry.key in HARM:
            for near in _around(tree, candidate.trigger.at):
                attack = attacks.get(near)
                if attack is not None and attack.trigger.entry.key not in HARM:
                    if not attack.parties.recipient:
                        attack.parties.add("recipient", candidate.parties.recipient)
                    if not attack.parties.actor:
                        attack.parties.add("actor", candidate.parties.actor)
                    break


def _harm(tree: Tree, mention: EventMention, at: dict[int, EventMention], gone: set[int]) -> None:
    """Drop a killing beside the attack that did it."""
    for near in _around(tree, mention.at):
        if near in at and near not in gone and at[near].act == "ASSAULT" and at[near].entry not in HARM:
            gone.add(mention.at)
            return


def _around(tree: Tree, verb: int) -> Iterator[int]:
    for kid in tree.kids[verb]:
        if tree.dep[kid] in {"nsubj", "nsubjpass", "advcl"}:
            yield kid
        elif tree.dep[kid] in {"prep", "agent"}:
            yield from tree.kids[kid]
    if tree.dep[verb] in {"advcl", "conj"}:
        head = tree.head[verb]
        yield head
        yield from tree.some(head, {"nsubj", "dobj", "nsubjpass"})

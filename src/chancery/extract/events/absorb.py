"""Acts that are parts of one another: a promise and what is promised, an attack and whom it killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.events.mention import EventMention
from chancery.extract.events.tree import Tree

__all__ = ["HARM", "absorb"]

# Harm done by an act that the sentence names besides ("an attack kills four", "opened fire, wounding two").
HARM = frozenset({"kill", "wound", "injure"})
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
LONGEST_ANCHOR = 8


def absorb(tree: Tree, mentions: Sequence[EventMention], lexicon: Lexicon) -> Iterator[EventMention]:
    """Yield the mentions that stand for an act of their own, with what they took over from the others."""
    at = {mention.at: mention for mention in mentions}
    gone: set[int] = set()
    for mention in mentions:
        outer = _outer(tree, mention, at)
        if outer is not None and outer.at not in gone:
            _settle(tree, outer, mention, at, gone, lexicon)
    for mention in mentions:
        if mention.entry in HARM and not mention.rule.startswith("pattern"):
            _harm(tree, mention, at, gone)
    for mention in mentions:
        if mention.at not in gone:
            yield at[mention.at]


def _outer(tree: Tree, mention: EventMention, at: dict[int, EventMention]) -> EventMention | None:
    """Return the mention whose complement or object this one is."""
    index = mention.at
    for _ in range(4):
        head, dep = tree.head[index], tree.dep[index]
        if head == index or dep not in {"xcomp", "dobj", "ccomp", "prep", "pobj", "pcomp", "acl"}:
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
    if outer.act == "AGREE" and tree.lemma[outer.at] in lexicon.sets["promising"]:
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
        at[outer.at] = replace(at[outer.at], recipient=at[outer.at].recipient or inner.recipient)


def _harm(tree: Tree, harm: EventMention, at: dict[int, EventMention], gone: set[int]) -> None:
    """Give whom an attack killed to the attack, where one governs or is governed by the killing."""
    main = _attack(tree, harm, at)
    if main is None or main.at in gone:
        return
    gone.add(harm.at)
    held = at[main.at]
    at[main.at] = replace(held, actor=held.actor or harm.actor, recipient=held.recipient or harm.recipient)


def _attack(tree: Tree, harm: EventMention, at: dict[int, EventMention]) -> EventMention | None:
    """Return the attack that did the harm: its subject, its means, or the clause that it hangs on."""
    for near in _around(tree, harm.at):
        if near in at and near != harm.at and at[near].act == "ASSAULT" and at[near].entry not in HARM:
            return at[near]
    return None


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

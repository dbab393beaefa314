"""What stands around a candidate: the features by which the weigher tells acts from other uses of a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.events.parties import Parties
from chancery.extract.events.triggers import Trigger
from chancery.extract.tree import Tree
from chancery.records import Status

__all__ = ["Candidate", "features"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger with its parties and status, before it is decided whether it is an event."""

    trigger: Trigger
    parties: Parties
    status: Status
    word: str


def features(tree: Tree, candidate: Candidate, lexicon: Lexicon, others: frozenset[str]) -> Iterator[str]:
    """Yield the features of a candidate.

    Args:
        tree: the report.
        candidate: the word in one of its senses.
        lexicon: the word classes.
        others: acts that other words of the sentence may name.
    """
    trigger, parties = candidate.trigger, candidate.parties
    entry, at = trigger.entry, trigger.at
    act, key = entry.act, f"{entry.key}:{entry.act}"
    yield "bias"
    yield f"act={act}"
    yield f"key={key}"
    yield f"rule={trigger.rule}"
    sure = "sure" if entry.sure else "weak"
    yield sure
    yield f"{sure}|{trigger.rule}"
    yield f"{act}|{trigger.rule}"
    actor, recipient = _kind(tree, parties.actor), _kind(tree, parties.recipient)
    held = f"{'a' if parties.actor else '-'}{'r' if parties.recipient else '-'}"
    yield f"held={held}"
    yield f"{sure}|{trigger.rule}|held={held}"
    yield f"{act}|held={held}"
    yield f"{key}|held={held}"
    yield f"{act}|actor={actor}"
    yield f"{act}|recipient={recipient}"
    if parties.nobody:
        yield f"{act}|nobody"
        yield "nobody"
    if parties.subjectless:
        yield "subjectless"
    yield f"status={candidate.status}"
    yield f"{act}|status={candidate.status}"
    yield f"decided={candidate.word}"
    dep, tag = tree.dep[at], tree.tag[at]
    yield f"dep={dep}"
    yield f"tag={tag}"
    yield f"{act}|{dep}"
    yield f"{key}|{tag}"
    head = tree.head[at]
    yield f"head={tree.lemma[head]}"
    for act_beside in sorted(others):
        yield f"beside={act_beside}"
        if act_beside == act:
            yield f"{act}|again"
    yield from _around(tree, candidate, act, key, lexicon)


def _around(tree: Tree, candidate: Candidate, act: str, key: str, lexicon: Lexicon) -> Iterator[str]:
    at = candidate.trigger.at
    for kid in tree.kids[at]:
        dep = tree.dep[kid]
        if dep in {"prep", "prt", "det", "neg", "aux", "mark"}:
            yield f"{dep}={tree.word[kid]}"
        elif dep in {"amod", "compound", "dobj", "nsubj", "nsubjpass", "attr", "oprd", "acomp"}:
            yield f"{dep}={tree.lemma[kid]}"
            yield f"{act}|{dep}|{tree.ent[kid] or tree.pos[kid]}"
            if tree.lemma[kid] in lexicon.classes["accident"]:
                yield f"{act}|accident"
        elif dep in {"ccomp", "xcomp", "advcl", "acl", "relcl"}:
            yield f"{dep}|{tree.tag[kid]}"
            yield f"{act}|{dep}|{tree.tag[kid]}"
            yield f"{key}|{dep}|{tree.tag[kid]}"
        if dep in {"prep", "agent"}:
            for pobj in tree.kids[kid]:
                yield f"{act}|{tree.word[kid]}|{tree.ent[pobj] or tree.lemma[pobj]}"
                if tree.lemma[pobj] in lexicon.classes["accident"]:
                    yield f"{act}|accident"


def _kind(tree: Tree, parties: list[int]) -> str:
    if not parties:
        return "none"
    at = parties[0]
    return tree.ent[at] or (tree.word[at] if tree.pos[at] == "PRON" else tree.lemma[at])

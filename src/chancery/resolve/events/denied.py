"""Denials told beside the act: "Syria said Israel struck a convoy. *Israel denied it*".

The words of the act itself say that it happened; that its doer denies it stands in the
same sentence or in the next. Only acts of the party that denies are denied, and only
deeds: a report's own meetings and words are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.events.parties import PartyFinder
from chancery.extract.tree import Tree, tree_of
from chancery.resolve.events.drafts import NOBODY, Draft
from chancery.resolve.facts import Facts

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["with_denials"]

DENYING = frozenset({"deny", "refute", "reject", "dismiss"})
# What one denies: that it was said, or that one did it. Only "deny" denies a bare "it".
SAID = frozenset({"claim", "allegation", "accusation", "charge", "report", "statement"})
DONE = frozenset(
    {"responsibility", "involvement", "role", "wrongdoing", "it", "this", "that", "killing", "attack"}
)
# Words by which a clause denies a part in a deed: "denies that it was *behind* the killings".
PART_IN = frozenset({"behind", "responsible", "involved", "involvement", "responsibility", "part", "role"})
DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "AID", "COOPERATE", "STATE"})
REAL = frozenset({"occurred", "ongoing"})


@dataclass(frozen=True, slots=True)
class _Denial:
    """Where a denial stands, and who denies."""

    at: int
    by: frozenset[str]
    beside: bool  # "a claim *denied by* the army": whatever was just told by others


def with_denials(doc: Doc, drafts: Sequence[Draft], facts: Facts) -> list[Draft]:
    """Return the drafts, those denied by their own doers as denied."""
    tree = tree_of(doc)
    denials = [one for one in _denials(tree, facts) if one.by]
    if not denials:
        return list(drafts)
    charges = [draft for draft in drafts if draft.mention.act == "ACCUSE"]
    return [_denied(tree, draft, denials, _Told(facts, charges)) for draft in drafts]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of who tells an act: the report's facts, and its accusations."""

    facts: Facts
    charges: Sequence[Draft]


def _denied(tree: Tree, draft: Draft, denials: Sequence[_Denial], told: _Told) -> Draft:
    mention = draft.mention
    if mention.act not in DEEDS or mention.status not in REAL:
        return draft
    if not draft.recipient and len(draft.actor) > 1:
        return draft  # clashes of both sides
    doers = {_root(slot.actor or "") for slot in draft.actor} - {NOBODY} or _accused(tree, draft, told)
    for one in denials:
        # in the denial's own sentence or the one before it, and told before it
        near = 0 <= tree.ordinal[one.at] - tree.ordinal[mention.at] <= 1 and mention.at < one.at
        meant = _told_by_another(draft, one, told.facts) if one.beside else bool(one.by & doers)
        if near and meant:
            status = replace(mention, status="denied", rule=f"{mention.rule}; denied by {tree.word[one.at]}")
            return replace(draft, mention=status)
    return draft


def _accused(tree: Tree, draft: Draft, told: _Told) -> set[str]:
    """Return whoever is accused of an act that has no doer: "blamed *Iran* for being behind the attacks"."""
    at = draft.mention.at
    return {
        _root(slot.actor or "")
        for charge in told.charges
        if tree.ordinal[charge.mention.at] == tree.ordinal[at] and at in tree.below(charge.mention.at)
        for slot in charge.recipient
    }


def _root(actor: str) -> str:
    """Return the party of an actor; unnamed ones are themselves."""
    return actor if actor.startswith("?:") else actor.partition(":")[0]


def _told_by_another(draft: Draft, denial: _Denial, facts: Facts) -> bool:
    """Tell whether somebody else claims the deed: "rebels said ..., *a claim denied by* the army"."""
    if draft.mention.statement is None:
        return False
    speaker = facts.statements[draft.mention.statement].speaker.actor
    return speaker is None or _root(facts.referents.party(speaker)) not in denial.by


def _denials(tree: Tree, facts: Facts) -> Iterator[_Denial]:
    finder: PartyFinder | None = None
    for at in range(tree.size):
        if tree.lemma[at] in DENYING and tree.pos[at] == "VERB" and _is_denial(tree, at):
            finder = finder or PartyFinder(tree, load_lexicon())
            denying = [one for subject in finder.subject(at) for one in finder.parties(subject)]
            known = (facts.referents.of(tree.name(one)) or f"?:{tree.word[one]}" for one in denying)
            by = frozenset(_root(facts.referents.party(one)) for one in known)
            yield _Denial(at, by - {NOBODY, "?"}, beside=tree.dep[at] == "acl")


def _objects(tree: Tree, verb: int) -> list[int]:
    objects = tree.some(verb, {"dobj", "nsubjpass"})
    return [*objects, tree.head[verb]] if tree.dep[verb] == "acl" else objects


def _is_denial(tree: Tree, verb: int) -> bool:
    """Tell whether a verb denies what was said before: "denied the claim", "a claim denied by"."""
    objects = _objects(tree, verb)
    wanted = SAID | DONE if tree.lemma[verb] == "deny" else SAID
    if any(tree.lemma[one] in wanted for one in objects):
        return True
    if tree.lemma[verb] != "deny":
        return False
    clauses = [at for one in tree.some(verb, {"ccomp", "xcomp"}) for at in tree.below(one)]
    return any(tree.lemma[at] in PART_IN for at in clauses) or any(
        tree.word[kid] == "any" for one in objects for kid in tree.kids[one]
    )

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
from chancery.resolve.events.drafts import Draft
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
DEEDS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "AID", "COOPERATE", "STATE"})
REAL = frozenset({"occurred", "ongoing"})


@dataclass(frozen=True, slots=True)
class _Denial:
    """Where a denial stands, and who denies."""

    at: int
    by: frozenset[str]
    of_claim: bool = False


def with_denials(doc: Doc, drafts: Sequence[Draft], facts: Facts) -> list[Draft]:
    """Return the drafts, those denied by their own doers as denied."""
    tree = tree_of(doc)
    denials = [one for one in _denials(tree, facts) if one.by]
    if not denials:
        return list(drafts)
    return [_denied(tree, draft, denials, facts) for draft in drafts]


def _denied(tree: Tree, draft: Draft, denials: Sequence[_Denial], facts: Facts) -> Draft:
    mention = draft.mention
    if mention.act not in DEEDS or mention.status not in REAL:
        return draft
    doers = {(slot.actor or "").partition(":")[0] for slot in draft.actor}
    for one in denials:
        # in the denial's own sentence or the one before it, and told before it
        if not draft.recipient and not one.of_claim:
            continue  # clashes of both sides, or a deed too vague to be the one denied
        near = 0 <= tree.ordinal[one.at] - tree.ordinal[mention.at] <= 1 and mention.at < one.at
        if near and (one.by & doers or (one.of_claim and _told_by_another(draft, one, facts))):
            told = replace(mention, status="denied", rule=f"{mention.rule}; denied by {tree.word[one.at]}")
            return replace(draft, mention=told)
    return draft


def _told_by_another(draft: Draft, denial: _Denial, facts: Facts) -> bool:
    """Tell whether somebody else claims the deed: "rebels said ..., *a claim denied by* the army"."""
    if draft.mention.statement is None:
        return False
    speaker = facts.statements[draft.mention.statement].speaker.actor
    return speaker is None or facts.referents.party(speaker).partition(":")[0] not in denial.by


def _denials(tree: Tree, facts: Facts) -> Iterator[_Denial]:
    finder: PartyFinder | None = None
    for at in range(tree.size):
        if tree.lemma[at] in DENYING and tree.pos[at] == "VERB" and _is_denial(tree, at):
            finder = finder or PartyFinder(tree, load_lexicon())
            denying = [one for subject in finder.subject(at) for one in finder.parties(subject)]
            ids = (facts.referents.of(tree.name(one)) for one in denying)
            by = frozenset(facts.referents.party(one).partition(":")[0] for one in ids if one)
            yield _Denial(at, by - {"?"}, of_claim=tree.dep[at] == "acl")


def _is_denial(tree: Tree, verb: int) -> bool:
    """Tell whether a verb denies what was said before: "denied the claim", "a claim denied by"."""
    objects = tree.some(verb, {"dobj", "nsubjpass"})
    if tree.dep[verb] == "acl":
        objects = [*objects, tree.head[verb]]
    wanted = SAID | DONE if tree.lemma[verb] == "deny" else SAID
    return any(tree.lemma[one] in wanted for one in objects)

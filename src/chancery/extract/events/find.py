"""Doc -> event mentions: triggers, their parties, their status, and what they depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chancery.extract.events.absorb import HARM, absorb
from chancery.extract.events.attach import clauses, condition_of, phrases
from chancery.extract.events.lexicon import Lexicon, load_lexicon
from chancery.extract.events.mention import EventMention
from chancery.extract.events.parties import Parties, PartyFinder
from chancery.extract.events.status import StatusFinder
from chancery.extract.events.tree import Tree
from chancery.extract.events.triggers import Trigger, find_triggers
from chancery.extract.quotations import Quotation
from chancery.extract.statements import StatementMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["EventMention", "find_events"]


def find_events(
    doc: Doc,
    said: Sequence[StatementMention],
    quotations: Sequence[Quotation],  # noqa: ARG001 - the chain gives every finder what was found before
) -> tuple[EventMention, ...]:
    """Find every event of a report, in order of their anchors."""
    lexicon = load_lexicon()
    tree = Tree(doc)
    triggers = find_triggers(tree, lexicon)
    if not triggers:
        return ()
    finder = PartyFinder(tree, lexicon)
    statuses = StatusFinder(tree, lexicon)
    found = []
    for trigger in triggers:
        mention = _mention(tree, trigger, finder.of(trigger), statuses)
        if _needed(mention) and _suited(tree, mention, lexicon) and not _accident(tree, mention, lexicon):
            found.append(mention)
    mentions = list(absorb(tree, found, lexicon))
    order = {mention.at: index for index, mention in enumerate(mentions)}
    tellers = _tellers(said)
    return tuple(
        replace(
            mention,
            condition=condition_of(tree, mention, order, statuses),
            statement=_innermost(tellers, mention.at),
            where=tuple(phrases(tree, mention)),
            clauses=tuple(clauses(tree, mention)),
        )
        for mention in mentions
    )


def _accident(tree: Tree, mention: EventMention, lexicon: Lexicon) -> bool:
    """Tell whether a killing is nobody's act: "killed in a bus crash", "the floods kill 40"."""
    if mention.entry not in HARM:
        return False
    causes = lexicon.classes["accident"]
    at = mention.at
    near = [*tree.kids[at], *(inner for kid in tree.kids[at] for inner in tree.kids[kid])]
    if tree.dep[at] in {"advcl", "conj", "acl"}:
        head = tree.head[at]
        near += [head, *tree.kids[head]]
    return any(tree.lemma[one] in causes for one in near)


def _tellers(said: Sequence[StatementMention]) -> list[tuple[int, int, int]]:
    """List the content runs of all statements with their statement, the longest content first."""
    sizes = [sum(last - first for first, last in statement.content) for statement in said]
    longest = sorted(range(len(said)), key=lambda index: -sizes[index])
    return [(first, last, index) for index in longest for first, last in said[index].content]


def _innermost(tellers: Sequence[tuple[int, int, int]], at: int) -> int | None:
    found = None
    for first, last, index in tellers:
        if first <= at < last:
            found = index
    return found


def _suited(tree: Tree, mention: EventMention, lexicon: Lexicon) -> bool:
    """Tell whether an entry's special need is met: a complement, a person, a crowd."""
    match mention.need:
        case "comp":
            return bool(mention.recipient) and bool(tree.some(mention.at, {"xcomp", "ccomp"}))
        case "person":
            return any(
                tree.ent[at] == "PERSON" or tree.lemma[at] in lexicon.classes["person"]
                for first, last in mention.actor
                for at in range(first, last)
            )
        case "crowd":
            return any(
                tree.lemma[at] in lexicon.classes["crowd"]
                for first, last in mention.actor
                for at in range(first, last)
            )
        case _:
            return True


def _mention(tree: Tree, trigger: Trigger, parties: Parties, statuses: StatusFinder) -> EventMention:
    entry = trigger.entry
    status, word = statuses.of(trigger)
    rule = f"{trigger.rule}; {status} by {word}" if word else trigger.rule
    return EventMention(
        anchor=trigger.anchor,
        at=trigger.at,
        act=entry.act,  # type: ignore[arg-type]
        mode=entry.mode,
        actor=tuple(tree.name(at) for at in parties.actor),
        recipient=tuple(tree.name(at) for at in parties.recipient),
        status=status,
        need=entry.need,
        mutual=entry.mutual,
        rule=rule,
        entry=entry.key,
        speaks=parties.subjectless,
    )


def _needed(mention: EventMention) -> bool:
    """Tell whether the parties that an act of this kind needs are there."""
    match mention.need:
        case "both":
            if mention.mutual:
                return len(mention.actor) + len(mention.recipient) + mention.speaks > 1
            return bool(mention.actor or mention.speaks) and bool(mention.recipient)
        case "recipient":
            return bool(mention.recipient)
        case "actor":
            return bool(mention.actor or mention.speaks)
        case "one":
            return bool(mention.actor or mention.recipient)
        case _:
            return True

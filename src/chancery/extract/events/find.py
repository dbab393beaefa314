"""Doc -> event mentions: triggers, their parties, their status, and what they depend on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chancery.extract.events.absorb import absorb, harmed
from chancery.extract.events.attach import clauses, condition_of, contexts, phrases
from chancery.extract.events.features import Candidate, features
from chancery.extract.events.lexicon import Lexicon, load_lexicon
from chancery.extract.events.mention import EventMention
from chancery.extract.events.names import NAMES
from chancery.extract.events.parties import PartyFinder
from chancery.extract.events.roles import RoleFinder, load_roles
from chancery.extract.events.status import StatusFinder
from chancery.extract.events.triggers import find_triggers
from chancery.extract.events.weigh import THRESHOLD, load_weights, probability
from chancery.extract.quotations import Quotation
from chancery.extract.statements import StatementMention
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["EventMention", "find_events"]

CHARGES = frozenset({"accuse", "suspect", "blame"})
# Prepositions that the parser hangs on whoever is accused, praised or sentenced.
OF_DEEDS = frozenset({"of", "for", "over"})
TOWARD_SOMEBODY = frozenset({"AGREE", "ACCUSE", "SUPPORT", "THREATEN"})


def find_events(
    doc: Doc,
    said: Sequence[StatementMention],
    quotations: Sequence[Quotation],  # noqa: ARG001 - the chain gives every finder what was found before
) -> tuple[EventMention, ...]:
    """Find every event of a report, in order of their anchors."""
    lexicon = load_lexicon()
    tree = tree_of(doc)
    candidates = candidates_of(tree, lexicon)
    if not candidates:
        return ()
    statuses = StatusFinder(tree, lexicon)
    chosen = [mention for mention in _chosen(tree, candidates, lexicon) if not _only_says(mention, said)]
    mentions = list(absorb(tree, chosen, lexicon))
    order = {mention.at: index for index, mention in enumerate(mentions)}
    told = tellers(said)
    hinges = [condition_of(tree, mention, order, statuses) for mention in mentions]
    return tuple(
        replace(
            mention,
            condition=hinge[0],
            hinge=hinge[1],
            context=contexts(tree, mention, lexicon),
            statement=innermost(told, mention.at),
            where=tuple(phrases(tree, mention)),
            clauses=tuple(clauses(tree, mention)),
        )
        for mention, hinge in zip(mentions, hinges, strict=True)
    )


def candidates_of(tree: Tree, lexicon: Lexicon) -> list[Candidate]:
    """List every word that may name an act, once for each act that it may name, with parties and status."""
    finder = PartyFinder(tree, lexicon)
    statuses = StatusFinder(tree, lexicon)
    found = [
        Candidate(trigger, finder.of(trigger), *statuses.of(trigger))
        for trigger in find_triggers(tree, lexicon)
    ]
    harmed(tree, found)
    return found


def _chosen(tree: Tree, candidates: Sequence[Candidate], lexicon: Lexicon) -> list[EventMention]:
    """Keep each word's likeliest act, where it is likely enough."""
    weights, roles = load_weights(), load_roles()
    finder = RoleFinder(tree, PartyFinder(tree, lexicon))
    best: dict[int, tuple[float, Candidate]] = {}
    for candidate, beside in with_others(tree, candidates):
        # each feature counts once, in the order of its first mention, as it did in training
        score = probability(dict.fromkeys(features(tree, candidate, lexicon, beside)), weights)
        at = candidate.trigger.at
        if score >= THRESHOLD and (at not in best or score > best[at][0]):
            best[at] = (score, candidate)
    return [
        mention_of(tree, replace(one, parties=finder.of(one.trigger, one.parties, roles)), score)
        for score, one in best.values()
    ]


def _only_says(mention: EventMention, said: Sequence[StatementMention]) -> bool:
    """Tell whether a verb does no more than report speech: "he assured", with nobody whom it is toward."""
    return (
        mention.act in TOWARD_SOMEBODY
        and not mention.recipient
        and any(one.cue is not None and one.cue[0] <= mention.at < one.cue[1] for one in said)
    )


def with_others(tree: Tree, candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, frozenset[str]]]:
    """Yield each candidate with the acts that other words of its sentence may name."""
    acts: dict[int, set[tuple[int, str]]] = {}
    for candidate in candidates:
        trigger = candidate.trigger
        acts.setdefault(tree.sentence[trigger.at], set()).add((trigger.at, trigger.entry.act))
    for candidate in candidates:
        at = candidate.trigger.at
        yield candidate, frozenset(act for other, act in acts[tree.sentence[at]] if other != at)


def tellers(said: Sequence[StatementMention]) -> list[tuple[int, int, int]]:
    """List the content runs of all statements with their statement, the longest content first."""
    sizes = [sum(last - first for first, last in statement.content) for statement in said]
    longest = sorted(range(len(said)), key=lambda index: -sizes[index])
    return [(first, last, index) for index in longest for first, last in said[index].content]


def innermost(told: Sequence[tuple[int, int, int]], at: int) -> int | None:
    """Return the index of the innermost statement whose content holds a token."""
    found = None
    for first, last, index in told:
        if first <= at < last:
            found = index
    return found


def _recipient(tree: Tree, candidate: Candidate, at: int) -> Tokens:
    """Return the name of one acted upon, without the deed: "accused *the army* of a massacre"."""
    first, last = tree.name(at)
    if candidate.trigger.entry.act in {"ACCUSE", "SANCTION", "SUPPORT"}:
        for kid in tree.some(at, {"prep"}):
            named = any(
                tree.ent[one] in NAMES or tree.pos[one] == "PROPN" for one in tree.some(kid, {"pobj"})
            )
            if tree.word[kid] in OF_DEEDS and at < kid < last and not named:
                return first, kid
    return first, last


def _charge(tree: Tree, at: int) -> int | None:
    """Return the verb that charges somebody with an act: "*accused* Niger of arming the rebels"."""
    while tree.dep[at] in {"conj", "dobj", "xcomp"}:
        at = tree.head[at]
    preposition = tree.head[at]
    if tree.dep[at] not in {"pcomp", "pobj"} or tree.word[preposition] not in OF_DEEDS:
        return None
    above = tree.head[preposition]
    above = tree.head[above] if tree.dep[above] == "dobj" else above
    return above if tree.lemma[above] in CHARGES else None


def mention_of(tree: Tree, candidate: Candidate, score: float) -> EventMention:
    """Return a candidate as a mention, before anything around it is looked at."""
    trigger, parties, entry = candidate.trigger, candidate.parties, candidate.trigger.entry
    word = candidate.word
    rule = f"{trigger.rule}; {candidate.status} by {word}" if word else trigger.rule
    charge = _charge(tree, trigger.at)
    return EventMention(
        anchor=trigger.anchor,
        at=trigger.at,
        act=entry.act,  # type: ignore[arg-type]
        mode=entry.mode,
        actor=tuple(tree.name(at) for at in parties.actor),
        recipient=tuple(_recipient(tree, candidate, at) for at in parties.recipient),
        status=candidate.status,
        rule=f"{rule}; alleged by {tree.word[charge]}" if charge is not None else rule,
        entry=entry.key,
        word=tree.lemma[trigger.at if trigger.noun is None else trigger.noun],
        taken=trigger.noun,
        speaks=parties.subjectless,
        score=round(score, 3),
    )

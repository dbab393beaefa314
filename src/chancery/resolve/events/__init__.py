"""Event mentions -> events with parties, codes, place and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chancery.extract.events import EventMention
from chancery.extract.events.weigh import chance
from chancery.extract.syntax import characters, text_of
from chancery.ontology import cameo, publish
from chancery.records import Actor, ActorSlot, Event
from chancery.resolve.actors import Referents
from chancery.resolve.events.around import Around
from chancery.resolve.events.denied import with_denials
from chancery.resolve.events.drafts import NOBODY, Draft, draft_of, known
from chancery.resolve.events.retold import merged, told_once
from chancery.resolve.events.supply import Supply
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting

__all__ = ["resolve_events", "unnamed_parties"]

ATTACKS = frozenset({"ASSAULT", "PROTEST"})
BY_SOMEBODY = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "REJECT", "THREATEN", "COOPERATE", "MESSAGE"}
)
# An attack by nobody on nobody is told from this score on.
SURE = 0.6
# Words for a party that are longer are a clause and no name.
LONGEST_NAME = 48
PAST = frozenset({"VBD", "VBN", "VBG"})
GATHERINGS = frozenset({"CONSULT", "PROTEST"})
# Words of asking that leave no choice; CAMEO codes a demand apart from an appeal.
DEMANDS = frozenset({"demand", "order", "tell", "instruct", "ultimatum", "direct"})


def resolve_events(setting: Setting, mentions: Sequence[EventMention], facts: Facts) -> tuple[Event, ...]:
    """Identify the parties of each event, join what is told twice, and derive the published codes.

    Args:
        setting: the parsed report and its day.
        mentions: the acts as they stand in the report, in order.
        facts: who, where, when, how many, and who says so.
    """
    supply = Supply(setting.doc, facts)
    drafts = [draft_of(setting.doc, mention, facts, supply) for mention in mentions]
    drafts = with_denials(setting.doc, drafts, facts)
    around, method = Around(setting.doc, facts), setting.maker.method("events")
    drafts = [_still_to_come(draft, setting, around) for draft in drafts]
    groups = [(group, merged([drafts[index] for index in group])) for group in told_once(drafts)]
    worth = [(group, draft) for group, draft in groups if _worth(draft)]
    numbers = {index: f"e{number}" for number, (group, _) in enumerate(worth, 1) for index in group}
    return tuple(_event(draft, numbers[group[0]], numbers, around, method) for group, draft in worth)


def _still_to_come(draft: Draft, setting: Setting, around: Around) -> Draft:
    """Tell as planned what gathers people on a day after the report's: "the ministers *meet on Monday*".

    What a past tense tells keeps its status, and so does any other act: a ban that takes
    effect on Monday is told today, and most later days belong to something else.
    """
    mention = draft.mention
    if setting.published is None or mention.status != "occurred" or mention.act not in GATHERINGS:
        return draft
    time = around.time(replace(mention, clauses=mention.clauses[:1]))
    if (
        setting.doc[mention.at].tag_ in PAST
        or time is None
        or not time.first
        or time.first <= setting.published
    ):
        return draft
    told = replace(mention, status="planned", rule=f"{mention.rule}; planned by its day")
    return replace(draft, mention=told)


def _worth(draft: Draft) -> bool:
    """Tell whether an event says enough to be told: words need a speaker, meetings somebody who meets.

    An attack is told even where nobody knows who did it to whom.
    """
    if draft.mention.act in ATTACKS:
        return bool(known(draft.actor) or known(draft.recipient)) or draft.mention.score >= SURE
    if draft.mention.act in BY_SOMEBODY:
        return bool(known(draft.actor))
    return bool(known(draft.actor) or known(draft.recipient))


def unnamed_parties(setting: Setting, events: Sequence[Event], referents: Referents) -> tuple[Actor, ...]:
    """Return a record for every party of an event that is none of the actors: "gunmen", an unknown doer."""
    known = {actor.id for actor in referents.actors}
    found: dict[str, Actor] = {}
    for event in events:
        for slot in (*event.actor, *event.recipient):
            if slot.actor is not None and slot.actor not in known:
                found.setdefault(
                    slot.actor,
                    Actor(
                        id=slot.actor,
                        name=_own_words(setting, slot) or slot.actor.rpartition(":")[2],
                        kind="other",
                        resolved=False,
                        method=setting.maker.method("party of an event"),
                        score=0.3,
                    ),
                )
    return tuple(found.values())


def _own_words(setting: Setting, slot: ActorSlot) -> str:
    """Return the report's words for a party, where they are short and on one line: no id is shown then."""
    words = text_of(setting.doc)[slice(*slot.span)] if slot.span and slot.actor != NOBODY else ""
    return words if len(words) <= LONGEST_NAME and "\n" not in words else ""


def _event(draft: Draft, number: str, numbers: dict[int, str], around: Around, method: str) -> Event:
    mention, facts = draft.mention, around.facts
    told = facts.statements[mention.statement] if mention.statement is not None else None
    actor = draft.actor or (ActorSlot(span=None, actor=NOBODY),)
    plover, why = publish(
        mention.act,
        mode=mention.mode,
        status=mention.status,
        told_by_actor=_told_by_actor(draft, told.speaker.actor if told else None, facts),
    )
    condition = numbers.get(mention.condition) if mention.condition is not None else None
    return Event(
        id=number,
        anchor=characters(around.doc, mention.anchor),
        act=mention.act,
        mode=mention.mode,
        context=mention.context,
        actor=actor,
        recipient=draft.recipient,
        status=mention.status,
        condition=condition if condition != number else None,
        condition_span=characters(around.doc, mention.hinge) if mention.hinge else None,
        place=around.place(mention),
        time=around.time(mention),
        figures=around.figures(mention),
        reported_by=told.id if told else None,
        plover=plover,
        cameo=cameo(plover, mention.context, demand=mention.entry in DEMANDS),
        why=f"{mention.rule} ({mention.entry}); {why}",
        method=method,
        score=chance(mention.score),
    )


def _told_by_actor(draft: Draft, speaker: str | None, facts: Facts) -> bool:
    """Tell whether the actor's own side tells of the act, or the report itself does."""
    if speaker is None:
        return True
    side = facts.referents.party(speaker).split(":")[0]
    return any((slot.actor or "").split(":")[0] == side or slot.actor == speaker for slot in draft.actor)

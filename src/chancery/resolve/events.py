"""Event mentions -> events with parties, codes, place and time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chancery.extract.events import EventMention
from chancery.extract.syntax import Tokens, characters
from chancery.ontology import cameo, publish
from chancery.records import Actor, ActorSlot, Event, EventPlace, EventTime, Span
from chancery.resolve.actors import Referents
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve_events", "unnamed_parties"]

# Whoever does it does it in person: visits, meetings, letters, marches. Other official acts bind the state.
PERSONAL = frozenset({"CONSULT", "MESSAGE", "PROTEST"})
# Whoever suffers it suffers it in person; what is said or given to an official is said or given to the state.
SUFFERED = frozenset({"CONSULT", "MESSAGE", "ASSAULT", "COERCE", "SANCTION", "ACCUSE", "RETREAT"})
REAL = frozenset({"occurred", "ongoing"})
NOBODY = "?:unknown"
# A mention without parties repeats an act told at most this many tokens before.
NEAR = 120
ATTACKS = frozenset({"ASSAULT", "PROTEST"})
BY_SOMEBODY = frozenset(
    {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "REJECT", "THREATEN", "COOPERATE", "MESSAGE"}
)
SURE = 0.6
# Words of asking that leave no choice; CAMEO codes a demand apart from an appeal.
DEMANDS = frozenset({"demand", "order", "tell", "instruct", "ultimatum", "direct"})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A mention with its parties identified."""

    mention: EventMention
    actor: tuple[ActorSlot, ...]
    recipient: tuple[ActorSlot, ...]


def resolve_events(setting: Setting, mentions: Sequence[EventMention], facts: Facts) -> tuple[Event, ...]:
    """Identify the parties of each event, join what is told twice, and derive the published codes.

    Args:
        setting: the parsed report and its day.
        mentions: the acts as they stand in the report, in order.
        facts: who, where, when, how many, and who says so.
    """
    drafts = [_draft(setting.doc, mention, facts) for mention in mentions]
    groups = [group for group in _told_once(drafts) if _worth(_merged([drafts[index] for index in group]))]
    numbers = {index: f"e{number}" for number, group in enumerate(groups, 1) for index in group}
    return tuple(
        _event(setting, _merged([drafts[index] for index in group]), numbers[group[0]], numbers, facts)
        for group in groups
    )


# --- parties


def _draft(doc: Doc, mention: EventMention, facts: Facts) -> _Draft:
    in_person = mention.act in PERSONAL or mention.mode == "resign"
    actor = _slots(doc, mention.actor, facts, in_person=in_person)
    recipient = _slots(doc, mention.recipient, facts, in_person=mention.act in SUFFERED)
    if not actor and mention.speaks and mention.statement is not None:
        speaker = facts.statements[mention.statement].speaker
        if speaker.actor is not None:
            bound = speaker.actor if in_person else facts.referents.party(speaker.actor)
            actor = (ActorSlot(span=speaker.span, actor=bound),)
    held = {slot.actor for slot in actor}
    return _Draft(mention, actor, tuple(slot for slot in recipient if slot.actor not in held))


def _slots(doc: Doc, parties: Iterable[Tokens], facts: Facts, *, in_person: bool) -> tuple[ActorSlot, ...]:
    found: dict[str, ActorSlot] = {}
    for tokens in parties:
        span = characters(doc, tokens)
        several = facts.referents.several(tokens)
        for actor in several if len(several) > 1 else (_one(doc, tokens, facts),):
            bound = actor if in_person else facts.referents.party(actor)
            if not (bound.startswith("?:") and _is_place(doc, tokens)):
                found.setdefault(bound, ActorSlot(span=span, actor=bound))
    return tuple(found.values())


def _is_place(doc: Doc, tokens: Tokens) -> bool:
    """Tell whether a run that names no actor names a place: towns neither act nor are bound."""
    return doc[tokens[0] : tokens[1]].root.ent_type_ in {"GPE", "LOC", "FAC"}


def _one(doc: Doc, tokens: Tokens, facts: Facts) -> str:
    known = facts.referents.of(tokens)
    if known is not None:
        return _person(tokens, known, facts)
    head = doc[tokens[0] : tokens[1]].root
    return NOBODY if head.pos_ == "PRON" else f"?:{head.lower_}"


def _person(tokens: Tokens, known: str, facts: Facts) -> str:
    """Prefer the person whom a role before a name means: "President of Ukraine *Volodymyr Zelenskyy*"."""
    if not known.startswith("person:") and tokens[1] - tokens[0] > 1:
        named = facts.referents.of((tokens[1] - 1, tokens[1]))
        before = facts.referents.of((tokens[1] - 2, tokens[1] - 1))
        is_role = before == named or known.endswith(":official")
        if named is not None and named.startswith("person:") and is_role:
            return named
    return known


# --- one act told twice


def _told_once(drafts: Sequence[_Draft]) -> list[list[int]]:
    """Group the drafts that tell of the same act, in the order of their first mention.

    A mention without parties ("the meeting", "these attacks") repeats the act
    of its kind told last before it.
    """
    groups: list[list[int]] = []
    for index, draft in enumerate(drafts):
        home = next((group for group in groups if all(_same(drafts[one], draft) for one in group)), None)
        if home is None and not _parties(draft):
            home = next((group for group in reversed(groups) if _repeats(drafts[group[0]], draft)), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return _joined(groups, drafts)


def _joined(groups: list[list[int]], drafts: Sequence[_Draft]) -> list[list[int]]:
    """Join an act without parties to the one like it that follows: "Ministers met. Lavrov and Truss met"."""
    kept: list[list[int]] = []
    for number, group in enumerate(groups):
        home = None
        if not any(_parties(drafts[index]) for index in group):
            later = (other for other in groups[number + 1 :] if _parties(drafts[other[0]]))
            home = next((other for other in later if _repeats(drafts[group[0]], drafts[other[0]])), None)
        if home is None:
            kept.append(group)
        else:
            home += group
    return kept


def _same(first: _Draft, second: _Draft) -> bool:
    """Tell whether two mentions tell of one act: the same, by the same parties, equally real."""
    if not _alike(first.mention, second.mention):
        return False
    actors, others = _known(first.actor), _known(second.actor)
    patients, sufferers = _known(first.recipient), _known(second.recipient)
    if not actors or not others:  # who did it is told once only; whom it hit must agree
        return bool(patients & sufferers)
    return bool(actors & others) and (not patients or not sufferers or bool(patients & sufferers))


def _alike(one: EventMention, two: EventMention) -> bool:
    if one.act != two.act or (one.status != two.status and not {one.status, two.status} <= REAL):
        return False
    return one.mode == two.mode or not one.mode or not two.mode


def _repeats(first: _Draft, second: _Draft) -> bool:
    near = second.mention.at - first.mention.at <= NEAR
    return near and _alike(first.mention, second.mention)


def _parties(draft: _Draft) -> bool:
    """Tell whether a draft names anybody in particular: "the parties" and "the leaders" do not."""
    named = [slot.actor or NOBODY for slot in (*draft.actor, *draft.recipient)]
    vague = draft.mention.act == "CONSULT"
    return any(actor != NOBODY and not (vague and actor.startswith("?:")) for actor in named)


def _known(slots: Iterable[ActorSlot]) -> set[str]:
    named = (slot.actor for slot in slots if slot.actor and slot.actor != NOBODY)
    return {actor if actor.startswith(("person:", "?:")) else actor.split(":")[0] for actor in named}


def _merged(group: Sequence[_Draft]) -> _Draft:
    """Keep the first mention, with the parties that a later one adds where it names none."""
    first = group[0]
    actor = next((draft.actor for draft in group if draft.actor), ())
    recipient = next((draft.recipient for draft in group if draft.recipient), ())
    mode = next((draft.mention.mode for draft in group if draft.mention.mode), None)
    held = {slot.actor for slot in actor}
    return _Draft(
        replace(first.mention, mode=mode), actor, tuple(slot for slot in recipient if slot.actor not in held)
    )


def _worth(draft: _Draft) -> bool:
    """Tell whether an event says enough to be told: words need a speaker, meetings somebody who meets.

    An attack is told even where nobody knows who did it to whom.
    """
    if draft.mention.act in ATTACKS:
        return bool(_known(draft.actor) or _known(draft.recipient)) or draft.mention.score >= SURE
    if draft.mention.act in BY_SOMEBODY:
        return bool(_known(draft.actor))
    return bool(_known(draft.actor) or _known(draft.recipient))


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
                        name=slot.actor.rpartition(":")[2],
                        kind="other",
                        resolved=False,
                        method=setting.maker.method("party of an event"),
                        score=0.3,
                    ),
                )
    return tuple(found.values())


# --- the record


def _event(setting: Setting, draft: _Draft, number: str, numbers: dict[int, str], facts: Facts) -> Event:
    mention, doc = draft.mention, setting.doc
    anchor = characters(doc, mention.anchor)
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
        anchor=anchor,
        act=mention.act,
        mode=mention.mode,
        context=mention.context,
        actor=actor,
        recipient=draft.recipient,
        status=mention.status,
        condition=condition if condition != number else None,
        place=_place(doc, mention, facts),
        time=_time(doc, mention, facts),
        figures=_figures(doc, mention, facts),
        reported_by=told.id if told else None,
        plover=plover,
        cameo=cameo(plover, mention.context, demand=mention.entry in DEMANDS),
        why=f"{mention.rule} ({mention.entry}); {why}",
        method=setting.maker.method("events"),
        score=mention.score,
    )


def _told_by_actor(draft: _Draft, speaker: str | None, facts: Facts) -> bool:
    """Tell whether the actor's own side tells of the act, or the report itself does."""
    if speaker is None:
        return True
    side = facts.referents.party(speaker).split(":")[0]
    return any((slot.actor or "").split(":")[0] == side or slot.actor == speaker for slot in draft.actor)


def _within(doc: Doc, tokens: Tokens, spans: Sequence[Span]) -> list[int]:
    """Return the indices of the spans, in text order, that lie in a run of tokens."""
    first, last = characters(doc, tokens)
    start = bisect_left(spans, (first, first))
    found = []
    for index in range(start, len(spans)):
        if spans[index][0] >= last:
            break
        found.append(index)
    return found


def _place(doc: Doc, mention: EventMention, facts: Facts) -> EventPlace | None:
    """Take the first place in the phrases that hang on the act, the nearest phrase first."""
    spans = [place.span for place in facts.places]
    for where in mention.where:
        for index in _within(doc, where, spans):
            place = facts.places[index]
            return EventPlace(span=place.span, place=place.id)
    return None


def _time(doc: Doc, mention: EventMention, facts: Facts) -> EventTime | None:
    """Take the time that stands in the event's own clause."""
    spans = [time.span for time in facts.times]
    for clause in mention.clauses:
        found = [facts.times[index] for index in _within(doc, clause, spans)]
        for time in found:
            if time.type in {"DATE", "TIME"} and (time.first or time.last):
                return EventTime(span=time.span, first=time.first, last=time.last, rule=time.rule)
    return None


def _figures(doc: Doc, mention: EventMention, facts: Facts) -> tuple[str, ...]:
    """Take the figures in the phrases of the event and its parties."""
    spans = [figure.span for figure in facts.figures]
    runs = [mention.anchor, *mention.recipient, *mention.clauses[:1]]
    indices = {index for tokens in runs for index in _within(doc, tokens, spans)}
    return tuple(facts.figures[index].id for index in sorted(indices))

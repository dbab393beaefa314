"""Position mentions -> positions with holder, other party and event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.positions import PositionMention, is_party, strength_of
from chancery.extract.syntax import Tokens, characters, text_of
from chancery.records import Actor, Event, Position, Statement
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting
from chancery.resolve.spans import Spans
from chancery.resolve.voices import OFFICES, PRIVATE, Voices, find_voices, is_office, root

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve_positions"]

type _Bound = tuple[PositionMention, tuple[str, ...]]

# What is offered, threatened or supported concerns the party its words name; what is
# condemned or judged names its victim as often ("the attack on the Israeli embassy").
ABOUT = frozenset({"offer", "propose", "refuse", "commit", "threaten", "warn", "assure", "support"})
# A position inside the issue of another is part of it ("urged Iran to accept"),
# unless the outer one only judges or reports.
LOOSE = frozenset({"assess", "assure", "warn", "support", "concede"})
# Parts of a state whose judgement binds nobody.
CROWDS = (":members", ":population", ":citizens", ":residents", ":soldiers", ":voters", ":protesters")
JOINT = frozenset({"support", "commit", "propose"})
# How a speaker calls the own side.
OWN = frozenset(
    {"state", "government", "country", "nation", "administration", "side", "people", "department"}
)
POLITICAL = frozenset({"state", "international_organization", "government_body", "armed_group"})
BINDING = frozenset({"official", "government", "side", "delegation"})
BILATERAL = ("host", "guest")
# "Interior Minister Vella" speaks for a state, not for somebody called Interior.
PORTFOLIOS = frozenset({"interior", "foreign", "defence", "defense", "finance", "justice", "health", "home"})
UNKNOWN = "?:"  # people of no known party bind nobody


@dataclass(frozen=True, slots=True)
class _Parties:
    """Whom the positions of one report can bind.

    `silent` are the media, which tell positions and hold none; `named_at` are the
    places that name states and organizations, `bound_at` whom each binds; `voices` say
    whose text the report is, `strangers` are the people of no known side; `text` is the
    text of the document, put together once.
    """

    doc: Doc
    facts: Facts
    silent: frozenset[str]
    political: frozenset[str]
    named_at: Spans
    bound_at: tuple[str, ...]
    voices: Voices
    text: str
    strangers: frozenset[str] = frozenset()

    def named(self, tokens: Tokens | None) -> str | None:
        """Return the party that words name; "Russian forces" do, "Russian aggression" does not."""
        if tokens is None:
            return None
        referents = self.facts.referents
        mention = referents.mention(tokens)
        actor = mention.actor if mention is not None else None
        if mention is None and is_party(self.doc, tokens):
            actor = referents.of(tokens)
        return self.party(actor) if actor is not None else None

    def whole(self, holder: str) -> str:
        """Return the state that an official or a ministry binds, where the report speaks of it."""
        body, _, part = holder.partition(":")
        spoken_for = part in BINDING or part.endswith(("ministry", "department", "office"))
        if part == "government" and body not in self.political and self.voices.issuer is not None:
            return self.voices.issuer  # "Her Majesty's Government"
        return body if spoken_for and body in self.political else holder

    def is_own(self, mention: PositionMention) -> bool:
        """Tell whether words without a name mean the speaker's own side: "the state", "our special envoy"."""
        if mention.party is None:
            return False
        words = self.doc[slice(*mention.party)]
        if words[0].lower_ == "this":
            return words.root.lower_ in {"government", "administration"}
        return words.root.lower_ in OWN | OFFICES and words[0].lower_ in {"the", "our"}

    def several(self, tokens: Tokens) -> tuple[str, ...]:
        return _once(self.party(actor) for actor in self.facts.referents.several(tokens))

    def inside(self, tokens: Tokens) -> tuple[str, ...]:
        """Return the states and organizations named within a run of tokens."""
        first, last = characters(self.doc, tokens)
        return tuple(self.bound_at[at] for at in self.named_at.inside(first, last))

    def is_official(self, mention: PositionMention) -> bool:
        """Tell whether an unknown speaker is called by an office ("the minister")."""
        speaker = self.facts.statements[mention.statement].speaker if mention.statement is not None else None
        if speaker is None or speaker.span is None:
            return False
        words = self.doc.char_span(*speaker.span, alignment_mode="expand")
        return words is not None and not OFFICES.isdisjoint(words.text.lower().split())

    def speakers(self, mention: PositionMention) -> tuple[str, ...]:
        """Return the parties that the speaker of a mention binds."""
        issuer = self.voices.issuer
        if mention.statement is None:
            return self.voices.joint or _known(issuer)
        statement = self.facts.statements[mention.statement]
        speaker = statement.speaker
        if speaker.span is None and _is_impersonal(self.text, statement):
            # "it was noted that": by both, if it is something that two can want, else by the narrator
            return self.voices.sides if mention.act in JOINT and self.voices.sides else _known(issuer)
        sides = self.both(speaker.span)
        if sides:
            return sides
        actors = speaker.actors or _known(speaker.actor)
        if not actors and mention.first:
            return self.voices.joint or _known(issuer)
        if not actors and speaker.span is not None and issuer is not None and self.is_official(mention):
            return _known(issuer)  # "the Foreign Secretary said" in a text of the Foreign Office
        bound = _once(self.party(actor) for actor in actors if actor not in self.silent)
        if speaker.span is not None and all(one.startswith((UNKNOWN, "person:")) for one in bound):
            return self._titled(speaker.span) or bound
        return bound

    def _titled(self, span: tuple[int, int]) -> tuple[str, ...]:
        """Return whom a title binds that no table lists: "the adviser to the President of Malta"."""
        words = self.text[slice(*span)].lower().split()
        if OFFICES.isdisjoint(words) or not PRIVATE.isdisjoint(words):
            return ()
        within = [self.bound_at[at] for at in self.named_at.inside(*span)]
        return tuple(dict.fromkeys(within))[:1]

    def both(self, span: tuple[int, int] | None) -> tuple[str, ...]:
        """Return both sides of a readout's meeting, if the words of a span mean them ("they")."""
        return self.voices.both(self.text[slice(*span)].lower().split()) if span is not None else ()

    def party(self, actor: str) -> str:
        """Return the party that an actor binds; the issuer for an official whose side nobody names."""
        issuer = self.voices.issuer
        if actor in self.voices.private:
            return actor
        if actor in self.voices.officials:
            owner = self.voices.officials[actor] or issuer
            return owner if owner is not None else self.facts.referents.party(actor)
        if issuer is not None and (is_office(actor) or actor in self.strangers):
            return issuer
        return self.facts.referents.party(actor)


def resolve_positions(
    setting: Setting, mentions: Sequence[PositionMention], facts: Facts, events: Sequence[Event]
) -> tuple[Position, ...]:
    """Find the party that each position binds, and toward whom.

    A mention whose holder stays unknown gives no position: a commitment of
    nobody is no commitment.
    """
    if not mentions:
        return ()
    parties = _parties(setting, mentions, facts)
    anchors = Spans(event.anchor for event in events)
    found: dict[tuple[str, str, tuple[int, int]], Position] = {}
    for mention, holders in _standing([(one, _holders(one, parties)) for one in mentions]):
        for holder in holders:
            span = characters(setting.doc, mention.issue)
            key = (holder, mention.act, span)
            if key not in found:
                strength = strength_of(setting.doc, mention)
                found[key] = Position(
                    id=f"p{len(found) + 1}",
                    holder=holder,
                    toward=_toward(mention, holder, parties),
                    act=mention.act,
                    issue=span,
                    condition=characters(setting.doc, mention.condition) if mention.condition else None,
                    strength=strength[0] if strength else None,
                    strength_words=characters(setting.doc, strength[1]) if strength else None,
                    statement=_statement(mention, facts),
                    event=_event(span, anchors, events),
                    method=setting.maker.method(f"position: {mention.rule}"),
                    score=mention.score,
                )
    return tuple(found.values())


def _standing(bound: Sequence[_Bound]) -> Iterator[_Bound]:
    """Drop what binds nobody, what stands back for another, and what is part of another's issue."""
    bound = [one for one in bound if one[1]]
    firm = {mention.trigger for mention, _ in bound if not mention.yields}
    kept = [one for one in bound if not (one[0].yields and _has(firm, one[0]))]
    outer: dict[int, set[int]] = {}
    alike: dict[int, set[tuple[int, str, tuple[str, ...]]]] = {}
    for mention, holders in kept:
        for place in range(*mention.issue):
            if mention.act not in LOOSE:
                outer.setdefault(place, set()).add(mention.trigger)
            else:
                alike.setdefault(place, set()).add((mention.trigger, mention.act, holders))
    for one in kept:
        at, own = one[0].trigger, (one[0].act, one[1])
        # "thanked Malta for its support of the truce" supports once
        again = any(other[0] != at and other[1:] == own for other in alike.get(at, ()))
        if not again and not outer.get(at, set()) - {at}:
            yield one


def _has(triggers: set[int], one: PositionMention) -> bool:
    return any(place in triggers and place != one.trigger for place in range(*one.issue))


def _parties(setting: Setting, mentions: Sequence[PositionMention], facts: Facts) -> _Parties:
    kinds = {actor.id: actor.kind for actor in facts.referents.actors}
    political = frozenset(actor for actor, kind in kinds.items() if kind in POLITICAL)
    named = [
        (mention.span, facts.referents.party(mention.actor))
        for mention in facts.referents.mentions
        if mention.actor in political
    ]
    at, bound = Spans(span for span, _ in named), tuple(party for _, party in named)
    silent = frozenset(actor for actor, kind in kinds.items() if kind == "media")
    text = text_of(setting.doc)
    voices = find_voices(setting, text, mentions, facts, kinds)
    # in a government's own text, whoever speaks and has no other side is one of its own
    strangers = frozenset(
        actor.id
        for actor in facts.referents.actors
        if actor.kind == "person"
        and not (actor.resolved or actor.country or actor.roles)
        and _is_named(actor)
    )
    return _Parties(setting.doc, facts, silent, political, at, bound, voices, text, strangers)


def _is_named(actor: Actor) -> bool:
    """Tell whether a person is known by a full name, not as "family" or "the farmer"."""
    words = actor.name.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _holders(mention: PositionMention, parties: _Parties) -> tuple[str, ...]:
    # a judgement counts where policy rests on it: not in a bystander's or an expert's mouth
    judging = mention.act == "assess" or mention.rule.startswith("judgement")
    none = (UNKNOWN, "person:") if judging else UNKNOWN
    holders = _once(parties.whole(holder) for holder in _bound(mention, parties))
    if judging:
        holders = tuple(holder for holder in holders if not holder.endswith(CROWDS))
    return tuple(one for one in holders if not one.startswith(none) and one.lower() not in PORTFOLIOS)


def _bound(mention: PositionMention, parties: _Parties) -> tuple[str, ...]:
    if mention.bound == "subject" and mention.party is not None:
        return tuple(one for one in parties.several(mention.party) if one not in parties.silent)
    speakers = parties.speakers(mention)
    if mention.bound == "speaker":
        return speakers
    named = parties.named(mention.party)
    roots = {root(speaker) for speaker in speakers}
    if mention.bound == "self":
        if mention.statement is None and mention.party is not None:
            return _narrated(mention, parties)
        if not speakers and named in parties.political and (mention.firm or parties.is_official(mention)):
            # "the minister said Malta would": of Malta, as far as anybody can tell
            return _known(named)
        own = mention.echo or parties.is_own(mention) if named is None else root(named) in roots
        return speakers if own else ()
    if mention.bound == "thing":
        return speakers if named is None else ()
    if named is None:
        return speakers if mention.bound == "others" else ()
    return speakers if root(named) not in roots else ()


def _narrated(mention: PositionMention, parties: _Parties) -> tuple[str, ...]:
    """Return whom the narrator tells to be bound: a named party, both sides, or the issuer's own people."""
    assert mention.party is not None
    named, issuer = parties.named(mention.party), parties.voices.issuer
    sides = parties.both(characters(parties.doc, mention.party))
    if sides:
        return sides
    several = [one for one in parties.several(mention.party) if root(one) in parties.political]
    if len(several) > 1 and (mention.firm or issuer is not None or parties.voices.joint):
        return tuple(several)  # "the United States and Russia will"
    if (
        named is not None
        and mention.firm
        and root(named) in parties.political
        and not parties.is_own(mention)
    ):
        return _known(parties.whole(named))  # "the Secretary-General of the UN is concerned"
    if named is None or named.startswith(("person:", UNKNOWN)) or named.endswith(":official"):
        return _known(issuer) if parties.is_own(mention) else ()
    told = issuer is not None or named in parties.voices.sides
    if named in parties.political and (mention.firm or told):
        return _known(named)
    return ()


def _toward(mention: PositionMention, holder: str, parties: _Parties) -> str | None:
    """Return the other party: who is told or spoken of, else the only other one in the words of the issue."""
    statement = parties.facts.statements[mention.statement] if mention.statement is not None else None
    addressee = statement.addressee.actor if statement is not None and statement.addressee else None
    told = parties.facts.referents.party(addressee) if addressee is not None else None
    for party in (parties.named(mention.toward), told):
        if party is not None and root(party) not in {root(holder), "?"}:
            return party
    if mention.act not in ABOUT:
        return _across(holder, parties) if mention.act == "request" else None
    others = [party for party in parties.inside(mention.issue) if root(party) != root(holder)]
    if not others and mention.condition is not None:
        # whoever fulfils a condition is named first in it: "if Russia attacks Ukraine"
        others = [party for party in parties.inside(mention.condition) if root(party) != root(holder)][:1]
    if not others:
        return _across(holder, parties)
    return others[0] if len(set(map(root, others))) == 1 else None


def _across(holder: str, parties: _Parties) -> str | None:
    """Return the other side of the meeting that a readout tells of; what names nobody is said to it."""
    sides = parties.voices.sides
    roots = [root(side) for side in sides]
    if len(sides) != len(BILATERAL) or root(holder) not in roots or not set(roots) <= parties.political:
        return None
    return sides[1 - roots.index(root(holder))]


def _statement(mention: PositionMention, facts: Facts) -> str | None:
    return facts.statements[mention.statement].id if mention.statement is not None else None


def _event(span: tuple[int, int], anchors: Spans, events: Sequence[Event]) -> str | None:
    return next((events[number].id for number in anchors.inside(*span)), None)


def _is_impersonal(text: str, statement: Statement) -> bool:
    """Tell whether a statement is told in the passive, by nobody: "it was noted that"."""
    if statement.cue is None:
        return False
    return text[slice(*statement.cue.span)].lower().split()[0] in {"was", "were"}


def _known(actor: str | None) -> tuple[str, ...]:
    return (actor,) if actor is not None else ()


def _once(actors: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actors))

"""Position mentions -> positions with holder, other party and event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.positions import PositionMention, is_party
from chancery.extract.syntax import Tokens, characters
from chancery.records import Event, Position, Statement
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting
from chancery.resolve.spans import Spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve_positions"]

# What is offered, threatened or supported concerns the party its words name; what is
# condemned or judged names its victim as often ("the attack on the Israeli embassy").
ABOUT = frozenset({"offer", "propose", "refuse", "commit", "threaten", "warn", "assure", "support"})
POLITICAL = frozenset({"state", "international_organization", "government_body", "armed_group"})
BYLINE = 16  # tokens; longer first lines are headlines and datelines
OFFICES = frozenset(
    {
        "minister", "president", "premier", "chancellor", "king", "spokesman", "spokeswoman", "spokesperson",
        "ministry", "government", "cabinet", "ambassador", "envoy", "secretary", "general", "kremlin",
    }
)  # fmt: skip
BINDING = frozenset({"official", "government", "side", "delegation"})
SIGNS = 3
UNKNOWN = "?:"  # people of no known party bind nobody


@dataclass(frozen=True, slots=True)
class _Parties:
    """Whom the positions of one report can bind.

    `silent` are the media, which tell positions and hold none; `named_at` are the
    places that name states and organizations, `bound_at` whom each binds; `issuer` is
    the party whose own text the report is, where it is one.
    """

    doc: Doc
    facts: Facts
    silent: frozenset[str]
    political: frozenset[str]
    named_at: Spans
    bound_at: tuple[str, ...]
    issuer: str | None

    def named(self, tokens: Tokens | None) -> str | None:
        """Return the party that words name; "Russian forces" do, "Russian aggression" does not."""
        if tokens is None:
            return None
        referents = self.facts.referents
        mention = referents.mention(tokens)
        actor = mention.actor if mention is not None else None
        if mention is None and is_party(self.doc, tokens):
            actor = referents.of(tokens)
        return referents.party(actor) if actor is not None else None

    def whole(self, holder: str) -> str:
        """Return the state that an official or a ministry binds, where the report speaks of it."""
        root, _, part = holder.partition(":")
        spoken_for = part in BINDING or part.endswith(("ministry", "department", "office"))
        return root if spoken_for and root in self.political else holder

    def several(self, tokens: Tokens) -> tuple[str, ...]:
        referents = self.facts.referents
        return _once(referents.party(actor) for actor in referents.several(tokens))

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
        if mention.statement is None:
            return _known(self.issuer)
        speaker = self.facts.statements[mention.statement].speaker
        actors = speaker.actors or _known(speaker.actor)
        if not actors and mention.first:
            return _known(self.issuer)
        party = self.facts.referents.party
        return _once(party(actor) for actor in actors if actor not in self.silent)


def resolve_positions(
    setting: Setting, mentions: Sequence[PositionMention], facts: Facts, events: Sequence[Event]
) -> tuple[Position, ...]:
    """Find the party that each position binds, and toward whom.

    A mention whose holder stays unknown gives no position: a commitment of
    nobody is no commitment.
    """
    parties = _parties(setting.doc, mentions, facts)
    anchors = Spans(event.anchor for event in events)
    found: dict[tuple[str, str, tuple[int, int]], Position] = {}
    for mention in mentions:
        for holder in _holders(mention, parties):
            span = characters(setting.doc, mention.issue)
            key = (holder, mention.act, span)
            if key not in found:
                found[key] = Position(
                    id=f"p{len(found) + 1}",
                    holder=holder,
                    toward=_toward(mention, holder, parties),
                    act=mention.act,
                    issue=span,
                    condition=characters(setting.doc, mention.condition) if mention.condition else None,
                    statement=_statement(mention, facts),
                    event=_event(span, anchors, events),
                    method=setting.maker.method(f"position: {mention.rule}"),
                    score=mention.score,
                )
    return tuple(found.values())


def _parties(doc: Doc, mentions: Sequence[PositionMention], facts: Facts) -> _Parties:
    kinds = {actor.id: actor.kind for actor in facts.referents.actors}
    political = frozenset(actor for actor, kind in kinds.items() if kind in POLITICAL)
    named = [
        (mention.span, facts.referents.party(mention.actor))
        for mention in facts.referents.mentions
        if mention.actor in political
    ]
    at, bound = Spans(span for span, _ in named), tuple(party for _, party in named)
    silent = frozenset(actor for actor, kind in kinds.items() if kind == "media")
    lawful = frozenset(actor for actor in political if kinds[actor] != "armed_group")
    return _Parties(doc, facts, silent, political, at, bound, _issuer(doc, mentions, facts, lawful))


def _issuer(
    doc: Doc, mentions: Sequence[PositionMention], facts: Facts, political: frozenset[str]
) -> str | None:
    """Return the party whose own text this is, None where the text does not show it.

    Such a text says "we" outside all quotations, and names its party as the subject of
    what it wills, condemns and supports, or as the speaker of what it tells. One sign of
    each kind can be chance (a quotation without its marks), so three are asked for.
    """
    own = [mention for mention in mentions if mention.statement is None or mention.first]
    voices = sum(mention.bound == "speaker" and mention.party is not None for mention in own)
    if not voices:
        return None
    referents = facts.referents
    named = [referents.of(one.party) for one in own if one.party and one.bound in {"self", "subject"}]
    text = doc.text  # put together anew at every call
    named += [one.speaker.actor for one in facts.statements if _is_ours(text, one)]
    named += _byline(doc, facts) + _self_named(doc, own, facts)
    counted = Counter(referents.party(actor) for actor in named if actor is not None)
    ranked = [(party, times) for party, times in counted.most_common() if party in political]
    if not ranked or ranked[0][1] in {times for _, times in ranked[1:]}:
        return None
    return ranked[0][0] if voices + ranked[0][1] >= SIGNS else None


def _is_ours(text: str, statement: Statement) -> bool:
    """Tell whether an institution speaks of itself in both persons: "The Union reaffirms our support"."""
    if statement.kind != "indirect":
        return False
    words = (word for span in statement.content for word in text[slice(*span)].lower().split())
    return not {"our", "we", "us"}.isdisjoint(words)


def _self_named(doc: Doc, own: Sequence[PositionMention], facts: Facts) -> list[str]:
    """Return who a "we" says that it is ("We, the Foreign Ministers of the G7"), counted twice."""
    spans = [characters(doc, one.party) for one in own if one.bound == "speaker" and one.party]
    return [
        mention.actor
        for first, last in spans
        for mention in facts.referents.within(first, last)
        if mention.actor is not None
    ][:1] * 2


def _byline(doc: Doc, facts: Facts) -> list[str]:
    """Return who signs a text in a first line of its own ("Maria Vella, Foreign Minister"), counted twice."""
    first = next(((word.i, word.sent.end) for word in doc if not word.is_space), None)
    if (
        first is None
        or first[1] - first[0] > BYLINE
        or any(word.pos_ == "VERB" for word in doc[slice(*first)])
    ):
        return []
    ends = characters(doc, first)[1]
    signed = next((one.actor for one in facts.referents.mentions if one.span[1] <= ends and one.actor), None)
    return [signed, signed] if signed is not None else []


def _holders(mention: PositionMention, parties: _Parties) -> tuple[str, ...]:
    # a judgement counts where policy rests on it: not in a bystander's or an expert's mouth
    none = (UNKNOWN, "person:") if mention.act == "assess" else UNKNOWN
    holders = _once(parties.whole(holder) for holder in _bound(mention, parties))
    return tuple(holder for holder in holders if not holder.startswith(none))


def _bound(mention: PositionMention, parties: _Parties) -> tuple[str, ...]:
    if mention.bound == "subject" and mention.party is not None:
        return tuple(one for one in parties.several(mention.party) if one not in parties.silent)
    speakers = parties.speakers(mention)
    if mention.bound == "speaker":
        return speakers
    named = parties.named(mention.party)
    roots = {_root(speaker) for speaker in speakers}
    if mention.bound == "self":
        if not speakers and named in parties.political and parties.is_official(mention):
            return _known(named)  # "the minister said Malta would": of Malta, as far as anybody can tell
        own = mention.echo if named is None else _root(named) in roots
        return speakers if own else ()
    if mention.bound == "thing":
        return speakers if named is None else ()
    if named is None:
        return speakers if mention.bound == "others" else ()
    return speakers if _root(named) not in roots else ()


def _toward(mention: PositionMention, holder: str, parties: _Parties) -> str | None:
    """Return the other party: who is told or spoken of, else the only other one in the words of the issue."""
    statement = parties.facts.statements[mention.statement] if mention.statement is not None else None
    addressee = statement.addressee.actor if statement is not None and statement.addressee else None
    told = parties.facts.referents.party(addressee) if addressee is not None else None
    for party in (parties.named(mention.toward), told):
        if party is not None and _root(party) not in {_root(holder), "?"}:
            return party
    if mention.act not in ABOUT:
        return None
    others = [party for party in parties.inside(mention.issue) if _root(party) != _root(holder)]
    if not others and mention.condition is not None:
        # whoever fulfils a condition is named first in it: "if Russia attacks Ukraine"
        others = [party for party in parties.inside(mention.condition) if _root(party) != _root(holder)][:1]
    return others[0] if len(set(map(_root, others))) == 1 else None


def _statement(mention: PositionMention, facts: Facts) -> str | None:
    return facts.statements[mention.statement].id if mention.statement is not None else None


def _event(span: tuple[int, int], anchors: Spans, events: Sequence[Event]) -> str | None:
    return next((events[number].id for number in anchors.inside(*span)), None)


def _root(actor: str) -> str:
    return actor if actor.startswith("person:") else actor.partition(":")[0]


def _known(actor: str | None) -> tuple[str, ...]:
    return (actor,) if actor is not None else ()


def _once(actors: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actors))

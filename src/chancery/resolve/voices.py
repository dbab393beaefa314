"""Whose voice a report is: its issuer, the two sides of its meeting, the bodies its people speak for.

Releases and readouts are written by one of the parties they tell of. Their
narrator says "we" and "our", calls a meeting's two sides "they" or "the
leaders", and presents officials by titles that no table lists ("Assistant
Secretary Medina"). What such words bind can only be seen from the whole report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.positions import PositionMention
from chancery.extract.syntax import Tokens, characters
from chancery.resolve.actors.issuer import MASTHEADS
from chancery.resolve.facts import Facts
from chancery.resolve.setting import Setting

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["OFFICES", "Voices", "find_voices", "root"]

LAWFUL = frozenset({"state", "international_organization", "government_body"})
BYLINE = 16  # tokens; longer first lines are headlines and datelines
OPENING = 90  # tokens at the head of a readout in which its meeting is told
SIGNS = 2
JOINT_OPENING = 300  # characters in which a joint statement names who makes it
REACH = 60  # characters before a name in which its title is looked for
NEAR = 24  # characters between an owner and the title: "U.S. Special Presidential Envoy"
WORD = re.compile(r"[\w-]+")
BREAK = re.compile(r"\n|\. |, | and | with | by | to ")
OURS = frozenset({"we", "our", "us", "ours"})
OFFICES = frozenset(
    {
        "minister", "president", "premier", "chancellor", "king", "spokesman", "spokeswoman", "spokesperson",
        "ministry", "government", "cabinet", "ambassador", "envoy", "secretary", "general", "kremlin",
        "representative", "adviser", "advisor", "coordinator", "administrator", "commissioner",
        "undersecretary", "deputy", "prime", "director", "commander", "department", "administration",
    }
)  # fmt: skip
MEETINGS = frozenset(
    {
        "meet", "speak", "call", "conversation", "talk", "meeting", "phone", "host", "receive", "discuss",
        "consultation", "negotiation", "visit", "convene", "summit",
    }
)  # fmt: skip
# Words for both sides of a meeting; a longer phrase names its own parties.
# People of parliaments, parties and provinces speak for themselves.
PRIVATE = frozenset(
    {"senator", "congressman", "congresswoman", "mp", "lawmaker", "governor", "mayor", "candidate", "former"}
    | {
        "assemblywoman",
        "assemblyman",
        "legislator",
        "archbishop",
        "bishop",
        "professor",
        "coach",
        "ex-president",
    }
)
ENVOYS = frozenset({"envoy", "representative", "coordinator", "ambassador"})
SPEAKERS = ("spokesman", "spokeswoman", "spokesperson", "minister", "secretary", "commissioner", "chief")
# Publishers that sign for a state, whose country is not in the report.
PUBLISHERS = (
    ("US Department of", "USA"), ("U.S. Department of", "USA"), ("White House", "USA"), ("Pentagon", "USA"),
    ("UK Government", "GBR"), ("gov.uk", "GBR"), ("kremlin.ru", "RUS"), ("president.gov.ua", "UKR"),
)  # fmt: skip
AUTHOR = re.compile(
    r"\b(?:address|speech|remarks|statement|message|comments?)\b[^-–:]*?\bby\b(?: the)? (\S+(?: \S+){0,8})",
    re.IGNORECASE,
)
JOINT_TITLES = re.compile(r"\bjoint\b[\w’' -]{0,30}\b(?:statement|declaration|communiqu[ée])", re.IGNORECASE)
BOTH = frozenset(
    {"they", "both", "sides", "two", "the", "leaders", "parties", "presidents", "ministers", "participants"}
    | {"secretaries", "officials", "interlocutors", "counterparts", "prime", "foreign", "countries", "it"}
    | {"principals", "diplomats", "heads", "of", "state", "delegations", "pair", "men", "each", "presidents"}
)
LINKS = frozenset(
    {"of", "the", "for", "and", "special", "head", "presidential", "chief", "assistant", "office"}
    | {"commonwealth", "federal", "national"}
)
PLURAL = frozenset(
    {"they", "both", "sides", "leaders", "parties", "presidents", "ministers", "participants", "secretaries"}
    | {"officials", "interlocutors", "principals", "diplomats", "heads", "delegations", "pair", "countries"}
)


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose voice a report is.

    `issuer` is the party whose own text the report is, where it is one; `sides` are the two
    parties of the meeting that it tells of first, where it is a readout; `officials` are the
    people it calls by an office: envoys with the party that the title says, others with None,
    who in an own text are the issuer's; `private` are those whose office binds no state;
    `joint` are the parties that say "we" together in a joint statement.
    """

    issuer: str | None
    sides: tuple[str, ...]
    officials: Mapping[str, str | None]
    private: frozenset[str]
    joint: tuple[str, ...] = ()

    def both(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return both sides of the meeting, if somebody is called by nothing but a word for them."""
        return self.sides if BOTH.issuperset(words) and not PLURAL.isdisjoint(words) else ()


def find_voices(
    setting: Setting, text: str, mentions: Sequence[PositionMention], facts: Facts, kinds: Mapping[str, str]
) -> Voices:
    """Find whose voice a report is, from its publisher, pronouns, bylines, speakers and first sentences.

    `text` is the text of the document, put together once; `kinds` the kind of each actor.
    """
    doc = setting.doc
    officials, private = _people(text, setting.title or "", facts)
    issuer = (
        facts.referents.issuer
        or _masthead(text, MASTHEADS)
        or _signed(doc, facts, kinds)
        or _publisher(setting.publisher, facts, kinds)
        or _publisher(_author(setting.title), facts, kinds)
        or _issuer(doc, mentions, facts, kinds)
    )
    bound = {actor: owner or issuer for actor, owner in officials.items()}
    sides = _sides(doc, facts, kinds, bound)
    joint = _joint(setting, text, facts, kinds)
    return Voices(issuer or _host(facts, sides), sides, officials, private, joint)


def _signed(doc: Doc, facts: Facts, kinds: Mapping[str, str]) -> str | None:
    """Return the state of the official who signs the first line ("Maria Vella, Foreign Minister")."""
    first = _first_line(doc)
    if first is None or OFFICES.isdisjoint(word.lower_ for word in doc[slice(*first)]):
        return None
    parties = (root(facts.referents.party(actor)) for actor in _byline(doc, facts))
    return next((party for party in parties if kinds.get(party) in LAWFUL), None)


def _publisher(publisher: str | None, facts: Facts, kinds: Mapping[str, str]) -> str | None:
    """Return the state whose office put a text out ("Prime Minister of Malta"); newspapers are none."""
    if publisher is None:
        return None
    known = _masthead(publisher, PUBLISHERS)
    if known is not None or OFFICES.isdisjoint(WORD.findall(publisher.lower())):
        return known
    states = ((actor.name, actor.id) for actor in facts.referents.actors if kinds.get(actor.id) in LAWFUL)
    return next((party for name, party in states if name in publisher), None)


def _author(title: str | None) -> str | None:
    """Return by whom a title says that a text is: "Address by the President of Malta to the council"."""
    found = AUTHOR.search(title or "")
    return found.group(1) if found is not None else None


def _joint(setting: Setting, text: str, facts: Facts, kinds: Mapping[str, str]) -> tuple[str, ...]:
    """Return the first two parties that a joint statement names: whoever "we" is in it."""
    opening = text[:JOINT_OPENING]
    if not (JOINT_TITLES.search(setting.title or "") or JOINT_TITLES.search(opening)):
        return ()
    named = (mention.actor for mention in facts.referents.within(0, len(opening)) if mention.actor)
    parties = dict.fromkeys(root(facts.referents.party(actor)) for actor in named)
    states = [party for party in parties if kinds.get(party) in LAWFUL]
    return tuple(states[:2]) if len(states) > 1 else ()


def _host(facts: Facts, sides: tuple[str, ...]) -> str | None:
    """Return the first side of a readout, whose text it is, if nobody but the two sides speaks in it."""
    referents = facts.referents
    speakers = [
        actor for one in facts.statements for actor in (one.speaker.actor, *one.speaker.actors) if actor
    ]
    known = {root(referents.party(actor)) for actor in speakers if not is_office(actor)}
    return sides[0] if sides and known and known <= {*map(root, sides)} else None


def _masthead(text: str, lines: Sequence[tuple[str, str]]) -> str | None:
    return next((party for line, party in lines if line in text), None)


def _issuer(
    doc: Doc, mentions: Sequence[PositionMention], facts: Facts, kinds: Mapping[str, str]
) -> str | None:
    """Return the party whose own text this is, None where the text does not show it.

    Such a text says "we" or "our" outside all quotations, and names its party as the
    subject of what it wills, condemns and supports, or as the speaker of what it tells.
    """
    voices = _first_person(doc, facts)
    if not voices:
        return None
    own = [mention for mention in mentions if mention.statement is None or mention.first]
    referents = facts.referents
    named = [referents.of(one.party) for one in own if one.party and one.bound in {"self", "subject"}]
    named += [one.speaker.actor for one in facts.statements if one.kind == "indirect"]
    named += _byline(doc, facts) + _self_named(doc, own, facts)
    # a ministry speaks for its state
    counted = Counter(root(referents.party(actor)) for actor in named if actor is not None)
    ranked = [(party, times) for party, times in counted.most_common() if kinds.get(party) in LAWFUL]
    if not ranked or ranked[0][1] in {times for _, times in ranked[1:]}:
        return None
    # newspapers quote; a text that quotes nobody needs one sign less
    quoting = any(one.kind != "indirect" for one in facts.statements)
    return ranked[0][0] if min(voices, SIGNS) + ranked[0][1] + (not quoting) > SIGNS else None


def _first_person(doc: Doc, facts: Facts) -> int:
    """Count "we" and "our" outside all direct quotations."""
    strings = doc.vocab.strings
    wanted = {strings[word] for word in OURS}
    lower = doc.to_array("LOWER").tolist()
    at = [doc[place].idx for place, word in enumerate(lower) if word in wanted]
    if not at:
        return 0
    spoken = [span for one in facts.statements if one.kind != "indirect" for span in one.content]
    return sum(not any(start <= place < end for start, end in spoken) for place in at)


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
    first = _first_line(doc)
    if first is None:
        return []
    ends = characters(doc, first)[1]
    signed = next((one.actor for one in facts.referents.mentions if one.span[1] <= ends and one.actor), None)
    return [signed, signed] if signed is not None else []


def _first_line(doc: Doc) -> Tokens | None:
    """Return the first sentence where it is a short line without a verb: a name, an office, a place."""
    first = next(((word.i, word.sent.end) for word in doc if not word.is_space), None)
    if first is None or first[1] - first[0] > BYLINE:
        return None
    return None if any(word.pos_ == "VERB" for word in doc[slice(*first)]) else first


def _sides(
    doc: Doc, facts: Facts, kinds: Mapping[str, str], bound: Mapping[str, str | None]
) -> tuple[str, ...]:
    """Return the two parties of the meeting that a readout opens with."""
    opening = doc[:OPENING]
    meeting = next((word for word in opening if word.lemma_ in MEETINGS and word.pos_ != "ADJ"), None)
    if meeting is None:
        return ()
    sides: dict[str, str] = {}
    for mention in facts.referents.within(*characters(doc, (meeting.sent.start, meeting.sent.end))):
        if mention.actor is None or kinds.get(mention.actor) == "media":
            continue
        party = bound.get(mention.actor) or facts.referents.party(mention.actor)
        if not party.startswith(("?:", "person:")) and not is_office(party):
            sides.setdefault(root(party), party)
        if len(sides) > 1:
            break
    return tuple(sides.values()) if len(sides) > 1 else ()


def _people(text: str, headline: str, facts: Facts) -> tuple[dict[str, str | None], frozenset[str]]:
    """Return the people of offices that no table knows, with the owner, and those who bind no state."""
    officials: dict[str, str | None] = {}
    private: set[str] = set()
    for mention in facts.referents.mentions:
        actor = mention.actor
        if actor is None or not actor.startswith("person:") or mention.kind == "pronoun":
            continue
        title = _title(text, *mention.span)
        if not PRIVATE.isdisjoint(title):
            private.add(actor)
        elif not ENVOYS.isdisjoint(title):
            # "Special Representative for the DPRK": whose, the title does not say
            officials[actor] = _owner(text, facts, mention.span) or officials.get(actor)
        elif facts.referents.party(actor) == actor and not OFFICES.isdisjoint(title):
            # "Russian Foreign Ministry spokeswoman Anna Petrova"
            officials[actor] = officials.get(actor) or _owner(text, facts, mention.span)
        elif (
            actor not in officials
            and facts.referents.party(actor) == actor
            and _is_headed(headline, text[slice(*mention.span)])
        ):
            officials[actor] = None  # "MR. CARNEY:" under "Briefing by Press Secretary Jay Carney"
    return officials, frozenset(private)


def _is_headed(headline: str, name: str) -> bool:
    """Tell whether a headline gives somebody an office, or ends with the name: "Road reopened - Ann Boe"."""
    surname = next(iter(WORD.findall(name)[-1:]), "")
    at = headline.lower().find(surname.lower()) if surname else -1
    if at <= 0:
        return False
    signed = headline.endswith(surname) and re.search(r" [-–—] [\w .'’-]+$", headline) is not None
    return signed or not OFFICES.isdisjoint(_title(headline, at, at + len(surname)))


def _title(text: str, start: int, end: int) -> list[str]:
    """Return the words of a mention of somebody and the few before it in its clause."""
    before = BREAK.split(text[max(0, start - REACH) : start])[-1]
    return [*WORD.findall(before.lower())[-4:], *WORD.findall(text[start:end].lower())]


def _owner(text: str, facts: Facts, span: tuple[int, int]) -> str | None:
    """Return the party named right before the title of an envoy ("the PRC Special Representative")."""
    before = text[max(0, span[0] - REACH) : span[0]]
    sentence = max(before.rfind(". "), before.rfind("\n")) + 1
    first = span[0] - len(before) + sentence
    around = text[first : span[1]].lower()
    title = first + max(around.rfind(word) for word in (*ENVOYS, *SPEAKERS))
    for other in facts.referents.within(first, title):
        near = other.span[0] >= title - NEAR or other.span[1] == title - 1
        if near and other.type != "person" and other.actor:
            return other.actor
    return None


def is_office(actor: str) -> bool:
    """Tell whether an actor is no more than an office that was taken for a name ("Deputy Head")."""
    words = (word.removesuffix("'s") for word in actor.partition(":")[0].lower().split())
    return OFFICES.issuperset(word for word in words if word not in LINKS)


def root(actor: str) -> str:
    """Return the state or organization in an actor id; people are their own."""
    return actor if actor.startswith("person:") else actor.partition(":")[0]

"""What is compared across reports: acts, sayings and positions, each with the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from chancery.follow.found import Source
from chancery.follow.terms import names_of, numbers_of, terms, weight
from chancery.records import Event, PositionAct, Reading, Span, Status

__all__ = [
    "SPOKEN",
    "Act",
    "Held",
    "Saying",
    "Wording",
    "acts",
    "day_of",
    "held",
    "root",
    "sayings",
    "sentence",
]

UNKNOWN_DAY = "9999-12-31"
# A quotation of pages is compared by its beginning: a claim is a sentence or two.
LONGEST = 600
# An act whose day no report gives is looked for among those told as close as this, in days: a
# talk is told by the next day or its day is given; an attack or a delivery is told for longer.
TALK_SLACK, DEED_SLACK, REMEMBERED, AHEAD = 1, 14, 45, 30
# "In 2022" does not tell one talk of the year from another.
VAGUE = 31
TALKS = frozenset(
    ("CONSULT", "SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "CONCEDE", "AGREE", "MESSAGE")
)
# Acts of speech: said where they are told, and not planned ahead.
SPOKEN = frozenset(("SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "CONCEDE"))
UNREAL = frozenset(("planned", "proposed", "conditional", "possible"))
_LOOKS_BACK = ("ago", "last", "previous", "previously", "earlier", "recent", "recently")


@dataclass(frozen=True)
class Wording:
    """Words by which two records are compared."""

    text: str

    @cached_property
    def terms(self) -> dict[str, float]:
        """The weighted stems."""
        return terms(self.text)

    @cached_property
    def mass(self) -> float:
        """How much the words tell: the sum of the weights."""
        return sum(self.terms.values())

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalized words that are rare: those of people and places, not of offices."""
        return frozenset(name for name in names_of(self.text) if weight(name) > 0.55)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers in figures."""
        return numbers_of(self.text)

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The five heaviest stems, by which candidates are found."""
        return tuple(sorted(self.terms, key=lambda word: (-self.terms[word], word))[:5])


@dataclass(frozen=True)
class Act:
    """An event of one report, ready to be compared with those of others."""

    source: Source
    act: str
    mode: str | None
    status: Status
    actors: frozenset[str]
    recipients: frozenset[str]
    countries: frozenset[str]
    acting: frozenset[str]
    first: date | None
    last: date | None
    anchor: str
    wording: Wording = field(compare=False)

    @property
    def parties(self) -> frozenset[str]:
        """All actor ids."""
        return self.actors | self.recipients

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """Between which days the act may have been, by the report's words or by when it came out."""
        if self.first and self.last and (self.last - self.first).days <= VAGUE:
            return self.first, self.last
        told = self.source.date
        if told is None:
            return None
        if self.status in UNREAL and self.act not in SPOKEN:
            return told, told + timedelta(AHEAD)
        if any(word in self.wording.terms or f" {word} " in self.wording.text for word in _LOOKS_BACK):
            return told - timedelta(REMEMBERED), told
        slack = TALK_SLACK if self.act in TALKS else DEED_SLACK
        return told - timedelta(slack), told

    @property
    def keys(self) -> Iterator[str]:
        """Under which keys like acts are found: kind of act, two parties (or the one), a telling word."""
        states = sorted(self.countries)
        pairs = [f"{a} {b}" for at, a in enumerate(states) for b in states[at + 1 :]][:6] or states
        for pair in pairs:
            for word in self.wording.telling:
                yield f"act {self.act} {pair} {word}"


@dataclass(frozen=True)
class Saying:
    """A statement of one report, ready to be compared."""

    source: Source
    speaker: str
    negated: bool
    wording: Wording = field(compare=False)

    @property
    def keys(self) -> Iterator[str]:
        """Under which keys like sayings are found."""
        for word in self.wording.telling:
            yield f"say {self.speaker} {word}"


@dataclass(frozen=True)
class Held:
    """A position of one report, ready to be compared."""

    source: Source
    holder: str
    toward: str | None
    act: PositionAct
    issue: str
    condition: str | None
    wording: Wording = field(compare=False)

    @property
    def keys(self) -> Iterator[str]:
        """Under which keys positions on one issue are found."""
        for word in self.wording.telling:
            yield f"hold {self.holder} {word}"


def day_of(reading: Reading) -> str:
    """Return the ISO day a report came out; one without sorts last."""
    published = reading.article.published
    return published.isoformat()[:10] if published else UNKNOWN_DAY


def sentence(text: str, span: Span) -> Span:
    """Return the sentence around a span, as full stops and line ends tell it, within 400 characters."""
    low, high = max(0, span[0] - REACH), min(len(text), span[1] + REACH)
    start, end = low, high
    for match in _END.finditer(text, low, span[0]):
        if _ends(text, match.start()):
            start = match.end()
    for match in _END.finditer(text, max(span[1] - 1, span[0]), high):
        if _ends(text, match.start()):
            end = match.start() + 1
            break
    while start < span[0] and text[start].isspace():
        start += 1
    return start, max(end, span[1])


def _ends(text: str, at: int) -> bool:
    """Tell whether a sentence ends with this character: initials and titles end none."""
    if text[at] != ".":
        return True
    word = text[max(0, at - 6) : at].rsplit(maxsplit=1)[-1:] or [""]
    return len(word[0]) > 1 and word[0] not in _TITLES


REACH = 400
_END = re.compile(r"\n+|[.!?]+[”\"’')]*(?=\s|$)")
_TITLES = frozenset(
    ("Mr", "Ms", "Mrs", "Dr", "Gen", "Lt", "Col", "Sen", "Rep", "Gov", "St", "No", "Jr", "U.S")
)


def _source(reading: Reading, record: str, span: Span) -> Source:
    article = reading.article
    return Source(day_of(reading), article.id, record, article.publisher, span, article.text[slice(*span)])


def _countries(reading: Reading) -> Mapping[str, str]:
    """Map actor ids to the state or organization they act for; a person without one stands for itself."""
    return {actor.id: actor.country or root(actor.id) for actor in reading.actors}


def root(actor: str) -> str:
    """Return the state or organization that an actor id begins with; a person stands for itself."""
    return actor if actor.startswith(("person:", "?:")) else actor.partition(":")[0]


def _known(slots: Iterable[str | None]) -> frozenset[str]:
    return frozenset(actor for actor in slots if actor and not actor.startswith("?"))


def acts(reading: Reading) -> Iterator[Act]:
    """Yield the events that have a known party."""
    countries = _countries(reading)
    for event in reading.events:
        actors = _known(slot.actor for slot in event.actor)
        recipients = _known(slot.actor for slot in event.recipient)
        if actors | recipients:
            yield _act(reading, event, actors, recipients, countries)


def _act(
    reading: Reading,
    event: Event,
    actors: frozenset[str],
    recipients: frozenset[str],
    countries: Mapping[str, str],
) -> Act:
    span = sentence(reading.article.text, event.anchor)
    source = _source(reading, event.id, span)
    time = event.time
    return Act(
        source=source,
        act=event.act,
        mode=event.mode,
        status=event.status,
        actors=actors,
        recipients=recipients,
        countries=frozenset(countries.get(actor, root(actor)) for actor in actors | recipients),
        acting=frozenset(countries.get(actor, root(actor)) for actor in actors),
        first=time.first if time else None,
        last=time.last if time else None,
        anchor=reading.words(event.anchor),
        wording=Wording(source.words),
    )


def sayings(reading: Reading) -> Iterator[Saying]:
    """Yield the statements whose speaker is known."""
    for statement in reading.statements:
        speaker = statement.speaker.actor
        if not speaker or speaker.startswith("?"):
            continue
        first, last = statement.content[0][0], statement.content[-1][1]
        words = " ".join(reading.words(span) for span in statement.content)[:LONGEST]
        source = _source(reading, statement.id, (first, min(last, first + LONGEST)))
        yield Saying(source, speaker, statement.negated, Wording(words))


def held(reading: Reading) -> Iterator[Held]:
    """Yield the positions of known holders, judgements left out: nothing is committed by them."""
    countries = _countries(reading)
    for position in reading.positions:
        if position.holder.startswith("?") or position.act == "assess":
            continue
        issue = reading.words(position.issue)[:LONGEST]
        toward = position.toward and (countries.get(position.toward) or root(position.toward))
        yield Held(
            source=_source(reading, position.id, sentence(reading.article.text, position.issue)),
            holder=countries.get(position.holder) or root(position.holder),
            toward=None if not toward or toward.startswith("?") else toward,
            act=position.act,
            issue=issue,
            condition=reading.words(position.condition) if position.condition else None,
            wording=Wording(issue),
        )

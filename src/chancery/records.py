"""The records: what Chancery writes down from one report.

These types are the contract of the whole program (docs/reference/records): the
library returns them, ``chancery read`` prints them as JSON under the same
names, and ``chancery schema`` publishes their JSON Schema. A span is
``[start, end]``, half-open, in Unicode code points of ``article.text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "Actor",
    "ActorCodes",
    "ActorSlot",
    "Article",
    "CameoCode",
    "Cue",
    "Dateline",
    "Event",
    "EventPlace",
    "EventTime",
    "Figure",
    "Interval",
    "Mention",
    "Occasion",
    "Place",
    "PloverCode",
    "Position",
    "Reading",
    "Record",
    "Role",
    "SaidTime",
    "Span",
    "Speaker",
    "Statement",
    "Time",
    "UnattributedQuotation",
]

type Span = Annotated[
    tuple[int, int], Field(description="[start, end] in code points of article.text, half-open")
]

type Score = Annotated[float, Field(ge=0, le=1, description="how sure the method is, 0 to 1")]

type ActorKind = Literal[
    "state",
    "international_organization",
    "government_body",
    "military",
    "political_party",
    "armed_group",
    "company",
    "media",
    "ngo",
    "person",
    "population",
    "other",
]
type MentionKind = Literal["name", "nominal", "pronoun", "demonym", "capital"]
type MentionType = Literal["person", "organization", "state", "place", "group", "other"]
type StatementKind = Literal["direct", "indirect", "mixed"]
type SpeakerIs = Literal["named", "role", "collective", "anonymous", "document", "none"]
type Act = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "MESSAGE",
    "STATE",
]
type Status = Literal[
    "occurred", "ongoing", "planned", "proposed", "conditional", "possible", "denied", "negated"
]
type PositionAct = Literal[
    "offer",
    "propose",
    "request",
    "demand",
    "refuse",
    "commit",
    "threaten",
    "warn",
    "assure",
    "accuse",
    "deny",
    "support",
    "concede",
    "assess",
]
type FigureKind = Literal["troops", "casualties", "money", "equipment", "share", "distance", "other"]
type TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
type Change = Literal["increase", "decrease"]


class Record(BaseModel):
    """A frozen value with named fields; unknown fields are errors, not luggage."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Interval(Record):
    """A stretch of calendar days, both ends included.

    News dates are rarely sharper than a day and often much vaguer. "In May
    1994" is the whole month, and stays the whole month: widening a day to a
    month is honest, guessing a day inside a month is not.
    """

    first: date | None
    last: date | None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"interval ends {self.last} before it starts {self.first}")
        return self


class SaidTime(Interval):
    """When a statement was made, and the rule that found it."""

    rule: str


class EventTime(Interval):
    """When an event took or takes place; ``span`` are the words that say so."""

    span: Span | None
    rule: str


class Dateline(Record):
    """The place and day that open an agency report ("MOSCOW, Feb 10 (Reuters) -")."""

    span: Span
    place: str | None = Field(description="id of a place record")


class Article(Record):
    """One report as it was extracted; every span of the reading counts in its text."""

    id: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    text: str
    published: datetime | date | None = None
    dateline: Dateline | None = None
    language: str = "en"
    credit: str | None = None


class Role(Record):
    """An office or function that a person holds, as far as the tables or the text say."""

    title: str
    organization: str | None = Field(default=None, description="actor id of the state or organization")
    first: date | None = None
    last: date | None = None


class ActorCodes(Record):
    """The actor in other people's code books."""

    plover: str | None = None
    cameo: str | None = None
    iso3: str | None = None
    wikidata: str | None = None


class Actor(Record):
    """Whoever the report names or means.

    Unknown people and bodies get an id made from the name and ``resolved``
    false: nothing is dropped.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3")
    roles: tuple[Role, ...] = ()
    sector: str | None = Field(default=None, description="PLOVER sector code")
    codes: ActorCodes = ActorCodes()
    resolved: bool
    method: str
    score: Score


class Mention(Record):
    """One place in the text that names, describes or points to an actor."""

    id: str
    span: Span
    kind: MentionKind
    type: MentionType
    actor: str | None
    place: str | None = Field(default=None, description="id of a place record")
    chain: int | None = Field(description="mentions with one number mean the same referent")
    method: str
    score: Score


class Speaker(Record):
    """The source of a statement: its words, and who that is."""

    span: Span | None
    actor: str | None
    actors: tuple[str, ...] = Field(default=(), description="the parties, when several speak together")


class Cue(Record):
    """The words that ascribe the content to the speaker ("said", "according to")."""

    span: Span
    lemma: str


class ActorSlot(Record):
    """A party of a statement or an event: its words, and who that is."""

    span: Span | None
    actor: str | None


class Occasion(Record):
    """Where a statement was made: a briefing, an interview, a letter."""

    span: Span


class Statement(Record):
    """Content that the report ascribes to a source."""

    id: str
    speaker: Speaker
    speaker_is: SpeakerIs
    cue: Cue | None
    content: tuple[Span, ...] = Field(min_length=1)
    kind: StatementKind
    addressee: ActorSlot | None = None
    about: tuple[str, ...] = Field(default=(), description="actor ids that the content speaks of")
    said: SaidTime | None = None
    occasion: Occasion | None = None
    negated: bool
    within: str | None = Field(default=None, description="id of the statement that holds this one")
    method: str
    score: Score


class EventPlace(Record):
    """Where an event took or takes place."""

    span: Span
    place: str | None = Field(description="id of a place record")


class PloverCode(Record):
    """What PLOVER would publish for this act with this status."""

    type: str
    mode: str | None
    quad: str
    intensity: float


class CameoCode(Record):
    """The CAMEO code derived from act, mode, context and status."""

    code: str


class Event(Record):
    """An act of a political actor, and how real the report makes it."""

    id: str
    anchor: Span
    act: Act
    mode: str | None
    context: tuple[str, ...] = ()
    actor: tuple[ActorSlot, ...]
    recipient: tuple[ActorSlot, ...] = ()
    status: Status
    condition: str | None = Field(default=None, description="id of the event this one depends on")
    place: EventPlace | None = None
    time: EventTime | None = None
    figures: tuple[str, ...] = Field(default=(), description="ids of figure records")
    reported_by: str | None = Field(default=None, description="id of the statement that tells it")
    plover: PloverCode | None = None
    cameo: CameoCode | None = None
    why: str = Field(description="the rule and the lexicon entry behind it")
    method: str
    score: Score


class Position(Record):
    """What a statement commits its holder to."""

    id: str
    holder: str = Field(description="actor id of the party bound, not of the mouth")
    toward: str | None
    act: PositionAct
    issue: Span
    condition: Span | None = None
    statement: str | None = None
    event: str | None = None
    method: str
    score: Score


class Figure(Record):
    """A number that measures something in the world."""

    id: str
    span: Span
    low: int | float | None
    high: int | float | None
    unit: str
    what: Span | None
    kind: FigureKind
    place: str | None = Field(default=None, description="id of a place record")
    as_of: Interval | None = None
    change: Change | None = None
    event: str | None = None
    method: str
    score: Score


class Place(Record):
    """A place name and the gazetteer row it was resolved to."""

    id: str
    span: Span
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None = Field(description="ISO 3166-1 alpha-3")
    admin1: str | None = None
    feature: str | None = Field(description="GeoNames feature code, or region, sea, continent ...")
    geonameid: int | None
    method: str
    score: Score


class Time(Record):
    """A time expression, its TIMEX3 type and value, and the days it covers."""

    id: str
    span: Span
    type: TimeType
    value: str
    first: date | None
    last: date | None
    rule: str
    method: str
    score: Score


class UnattributedQuotation(Record):
    """A quotation that no statement holds, and why."""

    span: Span
    reason: Literal["title", "scare quote", "slogan", "no speaker found", "unbalanced"]


class Reading(Record):
    """Everything Chancery read in one report."""

    article: Article
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    unattributed: tuple[UnattributedQuotation, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    notes: tuple[str, ...] = Field(default=(), description="what a reader should know of how it was read")

    def words(self, span: Span) -> str:
        """Return the characters of the report that a span stands for."""
        return self.article.text[span[0] : span[1]]

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Yield every span of every record with the dotted name of its field."""
        for name in type(self).model_fields:
            yield from _spans(name, getattr(self, name))


def _spans(name: str, value: object) -> Iterator[tuple[str, Span]]:
    if isinstance(value, Record):
        for field in type(value).model_fields:
            yield from _spans(f"{name}.{field}", getattr(value, field))
    elif isinstance(value, tuple):
        if len(value) == 2 and all(type(part) is int for part in value):
            yield name, (value[0], value[1])
        else:
            for part in value:
                yield from _spans(name, part)

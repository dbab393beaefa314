"""The records: what Chancery writes down from one report.

These types are the contract of the whole program (docs/reference/records): the
library returns them, ``chancery read`` prints them as JSON under the same
names, and ``chancery schema`` publishes their JSON Schema. A span is
``[start, end]``, half-open, in Unicode code points of ``article.text``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

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

Span = tuple[int, int]

# Characters of "2022-02-10".
ISO_DAY = 10

# What every record carries, described once.
Id = Annotated[str, Field(description="unique in the report, and equal for equal input")]
Method = Annotated[
    str, Field(description="the rule, the version of chancery, and the language model behind it")
]
Score = Annotated[float, Field(ge=0, le=1, description="how sure the method is, 0 to 1")]

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
type Strength = Literal["firm", "qualified", "tentative"]
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

    first: date | None = Field(description="first day; null where it is open or cannot be known")
    last: date | None = Field(description="last day, included; null where it is open or cannot be known")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"interval ends {self.last} before it starts {self.first}")
        return self


class SaidTime(Interval):
    """When a statement was made, and the rule that found it."""

    rule: str = Field(description="how the days follow from the words")


class EventTime(Interval):
    """When an event took or takes place."""

    span: Span | None = Field(description="the words that say so; null where the day follows from the report")
    rule: str = Field(description="how the days follow from the words")


class Dateline(Record):
    """The place and day that open an agency report ("MOSCOW, Feb 10 (Reuters) -")."""

    span: Span = Field(description="the words of the dateline")
    place: str | None = Field(description="id of a place record")


class Article(Record):
    """One report as it was extracted; every span of the reading counts in its text."""

    id: str = Field(description="given by the source, or made from the text: equal for equal input")
    url: str | None = Field(default=None, description="where the report can be seen")
    publisher: str | None = Field(default=None, description="who put it out")
    title: str | None = Field(default=None, description="headline, where it stands apart from the text")
    text: str = Field(description="the report, exactly as extracted")
    published: datetime | date | None = Field(default=None, description="day or moment it came out")
    dateline: Dateline | None = Field(default=None, description="place and day that open the text")
    language: str = Field(default="en", description="ISO 639-1 code of the language it is in")
    credit: str | None = Field(default=None, description="whom the report or its licence credits")

    @field_validator("published", mode="before")
    @classmethod
    def _keep_a_day_a_day(cls, stated: object) -> object:
        """Read "2022-02-10" back as the day that was written, not as its midnight."""
        if isinstance(stated, str) and len(stated) == ISO_DAY:
            with suppress(ValueError):  # no day: left to the checks of the field
                return date.fromisoformat(stated)
        return stated


class Role(Record):
    """An office or function that a person holds, as far as the tables or the text say."""

    title: str = Field(description="the office, as the tables or the text name it")
    organization: str | None = Field(default=None, description="actor id of the state or organization")
    first: date | None = Field(default=None, description="first day in office, where known")
    last: date | None = Field(default=None, description="last day in office, where known")


class ActorCodes(Record):
    """The actor in other people's code books."""

    plover: str | None = Field(default=None, description="PLOVER actor code")
    cameo: str | None = Field(default=None, description="CAMEO actor code, such as RUSGOV")
    iso3: str | None = Field(default=None, description="ISO 3166-1 alpha-3, for states")
    wikidata: str | None = Field(default=None, description="Wikidata item, such as Q58217")


class Actor(Record):
    """Whoever the report names or means.

    Unknown people and bodies get an id made from the name and ``resolved``
    false: nothing is dropped.
    """

    id: str = Field(
        description="RUS, NATO, RUS:foreign-ministry, person:sergey-lavrov, RUS:official, ?:witnesses"
    )
    name: str = Field(description="the name to show")
    kind: ActorKind = Field(description="what sort of actor it is")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3 of the state it belongs to")
    roles: tuple[Role, ...] = Field(default=(), description="offices held, as of the report's day")
    sector: str | None = Field(default=None, description="PLOVER sector code, such as GOV or MIL")
    codes: ActorCodes = Field(default=ActorCodes(), description="codes in other code books")
    resolved: bool = Field(description="whether the actor was found in the tables")
    method: Method
    score: Score


class Mention(Record):
    """One place in the text that names, describes or points to an actor."""

    id: Id
    span: Span = Field(description="the words of the mention")
    kind: MentionKind = Field(description="how it points: by name, description, pronoun, demonym or capital")
    type: MentionType = Field(description="what sort of thing it points to")
    actor: str | None = Field(description="actor id; null where nobody could be made out")
    place: str | None = Field(default=None, description="id of a place record")
    chain: int | None = Field(description="mentions with one number mean the same referent")
    method: Method
    score: Score


class Speaker(Record):
    """The source of a statement: its words, and who that is."""

    span: Span | None = Field(description="the words that name the speaker; null where nobody is named")
    actor: str | None = Field(description="actor id; null where nobody could be made out, or several speak")
    actors: tuple[str, ...] = Field(default=(), description="the parties, when several speak together")


class Cue(Record):
    """The words that ascribe the content to the speaker ("said", "according to")."""

    span: Span = Field(description="the words of the cue, with auxiliaries and negation")
    lemma: str = Field(description="dictionary form of its main word")


class ActorSlot(Record):
    """A party of a statement or an event: its words, and who that is."""

    span: Span | None = Field(description="the words that name the party; null where it is understood")
    actor: str | None = Field(description="actor id; null where nobody could be made out")


class Occasion(Record):
    """Where a statement was made: a briefing, an interview, a letter."""

    span: Span = Field(description="the words that name it")


class Statement(Record):
    """Content that the report ascribes to a source."""

    id: Id
    speaker: Speaker = Field(description="the source")
    speaker_is: SpeakerIs = Field(description="how the report names the source")
    cue: Cue | None = Field(description="what ascribes the content; null for transcript turns and the like")
    content: tuple[Span, ...] = Field(min_length=1, description="what was said, without quotation marks")
    kind: StatementKind = Field(description="direct: all in quotation marks, mixed: partly, indirect: not")
    addressee: ActorSlot | None = Field(default=None, description="whom it was said to")
    about: tuple[str, ...] = Field(default=(), description="actor ids that the content speaks of")
    said: SaidTime | None = Field(default=None, description="when it was said")
    occasion: Occasion | None = Field(default=None, description="where it was said")
    negated: bool = Field(description="the cue is negated or a denial (did not rule out, denied that)")
    within: str | None = Field(default=None, description="id of the statement that holds this one")
    method: Method
    score: Score


class EventPlace(Record):
    """Where an event took or takes place."""

    span: Span = Field(description="the words that name the place")
    place: str | None = Field(description="id of a place record")


class PloverCode(Record):
    """What PLOVER would publish for this act with this status."""

    type: str = Field(description="PLOVER event type")
    mode: str | None = Field(description="PLOVER mode of the type")
    quad: str = Field(description="quad class: verbal or material, cooperation or conflict")
    intensity: float = Field(description="PLOVER's score of the type and mode, -10 to 10")


class CameoCode(Record):
    """The CAMEO code derived from act, mode, context and status."""

    code: str = Field(description="CAMEO event code, such as 057")


class Event(Record):
    """An act of a political actor, and how real the report makes it."""

    id: Id
    anchor: Span = Field(description="the word or words that name the act")
    act: Act = Field(description="PLOVER type of the act itself, or MESSAGE, or STATE")
    mode: str | None = Field(description="PLOVER mode, or one of our own for MESSAGE and STATE")
    context: tuple[str, ...] = Field(default=(), description="PLOVER contexts")
    actor: tuple[ActorSlot, ...] = Field(description="who acts; all parties of a meeting")
    recipient: tuple[ActorSlot, ...] = Field(default=(), description="whom the act is done to")
    status: Status = Field(description="how real the report makes it")
    condition: str | None = Field(default=None, description="id of the event this one depends on")
    condition_span: Span | None = Field(
        default=None, description="the words of the condition, also where they are no event"
    )
    place: EventPlace | None = Field(default=None, description="where")
    time: EventTime | None = Field(default=None, description="when, in calendar days")
    figures: tuple[str, ...] = Field(default=(), description="ids of figure records")
    reported_by: str | None = Field(default=None, description="id of the statement that tells it")
    plover: PloverCode | None = Field(
        default=None, description="the published code; null where PLOVER has none"
    )
    cameo: CameoCode | None = Field(default=None, description="the published code; null where CAMEO has none")
    why: str = Field(description="the rule and the lexicon entry behind it")
    method: Method
    score: Score


class Position(Record):
    """What a statement commits its holder to."""

    id: Id
    holder: str = Field(description="actor id of the party bound, not of the mouth")
    toward: str | None = Field(description="actor id of the party it is taken toward")
    act: PositionAct = Field(description="what kind of commitment it is")
    issue: Span = Field(description="the shortest words that name the thing")
    condition: Span | None = Field(default=None, description="the words that make it depend on something")
    strength: Strength | None = Field(
        default=None, description="how strongly the words bind; null where they do not show it"
    )
    strength_words: Span | None = Field(default=None, description="the words that show how strongly")
    statement: str | None = Field(default=None, description="id of the statement that takes it")
    event: str | None = Field(default=None, description="id of the event that it speaks of")
    method: Method
    score: Score


class Figure(Record):
    """A number that measures something in the world."""

    id: Id
    span: Span = Field(description="the number with its bound and unit")
    low: int | float | None = Field(description="lower bound; null where the words give none")
    high: int | float | None = Field(description="upper bound; null where the words give none")
    unit: str = Field(description="lemma of the counted noun, or the unit: USD, percent, km")
    what: Span | None = Field(description="the words for what is counted")
    kind: FigureKind = Field(description="what sort of thing is measured")
    place: str | None = Field(default=None, description="id of a place record")
    as_of: Interval | None = Field(default=None, description="the days it holds for")
    change: Change | None = Field(default=None, description="whether it tells of a rise or a fall")
    event: str | None = Field(default=None, description="id of the event it measures")
    method: Method
    score: Score


class Place(Record):
    """A place name and the gazetteer row it was resolved to."""

    id: Id
    span: Span = Field(description="the name as it stands in the text")
    name: str = Field(description="the name to show")
    latitude: float | None = Field(description="degrees north; null where the place is unknown")
    longitude: float | None = Field(description="degrees east; null where the place is unknown")
    country: str | None = Field(description="ISO 3166-1 alpha-3; null for seas, continents, unknown places")
    admin1: str | None = Field(default=None, description="first-level division")
    feature: str | None = Field(description="GeoNames feature code, or region, sea, continent ...")
    geonameid: int | None = Field(description="GeoNames id, where the row has one")
    method: Method
    score: Score


class Time(Record):
    """A time expression, its TIMEX3 type and value, and the days it covers."""

    id: Id
    span: Span = Field(description="the words of the expression")
    type: TimeType = Field(description="TIMEX3 type")
    value: str = Field(description="TIMEX3 value")
    first: date | None = Field(description="first day; null where it is open or cannot be known")
    last: date | None = Field(description="last day, included; null where it is open or cannot be known")
    rule: str = Field(description="how the days follow from the words")
    method: Method
    score: Score


class UnattributedQuotation(Record):
    """A quotation that no statement holds, and why."""

    span: Span = Field(description="the quoted words with their marks")
    reason: Literal["title", "scare quote", "slogan", "no speaker found", "unbalanced"] = Field(
        description="why it is no statement"
    )


class Reading(Record):
    """Everything Chancery read in one report."""

    article: Article = Field(description="the report itself")
    actors: tuple[Actor, ...] = Field(default=(), description="whoever the report names or means")
    mentions: tuple[Mention, ...] = Field(default=(), description="where they are named or meant")
    statements: tuple[Statement, ...] = Field(default=(), description="who said what to whom")
    unattributed: tuple[UnattributedQuotation, ...] = Field(
        default=(), description="quotations without statement"
    )
    events: tuple[Event, ...] = Field(default=(), description="who did what to whom, and how real it is")
    positions: tuple[Position, ...] = Field(default=(), description="what each party holds")
    figures: tuple[Figure, ...] = Field(default=(), description="how many of what")
    places: tuple[Place, ...] = Field(default=(), description="where")
    times: tuple[Time, ...] = Field(default=(), description="when")
    notes: tuple[str, ...] = Field(default=(), description="what one should know of how it was read")

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

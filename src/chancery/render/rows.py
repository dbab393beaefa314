"""Records as flat rows of guarded cells; :mod:`chancery.render.tables` says what the columns hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chancery.records import (
    Actor,
    ActorSlot,
    Event,
    Figure,
    Interval,
    Mention,
    Place,
    Position,
    Reading,
    Span,
    Statement,
    Time,
)
from chancery.render.names import Names

__all__ = ["TABLES", "Table", "cell"]

type Value = str | int | float | bool | date | Sequence[str] | None
type Row = dict[str, Value]

_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Table:
    """A record kind as rows; `columns` come after ``article``."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Reading], Iterator[Row]]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of all columns."""
        return ("article", *self.columns)

    def cells(self, reading: Reading) -> Iterator[list[str]]:
        """Yield one row a record, as guarded text."""
        article = cell(reading.article.id)
        for row in self.rows(reading):
            yield [article, *(cell(row[column]) for column in self.columns)]


def cell(value: Value) -> str:
    """Write one value; text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = value if isinstance(value, str) else "|".join(value)
    text = _UNWRITABLE.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _spanned(reading: Reading, name: str, span: Span | None, prefix: str = "") -> Row:
    start, end = span or (None, None)
    return {name: reading.words(span) if span else None, f"{prefix}start": start, f"{prefix}end": end}


def _interval(interval: Interval | None, prefix: str = "") -> Row:
    first, last = (interval.first, interval.last) if interval else (None, None)
    return {f"{prefix}first": first, f"{prefix}last": last}


def _made(record: Actor | Mention | Statement | Event | Position | Figure | Place | Time) -> Row:
    return {"method": record.method, "score": record.score}


def _articles(reading: Reading) -> Iterator[Row]:
    article = reading.article
    yield {
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "published": article.published,
        "language": article.language,
        "credit": article.credit,
        "words": len(article.text.split()),
        "notes": reading.notes,
    }


def _actors(reading: Reading) -> Iterator[Row]:
    for actor in reading.actors:
        roles = [
            ", ".join(str(part) for part in (r.title, r.organization, r.first, r.last) if part)
            for r in actor.roles
        ]
        codes = actor.codes
        yield {
            "actor": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "roles": roles,
            "sector": actor.sector,
            "plover": codes.plover,
            "cameo": codes.cameo,
            "iso3": codes.iso3,
            "wikidata": codes.wikidata,
            "resolved": actor.resolved,
        } | _made(actor)


def _mentions(reading: Reading) -> Iterator[Row]:
    for mention in reading.mentions:
        yield {
            "id": mention.id,
            **_spanned(reading, "words", mention.span),
            "kind": mention.kind,
            "type": mention.type,
            "actor": mention.actor,
            "place": mention.place,
            "chain": mention.chain,
        } | _made(mention)


def _statements(reading: Reading) -> Iterator[Row]:
    names = Names(reading)
    for statement in reading.statements:
        speaker, cue, to = statement.speaker, statement.cue, statement.addressee
        actors = speaker.actors or ((speaker.actor,) if speaker.actor else ())
        yield {
            "id": statement.id,
            "speaker": actors,
            "speaker_name": names.several([names.of(actor) for actor in actors]) if actors else None,
            **_spanned(reading, "speaker_words", speaker.span, "speaker_"),
            "speaker_is": statement.speaker_is,
            **_spanned(reading, "cue", cue.span if cue else None, "cue_"),
            "cue_lemma": cue.lemma if cue else None,
            "content": [reading.words(span) for span in statement.content],
            "content_spans": [f"{start}-{end}" for start, end in statement.content],
            "kind": statement.kind,
            "addressee": to.actor if to else None,
            "addressee_words": reading.words(to.span) if to and to.span else None,
            "about": statement.about,
            **_interval(statement.said, "said_"),
            "said_rule": statement.said.rule if statement.said else None,
            "occasion": reading.words(statement.occasion.span) if statement.occasion else None,
            "negated": statement.negated,
            "within": statement.within,
        } | _made(statement)


def _parties(names: Names, slots: Sequence[ActorSlot], role: str) -> Row:
    return {
        role: [slot.actor or "" for slot in slots],
        f"{role}_names": [names.slot(slot) for slot in slots],
    }


def _events(reading: Reading) -> Iterator[Row]:
    names = Names(reading)
    for event in reading.events:
        place, time, plover = event.place, event.time, event.plover
        yield {
            "id": event.id,
            **_spanned(reading, "anchor", event.anchor),
            "act": event.act,
            "mode": event.mode,
            "context": event.context,
            **_parties(names, event.actor, "actor"),
            **_parties(names, event.recipient, "recipient"),
            "status": event.status,
            "condition": event.condition,
            "condition_words": reading.words(event.condition_span) if event.condition_span else None,
            "place_words": reading.words(place.span) if place else None,
            "place": place.place if place else None,
            "time_words": reading.words(time.span) if time and time.span else None,
            **_interval(time),
            "time_rule": time.rule if time else None,
            "figures": event.figures,
            "reported_by": event.reported_by,
            "plover": plover.type if plover else None,
            "plover_mode": plover.mode if plover else None,
            "quad": plover.quad if plover else None,
            "intensity": plover.intensity if plover else None,
            "cameo": event.cameo.code if event.cameo else None,
            "why": event.why,
        } | _made(event)


def _positions(reading: Reading) -> Iterator[Row]:
    names = Names(reading)
    for position in reading.positions:
        yield {
            "id": position.id,
            "holder": position.holder,
            "holder_name": names.of(position.holder),
            "toward": position.toward,
            "toward_name": names.of(position.toward) if position.toward else None,
            "act": position.act,
            **_spanned(reading, "issue", position.issue),
            **_spanned(reading, "condition", position.condition, "condition_"),
            "strength": position.strength,
            "strength_words": reading.words(position.strength_words) if position.strength_words else None,
            "statement": position.statement,
            "event": position.event,
        } | _made(position)


def _figures(reading: Reading) -> Iterator[Row]:
    for figure in reading.figures:
        yield {
            "id": figure.id,
            **_spanned(reading, "words", figure.span),
            "low": figure.low,
            "high": figure.high,
            "unit": figure.unit,
            "what": reading.words(figure.what) if figure.what else None,
            "kind": figure.kind,
            "place": figure.place,
            **_interval(figure.as_of, "as_of_"),
            "change": figure.change,
            "event": figure.event,
        } | _made(figure)


def _places(reading: Reading) -> Iterator[Row]:
    for place in reading.places:
        yield {
            "id": place.id,
            **_spanned(reading, "words", place.span),
            "name": place.name,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "country": place.country,
            "admin1": place.admin1,
            "feature": place.feature,
            "geonameid": place.geonameid,
        } | _made(place)


def _times(reading: Reading) -> Iterator[Row]:
    for time in reading.times:
        yield {
            "id": time.id,
            **_spanned(reading, "words", time.span),
            "type": time.type,
            "value": time.value,
            "first": time.first,
            "last": time.last,
            "rule": time.rule,
        } | _made(time)


def _table(name: str, columns: str, rows: Callable[[Reading], Iterator[Row]]) -> Table:
    return Table(name, tuple(columns.split()), rows)


TABLES = (
    _table("articles", "url publisher title published language credit words notes", _articles),
    _table(
        "actors",
        "actor name kind country roles sector plover cameo iso3 wikidata resolved method score",
        _actors,
    ),
    _table("mentions", "id words start end kind type actor place chain method score", _mentions),
    _table(
        "statements",
        """id speaker speaker_name speaker_words speaker_start speaker_end speaker_is cue cue_start cue_end
        cue_lemma content content_spans kind addressee addressee_words about said_first said_last said_rule
        occasion negated within method score""",
        _statements,
    ),
    _table(
        "events",
        """id anchor start end act mode context actor actor_names recipient recipient_names status condition
        condition_words place_words place time_words first last time_rule figures reported_by plover
        plover_mode quad intensity cameo why method score""",
        _events,
    ),
    _table(
        "positions",
        """id holder holder_name toward toward_name act issue start end condition condition_start
        condition_end strength strength_words statement event method score""",
        _positions,
    ),
    _table(
        "figures",
        "id words start end low high unit what kind place as_of_first as_of_last change event method score",
        _figures,
    ),
    _table(
        "places",
        "id words start end name latitude longitude country admin1 feature geonameid method score",
        _places,
    ),
    _table("times", "id words start end type value first last rule method score", _times),
)

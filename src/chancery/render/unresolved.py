"""What a reading could not settle, so that a reader knows where to look again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.records import Actor, Reading, Span
from chancery.render.names import NOBODY, Names
from chancery.render.typeset import clean
from chancery.render.wording import wording

__all__ = ["Doubt", "doubts"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Things that stayed open for one reason, each with its words and where they first stand."""

    reason: str
    items: tuple[tuple[str, Span | None], ...] = ()


def doubts(reading: Reading) -> list[Doubt]:
    """List what is not settled: notes on the reading, unknown sources, people, places and days."""
    found = [Doubt(clean(note)) for note in reading.notes]
    found += _grouped(_quotations(reading))
    found += _grouped(_statements(reading))
    found += _grouped(_actors(reading))
    found += _grouped(_places(reading))
    found += _grouped(_times(reading))
    return found


def _grouped(items: Iterator[tuple[str, str, Span | None]]) -> list[Doubt]:
    """Gather by reason; words that come again are named once."""
    groups: dict[str, dict[str, tuple[str, Span | None]]] = {}
    for reason, words, span in items:
        groups.setdefault(reason, {}).setdefault(words.casefold(), (words, span))
    return [Doubt(reason, tuple(found.values())) for reason, found in groups.items()]


def _quotations(reading: Reading) -> Iterator[tuple[str, str, Span | None]]:
    reasons = wording().unattributed
    for quotation in reading.unattributed:
        words = clean(reading.words(quotation.span)).strip("“”\"«»„‘’' ")
        if words and quotation.reason in reasons:  # titles, slogans and scare quotes need no speaker
            yield reasons[quotation.reason], f"“{words}”", quotation.span


def _statements(reading: Reading) -> Iterator[tuple[str, str, Span | None]]:
    names = Names(reading)
    for statement in reading.statements:
        speaker = statement.speaker
        # "is believed to" has no speaker and is not in doubt; "the two" has one that is
        if speaker.span and not speaker.actor and not speaker.actors:
            yield "speaker not known", names.quoted(speaker.span), speaker.span


def _actors(reading: Reading) -> Iterator[tuple[str, str, Span | None]]:
    first: dict[str | None, Span] = {}
    for mention in reading.mentions:
        first.setdefault(mention.actor, mention.span)
    credit = clean(reading.article.credit or "").casefold()
    for actor in reading.actors:
        name = clean(actor.name)
        credited = credit and name.casefold() in credit
        if not actor.resolved and actor.id not in NOBODY and _is_a_name(actor, name) and not credited:
            yield "not in the actor tables", clean(actor.name), first.get(actor.id)


def _is_a_name(actor: Actor, name: str) -> bool:
    """Tell whom tables could know from "families", "her child" and the Q of a transcript."""
    return len(name) > 1 and actor.kind != "population" and any(letter.isupper() for letter in name)


def _places(reading: Reading) -> Iterator[tuple[str, str, Span | None]]:
    for place in reading.places:
        if place.country is None and place.latitude is None:
            yield "place not found", clean(place.name), place.span


def _times(reading: Reading) -> Iterator[tuple[str, str, Span | None]]:
    for time in reading.times:
        if time.type == "DATE" and time.first is None and time.last is None:
            yield "day left open", clean(reading.words(time.span)), time.span

"""What of a reading goes into a brief, and in which order: the most telling first.

Nothing is said here that a record does not say; choosing, grouping and folding
repetitions together is all that happens. What is left out is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chancery.records import Event, Figure, Position, Reading, Span, Statement
from chancery.render.names import UNKNOWN, Names
from chancery.render.phrases import phrase
from chancery.render.repeats import Passage
from chancery.render.wording import wording

__all__ = ["Chosen", "Told", "events", "figures", "positions", "statements"]

# "He said so", "she said this": nothing is told by it.
FEWEST_TELLING_WORDS = 3

# "… 2 more" takes a line itself, and sends the reader away for two.
A_FEW_MORE = 2

# Statements that get a second row for their words.
MOST_TELLING = 6

# Tiers by which an act without a known party falls behind: "an attack" behind "talks of A and B".
PARTLESS = 3

# A group headed by more voices than this names none of them.
MOST_VOICES = 2


@dataclass(frozen=True, slots=True)
class Told[T]:
    """One record of a brief, with the places where the same is said again."""

    record: T
    again: tuple[Span, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Chosen[T]:
    """The records of a section under their headings, how many more there are, and which tell most."""

    groups: tuple[tuple[str, tuple[Told[T], ...]], ...] = ()
    left_out: int = 0
    telling: frozenset[str] = frozenset()


type Again = Mapping[str, Sequence[Span]]


def _or_all(limit: int | None, count: int) -> int | None:
    """Return the limit, or none where only a few more lines would show everything."""
    return None if limit is not None and count <= limit + A_FEW_MORE else limit


def statements(reading: Reading, names: Names, limit: int | None) -> Chosen[Statement]:
    """Choose who said what: grouped by speaker, nested ones under the one that holds them."""
    kept, again = _folded_statements(reading)
    weight = _weights(reading, kept)
    ranked = sorted(kept, key=lambda s: (-weight[s.id], s.content[0]))
    chosen = {statement.id for statement in ranked[:limit]}
    shown = [statement for statement in kept if statement.id in chosen]
    inner: dict[str | None, list[Statement]] = {}
    for statement in shown:
        inner.setdefault(statement.within if statement.within in chosen else None, []).append(statement)
    groups: dict[str, list[Told[Statement]]] = {}
    headings: dict[str, str] = {}
    for root in inner.get(None, ()):
        source = _source(root, names)
        # "We" at the start of a sentence and "we" inside one are the same unknown
        heading = headings.setdefault(source.casefold(), source)
        groups.setdefault(heading, []).extend(_nested(root, inner, again))
    order = sorted(groups, key=lambda name: -sum(weight[told.record.id] for told in groups[name]))
    return Chosen(
        tuple((name, tuple(groups[name])) for name in order),
        len(kept) - len(shown),
        frozenset(statement.id for statement in ranked[:MOST_TELLING]),
    )


def _source(statement: Statement, names: Names) -> str:
    actor = statement.speaker.actor
    if actor and not statement.speaker.actors:
        return names.titled(actor)
    name = names.speaker(statement)
    return f"{name} (not resolved)" if name.startswith("“") else name


def _nested(
    root: Statement, inner: Mapping[str | None, Sequence[Statement]], again: Again, depth: int = 0
) -> Iterator[Told[Statement]]:
    yield Told(root, tuple(again.get(root.id, ())), depth)
    for statement in inner.get(root.id, ()):
        yield from _nested(statement, inner, again, depth + 1)


def _weights(reading: Reading, candidates: Sequence[Statement]) -> dict[str, int]:
    """Rank statements by what hangs on them: positions, acts, denials, a known source, an early place."""
    held = Counter(position.statement for position in reading.positions)
    told = Counter(event.reported_by for event in reading.events)
    early = len(reading.article.text) // 5
    return {
        s.id: 3 * min(held[s.id], 2)
        + min(told[s.id], 3)
        + 3 * s.negated
        + 2 * (s.kind != "indirect")
        + 4 * bool(s.speaker.actor or s.speaker.actors)
        + (s.addressee is not None)
        + (s.content[0][0] <= early)
        - 2 * (s.within is not None)
        - 6 * (len(reading.words(s.content[0]).split()) < FEWEST_TELLING_WORDS)
        for s in candidates
    }


def _folded_statements(reading: Reading) -> tuple[list[Statement], Again]:
    """Fold a statement into a longer one of the same speaker that says the same."""
    holders = {statement.within for statement in reading.statements}
    passages = {
        s.id: Passage(" ".join(reading.words(span) for span in s.content)) for s in reading.statements
    }
    by_speaker: dict[tuple[str | None, bool], list[Statement]] = {}
    for statement in reading.statements:
        by_speaker.setdefault((statement.speaker.actor, statement.negated), []).append(statement)
    kept: list[Statement] = []
    again: dict[str, list[Span]] = {}
    for short in reading.statements:
        alone = short.speaker.actor is None or short.id in holders or short.within is not None
        rivals = [] if alone else by_speaker[short.speaker.actor, short.negated]
        better = _better(short, rivals, passages)
        if better is None:
            kept.append(short)
        else:
            again.setdefault(better.id, []).append(short.content[0])
    return kept, again


def _better(
    short: Statement, rivals: Sequence[Statement], passages: Mapping[str, Passage]
) -> Statement | None:
    mine = passages[short.id]
    for rival in rivals:
        other = passages[rival.id]
        if len(other.bag) > len(mine.bag) and mine.within(other):
            return rival
    return None


def events(reading: Reading, section: str, limit: int | None) -> Chosen[Event]:
    """Choose the acts of one section (happened, open, denied): graver acts first, then as the text goes."""
    words = wording()
    order = list(words.status)
    found = [e for e in reading.events if words.section[e.status] == section and not _is_position(e, reading)]
    names = Names(reading)

    def rank(event: Event) -> tuple[int, Span]:
        known = names.known((*event.actor, *event.recipient))
        return words.act_tier[event.act] + (0 if known else PARTLESS), event.anchor

    found.sort(key=rank)
    kept = found[: _or_all(limit, len(found))]
    if section != "happened":
        kept.sort(key=lambda event: order.index(event.status))
    return Chosen((("", tuple(Told(event) for event in kept)),) if kept else (), len(found) - len(kept))


def _is_position(event: Event, reading: Reading) -> bool:
    """Say whether an act of words alone stands among the positions, and has no day or place of its own."""
    acts = wording().said_by_position.get(event.act, ())
    if not acts or event.time or event.place or event.condition:
        return False
    start, end = phrase(reading, event.anchor)
    return any(
        position.act in acts and position.issue[0] < end and start < position.issue[1]
        for position in reading.positions
    )


def positions(reading: Reading, names: Names, limit: int | None) -> Chosen[Position]:
    """Choose what parties hold, by holder; within one, what is ruled out before what is offered."""
    folded, again = _folded_positions(reading)
    order = list(wording().position)
    ranked = sorted(folded, key=lambda p: (not names.resolved(p.holder), order.index(p.act), p.issue))
    groups: dict[str, list[Position]] = {}
    for position in ranked[:limit]:
        groups.setdefault(position.holder, []).append(position)
    holders = sorted(groups, key=lambda holder: (-len(groups[holder]), min(p.issue for p in groups[holder])))
    return Chosen(
        tuple(
            (
                _held_by(names, holder, groups[holder]),
                tuple(Told(position, tuple(again.get(position.id, ()))) for position in groups[holder]),
            )
            for holder in holders
        ),
        len(folded) - len(ranked[:limit]),
    )


def _held_by(names: Names, holder: str, held: Sequence[Position]) -> str:
    """Head a group with the party bound and with whoever speaks for it."""
    own = names.of(holder)
    voices = dict.fromkeys(voice for position in held for voice in names.voices(position.statement))
    others = [voice for voice in voices if voice not in {own, UNKNOWN}]
    return f"{own} (in the words of {names.several(others)})" if 0 < len(others) <= MOST_VOICES else own


def _folded_positions(reading: Reading) -> tuple[list[Position], Again]:
    """Fold positions of one holder that differ in nothing but the wording's length."""
    kept: dict[tuple[str, str | None, str, Span | None], list[tuple[Position, Passage]]] = {}
    again: dict[str, list[Span]] = {}
    for position in sorted(reading.positions, key=lambda p: p.issue):
        passage = Passage(reading.words(position.issue))
        rivals = kept.setdefault((position.holder, position.toward, position.act, position.condition), [])
        same = next((p for p, other in rivals if passage.within(other) or other.within(passage)), None)
        if same is None:
            rivals.append((position, passage))
        else:
            again.setdefault(same.id, []).append(position.issue)
    return [position for rivals in kept.values() for position, _ in rivals], again


def figures(reading: Reading, limit: int | None) -> Chosen[Figure]:
    """Choose forces and figures: troops and losses before money, money before counts of other things."""
    order = list(wording().figure)
    ranked = sorted(reading.figures, key=lambda f: (order.index(f.kind), f.span))
    kept = ranked[: _or_all(limit, len(ranked))]
    return Chosen((("", tuple(Told(figure) for figure in kept)),) if kept else (), len(ranked) - len(kept))

"""With whom an actor has to do: as a matrix of counterparts and families, and as a drawing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chancery.knowledge.finding import find_actor
from chancery.ledger.queries.who import Dealing
from chancery.render.names import shown_name
from chancery.server import charts
from chancery.server.graphs import laid_out
from chancery.server.links import actor_url, pair_url
from chancery.situation.between import FAMILIES, OTHER, family_of

__all__ = ["drawn", "matrix", "most"]

WAYS = ((True, "toward"), (False, "from"))

# Edges between others in a drawing: more make a ball of wool.
BETWEEN_OTHERS = 26
HALF = 0.5

type Row = dict[str, Any]
type Pair = tuple[str, str]


def matrix(dealings: Iterable[Dealing], names: Mapping[str, str]) -> list[Row]:
    """Count by counterpart: what goes out to each and what comes from it, by family, real or not.

    Args:
        dealings: of one party.
        names: of the others, where the ledger knows them; states and bodies have theirs from the tables.
    """
    found: dict[str, Counter[tuple[bool, str, bool]]] = defaultdict(Counter)
    for one in dealings:
        found[one.other][one.outward, family_of(one.act), one.real] += one.events
    rows = [_row(other, counts, names.get(other)) for other, counts in found.items()]
    return sorted(rows, key=lambda row: (-row["events"], row["other"]))


def _row(other: str, counts: Counter[tuple[bool, str, bool]], name: str | None) -> Row:
    known = find_actor(other)
    own = known[1] if known and known[0] == other else name or other
    row: Row = {"other": other, "name": shown_name(other, own, None), "events": counts.total()}
    for outward, way in WAYS:
        for family in (*FAMILIES, OTHER):
            row[f"{way} {family}"] = counts[outward, family, True]
            row[f"{way} {family} unreal"] = counts[outward, family, False]
    return row


def most(rows: Iterable[Row]) -> int:
    """Return the largest number of a matrix."""
    return max((row[f"{way} {family}"] for row in rows for _, way in WAYS for family in FAMILIES), default=1)


def drawn(about: tuple[str, str], rows: Sequence[Row], told: Mapping[Pair, int]) -> charts.Spec | None:
    """Draw an actor among those it has most to do with, and what these have to do with each other.

    Args:
        about: id and name of the actor.
        rows: of its matrix, those to draw.
        told: who acts toward whom how often, for all.
    """
    if not rows:
        return None
    actor, name = about
    names = {actor: name} | {row["other"]: row["name"] for row in rows}
    own: dict[Pair, tuple[int, float | None]] = {
        (actor, row["other"]): (row["events"], _conflict(row)) for row in rows
    }
    ties = own | _others([one for one in names if one != actor], told)
    at = laid_out(list(names), {pair: float(events) for pair, (events, _) in ties.items()})
    nodes = [_node(one, names, at[one], middle=one == actor) for one in names]
    edges = [_edge(pair, tie, names, (at[pair[0]], at[pair[1]])) for pair, tie in ties.items()]
    return charts.graph(nodes, edges)


def _node(one: str, names: Mapping[str, str], at: tuple[float, float], *, middle: bool) -> Row:
    return {
        "name": names[one],
        "x": at[0],
        "y": at[1],
        "middle": middle,
        "url": actor_url(one),
        "says": names[one],
    }


def _edge(
    pair: Pair,
    tie: tuple[int, float | None],
    names: Mapping[str, str],
    ends: tuple[tuple[float, float], tuple[float, float]],
) -> Row:
    events, share = tie
    (x, y), (x2, y2) = ends
    kind, more = "not counted", ""
    if share is not None:
        kind = "conflict" if share > HALF else "cooperation"
        more = f", {share:.0%} of the real ones conflict"
    known = all(find_actor(one) for one in pair)
    return {
        "x": x,
        "y": y,
        "x2": x2,
        "y2": y2,
        "n": events,
        "kind": kind,
        "says": f"{names[pair[0]]} and {names[pair[1]]}\n{events:,} events told{more}",
        "url": pair_url(*pair) if known else actor_url(pair[1]),
    }


def _conflict(row: Row) -> float:
    counts = {family: int(row[f"toward {family}"]) + int(row[f"from {family}"]) for family in FAMILIES}
    hard = sum(count for family, count in counts.items() if "conflict" in family)
    return hard / (sum(counts.values()) or 1)


def _others(among: Sequence[str], told: Mapping[Pair, int]) -> dict[Pair, tuple[int, float | None]]:
    ties = {
        (one, other): told.get((one, other), 0) + told.get((other, one), 0)
        for at, one in enumerate(among)
        for other in among[at + 1 :]
    }
    strongest = sorted(((n, pair) for pair, n in ties.items() if n), reverse=True)[:BETWEEN_OTHERS]
    return {pair: (n, None) for n, pair in strongest}

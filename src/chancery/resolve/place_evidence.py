"""What speaks for each place that a name can stand for, weighed in one unit.

The unit is the decimal logarithm of people: a reading ten times as populous is
worth one point, and so is any evidence with the weight 1. The prior says what
news means by a name when nothing else is known; the rest is what the report
puts beside the name.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chancery.extract.place_words import place_words
from chancery.extract.tree import tree_of
from chancery.knowledge.gazetteer import Gazetteer, GazetteerRow
from chancery.resolve.setting import Setting

__all__ = ["BIG", "STATES", "Context", "Name", "apart", "holds_row", "judged", "priors_of"]

STATES = frozenset({"PCLI", "PCLH", "TERR"})
WHOLE = frozenset({"PCLI", "CONT", "OCN"})
# What news names over and above its size, in decades of people. States and
# continents come before any town; capitals and dependencies far before others.
WHOLE_PRIOR = 10.0
LIFT = {"PPLC": 2.0, "TERR": 2.2, "ADM1": -0.3, "ADM2": -1.3, "PCLH": 6.0}
# A hand-made row is in the table because international news names it.
BY_HAND = 6.5
# Of a city and the division around it the bare name means the city: Murmansk, Geneva.
NAMED_AFTER_TOWN = -0.7
# Another spelling, an old name, a name in another language.
OTHER_NAME = -1.5
BIG = 100_000
# What the report adds, in the same unit. Swept one after the other on GeoVirus,
# GeoWebNews and LGL: the optimum is flat, half or twice any value costs less
# than one point of accuracy within 161 km.
SAME_COUNTRY = 3.5
SAME_DIVISION = 0.75
SISTERS = 4.0
NEAR = 1.0
KIND = 1.5
INSIDE = 6.0
LOOSELY_INSIDE = 2.5
HOLDS = 4.0
NEAR_KM = 200.0
# A name whose first reading leads by this much speaks for its country before the rest is known.
CERTAIN = 1.5
# A choice is evidence for others from this score on, which no ambiguous one has.
SETTLED = 0.6
# A mention this many words away says half as much about the country as one beside it.
REACH = 40
# The share of a report that one distant mention may not outweigh.
DOUBT = 0.25


@dataclass(slots=True)
class Name:
    """Every mention of one name in the report, and what it can stand for."""

    key: str
    rows: tuple[GazetteerRow, ...]
    preset: str = ""
    rule: str = ""
    at: list[int] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    inside: dict[str, bool] = field(default_factory=dict)
    listed: bool = False
    mates: set[str] = field(default_factory=set)
    holds: set[str] = field(default_factory=set)
    priors: list[float] = field(default_factory=list)
    row: GazetteerRow | None = None
    score: float = 0.0


class Context:
    """What the report says, outside a name, about where the name lies."""

    def __init__(self, setting: Setting, names: dict[str, Name], gazetteer: Gazetteer) -> None:
        self.names = names
        self.certain = {key: name.rows[0] for key, name in names.items() if name.rows and _certain(name)}
        peoples = [
            ("", start, country)
            for start, end, label in tree_of(setting.doc).entities
            if label == "NORP" and (country := gazetteer.demonym(setting.doc[start:end].text))
        ]
        self.said: list[tuple[str, int, str]] = peoples + self._said()
        self.divisions = Counter(
            row.country
            for name in names.values()
            for row in name.rows[:2]
            if row.feature == "ADM1" and row.main
        )

    def settle(self) -> None:
        """Take the choices made so far, where they are no close calls, as certain."""
        self.certain = {
            key: name.row for key, name in self.names.items() if name.row and name.score >= SETTLED
        }
        self.said = [one for one in self.said if not one[0]] + self._said()

    def _said(self) -> list[tuple[str, int, str]]:
        return [
            (key, at, row.country)
            for key, row in self.certain.items()
            if row.country
            for at in self.names[key].at
        ]

    def countries(self, name: Name) -> dict[str, float]:
        """Return the share of each state in what the report names around a name, near ones counting more."""
        weights: dict[str, float] = defaultdict(float)
        for key, at, country in self.said:
            if key != name.key:
                weights[country] += REACH / (REACH + _away(at, name.at))
        whole = sum(weights.values()) + DOUBT
        return {country: weight / whole for country, weight in weights.items()}

    def others(self, name: Name) -> list[GazetteerRow]:
        """Return the rows of the report's other certain names."""
        return [row for key, row in self.certain.items() if key != name.key]


def _away(at: int, places: Sequence[int]) -> int:
    """Return the distance from a token to the nearest of several, which are in order."""
    after = bisect_left(places, at)
    return min(abs(at - here) for here in places[max(after - 1, 0) : after + 1])


def _certain(name: Name) -> bool:
    """Tell whether a name has one likely reading before anything else is known."""
    return len(name.rows) == 1 or name.priors[0] - max(name.priors[1:]) > CERTAIN


def judged(name: Name, context: Context) -> list[tuple[float, dict[str, float], GazetteerRow]]:
    """Return the readings, best first, each with its total and what speaks for it."""
    countries, others = context.countries(name), context.others(name)
    readings = []
    for prior, row in zip(name.priors, name.rows, strict=True):
        found = {
            "containment": _inside(row, name, context),
            "holds what it is named with": _holding(row, name, context),
            "kind": _kind(row, name.kinds),
            "country of the report": SAME_COUNTRY * countries.get(row.country or "", 0.0),
            "beside its sisters": _sisters(row, name, context),
            "division of the report": _division(row, others),
            "near others": _near(row, others),
        }
        readings.append((prior + sum(found.values()), found, row))
    readings.sort(key=lambda one: (-one[0], one[2].number))
    return readings


def _inside(row: GazetteerRow, name: Name, context: Context) -> float:
    return max(
        (
            (INSIDE if comma else LOOSELY_INSIDE) * holds_row(outer, row)
            for key, comma in name.inside.items()
            for outer in context.names[key].rows[:3]
        ),
        default=0.0,
    )


def _holding(row: GazetteerRow, name: Name, context: Context) -> float:
    """Weigh a reading that holds a likely reading of the name before the comma: Atlanta, Georgia."""
    return max(
        (
            HOLDS * holds_row(row, inner)
            for key in name.holds
            for prior, inner in zip(context.names[key].priors, context.names[key].rows, strict=True)
            if prior > context.names[key].priors[0] - CERTAIN
        ),
        default=0.0,
    )


def holds_row(outer: GazetteerRow, inner: GazetteerRow) -> float:
    """Return how far one row holds the other: wholly, for all we know, or not."""
    if outer.country != inner.country or outer.number == inner.number or inner.feature in STATES:
        return 0.0
    if outer.feature in STATES or (outer.feature == "ADM1" and inner.admin1 == outer.name):
        return 1.0
    if outer.feature == "ADM1" and inner.admin1:
        return 0.0
    return 0.9 if apart(outer, inner) < NEAR_KM else 0.0


def _kind(row: GazetteerRow, kinds: set[str]) -> float:
    features = place_words().features
    return KIND if any(row.feature in features[kind] for kind in kinds) else 0.0


def _sisters(row: GazetteerRow, name: Name, context: Context) -> float:
    """Weigh a reading of the kind of those it is listed with, or a division whose sisters are named."""
    if name.mates:
        alike = sum(_alike(row, context.names[key].rows[:2]) for key in name.mates)
        return SISTERS * alike / (1 + alike)
    if row.feature != "ADM1" or not row.main:
        return 0.0
    sisters = max(0, context.divisions[row.country] - 1)
    return SISTERS / 4 * sisters / (1 + sisters)


def _alike(row: GazetteerRow, others: Sequence[GazetteerRow]) -> bool:
    """Tell whether a row is a state among states, or a division among divisions of its state."""
    if row.feature == "PCLI":
        return bool(others) and others[0].feature == "PCLI"
    return row.feature == "ADM1" and any(
        other.feature == "ADM1" and other.main and other.country == row.country for other in others
    )


def _division(row: GazetteerRow, others: Iterable[GazetteerRow]) -> float:
    if row.feature == "ADM1":
        same = any(other.admin1 == row.name and other.country == row.country for other in others)
    else:
        same = row.admin1 is not None and any(
            other.feature == "ADM1" and other.name == row.admin1 and other.country == row.country
            for other in others
        )
    return SAME_DIVISION if same else 0.0


def _near(row: GazetteerRow, others: Iterable[GazetteerRow]) -> float:
    if row.feature in WHOLE:
        return 0.0
    near = any(other.feature not in WHOLE and apart(row, other) < NEAR_KM for other in others)
    return NEAR if near else 0.0


def priors_of(rows: Sequence[GazetteerRow]) -> list[float]:
    """Weigh the readings of one name before anything is known of the report."""
    towns = {
        (row.country, row.admin1) for row in rows if row.feature.startswith("PPL") and row.population > BIG
    }
    return [
        _prior(row)
        + (NAMED_AFTER_TOWN if row.feature == "ADM1" and (row.country, row.name) in towns else 0.0)
        for row in rows
    ]


def _prior(row: GazetteerRow) -> float:
    if row.feature in WHOLE:
        return WHOLE_PRIOR
    people = math.log10(10 + row.population)
    if row.origin == "chancery":
        return max(BY_HAND if row.feature != "ADM2" else BY_HAND - 0.6, people)
    return people + LIFT.get(row.feature, 0.0) if row.main else people + OTHER_NAME


def apart(one: GazetteerRow, two: GazetteerRow) -> float:
    """Return kilometres between two rows, on a sphere flattened where they are."""
    north = one.latitude - two.latitude
    east = abs(one.longitude - two.longitude)
    east = min(east, 360 - east) * math.cos(math.radians((one.latitude + two.latitude) / 2))
    return 111.2 * math.hypot(north, east)

"""Place names -> gazetteer rows.

A name can stand for many places. What is said beside it ("Paris, Texas"), what
else the report names (states, peoples, provinces, neighbours) and how often
the world speaks of each candidate decide, all in one unit, the decimal
logarithm of people: a candidate ten times as populous is worth one point.
One name means one place throughout a report.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chancery.extract.places import PlaceMention, place_words
from chancery.extract.syntax import characters
from chancery.knowledge.gazetteer import Gazetteer, GazetteerRow, fold
from chancery.records import Place
from chancery.resolve.setting import Setting

__all__ = ["resolve_places"]

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
# Two readings closer than this are one answer to anybody who looks at a map.
SAME_SPOT_KM = 100.0
# Under this margin to a reading elsewhere, the choice is called ambiguous.
MARGIN = 0.6
# A name whose first reading leads by this much speaks for its country before the rest is known.
CERTAIN = 1.5
# A choice is evidence for others from this score on, which no ambiguous one has.
SETTLED = 0.6
# A mention this many words away says half as much about the country as one beside it.
REACH = 40
# The share of a report that one distant mention may not outweigh.
DOUBT = 0.25


@dataclass(slots=True)
class _Name:
    """Every mention of one name in the report, and what it can stand for."""

    key: str
    rows: tuple[GazetteerRow, ...]
    preset: str = ""
    rule: str = ""
    at: list[int] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    inside: dict[str, bool] = field(default_factory=dict)
    listed: bool = False
    holds: set[str] = field(default_factory=set)
    priors: list[float] = field(default_factory=list)
    row: GazetteerRow | None = None
    score: float = 0.0


def resolve_places(
    setting: Setting, mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Choose the gazetteer row that each place name stands for.

    A name that the gazetteer lacks takes the coordinates of the place that the
    report puts it in ("the camp in Al-Fashir"), as its rule says, or none.
    """
    keys = [fold(mention.text) for mention in mentions]
    names = _names(mentions, keys, gazetteer)
    context = _Context(setting, names, gazetteer)
    for name in names.values():
        _choose(name, context)
    # what the first round settled is evidence in the second
    context.settle()
    for name in names.values():
        if len(name.rows) > 1:
            _choose(name, context)
    for name in names.values():
        _borrow(name, names)
    return tuple(
        _place(setting, at, mention, names[key])
        for at, (mention, key) in enumerate(zip(mentions, keys, strict=True))
    )


def _names(mentions: Sequence[PlaceMention], keys: list[str], gazetteer: Gazetteer) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if key not in names:
            rows, rule = _candidates(mention.text, gazetteer)
            names[key] = _Name(key, rows, preset=rule, priors=_priors(rows))
        name = names[key]
        name.at.append(mention.tokens[0])
        name.listed |= mention.listed
        if mention.kind:
            name.kinds.add(mention.kind)
    for mention, key in zip(mentions, keys, strict=True):
        if mention.inside is not None and _may_hold(names[key], names[keys[mention.inside]], mention):
            outer = keys[mention.inside]
            names[key].inside[outer] = mention.comma or names[key].inside.get(outer, False)
            names[outer].holds.add(key)
    return names


def _may_hold(inner: _Name, outer: _Name, mention: PlaceMention) -> bool:
    """Tell whether a comma can mean "in" here: not between two states, nor between the members of a list."""
    if not outer.rows or inner.key == outer.key:
        return False
    if outer.rows[0].feature.startswith("PPL") and inner.rows and _stands(inner):
        return False
    levels = ({"PCLI"}, {"ADM1"}) if mention.listed else ({"PCLI"},)
    return not any(
        outer.rows[0].feature in level and any(row.feature in level for row in inner.rows[:3])
        for level in levels
    )


def _stands(name: _Name) -> bool:
    """Tell whether a name needs no town to hold it: states, divisions, cities of some size."""
    row = name.rows[0]
    return row.feature in STATES | {"PPLC", "ADM1"} or row.population > BIG


def _candidates(text: str, gazetteer: Gazetteer) -> tuple[tuple[GazetteerRow, ...], str]:
    """Look a name up; failing that, the name less what says its kind or which part of it is meant."""
    rows = gazetteer.lookup(text)
    if rows:
        return rows, ""
    words, lists = text.split(), place_words()
    if len(words) < 2:
        return (), ""
    if words[0].lower() in lists.directions:
        return gazetteer.lookup(" ".join(words[1:])), "part of"
    if kind := lists.kinds.get(words[-1].lower()):
        rows = gazetteer.lookup(" ".join(words[:-1]))
        return tuple(row for row in rows if row.feature in lists.features[kind]) or rows, ""
    if words[-1] in lists.streets:
        return (), ""
    for length in range(len(words) - 1, 0, -1):
        # Seoul City Hall is in Seoul; a hamlet called Holy says nothing of Holy Redeemer Church
        rows = tuple(row for row in gazetteer.lookup(" ".join(words[:length])) if row.population > BIG)
        if rows:
            return rows, "named after"
    return (), ""


BIG = 100_000


def _priors(rows: Sequence[GazetteerRow]) -> list[float]:
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


class _Context:
    """What the report says, outside a name, about where the name lies."""

    def __init__(self, setting: Setting, names: dict[str, _Name], gazetteer: Gazetteer) -> None:
        self.names = names
        self.certain = {key: name.rows[0] for key, name in names.items() if name.rows and _certain(name)}
        peoples = [
            ("", ent.start, country)
            for ent in setting.doc.ents
            if ent.label_ == "NORP" and (country := gazetteer.demonym(ent.text))
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

    def countries(self, name: _Name) -> dict[str, float]:
        """Return the share of each state in what the report names around a name, near ones counting more."""
        weights: dict[str, float] = defaultdict(float)
        for key, at, country in self.said:
            if key != name.key:
                weights[country] += max(REACH / (REACH + abs(at - here)) for here in name.at)
        whole = sum(weights.values()) + DOUBT
        return {country: weight / whole for country, weight in weights.items()}

    def others(self, name: _Name) -> list[GazetteerRow]:
        """Return the rows of the report's other certain names."""
        return [row for key, row in self.certain.items() if key != name.key]


def _certain(name: _Name) -> bool:
    """Tell whether a name has one likely reading before anything else is known."""
    return len(name.rows) == 1 or name.priors[0] - max(name.priors[1:]) > CERTAIN


def _choose(name: _Name, context: _Context) -> None:
    if not name.rows:
        return
    if len(name.rows) == 1:
        name.row, name.score = name.rows[0], 0.95 if name.rows[0].main else 0.8
        name.rule = name.preset or "only reading"
        name.score = min(name.score, SURE.get(name.preset, 1.0))
        return
    judged = _judged(name, context)
    total, evidence, name.row = judged[0]
    elsewhere = [sum_ for sum_, _, row in judged[1:] if _apart(row, name.row) > SAME_SPOT_KM]
    margin = total - max(elsewhere, default=-math.inf)
    why = max(evidence, key=lambda rule: evidence[rule], default="")
    name.rule = name.preset or (why if evidence.get(why, 0) > 0 else _by_nature(name.row))
    name.score = round(min(0.95, SURE.get(name.preset, 1.0), 0.5 + 0.15 * margin), 2)
    if margin < MARGIN:
        name.rule, name.score = f"ambiguous, {name.rule}", round(0.25 + 0.25 * margin, 2)


def _judged(name: _Name, context: _Context) -> list[tuple[float, dict[str, float], GazetteerRow]]:
    """Return the readings, best first, each with its total and what speaks for it."""
    countries, others = context.countries(name), context.others(name)
    judged = []
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
        judged.append((prior + sum(found.values()), found, row))
    judged.sort(key=lambda one: (-one[0], one[2].number))
    return judged


def _by_nature(row: GazetteerRow) -> str:
    return {"PCLI": "state", "PPLC": "capital"}.get(row.feature, "best known")


def _inside(row: GazetteerRow, name: _Name, context: _Context) -> float:
    return max(
        (
            (INSIDE if comma else LOOSELY_INSIDE) * _holds(outer, row)
            for key, comma in name.inside.items()
            for outer in context.names[key].rows[:3]
        ),
        default=0.0,
    )


def _holding(row: GazetteerRow, name: _Name, context: _Context) -> float:
    """Weigh a reading that holds a likely reading of the name before the comma: Atlanta, Georgia."""
    return max(
        (
            HOLDS * _holds(row, inner)
            for key in name.holds
            for prior, inner in zip(context.names[key].priors, context.names[key].rows, strict=True)
            if prior > context.names[key].priors[0] - CERTAIN
        ),
        default=0.0,
    )


def _holds(outer: GazetteerRow, inner: GazetteerRow) -> float:
    """Return how far one row holds the other: wholly, for all we know, or not."""
    if outer.country != inner.country or outer.number == inner.number or inner.feature in STATES:
        return 0.0
    if outer.feature in STATES or (outer.feature == "ADM1" and inner.admin1 == outer.name):
        return 1.0
    if outer.feature == "ADM1" and inner.admin1:
        return 0.0
    return 0.9 if _apart(outer, inner) < NEAR_KM else 0.0


def _kind(row: GazetteerRow, kinds: set[str]) -> float:
    features = place_words().features
    return KIND if any(row.feature in features[kind] for kind in kinds) else 0.0


def _sisters(row: GazetteerRow, name: _Name, context: _Context) -> float:
    """Weigh a division among other divisions of its state, most of all in one list with them."""
    if row.feature != "ADM1" or not row.main:
        return 0.0
    sisters = context.divisions[row.country] - 1
    return SISTERS * (1.0 if name.listed else 0.5) * sisters / (1 + sisters) if sisters > 0 else 0.0


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
    near = any(other.feature not in WHOLE and _apart(row, other) < NEAR_KM for other in others)
    return NEAR if near else 0.0


def _borrow(name: _Name, names: dict[str, _Name]) -> None:
    """Place what is unknown, or known only elsewhere, in what the report puts it in."""
    for key, comma in name.inside.items():
        outer = names[key].row
        unknown = name.row is None
        elsewhere = comma and name.row and outer and not _holds(outer, name.row) and not _stands(name)
        if outer is None or not (unknown or (elsewhere and outer.feature == "ADM1" and not name.listed)):
            continue
        name.row, name.rule, name.score = outer, "inside", 0.5
        return
    if name.row is None:
        name.rule, name.score = "not in the gazetteer", 0.3


def _apart(one: GazetteerRow, two: GazetteerRow) -> float:
    """Return kilometres between two rows, on a sphere flattened where they are."""
    north = one.latitude - two.latitude
    east = abs(one.longitude - two.longitude)
    east = min(east, 360 - east) * math.cos(math.radians((one.latitude + two.latitude) / 2))
    return 111.2 * math.hypot(north, east)


# What is only near its row is never a sure answer.
SURE = {"part of": 0.8, "named after": 0.5}
# Rules whose row is not the place itself but where it lies.
BORROWED = frozenset({"inside", "part of", "named after"})


def _place(setting: Setting, at: int, mention: PlaceMention, name: _Name) -> Place:
    span, row = characters(setting.doc, mention.tokens), name.row
    rule = name.rule if row is None else f"{row.origin} {row.geonameid or row.number}: {name.rule}"
    method = setting.maker.method(rule)
    if row is None:
        return Place(
            id=f"l{at + 1}",
            span=span,
            name=mention.text,
            latitude=None,
            longitude=None,
            country=None,
            feature=None,
            geonameid=None,
            method=method,
            score=name.score,
        )
    own = name.rule.removeprefix("ambiguous, ") not in BORROWED
    known = own and (row.origin in {"countries", "chancery"} or row.feature == "PPLC")
    return Place(
        id=f"l{at + 1}",
        span=span,
        name=row.name if known else mention.text,
        latitude=row.latitude,
        longitude=row.longitude,
        country=row.country,
        admin1=row.admin1,
        feature=row.feature if own else None,
        geonameid=row.geonameid if own else None,
        method=method,
        score=name.score,
    )

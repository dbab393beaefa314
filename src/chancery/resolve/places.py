"""Place names -> gazetteer rows.

A name can stand for many places. What is said beside it ("Paris, Texas"), what
else the report names (states, peoples, provinces, neighbours) and how often
the world speaks of each candidate decide, in that order of strength, all in
one unit: the decimal logarithm of people. One name means one place throughout
a report.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from chancery.extract.places import PlaceMention, place_words
from chancery.extract.syntax import characters
from chancery.knowledge.gazetteer import Gazetteer, GazetteerRow, fold
from chancery.records import Place
from chancery.resolve.setting import Setting

__all__ = ["resolve_places"]

# Priors in decades of people: what news names over and above its size.
LIFT = {
    "PCLI": 9.0,
    "CONT": 9.0,
    "OCN": 9.0,
    "PPLC": 2.0,
    "ADM1": -0.3,
    "ADM2": -1.3,
    "TERR": 1.5,
    "PCLH": 6.0,
}
# A hand-made row is in the table because international news names it.
BY_HAND = 6.5
OTHER_NAME = -1.0

# What the report adds, in the same unit; swept on GeoVirus and the dev reports.
SAME_COUNTRY = 2.5
SAME_DIVISION = 1.5
SISTER = 1.2
NEAR = 1.0
KIND = 1.5
INSIDE = 6.0

NEAR_KM = 200.0
# Two readings closer than this are one answer to anybody who looks at a map.
SAME_SPOT_KM = 100.0
# Under this margin to a reading elsewhere, the choice is called ambiguous.
MARGIN = 0.6
# A mention this many words away says half as much about the country as one beside it.
REACH = 40


@dataclass(slots=True)
class _Name:
    """Every mention of one name in the report, and what it can stand for."""

    mentions: list[int]
    rows: tuple[GazetteerRow, ...]
    rule: str = ""
    kinds: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    row: GazetteerRow | None = None
    score: float = 0.0


def resolve_places(
    setting: Setting, mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Choose the gazetteer row that each place name stands for."""
    names = _names(mentions, gazetteer)
    context = _Context(setting, mentions, names, gazetteer)
    for name in names.values():
        _choose(name, context)
    return tuple(
        _place(setting, at, mention, names[fold(mention.text)]) for at, mention in enumerate(mentions)
    )


def _names(mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for at, mention in enumerate(mentions):
        key = fold(mention.text)
        if key not in names:
            rows, rule = _candidates(mention.text, gazetteer)
            names[key] = _Name([], rows, rule)
        name = names[key]
        name.mentions.append(at)
        if mention.kind:
            name.kinds.add(mention.kind)
        if mention.inside is not None:
            name.around.add(fold(mentions[mention.inside].text))
    return names


def _candidates(text: str, gazetteer: Gazetteer) -> tuple[tuple[GazetteerRow, ...], str]:
    """Look a name up; failing that, the name less what says its kind or which part of it is meant."""
    rows = gazetteer.lookup(text)
    if rows:
        return rows, ""
    words, lists = text.split(), place_words()
    if len(words) > 1 and words[0].lower() in lists.directions:
        rows = gazetteer.lookup(" ".join(words[1:]))
        return rows, "part of"
    if len(words) > 1 and words[-1].lower() in lists.kinds:
        kind = lists.features[lists.kinds[words[-1].lower()]]
        rows = gazetteer.lookup(" ".join(words[:-1]))
        return tuple(row for row in rows if row.feature in kind) or rows, ""
    return (), ""


class _Context:
    """What the rest of the report says about where its names lie."""

    def __init__(
        self,
        setting: Setting,
        mentions: Sequence[PlaceMention],
        names: dict[str, _Name],
        gazetteer: Gazetteer,
    ) -> None:
        self.names = names
        self.mentions = mentions
        self.anchors: list[tuple[str, int, GazetteerRow]] = [
            (key, mentions[at].tokens[0], name.rows[0])
            for key, name in names.items()
            if name.rows and _certain(name)
            for at in name.mentions
        ]
        self.peoples: list[tuple[int, str]] = [
            (ent.start, country)
            for ent in setting.doc.ents
            if ent.label_ == "NORP" and (country := gazetteer.demonym(ent.text))
        ]

    def countries(self, key: str, name: _Name) -> dict[str, float]:
        """Return the share of each state in what the report names around a name."""
        here = [self.mentions[at].tokens[0] for at in name.mentions]
        weights: Counter[str] = Counter()
        for other, at, row in self.anchors:
            if other != key and row.country:
                weights[row.country] += _closeness(here, at)  # type: ignore[assignment]
        for at, country in self.peoples:
            weights[country] += _closeness(here, at)  # type: ignore[assignment]
        whole = sum(weights.values()) + 0.25  # one distant mention is no context
        return {country: weight / whole for country, weight in weights.items()}

    def others(self, key: str) -> list[GazetteerRow]:
        """Return the rows of the report's other certain names."""
        return list({row.number: row for other, _, row in self.anchors if other != key}.values())


def _closeness(here: Sequence[int], there: int) -> float:
    return max(1 / (1 + abs(there - at) / REACH) for at in here)


def _certain(name: _Name) -> bool:
    """Tell whether a name has one likely reading before anything else is known."""
    best = name.rows[0]
    if len(name.rows) == 1:
        return True
    second = max(_prior(row) for row in name.rows[1:])
    return _prior(best) - second > 2.0


def _prior(row: GazetteerRow) -> float:
    if row.feature in {"PCLI", "CONT", "OCN", "PCLH"}:
        prior = LIFT[row.feature]
    elif row.origin == "chancery":
        prior = max(BY_HAND, math.log10(10 + row.population))
    else:
        prior = math.log10(10 + row.population) + LIFT.get(row.feature, 0.0)
    return prior if row.main else prior + OTHER_NAME


def _choose(name: _Name, context: _Context) -> None:
    if not name.rows:
        name.rule, name.score = "not in the gazetteer", 0.3
        return
    key = next(key for key, value in context.names.items() if value is name)
    if len(name.rows) == 1:
        name.row, name.score = name.rows[0], 0.95 if name.rows[0].main else 0.8
        name.rule = name.rule or "only reading"
        return
    scored = sorted(
        ((_evidence(row, name, key, context), row) for row in name.rows),
        key=lambda pair: (-(_prior(pair[1]) + sum(pair[0].values())), pair[1].number),
    )
    evidence, name.row = scored[0]
    top = _prior(name.row) + sum(evidence.values())
    rest = [
        _prior(row) + sum(found.values()) for found, row in scored[1:] if _apart(row, name.row) > SAME_SPOT_KM
    ]
    margin = top - max(rest, default=top - 4)
    name.score = round(min(0.95, 0.5 + 0.15 * margin), 2)
    why = max(evidence, key=lambda rule: evidence[rule], default="")
    name.rule = name.rule or (why if why and evidence[why] > 0 else _by_nature(name.row))
    if margin < MARGIN:
        name.rule, name.score = f"ambiguous, {name.rule}", round(0.25 + 0.25 * max(0.0, margin), 2)


def _by_nature(row: GazetteerRow) -> str:
    return {"PCLI": "state", "PPLC": "capital"}.get(row.feature, "best known")


def _evidence(row: GazetteerRow, name: _Name, key: str, context: _Context) -> dict[str, float]:
    """Return what speaks for one reading, by rule."""
    found: dict[str, float] = defaultdict(float)
    for outer in name.around:
        found["containment"] = max(found["containment"], _containment(row, context.names[outer].rows))
    kinds = place_words().features
    if any(row.feature in kinds[kind] for kind in name.kinds):
        found["kind"] = KIND
    share = context.countries(key, name)
    if row.country:
        found["country of the report"] = SAME_COUNTRY * share.get(row.country, 0.0)
    others = context.others(key)
    if row.feature == "ADM1":
        if any(other.admin1 == row.name and other.country == row.country for other in others):
            found["holds others"] = SAME_DIVISION
        if any(other.feature == "ADM1" and other.country == row.country for other in others):
            found["sister divisions"] = SISTER
    elif row.admin1 and any(other.feature == "ADM1" and other.name == row.admin1 for other in others):
        found["division of the report"] = SAME_DIVISION
    if row.feature != "PCLI" and any(
        other.feature not in {"PCLI", "CONT", "ADM1"} and _apart(row, other) < NEAR_KM for other in others
    ):
        found["near others"] = NEAR
    return found


def _containment(row: GazetteerRow, outer: Sequence[GazetteerRow]) -> float:
    best = 0.0
    for rank, around in enumerate(outer):
        if around.number == row.number or around.country != row.country:
            continue
        holds = around.feature == "PCLI" or row.admin1 == around.name or _apart(row, around) < NEAR_KM
        if holds and around.feature != "PPL":
            best = max(best, INSIDE - 0.3 * rank)
    return best


def _apart(one: GazetteerRow, two: GazetteerRow) -> float:
    """Return kilometres between two rows, on a sphere."""
    north = math.radians(one.latitude - two.latitude)
    east = math.radians(one.longitude - two.longitude) * math.cos(
        math.radians((one.latitude + two.latitude) / 2)
    )
    return 6371.0 * math.hypot(north, east)


def _place(setting: Setting, at: int, mention: PlaceMention, name: _Name) -> Place:
    row = name.row
    source = f"{row.origin} {row.geonameid or row.number}: " if row else ""
    own = row is not None and (row.origin in {"countries", "chancery"} or row.feature == "PPLC")
    part = name.rule == "part of"
    return Place(
        id=f"l{at + 1}",
        span=characters(setting.doc, mention.tokens),
        name=row.name if row and own and not part else mention.text,
        latitude=row.latitude if row else None,
        longitude=row.longitude if row else None,
        country=row.country if row else None,
        admin1=row.admin1 if row else None,
        feature=("RGN" if part else row.feature) if row else None,
        geonameid=row.geonameid if row and not part else None,
        method=setting.maker.method(f"{source}{name.rule}"),
        score=name.score,
    )

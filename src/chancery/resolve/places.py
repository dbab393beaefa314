"""Place names -> gazetteer rows.

A name can stand for many places. What is said beside it ("Paris, Texas"), what
else the report names (states, peoples, provinces, neighbours) and how often
the world speaks of each candidate decide (`place_evidence` holds the weights).
One name means one place throughout a report, unless the report puts it in two.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from chancery.extract.place_words import place_words
from chancery.extract.places import PlaceMention
from chancery.extract.syntax import characters
from chancery.knowledge.gazetteer import Gazetteer, GazetteerRow, fold
from chancery.records import Place
from chancery.resolve.place_evidence import BIG, STATES, Context, Name, apart, holds_row, judged, priors_of
from chancery.resolve.setting import Setting

__all__ = ["resolve_places"]

# Two readings closer than this are one answer to anybody who looks at a map.
SAME_SPOT_KM = 100.0
# Under this margin to a reading elsewhere, the choice is called ambiguous.
MARGIN = 0.6
# What is only near its row is never a sure answer.
SURE = {"part of": 0.8, "named after": 0.5}
# Rules whose row is not the place itself but where it lies.
BORROWED = frozenset({"inside", "part of", "named after"})


def resolve_places(
    setting: Setting, mentions: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[Place, ...]:
    """Choose the gazetteer row that each place name stands for.

    A name that the gazetteer lacks takes the coordinates of the place that the
    report puts it in ("the camp in Al-Fashir"), as its rule says, or none.
    """
    keys = _senses(mentions, [fold(mention.text) for mention in mentions])
    names = _names(mentions, keys, gazetteer)
    context = Context(setting, names, gazetteer)
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


def _senses(mentions: Sequence[PlaceMention], keys: list[str]) -> list[str]:
    """Part a name that the report itself puts in two places: "Odessa, Texas, ... Odessa, Ukraine".

    A mention without a holder of its own goes with the one before it, or with the first.
    """
    holders: dict[str, dict[str, None]] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if mention.inside is not None and mention.comma and not mention.listed:
            holders.setdefault(key, {})[keys[mention.inside]] = None
    parted = {key: next(iter(outer)) for key, outer in holders.items() if len(outer) > 1}
    if not parted:
        return keys
    senses = []
    for mention, key in zip(mentions, keys, strict=True):
        if key in parted and mention.inside is not None and mention.comma and not mention.listed:
            parted[key] = keys[mention.inside]
        senses.append(f"{key}, {parted[key]}" if key in parted else key)
    return senses


def _names(mentions: Sequence[PlaceMention], keys: list[str], gazetteer: Gazetteer) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if key not in names:
            rows, rule = _candidates(mention.text, gazetteer)
            names[key] = Name(key, rows, preset=rule, priors=priors_of(rows))
        name = names[key]
        name.at.append(mention.tokens[0])
        name.listed |= mention.listed
        if mention.kind:
            name.kinds.add(mention.kind)
    for (one, mention), (two, mate) in pairwise(zip(keys, mentions, strict=True)):
        if mention.listed and mate.listed and one != two:
            names[one].mates.add(two)
            names[two].mates.add(one)
    for mention, key in zip(mentions, keys, strict=True):
        if mention.inside is not None and _may_hold(names[key], names[keys[mention.inside]], mention):
            outer = keys[mention.inside]
            names[key].inside[outer] = mention.comma or names[key].inside.get(outer, False)
            names[outer].holds.add(key)
    return names


def _may_hold(inner: Name, outer: Name, mention: PlaceMention) -> bool:
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


def _stands(name: Name) -> bool:
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
    if words[1] == "of" and words[0].lower() in lists.kinds:
        return gazetteer.lookup(" ".join(words[2:])), "named after"
    for length in range(len(words) - 1, 0, -1):
        # Seoul City Hall is in Seoul; a hamlet called Holy says nothing of Holy Redeemer Church
        rows = tuple(row for row in gazetteer.lookup(" ".join(words[:length])) if row.population > BIG)
        if rows:
            return rows, "named after"
    return (), ""


def _choose(name: Name, context: Context) -> None:
    if not name.rows:
        return
    if len(name.rows) == 1:
        name.row, name.score = name.rows[0], 0.95 if name.rows[0].main else 0.8
        name.rule = name.preset or "only reading"
        name.score = min(name.score, SURE.get(name.preset, 1.0))
        return
    readings = judged(name, context)
    total, evidence, name.row = readings[0]
    elsewhere = [sum_ for sum_, _, row in readings[1:] if apart(row, name.row) > SAME_SPOT_KM]
    margin = total - max(elsewhere, default=-math.inf)
    why = max(evidence, key=lambda rule: evidence[rule], default="")
    name.rule = name.preset or (why if evidence.get(why, 0) > 0 else _by_nature(name.row))
    name.score = round(min(0.95, SURE.get(name.preset, 1.0), 0.5 + 0.15 * margin), 2)
    if margin < MARGIN:
        name.rule, name.score = f"ambiguous, {name.rule}", round(0.25 + 0.25 * margin, 2)


def _by_nature(row: GazetteerRow) -> str:
    return {"PCLI": "state", "PPLC": "capital"}.get(row.feature, "best known")


def _borrow(name: Name, names: dict[str, Name]) -> None:
    """Place what is unknown, or known only elsewhere, in what the report puts it in."""
    for key, comma in name.inside.items():
        outer = names[key].row
        unknown = name.row is None
        elsewhere = comma and name.row and outer and not holds_row(outer, name.row) and not _stands(name)
        if outer is None or not (unknown or (elsewhere and outer.feature == "ADM1" and not name.listed)):
            continue
        name.row, name.rule, name.score = outer, "inside", 0.5
        return
    if name.row is None:
        name.rule, name.score = "not in the gazetteer", 0.3


def _place(setting: Setting, at: int, mention: PlaceMention, name: Name) -> Place:
    span, row = characters(setting.doc, mention.tokens), name.row
    rule = name.rule if row is None else f"{row.origin} {row.geonameid or f'row {row.number}'}: {name.rule}"
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

"""Turn gold records into full readings, as if a perfect reader had made them.

What people look at is designed and tested on such readings, so that a weak
extractor can never hide a fault of the page, nor the other way round.

usage: gold_readings.py GOLD.jsonl [COUNTRIES.csv] > READINGS.jsonl
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from chancery.records import Reading

METHOD = "gold | by hand | by hand"
SIGNED = {"method": METHOD, "score": 1.0}
PART_KINDS = {"military": "military", "population": "population"}
LONGEST_SHORT_NAME = 8

type Json = dict[str, Any]


def readings(gold: Path, countries: Mapping[str, str]) -> Iterator[Reading]:
    """Read a gold file, one reading a line."""
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            yield reading(json.loads(line), countries)


def reading(gold: Json, countries: Mapping[str, str]) -> Reading:
    """Make a reading of one gold record; what gold does not say stays absent."""
    found = _places(gold)
    statements = [_statement(entry) for entry in gold["statements"]]
    return Reading.model_validate(
        {
            "article": {
                "id": gold["id"],
                "title": gold["title"],
                "text": gold["text"],
                "published": gold["published"],
                "publisher": gold["source"],
            },
            "actors": [_actor(name, countries) for name in _actor_ids(gold)],
            "mentions": _mentions(gold),
            "statements": statements,
            "events": [_event(entry, gold, found) for entry in gold["events"]],
            "positions": [
                _kept(entry) | SIGNED | {"id": f"p{at}"} for at, entry in enumerate(gold["positions"], 1)
            ],
            "figures": [
                _kept(entry) | SIGNED | {"id": f"f{at}"} for at, entry in enumerate(gold["figures"], 1)
            ],
            "places": found,
            "times": [_time(at, entry) for at, entry in enumerate(gold["times"], 1)],
        }
    )


def _kept(entry: Json) -> Json:
    return {name: value for name, value in entry.items() if name not in {"optional", "note"}}


def _actor_ids(gold: Json) -> list[str]:
    slots = [[s["actor"], s["addressee"]] for s in gold["statements"]]
    slots += [e["actor"] + e["recipient"] for e in gold["events"]]
    slots += [[p["holder"], p["toward"]] for p in gold["positions"]]
    return list(dict.fromkeys(name for name in chain.from_iterable(slots) if name))


def _actor(name: str, countries: Mapping[str, str]) -> Json:
    root, _, part = name.partition(":")
    country = root if root in countries else None
    words = part.replace("-", " ")
    if root == "person":
        shown, kind = words.title(), "person"
    elif part:
        shown = f"{countries.get(root, root)} {words}" if root != "?" else words
        kind = PART_KINDS.get(part, "government_body" if country else "other")
    else:
        shown, kind = countries.get(root, root), "state" if country else "international_organization"
    return {"id": name, "name": shown, "kind": kind, "country": country, "resolved": root != "?", **SIGNED}


def _statement(entry: Json) -> Json:
    kept = _kept(entry)
    actor, cue, addressee = kept.pop("actor"), kept["cue"], kept["addressee"]
    kept["speaker"] = {"span": kept["speaker"], "actor": actor}
    kept["cue"] = cue and {"span": cue, "lemma": ""}
    kept["addressee"] = addressee and {"span": None, "actor": addressee}
    return kept | SIGNED


def _event(entry: Json, gold: Json, places: list[Json]) -> Json:
    kept = _kept(entry)
    for role in ("actor", "recipient"):
        kept[role] = [{"span": None, "actor": name} for name in kept[role]]
    if kept["time"]:
        first, last = kept["time"]
        kept["time"] = {"span": None, "first": first, "last": last, "rule": "gold"}
    kept["place"] = _nearest(kept["place"], kept["anchor"][0], places)
    kept["figures"] = [
        f"f{at}" for at, figure in enumerate(gold["figures"], 1) if figure["event"] == kept["id"]
    ]
    if kept["plover"]:
        kept["plover"] = {"type": kept["plover"], "mode": kept["mode"], "quad": "", "intensity": 0.0}
    return kept | SIGNED | {"why": "gold"}


def _nearest(name: str | None, at: int, places: list[Json]) -> Json | None:
    same = [place for place in places if place["name"] == name]
    if not same:
        return None
    place = min(same, key=lambda place: abs(place["span"][0] - at))
    return {"span": place["span"], "place": place["id"]}


def _places(gold: Json) -> list[Json]:
    nowhere = {"latitude": None, "longitude": None, "feature": None, "geonameid": None}
    return [_kept(entry) | nowhere | SIGNED | {"id": f"l{at}"} for at, entry in enumerate(gold["places"], 1)]


def _time(at: int, entry: Json) -> Json:
    value = entry["first"] if entry["first"] == entry["last"] and entry["first"] else ""
    return _kept(entry) | SIGNED | {"id": f"t{at}", "type": "DATE", "value": value, "rule": "gold"}


def _mentions(gold: Json) -> list[Json]:
    named = [(s["speaker"], s["actor"]) for s in gold["statements"] if s["speaker"] and s["actor"]]
    chains = {actor: at for at, actor in enumerate(dict.fromkeys(actor for _, actor in named))}
    return [
        {
            "id": f"m{at}",
            "span": span,
            "kind": "name" if re.match("[A-Z]", gold["text"][slice(*span)]) else "nominal",
            "type": "person",
            "actor": actor,
            "chain": chains[actor],
            **SIGNED,
        }
        for at, (span, actor) in enumerate(sorted(named), 1)
    ]


def country_names(path: Path) -> dict[str, str]:
    """Read the short names of states from the knowledge table."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["iso3"]: row["name"] for row in csv.DictReader(rows) if row["iso3"]}


def main(gold: str, countries: str | None = None) -> None:
    """Print the readings of a gold file."""
    names = country_names(Path(countries)) if countries else {}
    for made in readings(Path(gold), names):
        print(made.model_dump_json())


if __name__ == "__main__":
    main(*sys.argv[1:])

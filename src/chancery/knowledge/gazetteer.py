"""The gazetteer: place names and what they can stand for.

One read-only SQLite file (`data/gazetteer.sqlite`, built by
``tools/build_gazetteer.py``; origin, licence and date in `data/gazetteer.md`).
It is opened, not loaded: a process pays for the names it meets. Rows are
numbered by importance, so that the primary key alone sorts what a name can
mean from the likeliest to the least likely.
"""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
import weakref
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Self

__all__ = ["Country", "Gazetteer", "GazetteerRow", "fold", "load_gazetteer"]

# Coordinates are kept as whole ten-thousandths of a degree, 11 metres.
DEGREES = 10_000

# "San Antonio" has 300 rows; nobody means the 31st of them without naming its province.
MOST_ROWS = 30

# A long stream of reports meets some ten thousand different capitalized names a day.
CACHED_NAMES = 20_000

ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?|[^\W\d_]\.[^\W\d_]")
LONGEST_ABBREVIATION = 4
TITLES = {"st": "saint", "st.": "saint", "ste": "sainte", "ste.": "sainte", "mt": "mount", "mt.": "mount"}
TITLES |= {"ft": "fort", "ft.": "fort", "&": "and"}
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ə": "a", "ß": "ss", "æ": "ae", "œ": "oe"}
)
# Marks of writing direction and joiners come with pasted text and cannot be seen.
QUIET = re.compile(r"['’‘ʻʼ`´ʿʾ,\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")

# "al-Raqqa", "ar-Raqqah", "Raqqa": the article comes in every coat, and goes.
ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|at|an|az|ash|edh|the) ")

COLUMNS = (
    "SELECT place.id, place.name, latitude, longitude, country, division.name, feature, population, "
    "place.geonameid, origin.name, name.main FROM name JOIN place ON place.id = name.place "
    "JOIN origin ON origin.id = place.origin LEFT JOIN division ON division.id = place.division "
)
BY_NAME = COLUMNS + f"WHERE name.key = ? ORDER BY name.place LIMIT {MOST_ROWS}"
# Most names that are looked up are people's: one question more must settle that they are no places.
KNOWN = "SELECT key FROM name WHERE key IN (?, ?, ?) LIMIT 3"


@dataclass(frozen=True, slots=True)
class GazetteerRow:
    """One place that a name can stand for.

    Attributes:
        number: place in the file's order of importance, 1 is the first.
        name: the name that English reports use most, as far as known.
        latitude: degrees north; of areas, the middle of their towns or a point set by hand.
        longitude: degrees east.
        country: ISO 3166-1 alpha-3 (XKX for Kosovo), or None for what lies in several or in none.
        admin1: name of the first-level division, or None.
        feature: GeoNames feature code (PPLC a capital, PCLI a state, ADM1, SEA, RGN ...).
        population: people, 0 where unknown.
        geonameid: GeoNames' number, or None for rows made by hand.
        origin: the source that the row was taken from.
        main: whether the name asked for is its main name rather than another spelling or an old name.
    """

    number: int
    name: str
    latitude: float
    longitude: float
    country: str | None
    admin1: str | None
    feature: str
    population: int
    geonameid: int | None
    origin: str
    main: bool


@dataclass(frozen=True, slots=True)
class Country:
    """Where a state lies: its middle and the box around its towns, in degrees."""

    code: str
    latitude: float
    longitude: float
    south: float
    west: float
    north: float
    east: float


def fold(name: str) -> str:
    """Bring the spellings of one name to one key.

    Case, diacritics, apostrophes, hyphens and the full stops of abbreviations
    make no difference; short names all in capitals keep them, so that "US" is
    never "us".
    """
    if name.isupper() and len(name) <= 2 * LONGEST_ABBREVIATION:
        plain = name.replace(".", "") if ABBREVIATION.fullmatch(name) else name
        if len(plain) <= LONGEST_ABBREVIATION and plain.isalpha():
            return plain
    return _lower(name)


def _lower(name: str) -> str:
    small = QUIET.sub("", name.lower()).replace("-", " ").replace("–", " ")
    if not small.isascii():
        parts = unicodedata.normalize("NFKD", small.translate(LETTERS))
        small = QUIET.sub("", "".join(char for char in parts if not unicodedata.combining(char)))
    return " ".join(TITLES.get(word, word) for word in small.split())


def _spellings(key: str, name: str) -> tuple[str, str, str]:
    """Return the other ways to write a name that was not found, likeliest first."""
    small = _lower(name) if key == name else key
    bare = ARTICLE.sub("", small)
    # Arabic's closing -ah is written or not: Raqqah, Raqqa
    ending = bare[:-1] if bare.endswith("ah") else f"{bare}h"
    return (small if small != key else bare, bare if bare != small else f"al {small}", ending)


class Gazetteer:
    """Place names and what they can stand for; look-ups are cached per process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open()
        self._rows = lru_cache(CACHED_NAMES)(self._read)
        self._countries = cache(self._read_country)
        self._demonyms = lru_cache(CACHED_NAMES)(self._read_demonym)

    def _open(self) -> None:
        address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        # Python 3.13 warns of a connection that is collected while open
        weakref.finalize(self, self._connection.close)
        self._owner = os.getpid()

    def __reduce__(self) -> tuple[type[Self], tuple[Path]]:
        return type(self), (self.path,)

    def lookup(self, name: str) -> tuple[GazetteerRow, ...]:
        """Return every row that a name can stand for, likeliest first.

        Case, diacritics, apostrophes and hyphens may differ, and the Arabic
        article may be there or not. Empty where the name is unknown.
        """
        return self._rows(name)

    def country(self, code: str) -> Country | None:
        """Return where the state with an alpha-3 code lies."""
        return self._countries(code)

    def demonym(self, word: str) -> str | None:
        """Return the alpha-3 code of the state whose people or adjective the word is."""
        return self._demonyms(word)

    def _query(self, question: str, *values: str) -> list[tuple[Any, ...]]:
        if self._owner != os.getpid():  # SQLite forbids a connection to cross a fork
            self._open()
        return self._connection.execute(question, values).fetchall()

    def _read(self, name: str) -> tuple[GazetteerRow, ...]:
        key = fold(name)
        found = self._query(BY_NAME, key)
        if not found:
            spellings = _spellings(key, name)
            known = {row[0] for row in self._query(KNOWN, *spellings)}
            written = next((spelling for spelling in spellings if spelling in known), None)
            found = self._query(BY_NAME, written) if written else []
        return tuple(_row(values) for values in found)

    def _read_demonym(self, word: str) -> str | None:
        found = self._query("SELECT country FROM demonym WHERE key = ?", fold(word))
        return str(found[0][0]) if found else None

    def _read_country(self, code: str) -> Country | None:
        found = self._query(
            "SELECT code, latitude, longitude, south, west, north, east FROM country WHERE code = ?", code
        )
        return Country(*found[0]) if found else None


def _row(values: tuple[Any, ...]) -> GazetteerRow:
    number, name, latitude, longitude, country, admin1, feature, population, geonameid, origin, main = values
    return GazetteerRow(
        number=number,
        name=name,
        latitude=latitude / DEGREES,
        longitude=longitude / DEGREES,
        country=country,
        admin1=admin1,
        feature=feature,
        population=population,
        geonameid=geonameid,
        origin=origin,
        main=bool(main),
    )


@cache
def load_gazetteer(path: Path | None = None) -> Gazetteer:
    """Open a gazetteer, by default the one that comes with the package; takes a millisecond."""
    return Gazetteer(path or _packaged())


_kept_open = ExitStack()


def _packaged() -> Path:
    resource = files("chancery.knowledge") / "data" / "gazetteer.sqlite"
    return resource if isinstance(resource, Path) else _kept_open.enter_context(as_file(resource))

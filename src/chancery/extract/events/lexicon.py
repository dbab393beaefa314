"""The lexicon of political acts: entries, patterns, and classes of words, read once from the data files."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from chancery.records import Status

__all__ = ["Entry", "Lexicon", "Pattern", "load_lexicon", "load_reading"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a verb or noun means when it names an act."""

    key: str
    act: str
    mode: str | None
    frame: tuple[str, ...]
    mutual: bool
    patient: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """An act that a verb names together with an object, a particle or a preposition."""

    entry: Entry
    verbs: frozenset[str]
    particles: frozenset[str]
    optional: bool
    objects: frozenset[str]
    test: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the finder of events looks up."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    heads: frozenset[str]
    patterns: Mapping[str, tuple[Pattern, ...]]
    classes: Mapping[str, frozenset[str]]
    status: Mapping[str, Mapping[str, Status]]
    sets: Mapping[str, frozenset[str]]
    contexts: Mapping[str, tuple[str, ...]]


@cache
def load_lexicon() -> Lexicon:
    """Read the lexicon from the package's data; takes a few milliseconds, once."""
    data = files("chancery.extract") / "data"
    raw = tomllib.loads((data / "events_lexicon.toml").read_text("utf-8"))
    words = tomllib.loads((data / "events_status.toml").read_text("utf-8"))
    classes = {
        name: frozenset(value.split())
        for name, value in tomllib.loads((data / "events_classes.toml").read_text("utf-8")).items()
    }
    topics = tomllib.loads((data / "events_contexts.toml").read_text("utf-8"))
    rows = (data / "events_patterns.csv").read_text("utf-8").splitlines()
    defaults = raw["defaults"]
    verbs: dict[str, tuple[Entry, ...]] = {}
    nouns: dict[str, tuple[Entry, ...]] = {}
    for row in raw["entry"]:
        for field, into in (("verbs", verbs), ("nouns", nouns)):
            for key in row.get(field, "").split():
                into[key] = (*into.get(key, ()), _entry(key, row, defaults))
    patterns: dict[str, list[Pattern]] = {}
    for row in csv.DictReader(row for row in rows if row and not row.startswith("#")):
        pattern = _pattern(row, defaults, classes)
        for verb in row["verb"].split("|"):
            patterns.setdefault(verb, []).append(pattern)
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        heads=frozenset(key.rpartition("_")[2] for key in nouns),
        # what asks for more words is tried first; the file's order decides between equals
        patterns={
            verb: tuple(sorted(found, key=lambda one: -2 * bool(one.objects) - (not one.optional)))
            for verb, found in patterns.items()
        },
        classes=classes,
        status={name: _inverted(words[name]) for name in ("verbs", "nouns", "adjectives", "modals")},
        sets={
            name: frozenset(value.split())
            for table in ("conditions", "control")
            for name, value in words[table].items()
        },
        contexts=_by_word(topics),
    )


@cache
def load_reading(name: str) -> Mapping[str, tuple[Pattern, ...]]:
    """Read the patterns in which another reading of PLOVER differs, by verb, in the file's order.

    Args:
        name: of the reading; its file is `events_reading_NAME.csv`.
    """
    data = files("chancery.extract") / "data"
    defaults = tomllib.loads((data / "events_lexicon.toml").read_text("utf-8"))["defaults"]
    rows = (data / f"events_reading_{name}.csv").read_text("utf-8").splitlines()
    found: dict[str, list[Pattern]] = {}
    for row in csv.DictReader(row for row in rows if row and not row.startswith("#")):
        pattern = _pattern(row, defaults, load_lexicon().classes)
        for verb in row["verb"].split("|"):
            found.setdefault(verb, []).append(pattern)
    return {verb: tuple(patterns) for verb, patterns in found.items()}


def _by_word(topics: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for context, listed in topics.items():
        for word in listed.split():
            found[word] = (*found.get(word, ()), context)
    return found


def _entry(key: str, row: Mapping[str, Any], defaults: Mapping[str, Mapping[str, str]]) -> Entry:
    act = row["act"]
    frame = (row.get("frame") or defaults["frame"][act]).split()
    return Entry(
        key=key,
        act=act,
        mode=row.get("mode") or None,
        frame=tuple(place for place in frame if place not in {"mutual", "patient", "mine", "none"}),
        mutual="mutual" in frame,
        patient="patient" in frame,
        sure=not row.get("weak"),
    )


def _pattern(
    row: Mapping[str, Any], defaults: Mapping[str, Mapping[str, str]], classes: Mapping[str, frozenset[str]]
) -> Pattern:
    key = " + ".join(part for part in (row["verb"].split("|")[0], row["with"], row["object"]) if part)
    return Pattern(
        entry=_entry(key, row, defaults),
        verbs=frozenset(row["verb"].split("|")),
        particles=frozenset(row["with"].split("|")) - {""},
        optional="" in row["with"].split("|"),
        objects=frozenset(_members(row["object"], classes)),
        test=row["test"],
    )


def _members(text: str, classes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for part in text.split("|"):
        if part.startswith("@"):
            yield from classes[part[1:]]
        elif part:
            yield part


def _inverted(table: Mapping[Status, str]) -> Mapping[str, Status]:
    """Turn status -> words into word -> status; the first table row that lists a word wins."""
    found: dict[str, Status] = {}
    for status, listed in table.items():
        for word in listed.split():
            found.setdefault(word, status)
    return found

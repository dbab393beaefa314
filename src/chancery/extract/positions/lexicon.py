"""The words and rules of positions: read once from data, found by the hash of a lemma."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from chancery.records import PositionAct

__all__ = ["Content", "Frame", "Lexicon", "Modal", "load_lexicon"]

# Complements of one kind of word: where it is missing, the content is something else.
CLOSED = frozenset(
    {"blame-that", "party-to", "as-wrong", "as-vile", "called-wrong", "forward-to", "united-with"}
    | {"merit", "offence", "aid", "measures", "violent"}
)

# The classes of nouns and verbs that charge in passing (`charges`).
CHARGES = ("charged", "endured", "attempted")

# The classes of verbs that head a judging clause.
JUDGING = ("copulas", "showing", "weighing", "moving")

type Part = Literal["verb", "noun", "adjective"]
type Party = Literal["mine", "self", "other", "thing"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that take a position, and where their issue and other party stand."""

    act: PositionAct
    part: Part
    words: tuple[str, ...]
    issue: tuple[str, ...]
    test: str
    finds: str
    toward: tuple[str, ...] = ()
    strip: bool = False
    yields: bool = False
    own: bool = False
    we: bool = False
    other: bool = False
    negated: PositionAct | None = None
    conditional: PositionAct | None = None
    shift: tuple[tuple[str, PositionAct], ...] = ()

    @property
    def takes_content(self) -> bool:
        """Whether a cue's whole content can be the issue where no complement is found."""
        return not (self.own or self.part == "adjective" or CLOSED & {*self.issue})


@dataclass(frozen=True, slots=True)
class Modal:
    """What a modal commits to, by its subject, its negation and its verb."""

    act: PositionAct
    words: tuple[str, ...]
    subject: Party
    negated: bool
    verbs: str
    issue: tuple[str, ...]
    test: str
    finds: str


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of clause that takes a position by what it says."""

    kind: str
    act: PositionAct
    test: str
    finds: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word and rule; `frames` and `modals` are found by lemma."""

    frames: Mapping[str, tuple[Frame, ...]]
    modals: Mapping[str, tuple[Modal, ...]]
    contents: Mapping[str, Content]
    classes: Mapping[str, frozenset[str]]
    triggers: frozenset[str]
    judges: frozenset[str]

    def within(self, lemma: str, name: str) -> bool:
        """Tell whether a lemma is in a class of words, or the class is `any` or `asked-for`."""
        if name == "any":
            return lemma not in self.classes["idle"]
        if name == "asked-for":  # idle to promise, but not to ask of others: "should come to the table"
            return lemma not in self.classes["idle"] or lemma in self.classes["stirring"]
        return lemma in self.classes[name]


@cache
def load_lexicon() -> Lexicon:
    """Read the word lists and rules that ship with the package."""
    frames = [Frame(**_frozen(row)) for row in _read("positions_frames.toml")["frame"]]
    clauses = _read("positions_clauses.toml")
    modals = [Modal(**_frozen(row)) for row in clauses["modal"]]
    contents = {row["kind"]: Content(**_frozen(row)) for row in clauses["content"]}
    classes = {name: frozenset(words) for name, words in clauses["classes"].items()}
    by_word: dict[str, tuple[Frame, ...]] = {}
    for frame in frames:
        for word in frame.words:
            by_word[word] = (*by_word.get(word, ()), frame)
    by_modal: dict[str, tuple[Modal, ...]] = {}
    for modal in modals:
        for word in modal.words:
            by_modal[word] = (*by_modal.get(word, ()), modal)
    told = (classes[kind] for kind in (*contents, *CHARGES))
    triggers = frozenset(by_word).union(by_modal, *told)
    judges = frozenset({"do", "have", "play"}).union(*(classes[name] for name in JUDGING))
    return Lexicon(by_word, by_modal, contents, classes, triggers, judges)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("chancery.extract") / "data" / name).read_text(encoding="utf-8"))


def _frozen(row: Mapping[str, object]) -> dict[str, Any]:
    return {key: _tuple(value) for key, value in row.items()}


def _tuple(value: object) -> object:
    return tuple(_tuple(part) for part in value) if isinstance(value, list) else value

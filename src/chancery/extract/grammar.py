"""A small finite-state grammar over the tokens of a report.

Time expressions and figures are closed little languages ("since 10 February",
"at least 20"). Each has a list of words, which gives a word its class, and a
list of rules, which are regular expressions over classes. A report is spelled
as one letter a token and searched by one compiled expression, so that a word
of no class costs a dictionary look-up and nothing more.

Rules are written as in ``WEEKDAY ,? MONTH DAY (,? YEAR)?``: capitals are
classes of the word list or of the rule file's own table of parts, anything
else is a word that stands for itself. The first rule in the file wins.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import compress, count, repeat
from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Classed", "Grammar", "Match", "Value", "Word", "load_grammar"]

# A word of no class: it starts no rule and ends every rule.
OTHER = "\0"

# Letters come from the private use area, which means nothing in any script.
FIRST_LETTER = 0xE000

# No expression has more words than this before the first that makes it one
# ("upwards of a total of an estimated" ...).
LONGEST_RUN_IN = 9

ELEMENT = re.compile(r"\(|\)|\||\?|\*|\+|[^\s()|?*+]+")

type Value = str | int | float
type Word = tuple[str, Value]
type Classed = Word | None


@dataclass(frozen=True, slots=True)
class Match:
    """A run of tokens that a rule describes, with the class and value of each token in it."""

    tokens: Tokens
    rule: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """A compiled grammar; make one with :func:`load_grammar`."""

    letters: Mapping[int, str]
    words: Mapping[int, Word]
    symbols: Mapping[str, str]
    starts: re.Pattern[str]
    pattern: re.Pattern[str]
    rules: Mapping[str, str]
    digits: Callable[[str], Classed]
    shapes: dict[int, bool] = field(default_factory=dict)

    def find(self, doc: Doc, keep: Callable[[Match], bool]) -> Iterator[Match]:
        """Find the expressions of a report from left to right; they do not overlap.

        Args:
            doc: the parsed report.
            keep: looks at a match in its context; one that it refuses makes way for a later start.
        """
        spelling, numbers = self.spell(doc)
        at = 0
        while start := self.starts.search(spelling, at):
            at = start.end()
            found = self.pattern.match(spelling, start.start())
            if found is None:
                continue
            assert found.lastgroup is not None  # every alternative is a named rule
            first, last = found.span()
            words = tuple(numbers.get(i) or self.words[doc[i].lower] for i in range(first, last))
            match = Match((first, last), self.rules[found.lastgroup], words)
            if keep(match):
                at = last
                yield match

    def spell(self, doc: Doc) -> tuple[str, dict[int, Word]]:
        """Spell a report as one letter a token; also return the words written in digits."""
        rows = doc.to_array(["LOWER", "SHAPE"])
        letters = [*map(self.letters.get, rows[:, 0].tolist(), repeat(OTHER))]
        numbers: dict[int, Word] = {}
        shapes = rows[:, 1].tolist()
        for at in [*compress(count(), map(self.shapes.get, shapes, repeat(object())))]:
            shape = shapes[at]
            if self.shapes.get(shape, True) and (classed := self._number(doc, at, shape)):
                numbers[at] = classed
                letters[at] = self.symbols.get(classed[0], OTHER)
        return "".join(letters), numbers

    def _number(self, doc: Doc, at: int, shape: int) -> Classed:
        if shape not in self.shapes:
            self.shapes[shape] = "d" in doc.vocab.strings[shape]
        return self.digits(doc[at].text) if self.shapes[shape] else None


def load_grammar(words: str, rules: str, digits: Callable[[str], Classed]) -> Grammar:
    """Read and compile a grammar of this package.

    Args:
        words: CSV file in `data/` with the columns class, value, words (separated by blanks).
        rules: TOML file in `data/` with a list `core` of the classes of which every match has one, a
            table `parts`, and a list `rule` of name and pattern.
        digits: gives the class and value of a token written in digits, such as "10th" or "1930s".

    Raises:
        ValueError: a word stands in two classes, or a rule names a class that does not exist.
    """
    from spacy.strings import get_string_id  # noqa: PLC0415 - `import chancery` must not load spaCy

    source = files("chancery.extract") / "data"
    book = tomllib.loads((source / rules).read_text(encoding="utf-8"))
    builder = _Builder(book["parts"])
    builder.learn((source / words).read_text(encoding="utf-8"))
    for name in book["digits"]:
        builder.symbol(name)
    rows = book["rule"]
    alternatives = [f"(?P<r{at}>{builder.compile(row['pattern'])})" for at, row in enumerate(rows)]
    starts = {letter for row in rows for letter in builder.first(row["pattern"])}
    return Grammar(
        letters={get_string_id(word): builder.symbols[name] for word, (name, _) in builder.words.items()},
        words={get_string_id(word): entry for word, entry in builder.words.items()},
        symbols=builder.symbols,
        starts=_starts(starts, {builder.symbols[name] for name in book["core"]}),
        pattern=re.compile("|".join(alternatives)),
        rules={f"r{at}": row["name"] for at, row in enumerate(rows)},
        digits=digits,
    )


def _starts(starts: set[str], core: set[str]) -> re.Pattern[str]:
    """Compile a cheap look for where a match may begin: "the" counts only with a core word soon after."""
    heads, others = "".join(sorted(starts & core)), "".join(sorted(starts - core))
    inside = f"[^{OTHER}]{{0,{LONGEST_RUN_IN}}}[{''.join(sorted(core))}]"
    return re.compile(f"[{heads}]|[{others}](?={inside})")


class _Builder:
    """Collects words and classes while the rules are compiled."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        self.parts = parts
        self.symbols: dict[str, str] = {}
        self.words: dict[str, Word] = {}

    def symbol(self, name: str) -> str:
        return self.symbols.setdefault(name, chr(FIRST_LETTER + len(self.symbols)))

    def learn(self, table: str) -> None:
        lines = (line for line in table.splitlines() if line and not line.startswith("#"))
        for row in csv.DictReader(lines):
            self.symbol(row["class"])
            for word in row["words"].split():
                if word in self.words:
                    raise ValueError(f"{word!r} is both {self.words[word][0]} and {row['class']}")
                self.words[word] = (row["class"], _value(row["value"]))

    def compile(self, pattern: str) -> str:
        return "".join(self._element(element) for element in ELEMENT.findall(pattern))

    def _element(self, element: str) -> str:
        if element in "()|?*+":
            return "(?:" if element == "(" else element
        if element in self.parts:
            return f"(?:{self.compile(self.parts[element])})"
        if element.isupper():
            if element not in self.symbols:
                raise ValueError(f"no class or part {element!r}")
            return self.symbols[element]
        name, _ = self.words.setdefault(element, (element, element))
        if name != element:
            raise ValueError(f"{element!r} is a word of the class {name}; name the class")
        return self.symbol(element)

    def first(self, pattern: str) -> set[str]:
        """Return the letters with which a match of a rule can begin, so that the search skips the rest."""
        elements = [*ELEMENT.findall(pattern), ")"]
        return self._first_of_alternatives(elements)[0]

    def _first_of_alternatives(self, elements: list[str]) -> tuple[set[str], bool]:
        """Consume elements up to the closing bracket; also tell whether they can match nothing."""
        letters: set[str] = set()
        empty, open_ = False, True  # of the whole; of the alternative being read, so far
        while (element := elements.pop(0)) != ")":
            if element == "|":
                empty, open_ = empty or open_, True
                continue
            if element == "(":
                found, skippable = self._first_of_alternatives(elements)
            elif element in self.parts:
                found, skippable = self.first(self.parts[element]), False
            else:
                found, skippable = {self._element(element)}, False
            if elements[0] in "?*":
                elements.pop(0)
                skippable = True
            letters |= found if open_ else set()
            open_ = open_ and skippable
        return letters, empty or open_


def _value(text: str) -> Value:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text

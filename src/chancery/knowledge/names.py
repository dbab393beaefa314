"""A list of names that a text is searched for, word by word.

Names are cut into words the way spaCy cuts English, so that they can be compared
with the tokens of a `Doc`, and folded to ASCII, so that "Çavuşoğlu" and
"Cavusoglu" are one name. The index is a dictionary from the first word to the
rest, longest first: a text costs one look-up a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

__all__ = ["Name", "NameIndex", "fold", "slug", "split_name", "words_of_text"]

# What the name is of, and the id of its owner.
type Name = tuple[str, str]

# spaCy parts a hyphen between letters, a clitic, and brackets from their words.
_PIECES = re.compile(r"\w+(?:[.&/]\w+)*\.?(?:'(?!s\b)\w+)*|'s\b|[^\w\s]")
# With its full stop: "Gen.", "Col."; a longer word before a full stop ends a sentence.
LONGEST_ABBREVIATION = 4
_ODD_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "’": "'", "‘": "'"}
)


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_ODD_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


# For words, of which there are so many; whole texts would never be asked for again.
_fold = cache(_without_accents)


def fold(text: str) -> str:
    """Take the accents off a word; typographic apostrophes become straight ones."""
    return text if text.isascii() else _fold(text)


def slug(text: str) -> str:
    """Turn a name into the ASCII part of an id: lower case, words joined by hyphens."""
    plain = re.sub(r"['.]", "", fold(text).lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def split_name(name: str) -> tuple[str, ...]:
    """Cut a name into words as the tokens of a parsed text are cut."""
    name = fold(name)
    if name.isalpha():
        return (name,)
    if name.replace(" ", "").isalpha():
        return tuple(name.split())
    return tuple(_words(name))


def words_of_text(text: str) -> list[str]:
    """Cut a running text into words as names are cut, without the memory that `split_name` has of names."""
    return list(_words(text if text.isascii() else _without_accents(text)))


def _words(name: str) -> Iterator[str]:
    for piece in _PIECES.findall(name):
        # a full stop belongs to an initial or abbreviation, not to a longer word
        if piece.endswith(".") and len(piece) > LONGEST_ABBREVIATION and "." not in piece[:-1]:
            yield piece[:-1]
        else:
            yield piece


class NameIndex:
    """Names by their first word, then by the rest."""

    def __init__(self, *, lower: bool = False) -> None:
        self.first: dict[str, dict[tuple[str, ...], list[Name]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._lower = lower

    def add(self, name: str, what: str, owner: str) -> None:
        """Enter a name of an owner; an entry made twice in a row is kept once."""
        words = split_name(name.lower() if self._lower else name)
        if not words:
            return
        names = self.first.setdefault(words[0], {}).setdefault(words[1:], [])
        if not names or names[-1] != (what, owner):
            names.append((what, owner))

    def longest(self, words: Sequence[str], start: int) -> tuple[int, list[Name]] | None:
        """Find the longest name that begins at a word: the end of it, and whose it is."""
        rests = self.first.get(words[start])
        if rests is None:
            return None
        for length in self._lengths.get(words[start]) or self._measure(words[start], rests):
            end = start + 1 + length
            names = rests.get(tuple(words[start + 1 : end])) if end <= len(words) else None
            if names:
                return end, names
        return None

    def _measure(self, word: str, rests: dict[tuple[str, ...], list[Name]]) -> tuple[int, ...]:
        """Note how long the names that begin with a word can be, the longest first."""
        lengths = self._lengths[word] = tuple(sorted({len(rest) for rest in rests}, reverse=True))
        return lengths

    def exactly(self, words: Sequence[str]) -> list[Name]:
        """Return whose name a whole run of words is."""
        return self.first.get(words[0], {}).get(tuple(words[1:]), []) if words else []

"""Telling when one passage says what another says: the lead of a report that its body repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

__all__ = ["Passage"]

# Nearly all words of the shorter stand in the longer, in order. Lower shares fold
# "the talks in Geneva failed" into "the talks in Vienna failed"; on the 16 gold
# reports .85 folds the repeated leads and nothing else.
SAME_WORDS = 0.85
FEWEST_WORDS = 6

_NEGATION = re.compile(r"^(?:not|no|never|none|neither|nor|cannot|without)$|n['’]t$")


@dataclass(frozen=True)
class Passage:
    """The words of a passage, ready to be compared with others."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in order, in lower case."""
        return tuple(re.findall(r"[\w’']+", self.text.lower()))

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words without their order."""
        return frozenset(self.words)

    def within(self, longer: Passage) -> bool:
        """Say whether the other passage holds all that this one says.

        Every number of this one must stand in the other, and the stretch of the
        other that matches must have the same negations: "poses a threat" is not
        told again by "poses no threat".
        """
        if self.words == longer.words:
            return True
        missing = self.bag - longer.bag
        if len(self.bag) < FEWEST_WORDS or len(missing) > (1 - SAME_WORDS) * len(self.bag):
            return False
        return not any(letter.isdigit() for word in missing for letter in word) and self._in_order(longer)

    def _in_order(self, longer: Passage) -> bool:
        blocks = SequenceMatcher(None, self.words, longer.words, autojunk=False).get_matching_blocks()
        matched = [block for block in blocks if block.size]
        if sum(block.size for block in matched) < SAME_WORDS * len(self.words):
            return False
        stretch = longer.words[matched[0].b : matched[-1].b + matched[-1].size]
        return _negations(stretch) == _negations(self.words)


def _negations(words: tuple[str, ...]) -> int:
    return sum(bool(_NEGATION.search(word)) for word in words)

"""A text as runs of words: what two texts share, and the few runs by which to look for copies.

Copies are cut, wrapped, edited and scanned, so that no resemblance of whole
texts tells them from two reports on one form. What tells is containment: which
words of the shorter text stand in the longer one, in runs, and which do not
(Broder, On the resemblance and containment of documents, 1997). To find
candidates among many reports, each text leaves winnowed fingerprints
(Schleimer, Wilkerson and Aiken, Winnowing, 2003): any passage of `GUARANTEE`
words that two texts share leaves a fingerprint in both. MinHash estimates
resemblance of whole texts and misses a passage inside a long report, which is
why no library of it is used here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GUARANTEE", "Overlap", "Words", "overlap"]

# Words of a run. Three survive the noise of a scan (one word in ten damaged);
# on the pairs of corpora/dedup five lose a fifth of the words of such copies.
RUN = 3
# Words of a run that leaves fingerprints: longer, so that "in the United States"
# leads to nobody.
PRINT_RUN = 5
# Runs in a row of which the one of least hash is kept; more are kept of a short text, whose
# fingerprints a scan may damage all (the least of a wide window is the least of some narrow one
# too, so that short and long texts still meet).
WINDOW, NARROW_WINDOW = 36, 12
SHORT = 500
# A shared undamaged passage of so many words is found for certain.
GUARANTEE = PRINT_RUN + WINDOW - 1

_WORD = re.compile(r"\w+")
_MULTIPLIER = 0x9E3779B97F4A7C15
_MIXER = 0xD6E8FEB86659FD93


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode())


@dataclass(frozen=True)
class Words:
    """The words of a text, with the hashes of their runs.

    `hashes` of words are CRC-32 of the case-folded word: the same in every process
    and on every machine, as the fingerprints that a ledger keeps must be.
    """

    text: str

    def __len__(self) -> int:
        return len(self.folded)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words, case-folded."""
        return tuple(_WORD.findall(self.text.casefold()))

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the words stand."""
        return tuple(match.span() for match in _WORD.finditer(self.text))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words, case-folded."""
        return frozenset(self.folded)

    def hashes(self, run: int) -> NDArray[np.uint64]:
        """Return a hash for every run of so many words, in order."""
        import numpy as np  # noqa: PLC0415 - keeps the import of the package light

        words = np.fromiter(map(_hash, self.folded), dtype=np.uint64, count=len(self))
        count = max(len(words) - run + 1, 0)
        hashes = np.zeros(count, dtype=np.uint64)
        for at in range(run):
            hashes = hashes * np.uint64(_MULTIPLIER) + words[at : at + count]
        return hashes

    @cached_property
    def runs(self) -> NDArray[np.uint64]:
        """The hashes of all short runs, by which two texts are compared."""
        return self.hashes(RUN)

    def fingerprints(self) -> tuple[int, ...]:
        """Return the winnowed fingerprints, sorted; 63 bits, so that SQLite can hold them."""
        import numpy as np  # noqa: PLC0415 - as above

        hashes = self.hashes(PRINT_RUN)
        # Sums of products leave low bits that hang on the last word alone: mixed before the least is taken.
        hashes = (hashes ^ (hashes >> np.uint64(32))) * np.uint64(_MIXER)
        hashes = (hashes ^ (hashes >> np.uint64(32))) >> np.uint64(1)
        window = WINDOW if len(self) > SHORT else NARROW_WINDOW
        if len(hashes) > window:
            windows = np.lib.stride_tricks.sliding_window_view(hashes, window)
            hashes = windows.min(axis=1)
        return tuple(int(value) for value in np.unique(hashes))


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a shorter and a longer text share.

    Attributes:
        contained: share of the shorter text's words that stand in runs of the longer one.
        covering: share of the longer text's words that stand in runs of the shorter one.
        gap: words of the longest stretch of the shorter text that the longer one lacks.
        stretch: words of the longest stretch that both share.
        own: indices of the shorter text's words that stand in no shared run.
    """

    contained: float
    covering: float
    gap: int
    stretch: int
    own: tuple[int, ...]


def overlap(shorter: Words, longer: Words) -> Overlap:
    """Compare two texts by their runs of three words."""
    mine = _covered(shorter, longer)
    theirs = _covered(longer, shorter)
    return Overlap(
        contained=float(mine.mean()) if len(mine) else 0.0,
        covering=float(theirs.mean()) if len(theirs) else 0.0,
        gap=_longest(~mine),
        stretch=_longest(mine),
        own=tuple(int(at) for at in (~mine).nonzero()[0]),
    )


def _covered(one: Words, other: Words) -> NDArray[np.bool_]:
    """Mark the words of one text that stand in a run of the other."""
    import numpy as np  # noqa: PLC0415 - as above

    shared = np.isin(one.runs, other.runs)
    covered = np.zeros(len(one), dtype=bool)
    for at in range(RUN):
        covered[at : at + len(shared)] |= shared
    return covered


def _longest(marks: NDArray[np.bool_]) -> int:
    import numpy as np  # noqa: PLC0415 - as above

    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.view(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0

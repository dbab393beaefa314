"""What reports are compared by where their texts are not at hand: 244 bytes of each.

A text leaves the least hashes of its runs of three words (Broder, On the
resemblance and containment of documents, 1997), one byte of each (Li and König,
b-Bit minwise hashing, 2010), the number of its runs, and hashes of the numbers
and names in it. From the first two follows how much of a later text stands in
an earlier one; the last two tell a copy from the next report on the same form,
which no likeness of words does: of 74 pairs of the stream that share 60 in a
hundred of their runs and are two reports, 71 have another number or name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from operator import eq
from struct import unpack_from
from typing import TYPE_CHECKING
from zlib import crc32

from chancery.follow.shingles import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BANDS",
    "DIGEST",
    "LENGTH",
    "Entry",
    "Kept",
    "Likeness",
    "Signature",
    "bands",
    "compare",
    "signature",
]

type Signature = bytes
"""MINIMA bytes, the number of runs in four, and two bytes for each of NUMBERS and of NAMES."""

# Bytes of a digest that are kept: of a million million reports no two agree in them by chance.
DIGEST = 16

RUN = 3
# Of a text of a sentence or two, only the same words are a copy, as in chancery.follow.
LEAST_WORDS = 40

# Bands of four bytes: two texts meet in one of twenty with a chance of .99 where they share .7 of their runs,
# .94 at .6, .73 at .5; unrelated texts (.01) once in five million. Three bytes are too few.
ROWS, BANDS = 4, 20
MINIMA = ROWS * BANDS
NUMBERS, NAMES = 32, 48
LENGTH = MINIMA + 4 + 2 * NUMBERS + 2 * NAMES

# Measured as docs/gates.md tells: share of the later text's runs that stand in the earlier one; names that an
# editor or a scan may change in a copy, or this share of those kept; a number more is another report.
CONTAINED = 0.75
OWN_NAMES, OWN_NAMES_SHARE = 3, 0.08

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\w+")
_MIXER = 0x85EBCA6B  # of MurmurHash3, after Appleby
_SEED = 20_261_124

# One byte of a hash is equal by chance so often.
_CHANCE = 1 / 256


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as the index knows it: its name, what is the same for the same words alone, its signature."""

    id: str
    digest: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that repeats nothing: its number in the index, its digest and its signature."""

    number: int
    digest: bytes
    signature: Signature


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a later text is like an earlier one.

    Attributes:
        contained: share of the later text's runs that stand in the earlier one, estimated.
        numbers: numbers of its own; counted only of what is contained.
        names: names of its own; likewise.
        near: whether it is a copy.
    """

    contained: float
    numbers: int
    names: int
    near: bool


def signature(text: str) -> Signature:
    """Make what a report is compared by; the same on every machine. Of short texts it is empty."""
    import numpy as np  # noqa: PLC0415 - keeps the import of the package light

    words = Words(text)
    if len(words) < LEAST_WORDS:
        return b""
    runs = np.unique(words.hashes(RUN))
    distinct = set(_WORD.findall(text))
    # A word that is written small elsewhere has its capital of a sentence or a title.
    names = {word.casefold() for word in distinct if word[0].isupper() and word[1:]} - distinct
    return b"".join(
        (
            _minima(runs).tobytes(),
            len(runs).to_bytes(4, "little"),
            _least(set(_NUMBER.findall(text)), NUMBERS),
            _least(names, NAMES),
        )
    )


@cache
def _coefficients() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    import numpy as np  # noqa: PLC0415 - as above

    # PCG64 gives the same numbers for a seed in all versions of numpy.
    bits = np.random.PCG64(_SEED).random_raw(2 * MINIMA).astype(np.uint32)
    return bits[:MINIMA, None] | np.uint32(1), bits[MINIMA:, None]


def _minima(runs: NDArray[np.uint64]) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415 - as above

    factors, summands = _coefficients()
    # 32 bits, for half the time of 64: a report has some thousand runs.
    hashes = (runs ^ (runs >> np.uint64(32))).astype(np.uint32) * factors
    hashes += summands
    hashes ^= hashes >> np.uint32(15)
    hashes *= np.uint32(_MIXER)
    hashes ^= hashes >> np.uint32(13)
    # The lowest bits: the highest ones of the least of many are all zero.
    least: NDArray[np.uint8] = (hashes.min(axis=1) & np.uint32(0xFF)).astype(np.uint8)
    return least


def _least(things: set[str], most: int) -> bytes:
    """Keep the least hashes of a set: of any two sets the same part is kept. Zero fills up and is none."""
    hashes = sorted({crc32(thing.encode()) % 0xFFFF + 1 for thing in things})[:most]
    return b"".join(value.to_bytes(2, "little") for value in hashes).ljust(2 * most, b"\0")


def bands(signatures: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the keys by which texts meet: for each row of signatures one a band, 37 bits of five and 32."""
    import numpy as np  # noqa: PLC0415 - as above

    values = np.ascontiguousarray(signatures[:, :MINIMA]).view("<u4").astype(np.uint64)
    return values | (np.arange(BANDS, dtype=np.uint64) << np.uint64(32))


def compare(later: Signature, earlier: Signature) -> Likeness:
    """Say whether a report copies an earlier one: all or part of it, with no number and hardly a name more.

    A copy that says more than the earlier report is none: what it adds would be lost.
    """
    if not later or not earlier:
        return Likeness(0.0, 0, 0, near=False)
    # Without numpy: on so few numbers its calls take longer than the work.
    equal = sum(map(eq, later[:MINIMA], earlier[:MINIMA])) / MINIMA
    resemblance = max(0.0, (equal - _CHANCE) / (1 - _CHANCE))
    sizes = [int.from_bytes(each[MINIMA : MINIMA + 4], "little") for each in (later, earlier)]
    contained = min(1.0, resemblance / (1 + resemblance) * sum(sizes) / sizes[0])
    if contained < CONTAINED:
        return Likeness(contained, 0, 0, near=False)
    numbers, _ = _own(later, earlier, MINIMA + 4, NUMBERS)
    names, kept = _own(later, earlier, MINIMA + 4 + 2 * NUMBERS, NAMES)
    near = not numbers and names <= max(OWN_NAMES, OWN_NAMES_SHARE * kept)
    return Likeness(contained, numbers, names, near)


def _own(later: Signature, earlier: Signature, start: int, most: int) -> tuple[int, int]:
    """Count what only the later text has, and what could be told of it."""
    mine, theirs = (unpack_from(f"<{most}H", each, start) for each in (later, earlier))
    # Of a text that has more than are kept, those above the last kept one are unknown.
    bound = theirs[-1] or 0x10000
    known = [value for value in mine if 0 < value <= bound]
    return len(set(known).difference(theirs)), len(known)

"""The reports of one shard, one after another: what does each repeat, of the shard or of what is indexed?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from chancery.batch.duplicates.postings import MOST_OF_KEY
from chancery.batch.duplicates.signatures import (
    BANDS,
    DIGEST,
    LENGTH,
    Entry,
    Kept,
    Likeness,
    Signature,
    bands,
    compare,
)
from chancery.batch.gates import Gated

__all__ = ["Decided", "Earlier", "decide"]

# Digests are looked for by a key of 37 bits, as bands are; it lies above theirs.
EXACT = np.uint64(BANDS << 32)

# Earlier reports that a report is compared with, those it meets in most bands first.
MOST_COMPARED = 32


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of earlier shards.

    Attributes:
        find: keys -> places among the keys, and numbers of reports, in order.
        kept: the number of a report -> the report.
        name: the number of a report -> its name.
    """

    find: Callable[[NDArray[np.uint64]], tuple[NDArray[np.intp], NDArray[np.uint64]]]
    kept: Callable[[int], Kept]
    name: Callable[[int], str]


@dataclass
class Decided:
    """The answers, and what of the shard is new.

    Attributes:
        told: for each report what it repeats.
        kept: the reports that repeat nothing, numbered on from the first.
        places: where they stand in the shard.
        leaning: numbers of reports of earlier shards that reports of this one repeat.
        keys: of all reports of the shard, a row each.
    """

    told: list[Gated | None]
    kept: list[Kept]
    places: list[int]
    leaning: set[int]
    keys: NDArray[np.uint64]

    def postings(self) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Return keys and report numbers of what is new."""
        keys = self.keys[self.places]
        numbers = np.array([one.number for one in self.kept], np.uint64)
        known = keys != NO_KEY
        return keys[known], np.broadcast_to(numbers[:, None], keys.shape)[known]


# Short reports have no bands.
NO_KEY = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


def decide(entries: Sequence[Entry], first: int, earlier: Earlier) -> Decided:
    """Say of each report in order what it repeats, and number on those that repeat nothing."""
    keys = _keys(entries)
    found = _candidates(keys, earlier)
    deciding = _Deciding(earlier, first, keys, _shared(keys))
    told = [deciding.next(at, entry, found.get(at, [])) for at, entry in enumerate(entries)]
    return Decided(told, deciding.kept, deciding.places, deciding.leaning, keys)


def _digest(entry: Entry) -> bytes:
    return hashlib.blake2b(entry.digest.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def _keys(entries: Sequence[Entry]) -> NDArray[np.uint64]:
    """Make the keys of reports: of the digest, then of the bands."""
    keys = np.full((len(entries), 1 + BANDS), NO_KEY, np.uint64)
    digests = b"".join(_digest(entry)[:4] for entry in entries)
    keys[:, 0] = np.frombuffer(digests, "<u4").astype(np.uint64) | EXACT
    signed = [at for at, entry in enumerate(entries) if entry.signature]
    if signed:
        joined = b"".join(entries[at].signature for at in signed)
        keys[signed, 1:] = bands(np.frombuffer(joined, np.uint8).reshape(-1, LENGTH))
    return keys


def _candidates(keys: NDArray[np.uint64], earlier: Earlier) -> dict[int, list[int]]:
    """Find earlier reports with a key of these, by place in the shard."""
    places, numbers = earlier.find(keys.ravel())
    found: dict[int, list[int]] = {}
    for at, number in zip((places // keys.shape[1]).tolist(), numbers.tolist(), strict=True):
        found.setdefault(at, []).append(number)
    return found


def _shared(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Mark the keys that two reports of the shard have: hardly any, and they alone are looked up singly."""
    _, back, counts = np.unique(keys, return_inverse=True, return_counts=True)
    shared: NDArray[np.bool_] = (counts[back].reshape(keys.shape) > 1) & (keys != NO_KEY)
    return shared


@dataclass
class _Deciding:
    earlier: Earlier
    first: int
    keys: NDArray[np.uint64]
    shared: NDArray[np.bool_]
    kept: list[Kept] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    leaning: set[int] = field(default_factory=set)
    by_key: dict[int, list[int]] = field(default_factory=dict)

    def next(self, at: int, entry: Entry, found: Sequence[int]) -> Gated | None:
        """Decide on the next report."""
        digest = _digest(entry)
        mine = self.keys[at][self.shared[at]].tolist() if self.shared[at].any() else []
        within = [number for key in mine for number in self.by_key.get(key, ())]
        gated = self._judged(entry.signature, digest, _most_met((*found, *within)))
        if gated is None:
            self._keep(at, entry, digest, mine)
        return gated

    def _keep(self, at: int, entry: Entry, digest: bytes, mine: Sequence[int]) -> None:
        number = self.first + len(self.kept)
        self.kept.append(Kept(number, digest, entry.signature))
        self.places.append(at)
        self.names.append(entry.id)
        for key in mine:
            numbers = self.by_key.setdefault(key, [])
            if len(numbers) < MOST_OF_KEY:
                numbers.append(number)

    def _judged(self, signature: Signature, digest: bytes, numbers: Sequence[int]) -> Gated | None:
        kept = [self._kept(number) for number in sorted(numbers)]
        for one in kept:
            if one.digest == digest:
                return self._gated("exact_duplicate", "the same text", one)
        for one in kept:
            likeness = compare(signature, one.signature)
            if likeness.near:
                return self._gated("near_duplicate", _reason(likeness), one)
        return None

    def _gated(self, gate: str, reason: str, one: Kept) -> Gated:
        if one.number >= self.first:
            return Gated(gate, reason, self.names[one.number - self.first])
        self.leaning.add(one.number)
        return Gated(gate, reason, self.earlier.name(one.number))

    def _kept(self, number: int) -> Kept:
        return self.kept[number - self.first] if number >= self.first else self.earlier.kept(number)


def _most_met(numbers: Sequence[int]) -> Sequence[int]:
    """Choose whom to compare with: those met most often, of equals the first."""
    if len(numbers) <= 1:
        return numbers
    met: dict[int, int] = {}
    for number in numbers:
        met[number] = met.get(number, 0) + 1
    return sorted(met, key=lambda number: (-met[number], number))[:MOST_COMPARED]


def _reason(likeness: Likeness) -> str:
    names = f"{likeness.names} {'name' if likeness.names == 1 else 'names'}" if likeness.names else "no name"
    return f"some {likeness.contained:.0%} of its words stand there, and no number and {names} is its own"

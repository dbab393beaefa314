"""Keys and the reports that have them, on disk: sorted files of 64-bit numbers, merged when they are many.

A database of 200 million rows in no order is written at the speed of a disk's
head, and asked so. Sorted files are written in one go, found in by halving, and
merged by reading them once (O'Neil et al., The log-structured merge-tree, 1996);
what is asked often stays in the memory that the system has to spare.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_REPORTS", "Postings", "packed", "write_sorted"]

# 37 bits of key, 27 of report: 134 million reports.
REPORT_BITS = 27
MOST_REPORTS = 1 << REPORT_BITS
_REPORT = np.uint64(MOST_REPORTS - 1)
_SHIFT = np.uint64(REPORT_BITS)

# Reports that are looked at of all that share a key, the first ones: a form that a thousand offices
# fill in is known by its first.
MOST_OF_KEY = 16

# Numbers that are merged at a time: 32 MB, of which there are three copies for a moment.
MERGED_AT_ONCE = 1 << 22


def packed(keys: NDArray[np.uint64], reports: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put keys and numbers of reports into one number each, and sort them."""
    return np.sort((keys << _SHIFT) | reports)


def write_sorted(path: Path, parts: Iterator[NDArray[np.uint64]]) -> None:
    """Write a file, brought to the disk before it gets its name."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("wb") as file:
        for part in parts:
            part.tofile(file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


class Postings:
    """Some sorted files, asked as one."""

    def __init__(self) -> None:
        self._files: dict[Path, NDArray[np.uint64]] = {}

    def open(self, paths: Sequence[Path]) -> None:
        """Take these files for the ones to ask; those that were open before stay so."""
        self._files = {
            path: self._files[path] if path in self._files else np.memmap(path, np.uint64, "r")
            for path in paths
        }

    def find(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """Find the first reports of every key.

        Returns:
            For every find the place of its key among `keys`, and the number of the report;
            by place and number, at most `MOST_OF_KEY` of a place. The files that the
            numbers happen to lie in do not show.
        """
        order = np.argsort(keys, kind="stable")
        wanted = keys[order] << _SHIFT
        places, reports = [np.empty(0, np.intp)], [np.empty(0, np.uint64)]
        for numbers in self._files.values():
            first = np.searchsorted(numbers, wanted)
            # Hardly any key is found: the end of its run is looked for only then.
            at = np.minimum(first, len(numbers) - 1)
            hits = np.flatnonzero((first < len(numbers)) & ((numbers[at] >> _SHIFT) == wanted >> _SHIFT))
            last = np.searchsorted(numbers, wanted[hits] | _REPORT, side="right")
            counts = np.minimum(last - first[hits], MOST_OF_KEY)
            places.append(np.repeat(order[hits], counts))
            reports.append(numbers[np.repeat(first[hits], counts) + _counting(counts)] & _REPORT)
        return _first_of_each(np.concatenate(places), np.concatenate(reports))


def _counting(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Count from zero in each of several runs: [2, 3] gives 0 1 0 1 2."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def _first_of_each(
    places: NDArray[np.intp], reports: NDArray[np.uint64]
) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
    order = np.lexsort((reports, places))
    places, reports = places[order], reports[order]
    _, counts = np.unique(places, return_counts=True)
    kept = _counting(counts) < MOST_OF_KEY
    return places[kept], reports[kept]


def merged(paths: Sequence[Path], dropped: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.uint64]]:
    """Merge sorted files into one, part by part; leaves out the reports that were forgotten, as ranges."""
    with ExitStack() as opened:
        # Read, not mapped: of a mapped file all that was looked at stays in the memory of the process.
        files = [opened.enter_context(path.open("rb")) for path in paths]
        share = max(1, MERGED_AT_ONCE // len(files))
        parts = [np.fromfile(file, np.uint64, share) for file in files]
        while any(map(len, parts)):
            # Up to the least of the ends nothing can come later that belongs before.
            bound = min(part[-1] for part in parts if len(part))
            ends = [int(np.searchsorted(part, bound, side="right")) for part in parts]
            done = np.concatenate([part[:end] for part, end in zip(parts, ends, strict=True)])
            yield _without(np.sort(done), dropped)
            for number, end in enumerate(ends):
                more = np.fromfile(files[number], np.uint64, end)
                parts[number] = np.concatenate((parts[number][end:], more))


def _without(numbers: NDArray[np.uint64], dropped: Sequence[tuple[int, int]]) -> NDArray[np.uint64]:
    for first, last in dropped:
        reports = numbers & _REPORT
        numbers = numbers[(reports < first) | (reports >= last)]
    return numbers

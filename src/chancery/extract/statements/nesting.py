"""Statements inside statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from chancery.extract.statements.scene import Candidate

__all__ = ["Containing", "holders"]


class Containing:
    """Which contents hold which cue, found by the token instead of by asking every pair."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        heads = {c.head for c in candidates}
        self.numbers: defaultdict[int, list[int]] = defaultdict(list)
        for number, candidate in enumerate(candidates):
            relayed = set() if candidate.relays is None else {candidate.relays}
            for i in sorted(heads & (candidate.content | relayed)):
                self.numbers[i].append(number)

    def of(self, candidate: Candidate) -> list[Candidate]:
        """Return the other candidates whose content holds this one's cue."""
        return [
            self.candidates[n] for n in self.numbers[candidate.head] if self.candidates[n] is not candidate
        ]


def holders(candidates: Sequence[Candidate]) -> list[int | None]:
    """Return for every candidate the index of the smallest one whose content holds its cue.

    A cue inside its own content (a clause around it) holds nothing, and of two
    that hold each other the longer content is the outer one.
    """
    containing = Containing(candidates)
    number = {id(c): n for n, c in enumerate(candidates)}
    found: list[int | None] = []
    for candidate in candidates:
        outer = [
            (len(other.content), number[id(other)])
            for other in containing.of(candidate)
            if other.head not in candidate.content or len(other.content) > len(candidate.content)
        ]
        found.append(min(outer)[1] if outer else None)
    return _without_circles(found, candidates)


def _without_circles(found: list[int | None], candidates: Sequence[Candidate]) -> list[int | None]:
    """Make the longest of several that hold each other in turn the outermost.

    Broken parses of speech give three that do ("And I wanted to ask you, when we
    see this, could you tell us what you feel").
    """
    for number in range(len(found)):
        above: dict[int, None] = {}
        at: int | None = number
        while at is not None and at not in above:
            above[at] = None
            at = found[at]
        if at is not None:
            order = [*above]
            circle = order[order.index(at) :]
            found[max(circle, key=lambda one: (len(candidates[one].content), -one))] = None
    return found

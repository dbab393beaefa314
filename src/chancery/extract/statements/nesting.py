"""Statements inside statements."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.extract.statements.scene import Candidate

__all__ = ["holders"]


def holders(candidates: Sequence[Candidate]) -> list[int | None]:
    """Return for every candidate the index of the smallest one whose content holds its cue.

    A cue inside its own content (a clause around it) holds nothing, and of two
    that hold each other the longer content is the outer one.
    """
    found: list[int | None] = []
    for candidate in candidates:
        outer = [
            (len(other.content), number)
            for number, other in enumerate(candidates)
            if other is not candidate and _holds(other, candidate)
        ]
        found.append(min(outer)[1] if outer else None)
    return _without_circles(found, candidates)


def _without_circles(found: list[int | None], candidates: Sequence[Candidate]) -> list[int | None]:
    """Make the longest of several that hold each other in turn the outermost.

    Broken parses of speech give three that do ("And I wanted to ask you, when we
    see this, could you tell us what you feel").
    """
    for number in range(len(found)):
        above: list[int] = []
        at: int | None = number
        while at is not None and at not in above:
            above.append(at)
            at = found[at]
        if at is not None:
            circle = above[above.index(at) :]
            found[max(circle, key=lambda one: (len(candidates[one].content), -one))] = None
    return found


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if inner.head not in outer.content:
        return False
    return outer.head not in inner.content or len(outer.content) > len(inner.content)

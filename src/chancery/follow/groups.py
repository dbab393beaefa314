"""Records that tell the same, gathered into groups, whatever the order in which they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from chancery.follow.items import Act, Held, Saying
from chancery.follow.same import same_act, same_claim, same_issue

__all__ = ["Groups", "Index", "Item", "reason_of"]

type Item = Act | Saying | Held

# Under one key at most so many records are looked at, the last that came in: the first of many
# that tell the same are led to by those that came between. Only beyond this does the order of
# coming in matter. On 162 reports of March 2022, 12 find all that 64 find.
MOST = 24


def reason_of(one: Item, other: Item) -> str | None:
    """Say why two records of one kind tell the same, else return None."""
    if isinstance(one, Act) and isinstance(other, Act):
        return same_act(one, other)
    if isinstance(one, Saying) and isinstance(other, Saying):
        return same_claim(one, other)
    if isinstance(one, Held) and isinstance(other, Held):
        return same_issue(one, other)
    return None


class Groups[T: Hashable]:
    """Sets of things that are the same, by pairs that are (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def find(self, one: T) -> T:
        """Return the thing that stands for the group of another."""
        root = one
        while (above := self._parent.get(root, root)) != root:
            root = above
        while one != root:
            one, self._parent[one] = self._parent.get(one, one), root
        return root

    def join(self, one: T, other: T) -> None:
        """Put two groups together."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[second] = first

    def groups(self, things: Iterable[T]) -> list[list[T]]:
        """Return all things in their groups, in the order in which they were given."""
        found: dict[T, list[T]] = defaultdict(list)
        for thing in things:
            found[self.find(thing)].append(thing)
        return list(found.values())


class Index:
    """Which records stand under which keys: by it the few are found that may tell the same."""

    def __init__(self) -> None:
        self._under: Mapping[str, list[Item]] = defaultdict(list)

    def links(self, item: Item) -> list[tuple[Item, str]]:
        """Return the records so far that tell the same as another, each with the reason."""
        seen: dict[int, Item] = {}
        for key in item.keys:
            seen.update((id(other), other) for other in self._under.get(key, ())[-MOST:])
        return [(other, reason) for other in seen.values() if (reason := reason_of(item, other))]

    def put(self, item: Item) -> None:
        """Make a record known to those that come after."""
        for key in item.keys:
            self._under[key].append(item)

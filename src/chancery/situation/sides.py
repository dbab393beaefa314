"""The two sides of a situation, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chancery.knowledge.codes import state_of
from chancery.records import Actor, ActorSlot, Place, Reading

__all__ = ["Side", "Sides", "Standing"]


@dataclass(frozen=True, slots=True)
class Side:
    """A state or an organization, by actor id, and the name to show."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Sides:
    """The two parties of a situation, in the order in which they were asked for."""

    first: Side
    second: Side

    def other(self, side: Side) -> Side:
        """Return the other one."""
        return self.second if side == self.first else self.first

    @property
    def both(self) -> tuple[Side, Side]:
        """Both, to go through."""
        return self.first, self.second


@dataclass(slots=True)
class Standing:
    """Who belongs to which side in one report."""

    reading: Reading
    sides: Sides
    places: Mapping[str, Place] = field(init=False)
    _actors: Mapping[str, Actor] = field(init=False)
    _known: dict[str, Side | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._actors = {actor.id: actor for actor in self.reading.actors}
        self.places = {place.id: place for place in self.reading.places}

    def known(self, actor: str) -> bool:
        """Tell whether an actor is a state or body of the tables."""
        record = self._actors.get(actor)
        return record is not None and record.resolved and record.kind != "person"

    def side(self, actor: str | None) -> Side | None:
        """Return the side that an actor is or belongs to: itself, its body, its official, its citizen.

        A person who holds an office of one side's and is a citizen of the
        other's stands for the office.
        """
        if actor is None:
            return None
        if actor not in self._known:
            self._known[actor] = self._side(actor)
        return self._known[actor]

    def _side(self, actor: str) -> Side | None:
        record = self._actors.get(actor)
        states = [actor, actor.partition(":")[0]]
        if record is not None:
            states += [role.organization.partition(":")[0] for role in record.roles if role.organization]
            states.append(record.country or "")
        states.append(state_of(actor) or "")
        for state in states:
            for side in self.sides.both:
                if state == side.id:
                    return side
        return None

    def among(self, slots: Iterable[ActorSlot]) -> list[Side]:
        """Return the sides that the parties belong to, each once, in order."""
        found = (self.side(slot.actor) for slot in slots)
        return list(dict.fromkeys(side for side in found if side is not None))

    def named(self) -> set[str]:
        """Return the ids of the sides that the report names at all."""
        return {side.id for actor in self.reading.actors if (side := self.side(actor.id)) is not None}

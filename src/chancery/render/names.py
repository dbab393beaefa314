"""Actor ids as names that readers know."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.records import Actor, ActorSlot, Reading, Span, Statement
from chancery.render.typeset import clean, shorten

__all__ = ["NOBODY", "UNKNOWN", "Names", "makers", "shown_name"]

UNKNOWN = "?"

# How readers write an actor that nobody names; it says no more than the sign does.
NOBODY = frozenset({"?", "?:unknown"})

# Columns of quoted words where a name is wanted: "a group of independent experts analyzing the ..."
LONGEST_QUOTED = 44

# "North Atlantic Treaty Organization" is known as its id, "European Union" as its name.
LONGEST_NAME = 24
LONGEST_SHORT_NAME = 8


class Names:
    """The names of everybody in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._actors = {actor.id: actor for actor in reading.actors}
        self._statements = {statement.id: statement for statement in reading.statements}

    def actor(self, actor_id: str) -> Actor | None:
        """Return the record behind an id, if the reading has one."""
        return self._actors.get(actor_id)

    def of(self, actor_id: str) -> str:
        """Name an actor; an id without a record is spelled out as words."""
        actor = self._actors.get(actor_id)
        return shown_name(actor_id, actor.name if actor else "", actor.kind if actor else None)

    def titled(self, actor_id: str) -> str:
        """Name an actor with the office that the reading found for it."""
        name, actor = self.of(actor_id), self._actors.get(actor_id)
        if actor is None or not actor.roles:
            return name
        # an office of one's own country before one held elsewhere by right of it
        role = next((role for role in actor.roles if role.organization == actor.country), actor.roles[0])
        title = clean(role.title)
        organization = self.of(role.organization) if role.organization else ""
        if not organization or organization.lower() in title.lower():
            return f"{name}, {title}"
        return f"{name}, {title} ({organization})"

    def slot(self, slot: ActorSlot) -> str:
        """Name a party; one that is not known is quoted in its own words."""
        return self.of(slot.actor) if slot.actor else self.quoted(slot.span)

    def quoted(self, span: Span | None) -> str:
        """Quote the words of a span, or say that there are none."""
        return f"“{shorten(clean(self._reading.words(span)), LONGEST_QUOTED)}”" if span else UNKNOWN

    def parties(self, slots: Sequence[ActorSlot]) -> str:
        """Name several parties, each once."""
        return self.several([self.slot(slot) for slot in slots])

    def several(self, names: Sequence[str]) -> str:
        """Join names as a sentence would: "Malaysia, Indonesia and Brunei"."""
        once = list(dict.fromkeys(names))
        return " and ".join(filter(None, [", ".join(once[:-1]), *once[-1:]])) or UNKNOWN

    def speaker(self, statement: Statement) -> str:
        """Name the source of a statement."""
        speaker = statement.speaker
        if speaker.actors:
            return self.several([self.of(actor) for actor in speaker.actors])
        return self.of(speaker.actor) if speaker.actor else self.quoted(speaker.span)

    def voices(self, statement_id: str | None) -> list[str]:
        """Name everybody who speaks in a statement, one by one."""
        statement = self._statements.get(statement_id or "")
        if statement is None:
            return []
        return [self.of(actor) for actor in statement.speaker.actors] or [self.speaker(statement)]

    def resolved(self, actor_id: str) -> bool:
        """Say whether an actor is one of the knowledge tables."""
        actor = self._actors.get(actor_id)
        return actor is not None and actor.resolved

    def known(self, slots: Sequence[ActorSlot]) -> bool:
        """Say whether any party is more than a word."""
        return any(slot.actor and slot.actor not in NOBODY for slot in slots)

    def teller(self, statement_id: str | None) -> str | None:
        """Name who tells what a record says, when a statement does."""
        statement = self._statements.get(statement_id or "")
        return self.speaker(statement) if statement else None


def shown_name(actor_id: str, name: str, kind: str | None = None) -> str:
    """Return the name that readers know an actor by; without any, its id spelled out as words.

    Args:
        actor_id: whose name.
        name: the long one, empty where there is none.
        kind: what sort of actor it is: organizations are known by their initials.
    """
    if actor_id in NOBODY:
        return UNKNOWN
    long = len(name) > LONGEST_NAME and len(actor_id) <= LONGEST_SHORT_NAME
    if kind == "international_organization" and ":" not in actor_id and long:
        return actor_id
    return clean(name) or _spelled(actor_id)


def _spelled(actor_id: str) -> str:
    root, _, part = actor_id.partition(":")
    words = clean(part.replace("-", " "))
    if root == "person":
        return words.title() or actor_id
    if root == "?":
        return words or UNKNOWN
    return clean(f"{root} {words}") or UNKNOWN


def makers(reading: Reading) -> list[str]:
    """Name what read the report, programs and models with their versions, each once."""
    methods = [
        record.method
        for records in (reading.statements, reading.events, reading.places, reading.actors, reading.times)
        for record in records
    ]
    named = dict.fromkeys(clean(method.partition(" | ")[2].replace(" | ", " with ")) for method in methods)
    return [maker for maker in named if maker]

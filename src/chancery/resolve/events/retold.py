"""One act told twice is one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from chancery.extract.events import EventMention
from chancery.resolve.events.drafts import NOBODY, Draft, known

__all__ = ["merged", "told_once"]

REAL = frozenset({"occurred", "ongoing"})
STEM = 4  # letters by which "attack" and "attacked", "invade" and "invasion" are taken for one word
# A mention without parties repeats an act told at most this many tokens before.
NEAR = 120
# How many acts of one kind and party are looked back on; no report tells of so many, a list may.
MEMORY = 100


@dataclass(frozen=True, slots=True)
class _Act:
    """What decides whether two drafts tell of one act: meetings by any word, other acts by the same one."""

    act: str
    status: str
    stem: str
    mode: str | None
    actors: frozenset[str]
    patients: frozenset[str]

    @classmethod
    def of(cls, draft: Draft) -> _Act:
        mention = draft.mention
        return cls(
            act=mention.act,
            status="real" if mention.status in REAL else mention.status,
            stem="" if mention.act == "CONSULT" else mention.word[:STEM],
            mode=mention.mode,
            actors=frozenset(known(draft.actor)),
            patients=frozenset(known(draft.recipient)),
        )

    def shared(self) -> Iterator[tuple[str, ...]]:
        """Yield what another telling of the act has at least one of in common with this one.

        That is who does it or, where one of the two names nobody who does, whom it hits.
        """
        kind = (self.act, self.status, self.stem)
        for actor in self.actors:
            yield (*kind, "by", actor)
        for patient in self.patients:
            yield (*kind, "on", patient) if self.actors else (*kind, "on, by nobody", patient)

    def sought(self) -> Iterator[tuple[str, ...]]:
        """Yield what an earlier telling may share with this one."""
        kind = (self.act, self.status, self.stem)
        for actor in self.actors:
            yield (*kind, "by", actor)
        for patient in self.patients:
            yield (*kind, "on, by nobody", patient)
            if not self.actors:
                yield (*kind, "on", patient)


@dataclass(slots=True)
class _Group:
    """The drafts that tell of one act; `acts` are what they tell, each once."""

    drafts: list[int]
    acts: dict[_Act, None]

    def is_told(self, act: _Act) -> bool:
        """Tell whether an act is the one that all of the group tell, as far as memory goes."""
        return all(_same(one, act) for one in islice(reversed(self.acts), MEMORY))


def told_once(drafts: Sequence[Draft]) -> list[list[int]]:
    """Group the drafts that tell of the same act, in the order of their first mention.

    A mention without parties ("the meeting", "these attacks") repeats the act
    of its kind told last before it.
    """
    groups: list[_Group] = []
    # groups by what their first telling has in common with another of the same act, so that a
    # report of thousands of acts is not compared each with each
    filed: dict[tuple[str, ...], list[int]] = {}
    for index, draft in enumerate(drafts):
        act = _Act.of(draft)
        near = {number for key in act.sought() for number in filed.get(key, ())[-MEMORY:]}
        tellings = (groups[number] for number in sorted(near))
        home = next((group for group in tellings if group.is_told(act)), None)
        if home is None and not _parties(draft):
            home = _repeated(groups, drafts, draft)
        if home is None:
            for key in act.shared():
                filed.setdefault(key, []).append(len(groups))
            groups.append(_Group([index], {act: None}))
        else:
            home.drafts.append(index)
            home.acts.setdefault(act)
    return _joined([group.drafts for group in groups], drafts)


def _repeated(groups: Sequence[_Group], drafts: Sequence[Draft], draft: Draft) -> _Group | None:
    """Return the last act that a mention without parties can repeat."""
    for group in reversed(groups):
        first = drafts[group.drafts[0]]
        if draft.mention.at - first.mention.at > NEAR:
            return None
        if _alike(first.mention, draft.mention):
            return group
    return None


def _joined(groups: list[list[int]], drafts: Sequence[Draft]) -> list[list[int]]:
    """Join an act without parties to the one like it that follows: "Ministers met. Lavrov and Truss met"."""
    kept: list[list[int]] = []
    for number, group in enumerate(groups):
        home = None
        if not any(_parties(drafts[index]) for index in group):
            home = _following(groups, drafts, number)
        if home is None:
            kept.append(group)
        else:
            home += group
    return kept


def _following(groups: Sequence[list[int]], drafts: Sequence[Draft], number: int) -> list[int] | None:
    first = drafts[groups[number][0]].mention
    for other in islice(groups, number + 1, None):
        draft = drafts[other[0]]
        if draft.mention.at - first.at > NEAR:
            return None
        if _alike(first, draft.mention) and _parties(draft):
            return other
    return None


def _same(first: _Act, second: _Act) -> bool:
    """Tell whether two mentions tell of one act: the same, by the same parties, equally real."""
    if (first.act, first.status, first.stem) != (second.act, second.status, second.stem):
        return False
    if not _one_mode(first.act, first.mode, second.mode):
        return False
    struck = bool(first.patients & second.patients)
    if not first.actors or not second.actors:  # who did it is told once only; whom it hit must agree
        return struck
    return bool(first.actors & second.actors) and (not first.patients or not second.patients or struck)


def _alike(one: EventMention, two: EventMention) -> bool:
    if one.act != two.act or (one.status != two.status and not {one.status, two.status} <= REAL):
        return False
    return _one_mode(one.act, one.mode, two.mode)


def _one_mode(act: str, one: str | None, two: str | None) -> bool:
    if act == "CONSULT" and "visit" in {one, two}:
        return one == two
    return one == two or not one or not two


def _parties(draft: Draft) -> bool:
    """Tell whether a draft names anybody in particular: "the parties" and "the leaders" do not."""
    named = [slot.actor or NOBODY for slot in (*draft.actor, *draft.recipient)]
    if draft.mention.act == "CONSULT":
        named = [actor for actor in named if not actor.startswith("?:") and not actor.endswith(":official")]
    return any(actor != NOBODY for actor in named)


def merged(group: Sequence[Draft]) -> Draft:
    """Keep the first mention, with the parties that a later one adds where it names none."""
    first = group[0]
    actor = next((draft.actor for draft in group if draft.actor), ())
    recipient = next((draft.recipient for draft in group if draft.recipient), ())
    mode = next((draft.mention.mode for draft in group if draft.mention.mode), None)
    held = {slot.actor for slot in actor}
    return Draft(
        replace(first.mention, mode=mode), actor, tuple(slot for slot in recipient if slot.actor not in held)
    )

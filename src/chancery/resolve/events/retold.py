"""One act told twice is one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chancery.extract.events import EventMention
from chancery.resolve.events.drafts import NOBODY, Draft, known

__all__ = ["merged", "told_once"]

REAL = frozenset({"occurred", "ongoing"})
STEM = 4  # letters by which "attack" and "attacked", "invade" and "invasion" are taken for one word
# A mention without parties repeats an act told at most this many tokens before.
NEAR = 120


def told_once(drafts: Sequence[Draft]) -> list[list[int]]:
    """Group the drafts that tell of the same act, in the order of their first mention.

    A mention without parties ("the meeting", "these attacks") repeats the act
    of its kind told last before it.
    """
    groups: list[list[int]] = []
    for index, draft in enumerate(drafts):
        home = next((group for group in groups if all(_same(drafts[one], draft) for one in group)), None)
        if home is None and not _parties(draft):
            home = next((group for group in reversed(groups) if _repeats(drafts[group[0]], draft)), None)
        if home is None:
            groups.append([index])
        else:
            home.append(index)
    return _joined(groups, drafts)


def _joined(groups: list[list[int]], drafts: Sequence[Draft]) -> list[list[int]]:
    """Join an act without parties to the one like it that follows: "Ministers met. Lavrov and Truss met"."""
    kept: list[list[int]] = []
    for number, group in enumerate(groups):
        home = None
        if not any(_parties(drafts[index]) for index in group):
            later = (other for other in groups[number + 1 :] if _parties(drafts[other[0]]))
            home = next((other for other in later if _repeats(drafts[group[0]], drafts[other[0]])), None)
        if home is None:
            kept.append(group)
        else:
            home += group
    return kept


def _same(first: Draft, second: Draft) -> bool:
    """Tell whether two mentions tell of one act: the same, by the same parties, equally real."""
    if not _alike(first.mention, second.mention) or not _one_word(first.mention, second.mention):
        return False
    actors, others = known(first.actor), known(second.actor)
    patients, sufferers = known(first.recipient), known(second.recipient)
    if not actors or not others:  # who did it is told once only; whom it hit must agree
        return bool(patients & sufferers)
    return bool(actors & others) and (not patients or not sufferers or bool(patients & sufferers))


def _one_word(one: EventMention, two: EventMention) -> bool:
    """Tell whether two mentions may name one act: meetings by any word, other acts by the same one."""
    return one.act == "CONSULT" or one.word[:STEM] == two.word[:STEM]


def _alike(one: EventMention, two: EventMention) -> bool:
    if one.act != two.act or (one.status != two.status and not {one.status, two.status} <= REAL):
        return False
    if one.act == "CONSULT" and "visit" in {one.mode, two.mode}:
        return one.mode == two.mode
    return one.mode == two.mode or not one.mode or not two.mode


def _repeats(first: Draft, second: Draft) -> bool:
    near = second.mention.at - first.mention.at <= NEAR
    return near and _alike(first.mention, second.mention)


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

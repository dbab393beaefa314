"""Quotations without marks: a paragraph in the first person, signed or after its speaker's name.

Wikinews and government papers set longer quotations as a paragraph of their own,
indented in print and bare in the text. "I" in it is nobody of the reporter's.
"""

from __future__ import annotations

from chancery.resolve.actors.entity import Cast, Entity
from chancery.resolve.actors.speech import Speech

__all__ = ["block_speaker"]

# Words of a signature, and of the paragraph that presents whose words follow, back to its end.
LONGEST_SIGNATURE = 8
# A text without breaks is one paragraph; looking through it for every pronoun would be quadratic.
LONGEST_PARAGRAPH = 400
SIGNS = frozenset({".", "!", "?", "—", "–", "--", "-", '"', "”", "’’", "''"})
OPENING = frozenset({'"', "“", "``"})
CLOSING = frozenset({'"', "”", "''"})


def block_speaker(cast: Cast, speech: Speech, token: int) -> Entity | None:
    """Return who speaks in the paragraph around a token that nobody is said to say, or None.

    A name alone at the end of the paragraph signs it. Without one it is whoever spoke last
    in the paragraph before, where that paragraph ends in an open quotation or a colon.
    """
    form, size = cast.tree.form, cast.tree.size
    start = end = token
    while start > 0 and "\n" not in form[start - 1] and token - start < LONGEST_PARAGRAPH:
        start -= 1
    while end < size and "\n" not in form[end] and end - token < LONGEST_PARAGRAPH:
        end += 1
    if LONGEST_PARAGRAPH in {token - start, end - token}:
        return None
    return _signature(cast, start, end) or _presented(cast, speech, start)


def _signature(cast: Cast, start: int, end: int) -> Entity | None:
    """Find the person whose name alone makes the last sentence of a paragraph."""
    over = cast.over.get(end - 1)
    entity = cast.meant[over] if over is not None else None
    if over is None or entity is None or entity.sort != "person" or cast.mentions[over].kind != "name":
        return None
    first = cast.mentions[over].tokens[0]
    alone = end - LONGEST_SIGNATURE < first and first > start and cast.tree.form[first - 1] in SIGNS
    return entity if alone else None


def _presented(cast: Cast, speech: Speech, start: int) -> Entity | None:
    """Find who speaks at the end of the paragraph before, if his words go on."""
    tree = cast.tree
    last = start - 1
    while last > 0 and "\n" in tree.form[last]:
        last -= 1
    first = last
    while first > 0 and "\n" not in tree.form[first - 1] and last - first < LONGEST_PARAGRAPH:
        first -= 1
    marks = [form for form in tree.form[first : last + 1] if form in OPENING | CLOSING]
    open_ = len(marks) % 2 == 1 and marks[-1] in OPENING
    if start == 0 or not (open_ or tree.form[last] == ":"):
        return None
    head = speech.last_speaker_head(start)
    return cast.entity_at(head) if head is not None and head >= first else None

"""Setting words in a given width: cleaning, cutting at a word, wrapping, styles kept beside.

A report is somebody else's text and is never trusted with the terminal: what
would move the cursor, ring a bell or turn the reading direction is taken out
before anything is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

__all__ = ["NO_BREAK", "Piece", "Row", "clean", "fit", "plain", "shorten", "wrap"]

ELLIPSIS = "…"

# Holds words together until they are set; cleaned text has none of its own.
NO_BREAK = "\u00a0"

# An entry goes into fewer rows when this share of its words is kept there: the eye
# loses more by a second row than by the last words of a long quotation.
ENOUGH = 0.65

# C0 and C1 controls and the line and paragraph separators part words; embedding,
# override and isolate marks, and surrogates that no encoding can print, do not.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HIDDEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")

# Signs that take one column each: of such a text the columns need not be counted, which
# took a sixth of the time that a page takes.
_NARROW = re.compile(r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style; styles are names of meanings, not colours."""

    text: str
    style: str = ""


type Row = tuple[Piece, ...]


def clean(text: str) -> str:
    """Return the words on one line, without control, direction and unprintable characters."""
    return _SURROGATES.sub("\ufffd", _HIDDEN.sub("", _BREAKS.sub(" ", text))).strip()


def plain(row: Sequence[Piece]) -> str:
    """Return the text of a row."""
    return "".join(piece.text for piece in row)


def shorten(text: str, cells: int) -> str:
    """Cut a cleaned text at a word so that it takes at most `cells` columns, with … where it was cut."""
    if _NARROW.fullmatch(text[: cells + 1]):
        if len(text) <= cells:
            return text
        head = text[: max(cells - 1, 0)].rstrip()
    elif cell_len(text) <= cells:
        return text
    else:
        head = set_cell_size(text, max(cells - 1, 0)).rstrip()
    at = len(head)
    if text[at : at + 1] not in {"", " "}:
        at = head.rfind(" ")
    # a word longer than the whole room is cut inside, or nothing would be left of it
    kept = head[:at] if at > cells // 3 else head
    return kept.rstrip(" .,;:–—-([“‘\"'") + ELLIPSIS


def fit(
    words: Sequence[Piece], width: int, rows: int, *, head: Sequence[Piece] = (), tail: Sequence[Piece] = ()
) -> list[Row]:
    """Set head, words and tail in at most `rows` rows of `width` columns.

    Only the words are cut, with …; head and tail hold what must not be lost (who
    acts, a closing quotation mark, a condition) and are cut off only when they
    alone are too long. Fewer rows are used where they keep most of the words.
    """
    needed = cell_len(plain(words)) * ENOUGH
    around = cell_len(plain(head)) + cell_len(plain(tail))
    for allowed in range(1, rows + 1):
        if allowed < rows and width * allowed - around < needed:
            continue
        kept = _fitting(words, width, allowed, (head, tail))
        if kept is not None and (allowed == rows or cell_len(plain(kept)) >= needed):
            return list(wrap([*head, *kept, *tail], width))
    return list(wrap([*head, *_cut(words, width // 3), *tail], width))[:rows]


def _fitting(
    words: Sequence[Piece], width: int, rows: int, around: tuple[Sequence[Piece], Sequence[Piece]]
) -> list[Piece] | None:
    """Cut the words so that they fit with what is around them; None when nothing would be left."""
    head, tail = around
    room = width * rows - cell_len(plain(head)) - cell_len(plain(tail))
    kept = _cut(words, room)
    while len(list(wrap([*head, *kept, *tail], width))) > rows:
        if room <= min(12, width // 4):
            return None
        kept = _cut(words, room)
        room -= max(3, width // 20)
    return kept


def _cut(words: Sequence[Piece], cells: int) -> list[Piece]:
    kept: list[Piece] = []
    for piece in words:
        size = cell_len(piece.text)
        if size > cells:
            kept.append(Piece(shorten(piece.text, max(cells, 1)), piece.style))
            break
        kept.append(piece)
        cells -= size
    return kept


def wrap(words: Sequence[Piece], width: int) -> Iterator[Row]:
    """Set words in rows of `width` columns, breaking at spaces, inside a word only when it is wider."""
    row: list[Piece] = []
    used = 0
    for piece in words:
        for token in re.findall(r" +|[^ ]+", piece.text):
            size = len(token) if token.isascii() else cell_len(token)
            glued = bool(row) and not row[-1].text.endswith(" ") and token[0] != " "
            if used + size > width and token[0] != " ":
                carried = _unglue(row) if glued else []
                if row:
                    yield _joined(row)
                row, used = carried, sum(cell_len(part.text) for part in carried)
            for part in [token] if size <= width else _chopped(token, width):
                size = len(part) if part.isascii() else cell_len(part)
                if used + size > width and row:
                    yield _joined(row)
                    row, used = [], 0
                if part[0] != " " or row:
                    row.append(Piece(part, piece.style))
                    used += size
    if row:
        yield _joined(row)


def _unglue(row: list[Piece]) -> list[Piece]:
    """Take the unfinished last word off a row, unless the row is nothing else."""
    at = len(row)
    while at and row[at - 1].text[0] != " ":
        at -= 1
    if at == 0:
        return []
    carried = row[at:]
    del row[at:]
    return carried


def _chopped(token: str, width: int) -> Iterator[str]:
    while cell_len(token) > width:
        head = set_cell_size(token, width).rstrip(" ") or token[0]
        yield head
        token = token[len(head) :]
    if token:
        yield token


def _joined(row: Sequence[Piece]) -> Row:
    joined: list[Piece] = []
    for piece in row:
        if joined and joined[-1].style == piece.style:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.style)
        else:
            joined.append(piece)
    if joined:
        joined[-1] = Piece(joined[-1].text.rstrip(), joined[-1].style)
    return tuple(joined)

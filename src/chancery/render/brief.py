"""The brief: what an analyst would write down from one report, on about one screen.

Every line begins with the place of its words, ``line:character`` of the text,
and quotes them. Sections without entries are left out; what does not fit is
counted. Meaning never hangs on colour: the plain text says all that the
coloured one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chancery.records import Reading
from chancery.render import digest
from chancery.render.lines import NEGATIVE, Line, LineWriter
from chancery.render.names import UNKNOWN, makers
from chancery.render.phrases import day, published_day
from chancery.render.typeset import NO_BREAK, Piece, Row, clean, fit, plain, wrap
from chancery.render.unresolved import doubts

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["DEFAULT_WIDTH", "STYLES", "BriefOptions", "brief", "set_line", "styled_brief"]

DEFAULT_WIDTH = 100
NARROWEST = 40

# Lines longer than this are hard to read; a wider terminal gets wider margins.
WIDEST = 120

# Entries of a section before "… 12 more": chosen so that the brief of the longest
# report of the stream (a press briefing with 190 statements) stays under two screens.
MOST = {"said": 14, "happened": 8, "open": 8, "denied": 5, "held": 14, "figures": 6, "doubts": 6}

# Rich styles by meaning. Only bold, dim and the two colours that keep their
# contrast on black and on white; yellow, cyan and blue each fail on one.
STYLES = {
    "title": "bold",
    "heading": "bold",
    "name": "bold",
    "label": "italic",
    "no": "bold red",
    "hedge": "magenta",
    "faint": "dim",
}

# Room for the longest label, "conditional", and on a narrower terminal for no column.
LABEL_COLUMN = 13
WIDE_ENOUGH = 64

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """How a brief is set.

    Attributes:
        width: columns to fill; narrower than 40 is set as 40, wider than 120 as 120.
        full: show every entry, however long the report is.
        source: name of the file that was read, for the footer.
    """

    width: int = DEFAULT_WIDTH
    full: bool = False
    source: str | None = None

    @property
    def columns(self) -> int:
        """The width in use."""
        return max(NARROWEST, min(self.width, WIDEST))

    def most(self, section: str) -> int | None:
        """How many entries a section shows."""
        return None if self.full else MOST[section]


type Section = tuple[str, Sequence[Line]]


def brief(reading: Reading, options: BriefOptions | None = None) -> str:
    """Write the brief as plain text, without colours, each line within the width.

    Args:
        reading: what was read in one report.
        options: width and length; by default 100 columns and about one screen.

    Returns:
        Lines separated by line feeds, the last one ended too.
    """
    return "".join(f"{plain(row).rstrip()}\n" for row in _rows(reading, options or BriefOptions()))


def styled_brief(reading: Reading, options: BriefOptions | None = None) -> Text:
    """Write the brief for a terminal, as a rich text that holds the same words as :func:`brief`."""
    from rich.text import Text  # noqa: PLC0415 - most callers want plain text, and this takes 15 ms

    text = Text(end="", no_wrap=True)
    for row in _rows(reading, options or BriefOptions()):
        for piece in row:
            text.append(piece.text, STYLES.get(piece.style, ""))
        text.append("\n")
    return text


def _rows(reading: Reading, options: BriefOptions) -> Iterator[Row]:
    sections = [section for section in _sections(LineWriter(reading), options) if section[1]]
    gutter = max((len(line.pointer) for _, lines in sections for line in lines), default=0) + 2
    yield from _header(reading, options.columns)
    for title, lines in sections:
        yield ()
        yield (Piece(title.upper(), "heading"),)
        for line in lines:
            yield from set_line(line, gutter, options.columns)
    yield ()
    yield from _footer(reading, sections, options)


def set_line(line: Line, gutter: int, width: int) -> Iterator[Row]:
    """Set one entry: pointers and labels in columns of their own, where there is room for these."""
    indent = 2 * min(line.indent, 4)
    column = LABEL_COLUMN if line.label and width >= WIDE_ENOUGH else 0
    label = line.label or Piece("")
    head = line.head if column or not line.label else (label, Piece(" "), *line.head)
    most = line.rows if width >= WIDE_ENOUGH else line.rows + 1
    rows = fit(line.words, width - gutter - indent - column, most, head=head, tail=line.tail)
    for at, row in enumerate(rows):
        pointer = f"{line.pointer:>{gutter - 2}}" if at == 0 else ""
        beside = label.text if at == 0 and column else ""
        yield (
            Piece(f"{pointer:{gutter + indent}}", "faint"),
            Piece(f"{beside:{column}}" if column else "", label.style),
            *(Piece(piece.text.replace(NO_BREAK, " "), piece.style) for piece in row),
        )


def _header(reading: Reading, width: int) -> Iterator[Row]:
    article = reading.article
    # only the head of the text is cleaned: a text may be one line of five megabytes
    title = clean(article.title or "") or clean(article.text.lstrip()[:400].partition("\n")[0])
    yield from fit([Piece(title or "(no text)", "title")], width, 2)
    out = published_day(reading)
    words = len(article.text.split())
    facts = [
        clean(article.publisher or ""),
        f"{WEEKDAYS[out.weekday()]} {day(out)}" if out else "no date",
        "1 word" if words == 1 else f"{words:,} words",
        *_counts(reading),
    ]
    yield from wrap([Piece(" · ".join(fact for fact in facts if fact), "faint")], width)


def _counts(reading: Reading) -> Iterator[str]:
    for kind in ("statements", "events", "positions", "figures"):
        count = len(getattr(reading, kind))
        if count:
            yield f"{count} {kind if count > 1 else kind[:-1]}"


def _sections(writer: LineWriter, options: BriefOptions) -> Iterator[Section]:
    yield "Who said what", list(_statements(writer, options))
    yield "What happened", list(_events(writer, options, "happened"))
    yield "Planned, proposed, conditional, possible", list(_events(writer, options, "open"))
    yield "Denied, or not done", list(_events(writer, options, "denied"))
    yield "Positions", list(_positions(writer, options))
    yield "Forces and figures", list(_figures(writer, options))
    most = options.most("doubts")
    yield "Not resolved", [writer.doubt(doubt, most) for doubt in doubts(writer.reading)]


def _statements(writer: LineWriter, options: BriefOptions) -> Iterator[Line]:
    chosen = digest.statements(writer.reading, writer.names, options.most("said"))
    for heading, group in chosen.groups:
        yield _name("Source not named" if heading == UNKNOWN else heading)
        for told in group:
            line = writer.statement(told.record, told.again, told.depth)
            short = not options.full and told.record.id not in chosen.telling
            yield replace(line, rows=1) if short else line
    yield from _more(chosen.left_out)


def _events(writer: LineWriter, options: BriefOptions, section: str) -> Iterator[Line]:
    chosen = digest.events(writer.reading, section, options.most(section))
    yield from (writer.event(told.record) for _, group in chosen.groups for told in group)
    yield from _more(chosen.left_out)


def _positions(writer: LineWriter, options: BriefOptions) -> Iterator[Line]:
    chosen = digest.positions(writer.reading, writer.names, options.most("held"))
    for heading, group in chosen.groups:
        yield _name(heading)
        yield from (writer.position(told.record, told.again) for told in group)
    yield from _more(chosen.left_out)


def _figures(writer: LineWriter, options: BriefOptions) -> Iterator[Line]:
    chosen = digest.figures(writer.reading, options.most("figures"))
    yield from (writer.figure(told.record) for _, group in chosen.groups for told in group)
    yield from _more(chosen.left_out)


def _name(heading: str) -> Line:
    return Line(words=(Piece(heading, "name"),), rows=1)


def _more(left_out: int) -> Iterator[Line]:
    if left_out:
        yield Line(words=(Piece(f"… {left_out} more", "faint"),), indent=1)


def _footer(reading: Reading, sections: Sequence[Section], options: BriefOptions) -> Iterator[Row]:
    for notes in (_legend(reading, sections, options), [f"read by {maker}" for maker in makers(reading)]):
        # the words of one explanation stay together
        joined = " · ".join(note.replace(" ", NO_BREAK) for note in notes)
        for row in wrap([Piece(joined, "faint")], options.columns):
            yield tuple(Piece(piece.text.replace(NO_BREAK, " "), piece.style) for piece in row)


def _legend(reading: Reading, sections: Sequence[Section], options: BriefOptions) -> list[str]:
    """Explain the signs that this brief uses, and no others."""
    written = "\n".join(line.text for _, lines in sections for line in lines)
    pointed = any(line.pointer for _, lines in sections for line in lines)
    file = clean(options.source or "") or "the text"
    signs = [
        (pointed, f"9:13 is line 9, character 13 of {file}"),
        (
            any(s.kind == "direct" for s in reading.statements),
            "“ ” as quoted, without as the report tells it",
        ),
        (NEGATIVE in written, f"{NEGATIVE}denied or negated"),
        ("→" in written, "→ toward"),
        (re.search(r"(?:^|\s)\?(?:[ :]|$)", written), "? not said or not resolved"),
        (
            not options.full and re.search(r"… \d+ more$", written, re.MULTILINE),
            "… more: --full shows all",
        ),
    ]
    return [words for used, words in signs if used]

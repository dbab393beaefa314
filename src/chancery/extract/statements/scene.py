"""One report while its statements are being looked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chancery.extract.quotations import Quotation
from chancery.extract.statements.lexicon import Lexicon, load_lexicon
from chancery.extract.statements.mention import StatementOptions
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Candidate", "Scene"]

NOT_QUOTED = -1
# Signs that belong to the words beside them.
SIGNS = frozenset({"%", "$", "£", "€", "¥"})
BREAKS = frozenset("\n\r\x85\u2028\u2029")


@dataclass(slots=True, eq=False)
class Candidate:
    """A cue with its content and source, while statements are chosen and trimmed.

    Attributes:
        head: the cue's main token.
        rule: the construction.
        cue: run of tokens around the head.
        content: tokens, unordered; gaps are other statements' cues.
        speaker: the source's noun phrase.
        score: share of such findings that are right.
        hearer: the object of a request, or who is told.
        relays: the cue whose content this one passes on ("quotes officials as saying").
    """

    head: int
    rule: str
    cue: Tokens | None
    content: set[int]
    speaker: Tokens | None
    score: float
    hearer: Tokens | None = None
    relays: int | None = None


@dataclass(slots=True)
class Scene:
    """The parse as lists, the outermost quotation of every token, and the words to go by.

    Attributes:
        outer: the outermost quotations, in order.
        quoted: for every token the index of its quotation in `outer`, or -1.
        depth: for every token the number of quotations around it.
        is_word: for every token whether it is more than a mark or a blank.
        moved: speakers of later reporting verbs that the parser hung inside a clause.
        breaks: index of the first token of each paragraph.
    """

    doc: Doc
    tree: Tree
    lexicon: Lexicon
    options: StatementOptions
    outer: list[Quotation]
    quoted: list[int]
    depth: list[int]
    is_word: list[bool]
    moved: dict[int, Tokens | None] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Doc, quotations: Sequence[Quotation], options: StatementOptions) -> Scene:
        """Set the scene for one report."""
        tree = tree_of(doc)
        outer = [q for q in quotations if q.depth == 0]
        depth = [0] * tree.size
        for quotation in quotations:
            depth[quotation.start : quotation.end] = [quotation.depth + 1] * (quotation.end - quotation.start)
        quoted = [NOT_QUOTED] * tree.size
        for number, quotation in enumerate(outer):
            quoted[quotation.start : quotation.end] = [number] * (quotation.end - quotation.start)
        forms = set(tree.lower)
        breaking = {form for form in forms if not BREAKS.isdisjoint(form)}
        breaks = [0] + [
            i + 1 for i, form in enumerate(tree.lower) if form in breaking and _ends_paragraph(tree, i, form)
        ]
        words = {form: form.isalnum() or form in SIGNS or any(map(str.isalnum, form)) for form in forms}
        lexicon = load_lexicon(extra=options.extra, tail=options.tail, without=options.without)
        is_word = [words[form] for form in tree.lower]
        return cls(doc, tree, lexicon, options, outer, quoted, depth, is_word, breaks=breaks)

    def quotation(self, i: int) -> Quotation | None:
        """Return the outermost quotation that token `i` stands in."""
        number = self.quoted[i] if 0 <= i < len(self.quoted) else NOT_QUOTED
        return None if number == NOT_QUOTED else self.outer[number]

    def paragraphs(self) -> list[Tokens]:
        """Return the runs of tokens of the paragraphs that hold a word."""
        runs = zip(self.breaks, [*self.breaks[1:], self.tree.size], strict=True)
        return [run for run in runs if any(self.tree.pos[i] != "SPACE" for i in range(*run))]

    def paragraph(self, i: int) -> Tokens:
        """Return the run of tokens of the paragraph that token `i` stands in."""
        number = bisect_right(self.breaks, i)
        return self.breaks[number - 1], self.breaks[number] if number < len(self.breaks) else self.tree.size

    def length(self, i: int) -> int:
        """Return how many tokens the quotation around token `i` has, marks left out; 0 outside."""
        quotation = self.quotation(i)
        return 0 if quotation is None else quotation.end - quotation.start - 1 - quotation.closed


def _ends_paragraph(tree: Tree, i: int, form: str) -> bool:
    """Tell a break that ends a paragraph from a single one before a lower-case letter (see `language`)."""
    if i + 1 >= tree.size:
        return False
    return (
        len(BREAKS.intersection(form)) > 1 or form.count("\n") != 1 or not tree.doc[i + 1].text[0].islower()
    )

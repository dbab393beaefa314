"""What the finders of positions hand to one another and to the resolver."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chancery.extract.positions.spans import trim
from chancery.extract.syntax import Tokens
from chancery.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Bound", "PositionMention", "Site"]

type Bound = Literal["speaker", "self", "other", "others", "thing", "subject"]


@dataclass(frozen=True, slots=True)
class PositionMention:
    """A position as its words stand, before anybody is identified.

    `statement` is the index of the statement that holds it, None in an
    institution's own text. `bound` says whom it binds: the speaker, whoever
    `party` names; the speaker, if `party` names the speaker's own side
    (self), a known party that is somebody else (other), anybody else (others),
    or no party at all (thing); or the party that `party` names, whose stance the
    speaker tells (subject). `first` marks a cue in the first person ("we urge"),
    which only the text around it can resolve; `echo` a `party` that is a pronoun
    opening an indirect content ("Chad said it would"), the speaker unless it is known
    to be another; `firm` a word that binds its subject whoever tells it ("Chad supports").
    """

    act: PositionAct
    issue: Tokens
    statement: int | None
    bound: Bound
    rule: str
    score: float
    trigger: int
    party: Tokens | None = None
    toward: Tokens | None = None
    condition: Tokens | None = None
    yields: bool = False
    first: bool = False
    echo: bool = False
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """Where a trigger stands: in whose statement, within which tokens, as its cue or in its content.

    `voice` are the words of a speaker in the first person ("We, the members of the Council").
    """

    doc: Doc
    token: Token
    statement: int | None
    bounds: Tokens
    content: tuple[Tokens, ...] = ()
    is_cue: bool = False
    direct: bool = False
    voice: Tokens | None = None
    speaker: Tokens | None = None
    cue: Tokens | None = None

    def within(self, tokens: Tokens) -> Tokens | None:
        """Trim an issue to the content it begins in; a cue's complement is or reaches into the content."""
        whole = (0, len(self.doc))
        if self.is_cue:
            return trim(self.doc, tokens, whole)
        spans = self.content or (whole,)
        # a complement may hang outside a content that was cut short: "reaffirmed their commitment | to"
        outside = self.bounds if self.direct else whole
        return trim(self.doc, tokens, next((s for s in spans if s[0] <= tokens[0] < s[1]), outside))

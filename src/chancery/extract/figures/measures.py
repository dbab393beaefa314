"""Figures whose unit is part of the expression: money, shares, distances, weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.extract.figures.mention import FigureMention, Kind, change_of
from chancery.extract.figures.phrases import after_of, noun_after, noun_phrase_after, trimmed
from chancery.extract.grammar import Match
from chancery.extract.numbers import bounds
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["read_measure"]


def read_measure(doc: Doc, match: Match) -> FigureMention | None:
    """Read an amount of money, a share, a distance or a weight."""
    first, last = match.tokens
    values = dict(match.words)
    low, high = bounds(match.words)
    what = after_of(doc, last) if match.rule in {"percent", "share"} else None
    kind: Kind = "other"
    if match.rule == "money":
        unit, kind = _currency(match), "money"
        what = _money_for(doc, match)
    elif match.rule == "percent":
        unit, kind = "percent", "share"
    elif match.rule == "share":
        unit, kind = "percent", "share"
        low, high = _fraction(match)
        what = after_of(doc, last - 1) if doc[last - 1].lower_ == "of" else what
    elif match.rule == "times":
        if not _compares(doc, last):
            return None
        unit, kind = "times", "share"
    else:
        parts = values.get("AREA"), values.get("LENGTH", values.get("MEASURE"))
        unit = " ".join(str(part) for part in parts if part)
        kind = "distance" if "LENGTH" in values and "AREA" not in values else "other"
        what = (last - (2 if "AREA" in values else 1), last)
    if low is None and high is None:
        return None
    return FigureMention((first, last), low, high, unit, what, kind, change_of(doc, match), match.rule)


def _currency(match: Match) -> str:
    named = {name: str(value) for name, value in match.words if name in {"CUR", "CODE", "CURW", "CURADJ"}}
    if "CURADJ" in named and (named.get("CURW") in {"USD", "GBP", "CHF"} or named.get("CUR") == "USD"):
        return named["CURADJ"]
    return named.get("CUR") or named.get("CODE") or named.get("CURW") or named["CURADJ"]


def _fraction(match: Match) -> tuple[float | None, float | None]:
    values = dict(match.words)
    parts = 2 if "HALF" in values else int(values["FRACTION"])
    share = round(100 / parts * float(values.get("W", 1)), 1)
    sided = [("NUM", share) if name in {"HALF", "FRACTION"} else (name, value) for name, value in match.words]
    return bounds([word for word in sided if word[0] not in {"W", "A", "DASH", "OF"}])


def _compares(doc: Doc, at: int) -> bool:
    """Tell "two times the normal level" from "he came two times"."""
    return at < len(doc) and (
        doc[at].lower_ in {"the", "as", "more", "that"} or doc[at].tag_ in {"JJR", "RBR", "PRP$"}
    )


def _money_for(doc: Doc, match: Match) -> Tokens | None:
    """Find what money is for: "a $40 billion tanker contract", "$500 million in budget support"."""
    _, last = match.tokens
    if last >= len(doc):
        return None
    if doc[last].lower_ in {"in", "of", "worth", "for"}:
        return noun_phrase_after(doc, last)
    noun = noun_after(doc, last)
    return None if noun is None else trimmed(doc, last, noun.i + 1)

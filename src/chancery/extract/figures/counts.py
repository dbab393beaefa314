"""Figures that count: the parse says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.extract.figures.bare import read_bare
from chancery.extract.figures.mention import (
    FEW,
    FigureMention,
    Kind,
    change_of,
    is_one,
    is_small,
    unit_of,
)
from chancery.extract.figures.phrases import after_of, head_of, noun_after, noun_phrase_after, trimmed
from chancery.extract.figures.words import context, kinds_of_nouns, word_before
from chancery.extract.grammar import Match
from chancery.extract.numbers import bounds
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["read_count"]


def read_count(doc: Doc, match: Match) -> FigureMention | None:
    """Read a count with its noun, or hand it on where it has none."""
    match = _in_millions(doc, match)
    first, last = match.tokens
    low, high = bounds(match.words)
    if (low is None and high is None) or _labels(doc, match):
        return None
    noun, what = _counted(doc, match)
    if noun is not None and noun.lower_ in context().standing:
        return FigureMention((first, noun.i + 1), low, high, "number", None, "other", None, match.rule)
    if noun is not None and not _is_countable(noun, match):
        return None
    if noun is None:
        return read_bare(doc, match)
    kind = kinds_of_nouns().get(noun.lemma_.lower(), "other")
    idle = kind == "skip" or (kind == "abstract" and is_small(match)) or (kind == "other" and is_one(match))
    if idle or _known_few(doc, match):
        return None
    end = what[1] if what else last
    sort: Kind = "other" if kind in {"person", "abstract"} else kind  # type: ignore[assignment]
    if kind in {"person", "troops"} and _harmed(noun):
        sort = "casualties"
    return FigureMention(
        (first, end), low, high, unit_of(noun), what, sort, change_of(doc, match), match.rule
    )


def _in_millions(doc: Doc, match: Match) -> Match:
    """Read the letter in "1.2m homes", which sticks to its number and has a plural after it."""
    first, last = match.tokens
    if last >= len(doc) or doc[last].text not in {"m", "M"} or doc[last - 1].whitespace_:
        return match
    noun = noun_after(doc, last + 1)
    if noun is None or not (noun.tag_ in {"NNS", "NNPS"} or noun.lower_ in context().invariant):
        return match
    return Match((first, last + 1), match.rule, (*match.words, ("MULT", 1_000_000)))


def _is_countable(noun: Token, match: Match) -> bool:
    """Refuse what a number labels: "787 Dreamliner", "63 nation coalition", "3 YORKS", "33°"."""
    if not noun.text[0].isalpha() or (noun.text.isupper() and match.words[0][0] == "NUM"):
        return False
    if (
        noun.tag_ in {"NNS", "NNPS"}
        or noun.lower_ in context().invariant
        or noun.lower_.endswith(("s", "men"))
    ):
        return True
    numbers = [value for name, value in match.words if name in {"W", "NUM"}]
    return numbers == [1] and not noun.lower_.endswith(".")


def _known_few(doc: Doc, match: Match) -> bool:
    """Whether a small number points back to things already told: "the two leaders"."""
    first, _ = match.tokens
    values = [value for name, value in match.words if name == "W"]
    return (
        len(match.words) == len(values) == 1
        and float(values[0]) <= FEW
        and word_before(doc, first) in context().definite
    )


def _labels(doc: Doc, match: Match) -> bool:
    """Tell a label from a count: "posts 542 and 543", "Boeing 787", "3-1", "Barra, 51, ..."."""
    first, last = match.tokens
    if not first or doc[first - 1].is_space:
        return False
    before, token = doc[first - 1], doc[last - 1]
    if before.lower_ in context().labelled or (
        before.lower_ == "of" and word_before(doc, first - 1) == "age"
    ):
        return True
    names = [name for name, _ in match.words]
    counts = token.dep_ in {"nummod", "quantmod", "compound"} and token.head.i > token.i
    if names == ["NUM", "DASH", "NUM"]:
        return not counts and before.text != "("  # a score
    if names != ["NUM"]:
        return False
    if before.text == "," and last < len(doc) and doc[last].text == ",":
        return doc[first - 2].ent_type_ == "PERSON"  # an age
    if before.pos_ in {"NOUN", "PROPN"} and not counts:
        return before.lower_ not in context().periods
    same = before.pos_ == "PROPN" and before.head == token.head and before.dep_ in {"compound", "nmod"}
    return same and "," not in token.text


# Between a number and what it counts: "35 more civilians", "a 40-mile convoy".
ADDED = frozenset({"-", "–", "more", "additional", "other", "further"})


def _counted(doc: Doc, match: Match) -> tuple[Token | None, Tokens | None]:
    """Find the noun that a number counts, and the words from the number to the end of its phrase."""
    _, last = match.tokens
    if last < len(doc) and doc[last].lower_ == "of":
        what = noun_phrase_after(doc, last, skip_article=True)
        return (None, None) if what is None or is_one(match) else (head_of(doc, what), what)
    noun = noun_after(doc, last)
    if noun is None:
        return None, None
    start, end = last, noun.i + 1
    while start < noun.i and (doc[start].is_space or doc[start].text in ADDED):
        start += 1
    complement = after_of(doc, end)
    if complement and doc[complement[0]].pos_ == "PRON":
        complement = None  # six shells of them
    return noun, trimmed(doc, start, complement[1] if complement else end)


def _harmed(noun: Token) -> bool:
    """Whether the counted people were killed or hurt, by the verb they depend on."""
    verb = noun.head
    if verb.lower_ == "of" and verb.head.pos_ in {"NOUN", "NUM"}:  # scores of civilians
        noun, verb = verb.head, verb.head.head
    if verb.lemma_ in context().harm and noun.dep_ in {"dobj", "nsubjpass", "obj"}:
        return True
    if verb.lemma_ == "die" and noun.dep_ == "nsubj":
        return True
    after = noun.nbor(1).lower_ if noun.i + 1 < len(noun.doc) else ""
    return after in context().harmed or any(
        child.lemma_ in context().harm for child in noun.rights if child.dep_ in {"acl", "relcl"}
    )

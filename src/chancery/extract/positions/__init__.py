"""Positions: what a statement commits its holder to.

Fourteen typed acts, told by two kinds of signs: words that take a position
("urged", "ready to", "commitment to": `frames`), and clauses that do so by
their modal or by what they say ("must", "will not", "poses no threat":
`clauses`). Both read the dependency parse; their words are data.

The idea of typed commitments follows speech act theory (Searle, "A taxonomy of
illocutionary acts", 1975), cut to what analysts of foreign policy code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from chancery.extract.positions.clauses import find_contents, find_modals, is_party
from chancery.extract.positions.frames import FIRST, find_frames
from chancery.extract.positions.judgements import find_judgements
from chancery.extract.positions.lexicon import load_lexicon
from chancery.extract.positions.mentions import Bound, PositionMention, Site
from chancery.extract.positions.strength import strength_of
from chancery.extract.statements import StatementMention

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc, Token

__all__ = ["Bound", "PositionMention", "find_positions", "is_party", "strength_of"]


def find_positions(doc: Doc, said: Sequence[StatementMention]) -> tuple[PositionMention, ...]:
    """Find every position that a report takes, in the order of the text.

    One is returned per reading of a clause whose subject only the resolver can
    name: "the fleet will leave" commits if the fleet is the speaker's own. Which of
    two that hold each other stays is for the resolver as well, who knows whether
    anybody is bound.
    """
    wanted, judges = _hashes(doc.vocab.strings)
    lemmas = doc.to_array("LEMMA").tolist()
    at = [place for place, lemma in enumerate(lemmas) if lemma in wanted]
    if not at and not said:
        return ()
    owners, cues = _owners(doc, said), _cues(said)
    found: list[PositionMention] = []
    for place in at:
        found.extend(_at(doc[place], said, owners, cues))
    found.extend(find_judgements(doc, said, owners, (lemmas, judges)))
    return tuple(sorted(found, key=lambda one: one.trigger))


@cache
def _hashes(strings: StringStore) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hashes of the lemmas to look at; taking them anew costs a millisecond a report."""
    lexicon = load_lexicon()
    return (
        frozenset(strings[word] for word in lexicon.triggers),
        frozenset(strings[word] for word in lexicon.judges),
    )


def _at(
    token: Token, said: Sequence[StatementMention], owners: list[int], cues: dict[int, int]
) -> Iterator[PositionMention]:
    lexicon, lemma = load_lexicon(), token.lemma_
    # what a word says as part of a content does not depend on its being a cue as well
    told = _site(token, said, owners, {})
    if lemma in lexicon.modals:
        yield from find_modals(told, lexicon.modals[lemma])
    if lemma in lexicon.frames:
        yield from find_frames(_site(token, said, owners, cues), lexicon.frames[lemma])
    yield from find_contents(told)


def _owners(doc: Doc, said: Sequence[StatementMention]) -> list[int]:
    """Return for each token the innermost statement whose content holds it, or -1."""
    owners = [-1] * len(doc)
    spans = [(end - start, start, end, at) for at, one in enumerate(said) for start, end in one.content]
    for length, start, end, at in sorted(spans, reverse=True):
        owners[start:end] = [at] * length
    return owners


def _cues(said: Sequence[StatementMention]) -> dict[int, int]:
    return {token: at for at, one in enumerate(said) if one.cue is not None for token in range(*one.cue)}


def _site(token: Token, said: Sequence[StatementMention], owners: list[int], cues: dict[int, int]) -> Site:
    at = cues.get(token.i, owners[token.i])
    if at < 0:
        return Site(token.doc, token, None, (0, len(token.doc)))
    one = said[at]
    bounds = next((span for span in one.content if span[0] <= token.i < span[1]), one.content[0])
    is_cue = token.i in cues
    spoken = is_cue and one.speaker is not None and token.doc[one.speaker[0]].lower_ in FIRST
    voice = one.speaker if spoken else None
    said_so = one.speaker if is_cue else None
    return Site(
        token.doc, token, at, bounds, one.content, is_cue, one.kind == "direct", voice, said_so, one.cue
    )

"""Accusations made in passing: "the unprovoked war", "the regime's failure to", "taken hostage by".

Officials charge less by "we accuse" than by how they call a deed. Three such ways
show in the parse: a deed with an adjective that condemns it, or with its doer; a noun
of failing with its owner; and a deed told in the passive with its doer. All charge only
where the resolver finds that the doer is another party than the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chancery.extract.positions.lexicon import load_lexicon
from chancery.extract.positions.mentions import Bound, PositionMention, Site
from chancery.extract.positions.spans import is_hypothetical, is_negated, noun_span, verb_span
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["doer_of", "find_attempted", "find_called", "find_endured"]

WEAK = 0.4
PARTY_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
OWNING = frozenset({"poss", "compound", "amod", "nmod"})
PASSIVE = frozenset({"relcl", "acl", "ccomp", "conj", "ROOT", "advcl"})
# In the object of one of these a deed is told of, not charged by the one who tells.
STRIKING = frozenset({"against", "of", "in", "on"})
AGAINST = frozenset({"against", "on", "upon"})
CAPTIVES = frozenset({"hostage", "prisoner", "captive"})
POINTING = frozenset({"the", "this", "these", "those", "that"})
# "A further invasion" has not happened.
UNREAL = frozenset({"a", "an", "any", "further", "future", "possible", "potential", "new", "renewed"})
TELLING = frozenset({"deny", "claim", "allege"})


def find_called(site: Site) -> Iterator[PositionMention]:
    """Find a deed that the words around it condemn: "Russia's unprovoked war", "this shameful attack"."""
    noun, within = site.token, load_lexicon().within
    if noun.head.lemma_ in TELLING or is_hypothetical(noun):
        return
    vile = any(within(word.lemma_.lower(), "vile") for word in _adjectives(noun))
    doer, span = doer_of(noun), noun_span(noun, alone=True)
    if doer is None:
        if vile and within(noun.lemma_, "deeds") and any(word.lower_ in POINTING for word in noun.lefts):
            yield _charge(site, span, "speaker", None)
    elif vile:
        # nobody calls the own side's deeds vile, so the doer need not be known
        yield _charge(site, span, "speaker", noun_span(doer))
    elif _is_real(noun) and (
        within(noun.lemma_, "failings")
        or (within(noun.lemma_, "wrong") and _strikes(noun))
        or (within(noun.lemma_, "deeds") and (_strikes(noun, AGAINST) or doer.head.lower_ == "by"))
    ):
        yield _charge(site, span, "other", noun_span(doer))


def find_attempted(site: Site) -> Iterator[PositionMention]:
    """Find what somebody's attempts are charged with: "the regime's attempts to *undermine* the vote"."""
    noun, within = site.token, load_lexicon().within
    owner = doer_of(noun) or next(
        (of for prep in noun.rights if prep.lower_ == "of" for of in prep.rights), None
    )
    for verb in noun.rights:
        if (
            verb.dep_ in {"acl", "relcl"}
            and verb.tag_ == "VB"
            and owner is not None
            and within(verb.lemma_, "blame")
        ):
            span = site.within(verb_span(verb))
            if span is not None and not is_negated(verb):
                party = noun_span(owner)
                yield PositionMention(
                    "accuse",
                    span,
                    site.statement,
                    "other",
                    f"attempt {verb.lemma_}",
                    WEAK,
                    verb.i,
                    party=party,
                    toward=party,
                )


def find_endured(site: Site) -> Iterator[PositionMention]:
    """Find a deed told in the passive with its doer: "were taken hostage by the militia"."""
    verb = site.token
    if verb.tag_ != "VBN" or verb.dep_ not in PASSIVE or is_negated(verb) or is_hypothetical(verb):
        return
    if verb.lemma_ == "take" and not any(child.lemma_ in CAPTIVES for child in verb.rights):
        return  # "taken hostage" harms, "the stance taken" does not
    doer = next((by for child in verb.rights if child.dep_ == "agent" for by in child.rights), None)
    if doer is not None and doer.pos_ != "PRON":
        yield _charge(site, verb_span(verb), "other", noun_span(doer))


def _adjectives(noun: Token) -> Iterator[Token]:
    for child in noun.lefts:
        if child.dep_ == "amod":
            yield child
            yield from (word for word in child.rights if word.dep_ == "conj")


def doer_of(noun: Token) -> Token | None:
    """Return whose deed a noun is: "Russia's invasion", "the Russian attack", "violations by the militia"."""
    for child in noun.lefts:
        if child.ent_type_ in {"DATE", "TIME"}:
            continue  # "yesterday's attack"
        if child.dep_ == "poss" and child.pos_ != "PRON":
            return child
        if child.dep_ in OWNING and child.ent_type_ in PARTY_NAMES:
            return child
        if child.dep_ == "poss" and child.lower_ in {"its", "their", "his"}:
            return child
    for prep in noun.rights:
        if prep.lower_ == "by":
            return next(iter(prep.rights), None)
    return None


def _is_real(noun: Token) -> bool:
    return not any(child.lower_ in UNREAL for child in noun.lefts)


def _strikes(noun: Token, by: frozenset[str] = STRIKING) -> bool:
    # "Russia's crimes in Bucha" charges as it stands; "the Russian invasion" may only date a thing
    return any(child.dep_ == "prep" and child.lower_ in by for child in noun.rights)


def _charge(site: Site, issue: Tokens, bound: Bound, party: Tokens | None) -> PositionMention:
    span = site.within(issue)
    return PositionMention(
        "accuse",
        span if span is not None else issue,
        site.statement,
        bound,
        f"called {site.token.lemma_}",
        WEAK,
        site.token.i,
        party=party,
        toward=party if bound != "speaker" else None,
    )

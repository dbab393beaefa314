"""Positions that a word takes: "urged", "ready to", "commitment to", and their complements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chancery.extract.positions.complements import Complement, complements, other_party
from chancery.extract.positions.lexicon import Frame, load_lexicon
from chancery.extract.positions.mentions import Bound, PositionMention, Site
from chancery.extract.positions.spans import (
    condition,
    is_hypothetical,
    is_negated,
    noun_span,
    subject,
    trim,
)
from chancery.extract.syntax import Tokens
from chancery.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_frames", "whom"]

FIRST = frozenset({"i", "we", "us"})
OURS = frozenset({"our", "my"})
THEIRS = frozenset({"his", "her", "their", "its"})
WISHES = frozenset({"want", "like", "wish", "let", "have", "need"})
PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
PREDICATE = frozenset({"acomp", "attr", "oprd", "ROOT", "conj", "ccomp"})
PARTY_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC"})
# Of the cues, frames that read the word's own grammar are surest; a whole
# quoted clause taken as the issue is less sure (counted on reports_dev).
SURE, FAIR, WEAK = 0.8, 0.6, 0.4


def find_frames(site: Site, frames: tuple[Frame, ...]) -> Iterator[PositionMention]:
    """Find the positions that one word takes where it stands."""
    part = "verb" if site.token.dep_ in {"ROOT", "ccomp"} and site.token.tag_[:2] == "VB" else None
    part = part or PARTS.get(site.token.pos_)
    # a participle may be tagged either way: "we are determined to", "we are prepared to"
    if site.token.dep_ == "acomp":
        part = "adjective"
    for frame in frames:
        if frame.part == part or (frame.part == "adjective" and site.token.tag_ == "VBN" and part == "verb"):
            yield from _in_frame(site, frame)


def _in_frame(site: Site, frame: Frame) -> Iterator[PositionMention]:
    word = site.token
    found = whom(site, frame)
    if found is None:
        return
    bound, party = found
    clause_head = _predicate(word)
    act = frame.act
    if is_negated(clause_head) or _denied(word):
        if frame.negated is None:
            return
        act = frame.negated
    hits = _issues(site, frame)
    for hit in hits:
        span = hit.bare if frame.strip and hit.bare else hit.issue
        # a cue's complement is the content, or reaches into it
        issue = trim(site.doc, span, (0, len(site.doc)) if site.is_cue else site.bounds)
        if issue is None:
            continue
        toward = hit.party or other_party(word, frame.toward, issue)
        if frame.other:
            bound, party = "other", toward
        yield PositionMention(
            _shifted(act, frame, hit, clause_head),
            issue,
            site.statement,
            bound,
            f"{frame.part} {word.lemma_}",
            SURE,
            word.i,
            party=party,
            toward=toward,
            condition=condition(clause_head),
            yields=frame.yields,
        )
    if not hits and site.is_cue and site.content and frame.takes_content:
        yield from _whole_content(site, act, bound)


def _shifted(act: PositionAct, frame: Frame, hit: Complement, clause_head: Token) -> PositionAct:
    """Return the act after what is ready to be done: to talk is an offer, to strike a threat."""
    if act != frame.act:
        return act
    for name, shifted in frame.shift:
        if load_lexicon().within(hit.head.lemma_, name):
            return shifted
    return frame.conditional if frame.conditional and condition(clause_head) else act


def _issues(site: Site, frame: Frame) -> list[Complement]:
    for code in frame.issue:
        hits = complements(site.token, code)
        if hits:
            return hits
    return []


def _whole_content(site: Site, act: PositionAct, bound: Bound) -> Iterator[PositionMention]:
    first = site.content[0]
    issue = trim(site.doc, _first_sentence(site, first), first)
    while issue is not None and issue[1] - issue[0] > 1 and site.doc[issue[0]].lower_ in {"to", "that"}:
        issue = (issue[0] + 1, issue[1])
    if issue is not None:
        yield PositionMention(
            act, issue, site.statement, bound, f"cue {site.token.lemma_}", WEAK, site.token.i, yields=True
        )


def _first_sentence(site: Site, content: Tokens) -> Tokens:
    for at in range(content[0] + 1, content[1]):
        if site.doc[at].is_sent_start:
            return content[0], at
    return content


def _predicate(word: Token) -> Token:
    if word.dep_ in {"acomp", "attr", "oprd"} and word.head.pos_ in {"AUX", "VERB"}:
        return word.head
    return word


def _denied(word: Token) -> bool:
    return any(child.lower_ in {"no", "any"} for child in word.lefts) and word.pos_ == "NOUN"


def whom(site: Site, frame: Frame) -> tuple[Bound, Tokens | None] | None:
    """Find whom the word binds where it stands; None where it binds nobody."""
    word = site.token
    if site.is_cue:
        return "speaker", None
    if frame.part == "noun":
        return _of_noun(site)
    verb = _predicate(word)
    if is_hypothetical(verb):
        return None
    if frame.part == "adjective" and not frame.own:
        return ("speaker", None) if word.dep_ in PREDICATE else None
    if frame.part == "verb" and verb.tag_ in {"VB", "VBG"} and not _is_wish(verb):
        return None
    return _of_verb(verb, frame)


def _of_verb(verb: Token, frame: Frame) -> tuple[Bound, Tokens | None] | None:
    if frame.part == "verb" and any(child.dep_ == "auxpass" for child in verb.lefts):
        return None
    found = subject(verb)
    if found is None:
        return None
    if found.lower_ in FIRST:
        return "speaker", None
    if found.lower_ in {"it", "this", "that", "which", "there", "you"}:
        return ("self", noun_span(found)) if found.lower_ == "it" else None
    return ("self" if frame.own else "subject"), noun_span(found)


def _is_wish(verb: Token) -> bool:
    """Tell whether a bare verb form still speaks for its subject: "we want to thank", "we are asking"."""
    if any(child.dep_ == "aux" and child.lemma_ == "be" for child in verb.lefts):
        return True
    return (
        any(child.dep_ == "aux" and child.lemma_ == "do" for child in verb.lefts)
        or (verb.dep_ == "xcomp" and verb.head.lemma_ in WISHES)
        or (
            verb.tag_ == "VB"
            and not any(child.dep_ == "aux" for child in verb.lefts)
            and verb.dep_ != "xcomp"
        )
    )


def _of_noun(site: Site) -> tuple[Bound, Tokens | None] | None:
    word = site.token
    owner = _owner(word)
    if owner is not None and owner.lower_ in OURS:
        return "speaker", None
    head = word
    while head.dep_ == "conj":
        head = head.head
    verb = head.head
    if head.dep_ not in {"dobj", "pobj", "dep", "ROOT", "attr"}:
        return None
    at_top = not site.bounds[0] <= verb.i < site.bounds[1]
    if not at_top and verb.lemma_ not in load_lexicon().classes["attitude"]:
        return None
    if owner is not None and owner.lower_ not in THEIRS:
        return "self", noun_span(owner)
    if at_top and site.statement is not None:
        return "speaker", None
    return _of_attitude(verb) if head.dep_ == "dobj" else None


def _of_attitude(verb: Token) -> tuple[Bound, Tokens | None] | None:
    found = subject(verb)
    if found is None or is_hypothetical(verb):
        return None
    return ("speaker", None) if found.lower_ in FIRST else ("subject", noun_span(found))


def _owner(noun: Token) -> Token | None:
    """Return whose commitment, demand or concern a noun is: "our", "Russia's", "the U.S. commitment"."""
    owners = [child for child in noun.lefts if child.dep_ == "poss"]
    named = {"compound", "amod", "nmod"}
    owners += [child for child in noun.lefts if child.dep_ in named and child.ent_type_ in PARTY_NAMES]
    return owners[0] if owners else None

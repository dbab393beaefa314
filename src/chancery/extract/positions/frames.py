"""Positions that a word takes: "urged", "ready to", "commitment to", and their complements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chancery.extract.positions.charges import doer_of
from chancery.extract.positions.complements import Complement, complements, other_party
from chancery.extract.positions.lexicon import Frame, load_lexicon
from chancery.extract.positions.mentions import Bound, PositionMention, Site
from chancery.extract.positions.spans import (
    FINITE,
    clause,
    condition,
    has_to,
    is_hypothetical,
    is_negated,
    is_passive,
    is_relative,
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
CALLING = frozenset({"call", "consider", "deem", "declare", "find", "brand", "label"})
ASKING = frozenset({"request", "demand", "propose"})
OURS = frozenset({"our", "my"})
THEIRS = frozenset({"his", "her", "their", "its"})
HELD = frozenset(
    {"commitment", "readiness", "willingness", "intention", "determination", "support", "refusal"}
)
PRAISED = frozenset({"decision", "plan", "proposal"})
PRAISING = frozenset({"welcome", "praise", "applaud", "commend", "condemn", "criticise", "criticize", "note"})
WISHES = frozenset({"want", "like", "wish", "let", "have", "need", "continue", "hasten", "go"})
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
    if found is None or (frame.act == "deny" and any(child.dep_ == "dative" for child in word.rights)):
        return  # "denying them their rights" withholds
    act: PositionAct | None = frame.act
    if is_negated(_predicate(word)) or _denied(word):
        act = frame.negated
    if act is None:
        return
    hits = _issues(site, frame)
    for hit in hits:
        if _is_matter(hit.head) and hit.issue != found[1]:
            yield from _as_mention(site, frame, act, hit, found)
    if not hits and site.is_cue and site.content and frame.takes_content:
        yield from _whole_content(site, frame, act, found[0])


def _as_mention(
    site: Site, frame: Frame, act: PositionAct, hit: Complement, whose: tuple[Bound, Tokens | None]
) -> Iterator[PositionMention]:
    word, (bound, party) = site.token, whose
    head = _predicate(word)
    issue = _issue(site, frame, act, hit)
    if issue is None or (frame.act in ASKING and _is_somebody(hit.head)):
        return  # who is asked is not what is asked for
    if site.speaker is not None and site.speaker[0] <= issue[0] < site.speaker[1]:
        return  # "..., asked the envoy": the subject behind the verb is taken for its object
    if word.lemma_ == "welcome" and hit.head.ent_type_ == "PERSON":
        return  # a guest is greeted, not endorsed
    toward = hit.party or other_party(word, frame.toward, issue) or _accused(act, hit.head)
    if frame.other:
        bound, party = "other", toward
    yield PositionMention(
        _shifted(act, frame, hit, head),
        issue,
        site.statement,
        bound,
        f"{frame.part} {word.lemma_}",
        SURE,
        word.i,
        party=party,
        toward=toward,
        condition=condition(head),
        yields=frame.yields,
        first=site.voice is not None,
        firm=bound == "self",
    )


def _accused(act: PositionAct, deed: Token) -> Tokens | None:
    """Return whose deed is condemned: "condemned Eritrea's raid"."""
    doer = doer_of(deed) if act == "accuse" and deed.pos_ == "NOUN" else None
    return noun_span(doer) if doer is not None else None


def _is_somebody(head: Token) -> bool:
    if head.ent_type_ in PARTY_NAMES:
        return True
    lexicon = load_lexicon()
    return head.dep_ == "dobj" and (
        lexicon.within(head.lemma_, "parties") or lexicon.within(head.lemma_, "people")
    )


def _issue(site: Site, frame: Frame, act: PositionAct, hit: Complement) -> Tokens | None:
    span = hit.bare if frame.strip and hit.bare else hit.issue
    if act == "assure" != frame.act:
        # "we have no intention of leaving" assures by its negation, so the issue keeps it
        span = clause(_governor(site.token))
    return site.within(span)


def _shifted(act: PositionAct, frame: Frame, hit: Complement, clause_head: Token) -> PositionAct:
    """Return the act after what is ready to be done: to talk is an offer, to strike a threat."""
    if act != frame.act:
        return act
    for name, shifted in frame.shift:
        if load_lexicon().within(hit.head.lemma_, name):
            return shifted
    return frame.conditional if frame.conditional and condition(clause_head) else act


def _is_matter(head: Token) -> bool:
    """Tell whether an issue is one: "offered condolences" and "want you to know" are none."""
    if head.lemma_ in {"know", "understand"} or (head.lemma_ == "be" and has_to(head)):
        return False
    return head.pos_ not in {"NOUN", "PROPN"} or not load_lexicon().within(head.lemma_, "courtesy")


def _governor(word: Token) -> Token:
    return word.head if word.dep_ in {"dobj", "attr"} else word


def _issues(site: Site, frame: Frame) -> list[Complement]:
    for code in frame.issue:
        hits = complements(site.token, code)
        if hits:
            return hits
    return []


def _whole_content(site: Site, frame: Frame, act: PositionAct, bound: Bound) -> Iterator[PositionMention]:
    first = site.content[0]
    begin = site.doc[first[0]]
    # a noun phrase that is not the cue's own object is a parse error or an idiom
    openings = {"to", "for", "that"} if "that" in frame.issue else {"to", "for"}
    if begin.lower_ not in openings and begin.pos_ not in {"VERB", "AUX"} and not site.direct:
        return
    if any(word.text == "?" for word in site.doc[slice(*first)]):
        return  # what is asked is a question, not a request
    issue = trim(site.doc, _first_sentence(site, first), first)
    while (
        issue is not None and issue[1] - issue[0] > 1 and site.doc[issue[0]].lower_ in {"to", "that", "for"}
    ):
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
    if site.is_cue and not frame.we:
        # "claimed to welcome" welcomes nothing
        return None if has_to(word) and not _is_wish(word) else ("speaker", site.voice)
    if frame.part == "noun":
        return _of_noun_frame(site, frame)
    verb = _predicate(word)
    if is_hypothetical(verb) or (frame.part == "adjective" and _is_object_before(word, verb)):
        return None
    if frame.part == "adjective" and not frame.own:
        if word.dep_ == "oprd" or (word.dep_ == "ccomp" and word.head.lemma_ in CALLING):
            return _of_verb(word.head, frame)
        return ("speaker", None) if word.dep_ in PREDICATE else None
    if frame.part == "verb" and verb.tag_ in {"VB", "VBG"} and not _is_wish(verb):
        return None
    if frame.we:
        named = subject(verb)
        return ("speaker", noun_span(named)) if named is not None and named.lower_ == "we" else None
    return _of_verb(verb, frame)


def _of_noun_frame(site: Site, frame: Frame) -> tuple[Bound, Tokens | None] | None:
    word = site.token
    if word.dep_ == "attr" and any(child.lower_ == "it" for child in word.head.lefts):
        return None if is_hypothetical(word.head) else ("speaker", None)  # "it is time for"
    if not frame.own:
        return _of_noun(site)
    if word.dep_ == "attr":
        return _of_verb(word.head, frame)  # "Kenya is a supporter of"
    first = _owner(word) is None and word.dep_ == "nsubj"
    return ("speaker", None) if first else None  # "a first step is to"


def _is_object_before(word: Token, verb: Token) -> bool:
    # "what we are prepared to do": the infinitive's object opens the clause
    inner = next((child for child in word.rights if child.dep_ == "xcomp"), verb)
    return is_relative(verb) or is_relative(inner)


def _of_verb(verb: Token, frame: Frame) -> tuple[Bound, Tokens | None] | None:
    if frame.part == "verb" and is_passive(verb):
        # "was condemned by Egypt" binds Egypt
        return _of_passive(verb)
    found = subject(verb)
    if found is None:
        return None
    if found.lower_ in FIRST:
        return None if frame.other else ("speaker", noun_span(found))
    if frame.part == "verb" and any(child.tag_ == "MD" for child in verb.lefts):
        return None  # "men can propose": an ability is no proposal
    if found.lower_ in {"it", "this", "that", "which", "there", "you"}:
        return ("self", noun_span(found)) if found.lower_ == "it" else None
    return ("self" if frame.own else "subject"), noun_span(found)


def _of_passive(verb: Token) -> tuple[Bound, Tokens | None] | None:
    """Find who did what is told in the passive: the agent, or the narrator of "the need was stressed"."""
    agent = next((by for child in verb.rights if child.dep_ == "agent" for by in child.rights), None)
    if agent is not None:
        return "subject", noun_span(agent)
    return ("speaker", None) if verb.lemma_ in load_lexicon().classes["telling"] else None


def _is_wish(verb: Token) -> bool:
    """Tell whether a bare verb form still speaks for its subject: "we want to thank", "we are asking"."""
    if any(child.dep_ == "aux" and child.lemma_ in {"be", "do"} for child in verb.lefts):
        return True
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in WISHES
    # a finite verb is often tagged as an infinitive: "we commend and support their work"
    first = verb
    while first.dep_ == "conj":
        first = first.head
    if any(child.dep_ == "aux" for child in (*verb.lefts, *first.lefts)):
        return False
    return first.tag_ in FINITE or any(child.dep_ == "nsubj" for child in first.lefts)


def _of_noun(site: Site) -> tuple[Bound, Tokens | None] | None:
    word = site.token
    owner = _owner(word)
    if owner is not None and owner.lower_ in OURS:
        return "speaker", (owner.i, owner.i + 1)
    verb = _voicing(word)
    if verb is not None and word.lemma_ in PRAISED and verb.lemma_ in PRAISING:
        return None  # "welcomes the EU's decision to" praises it
    if word.lemma_ == "need" and owner is None and site.direct and verb is None:
        return "speaker", None  # "a reminder of the need for": who says so asks for it
    at_top = verb is not None and site.cue is not None and site.cue[0] <= verb.i < site.cue[1]
    if verb is None or (not at_top and verb.lemma_ not in load_lexicon().classes["attitude"]):
        # told in passing, it binds only whoever speaks: "ways to deepen France's commitment to"
        if owner is not None and owner.lower_ in {"its", "their"} and word.lemma_ in HELD:
            return _of_clause(word)  # "Kenya is steadfast in its commitment to"
        named = owner is not None and owner.ent_type_ in PARTY_NAMES
        return ("self", noun_span(owner)) if owner is not None and named else None
    if owner is not None and owner.lower_ not in THEIRS:
        return "subject", noun_span(owner)
    if at_top:
        return "speaker", None
    return _of_attitude(verb)


def _of_clause(word: Token) -> tuple[Bound, Tokens | None] | None:
    head = word
    for _ in range(4):
        if head.pos_ in {"VERB", "AUX"} or head.head.i == head.i:
            break
        head = head.head
    found = subject(head) if head.pos_ in {"VERB", "AUX"} and not is_hypothetical(head) else None
    if found is None or found.pos_ == "PRON":
        return None
    return "self", noun_span(found)


def _voicing(noun: Token) -> Token | None:
    """Return the verb that voices a noun ("reaffirmed its support"), by the parse or by its place."""
    before = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else None
    if before is not None and before.lemma_ in load_lexicon().classes["attitude"]:
        return before
    head = noun
    while head.dep_ == "conj":
        head = head.head
    return head.head if head.dep_ in {"dobj", "pobj", "dep", "ROOT", "attr", "nsubjpass"} else None


def _of_attitude(verb: Token) -> tuple[Bound, Tokens | None] | None:
    if is_passive(verb):
        return _of_passive(verb)
    found = subject(verb)
    if found is None or is_hypothetical(verb):
        return None
    return ("speaker" if found.lower_ in FIRST else "subject"), noun_span(found)


def _owner(noun: Token) -> Token | None:
    """Return whose commitment, demand or concern a noun is: "our", "Russia's", "the U.S. commitment"."""
    owners = [child for child in noun.lefts if child.dep_ == "poss"]
    named = {"compound", "amod", "nmod"}
    owners += [child for child in noun.lefts if child.dep_ in named and child.ent_type_ in PARTY_NAMES]
    if noun.lemma_ in HELD:
        # "the commitment of the African Union to"
        of = (child for prep in noun.rights if prep.lower_ == "of" for child in prep.rights)
        owners += [child for child in of if child.ent_type_ in PARTY_NAMES]
    return owners[0] if owners else None

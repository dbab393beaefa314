"""Positions that a clause takes by its modal, its verb or its judgement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chancery.extract.positions.charges import find_attempted, find_called, find_endured
from chancery.extract.positions.complements import complements
from chancery.extract.positions.frames import FAIR, FIRST, SURE, WEAK
from chancery.extract.positions.lexicon import Modal, load_lexicon
from chancery.extract.positions.mentions import Bound, PositionMention, Site
from chancery.extract.positions.spans import (
    AUXILIARIES,
    clause,
    condition,
    has_to,
    is_hypothetical,
    is_negated,
    is_passive,
    is_relative,
    noun_span,
    subject,
    verb_span,
)
from chancery.extract.syntax import Tokens
from chancery.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_contents", "find_modals", "is_party"]

NOBODY = frozenset({"it", "this", "that", "there", "what", "which", "you", "who", "one"})
SEMI_MODALS = frozenset({"have", "need", "ought", "go"})
SURE_DANGERS = frozenset({"threat", "danger", "catastrophe"})
OBEYING = frozenset({"comply", "adhere", "abide"})
PLAIN = frozenset({"be", "have", "know", "see", "say", "look", "hope", "remember", "forget", "take", "pray"})
ECHOES = frozenset({"it", "they", "he", "she"})
EMPTY = frozenset({"continue", "do", "keep", "co", "try", "help", "make", "work", "so"})
PLAIN_AUXILIARIES = frozenset({"have", "be", "do"})
# "continues to block", "has tried to block": the deed is told of as one that is done.
PERSISTING = frozenset({"continue", "try", "attempt", "seek", "begin", "keep", "persist", "choose", "aim"})
COPULAS = frozenset({"be", "remain", "constitute", "represent", "become"})


def find_modals(site: Site, modals: tuple[Modal, ...]) -> Iterator[PositionMention]:
    """Find what a modal commits its subject, or somebody else, to."""
    verb = _main_verb(site.token)
    if verb is None or is_hypothetical(verb):
        return
    yield from _arranged(site, verb)
    named = _subject_of_modal(site.token, verb)
    if named is None:
        return
    negated = is_negated(verb) or (site.token.lemma_ == "go" and is_negated(site.token))
    if _is_hoped(verb) or (verb.dep_ == "relcl" and named.lower_ not in FIRST):
        return  # "legislation that would fund the army" is described, not promised
    passive = is_passive(verb)
    taken: set[str] = set()
    for modal in modals:
        if modal.subject in taken or modal.negated != negated or (passive and modal.subject == "self"):
            continue
        mine = named.lower_ in FIRST
        if modal.subject not in ({"self", "mine"} if mine else {"self", "other", "thing"}):
            continue
        if modal.verbs == "promised" and not passive:
            continue
        if not _in_class(verb, modal.verbs):
            continue
        if modal.subject == "thing" and not _is_thing(modal, named, verb):
            continue
        # "will not rest" refuses nothing: a class of verbs decides even where no issue is found
        taken |= {"mine", "self"} if mine else {modal.subject}
        yield from _modal_hits(site, modal, verb, named)


def _arranged(site: Site, verb: Token) -> Iterator[PositionMention]:
    """Find what there will be: "there will also be monthly updates" promises them."""
    if (
        verb.lemma_ != "be"
        or site.token.lower_ not in {"will", "would"}
        or is_negated(verb)
        or _is_hoped(verb)
    ):
        return
    if not any(child.dep_ == "expl" for child in verb.lefts):
        return
    for thing in verb.rights:
        if thing.dep_ == "attr" and load_lexicon().within(thing.lemma_, "arranged"):
            yield from _made(site, "commit", "speaker", noun_span(thing), WEAK)


def _subject_of_modal(modal: Token, verb: Token) -> Token | None:
    """Return who a modal can bind: nobody in "there will be", "should they wish" and "will he come"."""
    named = subject(verb)
    if named is None or (named.lower_ in NOBODY and named.lower_ != "it"):
        return None
    return None if modal.dep_ == "aux" and modal.i < named.i < verb.i else named


def _in_class(verb: Token, name: str) -> bool:
    lexicon = load_lexicon()
    if name == "hostile" and any(lexicon.within(child.lemma_, "reprisal") for child in verb.rights):
        return True  # "take countermeasures" is hostile by its object
    if name == "suffering" and not any(lexicon.within(child.lemma_, "dear") for child in verb.rights):
        return False  # "pay a price" suffers, "pay $5 million" buys
    return lexicon.within(verb.lemma_, name)


def _is_hoped(verb: Token) -> bool:
    """Tell whether a clause is only hoped or thought: "I hope we will", "I am sure that they must"."""
    head = verb.head
    if verb.dep_ not in {"ccomp", "acl"} or head.i > verb.i:
        return False
    hopeful = load_lexicon().classes["hopeful"]
    return head.lemma_ in hopeful or any(
        child.lemma_ in hopeful for child in head.rights if child.dep_ == "acomp"
    )


def _is_ill(named: Token, verb: Token) -> bool:
    """Tell whether a consequence is a bad one, by its cause or by what comes of it."""
    ill = load_lexicon().classes["ill"]
    heads = [named]
    for child in verb.rights:
        heads += [child, *(child.rights if child.dep_ == "prep" else ())]
    return any(head.lemma_ in ill for head in heads)


def _main_verb(word: Token) -> Token | None:
    if word.dep_ == "aux" and not is_relative(word.head):
        return None if word.lemma_ in SEMI_MODALS else word.head
    if word.lemma_ in SEMI_MODALS and word.dep_ not in AUXILIARIES:
        if (word.lemma_ == "go" and not _is_plan(word)) or word.dep_ == "relcl":
            return None  # "the parts it needs to build"
        return next((child for child in word.rights if child.dep_ == "xcomp" and has_to(child)), None)
    return None


def _is_thing(modal: Modal, named: Token, verb: Token) -> bool:
    if modal.verbs == "leading":
        return _is_ill(named, verb)
    return named.pos_ != "PRON" and not load_lexicon().within(named.lemma_.lower(), "parties")


def _is_plan(going: Token) -> bool:
    # "is going to" plans; "was going to" tells a plan that failed
    return going.tag_ == "VBG" and any(child.tag_ in {"VBZ", "VBP"} for child in going.lefts)


def _modal_hits(site: Site, modal: Modal, verb: Token, named: Token) -> Iterator[PositionMention]:
    when = condition(verb)
    mine = named.lower_ in FIRST
    party = noun_span(named)
    bound: Bound = "speaker" if mine or modal.subject == "mine" else modal.subject
    if bound == "other":
        bound = _others(named)
    if bound == "self" and _is_settled(verb):
        bound = "subject"  # "it was agreed that *Malta* would host the summit"
    if modal.verbs in {"leading", "met"} and when is None:
        when = party
    for issue in _modal_issues(site, modal, verb):
        yield PositionMention(
            modal.act,
            issue,
            site.statement,
            bound,
            f"{site.token.lemma_} {verb.lemma_}",
            SURE if mine else FAIR,
            site.token.i,
            party=party,
            toward=party if modal.subject == "other" else None,
            condition=when,
            echo=is_echo(site, named),
        )


def _is_settled(verb: Token) -> bool:
    """Tell whether a clause is what was agreed on, whoever tells it."""
    head = verb.head
    settled = verb.dep_ == "ccomp" and load_lexicon().within(head.lemma_, "settled") and is_passive(head)
    return settled and not is_negated(head) and not is_hypothetical(head)


def _others(named: Token) -> Bound:
    """Say how sure it is that a subject is a party: "both sides" are, even where nobody knows them."""
    return "others" if load_lexicon().within(named.lemma_.lower(), "parties") else "other"


def is_echo(site: Site, named: Token) -> bool:
    """Tell whether a pronoun opens an indirect content, where it takes up the speaker again."""
    return not site.direct and named.lower_ in ECHOES and named.i - site.bounds[0] <= 1


def is_party(doc: Doc, tokens: Tokens) -> bool:
    """Tell whether a noun phrase names people or a body that can act, by its head ("Russian forces")."""
    return load_lexicon().within(doc[tokens[0] : tokens[1]].root.lemma_.lower(), "parties")


def _modal_issues(site: Site, modal: Modal, verb: Token) -> Iterator[Tokens]:
    for code in modal.issue:
        if code == "verb":
            spans = [verb_span(verb)]
        elif code == "clause":
            spans = [clause(verb)]
        else:
            spans = [hit.issue for hit in complements(verb, code)]
        kept = [issue for span in spans if (issue := site.within(span)) is not None]
        kept = [issue for issue in kept if not _is_empty(site, issue)]
        if kept:
            yield from kept
            return


def _is_empty(site: Site, issue: Tokens) -> bool:
    """Tell whether an issue is a mere verb form without its complement: "we will continue to"."""
    words = [word for word in site.doc[issue[0] : issue[1]] if word.lower_ != "to"]
    if len(words) == 1:
        return words[0].lemma_ in EMPTY
    return all(word.pos_ in {"PRON", "PART", "PUNCT", "ADP"} for word in words[1:])


def find_contents(site: Site) -> Iterator[PositionMention]:
    """Find what a clause says against, about or for somebody without any modal."""
    word, lexicon = site.token, load_lexicon()
    kinds = VERB_KINDS if word.pos_ == "VERB" else NOUN_KINDS if word.pos_ == "NOUN" else {}
    for kind, find in kinds.items():
        if lexicon.within(word.lemma_, kind):
            yield from find(site)
    if word.pos_ == "NOUN" and lexicon.within(word.lemma_, "attempted"):
        yield from find_attempted(site)
    if word.pos_ == "NOUN" and lexicon.within(word.lemma_, "charged"):
        yield from find_called(site)
    if word.pos_ == "VERB" and lexicon.within(word.lemma_, "endured"):
        yield from find_endured(site)


def _blame(site: Site) -> Iterator[PositionMention]:
    verb = site.token
    if verb.dep_ in {"relcl", "acl"} or not _is_plain(verb) or not _reaches(verb):
        return
    if verb.dep_ == "conj" and load_lexicon().within(verb.head.lemma_, "blame"):
        return  # "abused their power and ignored the voters" is one charge
    named = subject(verb)
    if named is None or named.lower_ in FIRST | NOBODY or named.pos_ == "PRON":
        return
    if load_lexicon().within(named.lemma_, "deeds"):
        # "the attacks undermine the truce": the deed is charged, whoever did it
        yield from _made(site, "accuse", "speaker", noun_span(named), FAIR)
    elif load_lexicon().within(named.lemma_, "moves"):
        # "the law violates the treaty" charges whoever made it
        if not is_negated(verb):
            yield from _made(site, "accuse", "thing", verb_span(verb), FAIR, named)
    elif is_negated(verb):
        yield from _made(site, "deny", "self", verb_span(verb), FAIR, named)
    else:
        yield from _made(site, "accuse", _others(named), verb_span(verb), FAIR, named)


def _destruction(site: Site) -> Iterator[PositionMention]:
    verb = site.token
    if verb.dep_ in {"relcl", "acl", "advcl"}:
        return
    if not _is_plain(verb) or is_negated(verb):
        return
    within = load_lexicon().within
    harmed = [child for child in verb.rights if child.dep_ == "dobj"]
    named = subject(verb)
    if named is None or named.pos_ == "PRON" or named.lower_ in NOBODY:
        return
    if any(within(word.lemma_, "innocent") for child in harmed for word in child.subtree):
        yield from _made(site, "accuse", "other", verb_span(verb), FAIR, named)


def _reaches(verb: Token) -> bool:
    # "they were starving" suffers what "they starved the town" does
    return any(child.dep_ in {"dobj", "prep", "ccomp", "xcomp", "prt", "advmod"} for child in verb.rights)


def _is_plain(verb: Token) -> bool:
    """Tell whether a clause states a fact in the active voice: no modal, no condition, no question."""
    for child in verb.lefts:
        persists = child.lower_ == "to" and verb.dep_ == "xcomp" and verb.head.lemma_ in PERSISTING
        bars = child.dep_ == "auxpass" or (child.dep_ == "aux" and child.lemma_ not in PLAIN_AUXILIARIES)
        if bars and not persists:
            return False
    return not is_hypothetical(verb)


def _diligence(site: Site) -> Iterator[PositionMention]:
    verb = site.token
    if verb.dep_ in {"relcl", "acl", "xcomp", "advcl"} or not _is_plain(verb) or is_negated(verb):
        return
    if not _is_diligent(verb) or is_relative(verb):
        return
    named = subject(verb)
    if named is not None and named.lower_ not in NOBODY:
        mine = named.lower_ in FIRST
        yield from _made(site, "assure", "speaker" if mine else "self", clause(verb), FAIR, named)


def _is_diligent(verb: Token) -> bool:
    """Tell whether a verb keeps a rule or takes care: by its object, for verbs that have other uses."""
    if verb.lemma_ in OBEYING:
        return True
    kind = "precaution" if verb.lemma_ in {"take", "do"} else "rules"
    return any(load_lexicon().within(child.lemma_, kind) for child in verb.rights if child.dep_ == "dobj")


def _proposal(site: Site) -> Iterator[PositionMention]:
    verb = next((child for child in site.token.rights if child.dep_ == "ccomp"), None)
    if verb is None or verb.pos_ != "VERB" or verb.lemma_ in PLAIN or is_negated(site.token):
        return
    if any(child.lower_ in {"us", "'s", "’s"} for child in verb.lefts if child.dep_ == "nsubj"):
        yield from _made(site, "propose", "speaker", verb_span(verb), FAIR)


def _made(
    site: Site, act: PositionAct, bound: Bound, issue: Tokens, score: float, named: Token | None = None
) -> Iterator[PositionMention]:
    span = site.within(issue)
    party = noun_span(named) if named is not None else None
    if span is not None:
        yield PositionMention(
            act,
            span,
            site.statement,
            bound,
            f"content {site.token.lemma_}",
            score,
            site.token.i,
            party=party,
            toward=party if bound in {"other", "others"} else None,
        )


def _wrong(site: Site) -> Iterator[PositionMention]:
    noun = site.token
    top = noun
    while top.dep_ in {"pobj", "prep", "conj"} and top.head.i >= site.bounds[0] and top.lower_ != "as":
        top = top.head
    if top.dep_ == "attr" and top.head.lemma_ in COPULAS:
        yield from _is_wrong(site, top)
    elif noun.dep_ == "dobj" and noun.head.lemma_ in load_lexicon().classes["wrongdoing"]:
        named = subject(noun.head)
        if named is not None and named.lower_ not in FIRST and not is_negated(noun.head):
            yield from _made(site, "accuse", _others(named), noun_span(noun), FAIR, named)
    elif top.lower_ == "as" and is_passive(top.head):
        if subject(top.head) is not None and not is_negated(top.head):
            yield from _made(site, "accuse", "speaker", clause(top.head), FAIR)
    elif not site.bounds[0] <= noun.head.i < site.bounds[1]:
        owner = next((c for p in noun.rights if p.lower_ == "of" for c in p.rights), None)
        if owner is not None:
            yield from _made(site, "accuse", _others(owner), noun_span(noun, alone=True), WEAK, owner)


def _is_wrong(site: Site, wrong: Token) -> Iterator[PositionMention]:
    verb = wrong.head
    named = subject(verb)
    if named is None or named.dep_ == "expl" or is_negated(verb) or is_hypothetical(verb):
        return
    if named.lemma_ not in load_lexicon().classes["charges"]:
        yield from _made(site, "accuse", "speaker", noun_span(wrong), FAIR)


def _false(site: Site) -> Iterator[PositionMention]:
    noun, lexicon = site.token, load_lexicon()
    if noun.dep_ not in {"attr", "ccomp", "oprd"} or is_negated(noun.head):
        return
    if noun.lemma_ == "news" and not any(lexicon.within(c.lemma_, "untrue") for c in noun.lefts):
        return
    own = next((child for child in noun.lefts if child.dep_ == "nsubj"), None)
    named = own if own is not None else subject(noun.head)
    if named is not None and lexicon.within(named.lemma_, "charges"):
        yield from _made(site, "deny", "speaker", noun_span(named), FAIR)


def _mistaken(site: Site) -> Iterator[PositionMention]:
    verb = site.token.head
    if site.token.dep_ != "attr" or not any(c.lemma_ in {"would", "will"} for c in verb.lefts):
        return
    named = subject(verb)
    if named is not None and named.dep_ != "expl":
        pronoun = named.pos_ == "PRON"
        yield from _made(site, "warn", "speaker", clause(verb) if pronoun else noun_span(named), FAIR)


def _outlook(site: Site) -> Iterator[PositionMention]:
    noun = site.token
    verb = noun.head
    if verb.lemma_ == "be" and noun.dep_ == "attr" and any(child.lower_ == "no" for child in noun.lefts):
        yield from _made(site, "assess", "speaker", clause(verb), FAIR)


def _way(site: Site) -> Iterator[PositionMention]:
    noun = site.token
    verb = noun.head
    only = any(child.lower_ == "only" for child in noun.lefts)
    if only and verb.lemma_ == "be" and noun.dep_ in {"attr", "nsubj"}:
        yield from _made(site, "assess", "speaker", clause(verb), FAIR)


def _harmless(site: Site) -> Iterator[PositionMention]:
    noun = site.token
    verb = noun.head
    if not any(child.lower_ in {"no", "any"} for child in noun.lefts) and not is_negated(verb):
        return
    if noun.dep_ in {"dobj", "attr"} and subject(verb) is not None and verb.dep_ not in {"relcl", "acl"}:
        yield from _made(site, "assure", "speaker", clause(verb), SURE)


def _danger(site: Site) -> Iterator[PositionMention]:
    noun, dangerous = site.token, load_lexicon().classes["dangerous"]
    if noun.dep_ != "attr" or noun.head.lemma_ not in COPULAS or is_negated(noun.head):
        return
    named = subject(noun.head)
    if named is None or named.dep_ == "expl" or noun.head.dep_ in {"relcl", "acl"}:
        return
    if any(word.lemma_ == "concern" for word in noun.subtree):
        if named.pos_ != "PRON":
            yield from _made(site, "assess", "speaker", noun_span(named), FAIR)
    elif noun.lemma_ in SURE_DANGERS or any(child.lemma_.lower() in dangerous for child in noun.lefts):
        yield from _made(site, "assess", "speaker", clause(noun.head), FAIR)


def _innocence(site: Site) -> Iterator[PositionMention]:
    noun = site.token
    top = noun.head if noun.dep_ == "conj" else noun
    verb = top.head
    none = any(child.lower_ in {"no", "any"} for child in noun.lefts) or is_negated(verb)
    if (
        top.dep_ not in {"dobj", "attr"}
        or not none
        or verb.lemma_ not in {"have", "be", "find", "see", "play"}
    ):
        return
    charges = load_lexicon().classes["charges"]
    named = subject(verb)
    if named is not None and named.lemma_ in charges:
        yield from _made(site, "deny", "speaker", noun_span(named), FAIR)
        return
    charge = next((word for word in noun.subtree if word.lemma_ in charges), None)
    if charge is not None:
        yield from _made(site, "deny", "speaker", noun_span(charge), FAIR)
    elif noun.lemma_ == "part" and verb.lemma_ == "be":
        whole = next((c for p in noun.rights if p.lower_ == "of" for c in p.rights), None)
        if whole is not None:
            yield from _made(site, "deny", "speaker", noun_span(whole), FAIR)
    elif verb.lemma_ in {"have", "play"} and named is not None:
        mine = named.lower_ in FIRST
        yield from _made(site, "deny", "speaker" if mine else "self", noun_span(noun), FAIR, named)


VERB_KINDS = {"blame": _blame, "destroying": _destruction, "diligence": _diligence, "proposal": _proposal}
NOUN_KINDS = {
    "wrong": _wrong,
    "falsehood": _false,
    "mistake": _mistaken,
    "outlook": _outlook,
    "way": _way,
    "harm": _harmless,
    "innocence": _innocence,
    "danger": _danger,
}

"""Where the issue of a position stands: the complements of the word that takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chancery.extract.positions.lexicon import load_lexicon
from chancery.extract.positions.spans import (
    clause,
    has_to,
    is_listed,
    is_negated,
    noun_span,
    split,
    subject,
    verb_span,
)
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Complement", "complements", "other_party"]

CLAUSAL = frozenset({"ccomp", "acl", "relcl", "xcomp", "advcl"})
INFINITIVE = frozenset({"xcomp", "ccomp", "acl", "advcl", "relcl", "oprd"})
OBJECT = frozenset({"dobj", "oprd"})
NAMING = frozenset({"call"})
STATES = frozenset({"be", "have", "know", "need", "want"})
DEMANDING = frozenset({"should", "must"})
ADDRESSING = frozenset({"on", "upon", "to", "with"})
PARTY_NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
NEAR = 3  # tokens between a party and its "to": an adverb at most
GERUND = "VBG"
# Who looks forward to these waits for others: "to receiving your answer".
AWAITED = frozenset({"receive", "see", "hear", "learn", "read", "get", "watch", "know"})


@dataclass(frozen=True, slots=True)
class Complement:
    """The words of an issue, the verb or noun at their head, and the party that is the clause's subject.

    `bare` is the clause without that subject.
    """

    issue: Tokens
    head: Token
    party: Tokens | None = None
    bare: Tokens | None = None


def complements(word: Token, code: str) -> list[Complement]:
    """Return what stands in one complement of a word; the codes are those of the data file."""
    if code.startswith(":"):
        return list(_governed(word, code[1:]))
    return list(FINDERS[code](word))


def other_party(word: Token, codes: tuple[str, ...], taken: Tokens) -> Tokens | None:
    """Return the first complement that can name the other party and is not the issue itself."""
    for code in codes:
        for head in _parties(word, code):
            span = noun_span(head)
            if not taken[0] <= head.i < taken[1]:
                return span
    return None


def _parties(word: Token, code: str) -> Iterator[Token]:
    if code == "subject":
        found = subject(word.head if word.dep_ in {"acomp", "attr"} else word)
        if found is not None:
            yield found
    elif code.startswith("object"):
        yield from (child for child in word.children if child.dep_ in OBJECT or child.dep_ == "nsubjpass")
    else:
        name = code.removeprefix(":")
        for prep in _prepositions(word, name):
            yield from (child for child in prep.rights if child.dep_ == "pobj")
        yield from (child for child in word.rights if child.dep_ == "dative" and name == "dative")


def _infinitive(word: Token) -> Iterator[Complement]:
    found = list(_parsed_infinitive(word))
    yield from found or _bare_infinitive(word)


def _bare_infinitive(word: Token) -> Iterator[Complement]:
    # where the parse lost it ("urged Mali to de-escalate"): the words after "to" behind a named party
    for child in word.rights:
        if child.dep_ in OBJECT and child.ent_type_ in PARTY_NAMES:
            end = child.right_edge.i + 1
            for at in range(end, min(end + NEAR, word.right_edge.i)):
                if word.doc[at].lower_ == "to":
                    yield from _listed(word, at + 1, noun_span(child))
                    return


def _listed(word: Token, start: int, party: Tokens) -> Iterator[Complement]:
    end = word.right_edge.i + 1
    for at in range(start, end - 1):
        if word.doc[at].lower_ == "and" and word.doc[at + 1].lower_ == "to":
            yield Complement((start, at), word.doc[start], party)
            start = at + 2
    yield Complement((start, end), word.doc[start], party)


def _parsed_infinitive(word: Token) -> Iterator[Complement]:
    for child in _inner(word):
        if child.dep_ not in INFINITIVE or not has_to(child) or child.i < word.i:
            continue
        if any(mark.lower_ == "for" for mark in child.lefts):
            continue
        party = _own_subject(child)
        others = [also for also in word.rights if also.i > child.i and has_to(also) and is_listed(also)]
        for verb in (*split(child), *others):
            yield Complement(verb_span(verb), verb, noun_span(party) if party is not None else None)
        return


def _inner(word: Token) -> Iterator[Token]:
    # "urge Iran to stop": the infinitive may hang on the party
    yield from word.rights
    if _is_impersonal(word):
        yield from word.head.rights
    for child in word.rights:
        if child.dep_ in OBJECT:
            yield from child.rights


def _is_impersonal(word: Token) -> bool:
    """Tell whether a predicate stands after "it is", on which its infinitive may hang as well."""
    return word.dep_ in {"acomp", "attr"} and any(child.lower_ == "it" for child in word.head.lefts)


def _party_infinitive(word: Token) -> Iterator[Complement]:
    # "call on the parties to stop": the infinitive hangs on the verb or on the party
    for prep in word.rights:
        if prep.dep_ == "prep" and prep.lower_ in ADDRESSING:
            for party in prep.rights:
                for child in (*party.rights, *word.rights):
                    if party.dep_ == "pobj" and child.dep_ in INFINITIVE and has_to(child):
                        for verb in split(child):
                            yield Complement(verb_span(verb), verb, noun_span(party))
                        return


def _own_subject(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)


def _for_to(word: Token) -> Iterator[Complement]:
    for child in (*word.rights, *(word.head.rights if _is_impersonal(word) else ())):
        party = _own_subject(child)
        if has_to(child) and party is not None:
            bare = verb_span(child)
            yield Complement((party.left_edge.i, bare[1]), child, noun_span(party), bare)
            return


def _other_to(word: Token) -> Iterator[Complement]:
    for child in word.rights:
        if has_to(child) and child.dep_ in {"ccomp", "xcomp"}:
            party = _own_subject(child) or next((c for c in word.rights if c.dep_ == "dobj"), None)
            if party is not None:
                yield Complement(verb_span(child), child, noun_span(party))
                return


def _is_to(word: Token) -> Iterator[Complement]:
    # "our aim is to help", "a first step is helping"
    if word.dep_ == "nsubj" and word.head.lemma_ == "be":
        yield from _infinitive(word.head)
        yield from _gerund(word.head)


def _ready_to(word: Token) -> Iterator[Complement]:
    for child in word.rights:
        if child.lower_ in {"ready", "prepared"}:
            yield from _infinitive(child)
            return


def _clause(word: Token) -> Iterator[Complement]:
    near = [*word.children, *(word.head.rights if word.dep_ == "acomp" else ())]
    for child in near:
        if child.dep_ not in CLAUSAL or has_to(child) or child.pos_ not in {"VERB", "AUX"}:
            continue
        party = _own_subject(child)
        if (
            party is None
            or _is_bare_gerund(child)
            or (child.dep_ in {"relcl", "advcl"} and not _is_that(child))
        ):
            continue
        for verb in (child, *(conj for conj in child.rights if conj.dep_ == "conj" and _is_that(conj))):
            named = _own_subject(verb) or party
            bare = None if is_negated(verb) else verb_span(verb)
            yield Complement(clause(verb), verb, noun_span(named), bare)
        return


def _subjunctive(word: Token) -> Iterator[Complement]:
    # "insisted that they leave" demands, "insisted that they had left" tells
    for found in _clause(word):
        helpers = [child for child in found.head.lefts if child.dep_ == "aux"]
        if helpers:
            demands = all(child.lemma_ in DEMANDING for child in helpers)
        else:
            demands = found.head.tag_ == "VB" or (
                found.head.tag_ == "VBP" and found.head.lemma_ not in STATES
            )
        if demands or _is_passive_base(found.head):
            yield found


def _is_passive_base(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" and child.tag_ == "VB" for child in verb.lefts)


def _whole(word: Token) -> Iterator[Complement]:
    verb = word.head if word.dep_ in {"acomp", "attr"} else word
    if subject(verb) is not None:
        yield Complement(clause(verb), verb)


def _talks(word: Token) -> Iterator[Complement]:
    talks = load_lexicon().classes["talks"]
    yield from (found for found in _governed(word, "for") if found.head.lemma_ in talks)


def _called_wrong(word: Token) -> Iterator[Complement]:
    wrong = load_lexicon().classes["wrong"]
    for found in _governed(word, "as"):
        if found.head.lemma_ in wrong:
            for thing in _object(word):
                end = min(thing.issue[1], found.issue[0] - 1)  # the "as" may hang on the object
                yield Complement((thing.issue[0], end), thing.head)


def _called_vile(word: Token) -> Iterator[Complement]:
    # "described the attack as shameful": the adjective hangs on "as"
    vile = load_lexicon().classes["vile"]
    for prep in _prepositions(word, "as"):
        if any(child.lemma_.lower() in vile for child in prep.rights):
            for thing in _object(word):
                yield Complement((thing.issue[0], min(thing.issue[1], prep.i)), thing.head)


def _named_wrong(word: Token) -> Iterator[Complement]:
    # "called the raid an act of brutality", "called the vote illegitimate"
    classes = load_lexicon().classes
    wrong = classes["wrong"] | classes["vile"]
    for called in (
        child for child in word.rights if child.dep_ in {"oprd", "ccomp"} and child.pos_ != "VERB"
    ):
        thing = next((child for child in called.lefts if child.dep_ in {"nsubj", "poss"}), None)
        words = [one for one in called.subtree if thing is None or one not in [*thing.subtree]]
        if not any(one.lemma_.lower() in wrong for one in words):
            continue
        if thing is not None:
            yield Complement(noun_span(thing), thing)
        else:
            yield from _object(word)


def _forward(word: Token) -> Iterator[Complement]:
    if any(child.lower_ == "forward" for child in word.rights):
        ahead = (found for found in _governed(word, "to") if found.head.tag_ == GERUND)
        yield from (found for found in ahead if found.head.lemma_ not in AWAITED)


def _on_gerund(word: Token) -> Iterator[Complement]:
    yield from (found for found in _governed(word, "on") if found.head.tag_ == GERUND)


def _united(word: Token) -> Iterator[Complement]:
    # "stands united with", "stands shoulder to shoulder with", "stands together with"
    for child in word.rights:
        if child.lower_ in {"united", "shoulder", "together", "firm", "firmly"}:
            # what two stand together in is the matter: "united with our allies in speaking out"
            matter = [found for found in _governed(child, "in") if found.head.tag_ == GERUND]
            others = (found.head for found in _governed(child, "with"))
            yield from matter or (Complement(noun_span(other, alone=True), other) for other in others)
            return


def _is_bare_gerund(verb: Token) -> bool:
    return verb.tag_ == GERUND and not any(child.dep_ == "aux" for child in verb.lefts)


def _is_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.lefts)


def _blame_clause(word: Token) -> Iterator[Complement]:
    yield from (found for found in _clause(word) if _is_charge(found.head))


def _is_charge(verb: Token) -> bool:
    lexicon = load_lexicon()
    if lexicon.within(verb.lemma_, "blame") or lexicon.within(verb.lemma_, "violence"):
        return True
    things = (child.lemma_ for child in verb.rights if child.dep_ == "dobj")
    return lexicon.within(verb.lemma_, "carrying") and any(lexicon.within(thing, "arms") for thing in things)


def _of_class(name: str) -> Callable[[Token], Iterator[Complement]]:
    """Return a finder of objects whose noun is in a class of words."""

    def find(word: Token) -> Iterator[Complement]:
        yield from (found for found in _object(word) if load_lexicon().within(found.head.lemma_, name))

    return find


def _aid(word: Token) -> Iterator[Complement]:
    # "announced $10 million in new funding": money, and what it is for
    for found in _object(word):
        words = (found.head, *(child for prep in found.head.rights for child in prep.rights))
        if any(load_lexicon().within(each.lemma_, "aid") for each in words):
            yield found


def _asked(word: Token) -> Iterator[Complement]:
    for found in _object(word):
        mine = any(child.lower_ in {"your", "their"} for child in found.head.lefts)
        if mine or load_lexicon().within(found.head.lemma_, "asked"):
            yield found


def _gerund(word: Token) -> Iterator[Complement]:
    for child in word.rights:
        if child.dep_ in {"xcomp", "pcomp", "ccomp", "dobj"} and child.tag_ == GERUND:
            yield Complement(verb_span(child), child)
            return


def _object(word: Token) -> Iterator[Complement]:
    for child in word.children:
        if (child.dep_ in OBJECT or child.dep_ == "nsubjpass") and child.pos_ != "PRON":
            # coordinated things stay one issue ("talks and an exchange of prisoners"), unless
            # the second is added on: "the talks, as well as the exchange of prisoners"
            added = _added(child)
            first = noun_span(child)
            yield Complement((first[0], min(first[1], added.left_edge.i - 3)) if added else first, child)
            if added is not None:
                yield Complement(noun_span(added), added)
            return


def _added(thing: Token) -> Token | None:
    links = [word for word in thing.rights if word.dep_ == "cc" and word.lower_ == "as"]
    return next((c for c in thing.rights if links and c.dep_ == "conj" and c.i > links[0].i), None)


def _out(word: Token) -> Iterator[Complement]:
    if any(child.dep_ == "prt" and child.lower_ == "out" for child in word.rights):
        yield from _object(word)


def _harm(word: Token) -> Iterator[Complement]:
    # "lead a mission" has an object too, and warns of nothing
    if word.lemma_ != "lead":
        yield from _object(word)


def _subject(word: Token) -> Iterator[Complement]:
    # "called the vote illegal": the adjective has a subject of its own
    own = next((child for child in word.lefts if child.dep_ == "nsubj"), None)
    if word.dep_ == "oprd":
        own = next((child for child in word.head.rights if child.dep_ == "dobj"), own)
    verb = word.head if word.dep_ in {"acomp", "attr", "oprd", "ccomp"} else word
    found = own if own is not None else subject(verb)
    if found is None or found.pos_ in {"PRON", "DET", "SCONJ"} or found.dep_ == "expl":
        return
    yield Complement(noun_span(found) if found.dep_ != "csubj" else clause(found), found)


def _itself(word: Token) -> Iterator[Complement]:
    yield Complement(noun_span(word), word)


def _prepositions(word: Token, name: str) -> Iterator[Token]:
    for child in word.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ == name:
            yield child
    if word.dep_ == "dobj":
        # "expressed thanks to Chad for its help": the preposition may hang on the verb
        for child in word.head.rights:
            if child.i > word.i and child.dep_ in {"prep", "dative"} and child.lower_ == name:
                yield child
    # "blamed Iran for the raid": the preposition may hang on the object
    if word.lemma_ in NAMING:
        return  # "called its support for Chad vital" calls for nothing
    for child in word.rights:
        if child.dep_ in OBJECT or child.dep_ == "prt":
            yield from (prep for prep in child.rights if prep.dep_ == "prep" and prep.lower_ == name)


def _governed(word: Token, name: str) -> Iterator[Complement]:
    for prep in _prepositions(word, name):
        first = _object_of(prep)
        if (
            name == "on"
            and first is not None
            and (first.head.pos_ == "PROPN" or first.head.ent_type_ == "DATE")
        ):
            continue  # "praised him on Twitter", "on Monday"
        if first is not None:
            # "committed to talks and to lifting the blockade": a preposition said again adds an item
            again = [child for child in prep.rights if child.dep_ == "conj" and child.lower_ == name]
            yield first
            yield from (found for found in map(_object_of, again) if found is not None)
            return


def _object_of(prep: Token) -> Complement | None:
    for child in prep.rights:
        if child.dep_ == "pobj" and child.pos_ != "PRON" and child.lower_ not in {"ours", "mine", "yours"}:
            return Complement(noun_span(child), child)
        if child.dep_ == "pcomp":
            return Complement(verb_span(child) if child.tag_ == GERUND else clause(child), child)
    return None


FINDERS: dict[str, Callable[[Token], Iterator[Complement]]] = {
    "to": _infinitive,
    "for-to": _for_to,
    "other-to": _other_to,
    "party-to": _party_infinitive,
    "is-to": _is_to,
    "harm": _harm,
    "out": _out,
    "ready-to": _ready_to,
    "that": _clause,
    "asked": _asked,
    "standing": _of_class("standing"),
    "merit": _of_class("merit"),
    "offence": _of_class("wrong"),
    "aid": _aid,
    "measures": _of_class("measures"),
    "violent": _of_class("violent"),
    "that-base": _subjunctive,
    "blame-that": _blame_clause,
    "whole": _whole,
    "talks": _talks,
    "as-wrong": _called_wrong,
    "as-vile": _called_vile,
    "called-wrong": _named_wrong,
    "forward-to": _forward,
    "on-ing": _on_gerund,
    "united-with": _united,
    "ing": _gerund,
    "object": _object,
    "subject": _subject,
    "self": _itself,
}

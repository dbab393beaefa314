"""The geometry of a clause: its subject, its extent, its condition.

Everything here takes spaCy tokens of one parsed sentence and gives back tokens
or `Tokens`; nothing knows what a position is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "AUXILIARIES",
    "FINITE",
    "SUBJECTS",
    "clause",
    "condition",
    "has_to",
    "is_hypothetical",
    "is_listed",
    "is_negated",
    "is_new_clause",
    "is_passive",
    "is_relative",
    "noun_span",
    "split",
    "subject",
    "trim",
    "verb_span",
]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
AUXILIARIES = frozenset({"aux", "auxpass"})
# A dependent without a subject of its own borrows the one of its head.
BORROWS = frozenset({"conj", "xcomp", "acomp", "attr", "oprd", "advcl", "ccomp", "dep"})
CONDITIONS = frozenset({"if", "unless", "once", "until", "provided", "should", "till"})
HYPOTHETICAL = frozenset({"if", "whether", "unless"})
EVENTUAL = frozenset({"event", "case"})
# What follows one of these says when, why or although, no longer what.
ASIDES = frozenset({"advcl", "parataxis"})
HANGS_ON_NOUN = frozenset({"relcl", "advcl", "parataxis", "ccomp", "appos"})
NEGATIVE = frozenset({"no", "nobody", "none", "nothing", "never", "neither"})
FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
VERBAL = frozenset({"xcomp", "ccomp", "conj", "advcl"})
# Clauses nested deeper than this are a parse gone wrong; each of them looks down again.
DEEPEST = 24
REACH = 8  # heads that a search climbs; deeper clauses are rarer than parse errors there


def subject(verb: Token) -> Token | None:
    """Return the subject of a verb or predicate, borrowed from its head where it has none."""
    for _ in range(REACH):
        for child in verb.lefts:
            if child.dep_ in SUBJECTS:
                return verb.head if verb.dep_ == "relcl" and child.tag_ in {"WDT", "WP"} else child
            if child.dep_ == "auxpass":
                # "the envoy is concerned": the parser may hang the subject on the auxiliary
                own = next((word for word in child.lefts if word.dep_ in SUBJECTS), None)
                if own is not None:
                    return own
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ not in BORROWS or (verb.dep_ == "ccomp" and not has_to(verb)):
            return None
        verb = verb.head
    return None


def has_to(verb: Token) -> bool:
    """Tell whether a verb is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


def is_negated(verb: Token) -> bool:
    """Tell whether a clause is negated by "not", "never" or a negative subject."""
    for child in verb.lefts:
        if child.dep_ == "neg" or child.lower_ == "never":
            return True
        if child.dep_ in SUBJECTS and (
            child.lower_ in NEGATIVE or any(word.lower_ == "no" for word in child.lefts)
        ):
            return True
    # "are not ready", "is no longer": the negation follows the copula
    return any(child.dep_ == "neg" for child in verb.rights)


def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive."""
    return any(child.dep_ == "auxpass" for child in verb.lefts)


def is_relative(verb: Token) -> bool:
    """Tell whether a clause's own object stands before it: "how we will win", "what they must do"."""
    return any(child.tag_ in {"WRB", "WP", "WDT"} and child.dep_ not in SUBJECTS for child in verb.lefts)


def is_hypothetical(verb: Token) -> bool:
    """Tell whether a clause stands under "if", "whether" or "unless", or in a question."""
    for _ in range(REACH):
        if any(child.dep_ == "mark" and child.lower_ in HYPOTHETICAL for child in verb.lefts):
            return True
        if verb.head.i == verb.i:
            return any(child.text == "?" for child in verb.rights)
        verb = verb.head
    return False


def noun_span(noun: Token, *, alone: bool = False) -> Tokens:
    """Return a noun phrase without clauses on its right; `alone` also leaves off what "and" joins to it."""
    last = noun.i
    for child in noun.rights:
        # "today's brutal, senseless attack": the parser may take the first adjective for the noun
        if child.dep_ == "appos" and noun.pos_ == "ADJ":
            last = max(last, child.i)
            continue
        if child.dep_ in HANGS_ON_NOUN or (child.dep_ == "acl" and child.tag_ == "VBG"):
            break
        if alone and child.dep_ in {"cc", "conj"}:
            break
        last = max(last, child.right_edge.i)
    return noun.left_edge.i, last + 1


def verb_span(verb: Token) -> Tokens:
    """Return a verb with what it governs, without subject, auxiliaries, asides and new clauses."""
    return _start(verb), _end(verb) + 1


def _end(verb: Token, depth: int = 0) -> int:
    if depth > DEEPEST:
        return verb.right_edge.i
    last = verb.i
    for child in verb.rights:
        if child.dep_ in ASIDES and (not has_to(child) or is_listed(child)):
            break
        if child.dep_ == "conj" and (is_new_clause(child) or has_to(child)):
            break
        if child.dep_ not in {"cc", "punct"}:
            last = max(last, _end(child, depth + 1) if child.dep_ in VERBAL else child.right_edge.i)
    return last


def _start(verb: Token) -> int:
    # the auxiliaries of a passive say what was done: "had been involved", not "involved"
    if any(child.dep_ == "auxpass" for child in verb.lefts):
        return min(
            child.i for child in verb.lefts if child.dep_ in AUXILIARIES and child.tag_ not in {"MD", "TO"}
        )
    return verb.i


def is_new_clause(verb: Token) -> bool:
    """Tell whether a coordinated verb brings its own subject, auxiliary or tense."""
    if verb.tag_ in FINITE and verb.head.tag_ != verb.tag_:
        return True
    return any(child.dep_ in SUBJECTS or child.dep_ in AUXILIARIES for child in verb.lefts)


def clause(verb: Token) -> Tokens:
    """Return a whole clause, without its conjunction and without conditions before or after it."""
    kept = [
        child.left_edge.i
        for child in verb.lefts
        if child.dep_ not in {"mark", "cc", "advcl", "punct", "intj"} and child.tag_ != "IN"
    ]
    return min([verb.i, *kept]), verb_span(verb)[1]


def split(verb: Token, depth: int = 0) -> list[Token]:
    """Return an infinitive and those coordinated with it that repeat "to" ("to lend, and to wait")."""
    found = [verb]
    for child in verb.rights if depth <= DEEPEST else ():
        if child.dep_ in {"conj", "advcl", "xcomp"} and has_to(child) and is_listed(child):
            found += split(child, depth + 1)
    return found


def condition(verb: Token) -> Tokens | None:
    """Return the clause or phrase that a clause depends on ("if ...", "in the event of ...")."""
    for head in (verb, verb.head) if verb.dep_ in {"conj", "xcomp", "acomp"} else (verb,):
        for child in head.children:
            if child.dep_ == "advcl" and any(
                word.lower_ in CONDITIONS and word.dep_ in {"mark", "advmod"} for word in child.lefts
            ):
                return child.left_edge.i, child.right_edge.i + 1
            if child.dep_ == "prep" and any(word.lower_ in EVENTUAL for word in child.rights):
                return child.left_edge.i, child.right_edge.i + 1
    return None


def is_listed(verb: Token) -> bool:
    """Tell whether an infinitive is one more of a list, not the purpose of the verb before it."""
    # an infinitive after a comma adds an item to a list; without one it tells a purpose
    return verb.dep_ == "conj" or (verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text == ",")


def _is_bare(word: Token) -> bool:
    return word.lower_ == "that" and word.tag_ == "IN"


def trim(doc: Doc, tokens: Tokens, bounds: Tokens) -> Tokens | None:
    """Cut a run to the bounds and take blanks, punctuation and a bare "that" off its ends."""
    first, last = max(tokens[0], bounds[0]), min(tokens[1], bounds[1])
    while first < last and (doc[first].is_punct or doc[first].is_space or _is_bare(doc[first])):
        first += 1
    while last > first and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    # the parser takes "co-operation" for three words and loses two of them
    while last + 1 < bounds[1] and doc[last].text == "-" and not doc[last - 1].whitespace_:
        last += 2
    while first - 1 > bounds[0] and doc[first - 1].text == "-" and not doc[first - 1].whitespace_:
        first -= 2
    return (first, last) if first < last else None

"""What one party does to another, where both are given: the rules' answer.

Finding events asks whether a word names an act at all; here somebody has said
that A does something to B, and only the type is open. So vague words count too
(`events_broad.toml`), and what decides is how a word stands to both parties.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from chancery.extract.events.features import Candidate, features
from chancery.extract.events.find import candidates_of, with_others
from chancery.extract.events.lexicon import Entry, Lexicon, load_lexicon, load_reading
from chancery.extract.events.parties import PartyFinder
from chancery.extract.events.status import StatusFinder
from chancery.extract.events.triggers import Trigger, match_pattern, pattern_trigger
from chancery.extract.events.weigh import probability
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree
from chancery.ontology import publish, quad
from chancery.records import Status

__all__ = [
    "Asked",
    "Guess",
    "Reading",
    "candidates_between",
    "guesses",
    "head_of",
    "inside",
    "published_between",
    "upward",
    "way_between",
]

type Scored = tuple[Candidate, float]
type Reading = Literal["own", "cameo"]

# What the way a word stands to the parties is worth. Set by hand on half A of PLV's training
# sentences (24 November 2026), in steps of .1 and more; the figures hardly move in between.
BASE, DOES, SUFFERS, BOTH, ON_WAY = 0.3, 1.0, 1.0, 1.0, 0.7
OTHERWISE, INSIDE_ACTOR, INSIDE_RECIPIENT = 0.5, 0.2, 0.6
# "Agreed to open", "accused them of shelling": what is said decides, not what it is about.
TOLD, PURPOSE = 0.45, 1.6
# "Will not lift the sanctions": the sanctions are not what is negated.
DENIED = 0.5
# Another reading's patterns win over the weigher, which knows this project's reading only.
ANOTHER_READING = 0.95

VERBAL = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
KIND = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "YIELD"})
YIELDING = frozenset({"CONCEDE", "RETREAT", "YIELD"})
# "Called the emir *to congratulate* him": the purpose says what is done.
ERRANDS = frozenset(
    {"call", "phone", "telephone", "ring", "write", "summon", "meet", "visit", "send", "dispatch", "deploy"}
)
ON_ERRAND = frozenset({"does", "suffers", "both", "on way", "purpose"})
OFFERS = ("offer", "propos", "volunteer")
DECIDED, READY = "decid", frozenset({"willing", "ready"})
# What yielding is by its status in CAMEO's reading; an announced one is an agreement.
YIELDED = {
    "occurred": "YIELD",
    "ongoing": "YIELD",
    "negated": "REJECT",
    "denied": "REJECT",
    "proposed": "REQUEST",
}
PEACEKEEPING = frozenset({"peacekeeping", "peacekeeper"})
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "dobj", "prep", "pobj", "conj"})
BROAD_FRAME = ("obj", "dat", "on", "to", "with", "against", "for", "from", "at", "of", "in")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who does something to whom: runs of tokens, at least one on either side."""

    actor: tuple[Tokens, ...]
    recipient: tuple[Tokens, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """One word's answer: a type, how well the word fits the parties, and how it stands to them.

    `otherwise`: by a pattern in which the reading that was asked for differs from this project's.
    """

    type: str
    weight: float
    marks: tuple[str, ...]
    candidate: Candidate
    otherwise: bool = False


# --- the words that may name what is done


@dataclass(frozen=True, slots=True)
class _Broad:
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]


@cache
def _load_broad() -> _Broad:
    raw = tomllib.loads((files("chancery.extract") / "data" / "events_broad.toml").read_text("utf-8"))
    tables: dict[str, dict[str, tuple[Entry, ...]]] = {"verbs": {}, "nouns": {}}
    for name, into in tables.items():
        for act, words in raw[name].items():
            for word in words.split():
                mutual = act in {"CONSULT", "COOPERATE"}
                entry = Entry(f"{word}~", act, None, BROAD_FRAME, mutual, patient=False, sure=False)
                into[word] = (*into.get(word, ()), entry)
    return _Broad(**tables)


def candidates_between(tree: Tree, weights: Mapping[str, float], reading: Reading = "own") -> list[Scored]:
    """List the words that may name an act, vague ones too, with the weigher's probability.

    Args:
        tree: the parsed sentence or report.
        weights: the weigher's.
        reading: whose conventions decide what an act is.
    """
    lexicon = load_lexicon()
    finder, statuses = PartyFinder(tree, lexicon), StatusFinder(tree, lexicon)

    def made(trigger: Trigger) -> Candidate:
        return Candidate(trigger, finder.of(trigger), *statuses.of(trigger))

    other = [made(trigger) for trigger in _read_otherwise(tree, reading)]
    taken = {candidate.trigger.at for candidate in other}
    found = [candidate for candidate in candidates_of(tree, lexicon) if candidate.trigger.at not in taken]
    known = taken | {candidate.trigger.at for candidate in found}
    found += [made(trigger) for trigger in _vague(tree, lexicon) if trigger.at not in known]
    scored = [
        (candidate, probability(dict.fromkeys(features(tree, candidate, lexicon, beside)), weights))
        for candidate, beside in with_others(tree, found)
    ]
    return scored + [(candidate, ANOTHER_READING) for candidate in other]


def _read_otherwise(tree: Tree, reading: Reading) -> Iterator[Trigger]:
    patterns = {} if reading == "own" else load_reading(reading)
    for at, pos in enumerate(tree.pos):
        if pos != "VERB":
            continue
        for pattern in patterns.get(tree.lemma[at], ()):
            matched = match_pattern(tree, at, pattern)
            if matched is not None:
                yield pattern_trigger(at, pattern, matched)
                break


def _vague(tree: Tree, lexicon: Lexicon) -> Iterator[Trigger]:
    broad = _load_broad()
    for at, pos in enumerate(tree.pos):
        lemma = tree.lemma[at]
        if pos == "VERB" and lemma not in lexicon.verbs:
            for entry in broad.verbs.get(lemma, ()):
                yield Trigger(at, entry, (at, at + 1), is_noun=False, rule="vague verb")
        elif pos == "NOUN" and lemma not in lexicon.nouns:
            for entry in broad.nouns.get(lemma, ()):
                yield Trigger(at, entry, (at, at + 1), is_noun=True, rule="vague noun")


# --- what a word would be published as


def published_between(candidate: Candidate, status: Status, reading: Reading) -> str | None:
    """Return the type of an act that is known to be between the two: here even the unreal has one."""
    act, mode = candidate.trigger.entry.act, candidate.trigger.entry.mode
    if act == "STATE":
        return None
    if act == "MESSAGE":
        return "CONSULT"
    if status == "proposed" and candidate.word.startswith(OFFERS):
        return "AGREE"
    if reading == "cameo" and act in YIELDING:
        return "YIELD" if candidate.word.startswith(DECIDED) else YIELDED.get(status, "AGREE")
    if act == "MOBILIZE" and candidate.word in READY:
        return "AGREE"
    code, _ = publish(act, mode, status, told_by_actor=True)
    return code.type if code else _unreal(act, status)


def _unreal(act: str, status: Status) -> str:
    if act in KIND:
        if status == "proposed":
            return "REQUEST"
        return "REJECT" if status in {"negated", "denied"} else "AGREE"
    conflict = quad(act) == "material_conflict" if act != "YIELD" else False
    return "THREATEN" if conflict and status in {"possible", "conditional"} else act


# --- how it stands to the parties


def guesses(tree: Tree, asked: Asked, candidates: Sequence[Scored], reading: Reading = "own") -> list[Guess]:
    """Rank every word's answer by how well the word fits the parties, the best first.

    Args:
        tree: the parsed sentence or report.
        asked: the parties.
        candidates: the words that may name an act.
        reading: whose conventions decide what an act is.
    """
    way = way_between(tree, asked)
    marked = [(candidate, likely, set(_marks(asked, candidate, way))) for candidate, likely in candidates]
    telling = {
        candidate.trigger.at
        for candidate, _, marks in marked
        if "does" in marks and candidate.trigger.entry.act in VERBAL
    }
    errands = {id(one): tree.head[one.trigger.at] for one, _ in candidates if _is_errand(tree, asked, one)}
    found = []
    for candidate, likely, stands in marked:
        at, errand = candidate.trigger.at, id(candidate) in errands
        marks = stands - {"otherwise"} | ON_ERRAND if errand else stands
        if at in errands.values():
            marks |= {"on errand"}
        if not errand and _is_told(tree, at, telling):
            marks |= {"told"}
        # "announced a suspension", "agreed on a treaty": in CAMEO's reading the word itself is the act
        is_done = errand or (reading == "cameo" and candidate.word == tree.word[at])
        kind = published_between(candidate, "occurred" if is_done else candidate.status, reading)
        if candidate.status in {"negated", "denied"} and kind == candidate.trigger.entry.act:
            marks |= {"unreal"}
        moves = kind == "MOBILIZE" or candidate.trigger.entry.mode == "visit"
        if moves and reading == "cameo" and _keeps_peace(tree, at):
            kind = "AID"
        if kind is not None:
            weight, otherwise = likely**0.5 * _worth(marks), likely == ANOTHER_READING
            found.append(Guess(_named(kind, reading), weight, tuple(sorted(marks)), candidate, otherwise))
    return sorted(found, key=lambda guess: -guess.weight)


def _named(kind: str, reading: Reading) -> str:
    return "YIELD" if reading == "cameo" and kind in YIELDING else kind


def _keeps_peace(tree: Tree, at: int) -> bool:
    """Tell whether the sentence speaks of peacekeeping: CAMEO counts sending its soldiers as help (074)."""
    return any(
        tree.lemma[other] in PEACEKEEPING
        for other in range(tree.sentence[at], len(tree))
        if tree.sentence[other] == tree.sentence[at]
    )


def inside(at: int | None, runs: Sequence[Tokens]) -> bool:
    """Tell whether a token lies in one of the runs."""
    return at is not None and any(first <= at < last for first, last in runs)


def _marks(asked: Asked, candidate: Candidate, way: frozenset[int]) -> Iterator[str]:
    """Say how a word stands to the parties."""
    trigger, parties = candidate.trigger, candidate.parties
    suffering = parties.recipient + (parties.actor if trigger.entry.mutual else [])
    does = any(inside(at, asked.actor) for at in parties.actor)
    suffers = any(inside(at, asked.recipient) for at in suffering)
    if does:
        yield "does"
    if suffers:
        yield "suffers"
    if does and suffers:
        yield "both"
    if any(inside(at, asked.actor) for at in parties.recipient) or (parties.actor and not does):
        yield "otherwise"
    if trigger.at in way or (trigger.noun is not None and trigger.noun in way):
        yield "on way"
    if inside(trigger.at, asked.actor):
        yield "inside actor"
    if inside(trigger.at, asked.recipient):
        yield "inside recipient"


def _worth(marks: set[str]) -> float:
    worth = BASE + DOES * ("does" in marks) + SUFFERS * ("suffers" in marks) + BOTH * ("both" in marks)
    worth += ON_WAY * ("on way" in marks)
    for mark, factor in (
        ("otherwise", OTHERWISE),
        ("inside actor", INSIDE_ACTOR),
        ("inside recipient", INSIDE_RECIPIENT),
        ("told", TOLD),
        ("purpose", PURPOSE),
        ("on errand", TOLD),
        ("unreal", DENIED),
    ):
        worth *= factor if mark in marks else 1
    return worth


def _is_told(tree: Tree, at: int, telling: set[int]) -> bool:
    """Tell whether a word hangs on something that the actor says: "*agreed* to open", "*refused* aid"."""
    while tree.dep[at] in CLAUSES and tree.head[at] != at:
        if tree.dep[at] == "conj" and tree.pos[at] == "VERB":
            return False
        at = tree.head[at]
        if at in telling:
            return True
    return False


def _is_errand(tree: Tree, asked: Asked, candidate: Candidate) -> bool:
    """Tell whether a verb is what the actor calls, writes or meets for."""
    at = candidate.trigger.at
    if tree.dep[at] not in {"xcomp", "advcl"} or tree.tag[at] != "VB":
        return False
    above = tree.head[at]
    subjects = tree.some(above, {"nsubj"})
    return tree.lemma[above] in ERRANDS and any(inside(one, asked.actor) for one in subjects)


def head_of(tree: Tree, run: Tokens) -> int:
    """Return the token of a run that hangs on something outside it."""
    first, last = run
    for at in range(first, last):
        if not first <= tree.head[at] < last or tree.head[at] == at:
            return at
    return first


def upward(tree: Tree, at: int) -> list[int]:
    """Return a token and everything above it."""
    found = [at]
    while tree.head[found[-1]] != found[-1]:
        found.append(tree.head[found[-1]])
    return found


def way_between(tree: Tree, asked: Asked) -> frozenset[int]:
    """Return the tokens on the way from one party to the other; all that stands above one that is alone."""
    lines = [upward(tree, head_of(tree, runs[0])) for runs in (asked.actor, asked.recipient) if runs]
    if len(lines) < 2:
        return frozenset(lines[0]) if lines else frozenset()
    above, other = lines
    meeting = next((at for at in above if at in other), None)
    if meeting is None:
        return frozenset(above) | frozenset(other)
    return frozenset(above[: above.index(meeting) + 1]) | frozenset(other[: other.index(meeting)])

"""What hangs on an act: the act it depends on, the phrases that say where, the clause that says when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.events.mention import EventMention
from chancery.extract.events.reality import Condition
from chancery.extract.events.status import StatusFinder
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree

__all__ = ["clauses", "condition_of", "contexts", "phrases"]

PLACING = frozenset(
    {"in", "at", "near", "on", "outside", "inside", "around", "across", "into", "to", "from", "along"}
)
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "conj", "parataxis"})
# Acts of speech, whose own reality no condition touches.
SPOKEN = frozenset({"THREATEN", "REQUEST", "AGREE"})
LONGEST_CLIMB = 6
MOST_CONTEXTS = 3
BY_MODE = {"cyber": "cyber", "misinformation": "misinformation", "unconventional": "cbrn"}


def condition_of(
    tree: Tree, mention: EventMention, order: Mapping[int, int], statuses: StatusFinder
) -> tuple[int | None, Tokens | None]:
    """Return the index of the mention on which one depends, and the words of the condition.

    A condition that is itself no event ("if the rains end early") has words alone. Threats and
    other words that occurred depend on nothing, but what they speak of does.
    """
    if mention.status not in {"conditional", "possible"} and mention.act not in SPOKEN:
        return None, None
    verb = _verb(tree, mention.at)
    found = _condition(tree, verb, statuses)
    if found is not None:
        below = sorted(tree.below(found.head))
        inside = [at for at in (found.head, *below) if at in order and at != mention.at]
        return order[inside[0]] if inside else None, _stripped(tree, found.top)
    if mention.status == "conditional":
        for subject in tree.some(verb, {"nsubj"}):  # "aggression will lead to a greater presence"
            if subject in order and subject != mention.at:
                return order[subject], None
    return None, None


def _condition(tree: Tree, verb: int, statuses: StatusFinder) -> Condition | None:
    """Find the condition of a verb, or of what it threatens or promises: "threatened to leave if ..."."""
    found = statuses.condition(verb)
    for clause in tree.some(verb, {"xcomp", "ccomp"}):
        found = found or statuses.condition(clause)
    return found


def _stripped(tree: Tree, top: int) -> Tokens:
    """Return the run of tokens below one, without punctuation at its ends."""
    below = sorted(tree.below(top))
    while len(below) > 1 and tree.dep[below[-1]] == "punct":
        below.pop()
    while len(below) > 1 and tree.dep[below[0]] == "punct":
        below.pop(0)
    return below[0], below[-1] + 1


def _verb(tree: Tree, at: int) -> int:
    for _ in range(LONGEST_CLIMB):
        if tree.pos[at] in {"VERB", "AUX"} or tree.head[at] == at:
            break
        at = tree.head[at]
    return at


def phrases(tree: Tree, mention: EventMention) -> Iterator[Tokens]:
    """Yield the prepositional phrases that may say where, those on the act itself first."""
    verb = _verb(tree, mention.at)
    for at in dict.fromkeys((mention.at, *range(*mention.anchor), verb)):
        for kid in tree.kids[at]:
            if tree.dep[kid] == "prep" and tree.word[kid] in PLACING:
                yield _run(tree, kid)


def clauses(tree: Tree, mention: EventMention) -> Iterator[Tokens]:
    """Yield the phrase of the act and the clause around it, without clauses that hang on it."""
    yield _run(tree, mention.at)
    at = _verb(tree, mention.at)
    for _ in range(LONGEST_CLIMB):
        if tree.dep[at] in CLAUSES or tree.head[at] == at:
            break
        at = _verb(tree, tree.head[at])
    if at != mention.at:
        yield _run(tree, at)


def _run(tree: Tree, index: int) -> Tokens:
    """Return the run of tokens below one, leaving out clauses that hang on it."""
    first = last = index
    todo = [index]
    while todo:
        at = todo.pop()
        if at < first:
            first = at
        elif at > last:
            last = at
        todo += [
            kid
            for kid in tree.kids[at]
            if tree.dep[kid] not in {"ccomp", "advcl", "relcl", "conj", "parataxis"}
        ]
    return first, last + 1


def contexts(tree: Tree, mention: EventMention, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the PLOVER contexts that the words of the act and its parties give it, likeliest first."""
    counted: Counter[str] = Counter()
    if mention.mode in BY_MODE:
        counted[BY_MODE[mention.mode]] += 2
    runs = (_run(tree, mention.at), mention.anchor, *mention.actor, *mention.recipient)
    for at in sorted({at for first, last in runs for at in range(first, last)}):
        counted.update(lexicon.contexts.get(tree.lemma[at], ()))
    order = list(counted)
    best = sorted(order, key=lambda context: (-counted[context], order.index(context)))
    return tuple(best[:MOST_CONTEXTS])

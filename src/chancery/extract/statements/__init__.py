"""Statements: who said, wrote, thought, denied what.

Cues are looked for by construction, one file a family: verbs with a clause or
an infinitive (`clauses`), with a noun phrase or preposition (`objects`), beside
a quotation (`quotes`), "according to" (`according`), nouns and adjectives
(`nouns`), turns and headlines (`turns`). `merge` chooses among them and gives
each cue its whole content, `nesting` finds what stands inside what, `details`
adds hearer, occasion and day, `weigh` says how sure each is.

The task and the division into source, cue and content follow PARC and PolNeAR
(Pareti 2016; Newell, Margolin and Ruths, LREC 2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chancery.extract.quotations import Quotation
from chancery.extract.statements.according import according_to, in_the_opinion_of
from chancery.extract.statements.clauses import clauses, infinitives, parentheses
from chancery.extract.statements.details import addressee, occasion, said
from chancery.extract.statements.filters import accepted, without_own_turns
from chancery.extract.statements.mention import StatementMention, StatementOptions
from chancery.extract.statements.merge import merge
from chancery.extract.statements.nesting import holders
from chancery.extract.statements.nouns import adjectives, nouns
from chancery.extract.statements.objects import objects
from chancery.extract.statements.quotatives import quotatives
from chancery.extract.statements.quotes import colons, quotes
from chancery.extract.statements.relays import relays
from chancery.extract.statements.scene import Candidate, Scene
from chancery.extract.statements.signed import headlines_ending_in_source, signed
from chancery.extract.statements.spans import content_runs, kind_of, negated
from chancery.extract.statements.turns import blocks, turns
from chancery.extract.statements.weigh import weighed

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["StatementMention", "StatementOptions", "find_statements"]

DEFAULT = StatementOptions()


def find_statements(
    doc: Doc, quotations: Sequence[Quotation], *, options: StatementOptions = DEFAULT
) -> tuple[StatementMention, ...]:
    """Find every statement of a report, in the order of their first content word.

    Args:
        doc: the parsed report, paragraph breaks being sentence breaks.
        quotations: what `find_quotations` found in it.
        options: what counts as a statement.
    """
    scene = Scene.of(doc, quotations, options)
    candidates = merge(scene, _allowed(scene))
    candidates = without_own_turns(scene, [c for c in candidates if content_runs(scene, c)])
    candidates.sort(key=lambda c: (min(c.content), -len(c.content), c.head))
    outer = holders(candidates)
    found = tuple(
        _mention(scene, candidate, within) for candidate, within in zip(candidates, outer, strict=True)
    )
    return weighed(scene.tree, found) if options.weighed else found


def _allowed(scene: Scene) -> Iterator[Candidate]:
    left_out = scene.options.without
    return (c for c in _candidates(scene) if c.rule not in left_out and accepted(scene, c))


def _candidates(scene: Scene) -> Iterator[Candidate]:
    tree, verbs, opinions = scene.tree, scene.lexicon.verbs, scene.lexicon["opinion"]
    for i, (pos, lemma) in enumerate(zip(tree.pos, tree.lemma, strict=True)):
        if pos in {"VERB", "AUX"} and lemma in verbs:
            if tree.dep[i] not in {"aux", "auxpass"}:
                yield from _of_verb(scene, i)
        elif pos == "NOUN" and lemma in verbs and tree.child(i, "nsubj") is not None:
            yield from _of_verb(scene, i)  # "regulations that state it is ...": the tagger saw a noun
        elif pos == "NOUN":
            yield from nouns(scene, i)
        elif pos == "ADJ":
            yield from adjectives(scene, i)
        if tree.lower[i] == "according":
            yield from according_to(scene, i)
        elif lemma in opinions:
            yield from in_the_opinion_of(scene, i)
    yield from turns(scene)
    yield from blocks(scene)
    yield from quotatives(scene)
    yield from signed(scene)
    yield from headlines_ending_in_source(scene)


def _of_verb(scene: Scene, v: int) -> Iterator[Candidate]:
    yield from relays(scene, v)
    clausal = [*clauses(scene, v), *parentheses(scene, v)]
    yield from clausal
    yield from infinitives(scene, v)
    yield from objects(scene, v)
    if not clausal:
        yield from quotes(scene, v)
        yield from colons(scene, v)


def _mention(scene: Scene, candidate: Candidate, within: int | None) -> StatementMention:
    lemma = scene.tree.lemma[candidate.head]
    return StatementMention(
        cue=candidate.cue,
        cue_lemma="according to" if candidate.rule == "according" else lemma,
        speaker=candidate.speaker,
        content=content_runs(scene, candidate),
        kind=kind_of(scene, candidate),
        negated=negated(scene, candidate),
        rule=candidate.rule,
        score=candidate.score,
        addressee=addressee(scene, candidate),
        occasion=occasion(scene, candidate),
        said=said(scene, candidate),
        within=within,
    )

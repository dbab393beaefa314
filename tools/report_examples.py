"""Candidates of whole annotated reports, for the weigher: read by the chain, right where the gold has them.

Passages mark their parties as words; reports mark them as actor ids, so a report is
read up to its events and each candidate's parties are identified before it is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from chancery.extract.actors import find_actors
from chancery.extract.events.attach import phrases
from chancery.extract.events.features import features
from chancery.extract.events.find import candidates_of, innermost, mention_of, tellers, with_others
from chancery.extract.events.lexicon import load_lexicon
from chancery.extract.events.parties import PartyFinder
from chancery.extract.events.roles import RoleFinder
from chancery.extract.places import find_places
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementMention, find_statements
from chancery.extract.syntax import Tokens, characters
from chancery.extract.times import find_times
from chancery.extract.tree import tree_of
from chancery.reader import Reader
from chancery.resolve.actors import resolve_actors
from chancery.resolve.events.drafts import Draft, draft_of
from chancery.resolve.events.supply import NOBODY, Supply
from chancery.resolve.facts import Facts
from chancery.resolve.places import resolve_places
from chancery.resolve.setting import Setting
from chancery.resolve.statements import resolve_statements
from chancery.resolve.times import resolve_times
from event_roles import Choice, or_nobody

if TYPE_CHECKING:
    from spacy.tokens import Doc

NEAR = 80  # characters by which anchors may differ, as in the scorer of records
ALIKE = 0.5
PARTIES_WRONG = 0.5  # what a candidate with the wrong parties is worth

type Row = tuple[int, frozenset[str], float]


def report_examples(gold: Sequence[tuple[dict[str, Any], Doc]], reader: Reader, number: int) -> list[Row]:
    """List the candidates of reports: number of the report (from `number`), features, how right."""
    rows: list[Row] = []
    for place, (record, doc) in enumerate(gold):
        rows += [(number + place, names, label) for names, label in _of_report(record, doc, reader)]
    return rows


def _of_report(record: dict[str, Any], doc: Doc, reader: Reader) -> Iterator[tuple[frozenset[str], float]]:
    lexicon, tree = load_lexicon(), tree_of(doc)
    said, facts = _facts(doc, record, reader)
    told, supply = tellers(said), Supply(doc, facts)
    for candidate, beside in with_others(tree, candidates_of(tree, lexicon)):
        mention = mention_of(tree, candidate, 0.5)
        mention = replace(mention, statement=innermost(told, mention.at), where=tuple(phrases(tree, mention)))
        label = _right(record, characters(doc, mention.anchor), draft_of(doc, mention, facts, supply))
        if label is not None:
            yield frozenset(features(tree, candidate, lexicon, beside)), label


def report_choices(
    gold: Sequence[tuple[dict[str, Any], Doc]], reader: Reader, number: int
) -> Iterator[Choice]:
    """Yield the choices of parties in reports: a noun phrase is right where it means a party of the event."""
    lexicon = load_lexicon()
    for place, (record, doc) in enumerate(gold):
        tree = tree_of(doc)
        roles = RoleFinder(tree, PartyFinder(tree, lexicon))
        candidates = candidates_of(tree, lexicon)
        _, facts = _facts(doc, record, reader)
        for event in record["events"]:
            first, last = event["anchor"]
            for candidate in candidates:
                start, end = characters(doc, candidate.trigger.anchor)
                if candidate.trigger.entry.act == event["act"] and first < end and start < last:
                    around = roles.around(candidate.trigger, candidate.parties)
                    meant = [_meant(doc, tree.name(at), facts) for at in around.nouns[1:]]
                    yield Choice(
                        number + place,
                        [frozenset(names) for names in around.features],
                        *(
                            or_nobody([int(not one.isdisjoint(_roots(event[role]))) for one in meant])
                            for role in ("actor", "recipient")
                        ),
                    )
                    break


def _meant(doc: Doc, tokens: Tokens, facts: Facts) -> set[str]:
    """Return the roots of whoever a noun phrase means, and of whoever that binds."""
    found = facts.referents.several(tokens) or (
        facts.referents.of(tokens) or f"?:{doc[slice(*tokens)].root.lower_}",
    )
    return _roots([*found, *(facts.referents.party(one) for one in found)])


def _facts(doc: Doc, record: dict[str, Any], reader: Reader) -> tuple[Sequence[StatementMention], Facts]:
    said = find_statements(doc, find_quotations(doc))
    day = record.get("published")
    setting = Setting(doc, date.fromisoformat(day[:10]) if day else None, reader.maker)
    times = resolve_times(setting, find_times(doc))
    places = resolve_places(setting, find_places(doc, reader.gazetteer), reader.gazetteer)
    actors = find_actors(doc, reader.knowledge)
    referents = resolve_actors(setting, actors, said, places, reader.knowledge)
    statements = resolve_statements(setting, said, referents, times)
    return said, Facts(statements, referents, times, places, ())


def _right(record: dict[str, Any], anchor: tuple[int, int], draft: Draft) -> float | None:
    """Judge a candidate; None where the gold leaves it open, or tells of the same act elsewhere."""
    slots = draft.actor or ()
    found = _roots([slot.actor or "" for slot in (*slots, *draft.recipient)])
    found |= set() if slots else {_root(NOBODY)}
    best, is_open = 0.0, False
    for event in record["events"]:
        if event["act"] != draft.mention.act:
            continue
        wanted = _roots([*event["actor"], *event["recipient"]])
        alike = len(found & wanted) / len(found | wanted)
        first, last = event["anchor"]
        touching = anchor[0] < last and first < anchor[1]
        if touching or (alike >= ALIKE and abs(anchor[0] - first) <= NEAR):
            is_open = is_open or bool(event.get("optional"))
            best = max(best, 1.0 if alike >= ALIKE else PARTIES_WRONG)
        elif alike == 1:
            is_open = True
    return None if is_open and not best else best


def _root(actor: str) -> str:
    return actor if actor.startswith("person:") else actor.partition(":")[0]


def _roots(actors: Iterable[str]) -> set[str]:
    return {_root(actor) for actor in actors if actor}

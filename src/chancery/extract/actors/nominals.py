"""Descriptions: "the Russian foreign minister", "rebels", "the plan".

What a word list or a title knows is a description of an actor. Every other noun is
kept as a thing: it may turn out to describe somebody by apposition ("Chrysler, the
carmaker"), and it competes for "it" and "they".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.wording import OWNING, Wording, wording_at
from chancery.extract.actors.words import Words
from chancery.extract.sheet import Sheet
from chancery.knowledge.actors import Knowledge

__all__ = ["find_nominals"]

NOUN_POS = frozenset({"NOUN", "PROPN"})
WORDING_POS = NOUN_POS | {"ADJ"}
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
ARTICLES = {"the": "the", "a": "a", "an": "a", "both": "both"}
ARTICLES |= dict.fromkeys(("this", "that", "these", "those"), "this")
# Relations of a noun that says more of another noun to its right instead of standing for something.
INSIDE = frozenset({"compound", "nmod", "npadvmod", "quantmod"})


def find_nominals(
    sheet: Sheet, names: list[ActorMention], knowledge: Knowledge, lists: Words
) -> Iterator[ActorMention]:
    """Find the descriptions outside names; one that stands before a name belongs to the name."""
    covered = {at for one in names if one.kind in {"name", "capital"} for at in range(*one.tokens)}
    before = {at for one in names if one.sort == "before name" for at in range(*one.tokens)}
    ends = {one.tokens[1]: one.head for one in names if one.kind != "nominal" and one.sort != "person"}
    heads = {mention.head for mention in names if mention.kind != "nominal"}
    at = 0
    while at < len(sheet.lower):
        if at in covered or sheet.pos[at] not in WORDING_POS:
            at += 1
            continue
        wording = wording_at(sheet, at, knowledge, lists)
        end = wording.end if wording else at + 1
        head = sheet.root(at, end)
        taken = head in before and sheet.dep[head] != "poss"
        bare = sheet.lower[head] in lists.lists["bare_bodies"] and wording is not None
        if bare and wording and _within(sheet, head):
            yield replace(_nominal(sheet, wording, heads, ends, lists), tokens=(at, end), article="the")
        elif sheet.pos[head] in NOUN_POS and not taken and not _within(sheet, head):
            if wording:
                yield _nominal(sheet, wording, heads, ends, lists)
            elif (
                sheet.pos[at] == "NOUN"
                and sheet.words[at].isalpha()
                and sheet.lower[at] not in lists.lists["times"]
            ):
                yield _thing(sheet, at)
        at = end


def _within(sheet: Sheet, head: int) -> bool:
    """Say whether a noun is only the title or kind of a name or noun to its right."""
    return sheet.dep[head] in INSIDE


def _nominal(
    sheet: Sheet, wording: Wording, heads: set[int], ends: dict[int, int], lists: Words
) -> ActorMention:
    start, end, noun = wording.start, wording.end, wording.noun
    head = sheet.root(start, end)
    first = min(start, sheet.edge(head))
    modifiers = tuple(dict.fromkeys(_modifiers(sheet, head, heads, lists)))
    if not modifiers and start in ends:
        modifiers = (ends[start],)  # "WHO officials", where the parser took WHO for a pronoun
    return ActorMention(
        tokens=(first, end),
        head=head,
        kind="nominal",
        sort=noun.sort if noun else "person" if wording.titles else "organization",
        names=wording.names,
        noun=noun.noun if noun else " ".join(sheet.lower[start:end]),
        part=noun.part or noun.noun if noun else "official",
        likes=noun.likes if noun else frozenset(),
        titles=wording.titles,
        nouns=tuple(sheet.lower[start:end]),
        modifiers=modifiers,
        article=_article(sheet, head),
        plural=noun.plural if noun else sheet.tag[head] in PLURAL_TAGS,
        gender=noun.gender if noun else None,
        former=any(sheet.lower[at] in lists.lists["former"] for at in range(first, start + 1)),
    )


def _thing(sheet: Sheet, at: int) -> ActorMention:
    return ActorMention(
        tokens=(sheet.edge(at), at + 1),
        head=at,
        kind="nominal",
        sort="thing",
        noun=sheet.lemma[at],
        article=_article(sheet, at),
        plural=sheet.tag[at] in PLURAL_TAGS,
    )


def _article(sheet: Sheet, head: int) -> str:
    article = ""
    for kid in sheet.kids[head]:
        relation = sheet.dep[kid]
        if relation in {"det", "predet", "nummod"} and sheet.lower[kid] in {"two", "both"}:
            return "both"
        if relation in {"det", "predet"}:
            article = article or ARTICLES.get(sheet.lower[kid], "a")
        elif relation == "poss":
            article = article or "poss"
    return article


def _modifiers(sheet: Sheet, head: int, heads: set[int], lists: Words) -> Iterator[int]:
    """Yield the names that say whose a described actor is: those before it, then those after "of"."""
    for kid in sheet.kids[head]:
        if sheet.dep[kid] in OWNING:
            if kid in heads:
                yield kid
            yield from _modifiers(sheet, kid, heads, lists)
    for kid in sheet.kids[head]:
        if sheet.dep[kid] == "prep" and kid > head and sheet.lower[kid] in lists.lists["belonging"]:
            for object_ in sheet.kids[kid]:
                if sheet.dep[object_] != "pobj":
                    continue
                if object_ in heads:
                    yield object_
                else:
                    yield from _modifiers(sheet, object_, heads, lists)

"""Descriptions and pronouns: "the Russian foreign minister", "rebels", "they"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.words import Noun, Words
from chancery.extract.sheet import Sheet
from chancery.knowledge.actors import Knowledge
from chancery.knowledge.names import Name

__all__ = ["describe_names", "find_nominals", "find_pronouns"]

NOUN_POS = frozenset({"NOUN", "PROPN"})
WORDING_POS = NOUN_POS | {"ADJ"}
# Relations by which a name before a noun says whose it is.
OWNING = frozenset({"amod", "compound", "poss", "nmod", "npadvmod"})
ARTICLES = {
    "the": "the",
    "a": "a",
    "an": "a",
    "this": "this",
    "that": "this",
    "these": "this",
    "those": "this",
    "both": "both",
}
LONGEST_NOUN = 4


def _noun_at(sheet: Sheet, at: int, lists: Words) -> tuple[int, Noun] | None:
    if sheet.lower[at] not in lists.noun_starts:
        return None
    for length in range(min(LONGEST_NOUN, len(sheet.lower) - at), 0, -1):
        noun = lists.nouns.get(tuple(sheet.lower[at : at + length]))
        if noun:
            return at + length, noun
    return None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that describe an actor: where they stand, and what the lists say of them."""

    start: int
    end: int
    titles: tuple[str, ...]
    noun: Noun | None
    names: tuple[Name, ...]


def _wording(sheet: Sheet, at: int, knowledge: Knowledge, lists: Words) -> Wording | None:
    """Find the longest title, noun or description of an organization that begins at a word."""
    word = sheet.lower[at]
    title = knowledge.titles.longest(sheet.lower, at) if word in knowledge.titles.first else None
    body = knowledge.descriptions.longest(sheet.lower, at) if word in knowledge.descriptions.first else None
    noun = _noun_at(sheet, at, lists)
    end = max(title[0] if title else 0, noun[0] if noun else 0, body[0] if body else 0)
    if not end:
        return None
    return Wording(
        at,
        end,
        tuple(name[1] for name in title[1]) if title and title[0] == end else (),
        noun[1] if noun and noun[0] == end else None,
        tuple(body[1]) if body and body[0] == end else (),
    )


def find_nominals(
    sheet: Sheet, names: list[ActorMention], knowledge: Knowledge, lists: Words
) -> Iterator[ActorMention]:
    """Find the descriptions of actors outside names; one that stands before a name belongs to the name."""
    covered = {at for mention in names if mention.kind != "demonym" for at in range(*mention.tokens)}
    heads = {mention.head for mention in names}
    at = 0
    while at < len(sheet.lower):
        wording = None
        if at not in covered and sheet.pos[at] in WORDING_POS:
            wording = _wording(sheet, at, knowledge, lists)
        if wording:
            head = sheet.root(at, wording.end)
            if sheet.pos[head] in NOUN_POS and not _belongs_to_name(sheet, head, heads):
                yield _nominal(sheet, wording, heads, lists)
        at = wording.end if wording else at + 1


def _belongs_to_name(sheet: Sheet, head: int, heads: set[int]) -> bool:
    """Say whether a noun is only the title or kind of a name to its right."""
    while sheet.dep[head] in {"compound", "nmod"} and sheet.head[head] > head:
        head = sheet.head[head]
        if head in heads:
            return True
    return sheet.dep[head] in {"compound", "nmod"}


def _nominal(sheet: Sheet, wording: Wording, heads: set[int], lists: Words) -> ActorMention:
    start, end, noun = wording.start, wording.end, wording.noun
    head = sheet.root(start, end)
    first = min(start, sheet.edge(head))
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
        modifiers=tuple(_modifiers(sheet, head, heads, lists)),
        article=_article(sheet, head),
        plural=noun.plural if noun else sheet.tag[head] in {"NNS", "NNPS"},
        gender=noun.gender if noun else None,
        former=any(sheet.lower[at] in lists.lists["former"] for at in range(first, start + 1)),
    )


def _article(sheet: Sheet, head: int) -> str:
    for kid in sheet.kids[head]:
        if sheet.dep[kid] in {"det", "predet", "nummod"} and sheet.lower[kid] in {"two", "both"}:
            return "both"
    for kid in sheet.kids[head]:
        if sheet.dep[kid] in {"det", "predet"}:
            return ARTICLES.get(sheet.lower[kid], "a")
        if sheet.dep[kid] == "poss":
            return "poss"
    return ""


def _modifiers(sheet: Sheet, head: int, heads: set[int], lists: Words) -> Iterator[int]:
    """Yield the names that say whose a described actor is, the nearest first."""
    for kid in reversed(sheet.kids[head]):
        if sheet.dep[kid] in OWNING:
            if kid in heads:
                yield kid
            yield from _modifiers(sheet, kid, heads, lists)
        elif sheet.dep[kid] == "prep" and kid > head and sheet.lower[kid] in lists.lists["belonging"]:
            for object_ in sheet.kids[kid]:
                if sheet.dep[object_] == "pobj":
                    if object_ in heads:
                        yield object_
                    else:
                        yield from _modifiers(sheet, object_, heads, lists)


def describe_names(
    sheet: Sheet, names: list[ActorMention], knowledge: Knowledge, lists: Words
) -> list[ActorMention]:
    """Give each name the titles, nouns and owners that stand before it in its phrase."""
    heads = {mention.head: mention for mention in names}
    return [_described(sheet, mention, heads, knowledge, lists) for mention in names]


def _described(
    sheet: Sheet, mention: ActorMention, heads: dict[int, ActorMention], knowledge: Knowledge, lists: Words
) -> ActorMention:
    start = mention.tokens[0]
    first = min(start, sheet.edge(mention.head))
    if mention.sort not in {"person", "organization", ""} or first == start or mention.kind != "name":
        return mention
    titles: list[str] = []
    nouns: list[str] = []
    gender: str | None = None
    at = first
    while at < start:
        title = (
            knowledge.titles.longest(sheet.lower, at) if sheet.lower[at] in knowledge.titles.first else None
        )
        noun = _noun_at(sheet, at, lists)
        gender = gender or lists.honorifics.get(sheet.lower[at])
        end = max(title[0] if title else 0, noun[0] if noun else 0)
        if title and title[0] == end <= start:
            titles = [name[1] for name in title[1]]
        if noun and noun[0] == end <= start:
            nouns.append(noun[1].noun)
            gender = gender or noun[1].gender
        at = max(end, at + 1)
    before = [kid for kid in _owners(sheet, mention.head, first, start) if kid in heads]
    person = mention.sort == "" and bool(titles)
    return replace(
        mention,
        titles=tuple(titles),
        nouns=tuple(nouns),
        modifiers=tuple(reversed(before)),
        gender=gender,
        sort="person" if person else mention.sort,
        former=any(sheet.lower[at] in lists.lists["former"] for at in range(first, start)),
    )


def _owners(sheet: Sheet, head: int, first: int, start: int) -> Iterator[int]:
    for at in range(first, start):
        up = at
        while (
            up != head and sheet.head[up] != up and sheet.dep[up] in {*OWNING, "pobj", "prep", "det", "case"}
        ):
            up = sheet.head[up]
        if up == head:
            yield at


def find_pronouns(sheet: Sheet, lists: Words) -> Iterator[ActorMention]:
    """Find the pronouns, relative ones among them."""
    for at, word in enumerate(sheet.lower):
        pronoun = lists.pronouns.get(word)
        if pronoun is None or sheet.words[at] == "US":
            continue
        if pronoun.person == "relative" and not _is_relative(sheet, at):
            continue
        yield ActorMention(
            (at, at + 1),
            at,
            "pronoun",
            pronoun.person,
            noun=word,
            plural=pronoun.plural,
            gender=pronoun.gender,
        )


def _is_relative(sheet: Sheet, at: int) -> bool:
    if sheet.tag[at] not in {"WP", "WDT", "WP$"}:
        return False
    verb = at
    while sheet.head[verb] != verb and sheet.dep[verb] != "relcl":
        verb = sheet.head[verb]
    return sheet.dep[verb] == "relcl" and sheet.head[verb] < at

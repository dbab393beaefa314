"""What stands before a name in its phrase: titles, kinds, owners, "Mr" and "Mrs"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.wording import Wording, is_goal, owners_before, wording_at
from chancery.extract.actors.words import Words
from chancery.extract.tree import Tree
from chancery.knowledge.actors import Knowledge

__all__ = ["describe_names"]

# Words that make another office of the title behind them.
LOWERING = frozenset({"vice", "deputy", "assistant", "acting", "under", "associate", "shadow"})
# "the airline Mahan Air"; an army before a name is only the army of a soldier
BODY_SORTS = frozenset({"organization"})


@dataclass(slots=True)
class Before:
    """What was read before a name."""

    titles: tuple[str, ...] = ()
    nouns: list[str] = field(default_factory=list)
    gender: str | None = None
    sorts: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    at: int = -1


def describe_names(
    tree: Tree, names: list[ActorMention], knowledge: Knowledge, lists: Words
) -> Iterator[ActorMention]:
    """Give each name the titles, nouns and owners before it; the words before it become a mention too."""
    heads = {mention.head: mention for mention in names}
    named = {at for mention in names if mention.kind == "name" for at in range(*mention.tokens)}
    for mention in names:
        if mention.kind != "name" or mention.sort not in {"person", "organization", ""}:
            yield mention
            continue
        first = _phrase_start(tree, mention, lists)
        # what comes before a genitive is about the owner: "the company's vice president John Smith"
        owned = [at for at in range(first, mention.tokens[0]) if tree.word[at] in {"'s", "'"}]
        begin = owned[-1] + 1 if owned else first
        words = [at for at in range(begin, mention.tokens[0]) if at not in named]
        before = _read(tree, words, knowledge, lists)
        if words and before.nouns:
            before.nouns.append(" ".join(tree.word[at] for at in range(begin, mention.tokens[0])))
        described = _described(tree, mention, first, before, heads, lists)
        yield described
        if before.at >= 0 and before.nouns:
            yield _kind(described, before, begin if owned else first)


def _phrase_start(tree: Tree, mention: ActorMention, lists: Words) -> int:
    """Find where the phrase of a name begins, also across a rank that the parser cuts off."""
    first = min(mention.tokens[0], tree.edge(mention.head))
    while first:
        before = first - 2 if tree.word[first - 1] == "." and first > 1 else first - 1
        if tree.word[before] not in lists.honorifics or tree.dep[before] == "det":
            break
        first = min(before, tree.edge(before))
    return first


def _read(tree: Tree, words: list[int], knowledge: Knowledge, lists: Words) -> Before:
    before, done = Before(), -1
    for at in words:
        if at < done:
            continue
        wording = wording_at(tree, at, knowledge, lists) if tree.dep[at] != "det" else None
        before.gender = before.gender or lists.honorifics.get(tree.word[at])
        if wording and wording.end - 1 in words:
            _note(tree, wording, before)
            done = wording.end
        elif tree.pos[at] == "NOUN" and tree.form[at].islower() and not _before_noun(tree, at, words):
            before.nouns.append(tree.word[at])
            before.at = at
    return before


def _before_noun(tree: Tree, at: int, words: list[int]) -> bool:
    """Say whether a noun only says more of the next: the "match" of "match official Ian Lee"."""
    return at + 1 in words and tree.pos[at + 1] == "NOUN"


def _note(tree: Tree, wording: Wording, before: Before) -> None:
    if wording.titles:
        before.titles = wording.titles
        title = tree.word[wording.start : wording.end]
        # a vice president is not "the president" later
        before.nouns += [" ".join(title)] if LOWERING.intersection(title[:2]) else [" ".join(title), *title]
    if wording.noun:
        if wording.noun.sort == "person":
            # the team of a "team member", the city of a "city mayor" are other things
            before.nouns = [one for one in before.nouns if one not in before.others]
        else:
            before.others.add(wording.noun.noun)
        before.nouns.append(wording.noun.noun)
        before.gender = before.gender or wording.noun.gender
        before.sorts.add(wording.noun.sort)
    if before.nouns:
        before.at = wording.end - 1


def _described(
    tree: Tree,
    mention: ActorMention,
    first: int,
    before: Before,
    heads: dict[int, ActorMention],
    lists: Words,
) -> ActorMention:
    start = mention.tokens[0]
    owners = [kid for kid in owners_before(tree, mention.head, first, start, lists) if kid in heads]
    if first < mention.tokens[0] and not owners:
        owners = [
            at
            for at in range(first, start)
            if at in heads and tree.dep[at] in {"compound", "amod", "nmod"} and not is_goal(tree, at, lists)
        ]
    return replace(
        mention,
        sort=_sort(mention, before),
        titles=before.titles,
        nouns=tuple(dict.fromkeys(before.nouns)),
        modifiers=tuple(reversed(owners)),
        gender=before.gender,
        former=any(tree.word[at] in lists.lists["former"] for at in range(first, start)),
    )


def _sort(mention: ActorMention, before: Before) -> str:
    """Believe the words before a name rather than the model: "the airline Mahan Air" is no person."""
    if mention.names:
        return mention.sort
    if mention.sort != "person" and before.titles and not before.sorts & BODY_SORTS:
        return "person" if mention.sort == "" else mention.sort
    if mention.sort in {"person", ""} and before.sorts and before.sorts <= BODY_SORTS:
        return "organization"
    return mention.sort


def _kind(named: ActorMention, before: Before, first: int) -> ActorMention:
    """Make the words before a name a mention of their own: the "US automaker" of "US automaker Ford"."""
    return ActorMention(
        tokens=(first, before.at + 1),
        head=before.at,
        kind="nominal",
        sort="before name",
        noun=before.nouns[-1],
        modifiers=(named.head,),
    )

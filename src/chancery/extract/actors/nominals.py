"""Descriptions: "the Russian foreign minister", "rebels", "the plan".

What a word list or a title knows is a description of an actor. Every other noun is
kept as a thing: it may turn out to describe somebody by apposition ("Chrysler, the
carmaker"), and it competes for "it" and "they".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.wording import OWNING, Wording, belongs, wording_at
from chancery.extract.actors.words import Words
from chancery.extract.tree import Tree
from chancery.knowledge.actors import Knowledge

__all__ = ["find_nominals"]

NOUN_POS = frozenset({"NOUN", "PROPN"})
WORDING_POS = NOUN_POS | {"ADJ"}
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
ARTICLES = {"the": "the", "a": "a", "an": "a", "both": "both"}
ARTICLES |= dict.fromkeys(("this", "that", "these", "those"), "this")
# Relations of a noun that says more of another noun to its right instead of standing for something.
INSIDE = frozenset({"compound", "nmod", "npadvmod", "quantmod"})


# How nouns of people end: "ecologist", "paratrooper", "senator", "historian".
AGENT_ENDINGS = ("ist", "er", "or", "ian", "man", "woman", "person", "eer")
# An owner of an owner of an owner further up than this is a parse gone wrong.
DEEPEST = 12


def find_nominals(
    tree: Tree, names: list[ActorMention], knowledge: Knowledge, lists: Words
) -> Iterator[ActorMention]:
    """Find the descriptions outside names; one that stands before a name belongs to the name."""
    covered = {at for one in names if one.kind in {"name", "capital"} for at in range(*one.tokens)}
    before = {at for one in names if one.sort == "before name" for at in range(*one.tokens)}
    ends = {one.tokens[1]: one.head for one in names if one.kind != "nominal" and one.sort != "person"}
    heads = {mention.head for mention in names if mention.kind != "nominal"}
    at = 0
    while at < len(tree.word):
        if at in covered or tree.pos[at] not in WORDING_POS:
            at += 1
            continue
        wording = wording_at(tree, at, knowledge, lists)
        end = wording.end if wording else at + 1
        head = tree.root(at, end)
        taken = head in before and tree.dep[head] != "poss"
        bare = tree.word[head] in lists.lists["bare_bodies"] and wording is not None
        if bare and wording and _within(tree, head):
            yield replace(_nominal(tree, wording, heads, ends, lists), tokens=(at, end), article="the")
        elif tree.pos[head] in NOUN_POS and not taken and not _within(tree, head):
            if wording and _is_title_of_a_work(tree, wording):
                pass
            elif wording:
                yield _nominal(tree, wording, heads, ends, lists)
            elif (
                tree.pos[at] == "NOUN"
                and tree.form[at].isalpha()
                and tree.word[at] not in lists.lists["times"]
            ):
                yield _thing(tree, at, lists)
        at = end


def _is_title_of_a_work(tree: Tree, wording: Wording) -> bool:
    """Say whether a plain noun stands among capitals within a sentence: "Better Idea of Afghan Girls"."""
    at, noun = wording.start, wording.noun
    plain = noun is not None and noun.sort == "person" and noun.part == "" and not wording.titles
    capital = at > 0 and tree.form[at][:1].isupper() and tree.form[at - 1][:1].isupper()
    # a headline may have capitals all over
    return plain and capital and tree.sentence[at] not in {at, at - 1} and tree.ordinal[at] > 1


def _within(tree: Tree, head: int) -> bool:
    """Say whether a noun is only the title or kind of a name or noun to its right."""
    return tree.dep[head] in INSIDE


def _nominal(
    tree: Tree, wording: Wording, heads: set[int], ends: dict[int, int], lists: Words
) -> ActorMention:
    start, end, noun = wording.start, wording.end, wording.noun
    head = tree.root(start, end)
    first = min(start, tree.edge(head))
    modifiers = tuple(dict.fromkeys(_modifiers(tree, head, heads, lists)))
    if not modifiers and start in ends:
        modifiers = (ends[start],)  # "WHO officials", where the parser took WHO for a pronoun
    return ActorMention(
        tokens=(first, end),
        head=head,
        kind="nominal",
        sort=noun.sort if noun else "person" if wording.titles else "organization",
        names=wording.names,
        noun=noun.noun if noun else " ".join(tree.word[start:end]),
        part=noun.part or noun.noun if noun else "official",
        likes=noun.likes if noun else frozenset(),
        titles=wording.titles,
        nouns=tuple(tree.word[start:end]),
        modifiers=modifiers,
        article=_article(tree, head),
        plural=noun.plural if noun else tree.tag[head] in PLURAL_TAGS,
        gender=noun.gender if noun else None,
        former=any(tree.word[at] in lists.lists["former"] for at in range(first, start + 1)),
    )


def _thing(tree: Tree, at: int, lists: Words) -> ActorMention:
    somebody = _is_somebody(tree, at, lists)
    return ActorMention(
        tokens=(tree.edge(at), at + 1),
        head=at,
        kind="nominal",
        sort="person" if somebody else "thing",
        part=tree.lemma[at] if somebody else "",
        noun=tree.lemma[at],
        article=_article(tree, at),
        plural=tree.tag[at] in PLURAL_TAGS,
    )


def _is_somebody(tree: Tree, at: int, lists: Words) -> bool:
    """Say whether a noun of no list is of a person: formed like one, and who speaks, thinks or is "who"."""
    lemma = tree.lemma[at]
    if not lemma.endswith(AGENT_ENDINGS) or lemma in lists.lists["no_agents"]:
        return False
    who = any(
        tree.dep[kid] == "relcl" and any(tree.word[one] == "who" for one in tree.kids[kid])
        for kid in tree.kids[at]
    )
    verb = tree.head[at]
    return who or (tree.dep[at] == "nsubj" and tree.lemma[verb] in lists.lists["animate_verbs"])


def _article(tree: Tree, head: int) -> str:
    article = ""
    for kid in tree.kids[head]:
        relation = tree.dep[kid]
        if relation in {"det", "predet", "nummod"} and tree.word[kid] in {"two", "both"}:
            return "both"
        if relation in {"det", "predet"}:
            article = article or ARTICLES.get(tree.word[kid], "a")
        elif relation == "poss":
            article = article or "poss"
    return article


def _modifiers(tree: Tree, head: int, heads: set[int], lists: Words, depth: int = 0) -> Iterator[int]:
    """Yield the names that say whose a described actor is: those before it, then those after "of"."""
    if depth > DEEPEST:
        return
    for kid in tree.kids[head]:
        if tree.dep[kid] in OWNING:
            if kid in heads:
                yield kid
            yield from _modifiers(tree, kid, heads, lists, depth + 1)
    for kid in tree.kids[head]:
        if tree.dep[kid] == "prep" and kid > head and belongs(tree, kid, lists):
            for object_ in tree.some(kid, {"pobj"}):
                yield from _owners(tree, object_, heads, lists, depth)


def _owners(tree: Tree, at: int, heads: set[int], lists: Words, depth: int) -> Iterator[int]:
    """Yield the name that stands behind "of", or the owners of the noun there."""
    noun = lists.nouns.get((tree.word[at],))
    if at in heads:
        yield at
    elif noun is None or noun.sort != "document":  # who directs a study is not its state's
        yield from _modifiers(tree, at, heads, lists, depth + 1)

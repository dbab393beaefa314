"""The answers: whom a run of tokens means, and which party is bound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree
from chancery.records import Actor, Mention

__all__ = ["Referents"]

# Relations by which a name before an unknown noun says whose it is ("Russian negotiators").
OWNING = frozenset({"amod", "compound", "poss", "nmod"})
CONJUNCTION = "conj"
# Nouns that only count what comes after "of".
QUANTITIES = frozenset(
    {"thousands", "hundreds", "dozens", "tens", "millions", "scores", "number", "majority", "group", "groups"}
    | {
        "some",
        "most",
        "many",
        "several",
        "all",
        "half",
        "one",
        "two",
        "rest",
        "handful",
        "series",
        "kind",
        "none",
        "each",
        "neither",
    }
)


@dataclass(frozen=True, slots=True)
class Referents:
    """Who is who in one report.

    Attributes:
        actors: everybody found, in the order of their first mention.
        mentions: every mention, in order.
        issuer: the state or organization whose own text the report is, as its source says.
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    tree: Tree | None = field(default=None, repr=False)
    heads: Mapping[int, int] = field(default_factory=dict, repr=False)
    covering: Mapping[int, int] = field(default_factory=dict, repr=False)
    groups: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    parties: Mapping[str, str] = field(default_factory=dict, repr=False)
    issuer: str | None = None

    def of(self, tokens: Tokens) -> str | None:
        """Return the id of the actor that a run of tokens names or means, or None.

        The mention at its syntactic head has the word. Where the head is a noun that
        stands for no actor ("Russian negotiators" does, "Russian tanks" does not), the
        state or organization that owns it is returned.
        """
        if self.tree is None:
            return None
        number = self._number(tokens)
        if number is not None:
            return self.mentions[number].actor
        return self._owner(self._through(self.tree.root(*tokens)))

    def within(self, first: int, last: int) -> Iterator[Mention]:
        """Yield the mentions inside a span of characters, in order, without looking at the others."""
        at = bisect_left(self.mentions, first, key=lambda mention: mention.span[0])
        while at < len(self.mentions) and self.mentions[at].span[0] < last:
            if self.mentions[at].span[1] <= last:
                yield self.mentions[at]
            at += 1

    def several(self, tokens: Tokens) -> tuple[str, ...]:
        """Return every coordinated party that a run of tokens names, in order, each once."""
        if self.tree is None:
            return ()
        found: dict[str, None] = {}
        todo = [self.tree.root(*tokens)]
        while todo:
            head = todo.pop(0)
            found |= dict.fromkeys(self._at(head))
            todo += [
                kid
                for kid in self.tree.kids[head]
                if self.tree.dep[kid] == CONJUNCTION and tokens[0] <= kid < tokens[1]
            ]
        return tuple(found)

    def _at(self, head: int) -> tuple[str, ...]:
        number = self.heads.get(head, self.covering.get(head))
        if number is None:
            owner = self._owner(head)
            return (owner,) if owner else ()
        actor = self.mentions[number].actor
        return (actor,) if actor else self.groups.get(number, ())

    def chain(self, tokens: Tokens) -> int | None:
        """Return the coreference chain of the mention that a run of tokens holds."""
        mention = self.mention(tokens)
        return mention.chain if mention else None

    def mention(self, tokens: Tokens) -> Mention | None:
        """Return the mention at the head of a run of tokens."""
        number = self._number(tokens)
        return None if number is None else self.mentions[number]

    def party(self, actor: str) -> str:
        """Return the state or organization that an actor's official acts bind.

        A person binds the state or organization of the office held on the report's day, or
        as which the report introduces the person; everybody else binds itself.
        """
        return self.parties.get(actor, actor)

    def _through(self, root: int) -> int:
        """Look through a quantity: "thousands of migrants" are migrants."""
        assert self.tree is not None
        tree = self.tree
        while tree.word[root] in QUANTITIES:
            of = next((kid for kid in tree.kids[root] if tree.word[kid] == "of"), None)
            inner = next((kid for kid in tree.kids[of] if tree.dep[kid] == "pobj"), None) if of else None
            if inner is None:
                break
            root = inner
        return root

    def _number(self, tokens: Tokens) -> int | None:
        if self.tree is None:
            return None
        root = self._through(self.tree.root(*tokens))
        return self.heads.get(root, self.covering.get(root))

    def _owner(self, head: int) -> str | None:
        if self.tree is None:
            return None
        for kid in reversed(self.tree.kids[head]):
            if self.tree.dep[kid] in OWNING and kid in self.heads:
                owner = self.mentions[self.heads[kid]].actor
                # what a person's associates say is not that person's word
                return None if owner and owner.startswith("person:") else owner
        return None

"""Who counts as a party: names, people, bodies, and the owners of what they act through."""

from __future__ import annotations

from collections.abc import Iterator

from chancery.extract.events.lexicon import Lexicon
from chancery.extract.tree import Tree

__all__ = ["NAMES", "RELATIVE", "Names"]

NAMES = frozenset({"PERSON", "NORP", "GPE", "ORG"})
PERSONAL = frozenset(
    {"i", "we", "you", "he", "she", "they", "it", "him", "her", "them", "us", "me", "himself", "themselves"}
)
RELATIVE = frozenset({"who", "which", "that", "whom"})
EXAMPLES = frozenset({"including", "like", "as"})
SENT_BY = frozenset({"of", "from"})
QUALIFYING = frozenset({"amod", "compound", "nmod"})
PREMISES = frozenset({"embassy", "consulate"})


class Names:
    """Tells which nouns of a report name somebody who can act or be acted upon."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.words = lexicon.classes["party"]
        self.instruments = lexicon.classes["instrument"]
        self.vessels = lexicon.classes["vessel"]
        self.targets = lexicon.classes["target"]
        # neighbouring words of one name
        self.joined = {(at, at + 1) for first, last, _ in tree.entities for at in range(first, last - 1)}

    def is_party(self, at: int) -> bool:
        """Tell whether a noun or pronoun names somebody who can act or be acted upon."""
        tree = self.tree
        if tree.word[at] in PERSONAL:
            return True
        if tree.ent[at] in NAMES and tree.pos[at] in {"PROPN", "NOUN", "ADJ", "NUM"}:
            return True
        lemma = tree.lemma[at]
        if tree.tag[at] == "PRP$":
            return True
        if lemma in self.lexicon.nouns and lemma not in self.words and tree.pos[at] != "PROPN":
            return False
        if lemma in self.words:
            return True
        if tree.pos[at] == "PROPN":
            return tree.ent[at] in {"", "FAC", "LOC", "PRODUCT", "NORP"}
        if tree.pos[at] == "NOUN" and tree.form[at][:1].isupper() and not tree.ent[at]:
            return (
                at > 0 and tree.sentence[at] == tree.sentence[at - 1]
            )  # a surname taken for a noun ("Trump")
        return (
            tree.pos[at] == "NUM"
            and tree.dep[at] in {"nsubj", "nsubjpass", "dobj"}
            and tree.ent[at] not in {"MONEY", "PERCENT", "QUANTITY"}
        )

    def parties(self, at: int) -> Iterator[int]:
        """Yield the parties that a noun phrase names, its owners where it names a thing of theirs."""
        for one in self.tree.coordinated(at):
            yield from self.alone(one)

    def alone(self, one: int) -> Iterator[int]:
        """Yield the parties that a noun names, whatever it is coordinated with."""
        if held := self._premises(one):
            yield from held
        elif self.is_party(one):
            yield from (list(self.named_examples(one)) or [one])
        else:
            yield from (list(self.named_beside(one)) or self._belonging(one))

    def _belonging(self, at: int) -> Iterator[int]:
        """Yield who a thing belongs to; arms and ships that a name qualifies are told by their own words."""
        owners = list(self.owners(at))
        if self.tree.lemma[at] in self.instruments and (not owners or self._only_qualified(at, owners)):
            if owners or self.tree.lemma[at] in self.vessels:
                yield at
            return
        yield from owners

    def _only_qualified(self, at: int, owners: list[int]) -> bool:
        """Tell whether a thing's owners stand before it as adjectives: "*Iraqi* warplanes"."""
        return all(self.tree.dep[one] in QUALIFYING and self.tree.head[one] == at for one in owners)

    def _premises(self, at: int) -> list[int]:
        """Return whose an embassy or consulate is: an attack on it is one on its state."""
        return list(self.owners(at)) if self.tree.lemma[at] in PREMISES else []

    def named_examples(self, at: int) -> Iterator[int]:
        """Yield the parties that a common noun is made up of: "countries such as *Mali* and *Chad*"."""
        if self.tree.tag[at] != "NNS":
            return
        for kid in self.tree.objects(at, EXAMPLES):
            yield from (one for one in self.tree.coordinated(kid) if self.is_named(one))
        for kid in self.tree.objects(at, SENT_BY):  # "officials from *Mali*, *Chad* and *Niger*"
            named = [one for one in self.tree.coordinated(kid) if self.is_named(one)]
            if len(named) > 1:
                yield from named

    def named_beside(self, at: int) -> Iterator[int]:
        """Yield the parties in apposition to a noun: "the oil producers *Iran* and *Iraq*"."""
        for kid in self.tree.some(at, {"appos"}):
            yield from (one for one in self.tree.coordinated(kid) if self.is_named(one))
        for body in self.tree.objects(at, {"of"}):  # "the manager of the bank, *Ali Tamim*"
            if self.tree.ent[body] != "PERSON":
                yield from (one for one in self.tree.some(body, {"appos"}) if self.tree.ent[one] == "PERSON")

    def owners(self, at: int) -> Iterator[int]:
        """Yield who a thing belongs to: "*Russia*'s troops", "the *US* embassy", "ships of *Iran*"."""
        tree = self.tree
        for kid in tree.kids[at]:
            if tree.dep[kid] == "poss" and self.is_owner(kid):
                yield from (one for one in tree.coordinated(kid) if self.is_owner(one))
            elif tree.dep[kid] in QUALIFYING and self.is_named(kid):
                yield from (
                    self._whole(one)
                    for one in [*self.compounds(kid), *tree.coordinated(kid)]
                    if self.is_named(one)
                )
            elif tree.dep[kid] == "nmod" and tree.pos[kid] == "PROPN" and self.is_party(kid):
                yield kid  # "thanked the *Minister* for Mali's help", as the parser sees it
        for inner in tree.objects(at, {"of"}):
            if self.is_party(inner):
                yield from (one for one in tree.coordinated(inner) if self.is_party(one))
            else:  # "the quality of *his* work"
                for kid in tree.some(inner, {"poss"}):
                    yield from (one for one in tree.coordinated(kid) if self.is_owner(one))

    def _whole(self, at: int) -> int:
        """Return the last word before a noun that is of one name with this one: "Islamic *State*"."""
        tree = self.tree
        while (
            at + 1 < tree.size
            and tree.head[at + 1] == tree.head[at]
            and tree.ent[at + 1] == tree.ent[at]
            and (at, at + 1) in self.joined
        ):
            at += 1
        return at

    def compounds(self, at: int) -> Iterator[int]:
        """Yield the first half of "Russia-NATO", "US-Iraqi"."""
        for kid in self.tree.kids[at]:
            if self.tree.dep[kid] in {"compound", "nmod", "amod", "punct", "npadvmod"} and self.is_named(kid):
                yield kid

    def is_owner(self, at: int) -> bool:
        """Tell whether a possessor is a party ("his", "Kyiv's", "the army's")."""
        return self.tree.tag[at] == "PRP$" or self.is_party(at)

    def is_named(self, at: int) -> bool:
        """Tell whether a modifier names a state, body or people ("US", "Russian")."""
        return self.tree.ent[at] in NAMES and self.tree.pos[at] in {"PROPN", "ADJ", "NOUN"}

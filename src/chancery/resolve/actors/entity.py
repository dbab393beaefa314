"""The cast of a report: who takes part, and every mention that means them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from chancery.extract.actors import ActorMention
from chancery.extract.tree import Tree
from chancery.knowledge.actors import Knowledge, Known
from chancery.records import ActorKind

__all__ = ["Answer", "Cast", "Entity"]


@dataclass(eq=False, slots=True)
class Entity:
    """One referent, while it is being put together.

    Attributes:
        id: the actor id; None for a place, a thing, or a group of several actors.
        sort: ``person``, ``people``, ``body``, ``state``, ``organization``, ``place``,
            ``document``, ``group`` (several actors together), ``thing`` (no actor) or empty.
        nouns: the descriptions that it went by ("airline").
        offices: the offices that the text gives it.
        owner: the state or organization that it belongs to, as the text says.
        author: of a document, who wrote it.
        members: of a group, who belongs to it.
        mentions: the numbers of its mentions, in the order in which they were resolved.
    """

    id: str | None
    name: str
    sort: str
    kind: ActorKind = "other"
    known: Known | None = None
    gender: str | None = None
    plural: bool = False
    nouns: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    owner: str | None = None
    author: Entity | None = None
    members: tuple[Entity, ...] = ()
    mentions: list[int] = field(default_factory=list)
    former: bool = False

    @property
    def actor(self) -> str | None:
        """Return the id to be held responsible: of a document, its author's."""
        return self.author.actor if self.author else self.id


# How many mentions back anything is looked for; keeps a book of 200,000 words linear.
MEMORY = 200
# Words after "of" that still tell one description from another.
LONGEST_PHRASE = 10

# What a sieve returns: the entity meant, the rule, and how sure it is; or None to let the next one try.
type Answer = tuple[Entity, str, float] | None


# "I", "we", "you" mean somebody, but do not bring him to mind for "he" and "they".
SPEECH_PERSONS = frozenset({"1", "2"})
# Sorts that a description can be led back to by its words.
RELATED = frozenset({"parent", "sister", "rival", "partner", "holding", "target", "former"})
DESCRIBED = frozenset({"person", "people", "organization", "document", "place", ""})


def head_word(name: str) -> str:
    """Return the noun of a name: its last word, or the one before "of" or "for"."""
    words = name.split()
    for at, word in enumerate(words):
        if word in {"of", "for"} and at:
            return words[at - 1]
    return words[-1] if words else ""


class Cast:
    """Everybody found so far, and which mention means whom by which rule."""

    def __init__(
        self, tree: Tree, mentions: tuple[ActorMention, ...], knowledge: Knowledge, day: str | None
    ) -> None:
        self.tree = tree
        self.mentions = mentions
        self.knowledge = knowledge
        self.day = day
        self.entities: list[Entity] = []
        self.by_id: dict[str, Entity] = {}
        self.meant: list[Entity | None] = [None] * len(mentions)
        self.rules: list[tuple[str, float]] = [("unresolved", 0.0)] * len(mentions)
        # mentions that stand for an actor without being one more name for it: "we" for the state
        self.loose: set[int] = set()
        # whose own text the report is, where it says so in its words; the same, and who "I" is, as its
        # source and title say
        self.narrator: Entity | None = None
        self.issuer: str | None = None
        self.author: str | None = None
        self.title: str | None = None
        self.publisher: str | None = None
        # the character at which the dateline begins ("OSLO, Feb 10"), -1 where there is none
        self.dateline = -1
        # the outermost mention on each head, and the innermost name over each token
        # entities by the nouns that they were described with, and by the noun in their name
        # the country of each place, by the character at which its name begins
        self.countries: dict[int, str] = {}
        # groups of coordinated names, by the number of their last one
        self.groups: dict[int, Entity] = {}
        # parts of states, by what they are called after the state ("military")
        self.parts: dict[str, list[Entity]] = {}
        # people by the words of their descriptions, in order
        self.phrases: list[tuple[str, Entity]] = []
        self.places: dict[str, Entity] = {}
        self.short_names: dict[str, Entity] = {}
        self.called: dict[str, list[Entity]] = {}
        self.named: dict[str, list[Entity]] = {}
        self.at_head: dict[int, int] = {}
        self.over: dict[int, int] = {}
        for number, mention in enumerate(mentions):
            self.at_head.setdefault(mention.head, number)
            if mention.kind != "nominal":
                for at in range(*mention.tokens):
                    self.over.setdefault(at, number)
        for number, mention in enumerate(mentions):
            if mention.sort == "before name":
                for at in range(mention.tokens[0], mention.modifiers[0]):
                    self.over.setdefault(at, number)

    def words(self, mention: ActorMention) -> list[str]:
        """Return the words of a mention, folded to ASCII."""
        return self.tree.form[mention.tokens[0] : mention.tokens[1]]

    def backwards(self, number: int) -> Iterator[tuple[int, Entity]]:
        """Yield the mentions before one, the nearest first, and whom they mean, as far as memory goes."""
        for other in range(number - 1, max(-1, number - 1 - MEMORY), -1):
            entity = self.meant[other]
            if entity is not None and self.mentions[other].sort not in SPEECH_PERSONS:
                yield other, entity

    def recent(self, number: int, reach: int) -> list[Entity]:
        """Return everybody mentioned in the sentences before a mention, the nearest first, each once."""
        here = self.tree.ordinal[self.mentions[number].head]
        found: dict[int, Entity] = {}
        for other, entity in self.backwards(number):
            if self.tree.ordinal[self.mentions[other].head] < here - reach:
                break
            group = self.groups.get(other)
            if group:
                found.setdefault(id(group), group)
            found.setdefault(id(entity), entity)
        return list(found.values())

    def latest(self, number: int, entities: Iterable[Entity]) -> Entity | None:
        """Return the entity that was mentioned last before a mention; None where none was."""
        best, found = -1, None
        for entity in entities:
            at = bisect_left(entity.mentions, number)
            if at and entity.mentions[at - 1] > best:
                best, found = entity.mentions[at - 1], entity
        return found

    def phrase(self, mention: ActorMention) -> str:
        """Return a description's words without the article, with what belongs to it after "of"."""
        start, end = mention.tokens
        while start < mention.head and self.tree.dep[start] in {"det", "predet"}:
            start += 1
        if end < len(self.tree.word) and self.tree.word[end] == "of":
            end = min(self.tree.last(mention.head), end + LONGEST_PHRASE)
        return " ".join(self.tree.word[start:end]).rstrip(" ,")

    def mean(self, number: int, entity: Entity, rule: str, score: float) -> None:
        """Settle whom a mention means."""
        self.meant[number] = entity
        self.rules[number] = (rule, score)
        if self.mentions[number].sort in SPEECH_PERSONS:
            return
        insort(entity.mentions, number)
        if entity.sort in DESCRIBED:
            self._learn(entity, self.mentions[number])

    def abstain(self, number: int, reason: str) -> None:
        """Leave a mention open, and say why."""
        self.rules[number] = (reason, 0.0)

    def _learn(self, entity: Entity, mention: ActorMention) -> None:
        nouns = [*mention.nouns, *((mention.noun,) if mention.kind == "nominal" and mention.noun else ())]
        if any(self.tree.word[kid] in RELATED for kid in self.tree.kids[mention.head]):
            nouns = []  # "its parent company" is not what "the company" means
        for noun in (*entity.nouns, *nouns) if len(entity.mentions) == 1 else nouns:
            entity.nouns.add(noun)
            called = self.called.setdefault(noun, [])
            if entity not in called[-MEMORY:]:
                called.append(entity)
        if entity.sort in {"person", "organization"} and mention.kind == "nominal":
            self.phrases.append((self.phrase(mention), entity))
        if len(entity.mentions) == 1 and entity.sort != "person":
            self.named.setdefault(head_word(entity.name), []).append(entity)
        if entity.sort == "person" and mention.gender and mention.gender != "n":
            entity.gender = entity.gender or mention.gender

    def entity_at(self, token: int) -> Entity | None:
        """Return whom the mention on a head token means."""
        number = self.at_head.get(token)
        return None if number is None else self.meant[number]

    def enter(self, entity: Entity) -> Entity:
        """Add somebody new to the cast, or return who already has that id."""
        if entity.id is not None:
            before = self.by_id.get(entity.id)
            if before is not None:
                return before
            self.by_id[entity.id] = entity
            part = entity.id.partition(":")[2]
            if part and entity.sort != "person":
                self.parts.setdefault(part, []).append(entity)
        self.entities.append(entity)
        return entity

    def known(self, actor: str) -> Entity:
        """Bring somebody from the tables into the cast."""
        before = self.by_id.get(actor)
        if before is not None:
            return before
        known = self.knowledge.known(actor)
        if known is None:
            return self.enter(Entity(actor, actor, "organization"))
        sort = {"person": "person", "state": "state"}.get(known.kind, "organization")
        return self.enter(Entity(actor, known.name, sort, known.kind, known, gender=known.gender))

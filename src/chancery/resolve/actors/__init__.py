"""Mentions -> actors: names, roles, pronouns, institutions over the whole report."""

from __future__ import annotations

from collections.abc import Sequence

from chancery.articles.dateline import find_dateline
from chancery.extract.actors import ActorMention
from chancery.extract.quotations import find_quotations
from chancery.extract.statements import StatementMention
from chancery.extract.syntax import text_of
from chancery.extract.tree import tree_of
from chancery.knowledge.actors import Knowledge
from chancery.records import Place
from chancery.resolve.actors.chains import written
from chancery.resolve.actors.descriptions import resolve_description
from chancery.resolve.actors.entity import Cast
from chancery.resolve.actors.groups import find_groups
from chancery.resolve.actors.headline import name_the_headline
from chancery.resolve.actors.issuer import find_author, find_issuer
from chancery.resolve.actors.names import resolve_names
from chancery.resolve.actors.pronouns import resolve_first_person, resolve_pronoun
from chancery.resolve.actors.referents import Referents
from chancery.resolve.actors.speech import Speech
from chancery.resolve.setting import Setting

__all__ = ["Referents", "resolve_actors"]


def resolve_actors(
    setting: Setting,
    mentions: Sequence[ActorMention],
    said: Sequence[StatementMention],
    places: Sequence[Place],
    knowledge: Knowledge,
) -> Referents:
    """Find out who each mention means.

    Names first, over the whole report; then descriptions and pronouns in the order of
    the text; last the first persons whose speaker was not known by then.
    """
    day = setting.published.isoformat() if setting.published else None
    cast = Cast(tree_of(setting.doc), tuple(mentions), knowledge, day)
    cast.countries = {place.span[0]: place.country for place in places if place.country}
    cast.title, cast.publisher = setting.title, setting.publisher
    cast.issuer = find_issuer(setting.publisher, text_of(setting.doc), knowledge)
    cast.author = find_author(setting.title, setting.publisher, knowledge, day) if cast.issuer else None
    dateline = find_dateline(text_of(setting.doc))
    cast.dateline = dateline.span[0] if dateline else -1
    speech = Speech(cast, said, find_quotations(setting.doc))
    resolve_names(cast, speech)
    find_groups(cast)
    # by head, so that "their" is known before "their report" is asked for
    order = sorted(range(len(cast.mentions)), key=lambda number: _turn(cast, number))
    for number in order:
        mention = cast.mentions[number]
        if mention.kind == "nominal":
            resolve_description(cast, number)
        elif mention.kind == "pronoun" and mention.sort in {"1", "2"}:
            resolve_first_person(cast, number, speech)
        elif mention.kind == "pronoun":
            resolve_pronoun(cast, number, speech)
    for number, mention in enumerate(cast.mentions):
        # once more, now that speakers named after their words, or by a pronoun, are known
        if mention.kind == "pronoun" and mention.sort in {"1", "2"} and cast.meant[number] is None:
            resolve_first_person(cast, number, speech)
    name_the_headline(cast)
    return written(cast, setting, places)


def _turn(cast: Cast, number: int) -> int:
    """Say after which token a mention is resolved: a document only after its author ("by", "from")."""
    mention = cast.mentions[number]
    return cast.tree.last(mention.head) if mention.sort == "document" else mention.head

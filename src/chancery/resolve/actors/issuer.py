"""Whose own text a report is, as its source says: the state or body that put it out, and its author.

A government's release says "we", "I", "the President" and "the Department" without saying
whose. Its publisher, its title ("Statement by President Joe Biden") and its letterhead do.
A newspaper is no issuer: its "the President" is read from the report alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chancery.knowledge.actors import Knowledge
from chancery.knowledge.codes import state_of
from chancery.knowledge.names import split_name
from chancery.resolve.actors.lists import listed
from chancery.resolve.actors.parties import PART_OF

__all__ = [
    "LEADING",
    "MASTHEADS",
    "find_author",
    "find_issuer",
    "full_name_in",
    "is_briefing",
    "is_joint",
    "leading",
    "own_office",
]

# Lines by which well-known issuers sign, and the governments' own domains.
MASTHEADS = (
    ("Office of the Spokesperson", "USA"), ("Department Spokesperson", "USA"), ("THE WHITE HOUSE", "USA"),
    ("@state.gov", "USA"), (".gov.uk", "GBR"), (".gov.au", "AUS"), (".gov.ua", "UKR"),
)  # fmt: skip
# Characters at either end of a text that are its letterhead; further in, a domain is a reference.
LETTERHEAD = 300
JOINT = re.compile(
    r"\bjoint\b|communiqu|\b(?:leaders|ministers|members)[’']? (?:statement|declaration)"
    r"|\bG\d+\b.*\bstatement",
    re.IGNORECASE,
)
BY = re.compile(r"\b[Bb]y ")
LEADING = frozenset({"head_of_state", "head_of_government"})
# Words in a department's name, and the role of its head.
DEPARTMENTS = (
    ("state", "foreign_minister"), ("foreign", "foreign_minister"), ("defen", "defence_minister"),
    ("treasury", "finance_minister"), ("finance", "finance_minister"),
)  # fmt: skip
OWNERS = frozenset({"state", "organization", "metonym", "adjective"})
# Who issues texts of its own, beside whatever calls itself by a word for government.
ISSUING = frozenset({"state", "government_body", "international_organization", "military"})


def find_issuer(publisher: str | None, text: str, knowledge: Knowledge) -> str | None:
    """Return the state or organization whose own text this is, as publisher or letterhead say; else None."""
    party = _owner(publisher, knowledge) if publisher else None
    if party is None and publisher is None:
        ends = text[:LETTERHEAD] + "\n" + text[-LETTERHEAD:]
        party = next((owner for line, owner in MASTHEADS if line in ends), None)
    return party


def _owner(publisher: str, knowledge: Knowledge) -> str | None:
    words = split_name(re.sub(r"\(.*?\)", "", publisher).strip())
    governs = not listed("issuer_words").isdisjoint(word.lower() for word in words)
    for at in range(len(words)):
        hit = knowledge.names.longest(words, at)
        for what, owner in hit[1] if hit else ():
            party = state_of(owner) or PART_OF.get(owner, owner)
            known = knowledge.known(owner)
            body = known is not None and known.kind in ISSUING and what not in {"state", "adjective"}
            if what in OWNERS and (governs or body or what == "metonym"):
                return party
    return None


def find_author(
    title: str | None, publisher: str | None, knowledge: Knowledge, day: str | None
) -> str | None:
    """Return who says "I" in a text: the person whom its title names after "by", else its publisher.

    "Statement by President Joe Biden on Ukraine" is Biden's; what the "Prime Minister of
    Australia" puts out is the holder's on the day. Joint texts have no single author.
    """
    by = BY.search(title) if title else None
    if title and by:
        return _named(split_name(title[by.end() :]), knowledge, day)
    return _holder(publisher, knowledge, day) if publisher and day else None


def _named(words: Sequence[str], knowledge: Knowledge, day: str | None) -> str | None:
    """Return the person named first, in full or as one who leads a state on the day; of two, nobody."""
    for at, word in enumerate(words):
        end, names = knowledge.names.longest(words, at) or (at + 1, [])
        people = [owner for what, owner in names if what == "person"]
        people = people or ([] if names else leading(knowledge, knowledge.by_surname.get(word, ()), day))
        if len(people) == 1:
            return None if {"and", ",", "&"}.intersection(words[end : end + 1]) else people[0]
    return None


def leading(
    knowledge: Knowledge, people: Iterable[str], day: str | None, roles: frozenset[str] = LEADING
) -> list[str]:
    """Return who of some people heads a state or government on the day."""
    return [
        person
        for person in people
        if day is not None
        and any(
            one.covers(day) and not roles.isdisjoint(knowledge.offices[one.office].roles)
            for one in knowledge.tenures(person)
        )
    ]


def _holder(publisher: str, knowledge: Knowledge, day: str | None) -> str | None:
    words = split_name(re.sub(r"\(.*?\)", "", publisher).strip())
    title = knowledge.titles.longest([word.lower() for word in words], 0) if words else None
    body = _owner(publisher, knowledge)
    if title is None or body is None or day is None:
        return None
    offices = [name[1] for name in title[1] if knowledge.offices[name[1]].body == body]
    holders = [one for office in sorted(offices) for one in knowledge.holders(office, day)]
    return holders[0] if len({*holders}) == 1 else None


def is_joint(title: str | None) -> bool:
    """Say whether a title announces a text of several parties ("Joint Statement", "G7 Statement")."""
    return title is not None and JOINT.search(title) is not None


def is_briefing(title: str | None) -> bool:
    """Say whether a title announces that people of the issuer answer the press ("Press Briefing by ...")."""
    return title is not None and any(word in title.lower() for word in listed("briefings"))


def own_office(publisher: str | None, noun: str, party: str, knowledge: Knowledge) -> str | None:
    """Return the issuer's office that a bare noun means by its department: State's "the Secretary"."""
    lower = (publisher or "").lower()
    role = next((role for word, role in DEPARTMENTS if word in lower), None)
    office = knowledge.offices.get(f"{party}:{role}") if role else None
    fits = office is not None and any(title.lower().startswith(f"{noun} ") for title in office.titles[:2])
    return office.id if office is not None and fits else None


def full_name_in(title: str | None, surname: str) -> str | None:
    """Return a person's given name and surname as a title has them: "Jen Psaki" for "PSAKI"."""
    if not title:
        return None
    found = re.search(rf"\b([A-Z][\w’'-]+ (?:[A-Z]\. )?{re.escape(surname)})\b", title, re.IGNORECASE)
    name = found.group(1) if found else ""
    # a title before the surname is no given name ("Secretary Blinken")
    given = name.partition(" ")[0].lower()
    return name if name and given not in listed("title_words") and name[0].isupper() else None

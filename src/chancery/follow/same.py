"""Whether two records of different reports tell the same: of each yes the reason, of each no nothing.

Every rule here looks at two records alone, whatever came in before, and gives
the same answer in either order: so what is found does not hang on the order in
which reports come in. Precision goes before recall, since what is merged
wrongly hides a report, and what is left apart is listed twice.
"""

from __future__ import annotations

import re
from datetime import date

from chancery.follow.found import Position, PositionChange, Source, Turn
from chancery.follow.items import SPOKEN, Act, Held, Saying, Wording
from chancery.follow.terms import contained

__all__ = ["same_act", "same_claim", "same_issue", "turn"]

# Weight of the shorter wording that has to stand in the other. Chosen on quality/pairs.jsonl:
# of its acts, other ones of the same kind, parties and days share .49 at most; of its claims, others
# of the same speaker share .66 (an offer for talks, and a hope for talks).
ACT_SHARE, CLAIM_SHARE, ISSUE_SHARE = 0.6, 0.7, 0.7
# What the shorter wording must tell at least: "spoke today" stands in every report.
ACT_MASS, CLAIM_MASS, ISSUE_MASS = 1.0, 0.8, 0.5
LEAST_TERMS, ISSUE_TERMS = 4, 3
# No one word makes two wordings one: "digitization" stands in every speech on it.
SHARED_TERMS, HEAVIEST = 3, 0.66
# A few words that stand in a long statement are its subject: "a no-fly zone" is no claim about one.
WHOLE_MASS, WHOLE_BACK = 1.0, 0.45
# What few words tell is the same only when told again soon.
LIGHT, LIGHT_DAYS = 1.2, 90
# And so much of the heavier wording in the lighter: one sentence of a speech is no copy of it all,
# and one noun of two demands does not make them one.
CLAIM_BACK, ISSUE_BACK = 0.2, 0.7
# Of two talks on one given day between the same named people, so much is enough.
DATED_SHARE = 0.3
# Acts of speech toward somebody: a name more in the sentence is of somebody who hears of it, not another act.
# Positions on one issue are compared over so many days.
ISSUE_DAYS = 400


def _share(one: Wording, other: Wording, back: float = 0.0, least: int = LEAST_TERMS) -> tuple[float, float]:
    """Return the share of the lighter wording that stands in the other, and its mass; 0 if too few words.

    `back` is the share of the heavier wording that has to stand in the lighter.
    """
    lighter, heavier = sorted((one, other), key=lambda words: (words.mass, words.text))
    share = contained(lighter.terms, heavier.terms)
    if len(lighter.terms) < least or share * lighter.mass < back * heavier.mass:
        return 0.0, lighter.mass
    both = [value for word, value in lighter.terms.items() if word in heavier.terms]
    if len(both) < SHARED_TERMS or max(both) > HEAVIEST * sum(both):
        return 0.0, lighter.mass
    return share, lighter.mass


def _names_differ(one: Wording, other: Wording) -> bool:
    """Tell whether each of two wordings has a rare name, or each a number, that the other lacks."""
    names = one.names - _inside(other), other.names - _inside(one)
    return all(names)


def _inside(words: Wording) -> frozenset[str]:
    folded = words.text.casefold()
    return frozenset(name for name in folded.replace("’s", "").replace("'s", "").split()) | words.names


def _days(one: Act, other: Act) -> tuple[date, date] | None:
    """Return the days that two acts have in common."""
    if one.days is None or other.days is None:
        return None
    first, last = max(one.days[0], other.days[0]), min(one.days[1], other.days[1])
    return (first, last) if first <= last else None


def _parties_agree(one: Act, other: Act) -> bool:
    fewer, more = sorted((one.countries, other.countries), key=len)
    if one.act == "CONSULT":
        # Who is not named as a party of a talk took no part in it.
        return fewer == more and len(one.parties) > 1 and len(other.parties) > 1
    if not fewer <= more or (len(fewer) == 1 and len(more) > 1):
        return False
    if not one.acting or not other.acting:
        return True
    return bool(one.acting & other.acting)


def same_act(one: Act, other: Act) -> str | None:
    """Say why two events are one act, else return None."""
    if one.source.report == other.source.report or one.act != other.act or not _parties_agree(one, other):
        return None
    days = _days(one, other)
    heard = one.act in SPOKEN and one.recipients and other.recipients
    if days is None or (not heard and _names_differ(one.wording, other.wording)):
        return None
    share, mass = _share(one.wording, other.wording)
    who = " and ".join(sorted(one.countries & other.countries)[:3])
    if share >= ACT_SHARE and mass >= ACT_MASS:
        return f"{one.act} of {who}, {_told(days)}, {share:.0%} of the wording shared"
    people = {party for party in one.parties & other.parties if party.startswith("person:")}
    if people and one.first and other.first and days[0] == days[1] and share >= DATED_SHARE:
        return f"{one.act} of {who} on {days[0]} by the same {', '.join(sorted(people))}"
    return None


def _told(days: tuple[date, date]) -> str:
    return f"on {days[0]}" if days[0] == days[1] else f"between {days[0]} and {days[1]}"


def _apart(one: Source, other: Source) -> int:
    """Return how many days lie between two reports; 0 where one has no day."""
    return abs((one.date - other.date).days) if one.date and other.date else 0


def same_claim(one: Saying, other: Saying) -> str | None:
    """Say why two statements of one speaker are one claim, else return None."""
    if one.source.report == other.source.report:
        return None
    if one.speaker != other.speaker or one.negated != other.negated:
        return None
    share, mass = _share(one.wording, other.wording, CLAIM_BACK)
    if share < CLAIM_SHARE or mass < CLAIM_MASS or _names_differ(one.wording, other.wording):
        return None
    if mass < WHOLE_MASS and not _share(one.wording, other.wording, WHOLE_BACK)[0]:
        return None
    if mass < LIGHT and _apart(one.source, other.source) > LIGHT_DAYS:
        return None
    # A number is the claim: "ten thousand" and "twelve thousand" are two.
    if one.wording.numbers - other.wording.numbers and other.wording.numbers - one.wording.numbers:
        return None
    return f"same speaker, {share:.0%} of the wording shared"


def same_issue(one: Held, other: Held) -> str | None:
    """Say why two positions of one holder are on one issue, else return None."""
    if one.holder != other.holder or one.source.report == other.source.report:
        return None
    if one.toward and other.toward and one.toward != other.toward:
        return None
    if _apart(one.source, other.source) > ISSUE_DAYS:
        return None
    share, mass = _share(one.wording, other.wording, ISSUE_BACK, ISSUE_TERMS)
    if share < ISSUE_SHARE or mass < ISSUE_MASS or _names_differ(one.wording, other.wording):
        return None
    return f"same holder, {share:.0%} of the words for the issue shared"


# Only what undoes the other is a turn. Whether "we condemn the attack" after "we support those who
# were attacked" is harder or softer is not for a program to say: tried, and nine in ten were noise.
GIVING = frozenset(("offer", "propose", "commit", "assure", "concede"))
REFUSING = frozenset(("refuse", "deny"))


def turn(before: Position, after: Position) -> PositionChange | None:
    """Say whether a holder turned between two positions on one issue, the earlier one first."""
    kind = _turn(before, after)
    if kind is None:
        return None
    reason = f"{before.act} on {before.source.day}, {after.act} on {after.source.day}"
    if kind == "condition moved":
        reason = f"“{before.condition}” on {before.source.day}, “{after.condition}” on {after.source.day}"
    return PositionChange(kind, before, after, reason)


def _turn(before: Position, after: Position) -> Turn | None:
    if before.source.day == after.source.day:
        return None  # one day's reports tell one stand in several ways
    held = _stand(before), _stand(after)
    if held[0] and held[1] and held[0] != held[1]:
        return "withdrawn" if held[0] > 0 else "taken up"
    if before.act == after.act and before.condition and after.condition:
        conditions = Wording(before.condition), Wording(after.condition)
        told = min(len(one.terms) for one in conditions) >= LEAST_TERMS
        return "condition moved" if told and _share(*conditions)[0] < MOVED else None
    return None


def _stand(position: Position) -> int:
    """Return 1 for what is held out, -1 for what is refused, 0 for neither.

    "To ensure that there is no change" and "to oppose any change" are one stand.
    """
    sign = (position.act in GIVING) - (position.act in REFUSING)
    return -sign if _NOT.search(position.issue) else sign


_NOT = re.compile(r"\b(no|not|never|none|without|nor)\b|n[’']t\b", re.IGNORECASE)
# Conditions that share less than this of the lighter are two.
MOVED = 0.3

"""Times: the expressions that name a day, a stretch of days, or a duration.

The grammar (`data/times_words.csv`, `data/times_rules.toml`) says what a time
expression looks like; this module says when its words mean something else
("Theresa May", "2000 troops"), and what the sentence around it adds: since,
by, and the tense that makes a weekday look back or forward.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from chancery.extract.grammar import Classed, Grammar, Match, Value, Word, load_grammar
from chancery.extract.syntax import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Tense", "TimeMention", "digits", "find_times"]

type Tense = Literal["past", "future"] | None

# A four-figure number outside these bounds is more often a quantity than a year.
FIRST_YEAR, LAST_YEAR = 1000, 2100

# Bare years before this one need a word before them that asks for a time.
FIRST_MODERN_YEAR = 1900


type Bound = Literal["since", "until", "by"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression as its words stand in the report.

    Attributes:
        tokens: the words; with "since", which opens the end, and "until", which opens the start.
        rule: the rule of the grammar that describes it.
        words: class and value of each word of the rule.
        tense: whether the clause around it looks back or forward, where that matters.
        bound: "since", "until" (also till, through) and "by" (also before) where they stand before it.
        firm: whether the time hangs on a plain future ("will travel on"), not on "would", which may be past.
    """

    tokens: Tokens
    rule: str
    words: tuple[Word, ...]
    tense: Tense = None
    bound: Bound | None = None
    firm: bool = False

    def values(self, *names: str) -> tuple[Value, ...]:
        """Return the values of the words of these classes, in order."""
        return tuple(value for name, value in self.words if name in names)

    def value(self, *names: str) -> Value | None:
        """Return the value of the first word of these classes."""
        return next((value for name, value in self.words if name in names), None)


def find_times(doc: Doc) -> tuple[TimeMention, ...]:
    """Find every time expression of a report, in order; durations and repeated times too."""
    grammar = _grammar()
    return tuple(_mention(doc, match) for match in grammar.find(doc, lambda match: _is_time(doc, match)))


@cache
def _grammar() -> Grammar:
    return load_grammar("times_words.csv", "times_rules.toml", digits)


def _mention(doc: Doc, match: Match) -> TimeMention:
    first, last = match.tokens
    before = doc[first - 1].lower_ if first else ""
    bound: Bound | None = None
    if before in _context().opening:
        first, bound = first - 1, "since"
    elif before in _context().closing:
        first, bound = first - 1, "until"
    elif before in _context().deadline:
        bound = "by"
    elif before == "from" and last < len(doc) and doc[last].lower_ in ONWARDS:
        first, last, bound = first - 1, last + 1, "since"  # "from this month onwards"
    tense, firm = _tense(doc, match, before) if match.rule in TENSED else (None, False)
    return TimeMention((first, last), match.rule, match.words, tense, bound, firm)


ONWARDS = frozenset({"onwards", "onward", "on"})

# Expressions that fit a past and a future stretch; the clause decides.
TENSED = frozenset(
    {"weekday", "date", "month", "season", "ordinal", "unit", "clock", "holiday", "piece", "week"}
)


# --- numbers ---------------------------------------------------------------------------------

NUMERALS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(\d{1,2})(?:st|nd|rd|th)"), "ORD"),
    (re.compile(r"'?(\d{2}|\d{3}0)s"), "DECADE"),
    (re.compile(r"(\d{1,2}[-–]\d{1,2})"), "DSPAN"),
    (re.compile(r"(\d{4}[-–/]\d{2}(?:\d\d)?)"), "YSPAN"),
    (re.compile(r"(\d{1,4}[/.]\d{1,2}[/.]\d{2,4})"), "FULL"),
    (re.compile(r"(9/11)"), "FULL"),
    (re.compile(r"(\d{1,2}:\d{2})(?::\d\d)?"), "CLOCK"),
    (re.compile(r"[qQ]([1-4])"), "Q"),
    (re.compile(r"FY(\d{2}|\d{4})"), "FY"),
    (re.compile(r"(\d\d)T[\d:.]+Z?"), "ISOT"),
)
SHADED_YEAR = re.compile(r"(?:early|mid|late)[-–](\d{4})", re.IGNORECASE)
SHADED_DECADE = re.compile(r"(early|mid|late)[-–](\d{3}0)s", re.IGNORECASE)


def digits(text: str) -> Classed:
    """Class a token with figures in it, and give its value; None for what no date is made of."""
    if text.isdecimal() and text.isascii():
        return _whole_number(text)
    for pattern, name in NUMERALS:
        if found := pattern.fullmatch(text):
            value = found.group(1)
            return name, int(value) if value.isdecimal() else value
    if found := SHADED_YEAR.fullmatch(text):
        return "Y", int(found.group(1))
    if found := SHADED_DECADE.fullmatch(text):
        return "LDECADE", f"{found.group(1).lower()} {found.group(2)}"
    plain = text.replace(",", "")
    return ("N", float(plain)) if re.fullmatch(r"\d{1,15}(\.\d{1,6})?", plain) else None


def _whole_number(text: str) -> Classed:
    number = int(text) if len(text) <= len("9999") else 0
    if len(text) == len("2022") and FIRST_YEAR <= number <= LAST_YEAR:
        return "Y", number
    if len(text) == len("0800") and text < "2400" and text[2] < "6":
        return "HHMM", f"{text[:2]}:{text[2:]}"
    if len(text) <= len("31") and 1 <= number <= 31:
        return "D", number
    return ("N", number) if number else None


# --- words that mean something else ------------------------------------------------------------


class _Context(NamedTuple):
    """Word lists of `data/times_context.toml`, which says what each is for."""

    before_time: frozenset[str]
    fixes_year: frozenset[str]
    before_number: frozenset[str]
    after_number: frozenset[str]
    possessive: frozenset[str]
    doubtful_months: frozenset[str]
    before_season: frozenset[str]
    other_new_years: frozenset[str]
    opening: frozenset[str]
    closing: frozenset[str]
    deadline: frozenset[str]
    ahead: frozenset[str]
    modals: frozenset[str]
    past_helpers: frozenset[str]
    plain_future: frozenset[str]
    going: frozenset[str]
    scheduled: frozenset[str]
    postponing: frozenset[str]


@cache
def _context() -> _Context:
    source = files("chancery.extract") / "data" / "times_context.toml"
    book = tomllib.loads(source.read_text(encoding="utf-8"))
    return _Context(**{name: frozenset(book[name].split()) for name in _Context._fields})


# Names of people and papers hold months and weekdays: April Ryan, The Sunday Times.
NAMES = frozenset({"PERSON", "ORG", "WORK_OF_ART"})


def _is_time(doc: Doc, match: Match) -> bool:
    check = CHECKS.get(match.rule)
    return check is None or check(doc, match)


def _before(doc: Doc, at: int) -> str:
    return doc[at - 1].lower_ if at else ""


def _is_month(doc: Doc, match: Match) -> bool:
    first, last = match.tokens
    at = next(first + i for i, (name, _) in enumerate(match.words) if name in {"MONTH", "MON"})
    token = doc[at]
    if not token.text[0].isupper():
        return False
    if last - first > 1:
        return True
    if token.lower_ in _context().doubtful_months:
        return _before(doc, at) in _context().before_time and token.ent_type_ not in NAMES
    return token.ent_type_ not in NAMES or _before(doc, at) in _context().before_time


def _is_date(doc: Doc, match: Match) -> bool:
    """Refuse "may 15 soldiers" and, where the day counts what follows, "in March 15 soldiers"."""
    first, last = match.tokens
    for at, (name, _) in enumerate(match.words, start=first):
        if name in {"MONTH", "MON"} and not doc[at].text[0].isupper():
            return False
    if match.words[-1][0] == "D" and last < len(doc):
        day = doc[last - 1]
        return not (day.dep_ == "nummod" and day.head.i >= last and day.head.tag_ == "NNS")
    return True


def _is_year(doc: Doc, match: Match) -> bool:
    """Tell a year from a number: "in 2014", "the 2003 invasion", not "2000 troops", "resolution 2254"."""
    first, last = match.tokens
    if last - first > 1 or match.words[0][0] == "YSPAN":
        return True
    context, before, year = _context(), _before(doc, first), int(match.words[0][1])
    if before in context.before_number:
        return False
    if before not in context.before_time and last < len(doc) and doc[last].lower_ in context.after_number:
        return False
    if before in context.fixes_year and year >= FIRST_MODERN_YEAR:
        return True
    if _counts(doc[first]) and before not in context.possessive:
        return False
    return year >= FIRST_MODERN_YEAR or before in context.before_time


def _is_decade(_doc: Doc, match: Match) -> bool:
    """Tell "the 1930's" from "the 2014's"."""
    return all(name != "Y" or int(value) % 10 == 0 for name, value in match.words)


def _counts(token: Token) -> bool:
    """Whether a number counts the noun after it, as the parser sees it."""
    return token.dep_ == "nummod" and token.head.i > token.i and token.head.tag_ in {"NNS", "NNPS"}


def _is_season(doc: Doc, match: Match) -> bool:
    """Tell "in spring" and "last fall" from a spring of water and a fall in prices."""
    first, last = match.tokens
    names = [name for name, _ in match.words]
    at = first + names.index("SEASON")
    if doc[at].pos_ not in {"NOUN", "PROPN"} or doc[at].dep_ == "compound":
        return False  # a fall in prices; the Spring Festival
    if last == at + 1 and last < len(doc) and doc[last].lower_ == "of":
        return False  # the fall of Kabul
    dated = names[-1] != "SEASON" or not {"MOD", *RELATIVE}.isdisjoint(names)
    return dated or (last - at == 1 and _before(doc, first) in _context().before_season)


RELATIVE = frozenset({"LAST", "PAST", "PREV", "THIS", "NEXT", "COMING", "FOLL", "THAT"})


def _is_weekday(doc: Doc, match: Match) -> bool:
    first, last = match.tokens
    if not any(doc[at].text[0].isupper() for at in range(first, last)):
        return False
    if last - first == 1 and doc[first].ent_type_ in NAMES:
        return False
    return not _is_in_name(doc, last)


def _is_in_name(doc: Doc, last: int) -> bool:
    # "the Good Friday Agreement", "the Sunday Mirror"
    named = doc[last - 1]
    return named.dep_ == "compound" and named.head.i == last and named.head.pos_ == "PROPN"


def _is_named_day(doc: Doc, match: Match) -> bool:
    first, last = match.tokens
    return all(doc[at].text[0].isupper() for at in range(first, last)) and not _is_in_name(doc, last)


def _is_ordinal(_doc: Doc, match: Match) -> bool:
    classes = {name for name, _ in match.words}
    units = [value for name, value in match.words if name == "U"]
    if "Q" in classes or ("HALF" in classes and "OF" in classes):
        return True
    return bool(units) and units[0] in {"quarter", "century"}


def _is_then(doc: Doc, match: Match) -> bool:
    """Refuse "that" where it opens a clause; "an hour later" is a pace of telling, not a time."""
    if any(value in {"hour", "minute"} for _, value in match.words):
        return False
    return match.words[0][0] != "THAT" or doc[match.tokens[0]].dep_ != "mark"


def _is_span(_doc: Doc, match: Match) -> bool:
    """Leave out "the last twenty minutes": a stretch within a day names no calendar time."""
    return all(value not in {"minute", "second"} for _, value in match.words)


def _is_part(doc: Doc, match: Match) -> bool:
    """Take "in the evening" for a time of the day last named, and not "the evening" of anything else."""
    return _before(doc, match.tokens[0]) == "in" and not any(
        child.dep_ in {"prep", "relcl", "acl"} for child in doc[match.tokens[1] - 1].children
    )


def _is_era(doc: Doc, match: Match) -> bool:
    """Leave an era alone unless the words date something by it: "since the Cold War", "the end of ..."."""
    return any(name == "EDGE" for name, _ in match.words) or _before(doc, match.tokens[0]) == "since"


# After a feast, these make more days of it than one.
SEVERAL = frozenset(
    {"days", "period", "season", "holidays", "break", "market", "card", "cards", "tree", "present"}
)


def _is_holiday(doc: Doc, match: Match) -> bool:
    """Refuse people called Christmas, and new years that begin on other days."""
    first, last = match.tokens
    named = doc[last - 1]
    if last < len(doc) and doc[last].lower_ in SEVERAL:
        return False  # "three Christmas Days"
    return (
        named.text[0].isupper()
        and named.ent_type_ not in NAMES
        and _before(doc, first) not in _context().other_new_years
    )


def _is_piece(_doc: Doc, match: Match) -> bool:
    """Take weeks and halves of months, and counted months and weeks of years; quarters are ordinals."""
    values = {value for name, value in match.words if name in {"U", "UU"}}
    of_year = match.words[-1][0] == "Y" and not any(name in {"MONTH", "MON"} for name, _ in match.words)
    if of_year and any(name == "ORDW" and value != 1 for name, value in match.words):
        return False
    return values <= ({"month", "week", "day", "quarter"} if of_year else {"week"})


def _is_length(doc: Doc, match: Match) -> bool:
    """Refuse "a quarter of the troops", a share."""
    after = doc[match.tokens[1]].lower_ if match.tokens[1] < len(doc) else ""
    return after != "of" or all(value != "quarter" for _, value in match.words)


def _is_week(_doc: Doc, match: Match) -> bool:
    return match.words[-1][0] != "U" and any(word == ("U", "week") for word in match.words)


CHECKS = {
    "named day": _is_named_day,
    "duration": _is_length,
    "piece": _is_piece,
    "week": _is_week,
    "month": _is_month,
    "date": _is_date,
    "year": _is_year,
    "decade": _is_decade,
    "season": _is_season,
    "weekday": _is_weekday,
    "ordinal": _is_ordinal,
    "then": _is_then,
    "holiday": _is_holiday,
    "era": _is_era,
    "span": _is_span,
    "part": _is_part,
}

# --- tense -------------------------------------------------------------------------------------

# A time hangs at most this deep under the verb of its clause.
LONGEST_CLIMB = 12


def _tense(doc: Doc, match: Match, before: str) -> tuple[Tense, bool]:
    """Read from the clause whether the time lies behind or ahead, and whether a plain future says so."""
    first, last = match.tokens
    if first > 1 and before == "of" and doc[first - 2].lower_ == "ahead":
        return "future", False
    if before == "for" and match.rule == "weekday":
        return "future", False  # "planned for Friday", "the vote set for Monday"
    token = doc[last - 1]
    for at in range(first, last):
        if not first <= doc[at].head.i < last:
            token = doc[at]
            break
    for _ in range(LONGEST_CLIMB):
        if token.pos_ in {"VERB", "AUX"} and (tense := _verb_tense(token, before)) != "bare":
            return tense, tense == "future" and _is_plain_future(token)
        if token.dep_ == "ROOT":
            break
        token = token.head
    return None, False


def _is_plain_future(verb: Token) -> bool:
    helpers = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    return not _context().plain_future.isdisjoint(helpers)


def _verb_tense(verb: Token, before: str) -> Tense | Literal["bare"]:
    """Return the tense of a verb; "bare" where it has none and leaves it to the verb above."""
    helpers = {child.lower_ for child in verb.lefts if child.dep_ in {"aux", "auxpass"}}
    if before in _context().closing | {"to"} and verb.lemma_ in _context().postponing:
        return "future"  # "was put off until Monday"
    if "have" in helpers or "having" in helpers:
        return "past"
    if not _context().modals.isdisjoint(helpers) or "to" in helpers:
        return "future"
    if verb.tag_ in {"VBN", "VBG"} and verb.lemma_ in _context().ahead:
        return "future"
    if verb.tag_ in {"VBZ", "VBP"} and _is_scheduled(verb):
        return "future"
    if verb.tag_ == "VBG" and not _context().going.isdisjoint(helpers):
        return "future"  # "is flying to Oslo on Friday"
    if verb.tag_ == "VBD" or not _context().past_helpers.isdisjoint(helpers):
        return "past"
    if verb.tag_ == "VBN":
        return "past" if not helpers else None
    return "bare" if verb.tag_ == "VBG" and not helpers else None


def _is_scheduled(verb: Token) -> bool:
    """Tell whether a present tense tells of a timetable: "talks begin on Tuesday", "the vote is due on"."""
    if verb.lemma_ in _context().scheduled:
        return True
    return verb.lemma_ == "be" and any(
        child.lemma_ in _context().ahead for child in verb.rights if child.dep_ in {"acomp", "xcomp"}
    )

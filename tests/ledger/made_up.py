"""Made-up readings: every shape that the types of the records allow, so that none is lost unseen."""

import types
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Literal, TypeAliasType, Union, get_args, get_origin

from hypothesis import strategies as st

from chancery.records import Article, Interval, Reading, Record

# NUL and astral signs are in; halves of pairs no JSON can hold.
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=3))])
PLAIN = {
    str: WORDS,
    bool: st.booleans(),
    int: st.integers(-5, 10**6) | st.integers(-(10**30), 10**30),
    float: st.floats(0, 1, allow_subnormal=False),
    date: st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    datetime: st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=ZONES),  # noqa: DTZ001
    types.NoneType: st.none(),
}
# Whole numbers that are no measures: they come from tables and counters.
SMALL = {"chain", "geonameid"}


def value_of(kind, text):
    """Make a strategy for any annotation that the records use."""
    if isinstance(kind, TypeAliasType):
        return value_of(kind.__value__, text)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return value_of(parts[0], text)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in {Union, types.UnionType}:
        return st.one_of(*(value_of(part, text) for part in parts))
    if parts == (int, int):
        return st.tuples(*[st.integers(0, len(text))] * 2).map(lambda ends: tuple(sorted(ends)))
    if origin is tuple:
        return st.lists(value_of(parts[0], text), max_size=2).map(tuple)
    if isinstance(kind, type) and issubclass(kind, Record):
        return record_of(kind, text)
    return PLAIN[kind]


def record_of(kind, text):
    fields = {
        name: st.none() | st.integers(0, 10**9) if name in SMALL else value_of(field.annotation, text)
        for name, field in kind.model_fields.items()
    }
    if kind is Article:
        fields["text"] = st.just(text)
    if "content" in fields:
        fields["content"] = st.lists(value_of(tuple[int, int], text), min_size=1, max_size=3).map(tuple)
    made = st.fixed_dictionaries(fields)
    if "first" in fields and issubclass(kind, Interval):
        made = made.filter(lambda f: not (f["first"] and f["last"] and f["last"] < f["first"]))
    return made.map(lambda fields: kind(**fields))


@st.composite
def readings(draw):
    """Make a reading whose ids are its own, as the contract says."""
    text = draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
    found = {"article": draw(record_of(Article, text))}
    for name, field in Reading.model_fields.items():
        if name != "article":
            made = draw(value_of(field.annotation, text))
            found[name] = tuple({getattr(one, "id", number): one for number, one in enumerate(made)}.values())
    return Reading(**found)

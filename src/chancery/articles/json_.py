"""JSON -> drafts: the fields of `article`, under the names that sources give them.

One object is one report; an array holds several; a reading that Chancery
printed holds its own article. `text` is kept to the character, line ends
included, so that spans which others counted in it still fit.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from chancery.articles.encoding import decode
from chancery.articles.moment import moment
from chancery.articles.report import Draft
from chancery.errors import InputError

__all__ = ["draft_of_object", "drafts_of_json", "drafts_of_object", "parse"]

WANTED = 'give each report as {"text": "..."} with, where known, id, url, publisher, title, published, credit'


def drafts_of_json(data: bytes, name: str) -> Iterator[Draft | InputError]:
    """Read a JSON document: one report, or an array of them.

    Yields an error in place of each report of an array that is none.

    Raises:
        InputError: the bytes are not text, or the document is not JSON.
    """
    decoded = decode(data, name)
    found = parse(decoded.text, name)
    if not isinstance(found, list):
        yield from drafts_of_object(found, name, None, decoded.notes)
        return
    if not found:
        raise InputError(name, "an empty array, there is no report in it", WANTED)
    for number, one in enumerate(found, 1):
        try:
            yield from drafts_of_object(one, name, f"report {number}", decoded.notes)
        except InputError as error:
            yield error


def parse(text: str, name: str, line: int | None = None) -> object:
    """Parse JSON; `line` is where the text stands in a file of many lines.

    Raises:
        InputError: naming line and column of what is wrong.
    """
    place = f"line {line}" if line else None
    try:
        found: object = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        problem = f"broken JSON ({error.msg[:1].lower()}{error.msg[1:]})"
        at = f"line {line or error.lineno}, column {error.colno}"
        raise InputError(name, problem, "mend the JSON there", place=at) from error
    except RecursionError as error:
        raise InputError(
            name, "JSON nested too deeply", "give one flat object a report", place=place
        ) from error
    except ValueError as error:  # whole numbers of more than 4,300 digits
        raise InputError(name, f"JSON that cannot be read ({error})", WANTED, place=place) from error
    return found


def drafts_of_object(
    found: object, name: str, place: str | None, notes: tuple[str, ...] = ()
) -> Iterator[Draft]:
    """Take the article out of one JSON object, or each wording of it where `versions` lists them.

    Raises:
        InputError: it is no object, or has no text.
    """
    versions = found.get("versions") if isinstance(found, Mapping) and "text" not in found else None
    if not isinstance(found, Mapping) or not isinstance(versions, list) or not versions:
        yield draft_of_object(found, name, place, notes)
        return
    shared = {key: value for key, value in found.items() if key != "versions"}
    for number, version in enumerate(versions, 1):
        here = f"{place}, version {number}" if place else f"version {number}"
        whole = shared | dict(version) if isinstance(version, Mapping) else version
        yield draft_of_object(whole, name, here, notes)


def draft_of_object(found: object, name: str, place: str | None, notes: tuple[str, ...] = ()) -> Draft:
    """Take the article out of one JSON object.

    Raises:
        InputError: it is no object, or has no text.
    """
    if isinstance(found, Mapping) and isinstance(found.get("article"), Mapping):
        found = found["article"]
    if not isinstance(found, Mapping):
        raise InputError(name, f"{_kind(found)} where a report was expected", WANTED, place=place)
    text = found.get("text")
    if not isinstance(text, str):
        raise InputError(name, *_no_text(found), place=place)
    published, doubts = _published(found)
    return Draft(
        text,
        id=_word(found, "id"),
        url=_word(found, "url", "link"),
        publisher=_word(found, "publisher"),
        title=_word(found, "title", "headline"),
        published=published,
        credit=_credit(found),
        notes=notes + doubts,
        place=place,
    )


def _no_text(found: Mapping[str, object]) -> tuple[str, str]:
    if "text" in found:
        return f'the field "text" is {_kind(found["text"])}, not a string', WANTED
    close = difflib.get_close_matches("text", found, n=1) or [
        key for key in ("body", "content", "article", "maintext", "story") if isinstance(found.get(key), str)
    ]
    if close:
        return 'no field "text"', f'rename the field "{close[0]}" to "text" if that is the report'
    return 'no field "text"', WANTED


def _kind(value: object) -> str:
    names = {str: "a string", bool: "true or false", int: "a number", float: "a number", list: "an array"}
    return "null" if value is None else names.get(type(value), "an object")


def _word(found: Mapping[str, object], *names: str) -> str | None:
    for name in names:
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            # Half a surrogate pair cannot be written out again, in a title no more than in a text.
            return value.strip().encode("utf-8", "replace").decode("utf-8")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return None


def _published(found: Mapping[str, object]) -> tuple[datetime | date | None, tuple[str, ...]]:
    stated = _word(found, "published", "date")
    if stated is None:
        return None, ()
    day = moment(stated)
    doubt = f"published: {stated!r} is no day or moment in ISO 8601 (2022-02-10) and was left out"
    return day, () if day else (doubt,)


def _credit(found: Mapping[str, object]) -> str | None:
    """Say whom the words are from and under which licence, as open licences ask."""
    credit = _word(found, "credit", "attribution", "author")
    licence = _word(found, "licence", "license")
    return f"{credit}, {licence}" if credit and licence and licence not in credit else credit

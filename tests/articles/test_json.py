from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from chancery.articles.json_ import draft_of_object, drafts_of_json
from chancery.articles.jsonl import drafts_of_lines
from chancery.errors import InputError

TEXT = "Moscow said on Thursday that the talks would go on.\r\n"


def test_the_fields_of_an_article_are_taken_over():
    fields = {
        "id": "a1",
        "url": "https://post.example/a1",
        "publisher": "The Daily Post",
        "title": "Talks to go on",
        "published": "2022-02-10T14:30:00+03:00",
        "credit": "Ann Miller",
    }
    draft = draft_of_object({"text": TEXT, **fields}, "a.json", None)
    assert draft.text == TEXT  # line ends included: spans counted elsewhere must fit
    assert draft.published == datetime(2022, 2, 10, 14, 30, tzinfo=timezone(timedelta(hours=3)))
    assert {name: getattr(draft, name) for name in fields if name != "published"} == {
        name: value for name, value in fields.items() if name != "published"
    }


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"id": 7}, "id", "7"),
        ({"id": ""}, "id", None),
        ({"date": "2022-02-10"}, "published", date(2022, 2, 10)),
        (
            {"published": "Thu, 10 Feb 2022 11:30:00 GMT"},
            "published",
            datetime(2022, 2, 10, 11, 30, tzinfo=UTC),
        ),
        ({"attribution": "The Post", "licence": "CC BY 4.0"}, "credit", "The Post, CC BY 4.0"),
        ({"attribution": "The Post (CC BY 4.0)", "license": "CC BY 4.0"}, "credit", "The Post (CC BY 4.0)"),
        ({"licence": "CC BY 4.0"}, "credit", None),  # a licence alone credits nobody
        ({"credit": "Ann", "attribution": "The Post"}, "credit", "Ann"),
        ({"title": "half a \ud83d pair"}, "title", "half a ? pair"),
        ({"title": None, "headline": "Talks"}, "title", "Talks"),
        ({"events": [{"anchor": [0, 3]}]}, "title", None),  # what others annotated is not ours to judge
    ],
)
def test_other_names_and_values_for_the_same(given, field, value):
    assert getattr(draft_of_object({"text": TEXT, **given}, "a.json", None), field) == value


def test_a_reading_can_be_read_again():
    assert draft_of_object({"article": {"text": TEXT, "id": "a1"}, "events": []}, "a.json", None).id == "a1"


@pytest.mark.parametrize("stated", ["soon", "2022-02", "10.02.2022", "2022-02-31"])
def test_a_date_that_is_none_is_left_out_and_noted(stated):
    draft = draft_of_object({"text": TEXT, "published": stated}, "a.json", None)
    assert draft.published is None
    assert repr(stated) in draft.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ('{"text": "a",\n"title": }', "a.json, line 2, column 10: broken JSON (expecting value); mend"),
        ('{"text": "a"', "a.json, line 1, column 13: broken JSON"),
        ("[" * 100_000, "a.json: JSON nested too deeply"),
        ('{"id": ' + "9" * 5000 + "}", "a.json: JSON that cannot be read"),
        ("[]", "a.json: an empty array"),
        ('"text"', "a.json: a string where a report was expected"),
        ("null", "a.json: null where a report was expected"),
        ('{"title": "a"}', 'a.json: no field "text"; give each report as {"text"'),
        ('{"body": "a"}', 'a.json: no field "text"; rename the field "body" to "text"'),
        ('{"Text": "a"}', 'a.json: no field "text"; rename the field "Text"'),
        ('{"text": 7}', 'a.json: the field "text" is a number, not a string'),
        ('{"text": null}', 'a.json: the field "text" is null, not a string'),
        ('{"text": ["a"]}', 'a.json: the field "text" is an array, not a string'),
    ],
)
def test_json_that_is_no_report_is_named_with_its_place(data, said):
    with pytest.raises(InputError) as raised:
        list(drafts_of_json(data.encode(), "a.json"))
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


def test_one_bad_report_of_an_array_leaves_the_others():
    found = list(drafts_of_json(json.dumps([{"text": "a"}, {"no": 1}, {"text": "b"}]).encode(), "a.json"))
    assert [getattr(draft, "text", None) for draft in found] == ["a", None, "b"]
    assert str(found[1]).startswith('a.json, report 2: no field "text"')


def lines(data, longest=1 << 20):
    return list(drafts_of_lines(io.BytesIO(data), "a.jsonl", longest))


def test_one_bad_line_leaves_the_others():
    found = lines(b'{"text": "a"}\n\n{"text": \n"b"\n{"text": "c"}')
    assert [getattr(draft, "text", None) for draft in found] == ["a", None, None, "c"]
    assert [str(error).split(":")[0] for error in found[1:3]] == [
        "a.jsonl, line 3, column 10",
        "a.jsonl, line 4",
    ]


def test_a_line_over_the_limit_is_skipped_and_named():
    found = lines(b'{"text": "a"}\n{"text": "' + b"b" * 500 + b'"}\n{"text": "c"}\n', longest=100)
    assert [getattr(draft, "text", None) for draft in found] == ["a", None, "c"]
    assert str(found[1]).startswith("a.jsonl, line 2: longer than 100 bytes")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_lines_in_other_encodings(codec):
    found = lines('{"text": "Он сказал"}\n{"text": "Он заявил"}\n'.encode(codec))
    assert [draft.text for draft in found] == ["Он сказал", "Он заявил"]


@pytest.mark.parametrize("data", [b"", b"\n\n"])
def test_no_lines_are_an_error(data):
    assert [str(error) for error in lines(data)] == [
        "a.jsonl: empty, there is nothing to read; give one JSON object a line"
    ]

"""The gold of this repository keeps to the codebook: spans are words of the text, values and links exist."""

import json
from pathlib import Path

import pytest

from chancery import records
from chancery.evaluate.records import score_records

FOLDER = Path(__file__).parents[2] / "quality" / "gold"
PASSAGES = FOLDER / "events_more.jsonl"
GOLD = sorted(set(FOLDER.glob("*.jsonl")) - {PASSAGES})
SPANS = {
    "statements": ("speaker", "cue"),
    "events": ("anchor",),
    "positions": ("issue", "condition"),
    "figures": ("span", "what"),
    "times": ("span",),
    "places": ("span",),
}


def reports(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def values(name):
    return set(getattr(records, name).__value__.__args__)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_span_is_words_of_the_text(path):
    for report in reports(path):
        for layer, fields in SPANS.items():
            for entry in report.get(layer, []):
                spans = [entry[field] for field in fields if entry.get(field)] + entry.get("content", [])
                for start, end in spans:
                    words = report["text"][start:end]
                    assert words, (report["id"], layer, entry)
                    assert words == words.strip()


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_value_and_link_exists(path):
    for report in reports(path):
        ids = {entry["id"] for layer in ("statements", "events") for entry in report[layer]} | {None}
        assert {s["kind"] for s in report["statements"]} <= values("StatementKind")
        assert {s["speaker_is"] for s in report["statements"]} <= values("SpeakerIs")
        assert {e["act"] for e in report["events"]} <= values("Act")
        assert {e["status"] for e in report["events"]} <= values("Status")
        assert {p["act"] for p in report["positions"]} <= values("PositionAct")
        links = [s["within"] for s in report["statements"]] + [p["statement"] for p in report["positions"]]
        links += [e[field] for e in report["events"] for field in ("condition", "reported_by")]
        assert set(links) <= ids


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_text_states_its_licence_and_whom_it_credits(path):
    assert all(report["licence"] and report["attribution"] and report["url"] for report in reports(path))


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_against_itself_is_perfect(path):
    gold = reports(path)
    told = [{"article": {"text": g["text"]}, **{layer: g[layer] for layer in SPANS}} for g in gold]
    result = score_records(gold, told)
    assert {result[layer]["f1"] for layer in SPANS if result[layer]["gold"]} == {1.0}


def test_passages_keep_to_the_codebook_and_index_their_text():
    for passage in reports(PASSAGES):
        text, events = passage["text"], passage["events"]
        assert all(passage[field] for field in ("license", "url", "date", "source"))
        assert {e["act"] for e in events} <= values("Act")
        assert {e["status"] for e in events} <= values("Status")
        for event in events:
            spans = [event["anchor"], *event["actor"], *event["recipient"]]
            words = [text[first:last] for first, last in [*spans, event["reported_by"] or spans[0]]]
            assert all(one and one == one.strip() for one in words), (passage["id"], words)
            assert event["source_text"] == words[1 : 1 + len(event["actor"])]
            condition = event["condition"]
            assert condition is None or (event["status"] == "conditional" and condition < len(events))


def test_no_passage_stands_twice():
    ids = [passage["id"] for passage in reports(PASSAGES)]
    assert len(ids) == len(set(ids)) == len({passage["text"] for passage in reports(PASSAGES)})

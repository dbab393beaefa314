"""The product's scorers give the figures of the project's yardsticks, on gold that was damaged at random."""

import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from chancery.evaluate.coreference import score_coreference
from chancery.evaluate.events import score_events, score_given
from chancery.evaluate.names import score_names
from chancery.evaluate.places import score_places
from chancery.evaluate.records import score_records
from chancery.evaluate.said import said_forms
from chancery.evaluate.statements import score_statements
from chancery.evaluate.times import score_times

SHARED = Path(os.environ.get("CHANCERY_SHARED", Path(__file__).parents[3] / "shared"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "scorers").is_dir(), reason="the yardsticks are not beside the repository"
)


def yardstick(name):
    spec = importlib.util.spec_from_file_location(name, SHARED / "scorers" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path, limit=None):
    with (SHARED / path).open(encoding="utf-8") as handle:
        return [json.loads(line) for line in list(handle)[:limit]]


def plain(value):
    """Round to the third decimal; tuples and named tuples become lists."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return round(float(value), 3) if isinstance(value, float) else value


def damaged(entries, rng, change):
    """Drop a quarter, double a tenth, and change the others a little."""
    out = []
    for entry in entries:
        if rng.random() < 0.25:
            continue
        out.append(change(dict(entry), rng))
        if rng.random() < 0.1:
            out.append(dict(entry))
    return out


def shifted(entry, rng):
    return {**entry, "end": entry["end"] + rng.choice([0, 0, 1, 3])}


@pytest.mark.parametrize("path", ["gold/nato_2022-02-10.jsonl", "gold/reports_dev.jsonl"])
def test_records(path):
    rng, gold = random.Random(1), lines(path)
    acts = ["AGREE", "CONSULT", "REQUEST"]

    def change(entry, rng):
        if "anchor" in entry and rng.random() < 0.2:
            entry["act"] = rng.choice(acts)
        if "content" in entry and rng.random() < 0.3:
            entry["content"] = [[entry["content"][0][0] + 9, entry["content"][0][1] + 30]]
        return entry

    layers = ("statements", "events", "positions", "figures", "times", "places")
    told = [
        {"article": {"text": g["text"]}, **{k: damaged(g.get(k, []), rng, change) for k in layers}}
        for g in gold
    ]
    assert score_records(gold, told) == yardstick("score_records").score(gold, told)


@pytest.mark.parametrize("forms", [None, {"said", "says", "told"}])
def test_statements(forms):
    rng, gold = random.Random(2), lines("corpora/polnear/dev.jsonl", 20)

    def change(entry, rng):
        content = [[a + rng.choice([0, 0, 8]), b + rng.choice([0, 0, 12])] for a, b in entry["content"]]
        speaker = entry["source"] if rng.random() < 0.8 else None
        return {
            "content": content,
            "speaker": speaker,
            "cue": entry["cue"],
            "kind": rng.choice(["direct", None]),
        }

    told = [{"id": g["id"], "statements": damaged(g["attributions"], rng, change)} for g in gold]
    ours = score_statements(gold, told, forms=forms)
    assert plain(ours) == plain(yardstick("score_quotes").score(gold, told, forms=forms)[0])


@pytest.mark.parametrize("path", ["gold/events_train.jsonl", "corpora/events/plv_train.jsonl"])
def test_events(path):
    rng, gold, scorer = random.Random(3), lines(path, 300), yardstick("score_events")

    def change(event, rng):
        kind = event.get("event_type") or event.get("event_type_file")
        sides = [event["source_text"], event["target_text"]]
        if rng.random() < 0.2:
            sides.reverse()
        return {"type": rng.choice([kind, kind, "CONSULT"]), "actor": sides[0], "recipient": sides[1]}

    told = []
    for g in gold:
        events = damaged(g["events"], rng, change)
        told.append({"id": g["id"], "events": [e if "type" in e else change(e, rng) for e in events]})
    assert plain(score_events(gold, told)) == plain(scorer.end_to_end(gold, told))
    if all(
        event.get("event_type") for g in gold for event in g["events"]
    ):  # the yardstick takes no unpublished types
        assert plain(score_given(gold, told)) == plain(scorer.given(gold, told))


@pytest.mark.parametrize("overlapping", [False, True])
def test_places(overlapping):
    rng, gold = random.Random(4), lines("corpora/places/geowebnews.jsonl", 30)

    def change(place, rng):
        moved = (
            {"lat": None}
            if rng.random() < 0.1
            else {"lon": (place.get("lon") or 0) + rng.choice([0, 0.5, 9])}
        )
        return {**shifted(place, rng), **moved}

    told = [{"id": g["id"], "places": damaged(g["places"], rng, change)} for g in gold]
    theirs = yardstick("score_places").score(
        {g["id"]: g for g in gold}, {t["id"]: t for t in told}, overlapping
    )
    assert plain(score_places(gold, told, overlapping=overlapping)) == plain(theirs)


@pytest.mark.parametrize("path", ["corpora/times/gum_news.jsonl", "corpora/times/meantime.jsonl"])
def test_times(path):
    rng, gold = random.Random(5), lines(path)

    def change(time, rng):
        return {**shifted(time, rng), "value": rng.choice([time.get("value"), "2022-W06", "202X", "2022-Q1"])}

    told = [{"id": g["id"], "times": damaged(g["times"], rng, change)} for g in gold]
    theirs = yardstick("score_times").score({g["id"]: g for g in gold}, {t["id"]: t for t in told})
    assert plain(score_times(gold, told)) == plain(theirs)


@pytest.mark.parametrize("named", [False, True])
def test_names(named):
    rng, gold = random.Random(6), lines("corpora/entities/gum_news.jsonl")

    def change(entity, rng):
        return {**shifted(entity, rng), "type": rng.choice([entity["type"], entity["type"], "person"])}

    told = [{"id": g["id"], "entities": damaged(g["entities"], rng, change)} for g in gold]
    types = ["person", "organization", "place"]
    theirs = yardstick("score_entities").score(
        {g["id"]: g for g in gold}, {t["id"]: t for t in told}, types, named
    )
    assert plain(score_names(gold, told, types=types, named=named)) == plain(theirs)


@pytest.mark.parametrize("types", [[], ["person", "organization", "place"]])
def test_coreference(types):
    rng, gold = random.Random(7), lines("corpora/coref/gum_news.jsonl")

    def change(mention, rng):
        return {**shifted(mention, rng), "chain": rng.choice([mention["chain"]] * 4 + ["other"])}

    told = [{"id": g["id"], "mentions": damaged(g["mentions"], rng, change)} for g in gold]
    theirs = yardstick("score_coref").score({g["id"]: g for g in gold}, {t["id"]: t for t in told}, types)
    assert plain(score_coreference(gold, told, types=types)) == plain(theirs)


def test_the_forms_of_said_cues_are_those_of_the_yardstick():
    assert said_forms() == frozenset((SHARED / "scorers/said_forms.txt").read_text(encoding="utf-8").split())

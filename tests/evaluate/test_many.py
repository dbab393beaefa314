"""The scorers of copies and stories give the yardstick's figures; pairs are judged without their labels."""

import importlib.util
import json
from pathlib import Path

import pytest

from chancery.evaluate.many import score_crossdoc, score_duplicates, score_stories
from chancery.evaluate.pairs import judge_pairs, score_pairs

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "scorers" / "score_dedup.py"
PAIRS = ROOT / "quality" / "pairs.jsonl"

PAIR_GOLD = [
    {"a": "1", "b": "2", "label": "duplicate", "kind": "cut"},
    {"a": "1", "b": "3", "label": "partial", "kind": "embedded"},
    {"a": "2", "b": "3", "label": "different", "kind": "alike"},
    {"a": "3", "b": "4", "label": "different", "kind": "alike"},
]
PAIR_TOLD = [
    {"a": "2", "b": "1", "label": "duplicate"},
    {"a": "1", "b": "3", "label": "duplicate"},
    {"a": "2", "b": "3", "label": "duplicate"},
]
CLUSTER_GOLD = [{"id": str(n), "cluster": n // 3} for n in range(9)]
CLUSTER_TOLD = [{"id": str(n), "cluster": n // 4} for n in range(8)]


@pytest.fixture
def yardstick():
    if not YARDSTICK.exists():
        pytest.skip("the project's scorers are not beside the repository")
    spec = importlib.util.spec_from_file_location("score_dedup", YARDSTICK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_copies_are_scored_as_by_the_yardstick(yardstick):
    ours, theirs = score_duplicates(PAIR_GOLD, PAIR_TOLD), yardstick.score(PAIR_GOLD, PAIR_TOLD)
    assert {name: theirs[name] for name in ours} == ours
    assert ours["merged"] == 1


def test_stories_are_scored_as_by_the_yardstick(yardstick):
    ours, theirs = score_stories(CLUSTER_GOLD, CLUSTER_TOLD), yardstick.score(CLUSTER_GOLD, CLUSTER_TOLD)
    assert ours["b-cubed"] == pytest.approx(theirs["b-cubed"])
    assert ours["pairs"] == pytest.approx(theirs["pairs"])
    assert ours["predicted clusters"] == theirs["predicted clusters"]


def test_a_cross_document_event_is_found_when_two_of_its_reports_are_joined():
    gold = [{"event": "1", "docs": ["a", "b", "c"]}, {"event": "2", "docs": ["a", "d"]}]
    told = [{"event": "1", "docs": ["a", "b"]}, {"event": "2", "docs": ["a"]}]
    assert score_crossdoc(gold, told) == {"events": 2, "events found": 1, "found": 0.5}


def pairs():
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def test_a_pair_is_judged_alike_in_either_order_and_without_its_label():
    gold = pairs()
    turned = [{**pair, "a": pair["b"], "b": pair["a"], "same": None} for pair in gold]
    assert judge_pairs(turned) == judge_pairs(gold)


def test_the_pairs_of_the_stream_keep_their_precision():
    scores = score_pairs(pairs(), judge_pairs(pairs()))
    assert scores["act"]["precision"] == 1
    assert scores["act"]["recall"] >= 0.79
    assert scores["claim"]["precision"] >= 0.91
    assert scores["claim"]["recall"] >= 0.68


def test_every_pair_is_of_two_reports_and_openly_licensed():
    for pair in pairs():
        assert pair["a"]["report"] != pair["b"]["report"]
        assert {pair["a"]["licence"], pair["b"]["licence"]} <= {"public domain", "CC BY 4.0"}

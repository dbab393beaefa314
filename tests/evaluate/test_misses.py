"""What became of each gold statement, by the pattern of its cue."""

import json

import pytest
from typer.testing import CliRunner

from chancery.cli import app
from chancery.evaluate.misses import statement_misses
from chancery.extract.statements import StatementOptions


def gold(text, *entries):
    """Write speaker, cue and content as words of the text."""

    def span(words):
        start = text.index(words)
        return [[start, start + len(words)]]

    roles = ("source", "cue", "content")
    attributions = [
        {role: span(words) for role, words in zip(roles, entry, strict=True) if words} for entry in entries
    ]
    return {"id": "a", "text": text, "attributions": attributions}


@pytest.mark.parametrize(
    ("text", "entry", "pattern", "outcome"),
    [
        (
            "Norway said that the road was open.",
            ("Norway", "said", "that the road was open"),
            "said-cue + clause",
            "right",
        ),
        (
            "Norway said that the road was open.",
            ("road", "said", "that the road was open"),
            "said-cue + clause",
            "wrong speaker",
        ),
        (
            "Norway backs the plan of the envoy.",
            ("Norway", "backs", "the plan of the envoy"),
            "other verb + noun phrase",
            "missed",
        ),
        (
            "Norway vowed to reopen the road.",
            ("Norway", "vowed", "to reopen the road"),
            "said-cue + infinitive",
            "right",
        ),
        (
            "According to Oslo, the road is open.",
            ("Oslo", "According to", "the road is open"),
            "according to",
            "right",
        ),
        (
            "There is fear of famine in the north.",
            (None, "fear", "of famine in the north"),
            "noun cue",
            "missed",
        ),
        (
            "Oslo said on Monday in a statement that it left and that the road was open.",
            ("Oslo", "said", "it left"),
            "said-cue + words elsewhere",
            "wrong words",
        ),
    ],
)
def test_a_gold_statement_is_counted_once(parse, text, entry, pattern, outcome):
    misses = statement_misses([gold(text, entry)], [parse(text)], StatementOptions())
    assert misses.patterns == {pattern: {outcome: 1}}


def test_false_findings_are_counted_by_construction(parse):
    text = "Norway said that the road was open."
    misses = statement_misses([gold(text)], [parse(text)], StatementOptions())
    assert misses.constructions == {"clause": {"false": 1}}
    assert misses.table().splitlines()[-1].split() == ["clause", "1", "1"]


def test_the_command_prints_them_for_reports_too(tmp_path):
    text = "Norway said that the road was open."
    report = {
        "id": "a",
        "text": text,
        "statements": [{"speaker": [0, 6], "cue": [7, 11], "content": [[17, 34]]}],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(report), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", "records", str(path), "--errors"])
    assert result.stdout.splitlines()[1].split()[:4] == ["said-cue", "+", "clause", "1"]
    assert CliRunner().invoke(app, ["evaluate", "times", str(path), "--errors"]).exit_code == 2

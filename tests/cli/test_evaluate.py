"""`chancery evaluate`: figures from gold and predictions."""

import json

from typer.testing import CliRunner

from chancery.cli import app

GOLD = {
    "id": "a",
    "text": "On Monday talks began.",
    "times": [{"start": 3, "end": 9, "type": "DATE", "value": "2022-02-07"}],
}


def run(*arguments):
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def written(tmp_path, name, *records):
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_gold_against_itself_is_perfect(tmp_path):
    gold = written(tmp_path, "gold.jsonl", GOLD)
    result = run("times", gold, gold, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["strict_f1"] == 1


def test_the_headline_figures_are_printed_a_line_each(tmp_path):
    gold = written(tmp_path, "gold.jsonl", GOLD)
    empty = written(tmp_path, "told.jsonl", {"id": "a", "times": []})
    result = run("times", gold, empty)
    assert result.stdout.splitlines()[0].split() == ["strict", "F1", "0.000"]


def test_a_missing_file_is_named(tmp_path):
    result = run("times", tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert "none.jsonl" in result.stderr
    assert "Traceback" not in result.stderr


def test_gold_of_another_task_is_named(tmp_path):
    gold = written(tmp_path, "gold.jsonl", {"id": "a", "text": "x"})
    result = run("times", gold, gold)
    assert result.exit_code == 1
    assert "not in the format of the task times" in result.stderr


def test_a_broken_line_is_named_with_its_number(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "a", "times": []}\n{broken\n', encoding="utf-8")
    result = run("times", gold, gold)
    assert result.exit_code == 1
    assert "line 2" in result.stderr

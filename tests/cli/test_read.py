"""`chancery read`, from the arguments to what is printed; the reader is loaded once for all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chancery import lots
from chancery.cli import app
from chancery.records import Reading

ENGLISH = "The ministry said on Thursday that the talks would go on, and that it had asked for more time.\n"
SECOND = "Officials of both sides denied on Friday that there had been a plan to end the talks.\n"
RUSSIAN = "Министр иностранных дел заявил в четверг, что переговоры будут продолжены.\n"


@pytest.fixture
def chancery(reader, monkeypatch):
    """Run a command in this process, with the reader of the session."""
    monkeypatch.setattr(lots, "load_reader", lambda _equipment: reader)
    return lambda *arguments, **options: CliRunner().invoke(app, [str(one) for one in arguments], **options)


@pytest.fixture
def put(tmp_path):
    def write(name, data=ENGLISH):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def test_records_come_as_json_lines_when_nobody_watches(chancery, put):
    result = chancery("read", put("a.txt"), put("b.txt", SECOND))
    readings = [Reading.model_validate_json(line) for line in result.stdout.splitlines()]
    assert [reading.article.text for reading in readings] == [ENGLISH, SECOND]
    assert (result.exit_code, result.stderr) == (0, "")


def test_one_report_is_an_object_and_several_are_an_array(chancery, put):
    one, two, bad = put("a.txt"), put("b.txt", SECOND), put("c.txt", b"")
    assert json.loads(chancery("read", one, "--format", "json").stdout)["article"]["text"] == ENGLISH
    several = json.loads(chancery("read", one, two, "--format", "json").stdout)
    assert [reading["article"]["text"] for reading in several] == [ENGLISH, SECOND]
    # The form follows from what was asked for, not from what went wrong.
    assert len(json.loads(chancery("read", one, bad, "--format", "json").stdout)) == 1
    assert json.loads(chancery("read", bad, bad, "--format", "json").stdout) == []


def test_spans_stay_on_one_line_of_the_indented_form(chancery, put):
    text = "MOSCOW, Feb 10 (Reuters) - The ministry [1,\n 2\n] said that the talks would go on.\n"
    printed = chancery("read", put("a.txt", text), "--format", "json").stdout
    assert '"span": [0, 24]' in printed
    assert json.loads(printed)["article"]["text"] == text


def test_bad_files_are_named_and_the_others_read(chancery, put, tmp_path):
    result = chancery(
        "read", tmp_path / "none.txt", put("a.txt"), put("b.txt", RUSSIAN), put("c.txt", SECOND)
    )
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    first, second, last = result.stderr.splitlines()
    assert first.startswith(f"chancery: {tmp_path / 'none.txt'}: no such file or directory; ")
    assert "b.txt: this is in Russian, and Chancery reads English; give an English text, or --force" in second
    assert last == "chancery: 2 of 4 reports could not be read"


def test_a_thousand_errors_alike_are_said_three_times_and_counted(chancery, put):
    result = chancery("read", put("a.json", json.dumps([{"title": "Talks"}] * 1000)), put("b.txt"))
    *said, counted, summed = result.stderr.splitlines()
    assert len(said) == 3
    assert 'a.json: 997 more with the same: no field "text"' in counted
    assert summed == "chancery: 1000 of 1001 reports could not be read"


def test_a_bad_file_alone_is_one_line_and_loads_no_model(put, monkeypatch):
    monkeypatch.setattr(lots, "load_reader", lambda _equipment: pytest.fail("the model was loaded"))
    result = CliRunner().invoke(app, ["read", str(put("a.txt", b""))])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_force_reads_another_language_and_says_so(chancery, put):
    result = chancery("read", put("a.txt", RUSSIAN), "--force")
    assert result.exit_code == 0
    assert "language: this is in Russian" in json.loads(result.stdout)["notes"][0]


@pytest.mark.parametrize("wrong", ["soon", "2022-02-31", "10.02.2022", "2022-02", ""])
def test_a_date_that_is_none_is_a_usage_error(chancery, put, wrong):
    result = chancery("read", put("a.txt"), "--published", wrong)
    assert result.exit_code == 2
    said = " ".join(result.stderr.replace("│", " ").split())
    assert f"{wrong!r} is no date; write a day as 2022-02-10, or a moment as 2022-02-10T14:30+03:00" in said
    assert "--published" in said


@pytest.mark.parametrize("day", ["2022-02-10", "2022-02-10T14:30:00+03:00"])
def test_the_date_of_the_user_wins(chancery, put, day):
    record = put("a.jsonl", json.dumps({"text": ENGLISH, "published": "2020-01-01"}))
    assert json.loads(chancery("read", record, "--published", day).stdout)["article"]["published"] == day


def test_notes_of_the_source_come_before_those_of_the_reader(chancery, put):
    notes = json.loads(chancery("read", put("a.txt", (ENGLISH + "Café.\n").encode("latin-1"))).stdout)[
        "notes"
    ]
    assert notes[0] == "encoding: not UTF-8, read as ISO-8859-1 (Latin-1)"


def test_standard_input_is_read_when_nothing_is_named(chancery):
    for arguments in (["read"], ["read", "-"]):
        assert json.loads(chancery(*arguments, input=ENGLISH).stdout)["article"]["text"] == ENGLISH


def test_output_goes_to_a_file_in_the_format_of_its_suffix(chancery, put, tmp_path):
    for name in ("out.json", "out.jsonl"):
        result = chancery("read", put("a.txt"), "-o", tmp_path / name)
        assert (result.exit_code, result.stdout) == (0, "")
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert json.loads(written)["article"]["text"] == ENGLISH
        assert (written.count("\n") > 1) == (name == "out.json")


def test_csv_is_sections_in_a_pipe_and_files_in_a_folder(chancery, put, tmp_path):
    printed = chancery("read", put("a.txt"), "--format", "csv").stdout
    assert printed.startswith("# articles\n")
    assert chancery("read", put("a.txt"), "-o", tmp_path / "all.csv").exit_code == 0
    assert (tmp_path / "all.csv").read_text(encoding="utf-8") == printed
    assert chancery("read", put("a.txt"), "--format", "csv", "-o", tmp_path / "tables").exit_code == 0
    assert {"articles.csv", "statements.csv"} <= {path.name for path in (tmp_path / "tables").iterdir()}


def test_html_is_one_page_or_a_page_a_report_in_a_folder(chancery, put, tmp_path):
    one, lines = (
        put("a.txt"),
        put("b.jsonl", json.dumps({"text": SECOND, "id": "x/1"}) + "\n" + json.dumps({"text": SECOND})),
    )
    assert chancery("read", one, lines, "-o", tmp_path / "all.html").exit_code == 0
    assert (tmp_path / "all.html").read_text(encoding="utf-8").count("</html>") == 1
    result = chancery("read", one, one, lines, "--format", "html", "-o", tmp_path / "pages")
    assert result.exit_code == 0
    names = {path.name for path in (tmp_path / "pages").iterdir()}
    assert {"a.html", "a-2.html", "x-1.html"} < names
    assert len(names) == 4


def test_a_file_name_may_hold_anything(chancery, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in ((b"caf\xe9 \x1b[31m.txt", ENGLISH), (b"b\xe9\x1b[31m.txt", "")):
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text(data)
    for form in ("brief", "jsonl", "html", "csv"):
        result = chancery("read", folder, "--format", form, "-o", tmp_path / f"out-{form}")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 2)
        assert "\x1b" not in result.stderr


def test_a_brief_is_plain_text_in_a_pipe(chancery, put):
    result = chancery("read", put("a.txt"), put("b.txt", SECOND), "--format", "brief")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("name", "said"), [("none/out.json", "there is no directory"), (".", "this is a directory; name a file")]
)
def test_an_output_that_cannot_be_written_is_named(chancery, put, tmp_path, name, said):
    result = chancery("read", put("a.txt"), "--format", "json", "-o", tmp_path / name)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "option",
    [["--model", "no_such_model"], ["--knowledge", "no-such-file.csv"], ["--workers", "none"], ["--nope"]],
)
def test_an_option_that_cannot_be_followed_is_said_without_a_traceback(put, option):
    result = CliRunner().invoke(app, ["read", str(put("a.txt")), *option])
    assert result.exit_code in {1, 2}
    assert option[-1] in result.stderr or option[0] in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_a_fault_in_one_report_leaves_the_others(chancery, put, reader, monkeypatch):
    read = reader.pipe

    def stumble(articles):
        articles = list(articles)
        if any("stumble" in article.text for article in articles):
            raise IndexError("list index out of range")
        return read(articles)

    monkeypatch.setattr(reader, "pipe", stumble)
    result = chancery(
        "read",
        put("a.txt"),
        put("b.txt", "They said that the ministers would stumble."),
        put("c.txt", SECOND),
    )
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "b.txt: a fault in Chancery kept this from being read (IndexError at test_read.py" in result.stderr


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(32, "Broken pipe"), 141),
        (OSError(28, "No space left"), 1),
    ],
)
def test_interrupts_and_closed_pipes_end_quietly(chancery, put, reader, monkeypatch, raised, status):
    def stop(_articles):
        raise raised

    monkeypatch.setattr(lots, "_read", lambda _reader, _reports: stop(None))
    if isinstance(raised, OSError):  # raised by the output, not by the reading of a report
        monkeypatch.undo()
        monkeypatch.setattr(lots, "load_reader", lambda _equipment: reader)
        monkeypatch.setattr("chancery.cli.formats.JsonLines.write", lambda _self, _reading: stop(None))
    result = chancery("read", put("a.txt"))
    assert result.exit_code == status
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == (1 if status == 1 else 0)


def test_the_schema_is_that_of_what_is_printed(chancery, put):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(chancery("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(chancery("read", put("a.txt")).stdout), schema)


def test_the_version_is_printed(chancery):
    assert chancery("--version").stdout == "chancery 0.1.0\n"


def test_lots_are_cut_by_what_is_in_them_alone():
    from chancery.articles import Report
    from chancery.errors import InputError
    from chancery.records import Article

    def report(size):
        return Report(Article(id="a", text="x" * size), (), "a.txt")

    small = [report(10) for _ in range(40)]
    assert [len(lot) for lot in lots.cut(small)] == [1, 16, 16, 7]
    large = [report(10), report(150_000), report(10), *[report(60_000)] * 4]
    assert [len(lot) for lot in lots.cut(large)] == [1, 1, 3, 2]
    assert [len(lot) for lot in lots.cut([InputError("a", "b", "c")])] == [1]
    assert list(lots.cut([])) == []

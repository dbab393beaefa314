"""The documentation says what the code does: nothing undocumented, generated pages fresh, NOTICE complete."""

import re
from pathlib import Path

import pytest

import notice
import reference

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_every_record_field_command_and_option_is_documented():
    assert not reference.undocumented()


@pytest.mark.parametrize("page", ["records.md", "commands.md", "ledger.md"])
def test_reference_pages_follow_the_code(page):
    pages = {
        "records.md": reference.records_page,
        "commands.md": reference.commands_page,
        "ledger.md": reference.ledger_page,
    }
    made = pages[page]()
    assert (DOCS / "reference" / page).read_text(encoding="utf-8") == made, "run: make reference"


def values(name):
    from chancery import records

    return getattr(records, name).__value__.__args__


@pytest.mark.parametrize(
    "name",
    ["Act", "Status", "PositionAct", "StatementKind", "SpeakerIs", "FigureKind", "TimeType", "MentionKind"],
)
def test_the_codebook_explains_every_value(name):
    codebook = (DOCS / "codebook.md").read_text(encoding="utf-8")
    assert not [value for value in values(name) if f"`{value}`" not in codebook]


def test_notice_names_every_locked_package():
    text = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert not [
        name for name in notice.locked() if not re.search(rf"^  {re.escape(name)} ", text, re.MULTILINE)
    ]
    assert "not stated" not in text


def test_no_lock_or_project_file_carries_an_address():
    for path in [ROOT / "pyproject.toml", *(ROOT / "requirements").glob("*.txt")]:
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        assert "--index" not in text, path.name


def test_every_decision_is_listed():
    index = (DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    assert not [path.name for path in (DOCS / "decisions").glob("0*.md") if path.name not in index]

"""Make `server/data/measured.json`, the figures of the page Coverage: read off the documentation alone.

    python tools/measured_data.py           # write the file
    python tools/measured_data.py --check   # fail where it is not what the documentation says

Tables are taken from docs/measured.md and docs/evaluation/ by their headings, known failures from
the lists under headings of that name and from the tests that are expected to fail.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "chancery" / "server" / "data" / "measured.json"

MARKS = re.compile(r"\*\*|(?<!\w)\*|\*(?!\w)|`")
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One table: the page and the heading it is under, the first cell of its head, and the name it gets."""

    name: str
    page: str
    heading: str
    column: str
    command: str
    said: str = ""


TABLES = (
    Wanted("overview", "measured.md", "Whole reports", "figure", "make eval SHARED=…"),
    Wanted("sets", "measured.md", "Whole reports", "data", "make eval SHARED=…"),
    Wanted(
        "acts", "evaluation/events.md", "Whole reports", "act",
        "tools/report_events.py", "60 whole reports, read with weights fitted to others",
    ),
    Wanted(
        "acts of passages", "evaluation/events.md", "Passages", "act",
        "tools/report_events.py", "1,542 passages, read with weights fitted to others",
    ),
    Wanted(
        "statuses", "evaluation/events.md", "Whole reports", "status",
        "tools/report_events.py", "of the events that were found",
    ),
    Wanted(
        "statuses of passages", "evaluation/events.md", "Passages", "status",
        "tools/report_events.py", "of the events that were found",
    ),
    Wanted(
        "positions", "evaluation/layers.md", "Positions", "act",
        "chancery evaluate records FILE", "seven sets that rules were tuned on",
    ),
    Wanted(
        "statements", "evaluation/statements.md", "Floors", "PolNeAR dev",
        "chancery evaluate attributions GOLD", "US political news, by its annotators' conventions",
    ),
    Wanted("follow", "following.md", "How well", "", "chancery evaluate duplicates | stories | pairs"),
)  # fmt: skip

FAILURES = (
    ("events", "evaluation/events.md", "Known failures"),
    ("positions", "evaluation/layers.md", "Known failures"),
    ("statements", "evaluation/statements.md", "Limits"),
    ("everything", "measured.md", "What is not measured"),
)


@dataclass(slots=True)
class Section:
    """What stands under one heading: tables and lists."""

    tables: list[list[dict[str, str]]] = field(default_factory=list)
    points: list[str] = field(default_factory=list)


def main() -> None:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only")
    made = json.dumps(measured(), ensure_ascii=False, indent=1) + "\n"
    if not parser.parse_args().check:
        TARGET.write_text(made, encoding="utf-8")
    elif made != TARGET.read_text(encoding="utf-8"):
        sys.exit("measured.json is not what the documentation says; run: python tools/measured_data.py")


def measured() -> dict[str, Any]:
    """Gather all figures and known failures."""
    pages = {page: sections(page) for page in {one.page for one in TABLES} | {one[1] for one in FAILURES}}
    return {
        "about": "Read off docs/ by tools/measured_data.py; not to be edited.",
        "date": _date(),
        "tables": {
            one.name: {
                "page": f"docs/{one.page}",
                "command": one.command,
                "said": one.said,
                "rows": _table(pages[one.page][one.heading], one.column),
            }
            for one in TABLES
        },
        "failures": [
            {"of": of, "page": f"docs/{page}", "text": point}
            for of, page, heading in FAILURES
            for point in pages[page][heading].points
        ],
        "expected": list(expected_failures()),
    }


def sections(page: str) -> dict[str, Section]:
    """Part a page of the documentation by its headings."""
    found: dict[str, Section] = {}
    here = Section()
    table: list[list[str]] = []
    for line in [*(ROOT / "docs" / page).read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            table.append([_plain(cell) for cell in line.strip().strip("|").split("|")])
            continue
        if table:
            here.tables.append([dict(zip(table[0], row, strict=False)) for row in table[2:]])
            table = []
        if line.startswith("#"):
            here = found.setdefault(_plain(line.lstrip("# ")), Section())
        elif line.startswith("- "):
            here.points.append(_plain(line[2:]))
        elif line.startswith("  ") and here.points:
            here.points[-1] += " " + _plain(line)
    return found


def _plain(text: str) -> str:
    return MARKS.sub("", LINK.sub(r"\1", text)).strip()


def _table(section: Section, column: str) -> list[dict[str, str]]:
    return next(table for table in section.tables if next(iter(table[0])) == column)


def _date() -> str:
    text = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    found = re.search(r"figures on this page are of (\d+ \w+ \d{4})", text)
    assert found, "docs/measured.md says no longer of which day its figures are"
    return found[1]


def expected_failures() -> Iterator[dict[str, str]]:
    """Yield the tests that are known to fail, with their reason: a sentence each that is read wrong."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.xfail"):
                reasons = [one.value for one in node.keywords if one.arg == "reason"]
                for reason in reasons:
                    if isinstance(reason, ast.Constant):
                        yield {"test": str(path.relative_to(ROOT)), "reason": str(reason.value)}


if __name__ == "__main__":
    main()

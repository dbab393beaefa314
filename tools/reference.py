"""Write the reference pages that follow from the code: records, commands and the tables of a ledger.

usage: reference.py [--check]     writes docs/reference/; --check only says whether the pages are up to date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from chancery import records
from chancery.cli import app
from chancery.ledger.schema import metadata, views

PAGES = Path(__file__).parent.parent / "docs" / "reference"
HEAD = "<!-- written by tools/reference.py; change the code, then run `make reference` -->\n"


def undocumented() -> list[str]:
    """Name every record, field, command and option that has no description."""
    missing = [f"record {name}" for name, schema in _objects() if not schema.get("description")]
    for name, schema in _objects():
        missing += [
            f"field {name}.{field}" for field, about in _fields(schema) if not about.get("description")
        ]
    for path, command in _commands():
        missing += [] if command.help else [f"command {path}"]
        for option in command.params:
            if option.name != "help" and not getattr(option, "help", None):
                missing.append(f"option {path} {option.name}")
    return missing


def _objects() -> Iterator[tuple[str, dict[str, Any]]]:
    schema = records.Reading.model_json_schema(mode="serialization")
    yield "Reading", schema
    for name, part in schema["$defs"].items():
        if part.get("type") == "object":
            yield name, part


def _fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from schema["properties"].items()


def _type(about: dict[str, Any]) -> str:
    """Say a JSON Schema type as a reader would."""
    if "$ref" in about:
        name = about["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in about:
        return f"`{about['const']}`"
    if "enum" in about:
        return ", ".join(f"`{value}`" for value in about["enum"])
    if "anyOf" in about:
        return " or ".join(_type(part) for part in about["anyOf"])
    if about.get("type") == "array":
        if "prefixItems" in about:
            return "[start, end]"
        return f"list of {_type(about['items'])}"
    if about.get("format"):
        return str(about["format"])
    return str(about.get("type", "any"))


def records_page() -> str:
    """Every record with its fields, and every closed list of values."""
    defs = records.Reading.model_json_schema(mode="serialization")["$defs"]
    lines = [HEAD, "# Records", "", *_intro(), ""]
    order = [name for name in records.__all__ if name in dict(_objects())]
    objects = dict(_objects())
    for name in ["Reading", *(other for other in order if other != "Reading")]:
        schema = objects[name]
        lines += [f"## {name}", "", schema["description"], "", "| field | type | meaning |", "|---|---|---|"]
        for field, about in _fields(schema):
            lines.append(f"| `{field}` | {_type(about)} | {about['description']} |")
        lines.append("")
    for name, schema in sorted(defs.items()):
        if schema.get("type") != "object":
            lines += [f"## {name}", "", f"One of {_type(schema)}.", ""]
    return "\n".join(lines)


def _intro() -> list[str]:
    return [
        "One JSON object a report, as `chancery read --format jsonl` prints it; the Python types in",
        "`chancery.records` carry the same names. A span is `[start, end]`, half-open, in Unicode code",
        "points of `article.text`. Absent is `null`. `chancery schema` prints the JSON Schema. What counts",
        "as an entry and what each value means is in the [codebook](../codebook.md).",
    ]


def _commands() -> Iterator[tuple[str, Any]]:
    # typer carries a click of its own, whose classes it does not publish
    root = typer.main.get_group(app)
    yield "chancery", root
    for name, command in root.commands.items():
        yield f"chancery {name}", command


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = [HEAD, "# Commands", ""]
    for path, command in _commands():
        lines += [f"## {path}", "", (command.help or "").strip(), ""]
        rows = [_option(option) for option in command.params if option.name != "help"]
        if rows:
            lines += ["| argument or option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _option(option: Any) -> str:  # noqa: ANN401 - a parameter of typer's own click
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    if option.param_type_name == "argument":
        names = f"`{(option.metavar or option.name).upper()}`"
    about = " ".join((getattr(option, "help", None) or "").split())
    return f"| {names} | {about.replace('|', '&#124;')} |"


def ledger_page() -> str:
    """Every table of a ledger with its columns, and the views."""
    lines = [HEAD, "# Ledger", "", *_ledger_intro(), ""]
    for table in metadata.sorted_tables:
        lines += [f"## {table.name}", "", f"{(table.comment or '').capitalize()}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        lines += [
            f"| `{column.name}` | {_sql_type(column)} | {_meaning(column)} |" for column in table.columns
        ]
        lines.append("")
    names = [view.split()[2] for view in views()]
    return "\n".join([*lines, "## Views", "", ", ".join(f"`{name}`" for name in names) + ".", ""])


def _ledger_intro() -> list[str]:
    return [
        "The tables of a [ledger](../ledger.md). `*_key` is a whole number of the ledger's own, `id` the id",
        "that a record has inside its report, `*_start` and `*_end` a half-open span in code points of",
        "`report_versions.text`, `*_day` a day in ISO 8601.",
    ]


def _sql_type(column: Any) -> str:  # noqa: ANN401 - a column of any type
    """Say SQLite's type, and what the column points to."""
    kind = str(column.type).lower().replace("number_as_written_blob", "number")
    points = [f"[{key.column.table.name}](#{key.column.table.name})" for key in column.foreign_keys]
    return f"{kind} → {', '.join(points)}" if points else kind


def _meaning(column: Any) -> str:  # noqa: ANN401 - as above
    about = column.comment or ("key of the row" if column.primary_key else column.name.replace("_", " "))
    return str(about).replace("|", "&#124;")


def main() -> int:
    """Write the pages, or with --check say which are out of date."""
    pages = {"records.md": records_page(), "commands.md": commands_page(), "ledger.md": ledger_page()}
    stale = [name for name, text in pages.items() if _written(name) != text]
    if "--check" not in sys.argv:
        for name in stale:
            (PAGES / name).write_text(pages[name], encoding="utf-8")
        return 0
    print(*(f"docs/reference/{name} is out of date: make reference" for name in stale), sep="\n")
    return bool(stale)


def _written(name: str) -> str:
    path = PAGES / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())

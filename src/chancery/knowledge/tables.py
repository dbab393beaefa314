"""Fact tables: reading the package's own, checking the user's.

A user's table is recognised by its header and extends the table of the package
with those columns. A row that breaks a rule is an error that names the file, the
row and the rule, because a fact read wrong would be told wrong in every report.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from chancery.errors import KnowledgeError

__all__ = ["Row", "cell_list", "package_rows", "read_user_table"]

type Row = Mapping[str, str]
type Rule = tuple[str, Callable[[str], bool]]

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_CODE = re.compile(r"[A-Z]{3}")
ORGANIZATION_KINDS = frozenset(
    {
        "international_organization",
        "alliance",
        "court",
        "ngo",
        "think_tank",
        "armed_group",
        "military",
        "media",
    }
    | {"government_body", "political_party", "political_movement", "company", "religious_body", "other"}
)


def _filled(value: str) -> bool:
    return bool(value)


def _day(value: str) -> bool:
    return not value or bool(_DAY.fullmatch(value))


def _state(value: str) -> bool:
    return not value or bool(_CODE.fullmatch(value))


def _gender(value: str) -> bool:
    return value in {"", "m", "f"}


def _kind(value: str) -> bool:
    return value in ORGANIZATION_KINDS


NAMED: Rule = ("must not be empty", _filled)
DAY: Rule = ("must be a year, a month or a day (2024, 2024-03, 2024-03-01)", _day)
STATE: Rule = ("must be an alpha-3 code such as RUS", _state)
GENDER: Rule = ("must be m, f or empty", _gender)
KIND: Rule = (f"must be one of {', '.join(sorted(ORGANIZATION_KINDS))}", _kind)


@dataclass(frozen=True, slots=True)
class Table:
    """What makes a table: the columns it is known by, and the rule of each cell."""

    name: str
    signature: frozenset[str]
    rules: Mapping[str, tuple[Rule, ...]]


# In the order in which headers are tried: offices and holders both know `office_id`.
TABLES = (
    Table("states", frozenset({"id", "name", "adjectives"}), {"id": (NAMED, STATE), "name": (NAMED,)}),
    Table(
        "organizations",
        frozenset({"id", "name", "kind"}),
        {"id": (NAMED,), "name": (NAMED,), "kind": (KIND,), "country": (STATE,)},
    ),
    Table("metonyms", frozenset({"metonym", "actor"}), {"metonym": (NAMED,), "actor": (NAMED,)}),
    Table(
        "offices",
        frozenset({"office_id", "role", "title_variants"}),
        {"office_id": (NAMED,), "role": (NAMED,), "title_variants": (NAMED,), "country": (STATE,)},
    ),
    Table(
        "holders",
        frozenset({"office_id", "name", "from"}),
        {"office_id": (NAMED,), "name": (NAMED,), "from": (DAY,), "to": (DAY,), "gender": (GENDER,)},
    ),
)


def cell_list(row: Row, column: str) -> list[str]:
    """Split a list cell; a column that the table lacks is an empty list."""
    cell = row.get(column)
    return cell.split("|") if cell else []


def package_rows(name: str) -> list[Row]:
    """Read one of the package's own tables."""
    text = (resources.files("chancery.knowledge") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    header, *lines = csv.reader(text.splitlines())  # no cell of ours holds a line break
    return [dict(zip(header, line, strict=True)) for line in lines]


def read_user_table(path: Path) -> tuple[str, list[Row]]:
    """Read a table of the user's and check every row.

    Returns:
        The name of the table that it extends, and its rows.

    Raises:
        KnowledgeError: the file cannot be read, its header is no known one, or a row breaks a rule.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restkey="", restval="")
            header, table = list(reader.fieldnames or ()), [dict(row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(f"{path}: cannot be read as a CSV table in UTF-8 ({error})") from error
    kind = _recognise(path, header)
    for number, row in enumerate(table, 2):
        _check(path, number, row, kind)
    return kind.name, [{key: value.strip() for key, value in row.items()} for row in table]


def _recognise(path: Path, header: list[str]) -> Table:
    for table in TABLES:
        if table.signature <= set(header):
            return table
    known = "; ".join(f"{table.name}: {', '.join(sorted(table.signature))}" for table in TABLES)
    raise KnowledgeError(
        f"{path}: its header ({', '.join(header) or 'empty'}) is that of no table; needed are, for {known}"
    )


def _check(path: Path, number: int, row: Mapping[str, object], table: Table) -> None:
    if row.get(""):
        raise KnowledgeError(f"{path}, row {number}: has more cells than the header has columns")
    for column, rules in table.rules.items():
        value = str(row.get(column) or "").strip()
        for text, holds in rules:
            if not holds(value):
                raise KnowledgeError(f"{path}, row {number}: {column} {text}; it is {value!r}")
    first, last = str(row.get("from") or ""), str(row.get("to") or "")
    if first and last and last < first[: len(last)]:
        raise KnowledgeError(f"{path}, row {number}: ends {last} before it begins {first}")

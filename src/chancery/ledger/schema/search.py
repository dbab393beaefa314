"""Full text search (FTS5), and the views for people who open the file in the sqlite3 shell or Datasette.

The search tables hold no words of their own: each takes them from a view over
`report_versions.text`. What is added to or taken out of the one must be added
to or taken out of the other, in one transaction (`chancery.ledger.adding`).
"""

from __future__ import annotations

from importlib import resources

__all__ = ["SEARCHES", "statements_of", "views"]

# search table: (key, view it takes its words from, columns)
SEARCHES = {
    "report_search": ("version_key", "report_words", ("title", "words")),
    "statement_search": ("statement_key", "statement_words", ("words",)),
    "passage_search": ("passage_key", "passage_words", ("words",)),
}


def views() -> list[str]:
    """Return the statements of `views.sql`, one a view."""
    return statements_of("views.sql")


def statements_of(name: str) -> list[str]:
    """Return the statements of a file of SQL in this folder; comments stand on lines of their own."""
    file = resources.files("chancery.ledger.schema") / name
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("--")]
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]

"""The schema's version, and the steps from each version to the next.

A ledger states its version in SQLite's `user_version`; opening an older one
for writing takes the steps that it lacks, each in one transaction. Why not
Alembic: docs/decisions/0006-ledger-migrations.md.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

from chancery.ledger.schema import SEARCHES, metadata, views
from chancery.ledger.schema.search import statements_of

__all__ = ["APPLICATION_ID", "VERSION", "create", "migrate", "version_of"]

# "Chan": tells a ledger from any other SQLite file, also to `file` and to backup programs.
APPLICATION_ID = 0x4368616E

TOKENIZER = "unicode61 remove_diacritics 2"


def create(connection: Connection) -> None:
    """Make all tables, views and search tables of the present version in an empty file."""
    metadata.create_all(connection)
    for view in views():
        connection.execute(text(view))
    for name, (key, source, columns) in SEARCHES.items():
        connection.execute(
            text(
                f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, content='{source}', "
                f"content_rowid='{key}', tokenize='{TOKENIZER}')"
            )
        )
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    connection.execute(text(f"PRAGMA user_version = {VERSION}"))


# One function a step, the first leading from version 1 to 2. A step states its SQL
# itself and never asks the tables of `schema`, which are those of the last version.
def _add_corrections(connection: Connection) -> None:
    """Add the tables of corrections, and to the lists of records the mark of what was checked."""
    for statement in statements_of("step_2_corrections.sql"):
        connection.execute(text(statement))


STEPS: tuple[Callable[[Connection], None], ...] = (_add_corrections,)

VERSION = len(STEPS) + 1


def version_of(connection: Connection) -> int:
    """Return the schema's version of an opened file; 0 if it is no ledger."""
    if connection.execute(text("PRAGMA application_id")).scalar_one() != APPLICATION_ID:
        return 0
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def migrate(connection: Connection) -> None:
    """Take one step, in the transaction of the connection."""
    version = version_of(connection)
    STEPS[version - 1](connection)
    connection.execute(text(f"PRAGMA user_version = {version + 1}"))

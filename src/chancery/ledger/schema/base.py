"""What all tables share: their metadata, the kinds of columns, and the key of the report they belong to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, Text
from sqlalchemy.types import UserDefinedType

__all__ = ["AsWritten", "json_list", "metadata", "of_reading", "span", "text"]

metadata = MetaData()


class AsWritten(UserDefinedType[Any]):
    """A number that stays whole or broken as it was written.

    SQLite's numeric columns turn 5.0 into 5, and its real ones 5 into 5.0; a
    column whose declared type holds the word BLOB leaves values alone.
    """

    cache_ok = True

    def get_col_spec(self, **_more: Any) -> str:  # noqa: ANN401 - SQLAlchemy's signature
        """Name the type in CREATE TABLE."""
        return "NUMBER_AS_WRITTEN_BLOB"


def text(name: str, about: str, *, required: bool = False) -> Column[Any]:
    """Make a column of text."""
    return Column(name, Text, nullable=not required, comment=about)


def json_list(name: str, about: str) -> Column[Any]:
    """Make a column that holds a JSON array; `json_each` opens it in SQL."""
    return Column(name, JSON, nullable=False, comment=f"{about} (a JSON array)")


def span(name: str, about: str, *, required: bool = False) -> tuple[Column[Any], Column[Any]]:
    """Make the two columns of a span."""
    return (
        Column(f"{name}_start", Integer, nullable=not required, comment=f"{about}: first character"),
        Column(f"{name}_end", Integer, nullable=not required, comment=f"{about}: after the last character"),
    )


def of_reading(*, primary_key: bool = False, index: bool = False) -> Column[Any]:
    """Make the column that leads to the reading: when that is replaced, its records go with it."""
    return Column(
        "version_key",
        ForeignKey("readings.version_key", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=index,
        comment="the version of a report that this was read in",
    )

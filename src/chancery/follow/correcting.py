"""One report at a time in a ledger that was followed: corrected or added by hand, it is linked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chancery.follow.store import Follower

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chancery.ledger import Added, Entry, Ledger
    from chancery.ledger.corrections import Wish

__all__ = ["add_followed", "correct_followed", "undo_followed"]


def correct_followed(ledger: Ledger, version_key: int, *wishes: Wish) -> int:
    """Correct a report, and follow it again, in one transaction; return the key of the last correction.

    Args:
        ledger: open for writing.
        version_key: the version of a report.
        wishes: what is corrected, and how, in this order.

    Raises:
        LedgerError: there is no such record, or it has no such field or value.
    """
    from chancery.ledger.corrections import correct  # noqa: PLC0415 - keeps the import of the package light

    with ledger.begin() as connection:
        was_followed = _followed(connection, version_key)
        keys = [correct(connection, version_key, wish) for wish in wishes]
        _follow_again(connection, version_key, was_followed=was_followed)
    return keys[-1]


def undo_followed(ledger: Ledger, correction_key: int) -> int:
    """Take a correction back, and follow its report again; return the version of the report.

    Raises:
        LedgerError: there is no such correction, or it was undone before.
    """
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.corrections import undo  # noqa: PLC0415 - as above
    from chancery.ledger.schema.corrections import corrections  # noqa: PLC0415 - as above

    with ledger.begin() as connection:
        of = select(corrections.c.version_key).where(corrections.c.correction_key == correction_key)
        was_followed = _followed(connection, connection.execute(of).scalar() or 0)
        version_key = undo(connection, correction_key)
        _follow_again(connection, version_key, was_followed=was_followed)
    return version_key


def add_followed(ledger: Ledger, entry: Entry) -> Added:
    """Add one reading, and join it to what was followed before, in one transaction.

    Args:
        ledger: open for writing.
        entry: the reading, and where it came from.
    """
    from chancery.ledger.adding import add_lot  # noqa: PLC0415 - as above

    with ledger.begin() as connection:
        (added,) = add_lot(connection, [entry])
        if added.outcome in {"added", "reworded"}:
            Follower().follow(connection, [added.version_key])
    return added


def _followed(connection: Connection, version_key: int) -> bool:
    from sqlalchemy import select  # noqa: PLC0415 - as above

    from chancery.ledger.schema.links import followed  # noqa: PLC0415 - as above

    query = select(followed.c.version_key).where(followed.c.version_key == version_key)
    return connection.execute(query).first() is not None


def _follow_again(connection: Connection, version_key: int, *, was_followed: bool) -> None:
    """Link a report again that was linked before; one that was not waits for the next ingest, as before."""
    if was_followed and not _followed(connection, version_key):
        Follower().follow(connection, [version_key])

"""Corrections in a ledger: making one, taking it back, listing them.

A correction goes the way of a report that is read anew: the records of the
report are replaced in one transaction, so that every query, export and page
sees the corrected record and no half of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, column, insert, select, table, update

from chancery.errors import LedgerError
from chancery.ledger.adding import Entry, add_lot, now
from chancery.ledger.corrected import Action, Correctable, Correction, Kind, anchor_of, check_value
from chancery.ledger.keeping import in_force, original_of
from chancery.ledger.rebuilding import readings_of
from chancery.ledger.schema.corrections import corrections
from chancery.ledger.schema.records import actors
from chancery.ledger.schema.reports import readings
from chancery.records import Actor, ActorSlot, Event, Reading

__all__ = ["COLUMNS", "Wish", "actor_in", "correct", "find_corrections", "undo"]

# Fields that hold several parties.
SEVERAL = frozenset({"actor", "recipient"})

LONGEST = 2_000  # characters of a reason
LONGEST_NAME = 200

# Of the view `correction_list`, in its order.
COLUMNS = (
    "correction_key", "version_key", "published_day", "publisher", "kind", "record_id", "action", "field",
    "value", "words", "made_by", "reason", "made_at", "undone_at", "missed_at", "title", "url",
    "is_current", "original",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """A correction as somebody asks for it; see :class:`chancery.ledger.corrected.Correction`.

    `actor` describes whom `value` means, where the report itself does not name it.
    """

    kind: Kind
    record_id: str
    action: Action
    field: str | None = None
    slot: int | None = None
    value: str | None = None
    actor: Actor | None = None
    made_by: str | None = None
    reason: str | None = None


def correct(connection: Connection, version_key: int, wish: Wish) -> int:
    """Correct a record, and return the key of the correction; one that holds already is made once.

    Args:
        connection: in a transaction for writing.
        version_key: the version of a report.
        wish: what is corrected, and how.

    Raises:
        LedgerError: there is no such record, or it has no such field or value.
    """
    reading = _reading(connection, version_key)
    record = next((one for one in getattr(reading, f"{wish.kind}s", ()) if one.id == wish.record_id), None)
    if record is None:
        raise LedgerError(f"the report has no {wish.kind} {wish.record_id!r}")
    known = in_force(connection, version_key)
    extracted = original_of(connection, version_key, reading.article) or reading
    made = _made(wish, record, _as_extracted(extracted, record, wish.kind))
    check_value(made)
    for key, other in known.items():
        if _same(other, made) and key == max(known):
            return key
    row = made.model_dump(mode="json") | {"version_key": version_key, "made_at": now()}
    put = insert(corrections).values(row).returning(corrections.c.correction_key)
    found = int(connection.execute(put).scalar_one())
    _replace(connection, version_key, extracted)
    return found


def undo(connection: Connection, correction_key: int) -> int:
    """Take a correction back, and return the version of the report that it corrected.

    Without corrections in force a report is again exactly what was extracted from it.

    Raises:
        LedgerError: there is no such correction, or it was undone before.
    """
    mine = corrections.c.correction_key == correction_key, corrections.c.undone_at.is_(None)
    version_key = connection.execute(select(corrections.c.version_key).where(*mine)).scalar()
    if version_key is None:
        raise LedgerError(f"no correction {correction_key} is in force")
    reading = _reading(connection, version_key)
    extracted = original_of(connection, version_key, reading.article) or reading
    connection.execute(update(corrections).where(*mine).values(undone_at=now()))
    _replace(connection, version_key, extracted)
    return int(version_key)


def find_corrections(
    connection: Connection,
    *,
    version_key: int | None = None,
    undone: bool = True,
    limit: int | None = None,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Return corrections as rows, the last one made first.

    Args:
        connection: of one state of the ledger.
        version_key: of this version of a report only.
        undone: also those that were taken back.
        limit: rows at most.
        offset: rows to leave out at the beginning.
    """
    view = table("correction_list", *(column(name) for name in COLUMNS))
    query = select(view).order_by(view.c.correction_key.desc())
    if version_key is not None:
        query = query.where(view.c.version_key == version_key)
    if not undone:
        query = query.where(view.c.undone_at.is_(None))
    found = connection.execute(query.limit(-1 if limit is None else limit).offset(offset))
    return [dict(row._mapping) for row in found]  # noqa: SLF001 - SQLAlchemy's way to a row's names


def actor_in(connection: Connection, actor_id: str) -> Actor | None:
    """Return what the ledger knows of an actor, without the offices held as of one report's day."""
    columns = actors.c
    query = select(actors).where(columns.actor == actor_id).order_by(columns.version_key.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    named = ("name", "kind", "country", "sector", "resolved", "score")
    codes = {name: row[name] for name in ("plover", "cameo", "iso3", "wikidata")}
    return Actor.model_validate(
        {"id": actor_id, "codes": codes, "method": "named by a reader", **{name: row[name] for name in named}}
    )


def _reading(connection: Connection, version_key: int) -> Reading:
    for _, reading in readings_of(connection, [version_key]):
        return reading
    raise LedgerError(f"no reading of a report version {version_key}")


def _as_extracted(extracted: Reading, record: Correctable, kind: Kind) -> Correctable:
    records: Sequence[Correctable] = getattr(extracted, f"{kind}s")
    return next((one for one in records if one.id == record.id), record)


def _made(wish: Wish, record: Correctable, extracted: Correctable) -> Correction:
    change = wish.action == "change"
    several = change and isinstance(record, Event) and wish.field in SEVERAL
    slots: Sequence[ActorSlot] = getattr(record, wish.field or "") if several else ()
    slot = min(max(wish.slot or 0, 0), len(slots))
    return Correction(
        kind=wish.kind,
        record_id=record.id,
        anchor=anchor_of(record),
        action=wish.action,
        field=wish.field if change else None,
        slot=slot if several else None,
        meant=slots[slot] if slot < len(slots) else None,
        value=(wish.value or None) if change else None,
        actor=wish.actor if change else None,
        made_by=(wish.made_by or "").strip()[:LONGEST_NAME] or None,
        reason=(wish.reason or "").strip()[:LONGEST] or None,
        original=extracted.model_dump(mode="json"),
    )


def _same(one: Correction, other: Correction) -> bool:
    names = ("kind", "record_id", "action", "field", "slot", "value")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _replace(connection: Connection, version_key: int, extracted: Reading) -> None:
    """Put what was extracted in the place of itself; on the way the corrections in force are applied."""
    mine = readings.c.version_key == version_key
    maker, read_at = connection.execute(select(readings.c.maker, readings.c.read_at).where(mine)).one()
    add_lot(connection, [Entry(extracted, maker=maker, replace=True)])
    connection.execute(update(readings).where(mine).values(read_at=read_at))

"""Corrections of a report, applied to what is being put in the place of its reading.

What the extraction had said is kept beside while a correction is in force:
undoing leads back to it exactly, and a doctor can tell whether the two fit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from chancery.ledger.corrected import Correction, corrected
from chancery.ledger.schema.corrections import corrections, original_readings
from chancery.records import Article, Reading

__all__ = ["in_force", "original_of", "reapply"]


def in_force(connection: Connection, version_key: int) -> dict[int, Correction]:
    """Return the corrections of a version that were not undone, by key, the first made first."""
    names = [corrections.c[name] for name in Correction.model_fields]
    query = (
        select(corrections.c.correction_key, *names)
        .where(corrections.c.version_key == version_key, corrections.c.undone_at.is_(None))
        .order_by(corrections.c.correction_key)
    )
    return {
        key: Correction.model_validate(dict(zip(Correction.model_fields, values, strict=True)))
        for key, *values in connection.execute(query)
    }


def original_of(connection: Connection, version_key: int, article: Article) -> Reading | None:
    """Return what was extracted from a version with corrections in force; None where there are none."""
    query = select(original_readings.c.records).where(original_readings.c.version_key == version_key)
    kept = connection.execute(query).scalar()
    return None if kept is None else Reading.model_validate({"article": article, **json.loads(kept)})


def reapply(connection: Connection, version_key: int, extracted: Reading, moment: str) -> Reading:
    """Apply the corrections of a version to what was extracted from it, and keep that beside.

    Args:
        connection: in the transaction that replaces the reading.
        version_key: the version of a report.
        extracted: what was read in it, uncorrected.
        moment: now, noted at corrections whose record is not found any more.
    """
    found = in_force(connection, version_key)
    if not found:
        connection.execute(delete(original_readings).where(original_readings.c.version_key == version_key))
        return extracted
    row = {"version_key": version_key, "records": extracted.model_dump_json(exclude={"article"})}
    put = upsert(original_readings).values(row)
    connection.execute(put.on_conflict_do_update(index_elements=["version_key"], set_=row))
    made = corrected(extracted, list(found.values()))
    _note(connection, list(found), made.ids, moment)
    return made.reading


def _note(connection: Connection, keys: Sequence[int], ids: Sequence[str | None], moment: str) -> None:
    """Note under which id each correction found its record, or that it found none."""
    for key, record_id in zip(keys, ids, strict=True):
        mine = update(corrections).where(corrections.c.correction_key == key)
        if record_id is None:
            connection.execute(mine.where(corrections.c.missed_at.is_(None)).values(missed_at=moment))
        else:
            connection.execute(mine.values(record_id=record_id, missed_at=None))

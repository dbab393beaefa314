"""Tables of what following many reports found: duplicates, claims, threads, event identities, positions.

`chancery.follow` designs and fills them. Each row points to the records it
joins with ON DELETE CASCADE, so that links go when a report is read anew, and
keeps the reason why it joins them. `followed` says which readings were seen.
"""

from __future__ import annotations

from sqlalchemy import Table

from chancery.ledger.schema.base import metadata, of_reading, text

__all__ = ["followed"]

followed = Table(
    "followed",
    metadata,
    of_reading(primary_key=True),
    text("followed_at", "when its records were linked to those of others, UTC", required=True),
    comment="one row a reading whose records were linked; gone when it is read anew",
)
